"""The real Neo4j that every test of the graph runs against, and the worlds loaded into it.

`tests/servers.py` tells which it is; each worker of pytest-xdist has one for the whole run. There is one database, so a
world is loaded when a test asks for another than the last one did.
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
from graph.settings import Settings
from seed.load import load_shipped
from tests.servers import Server, see_that_it_can_be, server_of
from tests.world.records import change_sets


def pytest_configure(config: pytest.Config) -> None:
    """Let a run that can have no server end before it begins."""
    if not hasattr(config, "workerinput"):
        see_that_it_can_be(config)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where CI runs, a test that is skipped has failed: nobody would look for it."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    in_ci = os.environ.get("CI", "").lower() not in {"", "0", "false"}
    if in_ci and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = exitstatus or pytest.ExitCode.TESTS_FAILED
        reporter.write_line("Some tests were skipped, which in CI is a failure.", red=True)


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings of the tests: no waiting for the newest instant, so that other processes' writes show at once.

    Plans are kept while worlds come and go, since planning is most of what a small world costs.
    """
    return Settings(known_at_ms=0, replan_seconds=3600)


@pytest.fixture(scope="session")
def server(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with server_of(settings.model_copy(update={"data": tmp_path_factory.mktemp("neo4j")})) as server:
        yield server


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
