"""What an import asks the graph: which codes stand for what, what a source has stated so far, and how far it came.

`Trial` takes the place of the writer in a dry run: it holds change sets against the graph and writes nothing.
"""

from collections.abc import AsyncIterator
from typing import Any

from graph.codes import Code, read_codes
from graph.database import Database
from graph.differences import Recorded, compare
from graph.model.changes import ChangeSet, Put, Receipt
from graph.recorded import Records, Version
from graph.revision import OPEN_UNTIL, Revision
from graph.statements import statement
from graph.transaction import BATCH, keys_of, recorded_of

PAGE = 10_000


class ImportReads:
    """Reads of one graph, each as of the newest state of knowledge."""

    def __init__(self, database: Database, revision: Revision) -> None:
        self._database, self._revision = database, revision

    async def codes(self) -> list[Code]:
        """Return all codes."""
        return await read_codes(self._database, await self._revision.known_at())

    async def version(self, key: str) -> Version | None:
        """Return the version of a thing that stands; None when nothing is recorded under the key."""
        return await Records(self._database).version(key, await self._revision.known_at())

    async def stated(self, source: str) -> AsyncIterator[tuple[str, bool]]:
        """Yield the key of each fact that a source states, and whether no other does."""
        async for row in self._pages("import/attested", source=source):
            yield row

    async def described(self, prefix: str) -> AsyncIterator[tuple[str, bool]]:
        """Yield the key of each entity whose key begins so."""
        async for row in self._pages("import/described", prefix=prefix):
            yield row

    async def _pages(self, name: str, **values: Any) -> AsyncIterator[tuple[str, bool]]:
        after, known_at = "", await self._revision.known_at()
        while True:
            asked = values | {"after": after, "known_at": known_at, "limit": PAGE}
            (page,) = await self._database.read(name, statement(name), asked)
            for keys, alone in ((page["alone"], True), (page["shared"], False)):
                for key in keys:
                    yield key, alone
            if len(page["alone"]) + len(page["shared"]) < PAGE:
                return
            after = max(*page["alone"][-1:], *page["shared"][-1:], "")


class Trial:
    """Takes change sets as the writer does and says what each would come to; nothing is written.

    What one of them would put the next may name. Whether something withdrawn is still named is not looked at.
    """

    def __init__(self, database: Database, revision: Revision) -> None:
        self._database, self._revision = database, revision
        self._put: dict[str, Recorded] = {}

    async def apply(self, change_set: ChangeSet) -> Receipt:
        """Return what a change set would come to. Raises InputError with every problem found, or StaleVersionError."""
        keys = sorted({key for one in change_set.operations for key in keys_of(one)} - self._put.keys())
        found = dict(self._put)
        for i in range(0, len(keys), BATCH):
            values = {"keys": keys[i : i + BATCH], "open": OPEN_UNTIL}
            (row,) = await self._database.read("import/trial", statement("write/current"), values)
            found |= dict(map(recorded_of, row["recorded"]))
        difference = compare(change_set, found)
        self._put |= {
            one.key: Recorded(frozenset((*one.record.thing_labels, one.record.version_label)), 1, "", withdrawn=False)
            for one in change_set.operations
            if isinstance(one, Put)
        }
        return difference.receipt(await self._revision.known_at())
