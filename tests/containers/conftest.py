"""The project of docker-compose.yml that the tests of this folder share, and a key to write with."""

import os
from collections.abc import Iterator

import pytest

from graph.settings import Settings
from tests.containers.composed import Composed, composed
from tests.containers.images import SERVICE
from tests.servers import image_of
from tests.writing.conftest import show

__all__ = ["show"]

FOEDUS_IMAGE = os.environ.get("FOEDUS_IMAGE") or SERVICE

# It is for other projects, and is run as theirs.
collect_ignore = ["outside"]


@pytest.fixture(scope="session")
def line() -> str:
    """The line of Neo4j that is tested."""
    return Settings().line


@pytest.fixture(scope="session")
def project(line: str) -> Iterator[Composed]:
    """Everything that `docker compose up` starts, once it is ready."""
    with composed(image_of(line), FOEDUS_IMAGE) as project:
        project("up", "--detach")
        project.await_ready()
        yield project


@pytest.fixture(scope="session")
def key(project: Composed) -> str:
    """A key to write with, made as its users make one."""
    return project.run_in("foedus", "foedus", "keys", "create", "a-writer", "--scope", "write").split()[0]
