"""The Neo4j that a run of the tests asks: the one that is named, else one in a container, else one of its jars.

FOEDUS_TEST_NEO4J_URI names one (with FOEDUS_TEST_NEO4J_USER and FOEDUS_TEST_NEO4J_PASSWORD); FOEDUS_TEST_NEO4J, which
`make test NEO4J=` sets, says `container` or `local`. With FOEDUS_TEST_ROUTED the address is a neo4j:// one.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

import pytest

from graph.local.config import conf_text
from graph.local.server import USER, LocalNeo4j
from graph.settings import Settings

NAMED, CHOSEN, ROUTED = "FOEDUS_TEST_NEO4J_URI", "FOEDUS_TEST_NEO4J", "FOEDUS_TEST_ROUTED"
LOCAL, CONTAINER = "local", "container"
BOLT_PORT = 7687


@dataclass(frozen=True)
class Server:
    """Where the tests' Neo4j is."""

    uri: str
    user: str
    password: str


def see_that_it_can_be(config: pytest.Config) -> None:
    """Say at once, and once, why there can be no server for this run."""
    if config.option.markexpr == "containers":
        see_that_an_engine_answers("make containers")
    if os.environ.get(NAMED):
        if getattr(config.option, "numprocesses", None):
            raise pytest.UsageError("One database holds the world of one worker: run with WORKERS=0.")
        return
    chosen = os.environ.get(CHOSEN) or LOCAL
    if chosen not in {LOCAL, CONTAINER}:
        raise pytest.UsageError(f"NEO4J={chosen} is neither {LOCAL} nor {CONTAINER}.")
    if chosen == CONTAINER:
        see_that_an_engine_answers(f"NEO4J={CONTAINER}")


def server_of(settings: Settings) -> AbstractContextManager[Server]:
    """Run a server for a block, or give the one that is named; `settings.data` is for one of its jars."""
    if uri := os.environ.get(NAMED):
        return _named(uri)
    return _in_a_container(settings) if os.environ.get(CHOSEN) == CONTAINER else _local(settings)


def image_of(line: str) -> str:
    """Return the image of a line: the one of NEO4J_IMAGE, else the official one."""
    return os.environ.get("NEO4J_IMAGE") or f"neo4j:{line}-community"


@contextmanager
def _named(uri: str) -> Iterator[Server]:
    user, password = os.environ.get("FOEDUS_TEST_NEO4J_USER", USER), os.environ.get("FOEDUS_TEST_NEO4J_PASSWORD", "")
    yield Server(_routed(uri), user, password)


@contextmanager
def _local(settings: Settings) -> Iterator[Server]:
    with LocalNeo4j(settings) as own:
        yield Server(_routed(own.uri), own.user, own.password)


@contextmanager
def _in_a_container(settings: Settings) -> Iterator[Server]:
    from tests.containers.outside.foedus_fixtures import neo4j_container  # noqa: PLC0415 - it reads Docker's settings

    with neo4j_container(image_of(settings.line), settings_in_a_container(settings)) as container:
        yield Server(_routed(container.get_connection_url()), USER, container.password)


def settings_in_a_container(settings: Settings) -> dict[str, str]:
    """Return the settings of a server of one's own, but for the addresses, which the container gives."""
    lines = [line for line in conf_text(settings, BOLT_PORT).splitlines() if not line.startswith("#")]
    told = dict(line.split("=", 1) for line in lines)
    own = {name: value for name, value in told.items() if not name.startswith(("server.bolt.", "server.http."))}
    return own | {"server.memory.heap.max_size": f"{settings.heap_mb}m"}


def _routed(uri: str) -> str:
    """Return an address that the driver asks for a table of routes first, where the run is to prove that."""
    return uri.replace("bolt://", "neo4j://") if os.environ.get(ROUTED) else uri


def see_that_an_engine_answers(who: str) -> None:
    """Raise UsageError with the way out when there is none for who needs it."""
    import docker  # noqa: PLC0415 - only here
    from docker.errors import DockerException  # noqa: PLC0415

    try:
        engine = docker.from_env()
    except DockerException as error:
        said = str(error).splitlines()[0]
        raise pytest.UsageError(
            f"{who} needs a container engine, and none answers ({said}). Start Docker, set DOCKER_HOST to one "
            "that runs, or as root put tests/containers/with_engine before the command."
        ) from None
    engine.close()
