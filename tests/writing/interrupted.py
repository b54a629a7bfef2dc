"""What is written to breaks down in the middle; everybody goes on until it is back and what was sent is answered."""

import asyncio
from collections.abc import Callable
from time import monotonic

from tests.writing.caller import Caller
from tests.writing.ledger import Ledger
from tests.writing.readers import Reader
from tests.writing.writers import Writer

WRITERS, READERS = 8, 2
Interrupt = Callable[[], float]
"""Breaks something, and returns after how many seconds it is back."""


async def interrupted_in_the_middle(callers: list[Caller], interrupt: Interrupt) -> tuple[float, float]:
    """Interrupt while all write and read; return when, and after how many seconds what was interrupted is back.

    Then they go on for a while, and everybody until an answer came to what was sent.
    """
    stop, ledger = asyncio.Event(), callers[0].ledger
    async with asyncio.TaskGroup() as working:
        for caller in callers[:WRITERS]:
            working.create_task(Writer(caller).run(stop))
        for caller in callers[WRITERS:]:
            working.create_task(Reader(caller).run(stop))
        await _acknowledged(ledger, WRITERS)
        await asyncio.sleep(callers[0].chance.random() / 5)
        began = monotonic()
        answers_after = await asyncio.to_thread(interrupt)
        # At least one of so many was sent after the interruption.
        await _acknowledged(ledger, WRITERS + 1)
        stop.set()
    return began, answers_after


async def _acknowledged(ledger: Ledger, more: int) -> None:
    enough = len(ledger.acknowledged) + more
    while len(ledger.acknowledged) < enough:  # noqa: ASYNC110 - it is told by what all writers note
        await asyncio.sleep(0.01)
