"""The feed: every change set that wrote something, in order, with what it wrote."""

from datetime import datetime

from graph.database import REQUEST_ID
from graph.graph import Graph
from graph.model.changes import Change, Withdraw, Written
from graph.model.entities import State
from graph.revision import NOTHING_YET
from tests.graph.writes import BASE, change, meeting, puts


async def test_change_sets_are_told_in_order_and_a_page_at_a_time(empty_graph: Graph) -> None:
    token = REQUEST_ID.set("a request")
    first = await empty_graph.writer.apply(puts(*BASE, meeting(), key="one"))
    REQUEST_ID.reset(token)
    await empty_graph.writer.apply(puts(*BASE, key="two"))
    second = await empty_graph.writer.apply(change(Withdraw(key="meeting", reason="Twice.", replaced_by="T")))
    third = await empty_graph.writer.apply(puts(State(key="RUS", name="x"), State(key="SUN", name="y")))

    async def told(after: datetime, until: datetime, limit: int = 10) -> list[datetime]:
        return [one.receipt.known_at for one in await empty_graph.feed.after(after, until, limit)]

    instants = [receipt.known_at for receipt in (first, second, third)]
    assert await told(NOTHING_YET, third.known_at) == instants
    assert await told(NOTHING_YET, third.known_at, limit=2) == instants[:2]
    assert await told(first.known_at, second.known_at) == instants[1:2]
    assert await told(third.known_at, third.known_at) == []

    entry = await empty_graph.feed.at(first.known_at)
    assert entry is not None
    assert (entry.author, entry.reason, entry.request_id, entry.receipt) == ("a test", "to see", "a request", first)
    assert await empty_graph.feed.at(NOTHING_YET) is None


async def test_what_a_change_set_wrote_is_told_by_key(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE, meeting()))
    withdrawal = Withdraw(key="meeting", reason="Twice.", replaced_by="T")
    receipt = await empty_graph.writer.apply(
        change(withdrawal, *puts(State(key="RUS", name="x"), State(key="SUN", name="y")).operations)
    )
    told = await empty_graph.feed.written(receipt.known_at)
    assert [one.written for one in told] == [
        Written("RUS", "State", 2, Change.CORRECTED),
        Written("SUN", "State", 1, Change.CREATED),
        Written("meeting", "Event", 2, Change.WITHDRAWN),
    ]
    assert [(one.reason, one.replaced_by) for one in told] == [(None, None), (None, None), ("Twice.", "T")]
