"""A service or the database is killed while many write: what was acknowledged is there once, nothing is half there."""

import asyncio
import os
from collections.abc import Callable
from contextlib import AsyncExitStack
from statistics import median
from time import monotonic

import pytest

from tests.writing.audit import audit_history, audit_now
from tests.writing.caller import Caller
from tests.writing.conftest import Show
from tests.writing.ledger import Ledger
from tests.writing.processes import System
from tests.writing.readers import Reader
from tests.writing.writers import Writer

KILLS = int(os.environ.get("FOEDUS_KILLS", "20"))
WRITERS, READERS = 8, 2
Kill = Callable[[], float]


def _kill_service(system: System, number: int) -> Kill:
    return system.services[number % len(system.services)].kill_and_restart


def _kill_database(system: System, _: int) -> Kill:
    return system.kill_database_and_restart


@pytest.mark.prove
@pytest.mark.parametrize(("killed", "kill"), [("service", _kill_service), ("database", _kill_database)])
async def test_what_was_acknowledged_is_there_once_after_a_kill(
    system: System, show: Show, killed: str, kill: Callable[[System, int], Kill]
) -> None:
    ledger, key = Ledger(), await system.make_key()
    back, written = list[float](), list[float]()
    async with AsyncExitStack() as opened:
        callers = [
            await opened.enter_async_context(Caller(system.urls, key, ledger, killed=True))
            for _ in range(WRITERS + READERS)
        ]
        await Writer(callers[0]).begin()
        await Reader(callers[0]).begin()
        for number in range(KILLS):
            began, answers = await _kill_in_the_middle(callers, kill(system, number))
            back.append(answers)
            written.append(min(done.answered for done in ledger.acknowledged if done.sent > began) - began)
            await audit_now(callers[0])
        await audit_history(callers[0])
    assert await system.underived() == (0, 0)
    figures = {
        "acknowledged change sets": len(ledger.acknowledged),
        "whole answers checked": len(ledger.seen),
        f"seconds until the {killed} answers again": _middle_and_most(back),
        "seconds until the next change set is acknowledged": _middle_and_most(written),
    }
    show(f"{KILLS} kills of the {killed} before {WRITERS} writers", figures | dict(ledger.counts))


async def _kill_in_the_middle(callers: list[Caller], kill: Kill) -> tuple[float, float]:
    """Kill while all write and read; return when, and after how many seconds what was killed is back.

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
        answers_after = await asyncio.to_thread(kill)
        # At least one of so many was sent after the kill.
        await _acknowledged(ledger, WRITERS + 1)
        stop.set()
    return began, answers_after


async def _acknowledged(ledger: Ledger, more: int) -> None:
    enough = len(ledger.acknowledged) + more
    while len(ledger.acknowledged) < enough:  # noqa: ASYNC110 - it is told by what all writers note
        await asyncio.sleep(0.01)


def _middle_and_most(seconds: list[float]) -> str:
    return f"{median(seconds):.1f} median, {max(seconds):.1f} at most"
