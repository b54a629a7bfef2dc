"""Two answers held against each other: what was added, removed and changed, and which facts made the change."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalog import Question, read_question
from graph.compare import differences
from graph.errors import CatalogError, InputError
from graph.graph import Graph
from graph.header import Compared
from graph.parameters import read_parameters
from graph.understood import Answer
from tests.conftest import SmallWorld
from tests.questions.conftest import CATALOG, ask

TREATY = "PRK-RUS.2024-strategic-partnership"
QUESTION = CATALOG["commitments_between_states"]
LISTED = """/*
title: Numbers
about: Which numbers are there?
timeless: Numbers have no day.
params:
  most: {type: integer, about: The last of them, example: 3}
returns:
  number: {type: integer, about: A number}
order: [number]
*/
UNWIND range(1, $most) AS number
WITH number
WHERE $known_at IS NOT NULL
RETURN number AS number
"""


def listed(folder: Path, text: str = LISTED) -> Question:
    path = folder / "numbers.cypher"
    path.write_text(text, encoding="utf-8")
    return read_question(path)


ROWS = st.dictionaries(st.integers(0, 5), st.sampled_from("abc"), max_size=6)


@given(earlier=ROWS, later=ROWS)
def test_what_differs_leads_from_one_answer_to_the_other(earlier: dict[int, str], later: dict[int, str]) -> None:
    position, role = QUESTION.columns.index("fact"), QUESTION.columns.index("text")

    def rows(said: dict[int, str]) -> list[list[Any]]:
        made: list[list[Any]] = [[None] * len(QUESTION.columns) for _ in said]
        for row, (key, text) in zip(made, said.items(), strict=True):
            row[position], row[role] = str(key), text
        return made

    reached = {str(key): text for key, text in earlier.items()}
    for one in differences(QUESTION, rows(earlier), rows(later)):
        key, text = one.row[position], one.row[role]
        if one.compared is Compared.REMOVED:
            assert reached.pop(key) == text
        else:
            assert one.was == ([] if key not in reached else [{"column": "text", "value": reached[key]}])
            assert (key in reached) == (one.compared is Compared.CHANGED)
            reached[key] = text
        assert one.because(frozenset()) == [key]
    assert reached == {str(key): text for key, text in later.items()}


async def test_two_days_differ_by_the_acts_between_them(shipped_graph: Graph) -> None:
    between = {"bearer": "PRK", "beneficiary": "RUS", "kind": "defence"}
    answer = await ask(shipped_graph, QUESTION, **between, on="2024-12-04", compare_on="2024-11-01")
    (row,) = answer.records
    assert (row["compared"], row["in_force"], row["awaits"]) == ("changed", "definite", [])
    was = {one["column"]: one["value"] for one in row["was"]}
    assert (was["in_force"], "ratification by PRK" in was["awaits"]) == ("pending", True)
    acts = {f"{TREATY}.entry-into-force", f"{TREATY}.ratification.PRK", f"{TREATY}.ratification.RUS"}
    assert acts <= set(row["because"])
    backwards = await ask(shipped_graph, QUESTION, **between, on="2024-11-01", compare_on="2024-12-04")
    assert backwards.records[0]["in_force"] == "pending"


async def test_what_was_not_there_is_added_and_what_is_gone_removed(shipped_graph: Graph) -> None:
    between = {"bearer": "PRK", "beneficiary": "RUS", "kind": "defence"}
    for on, then, said in (("2024-06-19", "2024-06-18", "added"), ("2024-06-18", "2024-06-19", "removed")):
        (row,) = (await ask(shipped_graph, QUESTION, **between, on=on, compare_on=then)).records
        assert (row["compared"], row["in_force"], row["was"]) == (said, "pending", [])
        assert f"{TREATY}.signature.PRK" in row["because"]


async def test_what_only_time_changed_is_laid_to_the_facts_it_rests_on(shipped_graph: Graph) -> None:
    """Definite on the last day attested, presumed after it: the same facts, and their days."""
    between = {"bearer": "PRK", "beneficiary": "RUS", "kind": "defence"}
    answer = await ask(shipped_graph, QUESTION, **between, on="2024-12-06", compare_on="2024-12-05")
    (row,) = answer.records
    assert row["was"] == [{"column": "in_force", "value": "definite"}]
    assert f"{TREATY}.entry-into-force" in row["because"]


async def test_nothing_differs_from_itself(shipped_graph: Graph) -> None:
    answer = await ask(
        shipped_graph, QUESTION, bearer="PRK", beneficiary="RUS", on="2024-12-04", compare_on="2024-12-04"
    )
    assert answer.rows == []


async def test_two_states_of_knowledge_differ_by_what_was_recorded_between_them(small_world: SmallWorld) -> None:
    """The archive corrects the day of one act of the bases; nothing else of its timeline changes."""
    first, second, _ = (instant.isoformat() for instant in small_world.instants)
    asked = {"agreement": "DOR-STA.1962-bases", "known_at": second, "compare_known_at": first}
    answer = await ask(small_world.graph, CATALOG["agreement_timeline"], **asked)
    (row,) = answer.records
    assert (row["compared"], row["fact"], row["day"]) == ("changed", "DOR-STA.1962-bases.entry", "1962-06-01")
    assert row["because"] == ["DOR-STA.1962-bases.entry"]
    assert {one["column"]: one["value"] for one in row["was"]}["day"] == "1962-05-25"
    again = await ask(small_world.graph, CATALOG["agreement_timeline"], **asked | {"compare_known_at": second})
    assert again.rows == []


async def test_pages_of_one_difference_make_all_of_them(shipped_graph: Graph) -> None:
    question = CATALOG["parties_to_agreement"]
    asked = {"agreement": TREATY, "on": "2024-12-04", "compare_on": "2024-01-01"}
    whole = await ask(shipped_graph, question, **asked)
    assert [row["compared"] for row in whole.records] == ["added", "added"]
    first = await ask(shipped_graph, question, **asked, limit=1)
    second = await ask(shipped_graph, question, **asked, limit=1, after=first.next)
    assert first.rows + second.rows == whole.rows
    with pytest.raises(InputError, match="This cursor belongs to another question"):
        await ask(shipped_graph, question, **asked | {"compare_on": "2024-01-02"}, limit=1, after=first.next)


async def test_answers_that_are_too_long_to_compare_are_refused(empty_graph: Graph, tmp_path: Path) -> None:
    question = listed(tmp_path)

    async def compared(most: str) -> Answer:
        asked = read_parameters(question.parameters, [("most", most), ("compare_known_at", "2020-01-01T00:00:00Z")])
        return await empty_graph.reader.answer(await empty_graph.reader.understand(question, asked))

    assert (await compared("10000")).rows == []
    with pytest.raises(InputError, match="more than 10,000 rows"):
        await compared("10001")


def test_no_question_has_a_column_of_those_that_compare(tmp_path: Path) -> None:
    text = (
        LISTED.replace("  number: {", "  was: {")
        .replace("[number]", "[was]")
        .replace("number AS number\n", "1 AS was\n")
    )
    with pytest.raises(CatalogError, match="it returns was, which"):
        listed(tmp_path, text)


def test_rows_may_be_told_apart_by_a_list() -> None:
    question = CATALOG["contributions_to_state"]
    (name,) = question.identity
    place = question.columns.index(name)

    def row(*contributions: str) -> list[Any]:
        return [list(contributions) if at == place else None for at in range(len(question.columns))]

    found = list(differences(question, [row("a", "b"), row("c")], [row("c"), row("a")]))
    assert [(one.compared, one.row[place]) for one in found] == [("added", ["a"]), ("removed", ["a", "b"])]


@pytest.mark.parametrize("position", [[1, "x"], [True, True], ["x", None], ["x"]])
async def test_a_cursor_that_somebody_made_up_is_refused(shipped_graph: Graph, position: list[Any]) -> None:
    asked = {"agreement": TREATY, "on": "2024-12-04", "compare_on": "2024-01-01", "limit": 1}
    first = await ask(shipped_graph, CATALOG["parties_to_agreement"], **asked)
    assert first.next
    made_up = json.loads(base64.urlsafe_b64decode(f"{first.next}==")) | {"position": position}
    after = base64.urlsafe_b64encode(json.dumps(made_up).encode()).decode()
    with pytest.raises(InputError, match="This cursor belongs to another question"):
        await ask(shipped_graph, CATALOG["parties_to_agreement"], **asked, after=after)
