"""Deadlines of a state: ends that are near, last days of notice, and what may be left by then. Pure.

What ends when is read from the derived pieces. Only the running term of an agreement that renews itself is counted
here, since no piece ends where another term follows. `graph.then` names the function.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, islice
from typing import Any

from dateutil.relativedelta import relativedelta

from graph.days import NEVER, day_before
from graph.terms import later, stated_length

TAKES = (
    "about", "name", "day", "deadline", "whole", "commitments", "others", "reasons", "terms", "entries", "over",
    "evidence", "rests_on",
)  # fmt: skip
USUAL_DAYS = 365
# Whoever asks about ten thousand years would else get a row for each of ten thousand terms of a year.
MOST_TERMS = 100
_SHOWN = {
    "ends": "ends",
    "may_end": "may end",
    "last_day_of_notice": "last day of notice",
    "may_be_left": "may be left",
}


@dataclass(frozen=True)
class _Deadline:
    """One row of the answer, but for which such deadline it is."""

    day: date
    deadline: str
    what_to_do: str
    row: Mapping[str, Any]
    latest: date | None = None
    reasons: Sequence[str] = ()
    notice: str | None = None
    renews_for: str | None = None

    def columns(self, turn: int) -> list[Any]:
        row, latest = self.row, self.latest if self.latest != self.day else None
        title = f"{row['name'].rstrip('.')}: {_SHOWN[self.deadline]}"
        return [
            self.day.isoformat(), latest and latest.isoformat(), self.deadline, title, self.what_to_do, row["about"],
            row["whole"], row["commitments"], row["others"], self.notice, self.renews_for, list(self.reasons), turn,
            row["evidence"], sorted(row["rests_on"]),
        ]  # fmt: skip


@dataclass(frozen=True)
class _Window:
    """The days that are asked about, both inclusive: nothing ends on the first, and notice may still be given on it."""

    on: date
    last: date


@dataclass(frozen=True)
class _Renewing:
    """An agreement that renews itself: its first term, the terms after it, and how long before an end notice is due."""

    entered: tuple[date, date]
    first: relativedelta
    renewal: relativedelta
    renews_for: str
    notice: str | None

    @classmethod
    def read(cls, said: Mapping[str, str], entries: Sequence[Mapping[str, Any]]) -> "_Renewing | None":
        """Read the terms; None where a length or the entry into force is not known."""
        renews_for = " ".join(said["renewal"].split()[:2])
        first, renewal = stated_length(said.get("duration", "")), stated_length(renews_for)
        entered = _entered(entries)
        if not (first and renewal and entered):
            return None
        notice = said.get("withdrawal", "")
        return cls(entered, first, renewal, renews_for, notice if stated_length(notice) else None)

    def last_days_of_notice(self, row: Mapping[str, Any], window: _Window, over: date) -> Iterator[_Deadline]:
        """Yield the last day of notice of each term after which another follows for the state."""
        for number in count(self._running(window.on)):
            ends = self._end(self.entered[0], number)
            day = self._last_day(ends)
            if day > window.last or ends >= over:
                return
            if day >= window.on:
                latest = self._last_day(self._end(self.entered[1], number))
                yield _Deadline(
                    day, "last_day_of_notice", self._told(ends), row, latest,
                    notice=self.notice, renews_for=self.renews_for,
                )  # fmt: skip

    def _told(self, ends: date) -> str:
        notice = f"Notice of {self.notice} must be given" if self.notice else "Who wants to leave must say so"
        return f"{notice} by this day, else it renews itself for {self.renews_for} on {ends}."

    def _running(self, on: date) -> int:
        """Return a number of renewals after which the running term, or one before it, ends."""
        longest = self.renewal.years * 366 + self.renewal.months * 31 + self.renewal.days
        return max(0, (on - self._end(self.entered[0], 0)).days // longest)

    def _end(self, entered: date, renewals: int) -> date:
        """Return the first day after the first term and so many more, counted from the entry into force."""
        return later(entered, self.first + self.renewal * renewals)

    def _last_day(self, ends: date) -> date:
        """Return the last day on which the whole time of notice surely lies before the end."""
        length = stated_length(self.notice) if self.notice else None
        return day_before(later(ends, -length) if length else ends)


def _entered(entries: Sequence[Mapping[str, Any]]) -> tuple[date, date] | None:
    """Return the bounds of the entry into force: the agreement's own, else the first of a party's."""
    general = [one for one in entries if one["general"]]
    bounds = [(date.fromisoformat(one["earliest"]), date.fromisoformat(one["latest"])) for one in general or entries]
    if not bounds:
        return None
    return (min(one[0] for one in bounds), (max if general else min)(one[1] for one in bounds))


def deadlines(rows: Sequence[Sequence[Any]], values: Mapping[str, Any]) -> Iterator[list[Any]]:
    """Yield the rows of `commitments_ending_soon`, in no particular order."""
    within = USUAL_DAYS if values["within"] is None else values["within"]
    window = _Window(values["on"], later(values["on"], relativedelta(days=within)))
    turns: dict[tuple[str, str], Iterator[int]] = defaultdict(lambda: count(1))
    found = [one for row in rows for one in _of(dict(zip(TAKES, row, strict=True)), window)]
    for one in sorted(found, key=lambda one: (one.day, one.row["about"], one.deadline)):
        turn = next(turns[one.row["about"], one.deadline])
        if values["deadlines"] is None or one.deadline in values["deadlines"]:
            yield one.columns(turn)


def _of(row: Mapping[str, Any], window: _Window) -> Iterable[_Deadline]:
    return [_end(row)] if row["day"] else _by_notice(row, window)


def _end(row: Mapping[str, Any]) -> _Deadline:
    # A term that something else cut short does not end it.
    reasons = [reason for reason in row["reasons"] if reason != "term"] or row["reasons"] or ["unknown_end"]
    by = ", ".join(reasons).replace("_", " ")
    if row["deadline"] == "may_end":
        told = f"From this day on it may be over ({by}); find out which day it is."
    else:
        what = "In force" if row["whole"] else f"What is listed, towards {', '.join(row['others'])}, is in force"
        told = f"{what} no longer from this day on ({by}); what shall go on needs another agreement by then."
    return _Deadline(date.fromisoformat(row["day"]), row["deadline"], told, row, reasons=reasons)


def _by_notice(row: Mapping[str, Any], window: _Window) -> Iterator[_Deadline]:
    """Yield the last days of notice of what renews itself, else when it may be left at the earliest."""
    said: dict[str, str] = {}
    for term in row["terms"]:
        said.setdefault(term["kind"], term["value"])
    over = date.fromisoformat(row["over"])
    if said.get("renewal", "none") != "none":
        renewing = _Renewing.read(said, row["entries"])
        yield from islice(renewing.last_days_of_notice(row, window, over), MOST_TERMS) if renewing else ()
        return
    notice = said.get("withdrawal", "")
    length = stated_length(notice)
    day = later(window.on, length) if length else NEVER
    if day <= window.last and day < over:
        told = f"Notice of {notice}, if given on {window.on}, takes effect on this day."
        yield _Deadline(day, "may_be_left", told, row, notice=notice)
