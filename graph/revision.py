"""The last committed instant, as this process knows it: the newest state of knowledge that can be asked for.

What is known at an instant never changes, so whatever is kept is kept by it; only an erasure changes it. Who keeps
something is told of one here.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Protocol

from graph.database import BOOKMARKS, Database
from graph.errors import NotFoundError
from graph.statements import statement

NOTHING_YET = datetime(1, 1, 1, tzinfo=UTC)
OPEN_UNTIL = datetime(9999, 12, 31, tzinfo=UTC)
"""Until when a version that stands is recorded."""


class Knows(Protocol):
    """Who knows the newest state of knowledge, and how often something was erased."""

    @property
    def erasures(self) -> int:
        """How often something was erased."""
        ...

    def on_erasure(self, empty: Callable[[], None]) -> None:
        """Have this called whenever something was erased."""
        ...

    async def known_at(self, at_least: datetime | None = None) -> datetime:
        """Return its instant, which is no earlier than `at_least` where that is committed."""
        ...


@dataclass(frozen=True)
class Fixed:
    """Knows one instant, whatever is written or erased meanwhile."""

    instant: datetime
    erasures: int = 0

    def on_erasure(self, empty: Callable[[], None]) -> None:
        """Do nothing: who asks for one instant is gone before anything is erased."""

    async def known_at(self, at_least: datetime | None = None) -> datetime:
        """Return it."""
        del at_least
        return self.instant


class Revision:
    """Keeps the instant for a short while, so that an answer stays one query; own writes are known at once."""

    def __init__(self, database: Database, keep_ms: int) -> None:
        self._database = database
        self._keep = keep_ms / 1000
        self._known_at = NOTHING_YET
        self._read_at = self._began = float("-inf")
        self._reading: asyncio.Task[None] | None = None
        self._emptied: list[Callable[[], None]] = []
        self.erasures = 0

    def on_erasure(self, empty: Callable[[], None]) -> None:
        """Have this called whenever something was erased, here or by another process: it empties what was kept."""
        self._emptied.append(empty)

    def note(self, instant: datetime, erasures: int = 0) -> None:
        """Take over the instant of a change set this process has just committed, and how many erasures there are."""
        self._known_at = max(self._known_at, instant)
        if erasures > self.erasures:
            self.erasures = erasures
            for empty in self._emptied:
                empty()

    def forget(self) -> None:
        """Drop what is kept, as after the database was emptied from outside."""
        self._known_at, self._read_at, self.erasures = NOTHING_YET, float("-inf"), 0

    async def known_at(self, at_least: datetime | None = None) -> datetime:
        """Return the instant, read again when what is kept is too old or older than `at_least`."""
        if BOOKMARKS.get():
            # By itself: what this request alone has seen must neither hold up nor fail those who wait for the same.
            await self._read_again()
        elif monotonic() - self._read_at >= self._keep:
            await self._refresh()
        if at_least is not None and self._known_at < at_least:
            await self._read_again()
        return self._known_at

    async def recorded(self) -> datetime:
        """Return the instant. Raises NotFoundError when nothing is recorded yet."""
        newest = await self.known_at()
        if newest == NOTHING_YET:
            raise NotFoundError("Nothing is recorded yet.", "`foedus load` loads the shipped case.")
        return newest

    async def _refresh(self) -> None:
        """Read it again; who comes while it is being read waits for the same, unless that began too long ago."""
        if self._reading is None or monotonic() - self._began >= self._keep:
            self._began = monotonic()
            self._reading = asyncio.create_task(self._read_again())
            # When all who waited have gone, nobody else looks at what went wrong.
            self._reading.add_done_callback(lambda task: task.cancelled() or task.exception())
        # One who goes away does not take it from those who wait for it too.
        await asyncio.shield(self._reading)

    async def _read_again(self) -> None:
        began = monotonic()
        (record,) = await self._database.read("read/known_at", statement("read/known_at"))
        self.note(native(record["known_at"]), record["erasures"])
        self._read_at = max(self._read_at, began)


def native(instant: object) -> datetime:
    """Turn the driver's instant into Python's, in UTC."""
    found = instant.to_native() if hasattr(instant, "to_native") else instant
    assert isinstance(found, datetime)  # noqa: S101 - the schema stores nothing else there
    return found.astimezone(UTC)
