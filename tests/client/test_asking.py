"""Questions asked through both drivers, before the real service."""

import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from inspect import isawaitable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from foedus_client import Answer, AsyncClient, Client, Column, Coverage, Finding, Moment, UsageError, calls
from foedus_client.calls import ask as asked
from graph.graph import Graph
from graph.keys import Scope
from tests.client.conftest import saying, told

TREATY = "PRK-RUS.2024-strategic-partnership"
DAY = date(2024, 12, 4)
Do = Callable[..., Awaitable[Any]]


@pytest.fixture(params=["client", "awaited"])
def do(request: pytest.FixtureRequest, client: Client, awaited: AsyncClient) -> Do:
    """Call either driver."""
    driver = {"client": client, "awaited": awaited}[request.param]

    async def call(name: str, *values: Any, **named: Any) -> Any:
        result = getattr(driver, name)(*values, **named)
        if isawaitable(result):
            return await result
        if hasattr(result, "__aiter__"):
            return [one async for one in result]
        return result if isinstance(result, Answer | list) else list(result)

    return call


async def test_an_answer_says_all_that_the_service_says(do: Do) -> None:
    answer: Answer = await do("ask", "commitments_owed_to_state", state="Russia", on=DAY, kind="defence")
    assert answer.question == "commitments_owed_to_state"
    assert (answer.on, answer.parameters) == (DAY, {"state": "RUS", "kind": "defence"})
    assert answer.known_at.tzinfo is not None
    assert (len(answer), [row["bearer"] for row in answer]) == (1, ["PRK"])
    assert answer.columns[0].name == "bearer"
    assert (answer.columns[0].type, answer.columns[0].about) == ("actor", "Who owes the support")
    assert answer.coverage == Coverage((), "not_covered")
    assert (answer.truncated, answer.next, answer.changed, answer.compared_with) == (False, None, False, None)
    assert "interfax-2024-11-06" in answer.sources
    assert answer.permalink is not None
    assert answer.permalink.startswith("/questions/commitments_owed_to_state?")
    assert answer.cite == f"{answer.permalink}&format=citation"
    assert repr(answer).startswith("<Answer commitments_owed_to_state: 1 row on 2024-12-04, as known at ")


async def test_pages_go_to_the_end(do: Do) -> None:
    whole: Answer = await do("ask", "commitments_owed_to_state", state="RUS", on=DAY)
    assert len(whole) > 4, "several pages, the last of them not full"
    pages: list[Answer] = await do("pages", "commitments_owed_to_state", state="RUS", on=DAY, limit=2)
    assert [len(page) for page in pages[:-1]] == [2] * (len(pages) - 1)
    assert [row for page in pages for row in page] == whole.rows
    assert {page.known_at for page in pages} == {whole.known_at}
    assert await do("rows", "commitments_owed_to_state", state="RUS", on=DAY, limit=3) == whole.rows


def test_rows_are_fetched_when_they_are_needed(client: Client) -> None:
    rows = client.rows("commitments_owed_to_state", state="RUS", on=DAY, limit=1)
    assert client.known_at is None, "nothing was asked yet"
    assert next(rows)["fact"]


async def test_facts_have_evidence_and_history(do: Do) -> None:
    fact = f"{TREATY}.4.defence"
    assert {row["role"] for row in await do("evidence", fact)} >= {"source"}
    assert [row["version"] for row in await do("history", fact)] == [1]


async def test_the_catalogue_is_there(do: Do) -> None:
    owed = {one.name: one for one in await do("questions")}["commitments_owed_to_state"]
    assert (owed.topic, owed.timeless) == ("commitments", False)
    assert [(one.name, one.optional, one.example) for one in owed.parameters][:2] == [
        ("state", False, "RUS"),
        ("kind", True, "defence"),
    ]
    assert owed.columns[0].type == "actor"
    assert owed.example.startswith("/questions/commitments_owed_to_state?state=RUS")


async def test_two_days_are_compared(do: Do) -> None:
    given = {"state": "RUS", "on": DAY, "compare_on": DAY - timedelta(days=1)}
    answer: Answer = await do("ask", "agreements_in_force_for_state", **given)
    assert answer.compared_with == Moment(date(2024, 12, 3), answer.known_at)
    assert {row["compared"] for row in answer} == {"added", "removed"}
    assert list(answer.to_polars().columns) == list(answer.to_pandas().columns)


async def test_a_past_state_of_knowledge_is_asked_for(do: Do) -> None:
    now: Answer = await do("ask", "sources")
    then: Answer = await do("ask", "sources", known_at=now.known_at)
    assert then.known_at == now.known_at
    before: Answer = await do("ask", "sources", known_at=datetime(2000, 1, 1, tzinfo=UTC))
    assert before.rows == []


async def test_a_text_is_judged(service: str, shipped_graph: Graph) -> None:
    key = (await shipped_graph.keys.create("an analyst", [Scope.CYPHER], None)).text
    async with AsyncClient(service, key=key) as client:
        verdict = await client.check("MATCH (s:State {key: $state})\nRETURN s.key AS state", {"state": "RUS"})
        assert (verdict.allowed, verdict.refusals, verdict.columns) == (True, (), ("state",))
        refused = await client.check("MATCH (s:State) DELETE s")
        assert not refused.allowed
        assert refused.refusals[0].code


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2024, 12, 4), "on=2024-12-04"),
        (datetime(2024, 12, 4, 9, 0, 0, 5, tzinfo=UTC), "on=2024-12-04T09%3A00%3A00.000005Z"),
        (pd.Timestamp("2024-12-04"), "on=2024-12-04"),
        (["defence", "neutrality"], "on=defence&on=neutrality"),
        (pd.Series(["a", "b"]), "on=a&on=b"),
        (True, "on=true"),
        ([False, 1, 2.5], "on=false&on=1&on=2.5"),
        ("Лавров & co", "on=%D0%9B%D0%B0%D0%B2%D1%80%D0%BE%D0%B2+%26+co"),
        (None, ""),
    ],
)
def test_values_are_written_as_the_service_reads_them(value: Any, text: str) -> None:
    assert asked("q", {"on": value}).target.partition("?")[2] == text


def test_a_word_of_python_has_an_underscore() -> None:
    assert asked("q", {"from_": date(2024, 1, 1)}).target == "/questions/q?from=2024-01-01"
    assert asked("a/b?c", {}).target == "/questions/a%2Fb%3Fc"


@pytest.mark.parametrize(
    "given",
    [{"in_force": []}, {"on": datetime(2024, 1, 1, 12)}, {"format": "csv"}],  # noqa: DTZ001 - that is what is refused
)
def test_what_would_be_misunderstood_is_not_asked(given: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        asked("q", given)


@pytest.mark.parametrize("name", ["", "..", "."])
def test_what_is_no_name_leads_nowhere(name: str) -> None:
    with pytest.raises(UsageError, match="is no name"):
        asked(name, {})


def test_saved_questions_have_revisions() -> None:
    assert calls.saved("mine", None, {"on": DAY}).target == "/saved-questions/mine/answer?on=2024-12-04"
    assert calls.saved("mine", 2, {}).target == "/saved-questions/mine/revisions/2/answer"


def test_a_text_is_sent_with_its_parameters() -> None:
    body = calls.query("RETURN $days", {"days": (DAY,)}, on=DAY, known_at=None, limit=5).body
    assert body is not None
    assert json.loads(body) == {
        "text": "RETURN $days", "parameters": {"days": ["2024-12-04"]}, "on": "2024-12-04", "limit": 5
    }  # fmt: skip
    for odd in (float("nan"), object()):
        with pytest.raises(UsageError, match="cannot be written as JSON"):
            calls.query("RETURN $odd", {"odd": odd})


def test_the_answer_to_a_text_has_rows_and_warnings() -> None:
    warning = {"code": "01N50", "message": "There is no label Sate.", "hint": None, "line": 1, "column": 10}
    body = {"columns": ["n"], "rows": [{"n": 1}], "on": "2024-12-04", "known_at": "2026-01-01T00:00:00Z"}
    with saying(told(body | {"truncated": True, "warnings": [warning]})) as server, Client(server.url) as client:
        answer = client.query("MATCH (n:Sate) RETURN 1 AS n")
    assert (answer.question, answer.columns, answer.rows) == (None, (Column("n"),), [{"n": 1}])
    assert (answer.truncated, answer.on, answer.coverage) == (True, DAY, None)
    assert answer.warnings == (Finding("01N50", "There is no label Sate.", None, 1, 10),)


def test_the_readme_is_right(service: str, shipped_graph: Graph, repository: Path) -> None:
    text = (repository / "client" / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    said: dict[str, Any] = {}
    exec(example.replace("http://127.0.0.1:8000", service), said)  # noqa: S102 - it is our own
    assert (len(said["owed"]), said["row"]["in_force"]) == (6, "presumed")
