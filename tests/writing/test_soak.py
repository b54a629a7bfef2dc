"""Eight write and eight read at once for two minutes, through two services: nothing is lost, and nothing is torn."""

import asyncio
import os

import pytest

from tests.writing.audit import audit_history, audit_now
from tests.writing.beginning import begun
from tests.writing.caller import Caller
from tests.writing.conftest import Show
from tests.writing.ledger import Ledger, in_milliseconds
from tests.writing.processes import System
from tests.writing.readers import Reader
from tests.writing.writers import Writer

SECONDS = float(os.environ.get("FOEDUS_SOAK_SECONDS", "120"))
WRITERS, READERS = 8, 8


@pytest.mark.prove
async def test_nothing_is_lost_or_torn_while_many_write_and_read(system: System, show: Show) -> None:
    ledger, key = Ledger(), await system.make_key()
    async with begun(system.urls, key, ledger, WRITERS + READERS + 1) as callers:
        before = len(ledger.acknowledged)
        await _go_on(callers)
        for_each_second = (len(ledger.acknowledged) - before) / SECONDS
        await audit_now(callers[0])
        await audit_history(callers[0])
    assert await system.underived() == (0, 0)
    latencies = [done.answered - done.sent for done in ledger.acknowledged[before:]]
    figures = {
        "acknowledged change sets": f"{len(latencies)}, {for_each_second:.1f} a second",
        "write latency": in_milliseconds(latencies),
        "whole answers checked": f"{len(ledger.seen)}, {len(ledger.seen) / SECONDS:.1f} a second",
        "change sets followed": len(ledger.followed),
    }
    show(f"{WRITERS} writers, {READERS} readers, {SECONDS:.0f} seconds", figures | dict(ledger.counts))


async def _go_on(callers: list[Caller]) -> None:
    stop = asyncio.Event()
    follower, *others = callers
    async with asyncio.TaskGroup() as working:
        working.create_task(Reader(follower).follow(stop))
        for caller in others[:WRITERS]:
            working.create_task(Writer(caller).run(stop))
        for caller in others[WRITERS:]:
            working.create_task(Reader(caller).run(stop))
        await asyncio.sleep(SECONDS)
        stop.set()
