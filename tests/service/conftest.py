"""The service as its users meet it: a real server on a real port, asked by a real client.

Most tests ask a small catalogue of their own (`questions/`), which says the same whatever is recorded.
"""

import subprocess
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import uvicorn
from fastapi import FastAPI

from graph.catalog import Catalog
from graph.graph import Graph
from graph.keys import Scope
from graph.saved import Who
from graph.settings import Settings
from service.app import create_app
from service.connection import Address
from service.protocol import Protocol
from tests.conftest import World
from tests.programs import plain_environment, run_foedus
from tests.servers import Server

QUESTIONS = Path(__file__).parent / "questions"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an app from a thread of this process, and give its address."""
    config = uvicorn.Config(app, port=0, loop="uvloop", http=Protocol, ws="none", log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def address(server: Server) -> Address:
    return Address(server.uri, server.user, server.password)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog.load(QUESTIONS)


@pytest.fixture(scope="session")
def app(settings: Settings, address: Address, catalog: Catalog, world: World) -> FastAPI:
    """The service over a database that `world` gave its schema."""
    return create_app(settings.model_copy(update={"query_seconds": 1.0}), address, catalog)


@pytest.fixture(scope="session")
def url(app: FastAPI) -> Iterator[str]:
    with served(app) as url:
        yield url


@pytest.fixture(scope="session")
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def environment(address: Address) -> dict[str, str]:
    """The environment in which commands find the tests' server."""
    return plain_environment() | {
        "FOEDUS_NEO4J_URI": address.uri,
        "FOEDUS_NEO4J_USER": address.user,
        "FOEDUS_NEO4J_PASSWORD": address.password,
        "FOEDUS_DATA_SETS": "[]",
        "COLUMNS": "400",
        "PORT": "0",
    }


@pytest.fixture(scope="session")
def foedus(environment: dict[str, str]) -> Run:
    """The command, run to its end in a process of its own."""

    def run(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        return run_foedus(arguments, environment | settings)

    return run


async def header_of_key(graph: Graph, name: str, scope: Scope) -> dict[str, str]:
    """Make a key, and return the header of a request that brings it."""
    return {"Authorization": f"Bearer {(await graph.keys.create(name, [scope], None)).text}"}


@pytest_asyncio.fixture(loop_scope="session")
async def nothing_saved(shipped_graph: Graph) -> AsyncIterator[None]:
    """Leave no saved question behind."""
    yield
    operator = Who("operator", everything=True)
    for saved in await shipped_graph.saved.listed(operator):
        await shipped_graph.saved.remove(saved.name, operator, saved.revision)


async def going_on(graph: Graph) -> int:
    """Return how many texts of one's own are being run."""
    async with graph.database.reading() as session:
        records = [one async for one in await session.run("SHOW TRANSACTIONS YIELD metaData")]
    return sum(record["metaData"].get("name") == "query" for record in records)


def problem(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Return the problem body of a response that must be one, with this status and code."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-request-id"]
    body: dict[str, Any] = response.json()
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:foedus:problem:{code}")
    assert body["title"]
    assert body["detail"]
    assert body["instance"] == response.request.url.path
    assert "Traceback" not in response.text
    return body
