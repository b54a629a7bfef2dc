"""Foedus and its Neo4j in containers, for the tests of a program that calls it.

A file to copy beside those tests, whose `conftest.py` says `from foedus_fixtures import foedus`. It needs `httpx` and
`testcontainers[neo4j]`. NEO4J_IMAGE and FOEDUS_IMAGE name the images. Everything is stopped and removed at the end.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from secrets import token_hex

import httpx
import pytest
from testcontainers.community.neo4j import Neo4jContainer
from testcontainers.core.container import DockerContainer
from testcontainers.core.network import Network
from testcontainers.core.wait_strategies import HttpWaitStrategy

NEO4J_IMAGE = os.environ.get("NEO4J_IMAGE") or "neo4j:5.26-community"
FOEDUS_IMAGE = os.environ.get("FOEDUS_IMAGE") or "foedus"
START_SECONDS = 180


@pytest.fixture(scope="session")
def foedus() -> Iterator[httpx.Client]:
    """A client of foedus that may write, before a graph in which nothing is recorded."""
    with (
        Network() as network,
        neo4j_container(NEO4J_IMAGE, network=network) as database,
        foedus_container(FOEDUS_IMAGE, database, network) as (url, key),
        httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=60, trust_env=False) as client,
    ):
        yield client


@contextmanager
def neo4j_container(
    image: str, settings: Mapping[str, str] | None = None, network: Network | None = None
) -> Iterator[Neo4jContainer]:
    """Run a Neo4j for a block, with settings by the names that its manual gives them."""
    container = Neo4jContainer(image, password=token_hex(16))
    for name, value in (settings or {}).items():
        container.with_env("NEO4J_" + name.replace("_", "__").replace(".", "_"), value)
    if network is not None:
        container.with_network(network).with_network_aliases("neo4j")
    with container:
        yield container


@contextmanager
def foedus_container(image: str, database: Neo4jContainer, network: Network) -> Iterator[tuple[str, str]]:
    """Run foedus for a block, before a Neo4j on the same network; give its address and a key to write with.

    All its questions can be asked then.
    """
    told = {
        "FOEDUS_NEO4J_URI": "bolt://neo4j:7687",
        "FOEDUS_NEO4J_PASSWORD": database.password,
        "FOEDUS_NEO4J_WAIT_SECONDS": "60",
        "FOEDUS_SHIPPED": "false",
        "FOEDUS_ALLOWED_HOSTS": '["*"]',
    }
    container = DockerContainer(image, env=told, network=network).with_exposed_ports(8000)
    ready = HttpWaitStrategy(8000, "/health/ready").for_status_code(200).with_startup_timeout(START_SECONDS)
    with container.waiting_for(ready):
        made = container.exec(["foedus", "keys", "create", "tests", "--scope", "write"])
        assert made.exit_code == 0, made.output
        url = f"http://{container.get_container_host_ip()}:{container.get_exposed_port(8000)}"
        yield url, next(word for word in made.output.decode().split() if word.startswith("foedus_"))
