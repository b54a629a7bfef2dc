"""Keeps the derived relationships equal to what follows from the facts, inside the transaction that changed them.

`graph.derive` says what follows; here the facts of the touched units are read, and only what differs is closed and
opened. Of units that are new, whose facts all come with them, nothing is read nor compared: `foreseen`, `open_pieces`.
"""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, TypeGuard

from neo4j import AsyncManagedTransaction

from graph.database import Many
from graph.derive import Piece, derive
from graph.differences import label_of
from graph.model import LABELS, Fact, Record
from graph.model.facts import Succession
from graph.model.stored import from_stored, native_values
from graph.recorded import version_of
from graph.statements import statement
from graph.units import ROUNDABOUT, actors_of, add_successions, unit_of

UNITS_AT_ONCE = 50
"""Units whose facts are read together: few enough that a change set of thousands of records has several such parts."""
OPENED_AT_ONCE = 1000
"""Derived relationships that are sent together."""
_RECORDED_TIME = ("recorded_from", "recorded_until")


Fields = Mapping[str, Any]


class Move(StrEnum):
    """What becomes of a derived relationship."""

    APPEARS = "appears"
    CHANGES = "changes"
    ENDS = "ends"


@dataclass(frozen=True)
class PieceChange:
    """That the pieces between two things, of one unit and fact, are others after a change than before.

    `before` and `after` are all of them in the order of their days: the properties of each.
    """

    move: Move
    type: str
    start: str
    end: str
    before: tuple[Fields, ...]
    after: tuple[Fields, ...]


@dataclass(frozen=True)
class Derived:
    """How many derived relationships a change opened and closed, and what that comes to, where it was to be told."""

    opened: int = 0
    closed: int = 0
    pieces: tuple[PieceChange, ...] = ()

    def __add__(self, other: "Derived") -> "Derived":
        return Derived(self.opened + other.opened, self.closed + other.closed, self.pieces + other.pieces)


async def touched_units(
    tx: AsyncManagedTransaction, keys: Collection[str], new: Mapping[str, Record] | None = None
) -> list[str]:
    """Return the units that any version of these things may change.

    `new` are the records, by key, of those that have this one version: most of them say themselves what they belong to.
    """
    told = {key: record for key, record in (new or {}).items() if type(record) not in ROUNDABOUT}
    units = {unit for record in told.values() if (unit := unit_of(record)) is not None}
    if asked := Many(sorted({*keys} - told.keys())):
        record = await (await tx.run(statement("derive/touched"), keys=asked)).single(strict=True)
        units.update(record["units"])
    return sorted(units)


async def all_units(tx: AsyncManagedTransaction, open_until: datetime) -> list[str]:
    """Return every unit there is."""
    return sorted([record["unit"] async for record in await tx.run(statement("derive/units"), open=open_until)])


async def derive_units(
    tx: AsyncManagedTransaction,
    units: Sequence[str],
    recorded_at: datetime,
    open_until: datetime,
    *,
    written: Mapping[str, Record] | None = None,
    tell: bool = False,
) -> Derived:
    """Make the derived relationships of these units what follows from their current facts; `tell` which they are.

    `written` are the records of all facts that have a version of this instant, by key: they are not read back.
    """
    done = Derived()
    facts = partial(_facts, tx, recorded_at if written else None, open_until, written or {})
    async with aclosing(_followed(units, facts)) as followed:
        async for some, pieces in followed:
            done += await _replaced(tx, some, pieces, recorded_at, open_until, tell=tell)
    return done


@asynccontextmanager
async def foreseen(
    tx: AsyncManagedTransaction, whole: Mapping[str, Sequence[Fact]], open_until: datetime
) -> AsyncIterator[asyncio.Task[list[Piece]]]:
    """Work out in a thread, during the block, what follows for new units.

    `whole` are all facts of each but the successions of states that are recorded already.
    """
    facts = {unit: sorted(own, key=lambda fact: fact.key) for unit, own in whole.items()}
    add_successions(facts, await _successions(tx, set().union(*map(actors_of, whole.values())), open_until))
    task = asyncio.create_task(asyncio.to_thread(_following, [*facts], facts))
    try:
        yield task
    finally:
        await _ended(task)


async def _successions(tx: AsyncManagedTransaction, states: Collection[str], open_until: datetime) -> list[Succession]:
    if not states:
        return []
    result = await tx.run(statement("derive/successions"), states=Many(sorted(states)), open=open_until)
    found = [version_of(record).record async for record in result]
    return [record for record in found if isinstance(record, Succession)]


async def _ended(*tasks: asyncio.Task[Any]) -> None:
    """Wait for what is done in threads, which cannot be stopped, unless it was called off; what it makes is dropped."""
    await asyncio.gather(*tasks, return_exceptions=True)


async def open_pieces(
    tx: AsyncManagedTransaction, pieces: Sequence[Piece], recorded_at: datetime, open_until: datetime, *, tell: bool
) -> Derived:
    """Give units that are new what follows for them."""
    for i in range(0, len(pieces), OPENED_AT_ONCE):
        await _replace(tx, (), pieces[i : i + OPENED_AT_ONCE], recorded_at, open_until)
    return _Differences((), pieces, (), pieces).derived(tell=tell)


async def _followed(
    units: Sequence[str], facts: Callable[[Sequence[str]], Awaitable[Mapping[str, list[Fact]]]]
) -> AsyncGenerator[tuple[Sequence[str], list[Piece]], None]:
    """Yield units, some at a time, with what follows from their facts.

    It is worked out in a thread, while the database finds the facts of the next and writes what is yielded.
    """
    begun = deque[tuple[Sequence[str], asyncio.Task[list[Piece]]]]()
    try:
        for i in range(0, len(units), UNITS_AT_ONCE):
            some = units[i : i + UNITS_AT_ONCE]
            begun.append((some, asyncio.create_task(asyncio.to_thread(_following, some, await facts(some)))))
            if len(begun) > 1:
                before, task = begun.popleft()
                yield before, await task
        for last, task in begun:
            yield last, await task
    finally:
        await _ended(*(task for _, task in begun))


def _following(units: Sequence[str], facts: Mapping[str, list[Fact]]) -> list[Piece]:
    return [piece for unit in units for piece in derive(unit, facts.get(unit, []))]


async def _replaced(
    tx: AsyncManagedTransaction,
    units: Sequence[str],
    after: Sequence[Piece],
    recorded_at: datetime,
    open_until: datetime,
    *,
    tell: bool,
) -> Derived:
    """Give units these pieces in place of those that they have."""
    differs = await _differences(tx, units, after, open_until)
    if differs.closed or differs.opened:
        await _replace(tx, differs.closed, differs.opened, recorded_at, open_until)
    return differs.derived(tell=tell)


async def _replace(
    tx: AsyncManagedTransaction,
    closed: Sequence["_Stored"],
    opened: Sequence[Piece],
    recorded_at: datetime,
    open_until: datetime,
) -> None:
    values = {
        "closed": Many(stored.id for stored in closed),
        "opened": Many(vars(piece) for piece in opened),
        "recorded_at": recorded_at,
        "open": open_until,
    }
    await (await tx.run(statement("derive/replace"), values)).consume()


@dataclass(frozen=True)
class _Stored(Piece):
    """A derived relationship as it is stored."""

    id: str = ""


@dataclass(frozen=True)
class _Differences:
    """What units have and should have."""

    before: Sequence[_Stored]
    after: Sequence[Piece]
    closed: Sequence[_Stored]
    opened: Sequence[Piece]

    def derived(self, *, tell: bool) -> Derived:
        """Count them, and `tell` which they are."""
        return Derived(len(self.opened), len(self.closed), self._told() if tell else ())

    def _told(self) -> tuple[PieceChange, ...]:
        """Return what differs, by what the relationships are about."""
        touched = {_about(piece) for piece in (*self.closed, *self.opened)}
        before, after = _by_subject(self.before), _by_subject(self.after)
        return tuple(_told(about, before.get(about, ()), after.get(about, ())) for about in sorted(touched))


def _about(piece: Piece) -> tuple[str, str, str, str, str]:
    """Return what a piece is about, whatever its days: type, ends, unit and fact (none for a party)."""
    return piece.type, piece.start, piece.end, str(piece.fields.get("unit")), str(piece.fields.get("fact", ""))


def _by_subject(pieces: Iterable[Piece]) -> dict[tuple[str, ...], tuple[Fields, ...]]:
    found: dict[tuple[str, ...], list[Fields]] = defaultdict(list)
    for piece in pieces:
        found[_about(piece)].append(piece.fields)
    return {about: tuple(sorted(fields, key=lambda one: one["holds_from"])) for about, fields in found.items()}


def _told(about: tuple[str, ...], before: tuple[Fields, ...], after: tuple[Fields, ...]) -> PieceChange:
    move = Move.APPEARS if not before else Move.ENDS if not after else Move.CHANGES
    kind, start, end, *_ = about
    return PieceChange(move, kind, start, end, before, after)


async def _differences(
    tx: AsyncManagedTransaction, units: Sequence[str], after: Sequence[Piece], open_until: datetime
) -> _Differences:
    wanted = Counter(_identity(piece) for piece in after)
    before, closed = list[_Stored](), list[_Stored]()
    async for record in await tx.run(statement("derive/pieces"), units=units, open=open_until):
        fields = {k: v for k, v in native_values(record["fields"]).items() if k not in _RECORDED_TIME}
        stored = _Stored(record["type"], record["start"], record["end"], fields, record["id"])
        before.append(stored)
        if wanted[_identity(stored)]:
            wanted[_identity(stored)] -= 1
        else:
            closed.append(stored)
    return _Differences(before, after, closed, list(_lacking(after, wanted)))


def _lacking(pieces: Iterable[Piece], wanted: Counter[str]) -> Iterator[Piece]:
    for piece in pieces:
        identity = _identity(piece)
        if wanted[identity]:
            wanted[identity] -= 1
            yield piece


def _identity(piece: Piece) -> str:
    fields = sorted((name, str(value)) for name, value in piece.fields.items())
    return repr((piece.type, piece.start, piece.end, fields))


async def _facts(
    tx: AsyncManagedTransaction,
    written_at: datetime | None,
    open_until: datetime,
    written: Mapping[str, Record],
    units: Sequence[str],
) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    values = {"units": units, "open": open_until, "written_at": written_at}
    async for record in await tx.run(statement("derive/facts"), values):
        here = [written[key] for key in record["written"]] + [_record(stored) for stored in record["facts"]]
        found[record["unit"]] = sorted(filter(_is_fact, here), key=lambda fact: fact.key)
    return found


def _is_fact(record: Record) -> TypeGuard[Fact]:
    return isinstance(record, Fact)


def _record(stored: Mapping[str, Any]) -> Record:
    label = label_of(stored["labels"])
    assert label is not None  # noqa: S101 - the statement reads facts only
    fields = dict(stored["fields"])
    return from_stored(LABELS[label], fields["key"], fields, stored["links"])
