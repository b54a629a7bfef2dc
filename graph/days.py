"""Days as sources write them, and what follows from them: bounds, spans, overlap.

Pure, and used by the model (bounds are stored with a version), by the derivation and by what loads a source. A day is a
`datetime.date` in the proleptic Gregorian calendar. Nobody can ask about a day outside the years 1 to 9999, so
bounds are cut to them; the written text keeps the true year.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from time import struct_time

from edtf import EDTFParseException, parse_edtf
from edtf.parser.parser_classes import EDTFObject, Interval, MultipleDates

FIRST = date.min
NEVER = date.max
LONGEST = 200
"""Most characters of an EDTF text."""

OPEN = "open"
UNKNOWN = "unknown"
UNLIMITED = "unlimited"

# A year, a month or a day from the year 1 on; a "month" from 21 on is a season, and a year 0000 is 1 BC.
_PLAIN = re.compile(r"(?!0000)(\d{4})(?:-([01]\d)(?:-(\d\d))?)?")
# The library would work out the year of Y17E9999999 digit by digit.
_ENDLESS = re.compile(r"E\d{4}")
_QUALIFIED = re.compile(r"^(?P<plain>-?\d{4}(?:-\d\d(?:-\d\d)?)?)[?~%]$")


class EndConvention(StrEnum):
    """What a source means by the day it writes as an end."""

    LAST_DAY_WITH = "last_day_with"
    FIRST_DAY_WITHOUT = "first_day_without"
    NOT_SAID = "not_said"


class InForce(StrEnum):
    """How sure it is that something holds on a day, from surest to not yet."""

    DEFINITE = "definite"
    PRESUMED = "presumed"
    POSSIBLE = "possible"
    SUSPENDED = "suspended"
    PENDING = "pending"


def next_day(day: date) -> date:
    """Return the day after, or the last day there is."""
    return day if day == NEVER else day + timedelta(days=1)


def day_before(day: date) -> date:
    """Return the day before, or the first day there is."""
    return day if day == FIRST else day - timedelta(days=1)


@lru_cache(maxsize=65536)
def day_bounds(text: str) -> tuple[date, date]:
    """Return the first and the last day that an EDTF text (levels 0 to 2) may mean, both inclusive.

    `2024-10` gives 2024-10-01 and 2024-10-31, `[2000-02-09..2024-12-03]` its two ends. A date marked `?`, `~` or `%`
    is widened by one unit of its own precision on each side. Raises ValueError with a sentence when the text is no
    EDTF date, is an interval or a plurality of dates, names a day that does not exist, or is longer than LONGEST.
    """
    if len(text) > LONGEST:
        raise ValueError(f"{text[:30]!r}… is not a date: of its {len(text)} characters {LONGEST} at most are read.")
    if plain_date := _PLAIN.fullmatch(text):
        return _plain_bounds(text, *(int(part) for part in plain_date.groups() if part))
    if text.startswith("[") and text.endswith("]"):
        return _set_bounds(text)
    qualified = _QUALIFIED.match(text)
    plain = qualified["plain"] if qualified else text
    parsed = _parsed(plain, text)
    earliest, latest = _edge(parsed.lower_strict(), text), _edge(parsed.upper_strict(), text)
    if not qualified or latest == FIRST:  # before the year 1 there is nothing to widen
        return earliest, latest
    # The year, month or day before and after, named with as many letters of the ISO form.
    precision = len(plain.lstrip("-"))
    before, after = day_before(earliest).isoformat()[:precision], next_day(latest).isoformat()[:precision]
    return day_bounds(before)[0], day_bounds(after)[1]


def _plain_bounds(text: str, year: int, month: int | None = None, day: int | None = None) -> tuple[date, date]:
    """Read what nearly all dates are without the parser, which takes milliseconds for each new text."""
    last_month = 12 if month is None else month
    try:
        earliest = date(year, 1 if month is None else month, 1 if day is None else day)
        return earliest, date(year, last_month, monthrange(year, last_month)[1]) if day is None else earliest
    except ValueError:
        raise ValueError(f"{text!r} is not a day that exists.") from None


def _set_bounds(text: str) -> tuple[date, date]:
    """Return the bounds of one of a set: `[1667,1668..1670]`, `[1667..]`. The library does not know all forms."""
    if "[" in text[1:]:
        raise ValueError(f"{text!r} is not a set of days: a set holds no other set.")
    earliest, latest = [], []
    for member in text[1:-1].split(","):
        first, dots, last = member.strip().partition("..")
        if not first and not last:
            raise ValueError(f"{text!r} is not a set of days.")
        earliest.append(day_bounds(first)[0] if first else FIRST)
        latest.append(day_bounds(last)[1] if last else NEVER if dots else day_bounds(first)[1])
    return min(earliest), max(latest)


def _parsed(plain: str, text: str) -> EDTFObject:
    if _ENDLESS.search(plain):
        raise ValueError(f"{text!r} is not a day that anybody could mean.")
    try:
        parsed: EDTFObject = parse_edtf(plain)
    except EDTFParseException:
        raise ValueError(f"{text!r} is not a day that exists, nor any other EDTF date.") from None
    if isinstance(parsed, Interval | MultipleDates) or "T" in plain:
        raise ValueError(f"{text!r} is not one date: give a begin and an end, or a set such as [2000..2024].")
    return parsed


def _edge(when: struct_time, text: str) -> date:
    if when.tm_year < FIRST.year:
        return FIRST
    if when.tm_year > NEVER.year:
        return NEVER
    try:
        return date(when.tm_year, when.tm_mon, when.tm_mday)
    except ValueError:
        raise ValueError(f"{text!r} is not a day that exists.") from None


def us_fiscal_year(label: str) -> tuple[date, date]:
    """Return the first day of a fiscal year of the United States and the first day after it.

    Until 1976 it runs from July of the year before to June, from 1977 from October of the year before to September;
    `1976tq` is the quarter between (31 U.S.C. 1102, as changed by the Congressional Budget Act of 1974). Raises
    ValueError with a sentence for any other text.
    """
    if label == "1976tq":
        return date(1976, 7, 1), date(1976, 10, 1)
    if not re.fullmatch(r"[12]\d{3}", label):
        raise ValueError(f"{label!r} is no fiscal year; write 1976, 1976tq or 1977.")
    month = 7 if int(label) <= 1976 else 10
    return date(int(label) - 1, month, 1), date(int(label), month, 1)


class SpanReversedError(ValueError):
    """A span as written ends before it begins."""


@dataclass(frozen=True, slots=True)
class Span:
    """Five days that say from when to when something holds, and how sure that is; see `in_force`.

    `ends_earliest` is the first day on which it is no longer certain, `presumed_until` the first on which it is no
    longer presumed, `ends_latest` the first on which it is surely over.
    """

    begins_earliest: date
    begins_latest: date
    ends_earliest: date
    presumed_until: date
    ends_latest: date

    @property
    def is_empty(self) -> bool:
        """Whether there is no day on which it may hold."""
        return self.begins_earliest >= self.ends_latest

    def in_force(self, day: date) -> InForce | None:
        """Say how sure it is that it holds on a day; None when it surely does not."""
        if self.begins_latest <= day < self.ends_earliest:
            return InForce.DEFINITE
        if self.begins_latest <= day < self.presumed_until:
            return InForce.PRESUMED
        if self.begins_earliest <= day < self.ends_latest:
            return InForce.POSSIBLE
        return None

    def days(self) -> tuple[date, date, date, date, date]:
        """Return the five days in their order."""
        return self.begins_earliest, self.begins_latest, self.ends_earliest, self.presumed_until, self.ends_latest

    def without(self, other: "Span") -> "list[Span]":
        """Return the span before another begins and the span after it ends; those that are not empty."""
        before = Span(
            self.begins_earliest,
            self.begins_latest,
            min(self.ends_earliest, other.begins_earliest),
            min(self.presumed_until, other.begins_earliest),
            min(self.ends_latest, other.begins_latest),
        )
        after = Span(
            max(self.begins_earliest, other.presumed_until),
            max(self.begins_latest, other.ends_latest),
            self.ends_earliest,
            self.presumed_until,
            self.ends_latest,
        )
        return [span for span in (before, after) if not span.is_empty]

    def overlap(self, other: "Span") -> "Span":
        """Return the span in which both hold: the later begins and the earlier ends, number by number."""
        return Span(
            max(self.begins_earliest, other.begins_earliest),
            max(self.begins_latest, other.begins_latest),
            min(self.ends_earliest, other.ends_earliest),
            min(self.presumed_until, other.presumed_until),
            min(self.ends_latest, other.ends_latest),
        )


ALWAYS = Span(FIRST, FIRST, NEVER, NEVER, NEVER)


def written_span(
    begins: str, ends: str, ends_are: EndConvention = EndConvention.NOT_SAID, verified_on: date | None = None
) -> Span:
    """Turn a begin and an end as written into the five days of a span.

    `begins` is an EDTF date, `unknown` or `unlimited`; `ends` may also be `open` (no end known). An open end is certain
    up to and with `verified_on`, the latest day on which a source says that it holds; without one, up to the begin
    itself. Raises ValueError with a sentence when a date cannot be read, SpanReversedError when the end lies before the
    begin.
    """
    begin = _begin(begins, ends, verified_on)
    span = Span(*begin, *_end(ends, ends_are, verified_on or begin[1]))
    if span.is_empty:
        raise SpanReversedError(f"The span from {begins!r} to {ends!r} ends before it begins.")
    return span


def _begin(begins: str, ends: str, verified_on: date | None) -> tuple[date, date]:
    if begins == UNLIMITED:
        return FIRST, FIRST
    if begins != UNKNOWN:
        return day_bounds(begins)
    if verified_on is not None:
        return FIRST, verified_on
    # What has ended had begun by the day before the last day on which it can have ended.
    return FIRST, NEVER if ends in (OPEN, UNKNOWN, UNLIMITED) else day_before(day_bounds(ends)[1])


def _end(ends: str, ends_are: EndConvention, held_on: date) -> tuple[date, date, date]:
    if ends == UNLIMITED:
        return NEVER, NEVER, NEVER
    uncertain = next_day(held_on)
    if ends == OPEN:
        return uncertain, NEVER, NEVER
    if ends == UNKNOWN:
        return uncertain, uncertain, NEVER
    earliest, latest = day_bounds(ends)
    if ends_are is EndConvention.FIRST_DAY_WITHOUT:
        return earliest, earliest, latest
    if ends_are is EndConvention.LAST_DAY_WITH:
        return next_day(earliest), next_day(earliest), next_day(latest)
    return earliest, earliest, next_day(latest)
