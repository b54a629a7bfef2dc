"""How long something may take, and how much of it may go on at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import Message, Send

from graph.errors import DatabaseBusyError, QueryTimeoutError


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """Give up on a database that no longer answers at all; one that does keeps its own, shorter limit."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise QueryTimeoutError("The database did not answer in time.", "Ask again later.") from None


def soon(send: Send, seconds: float) -> Send:
    """Return what sends as before, and raises TimeoutError when the client takes nothing for so long.

    It has gone then as far as others are concerned, who wait for its place.
    """

    async def send_soon(message: Message) -> None:
        async with asyncio.timeout(seconds):
            await send(message)

    return send_soon


class Places:
    """So many at once and no more; whoever comes then waits some seconds, and is told to come again."""

    def __init__(self, number: int, seconds: float, what: str) -> None:
        self._free = asyncio.Semaphore(number)
        self._seconds = seconds
        self._what = what

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Take a place for a block. Raises DatabaseBusyError when there is none."""
        try:
            await asyncio.wait_for(self._free.acquire(), self._seconds)
        except TimeoutError:
            raise DatabaseBusyError(f"No more {self._what} are answered at once.", "Ask again in a moment.") from None
        try:
            yield
        finally:
            self._free.release()
