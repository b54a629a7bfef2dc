"""Texts of one's own over HTTP: who may have one judged or run, what is told, and that nothing is left of it."""

import asyncio
import csv
import io
import json
from typing import Any

import httpx
import pytest
import pytest_asyncio

from graph.errors import QueryTimeoutError
from graph.graph import Graph
from graph.keys import Scope
from service.examples import QUERY
from tests.service.conftest import going_on, header_of_key, problem

CHECK, RUN = "/queries/check", "/queries/run"
STATES = "MATCH (s:State)<-[:VERSION_OF]-(d:Description) WHERE d.name IS NOT NULL"
BOTH = pytest.mark.parametrize("route", [CHECK, RUN])


@pytest_asyncio.fixture(loop_scope="session")
async def analyst(shipped_graph: Graph) -> dict[str, str]:
    return await header_of_key(shipped_graph, "an analyst", Scope.CYPHER)


@pytest_asyncio.fixture(loop_scope="session")
async def writer(shipped_graph: Graph) -> dict[str, str]:
    return await header_of_key(shipped_graph, "a writer", Scope.WRITE)


def found(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


@BOTH
def test_it_needs_the_scope(client: httpx.Client, analyst: dict[str, str], writer: dict[str, str], route: str) -> None:
    asked = {"text": "RETURN 1 AS one"}
    problem(client.post(route, json=asked), 401, "unauthenticated")
    problem(client.post(route, json=asked, headers=writer), 403, "forbidden")
    assert client.post(route, json=asked, headers=analyst).status_code == 200


def test_a_verdict_is_told(client: httpx.Client, analyst: dict[str, str]) -> None:
    text = "MATCH (s:State {key: $state})\nRETURN s.key AS state"
    told = found(client.post(CHECK, json={"text": text, "parameters": {"state": "RUS"}}, headers=analyst))
    assert (told["allowed"], told["refusals"], told["columns"]) == (True, [], ["state"])
    told = found(client.post(CHECK, json={"text": "MATCH (s:State) DELETE s"}, headers=analyst))
    assert not told["allowed"]
    assert "writes" in {one["code"] for one in told["refusals"]}
    assert told["refusals"][0].keys() == {"code", "message", "hint", "line", "column"}


@BOTH
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": 1},
        {"text": "RETURN 1 AS x", "more": 1},
        {"text": "RETURN 1 AS x", "parameters": {"on": 1}},
        {"text": "RETURN 1 AS x", "parameters": {"number": 2**70}},
        {"text": "RETURN 1 AS x", "parameters": {"deep": [{"number": -(2**63) - 1}]}},
        {"text": "RETURN 1 AS x", "on": "yesterday"},
        {"text": "RETURN 1 AS x", "known_at": "2024-12-04"},
    ],
)
def test_a_body_that_is_none_is_told(
    client: httpx.Client, analyst: dict[str, str], route: str, body: dict[str, object]
) -> None:
    told = problem(client.post(route, json=body, headers=analyst), 422, "invalid_input")
    assert all(one["pointer"].startswith("/body") for one in told["errors"])


def test_what_a_text_returns_is_given_in_every_form(client: httpx.Client, analyst: dict[str, str]) -> None:
    response = client.post(RUN, json=QUERY, headers=analyst)
    told = found(response)
    assert told["columns"] == ["bearer", "commitments"]
    assert {"bearer": "PRK", "commitments": 1} in told["rows"]
    assert (told["on"], told["truncated"], told["warnings"]) == ("2024-12-04", False, [])
    assert response.headers["Foedus-Truncated"] == "false"
    assert response.headers["Cache-Control"] == "no-store"
    lines = client.post(RUN, json=QUERY, headers=analyst | {"Accept": "application/x-ndjson"}).text.splitlines()
    assert [json.loads(line) for line in lines] == told["rows"]
    table = client.post(RUN, json=QUERY, headers=analyst | {"Accept": "text/csv"}).text
    assert [row["bearer"] for row in csv.DictReader(io.StringIO(table))] == [row["bearer"] for row in told["rows"]]
    problem(client.post(RUN, json=QUERY, headers=analyst | {"Accept": "image/png"}), 406, "not_acceptable")


def test_every_kind_of_value_is_told(client: httpx.Client, analyst: dict[str, str]) -> None:
    text = (
        "MATCH p = (s:State {key: 'PRK'})<-[:VERSION_OF]-(d:Description) WITH s, p LIMIT 1 "
        "RETURN s AS node, p AS path, relationships(p)[0] AS link, date('2024-12-04') AS day, "
        "datetime('2024-12-04T00:00Z') AS instant, duration('P1M') AS term, point({x: 1, y: 2}) AS place, "
        "1.0 / 0 AS endless, [1, {a: null}] AS mixed"
    )
    (row,) = found(client.post(RUN, json={"text": text}, headers=analyst))["rows"]
    assert set(row["node"]["labels"]) >= {"State", "Thing"}
    assert row["node"]["properties"]["key"] == "PRK"
    assert [one.keys() for one in row["path"]] == [
        {"labels", "properties"},
        {"type", "properties"},
        {"labels", "properties"},
    ]
    assert row["link"]["type"] == "VERSION_OF"
    assert (row["day"], row["instant"], row["term"]) == ("2024-12-04", "2024-12-04T00:00:00Z", "P1M")
    assert (row["place"], row["endless"], row["mixed"]) == (
        {"srid": 7203, "coordinates": [1.0, 2.0]},
        None,
        [1, {"a": None}],
    )


def test_rows_and_bytes_have_an_end_that_is_told(client: httpx.Client, analyst: dict[str, str]) -> None:
    for number, truncated in ((9, True), (10, False), (11, False)):
        body = {"text": "UNWIND range(1, 10) AS n RETURN n", "limit": number}
        told = found(client.post(RUN, json=body, headers=analyst))
        assert (len(told["rows"]), told["truncated"]) == (min(number, 10), truncated)
    body = {
        "text": "UNWIND range(1, 5000) AS n RETURN n, $text AS text",
        "parameters": {"text": "x" * 10_000},
        "limit": 5000,
    }
    response = client.post(RUN, json=body, headers=analyst)
    assert found(response)["truncated"]
    assert 0 < len(response.content) < 9 * 1024**2


def test_a_text_that_is_refused_says_why(client: httpx.Client, analyst: dict[str, str]) -> None:
    told = problem(
        client.post(RUN, json={"text": "MATCH (s:State)\nSET s.key = 'x'"}, headers=analyst), 422, "query_refused"
    )
    assert {one["code"] for one in told["errors"]} >= {"writes"}
    assert {one["pointer"] for one in told["errors"]} == {"/body/text"}
    told = problem(client.post(RUN, json={"text": "RETRUN 1 AS x"}, headers=analyst), 422, "query_refused")
    assert "line 1, column 1" in told["errors"][0]["message"]


@pytest.mark.parametrize(
    "text", ["RETURN 1 / 0 AS x", "RETURN date('x') AS x", "UNWIND [0, 'x'] AS n RETURN n / 2 AS x"]
)
def test_a_text_that_fails_says_why(client: httpx.Client, analyst: dict[str, str], text: str) -> None:
    problem(client.post(RUN, json={"text": text}, headers=analyst), 422, "query_failed")


SLOW = "UNWIND range(1, 9000) AS a UNWIND range(1, 9000) AS b UNWIND range(1, 100) AS c RETURN max(a * b - c) AS n"


async def test_one_that_takes_too_long_ends_on_the_server(
    shipped_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = shipped_graph.queries
    monkeypatch.setattr(queries, "seconds", 0.5)
    running = asyncio.create_task(queries.run(await queries.asked(SLOW.encode(), {})))
    async with asyncio.timeout(5):
        while not await going_on(shipped_graph):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.02)
    with pytest.raises(QueryTimeoutError):
        await running
    async with asyncio.timeout(5):
        while await going_on(shipped_graph):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    "text", ["RETURN date('-0001-01-01') AS day", "RETURN datetime('+10000-01-01T00:00Z') AS instant"]
)
def test_a_day_that_is_beyond_the_years_is_told(client: httpx.Client, analyst: dict[str, str], text: str) -> None:
    problem(client.post(RUN, json={"text": text}, headers=analyst), 422, "query_failed")


def test_odd_names_and_maps_are_written_in_every_form(client: httpx.Client, analyst: dict[str, str]) -> None:
    text = "RETURN {role: 'a', sentence: 'b'} AS x, [{key: 1, label: 2}] AS y, ['a', 1] AS z, 1 AS `=[/] `"
    for form in ("application/json", "text/csv", "application/x-ndjson"):
        response = client.post(RUN, json={"text": text}, headers=analyst | {"Accept": form})
        assert response.status_code == 200, response.text
    table = client.post(RUN, json={"text": text}, headers=analyst | {"Accept": "text/csv"}).text
    names, (x, y, *others) = csv.reader(io.StringIO(table))
    assert (names, others) == (["x", "y", "z", "'=[/] "], ["a; 1", "1"])
    assert (json.loads(x), json.loads(y)) == ({"role": "a", "sentence": "b"}, [{"key": 1, "label": 2}])


def test_what_is_nested_too_deep_is_told(client: httpx.Client, analyst: dict[str, str]) -> None:
    text = "RETURN reduce(s = {}, x IN range(1, 300) | {a: s}) AS x"
    problem(client.post(RUN, json={"text": text}, headers=analyst), 422, "query_failed")
