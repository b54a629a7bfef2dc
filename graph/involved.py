"""Who has taken a step towards an agreement and waits for it to hold, alone and together. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from graph.acts import joined
from graph.pieces import Waiting


@dataclass(frozen=True)
class Involved:
    """From when an actor had surely taken a step, until when that counts, and what it awaits before it is a party."""

    since: date
    gone: date
    begins: date
    rests_on: Callable[[date], frozenset[str]]
    awaits_on: Callable[[date], tuple[str, ...]]
    changes: frozenset[date]

    def waiting(self) -> Waiting | None:
        """Return the days on which it waits to become a party."""
        return _wait([self], self.begins, frozenset())


def wait_together(sides: Sequence[Involved], begins: date, rests_on: frozenset[str]) -> Waiting | None:
    """Return the days from which all sides had surely taken a step until what they agreed on begins, or one is gone."""
    return _wait(sides, begins, rests_on)


def _wait(sides: Sequence[Involved], begins: date, rests_on: frozenset[str]) -> Waiting | None:
    since = max(side.since for side in sides)
    until = min([begins, *(side.gone for side in sides)])
    if until <= since:
        return None

    def awaited(day: date) -> tuple[str, ...]:
        missing = {item for side in sides for item in side.awaits_on(day)}
        return tuple(sorted(missing, key=lambda item: (item == "entry into force", item)))

    def resting(day: date) -> frozenset[str]:
        return rests_on | joined(side.rests_on(day) for side in sides)

    return Waiting(since, until, resting, awaited, _between(joined(side.changes for side in sides), since, until))


def _between(days: Iterable[date], since: date, until: date) -> frozenset[date]:
    return frozenset(day for day in days if since < day < until)
