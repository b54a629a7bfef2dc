"""No row without a fact or an entity, and no fact without a source: every golden answer walked down to its sources.

Golden answers are asked of the shipped case, and where it has none, in tests/world. What a source states must be found
in it again. So every attestation has a locator, for a row of a data set, an article of a treaty, a page or a paragraph
can always be named; only a source of kind `other`, a photograph or a conversation, need not have any such places.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

from graph.catalog import Question
from graph.graph import Graph
from graph.model import Fact, Record
from graph.model.changes import Put
from graph.model.entities import Source
from graph.model.vocabulary import SourceKind
from graph.types import LABEL_TYPES, LIST_OF
from seed.load import shipped_records
from tests.conftest import SmallWorld
from tests.questions.conftest import CATALOG, NOTHING_SHIPPED, ask, golden_values
from tests.world.records import change_sets
from tests.world.test_questions import CASES, values_of

NAMING = {"key", *LABEL_TYPES}
WITHOUT_PLACES = {SourceKind.OTHER}
SHIPPED = {record.key: record for record in shipped_records()[0]}
INVENTED = {
    operation.key: operation.record
    for change_set in change_sets()
    for operation in change_set.operations
    if isinstance(operation, Put)
}
Row = Mapping[str, Any]


def named(question: Question, row: Row, types: Iterable[str]) -> Iterator[str]:
    """Yield every key that a row holds in columns of these types, in lists as well."""
    for name, column in question.header.returns.items():
        if column.type.removeprefix(LIST_OF) in types:
            value = row[name]
            yield from value if isinstance(value, list) else [value] if value is not None else []


def facts_of(question: Question, rows: Iterable[Row], records: Mapping[str, Record]) -> set[str]:
    """Return the keys of all facts that rows name, be it as what they are about, or as what that rests on."""
    keys = {key for row in rows for key in named(question, row, {"key", "fact", "thing"})}
    return {key for key in keys if isinstance(records[key], Fact)}


def misses_a_place(stated: Row, records: Mapping[str, Record]) -> bool:
    """Say whether an attestation names no source that is recorded, or a place in it that there should be."""
    source = records.get(stated["source"])
    return not isinstance(source, Source) or not (stated["locator"] or source.kind in WITHOUT_PLACES)


async def without_sources(
    graph: Graph, facts: Iterable[str], records: Mapping[str, Record], **values: str
) -> list[str]:
    """Return the facts for which `evidence_of_fact` gives no source, or one that cannot be found again."""
    found = []
    for fact in sorted(facts):
        answer = await ask(graph, CATALOG["evidence_of_fact"], fact=fact, **values)
        sources = [row for row in answer.records if row["role"] == "source"]
        if not sources or any(misses_a_place(row, records) for row in sources):
            found.append(fact)
    return found


def unproved(question: Question, rows: Iterable[Row], records: Mapping[str, Record]) -> list[Row]:
    """Return the rows about a fact that have an empty `evidence`, or one that cannot be found again."""
    if "evidence" not in question.header.returns:
        return []
    return [
        row
        for row in rows
        if (not row["evidence"] and _is_about_a_fact(row, records))
        or any(misses_a_place(stated, records) for stated in row["evidence"])
    ]


def _is_about_a_fact(row: Row, records: Mapping[str, Record]) -> bool:
    """Say whether a row is about a fact or rests on some; what is still open between two states is about these."""
    return bool(row.get("rests_on")) or isinstance(records.get(row.get("fact") or ""), Fact)


async def test_every_row_names_facts_or_entities_that_are_recorded(shipped_graph: Graph, question: Question) -> None:
    rows = (await ask(shipped_graph, question, **golden_values(question))).records
    assert [row for row in rows if not any(named(question, row, NAMING))] == []
    assert {key for row in rows for key in named(question, row, NAMING)} <= set(SHIPPED)


async def test_every_row_about_a_fact_shows_who_states_it(shipped_graph: Graph, question: Question) -> None:
    answer = await ask(shipped_graph, question, **golden_values(question))
    assert unproved(question, answer.records, SHIPPED) == []


async def test_every_fact_of_a_golden_answer_has_a_source(shipped_graph: Graph) -> None:
    facts: set[str] = set()
    for question in CATALOG.values():
        answer = await ask(shipped_graph, question, **golden_values(question))
        facts |= facts_of(question, answer.records, SHIPPED)
    assert len(facts) > 50
    assert await without_sources(shipped_graph, facts, SHIPPED) == []


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case["question"] in NOTHING_SHIPPED])
async def test_what_is_answered_from_the_small_world_has_sources_as_well(small_world: SmallWorld, name: str) -> None:
    question, values = CATALOG[CASES[name]["question"]], values_of(small_world, CASES[name])
    rows = (await ask(small_world.graph, question, **values)).records
    assert [row for row in rows if not any(named(question, row, NAMING))] == []
    assert unproved(question, rows, INVENTED) == []
    facts = facts_of(question, rows, INVENTED)
    assert await without_sources(small_world.graph, facts, INVENTED, known_at=values["known_at"]) == []


def test_a_fact_without_a_source_or_a_place_in_it_would_be_found() -> None:
    question, row = CATALOG["commitments_owed_to_state"], {"fact": "commitment.A02.political-support"}
    source = next(key for key, record in SHIPPED.items() if isinstance(record, Source))
    for evidence in ([], [{"source": "nobody", "locator": "1"}], [{"source": source, "locator": None}]):
        assert unproved(question, [row | {"evidence": evidence}], SHIPPED)
    assert unproved(question, [row | {"evidence": [{"source": source, "locator": "1"}]}], SHIPPED) == []
