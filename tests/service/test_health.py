"""Liveness and readiness, with a database that lacks its schema, goes away and comes back."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio

from graph import schema
from graph.catalog import Catalog
from graph.errors import DatabaseAwayError
from graph.graph import Graph
from graph.settings import Settings
from service.app import create_app
from service.connection import Address
from tests.service.conftest import problem, served

QUESTION = "/questions/slow_count?size=3"
KEY = {"Authorization": f"Bearer foedus_{'0' * 12}_{'0' * 64}"}


def test_liveness_asks_no_database(client: httpx.Client) -> None:
    response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "live"})
    assert response.headers["cache-control"] == "no-store"


async def test_readiness_names_what_the_schema_lacks(url: str, empty_graph: Graph) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        assert (await client.get("/health/ready")).json()["status"] == "ready"
        async with empty_graph.database.writing() as session:
            await (await session.run("DROP INDEX names")).consume()
        try:
            response = await client.get("/health/ready")
        finally:
            await schema.apply(empty_graph.database)
        body = problem(response, 503, "schema_incomplete")
        assert body["detail"] == "The database lacks names."
        assert "foedus schema --apply" in body["hint"]
        assert response.headers["retry-after"]
        assert (await client.get("/health/ready")).status_code == 200


class Cable:
    """A connection to the database that can be pulled out."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def plug_in(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def pull_out(self) -> None:
        assert self._server
        self._server.close()
        for writer in self._writers:
            writer.close()
        await asyncio.sleep(0.05)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self._to)
        self._writers |= {writer, back}
        await asyncio.gather(self._copy(reader, back), self._copy(there, writer), return_exceptions=True)
        back.close()
        writer.close()

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(65536):
            writer.write(part)
        writer.close()


@pytest_asyncio.fixture(loop_scope="session")
async def cable(address: Address) -> AsyncIterator[Cable]:
    where = urlsplit(address.uri)
    cable = Cable(where.hostname or "", where.port or 7687)
    await cable.plug_in()
    yield cable
    await cable.pull_out()


async def test_a_database_that_goes_away_and_comes_back(
    cable: Cable, settings: Settings, address: Address, catalog: Catalog
) -> None:
    through = Address(f"bolt://127.0.0.1:{cable.port}", address.user, address.password)
    app = create_app(settings, through, catalog)
    entered = served(app)
    url = await asyncio.to_thread(entered.__enter__)
    try:
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            assert (await client.get(QUESTION)).status_code == 200
            await cable.pull_out()
            for path, headers in ((QUESTION, {}), (QUESTION, KEY), ("/health/ready", {})):
                response = await client.get(path, headers=headers)
                problem(response, 503, "database_away")
                assert int(response.headers["retry-after"]) > 0
            assert (await client.get("/health/live")).status_code == 200
            await cable.plug_in()
            assert (await client.get(QUESTION)).status_code == 200
            assert (await client.get("/health/ready")).status_code == 200
    finally:
        await asyncio.to_thread(entered.__exit__, None, None, None)


async def test_a_service_does_not_start_without_its_database(settings: Settings, catalog: Catalog) -> None:
    app = create_app(settings, Address("bolt://127.0.0.1:9", "neo4j", ""), catalog)
    with pytest.raises(DatabaseAwayError):
        async with app.router.lifespan_context(app):
            pass
