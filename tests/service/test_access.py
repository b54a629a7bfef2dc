"""Who may ask and who may write: keys in requests, from this machine and from beyond it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as Connection

from graph import keys as module
from graph.catalog import Catalog
from graph.graph import Graph
from graph.keys import NewKey, Scope
from graph.settings import Settings
from service.access import KEYED, author_of, is_loopback, needs
from service.app import create_app
from service.connection import Address
from tests.service.conftest import problem, served
from tests.service.test_surroundings import sent

SHORT = "/questions/slow_count?size=3"
AFAR = {"Host": "foedus.example"}
Make = Callable[..., Awaitable[NewKey]]


class From:
    """Makes requests come from the address that they name, as far as the app can tell."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        named = [value.decode() for name, value in scope.get("headers", ()) if name == b"test-client"]
        client = {"client": None if named == ["none"] else (named[0], 1)} if named else {}
        await self._app({**scope, **client}, receive, send)


def opened(settings: Settings, address: Address, catalog: Catalog, **changed: Any) -> FastAPI:
    """The service for any host, with two routes that write."""
    app = create_app(settings.model_copy(update={"allowed_hosts": ["*"], **changed}), address, catalog)

    async def write(request: Request) -> str:
        return author_of(request)

    async def keep(request: Request) -> str:
        return needs(request, Scope.ADMIN).id

    app.add_api_route("/write", write, methods=["POST"], openapi_extra=KEYED)
    app.add_api_route("/keep", keep, methods=["POST"], openapi_extra=KEYED)
    app.add_middleware(From)
    return app


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def asking(settings: Settings, address: Address, catalog: Catalog) -> AsyncIterator[httpx.AsyncClient]:
    app = opened(settings, address, catalog, cors_origins=["https://friend.example"])
    with served(app) as url:
        async with httpx.AsyncClient(base_url=url) as client:
            yield client


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def reading_is_open(settings: Settings, address: Address, catalog: Catalog) -> AsyncIterator[httpx.AsyncClient]:
    with served(opened(settings, address, catalog, open_reads=True)) as url:
        async with httpx.AsyncClient(base_url=url) as client:
            yield client


@pytest.fixture
def make(empty_graph: Graph) -> Make:
    async def made(*scopes: Scope, name: str = "nightly", expires_at: datetime | None = None) -> NewKey:
        return await empty_graph.keys.create(name, scopes or [Scope.READ], expires_at)

    return made


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def refused(response: httpx.Response) -> dict[str, Any]:
    body = problem(response, 401, "unauthenticated")
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.headers["cache-control"] == "no-store"
    return body


@pytest.mark.parametrize(
    "headers",
    [
        AFAR,
        {"Host": "192.168.1.5:8000"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"Test-Client": "203.0.113.9"},
        {"Test-Client": "::ffff:203.0.113.9"},
        {"Test-Client": "none"},
    ],
)
async def test_reading_from_beyond_this_machine_needs_a_key(
    asking: httpx.AsyncClient, make: Make, headers: dict[str, str]
) -> None:
    for path in (SHORT, "/questions", "/questions/slow_count/source", "/nothing"):
        body = refused(await asking.get(path, headers=headers))
        assert "foedus keys create NAME --scope read" in body["hint"]
    path, line, of_lines = "/questions/slow_count", b'{"size": 3}', {"Content-Type": "application/x-ndjson"}
    refused(await asking.post(path, content=line, headers=headers | of_lines))
    brought = headers | bearer((await make()).text)
    assert (await asking.get(SHORT, headers=brought)).json()["rows"] == [{"count": 9}]
    assert (await asking.post(path, content=line, headers=brought | of_lines)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "localhost:1"},
        {"Host": "LOCALHOST"},
        {"Host": "[::1]:8000"},
        {"Host": "127.0.0.2"},
        {"Test-Client": "::1"},
        {"Test-Client": "::ffff:127.0.0.1"},
    ],
)
async def test_reading_on_this_machine_needs_none(asking: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert (await asking.get(SHORT, headers=headers)).status_code == 200


async def test_a_setting_opens_reading_and_nothing_else(reading_is_open: httpx.AsyncClient) -> None:
    assert (await reading_is_open.get(SHORT, headers=AFAR)).status_code == 200
    refused(await reading_is_open.post("/write", headers=AFAR))
    refused(await reading_is_open.get(SHORT, headers=AFAR | bearer("nonsense")))


@pytest.mark.parametrize("path", ["/", "/docs", "/docs/docs.js", "/openapi.json", "/health/live", "/health/ready"])
async def test_what_is_always_open(asking: httpx.AsyncClient, path: str) -> None:
    assert (await asking.get(path, headers=AFAR)).status_code in {200, 503}
    assert (await asking.head(path, headers=AFAR)).status_code in {200, 503}
    assert (await asking.get(path, headers=AFAR | bearer("nonsense"))).status_code in {200, 503}


@pytest.mark.parametrize("path", ["//docs", "/docs/../questions", "/health/%2e%2e/questions", "/Docs", "/healthy"])
async def test_what_only_looks_open_is_not(asking: httpx.AsyncClient, path: str) -> None:
    url = str(asking.base_url).rstrip("/")
    answer = sent(url, f"GET {path} HTTP/1.1\r\nHost: foedus.example\r\n\r\n".encode())
    assert answer.startswith((b"HTTP/1.1 401", b"HTTP/1.1 404"))


async def test_options_needs_no_key(asking: httpx.AsyncClient) -> None:
    assert (await asking.options(SHORT, headers=AFAR)).status_code == 405


async def test_a_page_of_an_allowed_origin_may_bring_a_key(asking: httpx.AsyncClient, make: Make) -> None:
    origin = AFAR | {"Origin": "https://friend.example"}
    names = "authorization, content-type, if-match, idempotency-key, foedus-bookmark, last-event-id"
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": names}
        assert (await asking.options("/write", headers=origin | asked)).status_code == 200
    response = await asking.get(SHORT, headers=origin)
    refused(response)
    assert response.headers["access-control-allow-origin"] == "https://friend.example"
    exposed = response.headers["access-control-expose-headers"]
    assert {"Foedus-Bookmark", "Location", "ETag"} <= set(exposed.split(", "))
    assert (await asking.get(SHORT, headers=origin | bearer((await make()).text))).status_code == 200


@pytest.mark.parametrize("host", [{}, AFAR])
@pytest.mark.parametrize("given", ["", "Bearer", "Basic bmlnaHRseTpzZWNyZXQ=", "{}", "Bearer{}", "Bearer x {}"])
async def test_what_is_no_bearer_of_a_key_is_refused(
    asking: httpx.AsyncClient, make: Make, host: dict[str, str], given: str
) -> None:
    text = (await make()).text
    assert text not in str(refused(await asking.get(SHORT, headers=host | {"Authorization": given.format(text)})))


async def test_the_scheme_is_no_matter_of_case(asking: httpx.AsyncClient, make: Make) -> None:
    text = (await make()).text
    for given in (f"bearer {text}", f"BEARER  {text}"):
        assert (await asking.get(SHORT, headers=AFAR | {"Authorization": given})).status_code == 200


async def test_a_key_is_given_once(asking: httpx.AsyncClient, make: Make) -> None:
    text = (await make()).text
    twice = [("Authorization", f"Bearer {text}"), ("Authorization", f"Bearer {text}")]
    assert "more than one" in refused(await asking.get(SHORT, headers=twice))["detail"]


async def test_every_key_that_is_none_gets_the_same_answer(
    asking: httpx.AsyncClient, make: Make, empty_graph: Graph
) -> None:
    one, other, ended = await make(), await make(), await make()
    expired = await make(expires_at=datetime.now(UTC) + timedelta(milliseconds=50))
    await empty_graph.keys.revoke(ended.key.id)
    await asyncio.sleep(0.05)
    with_another_secret = f"foedus_{one.key.id}_{other.text.rpartition('_')[2]}"
    unknown = f"foedus_{'0' * 12}_{'0' * 64}"
    wrong = [unknown, with_another_secret, ended.text, expired.text, one.text[:-1], "nonsense"]
    bodies = [refused(await asking.get(SHORT, headers=bearer(text))) for text in wrong]
    assert all(body == bodies[0] for body in bodies)
    assert (await asking.get(SHORT, headers=bearer(one.text))).status_code == 200


async def test_revoking_works_within_a_second(asking: httpx.AsyncClient, make: Make, empty_graph: Graph) -> None:
    key = await make()
    assert (await asking.get(SHORT, headers=AFAR | bearer(key.text))).status_code == 200
    await empty_graph.keys.revoke(key.key.id)
    await asyncio.sleep(module.KEPT_SECONDS)
    refused(await asking.get(SHORT, headers=AFAR | bearer(key.text)))


@pytest.mark.parametrize("host", [{}, AFAR])
async def test_writing_always_needs_a_key_with_that_scope(
    asking: httpx.AsyncClient, make: Make, host: dict[str, str]
) -> None:
    assert "foedus keys create NAME --scope" in refused(await asking.post("/write", headers=host))["hint"]
    for scope, allowed in ((Scope.READ, ""), (Scope.CYPHER, ""), (Scope.WRITE, "write"), (Scope.ADMIN, "write keep")):
        new = await make(scope, name=f"the {scope} key")
        for path, needed, said in (("write", "write", new.key.name), ("keep", "admin", new.key.id)):
            response = await asking.post(f"/{path}", headers=host | bearer(new.text))
            if path in allowed:
                assert (response.status_code, response.json()) == (200, said)
                continue
            body = problem(response, 403, "forbidden")
            assert body["detail"] == f"The key '{new.key.name}' lacks the scope {needed}."
            assert f"--scope {needed}" in body["hint"]


async def test_a_key_is_in_no_log(asking: httpx.AsyncClient, make: Make, caplog: pytest.LogCaptureFixture) -> None:
    text = (await make()).text
    with caplog.at_level(logging.DEBUG):
        await asking.post("/write", headers=bearer(text))
        await asking.get(f"{SHORT}&key={text}", headers=bearer(text[:-1] + "g"))
        wrong = text[:-1] + ("0" if text[-1] != "0" else "1")
        refused(await asking.get(SHORT, headers=bearer(wrong)))
        await asking.get("/health/live")
    said = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith(("foedus", "neo4j")))
    assert "given with a wrong secret" in said
    assert text.rpartition("_")[2][:-1] not in said


async def test_reading_here_asks_for_no_key(
    asking: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, empty_graph: Graph
) -> None:
    monkeypatch.setattr(module.Keys, "find", None)
    assert (await asking.get(SHORT)).status_code == 200
    assert (await asking.get("/health/live", headers=bearer("nonsense"))).status_code == 200


async def test_the_document_says_what_keys_are(asking: httpx.AsyncClient) -> None:
    document = (await asking.get("/openapi.json")).json()
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert document["security"] == [{}, {"bearer": []}]
    assert document["paths"]["/write"]["post"]["security"] == [{"bearer": []}]
    for path, operations in document["paths"].items():
        if path.startswith("/questions"):
            assert all("401" in operation["responses"] for operation in operations.values())


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_what_is_the_machine_itself(name: str) -> None:
    assert is_loopback(name)


@pytest.mark.parametrize("name", ["", "0.0.0.0", "::", "localhost.", "127.1", "2130706433", "10.0.0.1", "a.localhost"])  # noqa: S104
def test_what_is_not(name: str) -> None:
    assert not is_loopback(name)
