"""Two answers to one question, of two days or two states of knowledge, held against each other. Pure.

The reader asks for both and says with `because` which facts made the change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.catalog import Question
from graph.header import Compared
from graph.types import keys_of

Row = list[Any]
_FACTS = frozenset({"key", "fact"})


@dataclass(frozen=True)
class Difference:
    """One row that is in one of two answers alone, or in both with other values.

    `row` is that of the later answer, or of the earlier one when it was removed; `was` are the earlier values of what
    changed. `facts` are all facts that either row names, `moved` those that only one of them names.
    """

    compared: Compared
    row: Row
    was: list[dict[str, Any]]
    facts: frozenset[str]
    moved: frozenset[str]

    def because(self, changed: frozenset[str]) -> list[str]:
        """Return the facts that made the change, knowing which facts changed between two states of knowledge.

        Else those that only one of the rows rests on; where both rest on the same, they differ by the days of those.
        """
        return sorted(changed or self.moved or self.facts)


def differences(question: Question, earlier: Sequence[Row], later: Sequence[Row]) -> Iterator[Difference]:
    """Yield what differs between two whole answers to a question, in no particular order."""
    places = [question.columns.index(name) for name in question.identity]
    before, after = ({_identity(row, places): row for row in rows} for rows in (earlier, later))
    for identity, row in after.items():
        if identity not in before:
            yield _difference(question, Compared.ADDED, None, row)
        elif row != before[identity]:
            yield _difference(question, Compared.CHANGED, before[identity], row)
    for identity, row in before.items():
        if identity not in after:
            yield _difference(question, Compared.REMOVED, row, None)


def _identity(row: Row, places: Sequence[int]) -> tuple[Any, ...]:
    values = (row[place] for place in places)
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)


def _difference(question: Question, compared: Compared, before: Row | None, after: Row | None) -> Difference:
    named = [_facts(question, row) for row in (before, after) if row is not None]
    moved = named[0] ^ named[1] if len(named) == 2 else named[0]
    was = []
    if before is not None and after is not None:
        values = zip(question.columns, before, after, strict=True)
        was = [{"column": name, "value": old} for name, old, new in values if old != new]
    return Difference(compared, after or before or [], was, frozenset().union(*named), moved)


def _facts(question: Question, row: Row) -> frozenset[str]:
    """Return the keys of facts that a row names."""
    return frozenset(keys_of(_FACTS, (column.type for column in question.header.returns.values()), row))
