"""The disputes that records make which are written: what sources say, odd as it is, for the writer to warn of.

What each kind is stands in `Dispute`, and how it is found in the question `disputed_facts`. It is asked for the kinds
that the records can make, and for no others.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from graph.catalog import Question, read_question
from graph.database import Reads
from graph.model.records import Fact, Record
from graph.model.vocabulary import Dispute
from graph.statements import FOLDER

AT_ONCE = 250
"""How many records are asked about at once. The text takes a megabyte for each, and is planned anew for lists that are
much shorter; so it is always asked about as many, the first of them over again."""

_OF_TENURES = frozenset({Dispute.OVERLAPPING_TENURES, Dispute.UNAUTHORISED_SIGNATURE})
_OF_NUMBERS = frozenset({Dispute.DISJOINT_QUANTITIES, Dispute.PART_ABOVE_WHOLE})
MADE_BY: dict[str, frozenset[Dispute]] = {
    "Act": frozenset({Dispute.COMPETING_ACTS, Dispute.FORCE_BEFORE_SIGNATURE, Dispute.UNAUTHORISED_SIGNATURE}),
    "Tenure": _OF_TENURES,
    "Office": _OF_TENURES,
    "Contribution": _OF_NUMBERS,
    "Claim": _OF_NUMBERS | {Dispute.DENIAL, Dispute.OPPOSED_CLAIMS},
}
"""By label; what is not listed makes none by itself."""


def kinds_made_by(records: Iterable[Record]) -> list[Dispute]:
    """Return the kinds of dispute in which records of these labels can be a side, in the order of their names.

    Any fact makes a contradiction, but only where it names what it `contradicts`.
    """
    kinds: set[Dispute] = set()
    for record in records:
        kinds |= MADE_BY.get(record.label(), frozenset())
        if isinstance(record, Fact) and record.contradicts:
            kinds.add(Dispute.CONTRADICTION)
    return sorted(kinds)


async def register(database: Reads, kind: Dispute, known_at: datetime, most: int) -> list[dict[str, Any]]:
    """Return at most so many rows of `disputed_facts` of one kind, whatever they are about."""
    rows = await _rows(database, None, [kind], known_at, most)
    return [dict(zip(_register().columns, row, strict=True)) for row in rows]


@cache
def _register() -> Question:
    return read_question(FOLDER / "questions" / "claims" / "disputed_facts.cypher")


async def disputes_of(
    database: Reads, records: Sequence[Record], known_at: datetime, most: int
) -> list[dict[str, Any]]:
    """Return at most so many rows of `disputed_facts` of which a side is one of these records, in their order."""
    kinds = kinds_made_by(records)
    if not kinds:
        return []
    question, keys = _register(), {record.key for record in records}
    found = list[dict[str, Any]]()
    for i in range(0, len(records), AT_ONCE):
        things = [record.key for record in records[i : i + AT_ONCE]]
        rows = await _rows(database, things, kinds, known_at, most)
        found += [dict(zip(question.columns, row, strict=True)) for row in rows]
    sides = [row for row in found if not keys.isdisjoint((row["fact"], row["other_fact"]))]
    once = {tuple(row[name] for name in question.header.order): row for row in sides}
    return [once[place] for place in sorted(once)][:most]


async def plan_ahead(database: Reads, known_at: datetime) -> None:
    """Have the text planned, which takes longer than all of a change set."""
    await _rows(database, [""], [Dispute.CONTRADICTION], known_at, 1)


async def _rows(
    database: Reads, things: list[str] | None, kinds: Sequence[Dispute], known_at: datetime, most: int
) -> list[list[Any]]:
    question = _register()
    values = {
        "thing": None if things is None else things + things[:1] * (AT_ONCE - len(things)),
        "dispute": [*kinds, *kinds] if len(kinds) == 1 else [*kinds],
        "known_at": known_at,
        "after": None,
        "row_limit": most,
    }
    (answer,) = await database.read(question.name, question.wrapped, values)
    rows: list[list[Any]] = answer["rows"]
    return rows
