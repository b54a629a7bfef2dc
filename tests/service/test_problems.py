"""Every failure: its status, its one body, and that each class of error really answers what the table says."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

import graph.errors
from graph.catalog import Catalog
from graph.errors import FoedusError, InputError, Problem, StaleVersionError
from graph.settings import Settings
from service.app import create_app
from service.connection import Address
from service.errors import KINDS, kind_of
from tests.service.conftest import problem, served

VALUES = "/questions/values_of_every_type"


def every_class(base: type[FoedusError] = FoedusError) -> Iterator[type[FoedusError]]:
    yield base
    for one in base.__subclasses__():
        yield from every_class(one)


def made(kind: type[FoedusError]) -> FoedusError:
    if issubclass(kind, InputError | StaleVersionError):
        return kind([Problem("/query/x", "No x.", "Give an x.")])
    return kind("This went wrong.", "Do that.")


STATUS = {
    "FoedusError": 500, "InputError": 422, "NotFoundError": 404, "NotRecordedError": 404, "ConflictError": 409,
    "StaleVersionError": 412, "ReplayedKeyError": 422, "DatabaseAwayError": 503, "DatabaseBusyError": 503,
    "QueryTimeoutError": 504, "SchemaError": 503, "ForeignDataError": 500, "CatalogError": 500,
    "LocalServerError": 500, "QueryRefusedError": 422, "QueryFailedError": 422, "NotYoursError": 403,
}  # fmt: skip


@pytest.fixture(scope="module")
def failing(settings: Settings, address: Address, catalog: Catalog) -> Iterator[httpx.Client]:
    """A service with a route that fails in every way there is."""
    app: FastAPI = create_app(settings, address, catalog)
    classes = {one.__name__: one for one in every_class()}

    async def fail(name: str) -> None:
        raise made(classes[name])

    async def crash() -> None:
        raise ZeroDivisionError("a secret detail")

    app.add_api_route("/fail/{name}", fail)
    app.add_api_route("/crash", crash)
    with served(app) as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.mark.parametrize(("name", "status"), STATUS.items())
def test_each_class_of_error_answers_its_status(failing: httpx.Client, name: str, status: int) -> None:
    code = "internal" if status == 500 else getattr(graph.errors, name).code
    body = problem(failing.get(f"/fail/{name}"), status, code)
    listed = {"InputError", "QueryRefusedError", "StaleVersionError"}
    assert ("went wrong" in body["detail"]) == (status != 500 and name not in listed)


def test_no_class_of_error_is_without_a_status() -> None:
    assert {one.__name__ for one in every_class() if one.__module__ == "graph.errors"} == set(STATUS)
    assert all(kind_of(one).status == KINDS[one].status for one in every_class() if one in KINDS)


def test_what_helps_later_says_when(failing: httpx.Client) -> None:
    for name in ("DatabaseAwayError", "DatabaseBusyError", "SchemaError"):
        assert int(failing.get(f"/fail/{name}").headers["retry-after"]) > 0


def test_bad_input_lists_everything(failing: httpx.Client) -> None:
    body = failing.get("/fail/InputError").json()
    assert body["errors"] == [{"pointer": "/query/x", "message": "No x.", "code": "invalid", "hint": "Give an x."}]


def test_a_mistake_of_ours_tells_no_details(failing: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    response = failing.get("/crash", headers={"X-Request-Id": "find-me"})
    body = problem(response, 500, "internal")
    assert "secret" not in response.text
    assert "find-me" in body["hint"]
    assert any("find-me" in record.message and record.exc_info for record in caplog.records)


BAD: list[tuple[str, list[str]]] = [
    ("", ["state"]),
    ("state=", ["state"]),
    ("state", ["state"]),
    ("state=RUS&state=PRK", ["state"]),
    ("state=RUZ", ["state"]),
    ("state=Congo", ["state"]),
    ("state=RUS&stat=1", ["stat"]),
    ("state=RUS&on=2024-13-01", ["on"]),
    ("state=RUS&on=1730419200", ["on"]),
    ("state=RUS&on=0000-01-01", ["on"]),
    ("state=RUS&known_at=2024-01-01", ["known_at"]),
    ("state=RUS&known_at=2024-01-01T00:00:00", ["known_at"]),
    ("state=RUS&known_at=0001-01-01T00:00:00%2B14:00", ["known_at"]),
    ("state=RUS&known_at=9999-12-31T23:59:59-14:00", ["known_at"]),
    ("state=RUS&limit=0", ["limit"]),
    ("state=RUS&limit=x", ["limit"]),
    ("state=RUS&limit=10001", ["limit"]),
    ("state=RUS&count=99999999999999999999999", ["count"]),
    ("state=RUS&count=1.5", ["count"]),
    ("state=RUS&kind=defense", ["kind"]),
    ("state=RUS&kind=defence&kind=", ["kind"]),
    ("state=RUS&format=xml", ["format"]),
    ("state=RUS&format=", ["format"]),
    ("state=RUS&format=csv&format=csv", ["format"]),
    ("state=R%00S", ["state"]),
    ("state=" + "x" * 201, ["state"]),
    ("on=x&limit=x&format=x&y=x&kind=x", ["y", "on", "limit", "format", "kind", "state"]),
]


@pytest.mark.parametrize(("query", "pointers"), BAD)
def test_bad_parameters_are_one_problem(client: httpx.Client, query: str, pointers: list[str]) -> None:
    body = problem(client.get(f"{VALUES}?{query}"), 422, "invalid_input")
    assert sorted(one["pointer"] for one in body["errors"]) == sorted(f"/query/{name}" for name in pointers)
    assert all(one["message"] for one in body["errors"])


def test_hints_lead_on(client: httpx.Client) -> None:
    def hint(query: str) -> Any:
        return client.get(f"{VALUES}?{query}").json()["errors"][0]["hint"]

    assert "RUS (Russia)" in hint("state=RUZ")
    assert "COD" in hint("state=Congo")
    assert "COG" in hint("state=Congo")
    assert hint("state=RUS&kind=defense") == "Did you mean defence?"
    assert hint("state=RUS&kinds=defence") == "Did you mean kind?"
    assert hint("") == "For example state=RUS."
    assert "csv" in hint("state=RUS&format=xml")


@pytest.mark.parametrize("query", [b"state=%FF", b"state=%ED%A0%80", b"%C3=1", b"state=%C3%28"])
def test_a_query_that_is_no_utf8_is_malformed(client: httpx.Client, query: bytes) -> None:
    request = client.build_request("GET", httpx.URL(f"{client.base_url}{VALUES}").copy_with(query=query))
    problem(client.send(request), 400, "malformed")


def test_too_many_parameters_are_malformed(client: httpx.Client) -> None:
    problem(client.get(f"{VALUES}?{'a=1&' * 300}"), 400, "malformed")


def test_an_address_that_is_too_long_is_refused(client: httpx.Client) -> None:
    problem(client.get(f"{VALUES}?state={'x' * 9000}"), 414, "uri_too_long")


@pytest.mark.parametrize("path", ["/nothing", "/questions/", "/docs/", "/questions/values_of_every_type/x", "/%00"])
def test_an_address_that_nobody_serves(client: httpx.Client, path: str) -> None:
    client_path = httpx.URL(f"{client.base_url}{path}")
    assert client.get(client_path).status_code == 404
    assert client.get(client_path).json()["code"] == "not_found"


@pytest.mark.parametrize("path", ["/questions/values_of_every_typ", "/questions/values_of_every_typ/source"])
def test_an_unknown_question_suggests_a_near_one(client: httpx.Client, path: str) -> None:
    body = problem(client.get(path), 404, "not_found")
    assert body["hint"] == "Did you mean values_of_every_type?"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_a_method_that_is_not_there(client: httpx.Client, method: str) -> None:
    response = client.request(method, VALUES)
    problem(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "GET, HEAD, POST"
    source = client.request(method, f"{VALUES}/source")
    assert source.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/questions", "/health/live", "/health/ready", "/docs", "/", f"{VALUES}/source"])
def test_a_parameter_where_there_is_none(client: httpx.Client, path: str) -> None:
    body = problem(client.get(f"{path}?x=1"), 422, "invalid_input")
    assert body["errors"][0]["pointer"] == "/query/x"


@pytest.mark.parametrize("path", ["/questions", VALUES])
def test_a_pointer_escapes_what_means_something_in_it(client: httpx.Client, path: str) -> None:
    body = problem(client.get(f"{path}?a/b~c=1&state=RUS"), 422, "invalid_input")
    assert "/query/a~1b~0c" in {one["pointer"] for one in body["errors"]}


def test_a_query_that_takes_too_long_is_stopped(client: httpx.Client) -> None:
    problem(client.get("/questions/slow_count?size=1000000"), 504, "query_timeout")


def test_what_is_no_number_gets_a_plain_sentence(client: httpx.Client) -> None:
    body = problem(client.get(f"{VALUES}?state=RUS&count=1e3"), 422, "invalid_input")
    assert body["detail"] == "count='1e3': write a whole number in digits."


def test_a_shorter_path_gives_the_same_answer(client: httpx.Client) -> None:
    at_path = client.get("/named/Russia?word=defence&on=2024-01-01").json()
    assert at_path["rows"] == [{"state": "RUS", "word": "defence"}]
    assert at_path == client.get("/questions/named_at_path?state=Russia&word=defence&on=2024-01-01").json()


def test_what_nobody_is_known_by_is_not_found_in_a_path_and_misunderstood_in_a_query(client: httpx.Client) -> None:
    body = problem(client.get("/named/RUX"), 404, "not_found")
    assert body["detail"] == "No state is known as 'RUX'."
    assert body["hint"] == "Did you mean RUS (Russia)?"
    problem(client.get("/questions/named_at_path?state=RUX"), 422, "invalid_input")


def test_what_is_wrong_beside_the_path_is_misunderstood(client: httpx.Client) -> None:
    body = problem(client.get("/named/Russia?word=defense"), 422, "invalid_input")
    assert [fault["pointer"] for fault in body["errors"]] == ["/query/word"]
    body = problem(client.get("/named/Russia?state=PRK"), 422, "invalid_input")
    assert body["detail"] == "state is given 2 times."


def test_openapi_says_what_stands_in_a_path(client: httpx.Client) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/named/{state}"]["get"]
    assert {one["name"]: one["in"] for one in operation["parameters"] if one["in"] != "header"}["state"] == "path"
    assert "404" in operation["responses"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/named/", 404),
        ("GET", "/named", 404),
        ("GET", "/named/Russia/", 404),
        ("GET", "/named/Russia/more", 404),
        ("GET", "//named/Russia", 404),
        ("PUT", "/named/Russia", 405),
        ("DELETE", VALUES, 405),
    ],
)
def test_only_the_very_address_answers(client: httpx.Client, method: str, path: str, status: int) -> None:
    assert client.request(method, f"{client.base_url}{path}").status_code == status


@pytest.mark.parametrize("path", ["/named/Russia", "/named/%52ussia", f"{VALUES}?state=RUS"])
def test_the_head_of_an_answer_is_that_of_the_whole(client: httpx.Client, path: str) -> None:
    head, whole = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
