"""The real Neo4j that every test of the graph runs against, and the worlds loaded into it.

The server is that of FOEDUS_TEST_NEO4J_URI (with FOEDUS_TEST_NEO4J_PASSWORD), else one started from its jars for the
whole run, one for each worker of pytest-xdist. There is one database, so a world is loaded when a test asks for another
than the last one did.
"""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio

from graph import schema
from graph.graph import Graph, open_graph
from graph.local.server import LocalNeo4j
from graph.settings import Settings
from seed.load import load_shipped
from tests.world.records import change_sets


@dataclass(frozen=True)
class Server:
    """Where the tests' Neo4j is."""

    uri: str
    user: str
    password: str


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings of the tests: no waiting for the newest instant, so that other processes' writes show at once.

    Plans are kept while worlds come and go, since planning is most of what a small world costs.
    """
    return Settings(known_at_ms=0, replan_seconds=3600)


@pytest.fixture(scope="session")
def server(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    uri = os.environ.get("FOEDUS_TEST_NEO4J_URI")
    if uri:
        if int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) > 1:
            pytest.exit("One database holds the world of one worker: run with WORKERS=0.", returncode=2)
        user, password = os.environ.get("FOEDUS_TEST_NEO4J_USER", "neo4j"), os.environ["FOEDUS_TEST_NEO4J_PASSWORD"]
        yield Server(uri, user, password)
        return
    data = tmp_path_factory.mktemp("neo4j")
    with LocalNeo4j(settings.model_copy(update={"data": data})) as connection:
        yield Server(connection.uri, connection.user, connection.password)


@dataclass(frozen=True)
class SmallWorld:
    """The story of tests/world in a graph, and the instant of each of its change sets."""

    graph: Graph
    instants: tuple[datetime, ...]


class World:
    """The one database of the run, and what is loaded in it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._loaded: str | None = None
        self._instants: tuple[datetime, ...] = ()

    async def empty(self) -> Graph:
        """Return the graph with its schema and nothing recorded."""
        await self._wipe()
        self._loaded = None
        return self.graph

    async def shipped(self) -> Graph:
        """Return the graph with the shipped case, for reading only."""
        if self._loaded != "shipped":
            await self._wipe()
            await load_shipped(self.graph.writer)
            self._loaded = "shipped"
        return self.graph

    async def small(self) -> "SmallWorld":
        """Return the graph with the story of tests/world, for reading only."""
        if self._loaded != "small":
            await self._wipe()
            receipts = [await self.graph.writer.apply(change_set) for change_set in change_sets()]
            self._instants = tuple(receipt.known_at for receipt in receipts)
            self._loaded = "small"
        return SmallWorld(self.graph, self._instants)

    def changed(self) -> None:
        """Say that what is loaded was written to."""
        self._loaded = None

    async def _wipe(self) -> None:
        async with self.graph.database.writing() as session:
            # Relationships first: DETACH DELETE of a hub takes more memory than a small server has.
            await (await session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS")).consume()
            await (await session.run("MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS")).consume()
        self.graph.revision.forget()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def world(server: Server, settings: Settings) -> AsyncIterator[World]:
    async with open_graph(settings, server.uri, server.user, server.password) as graph:
        world = World(graph)
        await world.empty()
        await schema.apply(graph.database)
        yield world


@pytest_asyncio.fixture(loop_scope="session")
async def empty_graph(world: World) -> Graph:
    """A graph with nothing recorded, free to write to."""
    return await world.empty()


@pytest_asyncio.fixture(loop_scope="session")
async def shipped_graph(world: World) -> Graph:
    """The shipped case, for reading only."""
    return await world.shipped()


@pytest_asyncio.fixture(loop_scope="session")
async def changeable_graph(world: World) -> Graph:
    """The shipped case, free to write to."""
    graph = await world.shipped()
    world.changed()
    return graph


@pytest_asyncio.fixture(loop_scope="session")
async def small_world(world: World) -> SmallWorld:
    """The hand-made small world, for reading only."""
    return await world.small()


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of the whole project."""
    return Path(__file__).resolve().parent.parent
