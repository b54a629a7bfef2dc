"""When a participation ends: ends read number by number, and the terms that state one. Pure; `graph.parties` asks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from graph.acts import When, joined
from graph.days import NEVER

_LENGTHS = {"day": relativedelta(days=1), "month": relativedelta(months=1), "year": relativedelta(years=1)}
_STATED_TERM = re.compile(r"(?P<number>\d{1,4}) (?P<unit>day|month|year)s?")


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


def after_term(term: str | None, start: When) -> End | None:
    """Return the end of a term such as `30 years` counted from `start`; None when it states no length."""
    stated = _STATED_TERM.fullmatch(term or "")
    if stated is None:
        return None
    length = _LENGTHS[stated["unit"]] * int(stated["number"])
    earliest = _later(start.earliest, length)
    return End(earliest, earliest, _later(start.surely_by(), length), start.keys)


def _later(day: date, length: relativedelta) -> date:
    """Return the day after so long a time; never where that lies beyond the last day there is."""
    try:
        return NEVER if day == NEVER else day + length
    except (ValueError, OverflowError):
        return NEVER
