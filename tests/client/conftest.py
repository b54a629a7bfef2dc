"""The client before the real service, and before servers that say what no service says."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import pytest_asyncio

from foedus_client import AsyncClient, Client
from graph.graph import Graph
from graph.settings import Settings
from service.app import create_app
from service.connection import Address
from tests.conftest import World
from tests.servers import Server
from tests.service.conftest import served


@pytest.fixture(autouse=True)
def no_key_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOEDUS_KEY", raising=False)


@pytest.fixture(scope="session")
def service(settings: Settings, server: Server, world: World) -> Iterator[str]:
    """The address of a service over the tests' database, whatever `world` holds."""
    address = Address(server.uri, server.user, server.password)
    with served(create_app(settings.model_copy(update={"allowed_hosts": ["*"]}), address)) as url:
        yield url


@pytest.fixture
def client(service: str, shipped_graph: Graph) -> Iterator[Client]:
    """A client of the service over the shipped case."""
    with Client(service) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def awaited(service: str, shipped_graph: Graph) -> Any:
    """The other driver of the same."""
    async with AsyncClient(service) as client:
        yield client


Reply = tuple[int, dict[str, str], bytes]
Heard = list[tuple[str, str, dict[str, str], bytes]]
Saying = Callable[..., Any]


class Says(BaseHTTPRequestHandler):
    """Gives the replies of its server in their order, the last one ever after, and keeps what it heard."""

    server: "SayingServer"

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.heard.append((self.command, self.path, dict(self.headers), body))
        replies = self.server.replies
        status, headers, content = replies.pop(0) if len(replies) > 1 else replies[0]
        if not status:
            return  # The connection is closed without a word.
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815 - so the library calls it

    def log_message(self, *said: Any) -> None:
        pass


class SayingServer(HTTPServer):
    """A server of replies that are written beforehand."""

    def __init__(self, replies: list[Reply]) -> None:
        super().__init__(("127.0.0.1", 0), Says)
        self.replies, self.heard = replies, Heard()
        self.url = f"http://127.0.0.1:{self.server_port}"


@contextmanager
def saying(*replies: Reply) -> Iterator[SayingServer]:
    """Serve these replies, one a request."""
    with SayingServer([*replies]) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def told(body: Any, status: int = 200, **headers: str) -> Reply:
    """Return a reply in JSON; a problem where the status says so."""
    kind = "application/json" if status < 400 else "application/problem+json"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, {"Content-Type": kind, **named}, json.dumps(body).encode()


def busy(**headers: str) -> Reply:
    """Return a reply that has no room."""
    body = {"title": "Busy", "status": 503, "code": "database_busy", "detail": "There is no room."}
    return told(body | {"hint": "Ask again in a moment."}, 503, **headers)


NOTHING = told(
    {"question": "none", "columns": [], "rows": [], "on": None, "known_at": "2026-01-01T00:00:00Z", "truncated": False}
)
"""The smallest answer."""
