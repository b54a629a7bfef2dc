"""How long something may take, and how much of it may go on at once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from graph.errors import DatabaseBusyError, QueryTimeoutError


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """Give up on a database that no longer answers at all; one that does keeps its own, shorter limit."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise QueryTimeoutError("The database did not answer in time.", "Ask again later.") from None


class Places:
    """So many at once and no more; whoever comes then is told to come again."""

    def __init__(self, number: int, what: str) -> None:
        self._free = number
        self._what = what

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Take a place for a block. Raises DatabaseBusyError when there is none."""
        if not self._free:
            raise DatabaseBusyError(f"No more {self._what} are answered at once.", "Ask again in a moment.")
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1
