"""The only way anything is written: a change set, in one transaction, one writer at a time.

The transaction takes the graph's lock, compares with what is recorded, refuses the whole set with every problem listed
or writes all of it, derives what follows, and ends with the instant from which it can be read.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from neo4j import AsyncManagedTransaction

from graph.database import REQUEST_ID, Database
from graph.model.changes import ChangeSet, Outcome, Receipt
from graph.revision import Revision
from graph.transaction import Done, Locked

T = TypeVar("T")
Build = Callable[[Locked], Awaitable[ChangeSet]]
"""Makes a change set of what is recorded, inside the transaction that writes it."""


@dataclass(frozen=True)
class Wish:
    """A change set to come: how it is built, and the digest of what was asked for, to tell replay from misuse."""

    build: Build
    digest: str
    idempotency_key: str | None = None

    @classmethod
    def of(cls, change_set: ChangeSet) -> "Wish":
        """Wish for a change set that is there already."""

        async def build(_: Locked) -> ChangeSet:
            return change_set

        # Only who gives a key can come again with it, and telling a large one apart takes a while.
        digest = change_set.digest() if change_set.idempotency_key else ""
        return cls(build, digest, change_set.idempotency_key)


class Writer:
    """Applies change sets to one database."""

    def __init__(self, database: Database, revision: Revision) -> None:
        self._database = database
        self._revision = revision

    async def apply(self, change_set: ChangeSet) -> Receipt:
        """Write a change set, all of it or nothing, and return what became of it.

        What is recorded already is left alone; when nothing changes there is no new instant. The same idempotency key
        with the same body gives the first receipt again. Raises InputError with every problem found, StaleVersionError,
        ReplayedKeyError, or an error of the database.
        """
        return (await self.write(Wish.of(change_set), warn=False)).receipt

    async def write(self, wish: Wish, *, warn: bool = True) -> Outcome:
        """Do the same for a change set that is built in the transaction, and tell all of it."""

        async def work(tx: AsyncManagedTransaction) -> tuple[Outcome, bool]:
            locked = await Locked.begin(tx, wish.idempotency_key)
            if before := await locked.replayed(wish.digest):
                return before, False
            change_set = await wish.build(locked)
            outcome = (await locked.carry_out(change_set, warn=warn)).outcome
            if not outcome.receipt.changed and not wish.idempotency_key:
                return outcome, False
            named = change_set.model_copy(update={"idempotency_key": wish.idempotency_key})
            await locked.finish(outcome, named, body=wish.digest, request_id=REQUEST_ID.get())
            return outcome, True

        made = await self._database.write("write", work)
        self._revision.note(made.answer.receipt.known_at)
        return replace(made.answer, bookmark=made.bookmark)

    async def rehearse(self, build: Build, look: Callable[[Locked, Done], Awaitable[T]]) -> T:
        """Write a change set, look at the graph as it then is, and roll everything back; return what was seen.

        Nobody else writes meanwhile.
        """

        async def work(tx: AsyncManagedTransaction) -> tuple[T, bool]:
            locked = await Locked.begin(tx)
            done = await locked.carry_out(await build(locked), tell_pieces=True)
            return await look(locked, done), False

        return (await self._database.write("rehearse", work)).answer

    async def preview(self, build: Build) -> Done:
        """Return what a change set would write and what would follow from it; nothing remains."""

        async def look(_: Locked, done: Done) -> Done:
            return done

        return await self.rehearse(build, look)

    async def rebuild(self) -> Receipt:
        """Derive everything anew, as after a change of the rules; what is right already is left alone.

        What is derived otherwise is closed and opened at a new instant, so that earlier answers stay what they were.
        """

        async def work(tx: AsyncManagedTransaction) -> tuple[Receipt, bool]:
            locked = await Locked.begin(tx)
            receipt = await locked.rebuild()
            if receipt.known_at == locked.known_at:
                return receipt, False
            told = ChangeSet(author="foedus", reason="What is derived follows the facts anew.", operations=())
            await locked.finish(Outcome(receipt), told, body="rebuild")
            return receipt, True

        receipt = (await self._database.write("rebuild", work)).answer
        self._revision.note(receipt.known_at)
        return receipt

    async def underived(self) -> tuple[int, int]:
        """Count the derived relationships that a rebuild would close and open: zero and zero where all is right."""

        async def work(tx: AsyncManagedTransaction) -> tuple[Receipt, bool]:
            return await (await Locked.begin(tx)).rebuild(), False

        receipt = (await self._database.write("count", work)).answer
        return receipt.derived_closed, receipt.derived_opened
