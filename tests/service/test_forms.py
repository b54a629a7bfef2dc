"""The further forms of an answer: rows alone, graphs, calendars, and the permalink that asks for it again."""

import json
import logging
import socket
import time
import weakref
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import icalendar
import networkx
import pytest
from fastapi import Request
from fastapi.responses import StreamingResponse
from pybtex.database import parse_string

from graph.catalog import Catalog
from graph.revision import NOTHING_YET
from graph.understood import Answer
from service.contract import Drawn
from service.forms import MEDIA_TYPES, Format
from service.streams import streamed
from tests.service.conftest import problem

NUMBERS = "/questions/numbers"
MEETS = "/questions/who_meets_whom"
VALUES = "/questions/values_of_every_type"
# What XML does not know, what it means something by, and what LaTeX and iCalendar mean something by.
HOSTILE = "a<b>&\"'\x01\x0b\x1f\x7f\x85\ufffe\uffff ]]> \\{}$%#_^~@, ;:\r\n\tтекст 동맹 \U0001f600"
MEETING = {"state": "Russia", "text": HOSTILE, "on": "2024-12-04"}


@pytest.mark.parametrize(
    ("accept", "path", "form"),
    [
        ("application/x-ndjson", VALUES, "application/x-ndjson"),
        ("application/vnd.foedus.graph+json", MEETS, "application/vnd.foedus.graph+json"),
        ("application/graphml+xml", MEETS, "application/graphml+xml"),
        ("text/calendar", MEETS, "text/calendar; charset=utf-8"),
        ("text/plain", VALUES, "text/plain; charset=utf-8"),
        ("application/x-bibtex", VALUES, "application/x-bibtex"),
        ("application/json, text/plain, */*", VALUES, "application/json"),
        ("application/*", VALUES, "application/json"),
    ],
)
def test_accept_chooses_the_form(client: httpx.Client, accept: str, path: str, form: str) -> None:
    response = client.get(
        f"{path}?state=RUS&text=x" if path == MEETS else f"{path}?state=RUS", headers={"Accept": accept}
    )
    assert response.status_code == 200
    assert response.headers["content-type"] == form


@pytest.mark.parametrize("form", ["graph", "graphml", "ics"])
def test_a_form_that_a_question_does_not_offer_is_refused_with_the_reason(client: httpx.Client, form: str) -> None:
    body = problem(client.get(f"{VALUES}?state=RUS&format={form}"), 422, "invalid_input")
    assert "there is no " in body["errors"][0]["message"]
    assert "json, csv, ndjson, citation, bibtex" in body["errors"][0]["message"]
    accepted = client.get(f"{VALUES}?state=RUS", headers={"Accept": MEDIA_TYPES[Format(form)]})
    assert "text/csv" in problem(accepted, 406, "not_acceptable")["hint"]


def test_the_document_lists_only_the_forms_that_a_question_offers(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    listed = {}
    for path in (MEETS, VALUES):
        (parameter,) = [one for one in paths[path]["get"]["parameters"] if one["name"] == "format"]
        content = paths[path]["get"]["responses"]["200"]["content"]
        assert {MEDIA_TYPES[form] for form in parameter["schema"]["enum"]} == set(content)
        listed[path] = parameter["schema"]["enum"]
    assert listed[MEETS] == ["json", "csv", "ndjson", "graph", "graphml", "ics", "citation", "bibtex"]
    assert listed[VALUES] == ["json", "csv", "ndjson", "citation", "bibtex"]


class TestRowsAlone:
    """NDJSON."""

    def test_each_line_is_a_row(self, client: httpx.Client) -> None:
        rows = client.get(f"{VALUES}?state=RUS&count=3").json()["rows"]
        response = client.get(f"{VALUES}?state=RUS&count=3&format=ndjson")
        assert response.headers["content-type"] == "application/x-ndjson"
        assert [json.loads(line) for line in response.text.splitlines()] == rows

    def test_none_is_nothing(self, client: httpx.Client) -> None:
        response = client.get(f"{VALUES}?state=RUS&count=0&format=ndjson")
        assert (response.status_code, response.content) == (200, b"")

    def test_without_a_limit_they_go_to_the_end(self, client: httpx.Client) -> None:
        lines = client.get(f"{NUMBERS}?size=25000&format=ndjson").text.splitlines()
        assert [json.loads(line)["number"] for line in lines] == list(range(1, 25001))

    def test_with_one_they_are_a_page(self, client: httpx.Client) -> None:
        response = client.get(f"{NUMBERS}?size=25000&format=ndjson&limit=10000")
        assert len(response.text.splitlines()) == 10000
        second = client.get(response.links["next"]["url"])
        assert json.loads(second.text.splitlines()[0])["number"] == 10001

    def test_what_goes_wrong_at_first_is_a_problem(self, client: httpx.Client) -> None:
        problem(client.get(f"{NUMBERS}?size=10&format=ndjson&slow_after=0"), 504, "query_timeout")
        problem(client.get(f"{VALUES}?state=RUZ&format=ndjson"), 422, "invalid_input")

    def test_what_goes_wrong_later_is_the_last_line(self, client: httpx.Client) -> None:
        response = client.get(f"{NUMBERS}?size=25000&format=ndjson&slow_after=10000")
        assert response.status_code == 200
        *rows, last = [json.loads(line) for line in response.text.splitlines()]
        assert [row["number"] for row in rows] == list(range(1, 10001))
        assert list(last) == ["error"]
        assert (last["error"]["status"], last["error"]["code"]) == (504, "query_timeout")
        assert last["error"]["instance"] == NUMBERS

    def test_nobody_keeps_what_may_have_ended_in_an_error(self, client: httpx.Client) -> None:
        response = client.get(f"{NUMBERS}?size=25000&format=ndjson")
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers

    def test_they_are_compressed_while_they_are_sent(self, client: httpx.Client) -> None:
        path = f"{NUMBERS}?size=25000&format=ndjson"
        with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as response:
            assert response.headers["content-encoding"] == "gzip"
            assert "content-length" not in response.headers
            received = list(response.iter_raw())
        assert len(received) > 3, "it is not held back until it is whole"
        assert sum(map(len, received)) < len(client.get(path).content) / 4

    @pytest.mark.parametrize(("accepted", "coding"), [("gzip;q=0", None), ("br, gzip;q=0.5", "gzip"), ("*", "gzip")])
    @pytest.mark.parametrize("path", [f"{NUMBERS}?size=25000&format=ndjson", f"{NUMBERS}?size=900", "/openapi.json"])
    def test_only_who_takes_it_gets_it_compressed(
        self, client: httpx.Client, path: str, accepted: str, coding: str | None
    ) -> None:
        response = client.get(path, headers={"Accept-Encoding": accepted})
        assert response.headers.get("content-encoding") == coding
        assert "Accept-Encoding" in response.headers["vary"]

    def test_whoever_asks_for_the_head_alone_causes_no_more_work(self, client: httpx.Client) -> None:
        path = f"{NUMBERS}?size=25000&format=ndjson&slow_after=10000"
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == "application/x-ndjson"

    def test_a_client_that_goes_away_ends_the_work(
        self, url: str, client: httpx.Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        host, port = url.removeprefix("http://").split(":")
        head = "Host: localhost\r\nX-Request-Id: gone\r\n"
        with caplog.at_level(logging.INFO, "foedus.access"):
            with socket.create_connection((host, int(port))) as connection:
                path = f"{NUMBERS}?size=100000000&format=ndjson"
                connection.sendall(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode())
                assert connection.recv(1000).startswith(b"HTTP/1.1 200")
            ended = time.monotonic() + 10
            while not any(one.getMessage().startswith("gone GET") for one in caplog.records):
                assert time.monotonic() < ended
                time.sleep(0.05)
        assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


async def test_one_page_is_in_memory_at_a_time(catalog: Catalog) -> None:
    read: list[weakref.ref[Answer]] = []

    async def pages() -> AsyncIterator[Answer]:
        for number in range(1, 6):
            page = Answer(catalog["numbers"], {}, None, NOTHING_YET, [[number, "text"]], "more" if number < 5 else None)
            read.append(weakref.ref(page))
            yield page
            del page
            assert not [one for one in read if one() is not None]

    scope = {"type": "http", "path": NUMBERS, "headers": [], "state": {"request_id": "one"}}
    response = await streamed(Request(scope), pages(), {}, 1.0)
    assert isinstance(response, StreamingResponse)
    lines = [str(chunk, "utf-8") async for chunk in response.body_iterator if isinstance(chunk, bytes)]
    assert [json.loads(line)["number"] for line in lines] == [1, 2, 3, 4, 5]
    assert len(read) == 5


class TestGraphs:
    """Nodes and edges."""

    def test_rows_are_edges(self, client: httpx.Client) -> None:
        response = client.get(MEETS, params=MEETING | {"format": "graph"})
        body = response.json()
        Drawn.model_validate(body)
        assert body["nodes"] == [{"id": one, "label": "State"} for one in ("RUS", "PRK", "COD", "COG")]
        assert [(edge["from"], edge["to"], edge["number"]) for edge in body["edges"]] == [
            ("RUS", "PRK", 1),
            ("RUS", "COD", 1),
            ("RUS", "COG", 2),
        ]
        assert body["edges"][0]["label"] == HOSTILE
        assert body["edges"][0]["row_from"] == "Moscow", "a column may have the name of an end"
        assert body["parameters"]["state"] == "RUS"

    def test_graphml_is_read_by_networkx(self, client: httpx.Client) -> None:
        drawn = client.get(MEETS, params=MEETING | {"format": "graph"}).json()
        response = client.get(MEETS, params=MEETING | {"format": "graphml"})
        graph = networkx.parse_graphml(response.text)
        assert graph.is_directed()
        assert [{"id": name} | data for name, data in graph.nodes(data=True)] == drawn["nodes"]
        edges = list(graph.edges(data=True))
        assert [(start, end) for start, end, _ in edges] == [(one["from"], one["to"]) for one in drawn["edges"]]
        data = edges[0][2]
        assert (data["number"], data["share"], data["sure"], data["row_from"]) == (1, 0.5, True, "Moscow")
        assert data["label"] == HOSTILE.translate(dict.fromkeys((1, 0x0B, 0x1F, 0xFFFE, 0xFFFF), "\ufffd"))
        assert graph.graph["permalink"] == drawn["permalink"]

    def test_every_character_of_a_source_is_well_formed(self, client: httpx.Client) -> None:
        for text in (
            "".join(map(chr, range(1, 160))),
            "\ud7ff\ue000\ufdd0\ufffd\U0001ffff\U0010ffff",
            "]]>",
            "<![CDATA[",
        ):
            response = client.get(MEETS, params=MEETING | {"text": text, "format": "graphml"})
            (found,) = {data["label"] for _, _, data in networkx.parse_graphml(response.text).edges(data=True)}
            assert len(found) == len(text)

    def test_no_rows_are_an_empty_graph(self, client: httpx.Client) -> None:
        compared = MEETING | {"compare_on": "2024-12-04", "format": "graphml"}
        graph = networkx.parse_graphml(client.get(MEETS, params=compared).text)
        assert len(graph) == 0


class TestCalendars:
    """ICalendar."""

    def read(self, client: httpx.Client, **changed: Any) -> tuple[bytes, list[Any]]:
        response = client.get(MEETS, params=MEETING | changed | {"format": "ics"})
        assert response.headers["content-type"] == "text/calendar; charset=utf-8"
        return response.content, icalendar.Calendar.from_ical(response.content).walk("VEVENT")

    def test_each_row_with_a_day_is_a_day_long_event(self, client: httpx.Client) -> None:
        _, events = self.read(client)
        assert [str(event["dtstart"].dt) for event in events] == ["2024-12-04", "2024-02-29"]
        assert {str(event["description"]) for event in events} == {"Moscow"}
        kept = str(events[0]["summary"])
        assert "тек" in kept
        assert "\ufffd" in kept
        assert not [one for one in kept if ord(one) < 32 and one not in "\n\t"]

    def test_the_bytes_are_the_same_every_time(self, client: httpx.Client) -> None:
        first, _ = self.read(client)
        time.sleep(1.1)
        assert self.read(client)[0] == first

    def test_an_event_stays_the_same_when_its_day_is_another(self, client: httpx.Client) -> None:
        events = [self.read(client, on=day)[1][0] for day in ("2024-12-04", "2024-12-05")]
        assert len({str(event["uid"]) for event in events}) == 1
        assert len({event["dtstart"].dt for event in events}) == 2

    def test_lines_are_as_long_as_the_rfc_has_them(self, client: httpx.Client) -> None:
        lines = self.read(client, text="я" * 200)[0].split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert (lines[0], lines[-2]) == (b"BEGIN:VCALENDAR", b"END:VCALENDAR")


class TestPermalinks:
    """The address of the very same answer."""

    def test_it_replays_the_answer(self, client: httpx.Client) -> None:
        first = client.get(f"{VALUES}?state=Russia&kind=defence&kind=neutrality&since=2024-01-01&count=3&limit=2")
        link = first.json()["permalink"]
        asked = parse_qs(urlsplit(link).query)
        assert asked["state"] == ["RUS"]
        assert {"on", "known_at", "limit", "digest", "kind", "since", "count"} <= asked.keys()
        again = client.get(link)
        assert again.content == first.content
        assert again.headers["cache-control"] == "max-age=31536000, immutable"
        second = client.get(f"{VALUES}?{urlsplit(first.links['next']['url']).query}")
        assert client.get(second.json()["permalink"]).content == second.content

    @pytest.mark.parametrize("form", ["csv", "ndjson", "citation", "bibtex"])
    def test_forms_without_an_envelope_have_it_as_a_link(self, client: httpx.Client, form: str) -> None:
        first = client.get(f"{VALUES}?state=Russia&format={form}")
        again = client.get(first.links["canonical"]["url"])
        assert again.content == first.content
        assert again.headers["content-type"] == first.headers["content-type"]
        assert "immutable" in again.headers["cache-control"]

    def test_it_replays_a_comparison(self, client: httpx.Client) -> None:
        first = client.get(f"{VALUES}?state=Russia&on=2024-01-02&compare_on=2024-01-01")
        again = client.get(first.json()["permalink"])
        assert again.content == first.content
        assert first.json()["rows"]
        assert "immutable" in again.headers["cache-control"]

    def test_it_says_when_the_file_is_another_since(self, client: httpx.Client) -> None:
        path = f"{VALUES}?state=RUS&digest={'0' * 64}"
        response = client.get(path)
        assert response.json()["changed"] is True
        assert response.headers["foedus-changed"] == "true"
        assert client.get(f"{path}&format=csv").headers["foedus-changed"] == "true"
        plain = client.get(f"{VALUES}?state=RUS")
        assert plain.json()["changed"] is False
        assert "foedus-changed" not in plain.headers
        assert plain.headers["etag"] != response.headers["etag"]

    def test_a_digest_has_64_digits(self, client: httpx.Client) -> None:
        for digest in ("x", "0" * 63, "G" * 64, "0" * 65):
            body = problem(client.get(f"{VALUES}?state=RUS&digest={digest}"), 422, "invalid_input")
            assert body["errors"][0]["pointer"] == "/query/digest"

    def test_only_what_can_never_change_is_immutable(self, client: httpx.Client, catalog: Catalog) -> None:
        link = client.get(f"{VALUES}?state=Russia").json()["permalink"]
        asked = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
        for changed in (
            {"on": ""},
            {"known_at": ""},
            {"known_at": "9999-01-01T00:00:00Z"},
            {"digest": ""},
            {"digest": "0" * 64},
            {"state": "Russia"},
            {"compare_known_at": "9999-01-01T00:00:00Z"},
        ):
            kept = {name: text for name, text in (asked | changed).items() if text}
            assert client.get(VALUES, params=kept).headers["cache-control"] == "no-cache", changed
        assert "immutable" in client.get(VALUES, params=asked).headers["cache-control"]
        timeless = client.get(f"{NUMBERS}?size=3").json()["permalink"]
        assert "immutable" in client.get(timeless).headers["cache-control"]


def test_a_citation_without_sources_in_the_graph_says_so(client: httpx.Client) -> None:
    response = client.get(f"{NUMBERS}?size=3&format=citation")
    assert "It has 3 rows. It names no source." in response.text
    assert (
        str(client.base_url).rstrip("/") + response.links["canonical"]["url"].partition("&format")[0] in response.text
    )


def test_bibtex_is_read_by_pybtex(client: httpx.Client) -> None:
    response = client.get(MEETS, params=MEETING | {"format": "bibtex"})
    (entry,) = parse_string(response.text, "bibtex").entries.values()
    assert entry.type == "misc"
    assert entry.fields["title"] == "{Who meets whom}"
    assert r"\textbackslash{}\textbraceleft{}\textbraceright{}\$\%\#\_\textasciicircum{}" in entry.fields["note"]
