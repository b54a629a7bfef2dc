"""Readings of what is written: each uncertain day settled, each denied act happened or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from tests.oracle.worlds import NEVER, OPEN, SHOWN, UNKNOWN, UNLIMITED, Act, Days, Limits, World

EVERY = (1 << SHOWN) - 1
"""The mask of all days; in a mask bit d stands for day d."""
Group = tuple[str, str | None, int]
"""Kind, actor and spell: acts that share them compete."""
Happened = tuple[int, int]
"""The act's own day and the first day of the new state of things."""


class TooManyReadingsError(Exception):
    """A world has more readings than can be tried in reasonable time."""


_BELOW = [(1 << day) - 1 for day in range(SHOWN + 1)]


def days_from(first: int, until: int) -> int:
    """Return the mask of the days from `first` to before `until`."""
    if first >= until:
        return 0
    return _BELOW[min(until, SHOWN)] ^ _BELOW[first]


def _finest(days: list[Days]) -> Days:
    """Return the hull of competing days, less the coarser ones that contain a finer one."""
    kept = [one for one in days if not any(one != o and one[0] <= o[0] and o[1] <= one[1] for o in days)]
    return min(lo for lo, _ in kept), max(hi for _, hi in kept)


def _coarser(act: Act, others: list[Act]) -> bool:
    """Whether its day contains the finer day of another, which stands in its place."""
    days = [other.day for other in others if other.day != act.day]
    return any(act.day[0] <= lo and hi <= act.day[1] for lo, hi in days)


def _group_readings(acts: list[Act]) -> list[tuple[Happened, frozenset[str]] | None]:
    """Return what acts of one kind, actor and spell may come to: the days, and which acts happened; None is nothing."""
    readings: dict[tuple[Happened, frozenset[str]] | None, None] = {}
    for happens in product(*((True, False) if act.denied else (True,) for act in acts)):
        real = [act for act, so in zip(acts, happens, strict=True) if so]
        if not real:
            readings[None] = None
            continue
        keys = frozenset(act.key for act in real if not _coarser(act, real))
        own, effect = _finest([act.day for act in real]), _finest([act.effect or act.day for act in real])
        separate = any(act.effect for act in real)
        for day in range(own[0], own[1] + 1):
            for taking in range(effect[0], effect[1] + 1) if separate else (day,):
                readings[(day, taking), keys] = None
    return list(readings)


def begin_days(limits: Limits) -> Days:
    """Return the first and the last day on which it may begin."""
    if limits.begins == UNLIMITED:
        return 0, 0
    if isinstance(limits.begins, tuple):
        return limits.begins
    if limits.verified is not None:
        return 0, limits.verified
    return 0, limits.ends[1] - 1 if isinstance(limits.ends, tuple) else NEVER


def end_days(limits: Limits) -> Days | None:
    """Return the first and the last day on which a stated end may make it over; None where none is stated."""
    if not isinstance(limits.ends, tuple):
        return None
    lo, hi = limits.ends
    return (lo, hi) if limits.last_day is False else (lo + 1, hi + 1) if limits.last_day else (lo, hi + 1)


@dataclass(frozen=True)
class Interval:
    """The days of something with limits of its own in one reading, and how far they are known."""

    begins: int
    ends: int
    certain: int = NEVER
    presumed: int = NEVER


def interval_readings(limits: Limits) -> list[Interval]:
    """Return what limits may come to: each begin with each stated end."""
    first, last = begin_days(limits)
    stated = end_days(limits)
    if stated:
        return [Interval(b, e) for b in range(first, last + 1) for e in range(stated[0], stated[1] + 1)]
    if limits.ends == UNLIMITED:
        return [Interval(b, NEVER) for b in range(first, last + 1)]
    known = (last if limits.verified is None else limits.verified) + 1
    presumed = NEVER if limits.ends == OPEN else known
    return [Interval(b, NEVER, known, presumed) for b in range(first, last + 1)]


def taken_out(limits: Limits) -> list[Interval]:
    """Return the readings of something that takes days out: an open end is presumed never to come, an unknown one
    may have come on any day since it was last known.
    """
    readings = interval_readings(limits)
    if limits.ends != UNKNOWN:
        return [Interval(one.begins, one.ends) for one in readings]
    return [Interval(one.begins, end) for one in readings for end in (one.certain, NEVER)]


@dataclass
class Reading:
    """One settled world: what happened when, and which of the things with limits hold when."""

    happened: dict[Group, tuple[Happened, frozenset[str]]]
    parts: dict[str, Interval]
    endings: dict[str, int]


def takings(world: World) -> list[tuple[str, int]]:
    """Return the actors that ever had an act or a participation on the agreement, with their spells."""
    acts = {(act.by, act.spell) for act in world.acts if act.by}
    return sorted(acts | {(part.of, part.spell) for part in world.parts})


def readings(world: World, limit: int = 256) -> Iterator[Reading]:
    """Yield every reading; raises TooManyReadingsError when there are more than `limit`."""
    groups: dict[Group, list[Act]] = {}
    for act in world.acts:
        if not act.not_yet:
            kind = f"revocation of {act.revokes}" if act.revokes else act.kind
            groups.setdefault((kind, act.by, act.spell), []).append(act)
    happenings = [_group_readings(acts) for acts in groups.values()]
    parts = [interval_readings(part.limits) for part in world.parts]
    endings = [list(range(one.day[0], one.day[1] + 1)) for one in world.endings]
    columns: list[list[Any]] = [*happenings, *parts, *endings]
    count = prod(len(column) for column in columns)
    if count > limit:
        raise TooManyReadingsError(f"{count} readings are too many.")
    first, second = len(happenings), len(happenings) + len(parts)
    for row in product(*columns):
        happened = {group: one for group, one in zip(groups, row[:first], strict=True) if one is not None}
        held = {part.key: one for part, one in zip(world.parts, row[first:second], strict=True)}
        ended = {one.key: day for one, day in zip(world.endings, row[second:], strict=True)}
        yield Reading(happened, held, ended)
