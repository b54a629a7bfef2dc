"""What can be asked: the catalogue, the Cypher behind a question, the index, the page, and the OpenAPI document."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from graph.catalog import Catalog
from graph.settings import Settings
from service.app import create_app
from service.connection import Address
from service.forms import MEDIA_TYPES, Format
from tests.service.conftest import QUESTIONS

PROBLEM = {"$ref": "#/components/schemas/ProblemBody"}


def test_the_catalogue_lists_every_question(client: httpx.Client, catalog: Catalog) -> None:
    response = client.get("/questions")
    listed = {one["name"]: one for one in response.json()}
    assert list(listed) == list(catalog)
    one = listed["values_of_every_type"]
    assert (one["topic"], one["title"], one["timeless"]) == ("examples", "Values of every type", False)
    assert one["parameters"][1] == {
        "name": "kind",
        "type": "list of commitment_kind",
        "about": "Kinds",
        "optional": True,
        "example": ["defence", "neutrality"],
    }
    assert one["columns"][0] == {"name": "number", "type": "integer", "about": "The number of the row"}
    again = client.get("/questions", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_example_of_the_catalogue_answers(client: httpx.Client) -> None:
    for one in client.get("/questions").json():
        assert client.get(one["example"]).json()["rows"], one["name"]


def test_the_source_is_the_text_for_the_browser(client: httpx.Client, catalog: Catalog) -> None:
    for one in client.get("/questions").json():
        response = client.get(one["source"])
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
        assert response.text == catalog[one["name"]].for_browser()
        again = client.get(one["source"], headers={"If-None-Match": response.headers["etag"]})
        assert again.status_code == 304


def test_the_index_leads_on(client: httpx.Client) -> None:
    links = client.get("/").json()
    for name in ("docs", "questions", "openapi", "live", "ready"):
        assert client.get(links[name]).status_code == 200
    browser = client.get("/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (browser.status_code, browser.headers["location"]) == (307, "/docs")


def test_the_page_needs_nothing_from_elsewhere(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    parts = re.findall(r'(?:src|href)="(/docs/[^"]+)"', page.text)
    assert len(parts) == 2
    for text in (page.text, *(client.get(part).raise_for_status().text for part in parts)):
        assert not re.search(r"https?:|//[a-z0-9.-]+\.[a-z]{2,}|@import|url\(", text)
        assert "innerHTML" not in text
    assert client.get("/docs/docs.js").headers["content-type"].startswith("text/javascript")


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_the_document_names_every_question(document: dict[str, Any], catalog: Catalog) -> None:
    for question in catalog.values():
        operation = document["paths"][f"/questions/{question.name}"]["get"]
        assert operation["operationId"] == question.name
        assert operation["tags"] == [question.topic]
        assert (operation["summary"], operation["description"]) == (question.header.title, question.header.about)
        assert f"/questions/{question.name}/source" in document["paths"]
    names = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))


def test_the_document_lists_parameters_with_types_and_examples(document: dict[str, Any]) -> None:
    listed = document["paths"]["/questions/values_of_every_type"]["get"]["parameters"]
    given = {one["name"]: one for one in listed}
    assert set(given) >= {"state", "kind", "count", "since", "on", "known_at", "limit", "after", "format"}
    assert given["state"] == {
        "name": "state",
        "in": "query",
        "required": True,
        "description": "A state",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        "example": "RUS",
    }
    assert given["kind"]["schema"] == {"type": "array", "items": {"$ref": "#/components/schemas/CommitmentKind"}}
    assert (given["kind"]["explode"], given["kind"]["example"]) == (True, ["defence", "neutrality"])
    assert given["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 10_000, "default": 1000}
    assert given["on"]["schema"] == {"type": "string", "format": "date"}
    assert given["Foedus-Known-At"]["in"] == "header"
    assert not any(one["required"] for name, one in given.items() if name != "state")
    timeless = document["paths"]["/questions/slow_count"]["get"]["parameters"]
    assert "on" not in {one["name"] for one in timeless}


def test_the_document_lists_answers_and_problems(document: dict[str, Any]) -> None:
    answers = document["paths"]["/questions/values_of_every_type"]["get"]["responses"]
    assert set(answers) == {"200", "304", "400", "401", "403", "405", "406", "414", "421", "422", "500", "503", "504"}
    for status in set(answers) - {"200", "304"}:
        assert answers[status]["content"] == {"application/problem+json": {"schema": PROBLEM}}
    content = answers["200"]["content"]
    assert set(content) == {MEDIA_TYPES[Format(form)] for form in ("json", "csv", "ndjson", "citation", "bibtex")}
    row = document["components"]["schemas"]["ValuesOfEveryTypeRow"]
    assert row["properties"]["absent"]["anyOf"] == [{"type": "string"}, {"type": "null"}]
    assert row["properties"]["evidence"]["items"] == {"$ref": "#/components/schemas/Evidence"}


CAUSES: list[dict[str, Any]] = [
    {},
    {"headers": {"If-None-Match": "*"}},
    {"params": {f"a{i}": "" for i in range(300)}},
    {"headers": {"Authorization": "Basic eA=="}},
    {"headers": {"Origin": "https://evil.example"}},
    {"method": "PUT"},
    {"headers": {"Accept": "image/png"}},
    {"params": {"state": "x" * 9000}},
    {"headers": {"Host": "evil.example"}},
    {"params": {"nonsense": "1"}},
]


# Tried where they are tested: tests/writing, test_queries.py and test_saved.py.
BY_THEMSELVES = {"records", "changes", "queries", "saved questions"}


def test_every_status_that_a_caller_can_cause_is_documented_and_no_other(
    client: httpx.Client, catalog: Catalog, document: dict[str, Any]
) -> None:
    questions = {path: one for one in catalog.values() for path in (f"/questions/{one.name}", one.header.path) if path}
    for path, operations in document["paths"].items():
        if BY_THEMSELVES & {tag for operation in operations.values() for tag in operation["tags"]}:
            continue
        examples = questions[path].examples if path in questions else {}
        params = {name: value for name, value in examples.items() if f"{{{name}}}" not in path}
        url, causes = path.format(**examples), CAUSES
        if url != path:
            causes = [*CAUSES, {"url": path.format(**dict.fromkeys(examples, "nobody"))}]
        sent = [client.request(**{"method": "GET", "url": url, "params": params} | cause) for cause in causes]
        listed = {int(status) for status in operations["get"]["responses"]}
        # What is not the caller's doing: a mistake of ours, and a database that is away, busy or slow.
        assert listed - {308, 500, 503, 504} == {one.status_code for one in sent}, path
        asks = path in questions
        assert listed & {500, 503, 504} == ({500, 503, 504} if asks or path == "/health/ready" else {500}), path


def test_the_document_is_made_once(settings: Settings, address: Address) -> None:
    catalog = Catalog.load(QUESTIONS)
    app = create_app(settings, address, catalog)
    first = app.openapi()
    assert app.openapi() is first
    made = {question.name: len(question.parameters.__subclasses__()) for question in catalog.values()}
    assert set(made.values()) == {1}, "the model of what can be asked is made once a question"


def test_what_has_no_default_has_none_in_the_document(document: dict[str, Any]) -> None:
    def nulls(value: Any, at: str) -> Iterator[str]:
        if isinstance(value, dict):
            yield from ([at] if value.get("default", "") is None else [])
            yield from (found for name, one in value.items() for found in nulls(one, f"{at}/{name}"))
        elif isinstance(value, list):
            yield from (found for i, one in enumerate(value) for found in nulls(one, f"{at}/{i}"))

    assert list(nulls(document["paths"], "")) == []


def test_every_reference_of_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    def references(node: Any) -> list[str]:
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
        own = [node["$ref"]] if isinstance(node, dict) and "$ref" in node else []
        return own + [one for part in inner for one in references(part)]

    found = references(document)
    assert found
    for reference in set(found):
        assert reference.rpartition("/")[2] in document["components"]["schemas"], reference
    assert "HTTPValidationError" not in document["components"]["schemas"]
    assert document["openapi"].startswith("3.1")
