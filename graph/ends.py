"""When a participation ends, read number by number. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.acts import When, joined


@dataclass(frozen=True)
class End:
    """First day without: no longer certain, no longer presumed, surely over."""

    earliest: date
    presumed_until: date
    latest: date
    keys: frozenset[str] = frozenset()
    known: bool = True  # an act or a stated end, and not merely the end of what is known

    def sooner(self, other: "End") -> "End":
        """Return the earlier of both, number by number."""
        return End(
            min(self.earliest, other.earliest),
            min(self.presumed_until, other.presumed_until),
            min(self.latest, other.latest),
            self.keys | other.keys,
            self.known or other.known,
        )


def at(when: When) -> End:
    """Return the end that an act makes on the day it takes effect."""
    return End(when.earliest, when.earliest, when.surely_by(), when.keys)


def either(one: End, other: End) -> End:
    """Return one uncertain end where it is not known which of the two it is."""
    return End(
        min(one.earliest, other.earliest),
        min(one.presumed_until, other.presumed_until),
        max(one.latest, other.latest),
        one.keys | other.keys,
    )


def soonest(ends: Sequence[End]) -> End | None:
    """Return the earliest of several ends, number by number; None of none."""
    if not ends:
        return None
    first, *rest = ends
    for other in rest:
        first = first.sooner(other)
    return first


def last(ends: Sequence[End]) -> End | None:
    """Return the latest of several ends, number by number; None when one of them is not known, or of none."""
    if not ends or not all(end.known for end in ends):
        return None
    return End(
        max(end.earliest for end in ends),
        max(end.presumed_until for end in ends),
        max(end.latest for end in ends),
        joined(end.keys for end in ends),
    )
