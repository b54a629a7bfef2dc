"""One transaction of the writer, step by step: the lock, what is recorded, what is written, and what follows.

Used by the writer, and by what builds change sets from what is recorded (`undoing`, `merging`). It is the only code
that runs the statements of `cypher/write/`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from neo4j import AsyncManagedTransaction, Record

from graph.database import InTransaction, Many
from graph.derivation import Derived, PieceChange, all_units, derive_units, foreseen, open_pieces, touched_units
from graph.differences import Difference, Recorded, compare, still_named
from graph.disputes import disputes_of
from graph.erasures import see_that_not_erased
from graph.errors import FoedusError, ReplayedKeyError
from graph.model.changes import MOST_WARNINGS, Change, ChangeSet, Outcome, Put, Receipt, Withdraw
from graph.model.records import Record as FoedusRecord
from graph.recorded import Version, version_of, written
from graph.revision import OPEN_UNTIL, native
from graph.statements import statement
from graph.units import brought_whole

BATCH = 1000
T = TypeVar("T")


@dataclass(frozen=True)
class Done:
    """What a change set came to inside its transaction; `pieces` is what derived relationships it moves, if asked."""

    outcome: Outcome
    pieces: tuple[PieceChange, ...] = ()


class Locked:
    """A transaction that holds the lock of all writers: nobody else writes until it ends.

    `known_at` is the newest state of knowledge before it, `recorded_at` the one that it would make readable.
    """

    def __init__(self, tx: AsyncManagedTransaction, begun: Record) -> None:
        self.tx = tx
        self.known_at, self.recorded_at = native(begun["known_at"]), native(begun["recorded_at"])
        self._begun = begun

    @classmethod
    async def begin(cls, tx: AsyncManagedTransaction, idempotency_key: str | None = None) -> "Locked":
        """Wait for the lock, and take it."""
        return cls(tx, await _single(tx, "write/begin", idempotency_key=idempotency_key or ""))

    async def replayed(self, body: str) -> Outcome | None:
        """Return what the idempotency key led to before; None when it is new.

        Raises ReplayedKeyError when it came with another body.
        """
        if self._begun["body"] is None:
            return None
        if self._begun["body"] != body:
            raise ReplayedKeyError(
                "This idempotency key was used before with another change set.", "Use a new key for a new change set."
            )
        outcome = Outcome.again(self._begun["answer"])
        if not outcome.receipt.changed:
            return outcome
        result = await self.tx.run(statement("read/written"), recorded_at=outcome.receipt.known_at)
        return replace(outcome, versions=tuple([written(record) async for record in result]))

    async def versions(self, keys: Sequence[str]) -> dict[str, Version]:
        """Return the current version of each of these keys that is recorded."""
        found = dict[str, Version]()
        for some in _batches(sorted(set(keys))):
            result = await self.tx.run(statement("read/versions"), keys=some, known_at=self.known_at)
            found |= {record["key"]: version_of(record) async for record in result}
        return found

    async def referrers(self, keys: Sequence[str]) -> dict[str, list[str]]:
        """Return the keys of current versions that name each of these keys, by a link or inside one."""
        result = await self.tx.run(statement("write/referrers"), keys=list(keys), open=OPEN_UNTIL)
        return {record["key"]: record["referrers"] async for record in result}

    async def carry_out(self, change_set: ChangeSet, *, warn: bool = True, tell_pieces: bool = False) -> Done:
        """Write a change set and what follows from it. Raises InputError, or StaleVersionError, and writes nothing.

        Where nothing differs nothing is written, and the receipt is of the state of knowledge before. With `warn` the
        disputes are told in which something written is a side.
        """
        if self._begun["erasures"]:
            await see_that_not_erased(self.tx, change_set)
        difference = compare(change_set, await self._recorded(change_set))
        if not difference.open:
            return Done(Outcome(Receipt(self.known_at, unchanged=difference.unchanged)))
        await self._see_unnamed(change_set)
        written = {one.key for one in difference.written}
        records = {one.key: one.record for one in change_set.operations if isinstance(one, Put) and one.key in written}
        derived = await self._write_and_derive(difference, records, tell=tell_pieces)
        receipt = difference.receipt(self.recorded_at, derived_opened=derived.opened, derived_closed=derived.closed)
        versions = tuple(sorted(difference.written, key=lambda one: one.key))
        warnings = await self._warnings(records.values()) if warn else []
        return Done(Outcome(receipt, versions, tuple(warnings)), derived.pieces)

    async def _write_and_derive(
        self, difference: Difference, records: Mapping[str, FoedusRecord], *, tell: bool
    ) -> Derived:
        """Write what differs, these records among it, and keep what is derived equal to what follows."""
        written = {one.key: one.change for one in difference.written}
        new = {key: record for key, record in records.items() if written[key] is Change.CREATED}
        whole = brought_whole(new) if len(new) == len(written) else {}
        async with foreseen(self.tx, whole, OPEN_UNTIL) as following:
            await self._write(difference)
            units = [unit for unit in await touched_units(self.tx, written, new) if unit not in whole]
            derived = await derive_units(self.tx, units, self.recorded_at, OPEN_UNTIL, written=records, tell=tell)
            return derived + await open_pieces(self.tx, await following, self.recorded_at, OPEN_UNTIL, tell=tell)

    async def _warnings(self, written: Iterable[FoedusRecord]) -> list[dict[str, Any]]:
        return await disputes_of(InTransaction(self.tx), [*written], self.recorded_at, MOST_WARNINGS)

    async def rebuild(self) -> Receipt:
        """Derive everything anew; the receipt is of the state of knowledge before where nothing differs."""
        derived = await derive_units(self.tx, await all_units(self.tx, OPEN_UNTIL), self.recorded_at, OPEN_UNTIL)
        known_at = self.recorded_at if derived != Derived() else self.known_at
        return Receipt(known_at, derived_opened=derived.opened, derived_closed=derived.closed)

    async def finish(self, outcome: Outcome, change_set: ChangeSet, *, body: str, request_id: str = "") -> None:
        """Record the change set itself, and make its instant readable where it wrote something."""
        values = {
            "recorded_at": outcome.receipt.known_at,
            "author": change_set.author,
            "reason": change_set.reason,
            "idempotency_key": change_set.idempotency_key,
            "request_id": request_id or None,
            "body": body,
            "answer": outcome.kept(),
        }
        wrote = outcome.receipt.known_at == self.recorded_at
        await (await self.tx.run(statement("write/finish" if wrote else "write/remember"), values)).consume()

    async def _recorded(self, change_set: ChangeSet) -> dict[str, Recorded]:
        keys = sorted({key for operation in change_set.operations for key in keys_of(operation)})
        found = dict[str, Recorded]()
        for some in _batches(keys):
            row = await _single(self.tx, "write/current", keys=some, open=OPEN_UNTIL)
            found |= dict(map(recorded_of, row["recorded"]))
        return found

    async def _see_unnamed(self, change_set: ChangeSet) -> None:
        """Refuse to withdraw what others name. Raises InputError."""
        keys = [operation.key for operation in change_set.operations if isinstance(operation, Withdraw)]
        if keys:
            still_named(change_set, await self.referrers(keys))

    async def _write(self, difference: Difference) -> None:
        instants = {"recorded_at": self.recorded_at, "open": OPEN_UNTIL}
        for keys in _batches(difference.close):
            await (await self.tx.run(statement("write/close"), instants, keys=keys)).consume()
        # All that is new comes first, since a link may lead to anything of it.
        things = Many(difference.things)
        for rows in _batches(difference.open):
            linked = await _single(self.tx, "write/open", **instants, things=things, rows=rows)
            things = Many()
            if linked["linked"] != sum(len(row["links"]) for row in rows):
                raise FoedusError("A link led to nothing although every reference was checked; nothing was written.")


def recorded_of(row: Mapping[str, Any]) -> tuple[str, Recorded]:
    """Turn what `write/current` gives of a key into that key and what is recorded under it."""
    labels, version, content = frozenset(row["labels"]), row["version"] or 0, row["content"] or ""
    return row["key"], Recorded(labels, version, content, row["withdrawn"], row["replaced_by"])


def keys_of(operation: Put | Withdraw) -> Iterator[str]:
    """Yield every key that an operation writes or names."""
    yield operation.key
    if isinstance(operation, Put):
        yield from (key for _, key, _ in operation.named)
    elif operation.replaced_by is not None:
        yield operation.replaced_by


async def _single(tx: AsyncManagedTransaction, name: str, **values: Any) -> Record:
    return await (await tx.run(statement(name), values)).single(strict=True)


def _batches(items: Sequence[T]) -> Iterable[Many[T]]:
    return (Many(items[i : i + BATCH]) for i in range(0, len(items), BATCH))
