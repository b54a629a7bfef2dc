"""Numbers that are ranges: what several estimates leave open, their sums and differences.

An end that is None is open: "at least 8,000" has no high. What depends on an open end is open itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass

Number = int | float


@dataclass(frozen=True)
class Range:
    """A number between `low` and `high`, each of which may be open."""

    low: Number | None
    high: Number | None

    def __add__(self, other: "Range") -> "Range":
        """Return the range of the sum."""
        return Range(_plus(self.low, other.low), _plus(self.high, other.high))

    def __sub__(self, other: "Range") -> "Range":
        """Return the range of the difference: least from most, most from least."""
        return Range(_minus(self.low, other.high), _minus(self.high, other.low))


UNKNOWN = Range(None, None)


def hull(ranges: Iterable[Range]) -> Range:
    """Return the least range that holds all of them; UNKNOWN of none."""
    known = list(ranges)
    lows = [one.low for one in known if one.low is not None]
    highs = [one.high for one in known if one.high is not None]
    every = len(known) if known else -1
    return Range(min(lows) if len(lows) == every else None, max(highs) if len(highs) == every else None)


def total(ranges: Iterable[Range]) -> Range:
    """Return the range of their sum; UNKNOWN of none, since nothing known is not zero."""
    first, *others = [*ranges] or [UNKNOWN]
    return sum(others, start=first)


def _plus(one: Number | None, other: Number | None) -> Number | None:
    return None if one is None or other is None else one + other


def _minus(one: Number | None, other: Number | None) -> Number | None:
    return None if one is None or other is None else one - other
