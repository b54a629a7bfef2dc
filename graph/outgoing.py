"""The graph as it goes out: every record and every derived relationship of one state of knowledge, page by page.

Or some records with all that they name, and what these name. Used by `foedus export`.
"""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime

from graph.database import Reads
from graph.derive import Piece
from graph.model import Record
from graph.model.stored import native_values, references
from graph.recorded import Records
from graph.statements import statement

PAGE = 1000
UNITS_AT_ONCE = 100


class Outgoing:
    """Reads one state of knowledge; nothing is held between two pages."""

    def __init__(self, database: Reads, known_at: datetime) -> None:
        self._database = database
        self._records = Records(database)
        self.known_at = known_at

    async def records(self) -> AsyncIterator[list[Record]]:
        """Yield all records in the order of their keys. Raises ConflictError for one that no rule of today allows."""
        async for keys in self._keys():
            yield await self._of(keys)

    async def pieces(self) -> AsyncIterator[list[Piece]]:
        """Yield all derived relationships, by what they are derived of, then by type, ends and days."""
        async for keys in self._keys():
            for some in _batches(keys, UNITS_AT_ONCE):
                values = {"units": some, "known_at": self.known_at}
                found = await self._database.read("read/pieces", statement("read/pieces"), values)
                pieces = (Piece(one["type"], one["start"], one["end"], native_values(one["fields"])) for one in found)
                yield sorted(pieces, key=_place)

    async def reached(self, keys: Iterable[str]) -> list[Record]:
        """Return the records with these keys, what they name, what that names and so on, in the order of keys."""
        found = dict[str, Record]()
        wanted = set(keys)
        while wanted:
            new = [one for some in _batches(sorted(wanted), PAGE) for one in await self._of(some)]
            found |= {record.key: record for record in new}
            wanted = {key for record in new for _, key, _ in references(record)} - found.keys()
        return [found[key] for key in sorted(found)]

    async def _keys(self) -> AsyncIterator[list[str]]:
        after = ""
        while True:
            values = {"after": after, "row_limit": PAGE}
            page = [record["key"] for record in await self._database.read("read/keys", statement("read/keys"), values)]
            if not page:
                return
            yield page
            after = page[-1]

    async def _of(self, keys: list[str]) -> list[Record]:
        versions = await self._records.versions(keys, self.known_at)
        return [record for key in sorted(versions) if (record := versions[key].record) is not None]


def _batches(keys: list[str], many: int) -> Iterable[list[str]]:
    return (keys[i : i + many] for i in range(0, len(keys), many))


def _place(piece: Piece) -> tuple[str, ...]:
    fields = piece.fields
    return (
        str(fields["unit"]),
        piece.type,
        str(fields.get("fact", "")),
        piece.start,
        piece.end,
        str(fields["holds_from"]),
    )
