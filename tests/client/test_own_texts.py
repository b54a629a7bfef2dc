"""Texts of one's own and saved questions by the client, before the real service."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from foedus_client import AsyncClient, Client, QueryRefusedError
from graph.graph import Graph
from graph.keys import Scope
from graph.saved import Who
from service.examples import QUERY, SAVED

ANN = Who("ann")


@pytest_asyncio.fixture(loop_scope="session")
async def key(shipped_graph: Graph) -> str:
    return (await shipped_graph.keys.create("ann", [Scope.CYPHER], None)).text


@pytest_asyncio.fixture(loop_scope="session")
async def saved(shipped_graph: Graph) -> AsyncIterator[str]:
    other = SAVED.replace("c.kind = 'defence'", "c.kind = 'neutrality'")
    await shipped_graph.saved.save("guarantors", "alliances", SAVED, ANN, 0)
    await shipped_graph.saved.save("guarantors", "alliances", other, ANN, 1)
    yield "guarantors"
    await shipped_graph.saved.remove("guarantors", ANN, 2)


def test_a_text_is_judged_and_run(service: str, key: str) -> None:
    with Client(service, key=key) as client:
        verdict = client.check(QUERY["text"], QUERY["parameters"])
        assert (verdict.allowed, verdict.columns) == (True, ("bearer", "commitments"))
        answer = client.query(QUERY["text"], QUERY["parameters"], on=QUERY["on"])
        assert answer.rows == [{"bearer": "PRK", "commitments": 1}]
        assert answer.to_pandas().to_dict("records") == answer.rows
        assert client.query("UNWIND range(1, 9) AS n RETURN n", limit=3).truncated
        with pytest.raises(QueryRefusedError, match="writes"):
            client.query("MATCH (s:State) DELETE s")
        warned = client.query("MATCH (n:Sate) RETURN n.key AS key")
        assert "Did you mean State?" in str(warned.warnings)


def test_a_saved_question_is_asked_in_each_revision(client: Client, saved: str) -> None:
    rows = [client.saved(saved, which, state="RUS", on="2024-12-04").rows for which in (1, 2, None)]
    assert rows == [[{"bearer": "PRK", "commitments": 1}], [], []]


async def test_both_drivers_do(service: str, key: str, saved: str) -> None:
    async with AsyncClient(service, key=key) as client:
        assert len(await client.query(QUERY["text"], QUERY["parameters"], on=QUERY["on"])) == 1
        assert len(await client.saved(saved, 1, state="RUS", on="2024-12-04")) == 1
