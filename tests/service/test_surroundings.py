"""What surrounds every request: its id, the check of Host and Origin, compression, HEAD, clients that go away."""

import logging
import socket
from collections.abc import Iterator

import httpx
import pytest

from graph.catalog import Catalog
from graph.settings import Settings
from service.app import create_app
from service.connection import Address
from tests.service.conftest import problem, served

VALUES = "/questions/values_of_every_type?state=RUS"
SHORT = "/questions/slow_count?size=3"


def test_a_request_keeps_its_id(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "foedus.access"):
        response = client.get(SHORT, headers={"X-Request-Id": "mine-1"})
        client.get(SHORT)  # The line is written after the answer was sent, and before the next request is read.
    assert response.headers.get_list("x-request-id") == ["mine-1"]
    lines = [record.getMessage() for record in caplog.records if "mine-1" in record.getMessage()]
    assert lines[-1].startswith("mine-1 GET /questions/slow_count 200 ")
    assert lines[-1].endswith(" ms")


@pytest.mark.parametrize("given", [None, "", "x" * 101, "a b", "a\tb", "<script>"])
def test_a_request_without_a_sane_id_gets_one(client: httpx.Client, given: str | None) -> None:
    headers = {} if given is None else {"X-Request-Id": given}
    first, second = (client.get("/health/live", headers=headers).headers["x-request-id"] for _ in range(2))
    assert len(first) == 16
    assert first not in {second, given}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:1", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_our_own_hosts_are_answered(client: httpx.Client, host: str) -> None:
    assert client.get("/health/live", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[::1"])
def test_other_hosts_are_not(client: httpx.Client, host: str) -> None:
    problem(client.get("/questions", headers={"Host": host}), 421, "host_not_allowed")


@pytest.mark.parametrize(
    "request_",
    [b"GET /health/live HTTP/1.0\r\n\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"],
)
def test_a_request_has_one_host(url: str, request_: bytes) -> None:
    answer = sent(url, request_)
    assert answer.startswith(b"HTTP/1.1 400")
    assert b'"code":"malformed"' in answer


@pytest.mark.parametrize(
    "request_", [b"nonsense\r\n\r\n", "GET /?a=Россия HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()]
)
def test_what_is_no_http_is_a_problem_too(url: str, request_: bytes) -> None:
    answer = sent(url, request_)
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"application/problem+json" in answer
    assert b"x-content-type-options: nosniff" in answer
    assert b"Percent-encode" in answer


def sent(url: str, request: bytes) -> bytes:
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        while part := connection.recv(65536):
            received += part
    return received


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://[", "file://"])
def test_pages_of_other_origins_are_refused(client: httpx.Client, origin: str) -> None:
    problem(client.get("/questions", headers={"Origin": origin}), 403, "origin_not_allowed")
    preflight = {"Origin": origin, "Access-Control-Request-Method": "GET"}
    problem(client.options("/questions", headers=preflight), 403, "origin_not_allowed")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("mode", ["no-cors", "cors", None])
def test_pages_of_other_origins_embed_nothing(client: httpx.Client, site: str, mode: str | None) -> None:
    said = {"Sec-Fetch-Site": site} | ({"Sec-Fetch-Mode": mode} if mode else {})
    for path in (SHORT, "/docs/docs.js"):
        problem(client.get(path, headers=said), 403, "origin_not_allowed")


@pytest.mark.parametrize(
    ("site", "mode"), [("cross-site", "navigate"), ("same-origin", "no-cors"), ("none", "navigate")]
)
def test_links_and_our_own_page_lead_here(client: httpx.Client, site: str, mode: str) -> None:
    said = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    assert client.get(SHORT, headers=said).status_code == 200


@pytest.mark.parametrize("path", [SHORT, "/docs", "/nothing", "/questions?x=1"])
def test_nothing_is_taken_for_what_it_is_not(client: httpx.Client, path: str) -> None:
    assert client.get(path).headers.get_list("x-content-type-options") == ["nosniff"]


def test_our_own_page_may_ask(client: httpx.Client) -> None:
    response = client.get(SHORT, headers={"Origin": str(client.base_url).rstrip("/")})
    assert response.status_code == 200
    assert "access-control-allow-origin" not in response.headers


@pytest.fixture(scope="module")
def open_to_others(settings: Settings, address: Address, catalog: Catalog) -> Iterator[httpx.Client]:
    opened = {"cors_origins": ["https://friend.example"], "allowed_hosts": ["*"]}
    app = create_app(settings.model_copy(update=opened), address, catalog)
    with served(app) as url, httpx.Client(base_url=url) as client:
        yield client


def test_pages_of_allowed_origins_may_ask(open_to_others: httpx.Client) -> None:
    origin = {"Origin": "https://friend.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    response = open_to_others.get(SHORT, headers=origin)
    assert response.headers["access-control-allow-origin"] == "https://friend.example"
    assert "ETag" in response.headers["access-control-expose-headers"]
    assert "Origin" in response.headers["vary"]
    asked = origin | {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    preflight = open_to_others.options(SHORT, headers=asked)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "https://friend.example"
    problem(open_to_others.get(SHORT, headers={"Origin": "https://evil.example"}), 403, "origin_not_allowed")


def test_a_setting_answers_any_host(open_to_others: httpx.Client) -> None:
    assert open_to_others.get("/health/live", headers={"Host": "foedus.example"}).status_code == 200


def test_large_bodies_are_compressed(client: httpx.Client) -> None:
    large = client.get(VALUES, headers={"Accept-Encoding": "gzip"})
    assert large.headers["content-encoding"] == "gzip"
    assert len(large.content) > 1024 > int(large.headers["content-length"])
    assert "Accept-Encoding" in large.headers["vary"]
    assert "content-encoding" not in client.get(SHORT, headers={"Accept-Encoding": "gzip"}).headers
    plain = client.get(VALUES, headers={"Accept-Encoding": "identity"})
    assert plain.content == large.content
    assert plain.headers["etag"] == large.headers["etag"]


@pytest.mark.parametrize("path", ["/", "/questions", VALUES, "/health/live", "/openapi.json", "/docs", "/nothing"])
def test_head_is_get_without_the_body(client: httpx.Client, path: str) -> None:
    unlike = {"date", "x-request-id"}
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert {name: head.headers[name] for name in head.headers if name not in unlike} == {
        name: get.headers[name] for name in get.headers if name not in unlike
    }


def test_a_client_that_goes_away_breaks_nothing(url: str, client: httpx.Client) -> None:
    host, port = url.removeprefix("http://").split(":")
    for _ in range(5):
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"GET /questions/slow_count?size=300 HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert client.get(SHORT).json()["rows"] == [{"count": 9}]
