"""From uncertain spans to pieces: stretches of days on which the answer to "does it hold?" is one and the same.

Pure. `graph.derive` makes the spans; a question only ever tests `holds_from <= on < holds_until`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from graph.days import InForce, Span

_SUREST_FIRST = tuple(InForce)


@dataclass(frozen=True)
class Holding:
    """A span in which something holds, the keys of the facts that say so, and what marks it."""

    span: Span
    rests_on: frozenset[str]
    provisional: bool = False
    modified_by: frozenset[str] = frozenset()

    def overlap(self, other: "Holding") -> "Holding | None":
        """Return where both hold; None when nowhere."""
        span = self.span.overlap(other.span)
        if span.is_empty:
            return None
        return Holding(
            span,
            self.rests_on | other.rests_on,
            self.provisional or other.provisional,
            self.modified_by | other.modified_by,
        )

    def without(self, other: "Holding") -> "list[Holding]":
        """Return what is left of it where the other does not hold, resting on both."""
        keys = self.rests_on | other.rests_on
        if self.span.overlap(other.span).is_empty:
            return [self]
        return [replace(self, span=span, rests_on=keys) for span in self.span.without(other.span)]


@dataclass(frozen=True)
class Waiting:
    """Days from `since` until `until` (exclusive) on which something is signed or agreed and does not hold yet."""

    since: date
    until: date
    rests_on: Callable[[date], frozenset[str]]
    awaits_on: Callable[[date], tuple[str, ...]]
    changes: frozenset[date] = frozenset()  # days on which what it awaits or rests on changes

    def without(self, span: Span) -> "list[Waiting]":
        """Return what is left of it before a span can have begun and after it has surely ended."""
        before = replace(self, until=min(self.until, span.begins_earliest))
        after = replace(self, since=max(self.since, span.ends_latest))
        return [rest for rest in (before, after) if rest.since < rest.until]


@dataclass(frozen=True)
class _Answer:
    in_force: InForce
    rests_on: tuple[str, ...]
    awaits: tuple[str, ...] = ()
    provisional: bool = False
    modified_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """Days from `holds_from` until `holds_until` (exclusive) with one answer."""

    holds_from: date
    holds_until: date
    answer: _Answer


def stretches(
    holdings: Sequence[Holding], waitings: Sequence[Waiting] = (), suspended: Sequence[Holding] = ()
) -> list[Stretch]:
    """Cut into stretches in the order of days, without overlap, the best answer on each day.

    `suspended` are holdings as they would be without a suspension: on their days the answer is at least `suspended`.
    """
    found: list[Stretch] = []
    days = sorted(_changes([*holdings, *suspended], waitings))
    for since, until in pairwise(days):
        answer = _answer(since, holdings, waitings, suspended)
        if answer is None:
            continue
        goes_on = bool(found) and found[-1].holds_until == since and found[-1].answer == answer
        holds_from = found.pop().holds_from if goes_on else since
        found.append(Stretch(holds_from, until, answer))
    return found


def _changes(holdings: Iterable[Holding], waitings: Iterable[Waiting]) -> set[date]:
    days: set[date] = set()
    for holding in holdings:
        days |= set(holding.span.days())
    for waiting in waitings:
        days |= {waiting.since, waiting.until, *waiting.changes}
    return days


def _answer(
    day: date, holdings: Iterable[Holding], waitings: Iterable[Waiting], suspended: Iterable[Holding]
) -> _Answer | None:
    best = _best(day, holdings)
    if best is not None:
        return best
    held_but_for_that = [holding for holding in suspended if holding.span.in_force(day)]
    if held_but_for_that:
        return _Answer(InForce.SUSPENDED, _all(holding.rests_on for holding in held_but_for_that))
    # Who awaits nothing more is not pending: it ended before it began.
    waiting = [(one, awaits) for one in waitings if one.since <= day < one.until and (awaits := one.awaits_on(day))]
    if waiting:
        return _Answer(InForce.PENDING, _all(one.rests_on(day) for one, _ in waiting), waiting[0][1])
    return None


def _best(day: date, holdings: Iterable[Holding]) -> _Answer | None:
    answers = [(answer, holding) for holding in holdings if (answer := holding.span.in_force(day))]
    if not answers:
        return None
    surest = min((answer for answer, _ in answers), key=_SUREST_FIRST.index)
    best = [holding for answer, holding in answers if answer is surest]
    return _Answer(
        surest,
        _all(holding.rests_on for holding in best),
        provisional=all(holding.provisional for holding in best),
        modified_by=_all(holding.modified_by for holding in best),
    )


def _all(keys: Iterable[frozenset[str]]) -> tuple[str, ...]:
    return tuple(sorted(frozenset[str]().union(*keys)))
