"""A service or the database is killed while many write: what was acknowledged is there once, nothing is half there."""

import os
from collections.abc import Callable
from statistics import median

import pytest

from tests.writing.audit import audit_history, audit_now
from tests.writing.beginning import begun
from tests.writing.conftest import Show
from tests.writing.interrupted import READERS, WRITERS, Interrupt, interrupted_in_the_middle
from tests.writing.ledger import Ledger
from tests.writing.processes import System

KILLS = int(os.environ.get("FOEDUS_KILLS", "20"))


def _kill_service(system: System, number: int) -> Interrupt:
    return system.services[number % len(system.services)].kill_and_restart


def _kill_database(system: System, _: int) -> Interrupt:
    return system.kill_database_and_restart


@pytest.mark.prove
@pytest.mark.parametrize(("killed", "kill"), [("service", _kill_service), ("database", _kill_database)])
async def test_what_was_acknowledged_is_there_once_after_a_kill(
    system: System, show: Show, killed: str, kill: Callable[[System, int], Interrupt]
) -> None:
    ledger, key = Ledger(), await system.make_key()
    back, written = list[float](), list[float]()
    async with begun(system.urls, key, ledger, WRITERS + READERS, killed=True) as callers:
        for number in range(KILLS):
            began, answers = await interrupted_in_the_middle(callers, kill(system, number))
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


def _middle_and_most(seconds: list[float]) -> str:
    return f"{median(seconds):.1f} median, {max(seconds):.1f} at most"
