"""Connecting: a Neo4j that is slow to start is waited for, and reads come after what the process has seen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from graph import schema
from graph.database import Database, open_database
from graph.errors import DatabaseAwayError
from graph.local.ports import free_port
from graph.settings import Settings
from tests.servers import Server


@asynccontextmanager
async def opened(settings: Settings, server: Server, uri: str | None = None) -> AsyncIterator[Database]:
    async with await open_database(settings, uri or server.uri, server.user, server.password) as database:
        yield database


@asynccontextmanager
async def reached_by(port: int, server: Server) -> AsyncIterator[None]:
    """Let a server be reached at another port for a block."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while received := await reader.read(65536):
            writer.write(received)
            await writer.drain()
        writer.close()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        at = urlsplit(server.uri)
        there, back = await asyncio.open_connection(at.hostname, at.port)
        await asyncio.gather(carry(reader, back), carry(there, writer))

    async with await asyncio.start_server(connect, "127.0.0.1", port):
        yield


async def test_a_neo4j_that_starts_later_is_waited_for(
    settings: Settings, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    patient = settings.model_copy(update={"neo4j_wait_seconds": 60.0})
    opening = asyncio.create_task(open_database(patient, f"bolt://127.0.0.1:{port}", server.user, server.password))
    while not caplog.records:  # noqa: ASYNC110 - it is told by a log
        await asyncio.sleep(0.05)
    assert not opening.done()
    async with reached_by(port, server), await opening as database:
        assert await schema.compared(database)
    assert caplog.messages == [
        f"Neo4j at bolt://127.0.0.1:{port} does not answer yet; waiting for it up to 60 seconds."
    ]


@pytest.mark.parametrize("host", ["127.0.0.1", "nowhere.invalid"])
async def test_one_that_never_starts_is_not_waited_for_longer(settings: Settings, server: Server, host: str) -> None:
    patient = settings.model_copy(update={"neo4j_wait_seconds": 0.5})
    with pytest.raises(DatabaseAwayError, match="cannot be reached"):
        await open_database(patient, f"bolt://{host}:{free_port()}", server.user, server.password)


async def test_a_wrong_password_or_database_is_told_at_once(settings: Settings, server: Server) -> None:
    patient = settings.model_copy(update={"neo4j_wait_seconds": 3600.0})
    with pytest.raises(DatabaseAwayError, match="password"):
        await open_database(patient, server.uri, server.user, "wrong")
    other = patient.model_copy(update={"neo4j_database": "other"})
    with pytest.raises(DatabaseAwayError, match="does not have that database"):
        await open_database(other, server.uri, server.user, server.password)


@pytest_asyncio.fixture(params=["bolt", "neo4j"], loop_scope="session")
async def database(request: pytest.FixtureRequest, settings: Settings, server: Server) -> AsyncIterator[Database]:
    address = urlsplit(server.uri).netloc
    async with opened(settings, server, f"{request.param}://{address}") as database:
        yield database


async def test_reads_are_chained_where_a_cluster_may_answer(database: Database, request: pytest.FixtureRequest) -> None:
    if request.node.callspec.params["database"] == "bolt":
        assert database.seen is None
        return
    assert database.seen is not None
    await schema.compared(database)
    assert await database.seen.get_bookmarks(), "what was read is seen"
    await database.seen.update_bookmarks([], ["no bookmark"])
    with pytest.raises(DatabaseAwayError, match="no longer knows"):
        await schema.compared(database)


async def test_whether_they_are_is_a_setting(settings: Settings, server: Server) -> None:
    address = urlsplit(server.uri).netloc
    for uri, chained in ((f"bolt://{address}", True), (f"neo4j://{address}", False)):
        async with opened(settings.model_copy(update={"neo4j_chained": chained}), server, uri) as database:
            assert (database.seen is not None) == chained
