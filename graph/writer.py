"""The only way anything is written: a change set, in one transaction, one writer at a time.

The transaction takes the graph's lock, compares with what is recorded, refuses the whole set with every problem listed
or writes all of it, derives what follows, and ends with the instant from which it can be read.
"""

import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from neo4j import AsyncManagedTransaction, Record

from graph.database import Database, translated
from graph.derivation import Derived, all_units, derive_units, touched_units
from graph.differences import Difference, Recorded, compare, still_named
from graph.errors import FoedusError, ReplayedKeyError
from graph.model.changes import ChangeSet, Put, Receipt, Withdraw
from graph.model.stored import references
from graph.revision import Revision, native
from graph.statements import statement

OPEN_UNTIL = datetime(9999, 12, 31, tzinfo=UTC)
BATCH = 1000
A = TypeVar("A")
T = TypeVar("T")


class _RolledBack(Exception):  # noqa: N818 - it carries an answer out of a transaction that must leave no trace
    def __init__(self, receipt: Receipt) -> None:
        super().__init__()
        self.receipt = receipt


class Writer:
    """Applies change sets to one database."""

    def __init__(self, database: Database, revision: Revision) -> None:
        self._database = database
        self._revision = revision

    async def apply(self, change_set: ChangeSet) -> Receipt:
        """Write a change set, all of it or nothing, and return what became of it.

        What is recorded already is left alone; when nothing changes there is no new instant and no trace. The same
        idempotency key with the same body gives the first receipt again. Raises InputError with every problem found,
        StaleVersionError, ReplayedKeyError, or an error of the database.
        """
        return await self._noted(_apply, change_set)

    async def rebuild(self) -> Receipt:
        """Derive everything anew, as after a change of the rules; what is right already is left alone.

        What is derived otherwise is closed and opened at a new instant, so that earlier answers stay what they were.
        """
        return await self._noted(_rebuild, None)

    async def underived(self) -> tuple[int, int]:
        """Count the derived relationships that a rebuild would close and open: zero and zero where all is right."""
        receipt = await self._noted(_count, None)
        return receipt.derived_closed, receipt.derived_opened

    async def _noted(self, work: Callable[[AsyncManagedTransaction, A], Awaitable[Receipt]], argument: A) -> Receipt:
        try:
            receipt = await self._in_transaction(work, argument)
        except _RolledBack as rolled_back:
            return rolled_back.receipt
        self._revision.note(receipt.known_at)
        return receipt

    async def _in_transaction(self, work: Callable[[AsyncManagedTransaction, A], Awaitable[T]], argument: A) -> T:
        with translated():
            async with self._database.writing() as session:
                return await session.execute_write(work, argument)


async def _apply(tx: AsyncManagedTransaction, change_set: ChangeSet) -> Receipt:
    begun = await _single(tx, "write/begin", idempotency_key=change_set.idempotency_key or "")
    body = change_set.digest()
    if begun["body"] is not None:
        raise _RolledBack(_replayed(begun, body))
    recorded = await _recorded(tx, change_set)
    difference = compare(change_set, recorded)
    if not difference.open:
        raise _RolledBack(Receipt(native(begun["known_at"]), unchanged=difference.unchanged))
    still_named(change_set, await _referrers(tx, change_set))
    recorded_at = native(begun["recorded_at"])
    await _carry_out(tx, difference, recorded_at)
    derived = await derive_units(tx, await touched_units(tx, recorded_at), recorded_at, OPEN_UNTIL)
    receipt = replace(_counted(difference, recorded_at), derived_opened=derived.opened, derived_closed=derived.closed)
    told = {"author": change_set.author, "reason": change_set.reason}
    await _finish(tx, receipt, **told, body=body, idempotency_key=change_set.idempotency_key)
    return receipt


async def _rebuild(tx: AsyncManagedTransaction, _: None) -> Receipt:
    begun = await _single(tx, "write/begin", idempotency_key="")
    recorded_at = native(begun["recorded_at"])
    derived = await derive_units(tx, await all_units(tx, OPEN_UNTIL), recorded_at, OPEN_UNTIL)
    if derived == Derived():
        raise _RolledBack(Receipt(native(begun["known_at"])))
    receipt = Receipt(recorded_at, derived_opened=derived.opened, derived_closed=derived.closed)
    await _finish(tx, receipt, author="foedus", reason="What is derived follows the facts anew.", body="rebuild")
    return receipt


async def _count(tx: AsyncManagedTransaction, _: None) -> Receipt:
    """Rebuild under the lock of the writer, and leave no trace."""
    raise _RolledBack(await _rebuild(tx, None))


def _replayed(begun: Record, body: str) -> Receipt:
    if begun["body"] != body:
        raise ReplayedKeyError(
            "This idempotency key was used before with another change set.", "Use a new key for a new change set."
        )
    answer = json.loads(begun["answer"])
    return Receipt(**answer | {"known_at": datetime.fromisoformat(answer["known_at"])})


async def _recorded(tx: AsyncManagedTransaction, change_set: ChangeSet) -> dict[str, Recorded]:
    keys = sorted({key for operation in change_set.operations for key in _keys(operation)})
    found = {}
    for some in _batches(keys):
        async for record in await tx.run(statement("write/current"), keys=some, open=OPEN_UNTIL):
            found[record["key"]] = Recorded(
                frozenset(record["labels"]), record["version"] or 0, record["content"] or "", record["withdrawn"]
            )
    return found


def _keys(operation: Put | Withdraw) -> Iterator[str]:
    yield operation.key
    if isinstance(operation, Put):
        yield from (key for _, key, _ in references(operation.record))
    elif operation.replaced_by is not None:
        yield operation.replaced_by


async def _referrers(tx: AsyncManagedTransaction, change_set: ChangeSet) -> dict[str, list[str]]:
    keys = [operation.key for operation in change_set.operations if isinstance(operation, Withdraw)]
    if not keys:
        return {}
    result = await tx.run(statement("write/referrers"), keys=keys, open=OPEN_UNTIL)
    return {record["key"]: record["referrers"] async for record in result}


async def _carry_out(tx: AsyncManagedTransaction, difference: Difference, recorded_at: datetime) -> None:
    instants = {"recorded_at": recorded_at, "open": OPEN_UNTIL}
    for rows in _batches(difference.things):
        await (await tx.run(statement("write/things"), rows=rows)).consume()
    for keys in _batches(difference.close):
        await (await tx.run(statement("write/close"), instants, keys=keys)).consume()
    for rows in _batches(difference.open):
        linked = await _single(tx, "write/open", **instants, rows=rows)
        if linked["linked"] != sum(len(row["links"]) for row in rows):
            raise FoedusError("A link led to nothing although every reference was checked; nothing was written.")


async def _finish(
    tx: AsyncManagedTransaction,
    receipt: Receipt,
    *,
    author: str,
    reason: str | None,
    body: str,
    idempotency_key: str | None = None,
) -> None:
    answer = asdict(receipt) | {"known_at": receipt.known_at.isoformat()}
    values = {
        "recorded_at": receipt.known_at,
        "author": author,
        "reason": reason,
        "idempotency_key": idempotency_key,
        "body": body,
        "answer": json.dumps(answer),
    }
    await (await tx.run(statement("write/finish"), values)).consume()


def _counted(difference: Difference, recorded_at: datetime) -> Receipt:
    return Receipt(
        recorded_at,
        created=difference.created,
        corrected=difference.corrected,
        withdrawn=difference.withdrawn,
        unchanged=difference.unchanged,
    )


async def _single(tx: AsyncManagedTransaction, name: str, **values: Any) -> Record:
    return await (await tx.run(statement(name), values)).single(strict=True)


def _batches(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[i : i + BATCH] for i in range(0, len(items), BATCH))
