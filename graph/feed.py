"""What was written, in order: every change set with who wrote it, when, why and what. Read by the feed's routes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from neo4j import Record

from graph.database import Reads
from graph.model.changes import Outcome, Receipt, Written
from graph.recorded import written
from graph.statements import statement


@dataclass(frozen=True)
class Entry:
    """One change set: who wrote it, why, by which request if it is known, and how much it came to."""

    author: str
    reason: str | None
    request_id: str | None
    receipt: Receipt
    warnings: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class WrittenWhy:
    """A version that a change set wrote; of a withdrawal why, and what took the thing's place."""

    written: Written
    reason: str | None
    replaced_by: str | None


class Feed:
    """Reads change sets. Instants are those of the change sets, in UTC."""

    def __init__(self, database: Reads) -> None:
        self._database = database

    async def after(self, instant: datetime, until: datetime, limit: int) -> list[Entry]:
        """Return at most so many change sets after one instant and up to another, the earliest first."""
        values = {"after": instant, "until": until, "limit": limit}
        rows = await self._database.read("read/change_sets", statement("read/change_sets"), values)
        return [_entry(row) for row in rows]

    async def at(self, instant: datetime) -> Entry | None:
        """Return the change set of an instant; None when there is none."""
        values = {"instant": instant}
        rows = await self._database.read("read/change_set", statement("read/change_set"), values)
        return _entry(rows[0]) if rows else None

    async def written(self, instant: datetime) -> list[WrittenWhy]:
        """Return the versions that the change set of an instant wrote, by key."""
        values = {"recorded_at": instant}
        rows = await self._database.read("read/written", statement("read/written"), values)
        return [WrittenWhy(written(row), row["reason"], row["replaced_by"]) for row in rows]


def _entry(row: Record) -> Entry:
    outcome = Outcome.again(row["answer"])
    return Entry(row["author"], row["reason"], row["request_id"], outcome.receipt, outcome.warnings)
