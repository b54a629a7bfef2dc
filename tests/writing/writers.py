"""Those who write: groups of facts, counters, undoings, merges and dry runs, again and again over the same records."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx

from tests.writing.caller import Caller
from tests.writing.ledger import Acknowledged
from tests.writing.workload import AGREEMENTS, GROUPS, HOLDER, beginning, counter_of, double

REFUSED = {409, 412}
"""Somebody else was first."""
SOMETIMES = 0.05
_JSON = {"Content-Type": "application/json"}
_MERGE_PATCH = {"Content-Type": "application/merge-patch+json"}


class Writer:
    """Writes through a caller, and notes what was acknowledged."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._ledger = caller.ledger
        self._chance = caller.chance

    async def begin(self) -> None:
        """Write what is there before all others write, and something in each way, which the database plans then."""
        assert await self._write("POST", "/change-sets", beginning())
        for group in GROUPS:
            assert await self._write("POST", "/change-sets", group.change_set(1, 0))
            self._ledger.tokens[group.number] = {1: 1}
        for way in self._ways():
            await way()

    async def run(self, stop: asyncio.Event) -> None:
        """Write until told to stop; what was begun is brought to its end."""
        while not stop.is_set():
            (way,) = self._chance.choices(self._ways(), weights=[65, 25, 5, 5])
            await way()

    def _ways(self) -> list[Callable[[], Awaitable[None]]]:
        return [self._raise_token, self._count, self._merge, self._try]

    async def _raise_token(self) -> None:
        group = self._chance.choice(GROUPS)
        version = (await self._caller.newest(f"/acts/{group.head}/record"))["version"]
        done = await self._write("POST", "/change-sets", group.change_set(version + 1, version))
        if done is None:
            return
        self._ledger.tokens[group.number][version + 1] = version + 1
        if self._chance.random() < SOMETIMES and await self._undo(done):
            self._ledger.undone.setdefault(group.number, set()).add(version + 2)

    async def _count(self) -> None:
        key = counter_of(self._chance.choice(AGREEMENTS))
        now = await self._caller.newest(f"/terms/{key}/record")
        value, headers = str(int(now["record"]["value"]) + 1), {"If-Match": f'"{now["version"]}"'}
        if self._chance.random() < 0.5:
            done = await self._write("PATCH", f"/terms/{key}", {"value": value}, _MERGE_PATCH | headers)
        else:
            done = await self._write("PUT", f"/terms/{key}", now["record"] | {"value": value}, headers)
        if done:
            self._ledger.raised[key] += 1

    async def _merge(self) -> None:
        """Make an official of the same name, merge the two, and part them again."""
        key = f"soak.double.{uuid4().hex}"
        assert await self._write("POST", "/change-sets", double(key))
        merging = {"into": HOLDER, "reason": "They are one."}
        merged = await self._write("POST", f"/officials/{key}/merge", merging, {"If-Match": '"1"'})
        assert merged
        assert await self._undo(merged), "nothing came after"

    async def _undo(self, done: Acknowledged) -> Acknowledged | None:
        path = f"/change-sets/{quote(done.instant.isoformat())}/undo"
        return await self._write("POST", path, {"reason": "It was a mistake."})

    async def _try(self) -> None:
        """Write nothing, but do all of it."""
        group = self._chance.choice(GROUPS)
        version = (await self._caller.newest(f"/acts/{group.head}/record"))["version"]
        tried = group.change_set(0, version)
        response = await self._caller.ask("POST", "/change-sets", params={"dry_run": "true"}, json=tried)
        if self._accepted(response):
            assert response.json()["corrected"] == len(tried["operations"])

    async def _write(
        self, method: str, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> Acknowledged | None:
        """Send one change set, sometimes twice, and note its receipt; None where somebody else was first.

        It is sent with a key of its own, so that to send it again, or twice at once, writes once.
        """
        named = _JSON | dict(headers or {}) | {"Idempotency-Key": uuid4().hex}

        async def send() -> httpx.Response:
            return await self._caller.ask(method, path, json=body, headers=named)

        sent = monotonic()
        answers = await asyncio.gather(*(send() for _ in range(1 + self._by_chance("sent twice"))))
        answered = monotonic()
        if self._by_chance("sent again"):
            answers.append(await send())
        assert len({answer.content for answer in answers}) == 1 or not answers[0].is_success, [a.text for a in answers]
        if not all(self._accepted(answer) for answer in answers):
            return None
        return self._ledger.acknowledge(sent, answered, answers[0].json())

    def _by_chance(self, what: str) -> bool:
        found = self._chance.random() < SOMETIMES
        self._ledger.counts[what] += found
        return found

    def _accepted(self, response: httpx.Response) -> bool:
        if response.status_code in REFUSED:
            self._ledger.counts["409 or 412"] += 1
            return False
        assert response.is_success, f"{response.request.url}: {response.status_code} {response.text}"
        return True
