"""Rows of members: which state each is about, when it holds, and which rows make one participation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.days import UNKNOWN, EndConvention, Span, day_bounds, next_day
from graph.model.records import WrittenSpan
from graph.model.vocabulary import IdentifierScheme
from seed.atop.cells import flag, number, span_of
from seed.atop.columns import PLEDGES
from seed.cow_states.numbers import holder_on, holders
from seed.importing.codes import Codes
from seed.importing.headed import HeadedRow


@dataclass(frozen=True)
class Member:
    """A row of a member as read. `spell` counts the participations of its state, from 1."""

    row: HeadedRow
    state: str
    name: str
    span: WrittenSpan
    bounds: Span
    spell: int = 0

    @property
    def key(self) -> str:
        """The part of a key that is its own among the rows of an agreement, but for rows that repeat a phase."""
        return f"{number(self.row, 'member')}.{number(self.row, 'phase') or 0}.{self.spell}"


def member(row: HeadedRow, codes: Codes) -> Member:
    """Read a row. Raises ValueError with a sentence when its days, its obligations or its state cannot be told."""
    if not str(number(row, "phase") or 0).isdecimal():
        raise ValueError(f"phase {row['phase']!r} is no phase.")
    for column in (*PLEDGES, "obvary"):
        flag(row, column)
    span = span_of(row)
    on = None if span.begins == UNKNOWN else day_bounds(span.begins)[0]
    code = str(number(row, "member"))
    state = codes.key(IdentifierScheme.COW, code, on) or codes.key(IdentifierScheme.COW, code) or _by_table(code, on)
    name = next((one.name for one in holders().get(code, ()) if one.key == state), state)
    return Member(row, state, name, span, span.bounds())


def _by_table(code: str, on: date | None) -> str:
    return holder_on(code, on).key or ""


def spells(members: Sequence[Member]) -> list[list[Member]]:
    """Return the participations of one state: rows whose days touch or overlap, each with the number of its spell.

    A day between the exit and the next entry is none: there the exit is the last day with.
    """
    found: list[list[Member]] = []
    until = date.min
    for one in sorted(members, key=_order):
        if found and one.bounds.begins_earliest <= next_day(until):
            found[-1].append(one)
        else:
            found.append([one])
            until = date.min
        until = max(until, one.bounds.ends_latest)
    return [list(_exact(spell, n)) for n, spell in enumerate(found, 1)]


def _order(one: Member) -> tuple[date, date, str]:
    return one.bounds.begins_earliest, one.bounds.ends_latest, one.row.id


def _exact(spell: Sequence[Member], number_of_spell: int) -> Iterator[Member]:
    """Yield the rows of a spell with its number; an exit on the day before another entry is the last day with."""
    entries = {one.span.begins for one in spell}
    for one in spell:
        span = one.span
        if (
            _is_day(span.ends)
            and span.ends not in entries
            and next_day(date.fromisoformat(span.ends)).isoformat() in entries
        ):
            span = span.model_copy(update={"ends_are": EndConvention.LAST_DAY_WITH})
        yield replace(one, span=span, bounds=span.bounds(), spell=number_of_spell)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def whole(spell: Sequence[Member]) -> WrittenSpan:
    """Return the span of a participation: from the first entry to the last exit of its rows."""
    first, last = spell[0].span, max(spell, key=lambda one: (one.bounds.ends_latest, one.bounds.ends_earliest)).span
    written = dict.fromkeys(one.span.as_written for one in spell if one.span.as_written)
    return WrittenSpan(
        begins=first.begins,
        ends=last.ends,
        ends_are=last.ends_are,
        verified_on=last.verified_on,
        as_written="; ".join(written)[:2000] or None,
    )
