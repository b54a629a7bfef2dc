"""Reading: every statement that a request causes is limited in time and can be found in the database's own list."""

import asyncio
from typing import Any

import neo4j
import pytest
from neo4j.exceptions import Neo4jError

import graph.database
from graph.catalog import Question
from graph.database import READ_TRIES, REQUEST_ID, Database, translated
from graph.errors import DatabaseBusyError, InputError, QueryTimeoutError
from graph.graph import Graph
from graph.parameters import read_parameters
from graph.reader import Reader
from graph.understood import Answer

BETWEEN = [("beneficiary", "RUS"), ("bearer", "PRK")]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Whatever is sent to the database from now on."""
    found: list[Any] = []
    run = neo4j.AsyncSession.run

    async def noted(session: neo4j.AsyncSession, query: Any, *arguments: Any, **values: Any) -> neo4j.AsyncResult:
        found.append(query)
        return await run(session, query, *arguments, **values)

    monkeypatch.setattr(neo4j.AsyncSession, "run", noted)
    return found


def new_reader(graph: Graph) -> Reader:
    """Return one that keeps nothing yet."""
    return Reader(graph.database, graph.catalog, graph.revision)


def fetches(sent: list[Any], question: Question) -> int:
    return sum(query.metadata["name"] == question.name for query in sent)


async def asked(reader: Reader, question: Question, pairs: list[tuple[str, str]]) -> Answer:
    return await reader.answer(await reader.understand(question, read_parameters(question.parameters, pairs)))


@pytest.mark.parametrize("times", [1, READ_TRIES - 1, READ_TRIES])
async def test_a_read_that_a_commit_overtakes_is_tried_again(
    empty_graph: Graph, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    run, left = neo4j.AsyncSession.run, [overtaken() for _ in range(times)]

    async def overtaken_first(*arguments: Any, **values: Any) -> neo4j.AsyncResult:
        if left:
            raise left.pop()
        return await run(*arguments, **values)

    monkeypatch.setattr(neo4j.AsyncSession, "run", overtaken_first)
    if times == READ_TRIES:
        with pytest.raises(DatabaseBusyError, match="Outdated"):
            await empty_graph.revision.known_at()
    else:
        assert await empty_graph.revision.known_at()
    assert not left


def overtaken() -> Neo4jError:
    return Neo4jError._hydrate_neo4j(code="Neo.TransientError.Transaction.Outdated", message="Try again.")


async def test_what_a_function_works_on_is_fetched_once_for_all_who_ask_of_one_day_and_kind(
    shipped_graph: Graph, sent: list[Any]
) -> None:
    reader, question = new_reader(shipped_graph), shipped_graph.catalog.find("states_drawn_in")
    russia, on = ("state", "RUS"), ("on", "2024-12-04")
    same = [[russia, on], [("state", "PRK"), on], [russia, on, ("depth", "1")]]
    kept = [await asked(reader, question, pairs) for pairs in same]
    assert fetches(sent, question) == 1
    anew = [await asked(new_reader(shipped_graph), question, pairs) for pairs in same]
    assert [answer.rows for answer in kept] == [answer.rows for answer in anew]
    assert kept[0].rows
    sent.clear()
    for pairs in ([russia, on, ("kind", "consultation")], [russia, ("on", "2024-12-03")]):
        await asked(reader, question, pairs)
    assert fetches(sent, question) == 2


async def test_every_read_of_a_request_has_a_limit_a_name_and_its_id(shipped_graph: Graph, sent: list[Any]) -> None:
    REQUEST_ID.set("request-1")
    reader = new_reader(shipped_graph)
    for name, pairs in (
        ("commitments_between_states", BETWEEN),
        ("agreement_timeline", [("agreement", "PRK-RUS.2024-strategic-partnership")]),
        ("agreement_timeline", [("agreement", "no-such-agreement")]),
    ):
        try:
            await asked(reader, shipped_graph.catalog.find(name), pairs)
        except InputError:
            assert pairs[0][1] == "no-such-agreement"
    assert {query.metadata["name"] for query in sent} == {
        "read/known_at", "states_by_name_or_code", "commitments_between_states", "read/labelled", "read/named",
        "read/near", "read/replaced", "agreement_timeline", "read/windows",
    }  # fmt: skip
    assert {query.metadata["request_id"] for query in sent} == {"request-1"}
    assert {query.timeout for query in sent} == {10.0}


async def test_the_database_lists_what_is_read(empty_graph: Graph) -> None:
    REQUEST_ID.set("request-2")
    text = "SHOW TRANSACTIONS YIELD metaData RETURN metaData"
    listed = [record["metaData"] for record in await empty_graph.database.read("a name", text)]
    assert {"name": "a name", "request_id": "request-2"} in listed


async def test_a_read_that_takes_too_long_is_stopped(empty_graph: Graph) -> None:
    quick = type(empty_graph.database)(empty_graph.database.driver, empty_graph.database.name, 0.2, 0.2)
    with pytest.raises(QueryTimeoutError):
        await quick.read("slow", "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)")


class Silent:
    """A session of a server that accepts what is asked, and says nothing."""

    async def __aenter__(self) -> "Silent":
        return self

    async def __aexit__(self, *_: object) -> None:
        return

    async def run(self, *_: object) -> None:
        await asyncio.Event().wait()


async def test_a_database_that_falls_silent_is_not_waited_for(
    empty_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph.database, "GRACE_SECONDS", 0.0)
    monkeypatch.setattr(Database, "reading", lambda _: Silent())
    silent = Database(empty_graph.database.driver, empty_graph.database.name, 0.05, 0.05)
    with pytest.raises(QueryTimeoutError, match="did not answer in time"):
        await silent.read("silent", "RETURN 1")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "no room"),
        ("Neo.TransientError.Transaction.DeadlockDetected", r"Neo\.TransientError\.Transaction\.DeadlockDetected"),
    ],
)
def test_what_passes_by_itself_is_told_apart(code: str, said: str) -> None:
    with pytest.raises(DatabaseBusyError, match=said), translated():
        raise Neo4jError._hydrate_neo4j(code=code, message="It may quote a value.")
