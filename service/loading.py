"""What `foedus serve` loads behind the answers: the shipped world, in a process of its own, so that answers stay quick.

Called by the command; the health routes tell how it stands.
"""

import asyncio
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

LOG = logging.getLogger("foedus.loading")
GOODBYE_SECONDS = 2
Work = Callable[[], Coroutine[Any, Any, None]]


class Loading:
    """One `foedus load` beside the service; it finds the same database by the same settings.

    Loading what is there already writes nothing, so every start may do it, and one that was stopped is gone on with.
    Where nothing shipped is wanted, only what comes before and after is done.
    """

    def __init__(self, shipped: bool = True) -> None:
        self._shipped = shipped
        self.going_on = False
        self._task: asyncio.Task[None] | None = None

    def start(self, after: Work, then: Work) -> None:
        """Begin once something else is done, do another thing when it is loaded, and return at once."""
        self.going_on = True
        self._task = asyncio.create_task(self._load(after, then))

    async def stop(self) -> None:
        """End it, wherever it is; does nothing when it has ended."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _load(self, after: Work, then: Work) -> None:
        try:
            await after()
            if self._shipped:
                await _run()
        finally:
            self.going_on = False
        await then()


async def _run() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "service.cli", "load", stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
    )
    try:
        await _told(process)
    finally:
        await _ended(process)


async def _told(process: Process) -> None:
    """Pass on what it says, and whether it failed."""
    assert process.stderr is not None  # noqa: S101 - it is a pipe
    async for line in process.stderr:
        LOG.info("%s", line.decode(errors="replace").rstrip())
    if await process.wait():
        LOG.error("The shipped world is not loaded whole; `foedus load` tries again, and so does the next start.")


async def _ended(process: Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), GOODBYE_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
