"""The answer to a question over HTTP: its forms, its headers and its pages."""

import csv
import io
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import TypeAdapter

from graph.catalog import Catalog
from service.contract import answer_model
from tests.service.conftest import problem

VALUES = "/questions/values_of_every_type"
COMPARED = f"{VALUES}?state=RUS&on=2024-12-04&compare_on=2024-12-03"
EMPTY = "/questions/values_of_every_type?state=RUS&count=0"


def test_an_answer_says_what_was_understood(client: httpx.Client, catalog: Catalog) -> None:
    response = client.get(VALUES, params={"state": "Russia", "on": "2024-12-04", "kind": ["defence", "neutrality"]})
    body = response.json()
    assert response.headers["content-type"] == "application/json"
    assert body["question"] == "values_of_every_type"
    assert body["digest"] == catalog["values_of_every_type"].digest
    assert body["parameters"] == {"state": "RUS", "kind": ["defence", "neutrality"]}
    assert body["on"] == "2024-12-04"
    assert body["known_at"].endswith("Z")
    assert response.headers["foedus-known-at"] == body["known_at"]
    assert body["columns"][0] == {"name": "number", "type": "integer", "about": "The number of the row"}
    assert (body["truncated"], body["next"]) == (False, None)
    assert [list(row) for row in body["rows"]] == [catalog["values_of_every_type"].columns] * 2
    assert body["rows"][0]["at"] == "2024-06-19T03:00:00.500000Z"
    assert body["rows"][0]["evidence"][0] == {"source": "tass", "locator": "art. 4", "quote": "all means"}


@pytest.mark.parametrize("path", [f"{VALUES}?state=RUS", EMPTY, COMPARED, "/questions/slow_count?size=3"])
def test_the_bytes_fit_the_documented_model(client: httpx.Client, catalog: Catalog, path: str) -> None:
    response = client.get(path)
    question = catalog[path.partition("?")[0].rpartition("/")[2]]
    TypeAdapter(answer_model(question)).validate_json(response.content)


def test_an_empty_answer_is_an_answer(client: httpx.Client) -> None:
    response = client.get(EMPTY)
    assert (response.status_code, response.json()["rows"]) == (200, [])
    assert len(client.get(EMPTY + "&format=csv").text.splitlines()) == 1


def test_a_timeless_question_has_no_day(client: httpx.Client) -> None:
    assert client.get("/questions/slow_count?size=3").json()["on"] is None
    body = problem(client.get("/questions/slow_count?size=3&on=2024-01-01"), 422, "invalid_input")
    assert body["errors"][0]["pointer"] == "/query/on"


def test_csv_has_the_columns_in_their_order_and_lists_joined(client: httpx.Client, catalog: Catalog) -> None:
    response = client.get(VALUES, params={"state": "RUS", "kind": ["defence", "neutrality"], "format": "csv"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    header, first, second = csv.reader(io.StringIO(response.content.decode(), newline=""))
    assert header == catalog["values_of_every_type"].columns
    row = dict(zip(header, first, strict=True))
    assert row["text"] == 'a "quoted", текст'
    assert (row["absent"], row["flag"], row["share"]) == ("", "false", "0.5")
    assert (row["words"], row["kinds"]) == ("one; two", "defence; neutrality")
    assert row["evidence"] == "tass art. 4: all means; kcna"
    assert row["at"] == "2024-06-19T03:00:00.500000Z"
    assert dict(zip(header, second, strict=True))["text"] == "'=1+1", "a spreadsheet would run it"
    assert response.content.count(b"\r\n") == 3


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/csv;q=0.5, application/json;q=0.4", "text/csv; charset=utf-8"),
        ("text/*;q=0.3, application/json;q=0.9", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("application/json;q=0, */*", "text/csv; charset=utf-8"),
        ("text/csv;q=nonsense, application/json;q=0.1", "application/json"),
    ],
)
def test_accept_chooses_the_form(client: httpx.Client, accept: str, form: str) -> None:
    response = client.get(EMPTY, headers={"Accept": accept})
    assert response.headers["content-type"] == form
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "text/html"])
def test_what_accept_excludes_is_not_sent(client: httpx.Client, accept: str) -> None:
    body = problem(client.get(EMPTY, headers={"Accept": accept}), 406, "not_acceptable")
    assert "text/csv" in body["hint"]


def test_format_goes_before_accept(client: httpx.Client) -> None:
    response = client.get(EMPTY + "&format=csv", headers={"Accept": "application/json"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"


def test_what_a_client_has_already_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get(EMPTY)
    for tag in (first.headers["etag"], f'"other", {first.headers["etag"]}', "*", first.headers["etag"][2:]):
        again = client.get(EMPTY, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert "Accept" in again.headers["vary"]
    assert first.headers["cache-control"] == "no-cache"


def test_the_tag_is_that_of_what_was_understood(client: httpx.Client) -> None:
    def tag(path: str) -> str:
        return client.get(path).headers["etag"]

    assert tag(f"{VALUES}?state=RUS") == tag(f"{VALUES}?state=Russia") == tag(f"{VALUES}?state=RU&limit=1000")
    others = ("state=PRK", "state=RUS&format=csv", "state=RUS&limit=1", "state=RUS&on=2024-01-01", "state=RUS&count=2")
    assert len({tag(f"{VALUES}?state=RUS"), *(tag(f"{VALUES}?{other}") for other in others)}) == 6


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_link_leads_through_all_pages(client: httpx.Client, form: str) -> None:
    path: str | None = f"{VALUES}?state=Russia&count=5&limit=2&kind=defence&kind=offence&format={form}"
    pages = []
    while path:
        response = client.get(path)
        pages.append(response.json()["rows"] if form == "json" else response.text.splitlines()[1:])
        path = response.links["next"]["url"] if "next" in response.links else None
        if path:
            added = parse_qs(urlsplit(path).query).keys()
            assert added == {"state", "count", "limit", "kind", "format", "after"}, "`after` alone leads on"
    assert [len(page) for page in pages] == [2, 2, 1]


def test_a_cursor_of_another_question_is_refused(client: httpx.Client) -> None:
    cursor = client.get(f"{VALUES}?state=RUS&limit=1").json()["next"]
    for query in (f"state=PRK&after={cursor}", "state=RUS&after=nonsense", "state=RUS&after=%00"):
        body = problem(client.get(f"{VALUES}?{query}"), 422, "invalid_input")
        assert body["errors"][0]["pointer"] == "/query/after"


def test_a_page_is_of_its_own_state_of_knowledge_whatever_the_client_has_seen_since(client: httpx.Client) -> None:
    first = client.get(f"{VALUES}?state=RUS&limit=1").json()
    later = {"Foedus-Known-At": "9000-01-01T00:00:00Z"}
    second = client.get(f"{VALUES}?state=RUS&limit=1&after={first['next']}", headers=later).json()
    assert second["known_at"] == first["known_at"]


def test_a_client_can_ask_for_no_earlier_knowledge(client: httpx.Client) -> None:
    known_at = client.get(EMPTY).headers["foedus-known-at"]
    assert client.get(EMPTY, headers={"Foedus-Known-At": known_at}).status_code == 200
    for token in ("nonsense", "9000-01-01T00:00:00Z"):
        body = problem(client.get(EMPTY, headers={"Foedus-Known-At": token}), 422, "invalid_input")
        assert body["errors"][0]["pointer"] == "/header/Foedus-Known-At"
