"""The guard's verdicts: what a text is refused for and where, and what its plan tells."""

from datetime import date
from typing import Any

import pytest

from graph.errors import InputError
from graph.graph import Graph
from graph.guard import Asked, parameters_of
from graph.legible import LONGEST_BYTES
from graph.verdict import Reason, Verdict

ON = date(2024, 12, 4)


async def judged(graph: Graph, text: str, **given: Any) -> Verdict:
    return await graph.queries.check(Asked(text.encode(), given, ON, await graph.revision.known_at()))


def codes(verdict: Verdict) -> set[str]:
    return {str(one.code) for one in verdict.refusals}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RETURN $a + $b_1 AS x", {"a", "b_1"}),
        ("RETURN $`odd name` AS x", {"odd name"}),
        ("RETURN '$a' AS x, \"$b\" AS y // $c", set()),
        ("/* $a */ RETURN `$b` AS x", set()),
        ("RETURN 'it\\'s $a' + $d AS x", {"d"}),
        ("RETURN '" + "/*" * 30_000, set()),
    ],
)
def test_parameters_are_read_outside_quotes_and_comments(text: str, found: set[str]) -> None:
    assert parameters_of(text) == found


async def test_the_plan_is_told(shipped_graph: Graph) -> None:
    text = "MATCH (s:State {key: $state})-[c:COMMITS_TO*1..3]->(t:State)\nRETURN t.key AS other, count(*) AS number"
    verdict = await judged(shipped_graph, text, state="PRK")
    assert verdict.allowed, verdict.refusals
    assert (verdict.columns, verdict.parameters) == (("other", "number"), ("state",))
    assert verdict.labels == ("State",)
    assert verdict.types == ("COMMITS_TO",)
    assert any("3" in length for length in verdict.lengths)
    assert verdict.estimated_rows is not None
    assert "EagerAggregation" in verdict.operators


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("RETRUN 1 AS x", 1, 1),
        ("MATCH (s:State)\nRETRUN s.key AS x", 2, 1),
        ("// first\n  EXPLAIN RETURN 1 AS x", 2, 3),
    ],
)
async def test_a_fault_has_a_place(shipped_graph: Graph, text: str, line: int, column: int) -> None:
    (fault,) = (await judged(shipped_graph, text)).refusals
    assert (fault.line, fault.column) == (line, column), fault


async def test_a_wrong_name_is_a_warning_with_a_near_one(shipped_graph: Graph) -> None:
    verdict = await judged(shipped_graph, "MATCH (s:Stat)\nRETURN s.key AS x")
    assert verdict.allowed
    (warning,) = verdict.warnings
    assert (warning.code, warning.hint, warning.line) == ("01N50", "Did you mean State?", 1)


async def test_what_is_not_given_and_what_nobody_gives_is_told(shipped_graph: Graph) -> None:
    assert codes(await judged(shipped_graph, "RETURN $state AS x")) == {Reason.PARAMETER}
    assert (await judged(shipped_graph, "RETURN $on AS x, $known_at AS y")).allowed
    with pytest.raises(InputError, match="known_at is not given here"):
        await judged(shipped_graph, "RETURN 1 AS x", known_at="2024-01-01")


async def test_a_text_has_a_length(shipped_graph: Graph) -> None:
    assert codes(await judged(shipped_graph, "RETURN 1 AS x // " + "x" * LONGEST_BYTES)) == {Reason.TOO_LONG}


async def test_a_verdict_is_given_again(shipped_graph: Graph) -> None:
    text = "MATCH (s:State)\nRETURN s.name AS the_same_again"
    assert await judged(shipped_graph, text) is await judged(shipped_graph, text)
