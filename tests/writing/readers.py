"""Those who read while others write: every answer is checked by what it shows of each group, and noted."""

import asyncio

from tests.writing.caller import KNOWN_AT, Caller
from tests.writing.ledger import instant_of
from tests.writing.workload import Read, reads, tokens_of


class Reader:
    """Asks questions through a caller."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._ledger = caller.ledger

    async def run(self, stop: asyncio.Event) -> None:
        """Ask until told to stop."""
        asked = reads()
        while not stop.is_set():
            await self._ask(self._caller.chance.choice(asked))

    async def begin(self) -> None:
        """Ask everything once, which the database plans then."""
        for read in reads():
            await self._ask(read)

    async def follow(self, stop: asyncio.Event) -> None:
        """Follow the feed until told to stop."""
        asked = {"limit": "50"}
        while not stop.is_set():
            page = (await self._caller.get("/changes", params=asked)).json()
            self._ledger.followed += [instant_of(one["known_at"]) for one in page["changes"]]
            asked |= {"after": page["next"]} if page["next"] else {}
            await asyncio.sleep(0 if page["changes"] else 0.05)

    async def _ask(self, read: Read) -> None:
        """Ask one question to its end, each page of any service; sometimes for no less than what was acknowledged."""
        least = self._ledger.newest if self._caller.chance.random() < 0.5 else None
        headers = {KNOWN_AT: least.isoformat()} if least else {}
        response = await self._caller.get(read.path, params=read.asked, headers=headers)
        page = response.json()
        known_at, rows = page["known_at"], page["rows"]
        while page["next"]:
            response = await self._caller.get(response.links["next"]["url"])
            page = response.json()
            assert page["known_at"] == known_at, f"{read.path} has pages of two states of knowledge"
            rows += page["rows"]
        instant = instant_of(known_at)
        assert least is None or instant >= least, f"{read.path} is of {instant}, before {least}"
        self._ledger.seen.append((instant, tokens_of(read, rows)))
