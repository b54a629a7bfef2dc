"""What `foedus serve` loads behind the answers, each part in a process of its own, so that answers stay quick.

Called by the command; the health routes and a header of every answer tell what is still to come.
"""

import asyncio
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any

LOG = logging.getLogger("foedus.loading")
GOODBYE_SECONDS = 2
SHIPPED = "shipped"
"""The part that is the case, and the world's states and officials; the others are data sets."""
Work = Callable[[], Coroutine[Any, Any, None]]


class Loading:
    """`foedus load` beside the service, part by part; each finds the same database by the same settings.

    Loading what is there already writes nothing, so every start may do it, and one that was stopped is gone on with.
    Where there are no parts, only what comes before and after is done.
    """

    def __init__(self, parts: Sequence[str] = ()) -> None:
        self._parts = tuple(parts)
        self.remaining: tuple[str, ...] = ()
        """What is being loaded, and what comes after it."""
        self._task: asyncio.Task[None] | None = None

    def start(self, after: Work, then: Work) -> None:
        """Begin once something else is done, do another thing when it is loaded, and return at once."""
        self.remaining = self._parts
        self._task = asyncio.create_task(self._load(after, then))

    async def stop(self) -> None:
        """End it, wherever it is; does nothing when it has ended."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _load(self, after: Work, then: Work) -> None:
        await after()
        # What comes after rests on what comes before, so nothing follows what failed, and that stays named.
        while self.remaining and await _run(self.remaining[0]):
            self.remaining = self.remaining[1:]
        await then()


def still_to_come(app: Any) -> tuple[str, ...]:
    """Return the parts of what foedus ships that an app's graph lacks, since they are being loaded, or could not be."""
    loading: Loading | None = getattr(app.state, "loading", None)
    return loading.remaining if loading is not None else ()


async def _run(part: str) -> bool:
    """Load a part, and return whether all of it is there."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "service.cli", "load", part, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, limit=2**20
    )
    try:
        return await _told(process, part)
    finally:
        await _ended(process)


async def _told(process: Process, part: str) -> bool:
    """Pass on what it says, and whether it failed."""
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    async for line in process.stdout:
        LOG.info("%s", line.decode(errors="replace").rstrip())
    if failed := await process.wait():
        LOG.error("%s is not loaded whole; `foedus load %s` tries again, and so does the next start.", part, part)
    return not failed


async def _ended(process: Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), GOODBYE_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
