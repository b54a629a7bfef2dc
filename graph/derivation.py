"""Keeps the derived relationships equal to what follows from the facts, inside the transaction that changed them.

`graph.derive` says what follows; here the facts of the touched units are read, and only what differs is closed and
opened.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from neo4j import AsyncManagedTransaction

from graph.derive import Piece, derive
from graph.differences import label_of
from graph.model import LABELS, Fact
from graph.model.stored import from_stored, native_values
from graph.statements import statement

UNITS_AT_ONCE = 200
_RECORDED_TIME = ("recorded_from", "recorded_until")


@dataclass(frozen=True)
class Derived:
    """How many derived relationships a change opened and closed."""

    opened: int = 0
    closed: int = 0

    def __add__(self, other: "Derived") -> "Derived":
        return Derived(self.opened + other.opened, self.closed + other.closed)


async def touched_units(tx: AsyncManagedTransaction, recorded_at: datetime) -> list[str]:
    """Return the units that what was recorded at this instant may change."""
    record = await (await tx.run(statement("derive/touched"), recorded_at=recorded_at)).single(strict=True)
    return sorted(record["units"])


async def all_units(tx: AsyncManagedTransaction, open_until: datetime) -> list[str]:
    """Return every unit there is."""
    return sorted([record["unit"] async for record in await tx.run(statement("derive/units"), open=open_until)])


async def derive_units(
    tx: AsyncManagedTransaction, units: Sequence[str], recorded_at: datetime, open_until: datetime
) -> Derived:
    """Make the derived relationships of these units what follows from their current facts."""
    done = Derived()
    for i in range(0, len(units), UNITS_AT_ONCE):
        some = units[i : i + UNITS_AT_ONCE]
        closed, opened = await differences(tx, some, open_until)
        if closed or opened:
            values = {"closed": closed, "opened": opened, "recorded_at": recorded_at, "open": open_until}
            await (await tx.run(statement("derive/replace"), values)).consume()
        done += Derived(len(opened), len(closed))
    return done


async def differences(
    tx: AsyncManagedTransaction, units: Sequence[str], open_until: datetime
) -> tuple[list[str], list[dict[str, Any]]]:
    """Return what has to be closed (ids of relationships) and opened (rows) in these units."""
    facts = await _facts(tx, units, open_until)
    follows = [piece for unit in units for piece in derive(unit, facts.get(unit, []))]
    kept = Counter(_identity(piece.type, piece.start, piece.end, piece.fields) for piece in follows)
    closed = []
    async for record in await tx.run(statement("derive/pieces"), units=units, open=open_until):
        fields = {k: v for k, v in native_values(record["fields"]).items() if k not in _RECORDED_TIME}
        identity = _identity(record["type"], record["start"], record["end"], fields)
        if kept[identity]:
            kept[identity] -= 1
        else:
            closed.append(record["id"])
    return closed, _rows(follows, kept)


def _rows(pieces: Iterable[Piece], wanted: Counter[str]) -> list[dict[str, Any]]:
    rows = []
    for piece in pieces:
        identity = _identity(piece.type, piece.start, piece.end, piece.fields)
        if wanted[identity]:
            wanted[identity] -= 1
            rows.append({"type": piece.type, "start": piece.start, "end": piece.end, "fields": dict(piece.fields)})
    return rows


def _identity(kind: str, start: str, end: str, fields: Mapping[str, Any]) -> str:
    return repr((kind, start, end, sorted((name, str(value)) for name, value in fields.items())))


async def _facts(tx: AsyncManagedTransaction, units: Sequence[str], open_until: datetime) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    async for record in await tx.run(statement("derive/facts"), units=units, open=open_until):
        found[record["unit"]].extend(_fact(stored) for stored in record["facts"])
    return found


def _fact(stored: Mapping[str, Any]) -> Fact:
    label = label_of(stored["labels"])
    assert label is not None  # noqa: S101 - the statement reads facts only
    record = from_stored(LABELS[label], stored["fields"]["key"], stored["fields"], stored["links"])
    assert isinstance(record, Fact)  # noqa: S101 - the statement reads facts only
    return record
