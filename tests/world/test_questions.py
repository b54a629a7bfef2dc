"""Every question of the catalogue, asked of the small world on telling days and in each state of knowledge.

`answers/cases.toml` says what is asked and why the rows of `answers/<case>.csv` are right. They are worked out from the
story by hand: a row that differs is looked up in the story and the rules before anything is changed.
"""

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError
from service.answers import as_text
from tests.conftest import SmallWorld
from tests.questions.conftest import CATALOG, NOTHING_SHIPPED, ask, page_by_page

ANSWERS = Path(__file__).parent / "answers"
CASES: dict[str, dict[str, Any]] = tomllib.loads((ANSWERS / "cases.toml").read_text(encoding="utf-8"))


def golden(case: str) -> tuple[list[str], list[list[str]]]:
    """Return the columns that a case compares, and its rows."""
    with (ANSWERS / f"{case}.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    return columns, rows


def values_of(small_world: SmallWorld, case: dict[str, Any]) -> dict[str, Any]:
    """Return what a case asks with, in its state of knowledge."""
    asked: dict[str, Any] = case.get("asked", {})
    return asked | {"known_at": small_world.instants[case.get("known", 3) - 1].isoformat()}


async def answered(small_world: SmallWorld, case: dict[str, Any], columns: list[str]) -> list[list[str]]:
    """Return these columns of an answer as a table has them; `@n` is the instant of the n-th change set."""
    answer = await ask(small_world.graph, CATALOG[case["question"]], **values_of(small_world, case))
    change_sets = {as_text(instant): f"@{n}" for n, instant in enumerate(small_world.instants, 1)}
    texts = [[as_text(row[column]) for column in columns] for row in answer.records]
    return [[change_sets.get(text, text) for text in row] for row in texts]


@pytest.mark.parametrize("name", CASES)
async def test_the_answer_is_the_one_worked_out_by_hand(small_world: SmallWorld, name: str) -> None:
    columns, expected = golden(name)
    assert await answered(small_world, CASES[name], columns) == expected


SOUGHT_PAGE_BY_PAGE = [name for name, case in CASES.items() if CATALOG[case["question"]].header.pages]


@pytest.mark.parametrize("name", SOUGHT_PAGE_BY_PAGE)
async def test_pages_that_a_question_seeks_itself_make_the_whole_answer(small_world: SmallWorld, name: str) -> None:
    question, values = CATALOG[CASES[name]["question"]], values_of(small_world, CASES[name])
    whole = await ask(small_world.graph, question, **values)
    assert await page_by_page(small_world.graph, question, **values) == whole.rows


@pytest.mark.parametrize("question", NOTHING_SHIPPED)
def test_what_the_shipped_case_has_no_answer_to_is_answered_here(question: str) -> None:
    assert [name for name, case in CASES.items() if case["question"] == question and golden(name)[1]]


def test_each_case_has_its_answer_and_its_reason() -> None:
    assert {path.stem for path in ANSWERS.glob("*.csv")} == set(CASES)
    assert [name for name, case in CASES.items() if not case["why"]] == []


@pytest.mark.parametrize("question", CATALOG)
def test_each_column_of_each_question_is_worked_out_somewhere(question: str) -> None:
    compared = {column for name, case in CASES.items() if case["question"] == question for column in golden(name)[0]}
    assert compared == set(CATALOG[question].columns)


@pytest.mark.parametrize(
    ("text", "on", "message", "hint"),
    [
        ("gw:340", "1930-06-01", "'gw:340' names more than one state.", "BRE (Brevia), DOR (Dorwen)"),
        ("cow:255", "1950-01-01", "No state is known as 'cow:255'.", ""),
        ("Castermarc", "1950-01-01", "No state is known as 'Castermarc'.", "CAS (Castermark)"),
        ("Tarow", "1950-01-01", "No state is known as 'Tarow'.", "TAR (Tarrow)"),
        ("Morvana", "1950-01-01", "No state is known as 'Morvana'.", "MOR (Morvane)"),
        ("LEAGUE", "1950-01-01", "No state is known as 'LEAGUE'.", ""),
    ],
)
async def test_what_names_no_one_state_is_refused_with_suggestions(
    small_world: SmallWorld, text: str, on: str, message: str, hint: str
) -> None:
    with pytest.raises(InputError) as caught:
        await ask(small_world.graph, CATALOG["commitments_owed_to_state"], state=text, on=on)
    (problem,) = caught.value.problems
    assert problem.message == message
    assert hint in (problem.hint or "")
