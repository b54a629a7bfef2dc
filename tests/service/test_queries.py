"""Texts of one's own over HTTP: who may have one judged, and what is told."""

import httpx
import pytest
import pytest_asyncio

from graph.graph import Graph
from graph.keys import Scope
from tests.service.conftest import problem

CHECK = "/queries/check"


@pytest_asyncio.fixture(loop_scope="session")
async def analyst(shipped_graph: Graph) -> dict[str, str]:
    key = await shipped_graph.keys.create("an analyst", [Scope.CYPHER], None)
    return {"Authorization": f"Bearer {key.text}"}


def test_it_needs_the_scope(client: httpx.Client, analyst: dict[str, str]) -> None:
    asked = {"text": "RETURN 1 AS one"}
    problem(client.post(CHECK, json=asked), 401, "unauthenticated")
    assert client.post(CHECK, json=asked, headers=analyst).status_code == 200


@pytest_asyncio.fixture(loop_scope="session")
async def writer(shipped_graph: Graph) -> dict[str, str]:
    key = await shipped_graph.keys.create("a writer", [Scope.WRITE], None)
    return {"Authorization": f"Bearer {key.text}"}


def test_a_writer_is_no_analyst(client: httpx.Client, writer: dict[str, str]) -> None:
    problem(client.post(CHECK, json={"text": "RETURN 1 AS one"}, headers=writer), 403, "forbidden")


def test_a_verdict_is_told(client: httpx.Client, analyst: dict[str, str]) -> None:
    text = "MATCH (s:State {key: $state})\nRETURN s.key AS state"
    told = client.post(CHECK, json={"text": text, "parameters": {"state": "RUS"}}, headers=analyst).json()
    assert (told["allowed"], told["refusals"], told["columns"]) == (True, [], ["state"])
    told = client.post(CHECK, json={"text": "MATCH (s:State) DELETE s"}, headers=analyst).json()
    assert not told["allowed"]
    assert "writes" in {one["code"] for one in told["refusals"]}
    assert told["refusals"][0].keys() == {"code", "message", "hint", "line", "column"}


@pytest.mark.parametrize(
    "body", [{}, {"text": 1}, {"text": "RETURN 1 AS x", "more": 1}, {"text": "RETURN 1 AS x", "parameters": {"on": 1}}]
)
def test_a_body_that_is_none_is_told(client: httpx.Client, analyst: dict[str, str], body: dict[str, object]) -> None:
    problem(client.post(CHECK, json=body, headers=analyst), 422, "invalid_input")
