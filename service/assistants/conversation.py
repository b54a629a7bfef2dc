"""Lines to and from a client at two file descriptors, which may end at any moment, whoever ends it.

`server` gives it to the SDK, whose own files are read and written in threads that a process waits for at its end: until
the client says one thing more.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
CHUNK = 65_536
GOODBYE_SECONDS = 1.0
"""So long a client may take for what is still to be told when the conversation ends."""


class Conversation:
    """What a client says, line by line, and what is said to it."""

    def __init__(self, source: int, target: int) -> None:
        self._source, self._target = source, target
        self._reading: asyncio.Future[bytes] | None = None
        self._writing: asyncio.Future[None] | None = None
        self._ended = self._over = False

    async def __aiter__(self) -> AsyncIterator[str]:
        """Yield the client's lines until it ends, or `end` is called."""
        rest = b""
        while chunk := await self._read():
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                yield line.decode(errors="replace")
        self.end()

    def end(self) -> None:
        """Hear nothing more, and soon say nothing more."""
        self._ended = True
        if self._reading is not None and not self._reading.done():
            self._reading.set_result(b"")
        asyncio.get_running_loop().call_later(GOODBYE_SECONDS, self._give_up)

    async def write(self, text: str) -> None:
        """Say something, and return when it is taken; a client that is gone takes nothing, and ends it."""
        if self._over:
            return
        self._writing = beside(partial(_write, self._target, text.encode()))
        try:
            await self._writing
        except OSError:
            self._over = True
            self.end()

    async def flush(self) -> None:
        """Do nothing: what is said is kept back nowhere."""

    async def _read(self) -> bytes:
        if self._ended:
            return b""
        self._reading = beside(partial(os.read, self._source, CHUNK))
        return await self._reading

    def _give_up(self) -> None:
        self._over = True
        if self._writing is not None and not self._writing.done():
            self._writing.set_exception(TimeoutError())


def beside(work: Callable[[], T]) -> "asyncio.Future[T]":
    """Do what may never return in a thread for which the process does not wait. Raises OSError when that does."""
    loop = asyncio.get_running_loop()
    made: asyncio.Future[T] = loop.create_future()

    def settle(set_it: Callable[..., None], to: object) -> None:
        if not made.done():
            set_it(to)

    def run() -> None:
        try:
            settled = partial(settle, made.set_result, work())
        except OSError as error:
            settled = partial(settle, made.set_exception, error)
        # The loop is closed when nobody waits any more.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settled)

    Thread(target=run, daemon=True).start()
    return made


def _write(target: int, content: bytes) -> None:
    while content:
        content = content[os.write(target, content) :]
