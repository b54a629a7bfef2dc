"""What must hold of the graph after writing: it is what was acknowledged, all of it, and nothing else."""

from bisect import bisect_right
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from tests.writing.caller import Caller
from tests.writing.ledger import Ledger, instant_of
from tests.writing.workload import AGREEMENTS, GROUPS, counter_of, marks


async def audit_now(caller: Caller) -> None:
    """See that each group is whole and each counter right: the last acknowledged, and not one more."""
    instants = caller.ledger.instants()
    for group in GROUPS:
        last = max(instants[group.head])
        token = caller.ledger.tokens_of(group.number)[last]
        for key, label in group.keys.items():
            record = await caller.newest(f"/{label.lower()}s/{key}/record")
            assert (record["version"], marks(record)) == (last, {(group.number, token)}), f"{key} is not at {last}"
    for key in map(counter_of, AGREEMENTS):
        value = (await caller.newest(f"/terms/{key}/record"))["record"]["value"]
        assert int(value) == caller.ledger.raised[key], f"{key} says {value} after {caller.ledger.raised[key]}"


async def audit_history(caller: Caller) -> None:
    """See that the feed and each history hold what was acknowledged, one for one, and that every answer was true."""
    ledger = caller.ledger
    feed = await _feed(caller)
    told = [instant_of(one["known_at"]) for one in feed]
    assert all(earlier < later for earlier, later in pairwise(told)), "instants rise in the feed"
    assert told == sorted(done.instant for done in ledger.acknowledged), "the feed is not what was acknowledged"
    assert not ledger.out_of_order(), "instants rise in the order in which change sets were written"
    assert told[: len(ledger.followed)] == ledger.followed, "who followed the feed saw another"
    written = {done.instant: len(done.versions) for done in ledger.acknowledged}
    assert written == {instant_of(one["known_at"]): _size(one) for one in feed}
    await _see_histories(caller)
    _see_answers(ledger)


async def _feed(caller: Caller) -> list[dict[str, Any]]:
    found, asked = [], {"limit": "1000"}
    if caller.ledger.begun:
        asked["after"] = caller.ledger.begun.isoformat()
    while (page := await caller.get("/changes", params=asked)).json()["changes"]:
        found += page.json()["changes"]
        asked |= {"after": page.json()["next"]}
    return found


def _size(change_set: Mapping[str, Any]) -> int:
    return int(change_set["created"] + change_set["corrected"] + change_set["withdrawn"])


async def _see_histories(caller: Caller) -> None:
    tokens = {key: caller.ledger.tokens_of(group.number) for group in GROUPS for key in group.keys}
    for key, acknowledged in caller.ledger.instants().items():
        rows = [row async for row in _history(caller, key)]
        recorded = {row["version"]: instant_of(row["recorded_from"]) for row in rows}
        assert recorded == acknowledged, f"the history of {key} is not what was acknowledged"
        assert sorted(recorded) == [*range(1, len(rows) + 1)], f"the history of {key} has gaps"
        for row in rows if key in tokens else ():
            assert {token for _, token in marks(row["added"])} <= {tokens[key][row["version"]]}, row


async def _history(caller: Caller, key: str) -> AsyncIterator[Any]:
    response = await caller.get(f"/facts/{key}/history", params={"limit": "1000"})
    for row in response.json()["rows"]:
        yield row
    while "next" in response.links:
        response = await caller.get(response.links["next"]["url"])
        for row in response.json()["rows"]:
            yield row


def _see_answers(ledger: Ledger) -> None:
    """See that every answer showed the tokens that the history has at the answer's own instant."""
    instants = ledger.instants()
    for group in GROUPS:
        tokens = ledger.tokens_of(group.number)
        written: list[tuple[datetime, int]] = sorted((at, tokens[v]) for v, at in instants[group.head].items())
        days = [at for at, _ in written]
        for known_at, seen in ledger.seen:
            if group.number in seen:
                assert seen[group.number] == written[bisect_right(days, known_at) - 1][1], (known_at, seen)
