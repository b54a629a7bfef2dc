"""What every question file must hold, tested from the file alone."""

import ast
import re
import tomllib
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.catalog import Catalog, Question, read_question
from graph.graph import Graph
from graph.model.changes import ChangeSet, Put
from graph.model.facts import FACTS
from graph.types import LABEL_TYPES, LIST_OF
from seed.load import shipped_records
from service.answers import to_csv
from tests.questions.catalogue import README, with_catalogue
from tests.questions.conftest import BESIDE, CATALOG, NOTHING_SHIPPED, ask, golden_values, page_by_page, planned_anew
from tests.questions.decoys import decoy

# On a graph this small the planner may read a whole index of a few entries; scans of labels and types are never right.
WHOLE_SCANS = re.compile(r"AllNodesScan|NodeByLabelScan|AllRelationshipsScan|RelationshipTypeScan")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+Z")  # another at each load
HISTORY = "history_of_fact"
UNKNOWN = "qqqqqqqqzzzzzzzz"  # nothing near it either


def plain_values(question: Question) -> dict[str, Any]:
    """Return the values of the golden answer as the reader passes them to the database."""
    given = golden_values(question)
    values: dict[str, Any] = {}
    for name, spec in question.header.params.items():
        value = given.get(name) or None
        values[name] = date.fromisoformat(value) if value and spec.type == "day" else value
    on = date.fromisoformat(given["on"]) if "on" in given else None
    return values | {"on": on, "known_at": datetime.now(UTC), "after": None, "row_limit": 10}


def operators(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(found for child in plan.get("children", ()) for found in operators(child))]


def test_every_parameter_column_and_title_is_described(question: Question) -> None:
    header = question.header
    assert all(
        spec.about[0].isupper() or spec.about[0] in "`0123456789" or spec.about for spec in header.params.values()
    )
    assert header.about.endswith("?") or header.about.endswith(".")
    assert header.title[0].isupper()


async def test_the_planner_says_it_only_reads_and_knows_every_name(shipped_graph: Graph, question: Question) -> None:
    driver = shipped_graph.database.driver
    async with driver.session(
        default_access_mode=neo4j.READ_ACCESS, notifications_min_severity="INFORMATION", database="neo4j"
    ) as session:
        summary = await planned_anew(session, question, plain_values(question))
    assert summary.query_type == "r"
    assert [str(status.gql_status) for status in summary.gql_status_objects if status.is_notification] == []
    found = {op["operatorType"].split("@")[0] for op in operators(summary.plan or {})}
    if question.header.scans is None:
        assert [name for name in found if WHOLE_SCANS.search(name)] == []


async def test_the_example_has_the_golden_answer(shipped_graph: Graph, question: Question, repository: Path) -> None:
    answer = await ask(shipped_graph, question, **golden_values(question))
    golden = (repository / "tests" / "answers" / f"{question.name}.csv").read_bytes()
    assert bool(answer.rows) != (question.name in NOTHING_SHIPPED)
    assert INSTANT.sub("(an instant)", to_csv(answer).decode()).splitlines() == golden.decode().splitlines()


async def test_no_column_is_null_that_must_not_be(shipped_graph: Graph, question: Question) -> None:
    answer = await ask(shipped_graph, question, **golden_values(question))
    always = [name for name, column in question.header.returns.items() if not column.optional]
    assert [(row, name) for row in answer.records for name in always if row[name] is None] == []


def _named(question: Question) -> list[str]:
    """Return the parameters that name something."""
    kinds = {*LABEL_TYPES, "key", "string"}
    return [name for name, spec in question.header.params.items() if spec.type.removeprefix(LIST_OF) in kinds]


@pytest.mark.parametrize("asked", [one for one in CATALOG.values() if _named(one)], ids=lambda one: one.name)
async def test_an_unknown_key_gives_an_empty_answer(shipped_graph: Graph, asked: Question) -> None:
    params = asked.header.params
    # One for each parameter: some questions refuse what is asked about a pair of one and the same.
    keys = {name: UNKNOWN + "q" * number for number, name in enumerate(_named(asked))}
    unknown = {name: [key] if params[name].type.startswith(LIST_OF) else key for name, key in keys.items()}
    assert await shipped_graph.reader.ask(asked, plain_values(asked) | unknown, limit=10) == []


async def test_before_the_load_nothing_is_known(shipped_graph: Graph, question: Question) -> None:
    answer = await ask(shipped_graph, question, **golden_values(question) | {"known_at": "2020-01-01T00:00:00Z"})
    assert answer.rows == []


async def test_pages_of_one_row_make_the_whole_answer(shipped_graph: Graph, question: Question) -> None:
    whole = await ask(shipped_graph, question, **golden_values(question))
    assert await page_by_page(shipped_graph, question, **golden_values(question)) == whole.rows


async def test_the_order_is_unique(shipped_graph: Graph, question: Question) -> None:
    answer = await ask(shipped_graph, question, **golden_values(question))
    places = [tuple(row[name] for name in question.header.order) for row in answer.records]
    assert len(set(places)) == len(places)


_VERSIONED = "|".join([*(fact.version_label for fact in FACTS), "Version", "Description"])
_MATCHED = re.compile(rf"\((\w*):(?:{_VERSIONED})\b|\[(\w*):(?:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO)\b")


def test_whatever_has_a_recorded_time_is_filtered_by_it(question: Question) -> None:
    """The decoys find a forgotten filter only where the golden answer depends on it."""
    text = re.sub(r"//[^\n]*", "", question.text)
    matched = Counter(node or derived for node, derived in _MATCHED.findall(text))
    filters = {name: text.count(f"{name}.recorded_from <= $known_at < {name}.recorded_until") for name in matched}
    assert {name: count for name, count in matched.items() if filters[name] < count} == {}


async def _golden_answers(graph: Graph, catalog: Catalog, **values: str) -> dict[str, list[list[Any]]]:
    return {name: (await ask(graph, q, **golden_values(q) | values)).rows for name, q in catalog.items()}


async def _replace_all_by_decoys_and_put_back(graph: Graph) -> None:
    records, _ = shipped_records()
    decoys = [decoy(record) for record in records]
    for some in (decoys, records):
        await graph.writer.apply(
            ChangeSet(author="a test", reason="to see", operations=tuple(Put(record=record) for record in some))
        )


FORGOTTEN = {
    "commitments_owed_to_state": "  AND c.recorded_from <= $known_at < c.recorded_until\n",
    "agreement_timeline": "WHERE act.recorded_from <= $known_at < act.recorded_until\n",
}


async def test_answers_survive_decoys_and_corrections(
    changeable_graph: Graph, repository: Path, tmp_path: Path
) -> None:
    """And a question that forgets the recorded time of what it matches changes its answer."""
    forgetful = Catalog([_without(repository, tmp_path, name, line) for name, line in FORGOTTEN.items()])
    forgot = await _golden_answers(changeable_graph, forgetful)
    before = await _golden_answers(changeable_graph, CATALOG)
    then = (await changeable_graph.revision.known_at()).isoformat()
    await _replace_all_by_decoys_and_put_back(changeable_graph)
    assert _as_said(await _golden_answers(changeable_graph, CATALOG)) == _as_said(before)
    assert await _golden_answers(changeable_graph, CATALOG, known_at=then) == before
    found = await _golden_answers(changeable_graph, forgetful)
    assert [name for name in FORGOTTEN if found[name] == forgot[name]] == []


def _without(repository: Path, folder: Path, name: str, forgotten: str) -> Question:
    (path,) = (repository / "cypher" / "questions").glob(f"*/{name}.cypher")
    text = path.read_text(encoding="utf-8")
    assert forgotten in text
    broken = folder / path.parent.name / path.name
    broken.parent.mkdir()
    broken.write_text(text.replace(forgotten, ""), encoding="utf-8")
    return read_question(broken)


def _as_said(answers: dict[str, list[list[Any]]]) -> dict[str, list[list[Any]]]:
    """Leave out which version says it and since when: that is another after each correction."""
    kept = {name: [c for c in CATALOG[name].columns if c not in ("version", "recorded_from")] for name in answers}
    return {
        name: [[row[CATALOG[name].columns.index(column)] for column in kept[name]] for row in rows]
        for name, rows in answers.items()
        if name != HISTORY
    }


def test_every_golden_answer_belongs_to_a_question(repository: Path) -> None:
    answers = {path.stem for path in (repository / "tests" / "answers").glob("*.csv")}
    assert answers == set(CATALOG)
    assert set(BESIDE) <= set(CATALOG)


CYPHER = re.compile(r"\b(MATCH|MERGE|UNWIND|DETACH DELETE|RETURN)\b[^\n]*[({$]")


def _strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def test_no_cypher_stands_in_a_python_string(repository: Path) -> None:
    paths = [path for folder in ("client", "graph", "seed", "service") for path in (repository / folder).rglob("*.py")]
    assert [(str(path), text) for path in paths for text in _strings(path) if CYPHER.search(text)] == []


def test_the_lock_files_name_no_address(repository: Path) -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (repository / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?:|index-url|find-links", text)
    assert tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"] == "foedus"


def test_the_catalogue_page_lists_every_question_as_its_header_has_it() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_catalogue(text) == text
    assert all(f"`{name}`" in text for name in CATALOG)
