"""Names turned into keys while others ask and write."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from graph.graph import Graph
from graph.resolver import Resolver

EARLIER, LATER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
DAY = date(2026, 1, 3)


async def test_a_look_up_that_a_write_overtakes_says_nothing_of_the_state_after_it(empty_graph: Graph) -> None:
    goes_on = asyncio.Event()

    async def find_state(_: str, __: date, known_at: datetime) -> list[Mapping[str, Any]]:
        if known_at == EARLIER:
            await goes_on.wait()
        return [{"state": f"then-{known_at.day}", "name": "A state", "matched_by": "name", "rank": 5}]

    resolver = Resolver(empty_graph.database, find_state)

    async def resolved(known_at: datetime) -> str:
        found = await resolver.resolve({"state": "state"}, {"state": "A state"}, DAY, (known_at,))
        return str(found["state"])

    overtaken = asyncio.create_task(resolved(EARLIER))
    await asyncio.sleep(0)
    # Another text, so that the later state has nothing of its own about this one yet.
    await resolver.resolve({"state": "state"}, {"state": "Another"}, DAY, (LATER,))
    goes_on.set()
    assert await overtaken == "then-1"
    assert await resolved(LATER) == "then-2"
