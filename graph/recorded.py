"""Versions as they are recorded, read by key: the record itself, its number, and when it was written.

Used by the writer inside its transactions and by whoever shows a record as it was written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from neo4j import Record as Row
from pydantic import ValidationError

from graph.database import Reads
from graph.differences import label_of
from graph.errors import ConflictError
from graph.model import LABELS
from graph.model.changes import Change, Written
from graph.model.records import Record
from graph.model.stored import from_stored
from graph.revision import OPEN_UNTIL, native
from graph.statements import statement


@dataclass(frozen=True)
class Version:
    """One version of a thing: its record, or that it is withdrawn, why, and what took its place.

    `label` is the label of the thing; None for a withdrawn fact, whose versions alone told what it was.
    """

    key: str
    label: str | None
    version: int
    recorded_from: datetime
    record: Record | None
    reason: str | None = None
    replaced_by: str | None = None


def version_of(row: Row | Mapping[str, Any]) -> Version:
    """Turn a row of `read/versions` into a version. Raises ConflictError where no rule of today allows it."""
    label = label_of(row["labels"])
    fields = row["fields"]
    told = (fields["version"], native(fields["recorded_from"]))
    if "Withdrawal" in row["labels"] or label is None:
        return Version(row["key"], label, *told, None, fields.get("reason"), fields.get("replaced_by"))
    try:
        record = from_stored(LABELS[label], row["key"], fields, row["links"])
    except ValidationError as error:
        message = f"{row['key']} was recorded under rules that are stricter now: {error.errors()[0]['msg']}"
        raise ConflictError(message, "Put its whole content anew.") from None
    return Version(row["key"], label, *told, record)


def written(row: Row) -> Written:
    """Turn a row of `read/written` into what a change set wrote."""
    return Written(row["key"], label_of(row["labels"]) or "Fact", row["version"], Change(row["change"]))


class Records:
    """Reads versions by key."""

    def __init__(self, database: Reads) -> None:
        self._database = database

    async def versions(self, keys: Sequence[str], known_at: datetime) -> dict[str, Version]:
        """Return the versions of these keys that were current in a state of knowledge, by key."""
        values = {"keys": list(keys), "known_at": known_at}
        rows = await self._database.read("read/versions", statement("read/versions"), values)
        return {row["key"]: version_of(row) for row in rows}

    async def replaced_by(self, key: str) -> str | None:
        """Return what took the place of a thing that is withdrawn now; None where nothing did."""
        rows = await self._database.read("read/replaced", statement("read/replaced"), {"key": key, "open": OPEN_UNTIL})
        return rows[0]["replaced_by"] if rows else None

    async def version(self, key: str, known_at: datetime) -> Version | None:
        """Return one of them; None when nothing was recorded under the key."""
        return (await self.versions([key], known_at)).get(key)
