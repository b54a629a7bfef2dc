"""Which sources mean to state all of something for a day: what tells "none" from "nobody has looked".

The reader asks it for every answer; windows are kept by state of knowledge, so that an answer stays one query.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from graph.catalog import Question
from graph.database import Reads
from graph.header import Reach
from graph.model.vocabulary import FactLabel
from graph.recent import Recent
from graph.statements import statement
from graph.types import ACTOR_TYPES, keys_of

MOST_KEPT = 100
OF_TOPIC: Mapping[str, frozenset[FactLabel]] = {
    "agreements": frozenset({FactLabel.ACT}),
    "alliances": frozenset({FactLabel.COMMITMENT}),
    "claims": frozenset({FactLabel.CLAIM}),
    "commitments": frozenset({FactLabel.COMMITMENT}),
    "contributions": frozenset({FactLabel.CONTRIBUTION}),
    "diplomacy": frozenset({FactLabel.EVENT}),
    "officials": frozenset({FactLabel.TENURE}),
    "states": frozenset({FactLabel.STATEHOOD}),
}
"""The labels of which a source must state all facts, for an answer of this topic to mean "none" when it is empty.

Where a header says `covered_by` that counts. A topic that is not here asks what the graph itself holds.
"""


class EmptyMeans(StrEnum):
    """What it means that an answer has no rows."""

    NONE = "none"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True)
class Window:
    """That a source means to state all facts of some labels from a day until another, of these actors or of all."""

    source: str
    begins: date
    until: date
    labels: frozenset[str]
    actors: frozenset[str]

    def covers(self, labels: Collection[str], begins: date, ends: date, actors: Collection[str]) -> bool:
        """Return whether it states all facts of these labels and actors on every day from one to the other.

        What is asked about nobody in particular is covered by a source that means everybody alone.
        """
        return (
            self.labels.issuperset(labels)
            and self.begins <= begins <= ends < self.until
            and (not self.actors or (bool(actors) and self.actors.issuperset(actors)))
        )


@dataclass(frozen=True)
class Covered:
    """Which sources cover what was asked, and so what an answer without rows means."""

    sources: tuple[str, ...]
    empty_means: EmptyMeans

    def and_also(self, other: "Covered") -> "Covered":
        """Return what covers both of two answers, as where they are compared."""
        whole = self.empty_means is other.empty_means is EmptyMeans.NONE
        sources = tuple(source for source in self.sources if source in other.sources)
        return Covered(sources, EmptyMeans.NONE if whole else EmptyMeans.NOT_COVERED)


NOT_ASKED = Covered((), EmptyMeans.NONE)
"""For what asks what the graph itself holds: there no rows mean that it holds none."""


class Coverage:
    """Knows the windows in each state of knowledge."""

    def __init__(self, database: Reads) -> None:
        self._database = database
        self._kept: Recent[datetime, tuple[Window, ...]] = Recent(MOST_KEPT)

    def forget(self) -> None:
        """Read the windows anew, as after an erasure."""
        self._kept.clear()

    async def of(self, question: Question, values: Mapping[str, Any], on: date | None, known_at: datetime) -> Covered:
        """Return what covers a question with these parameters on its day, or from `from` to `to`."""
        labels = question.header.covered_by or OF_TOPIC.get(question.topic, frozenset())
        if not labels:
            return NOT_ASKED
        begins, ends = (on, on) if on else (values.get("from"), values.get("to"))
        if begins is None or ends is None:
            return Covered((), EmptyMeans.NOT_COVERED)
        reaches = question.header.reaches
        begins = date.min if Reach.EARLIER_DAYS in reaches else begins
        actors = set[str]() if Reach.OTHERS in reaches else _actors(question, values)
        windows = await self.windows(known_at)
        found = tuple(window.source for window in windows if window.covers(labels, begins, ends, actors))
        return Covered(found, EmptyMeans.NONE if found else EmptyMeans.NOT_COVERED)

    async def windows(self, known_at: datetime) -> tuple[Window, ...]:
        """Return the windows declared in a state of knowledge."""
        return await self._kept.made(known_at, lambda: self._declared(known_at))

    async def _declared(self, known_at: datetime) -> tuple[Window, ...]:
        records = await self._database.read("read/windows", statement("read/windows"), {"known_at": known_at})
        return tuple(_window(record) for record in records)


def _window(record: Mapping[str, Any]) -> Window:
    begins, until = (date.fromisoformat(record[name]) for name in ("begins", "until"))
    return Window(record["source"], begins, until, frozenset(record["labels"]), frozenset(record["actors"]))


def _actors(question: Question, values: Mapping[str, Any]) -> set[str]:
    """Return the actors that a question was asked about."""
    params = question.header.params
    return set(keys_of(ACTOR_TYPES, (spec.type for spec in params.values()), map(values.get, params)))
