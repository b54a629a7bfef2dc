"""A question asked for many sets of parameters at once, by well-meaning callers and by others."""

import json
import logging
import socket
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from graph.catalog import Catalog
from graph.graph import Graph
from graph.settings import Settings
from service.app import create_app
from service.connection import Address
from service.routes import batches
from tests.service.conftest import Run, problem, served

VALUES = "/questions/values_of_every_type"
NUMBERS = "/questions/numbers"
NDJSON = {"Content-Type": "application/x-ndjson"}


def sent(client: httpx.Client, lines: Any, path: str = VALUES, **headers: str) -> list[dict[str, Any]]:
    """Send lines, texts as they are and all else as JSON, and return the answers."""
    body = b"\n".join(_line(one) for one in lines)
    response = client.post(path, content=body, headers=NDJSON | headers)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in response.content.split(b"\n")[:-1]]


def _line(one: Any) -> bytes:
    return one if isinstance(one, bytes) else json.dumps(one).encode()


def test_each_line_is_answered_as_get_answers_it(client: httpx.Client) -> None:
    lines: list[dict[str, Any]] = [
        {"state": "Russia", "kind": ["defence", "neutrality"], "count": 2, "on": "2024-12-04", "since": None},
        {"state": "PRK", "limit": 1},
        {"state": "RUS", "compare_on": "2024-01-01", "on": "2024-01-02"},
        {"state": "RUS", "count": "3"},
    ]
    first, second, third, fourth = sent(client, lines)
    for number, (line, found) in enumerate(zip(lines, (first, second, third, fourth), strict=True), 1):
        params = {name: value for name, value in line.items() if value is not None}
        expected = client.get(VALUES, params=params | {"known_at": found["known_at"]}).json()
        assert {"line": number} | expected == found
    assert second["next"]
    assert third["compared_with"]
    assert len(fourth["rows"]) == 3


def test_the_permalink_of_a_line_replays_it(client: httpx.Client) -> None:
    (found,) = sent(client, [{"state": "Russia"}])
    assert {"line": 1} | client.get(found["permalink"]).json() == found


def test_what_is_longer_than_an_address_has_no_permalink(client: httpx.Client) -> None:
    kinds = ["consultation"] * 199
    (found,) = sent(client, [{"state": "RUS", "kind": kinds}])
    assert len(found["permalink"]) < 8192
    (found,) = sent(client, [{"state": "RUS", "word": ["\U0001f600" * 50] * 20}], "/questions/many_words")
    assert (found["permalink"], found["cite"]) == (None, None)
    assert len(found["rows"]) == 20


BAD: list[tuple[bytes, str, str | None]] = [
    (b"{", "malformed", None),
    (b"[]", "malformed", None),
    (b'"text"', "malformed", None),
    (b"null", "malformed", None),
    (b'{"state": "RUS"} {"state": "PRK"}', "malformed", None),
    (b'{"state": "\xff"}', "malformed", None),
    (b'{"state": "\\ud800"}', "malformed", None),
    (b'{"\\udc00": "RUS"}', "malformed", None),
    (b'\xef\xbb\xbf{"state": "RUS"}', "malformed", None),
    (b'{"state": NaN}', "malformed", None),
    (b'{"state": Infinity}', "malformed", None),
    (b"[" * 60_000, "malformed", None),
    (b'{"state": ' + b"[" * 30_000 + b"]" * 30_000 + b"}", "malformed", None),
    (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "malformed", None),
    (b'{"state": "' + b"x" * 70_000 + b'"}', "malformed", None),
    (b'{"kind": [' + b'"defence",' * 300 + b'"defence"], "state": "RUS"}', "malformed", None),
    (b"\x00", "malformed", None),
    (b'{"state": "R\x00S"}', "malformed", None),
    (b"{}", "invalid_input", "/body/state"),
    (b'{"state": "R\\u0000S"}', "invalid_input", "/body/state"),
    (b'{"state": null}', "invalid_input", "/body/state"),
    (b'{"state": "RUZ"}', "invalid_input", "/body/state"),
    (b'{"state": "RUS", "state": "PRK"}', "invalid_input", "/body/state"),
    (b'{"state": {"a": 1}}', "invalid_input", "/body/state"),
    (b'{"state": ["RUS", ["PRK"]]}', "invalid_input", "/body/state"),
    (b'{"state": "RUS", "kind": []}', "invalid_input", "/body/kind"),
    (b'{"state": "RUS", "kind": [null]}', "invalid_input", "/body/kind"),
    (b'{"state": "RUS", "kind": ["defense"]}', "invalid_input", "/body/kind"),
    (b'{"state": "RUS", "count": 1' + b"0" * 5000 + b"}", "invalid_input", "/body/count"),
    (b'{"state": "RUS", "count": 1e999}', "invalid_input", "/body/count"),
    (b'{"state": "RUS", "count": 1.5}', "invalid_input", "/body/count"),
    (b'{"state": "RUS", "count": true}', "invalid_input", "/body/count"),
    (b'{"state": "RUS", "on": 1730419200}', "invalid_input", "/body/on"),
    (b'{"state": "RUS", "a/b~c": 1}', "invalid_input", "/body/a~1b~0c"),
    (b'{"state": "RUS", "known_at": "2024-01-01T00:00:00Z"}', "invalid_input", "/body/known_at"),
    (b'{"state": "RUS", "after": "x"}', "invalid_input", "/body/after"),
    (b'{"state": "RUS", "format": "csv"}', "invalid_input", "/body/format"),
    (b'{"state": "RUS", "limit": 10001}', "invalid_input", "/body/limit"),
]


def test_a_bad_line_has_its_problem_in_its_place_and_the_others_go_on(client: httpx.Client) -> None:
    good = json.dumps({"state": "RUS"}).encode()
    lines = [one for bad, _, _ in BAD for one in (bad, good)]
    found = sent(client, lines)
    assert [one["line"] for one in found] == list(range(1, len(lines) + 1))
    assert all(one["rows"] for one in found[1::2])
    for (line, code, pointer), one in zip(BAD, found[::2], strict=True):
        assert list(one) == ["line", "error"], line[:100]
        error = one["error"]
        assert (error["code"], error["instance"]) == (code, VALUES), line[:100]
        assert error["status"] == {"malformed": 400, "invalid_input": 422}[code]
        assert pointer is None or pointer in {fault["pointer"] for fault in error["errors"]}, line[:100]
        assert error["detail"]


def test_blank_lines_are_left_out_and_counted(client: httpx.Client) -> None:
    found = sent(client, [b"", b'{"state": "RUS"}\r', b"   ", b'{"state": "PRK"}', b"", b""])
    assert [one["line"] for one in found] == [2, 4]


def test_ten_thousand_lines_are_answered_in_their_order(client: httpx.Client) -> None:
    sizes = [number % 7 for number in range(10_000)]
    found = sent(client, [{"size": size} for size in sizes], NUMBERS)
    assert [len(one["rows"]) for one in found] == sizes
    assert [one["line"] for one in found] == list(range(1, 10_001))
    assert len({one["known_at"] for one in found}) == 1


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b"{}", {}, 415, "unsupported_type"),
        (b"{}", {"Content-Type": "application/json"}, 415, "unsupported_type"),
        (b"{}", {"Content-Type": "text/plain"}, 415, "unsupported_type"),
        (b"{}", NDJSON | {"Content-Encoding": "gzip"}, 415, "unsupported_type"),
        (b"{}", NDJSON | {"Accept": "application/json"}, 406, "not_acceptable"),
        (b"", NDJSON, 422, "invalid_input"),
        (b"\n \r\n", NDJSON, 422, "invalid_input"),
        (b"{}\n" * 10_001, NDJSON, 413, "too_large"),
        (b"\n" * 9_000_000, NDJSON, 413, "too_large"),
    ],
)
def test_what_is_wrong_with_all_of_it_is_a_problem(
    client: httpx.Client, content: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    body = problem(client.post(VALUES, content=content, headers=headers), status, code)
    assert body.get("hint") or body["errors"][0]["hint"]


def test_a_body_of_a_hundred_megabytes_is_refused_unread(client: httpx.Client) -> None:
    line = b'{"state": "RUS"}\n'

    def parts() -> Iterator[bytes]:
        for _ in range(100):
            yield line * (1_000_000 // len(line))

    for content in (line * (100_000_000 // len(line)), parts()):
        problem(client.post(VALUES, content=content, headers=NDJSON), 413, "too_large")
    assert sent(client, [line])[0]["rows"], "the service is none the worse"


def test_the_query_takes_the_state_of_knowledge_alone(client: httpx.Client) -> None:
    path = f"{VALUES}?known_at=2020-01-01T00:00:00Z"
    found = sent(client, [{"state": "RUS"}], path)
    assert found[0]["known_at"] in {"2020-01-01T00:00:00Z", "0001-01-01T00:00:00Z"}
    for query in ("on=2024-01-01", "state=RUS", "known_at=x", "format=csv"):
        problem(client.post(f"{VALUES}?{query}", content=b"{}", headers=NDJSON), 422, "invalid_input")
    late = NDJSON | {"Foedus-Known-At": "9000-01-01T00:00:00Z"}
    body = problem(client.post(VALUES, content=b"{}", headers=late), 422, "invalid_input")
    assert body["errors"][0]["pointer"] == "/header/Foedus-Known-At"


def test_there_is_no_batch_of_what_is_no_question(client: httpx.Client) -> None:
    body = problem(client.post("/questions/numberz", content=b"{}", headers=NDJSON), 404, "not_found")
    assert body["hint"] == "Did you mean numbers?"
    response = client.put(NUMBERS, content=b"{}", headers=NDJSON)
    problem(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "GET, HEAD, POST"


def test_an_answer_begins_before_the_last_line_is_asked(client: httpx.Client) -> None:
    lines = [json.dumps({"size": 10}), *[json.dumps({"size": 10, "slow_after": 0})] * 8]
    begun = time.monotonic()
    request = {"content": "\n".join(lines), "headers": NDJSON | {"Accept-Encoding": "identity"}}
    with client.stream("POST", NUMBERS, **request) as response:  # type: ignore[arg-type]
        found = response.iter_lines()
        assert json.loads(next(found))["line"] == 1
        first = time.monotonic() - begun
        rest = [json.loads(line) for line in found]
    assert [one["error"]["code"] for one in rest] == ["query_timeout"] * 8
    assert first < (time.monotonic() - begun) / 2


def test_a_client_that_goes_away_ends_the_work(
    url: str, client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    host, port = url.removeprefix("http://").split(":")
    body = b'{"size": 10000, "limit": 10000}\n' * 9_000
    head = f"POST {NUMBERS} HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: gone-batch\r\nContent-Length: {len(body)}\r\n"
    with caplog.at_level(logging.INFO, "foedus.access"):
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(head.encode() + b"Content-Type: application/x-ndjson\r\n\r\n" + body)
            assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        ended = time.monotonic() + 20
        while not any(one.getMessage().startswith("gone-batch POST") for one in caplog.records):
            assert time.monotonic() < ended
            time.sleep(0.05)
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert sent(client, [{"size": 1}], NUMBERS)[0]["rows"]


def test_half_a_body_breaks_nothing(url: str, client: httpx.Client) -> None:
    host, port = url.removeprefix("http://").split(":")
    for _ in range(5):
        with socket.create_connection((host, int(port))) as connection:
            head = f"POST {NUMBERS} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
            connection.sendall(head.encode() + b'Content-Type: application/x-ndjson\r\n\r\n{"size"')
    time.sleep(0.2)
    assert sent(client, [{"size": 1}], NUMBERS)[0]["rows"], "their places are free again"


@pytest.fixture(scope="module")
def narrow_url(settings: Settings, address: Address, catalog: Catalog) -> Iterator[str]:
    """A service that takes little at once, also from pages of another origin."""
    quick = {"query_seconds": 1.5, "acquire_seconds": 0.5}
    limits: dict[str, Any] = quick | {
        "batches": 1,
        "batch_lines": 3,
        "batch_bytes": 1024,
        "cors_origins": ["https://friend.example"],
    }
    app: FastAPI = create_app(settings.model_copy(update=limits), address, catalog)
    with served(app) as url:
        yield url


@pytest.fixture(scope="module")
def narrow(narrow_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=narrow_url, timeout=30) as client:
        yield client


def test_limits_are_settings(narrow: httpx.Client) -> None:
    assert len(sent(narrow, [{"size": 1}] * 3, NUMBERS)) == 3
    assert len(sent(narrow, [*[{"size": 1}] * 3, b"", b""], NUMBERS)) == 3
    for content in (b'{"size": 1}\n' * 4, b" " * 1000 + b'{"size": 1000000000000000}'):
        problem(narrow.post(NUMBERS, content=content, headers=NDJSON), 413, "too_large")


def test_one_batch_too_many_is_told_to_wait(narrow: httpx.Client) -> None:
    slow = json.dumps({"size": 10, "slow_after": 0})
    lines = "\n".join([json.dumps({"size": 1}), slow])
    with narrow.stream("POST", NUMBERS, content=lines, headers=NDJSON) as response:
        assert response.status_code == 200
        refused = narrow.post(NUMBERS, content=b"{}", headers=NDJSON)
        problem(refused, 503, "database_busy")
        assert int(refused.headers["retry-after"]) > 0
        response.read()
    assert sent(narrow, [{"size": 1}], NUMBERS)


def test_who_takes_no_answers_loses_the_place(
    narrow_url: str, narrow: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(batches, "SEND_SECONDS", 0.5)
    host, port = narrow_url.removeprefix("http://").split(":")
    body = b'{"size": 10000, "limit": 10000}\n' * 3
    head = f"POST {NUMBERS} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
    with socket.create_connection((host, int(port))) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(head.encode() + b"Content-Type: application/x-ndjson\r\n\r\n" + body)
        ended = time.monotonic() + 20
        while narrow.post(NUMBERS, content=b"{}", headers=NDJSON).status_code != 200:
            assert time.monotonic() < ended
    assert not [one for one in caplog.records if one.exc_info]


def test_pages_of_allowed_origins_may_send_one(narrow: httpx.Client) -> None:
    origin = {"Origin": "https://friend.example"}
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert narrow.options(NUMBERS, headers=origin | asked).status_code == 200
    allowed = narrow.post(NUMBERS, content=b'{"size": 1}', headers=NDJSON | origin)
    assert allowed.headers["access-control-allow-origin"] == "https://friend.example"
    for refused in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        problem(narrow.post(NUMBERS, content=b"{}", headers=NDJSON | refused), 403, "origin_not_allowed")
    problem(narrow.post(NUMBERS, content=b"{}", headers=NDJSON | {"Host": "evil.example"}), 421, "host_not_allowed")


def test_the_document_describes_it(client: httpx.Client, catalog: Catalog) -> None:
    document = client.get("/openapi.json").json()
    for question in catalog.values():
        operation = document["paths"][f"/questions/{question.name}"]["post"]
        assert operation["operationId"] == f"{question.name}_batch"
        content = operation["requestBody"]["content"]["application/x-ndjson"]
        assert set(question.header.params) <= set(content["schema"]["properties"])
        assert not {"known_at", "after", "format"} & set(content["schema"]["properties"])
        (answer,) = sent(client, [content["example"].strip().encode()], f"/questions/{question.name}")
        assert answer["rows"]
        assert [one["name"] for one in operation["parameters"]] == ["known_at"]
        listed = {"400", "401", "403", "405", "406", "408", "413", "414", "415", "421", "422", "500", "503", "504"}
        assert set(operation["responses"]) == {"200", *listed}


def test_the_command_asks_a_file_and_standard_input(foedus: Run, shipped_graph: Graph, tmp_path: Any) -> None:
    assert shipped_graph
    path = tmp_path / "lines"
    path.write_text('{"text": "Russia"}\n{"text": 1}\nnonsense\n{"text": "RU"}\n', encoding="utf-8")
    done = foedus("ask", "states_by_name_or_code", "--batch", str(path))
    assert (done.returncode, done.stderr) == (2, "foedus: Lines that could not be answered: 1.\n")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["line"] for one in found] == [1, 2, 3, 4]
    assert found[0]["rows"][0]["state"] == found[3]["rows"][0]["state"] == "RUS"
    assert found[2]["error"]["code"] == "malformed"
    path.write_text('{"text": "Russia"}\n', encoding="utf-8")
    done = foedus("ask", "states_by_name_or_code", "--batch", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    refused = foedus("ask", "states_by_name_or_code", "--batch", str(path), "--text", "Russia")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert foedus("ask", "states_by_name_or_code", "--batch", str(tmp_path / "none")).returncode == 2
