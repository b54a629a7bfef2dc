"""Puts a data set into a graph: what is new or differs is written, what is gone withdrawn, the rest left alone.

The source's record holds the fingerprint of the files once all of them is in; until then whoever runs the import again
goes on with it. Change sets hold whole groups, so no agreement is ever half there.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from graph.errors import ERASED, ConflictError, InputError, NotFoundError, StaleVersionError
from graph.graph import Graph
from graph.imported import ImportReads, Trial
from graph.model.changes import ChangeSet, Put, Receipt, Withdraw
from graph.model.entities import Source
from graph.model.rules import Rule
from graph.writer import Writer
from seed.importing.codes import Codes
from seed.importing.mapped import DataSet, Group, Mapped, Merged
from seed.reading import SeedFileError
from seed.rejects import Reject
from seed.writing import AUTHOR, write_records

RECORDS_AT_ONCE = 2000
"""About so many records are written by one change set, and more only where one group has more."""
WITHDRAWN_AT_ONCE = 2000
MOST_GONE, FEW = 0.1, 10
"""Share of what a source stated that may be gone without a word: a file that was cut off looks like a newer edition."""
_LEFT_OUT = (ERASED, Rule.REFERENCE_UNKNOWN, Rule.REFERENCE_MISFIT, Rule.KEY_IN_USE)
"""Why a record is left out and the others are not."""
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Told:
    """How far an import is: rows with a fate, of how many, and records that were held against the graph."""

    rows: int
    of: int
    records: int


@dataclass
class Imported:
    """What became of a data set: of each of its rows, and of the records made of them.

    `current` says that these very files were there already, so that nothing was looked at. `left_out` are records that
    were erased before, or name what is not recorded. `kept` counts what the data set no longer has and others still
    name, or state as well; `withheld` what it no longer has and was not withdrawn, since that is so much. `settled` is
    the number of rows that have a fate so far, counted as they come.
    """

    data_set: str
    current: bool = False
    rows: Counter[str] = field(default_factory=Counter)
    loaded: Counter[str] = field(default_factory=Counter)
    merged: list[Merged] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    noted: Counter[str] = field(default_factory=Counter)
    left_out: dict[str, Reject] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)
    kept: int = 0
    withheld: int = 0
    settled: int = 0

    def add(self, group: Group) -> None:
        """Take over what became of the rows of a group."""
        self.loaded.update(group.loaded)
        self.merged += group.merged
        self.rejects += group.rejects
        self.noted.update(group.noted)
        apart = {(one.file, one.line) for some in (group.merged, group.rejects) for one in some}
        self.settled += sum(group.loaded.values()) + len(apart)

    def count(self, what: str) -> int:
        """Return the sum of one number over all receipts."""
        return sum(getattr(receipt, what) for receipt in self.receipts)

    def fates(self, file: str) -> tuple[int, int, int]:
        """Return how many rows of a file were loaded, merged and rejected."""
        merged, rejected = (len({one.line for one in some if one.file == file}) for some in (self.merged, self.rejects))
        return self.loaded[file], merged, rejected

    def unaccounted(self) -> dict[str, int]:
        """Return, by file, how many rows have no fate, or more than one if less than zero; empty when all add up."""
        left = {file: rows - sum(self.fates(file)) for file, rows in self.rows.items()}
        return {file: number for file, number in left.items() if number}


async def import_data_set(
    graph: Graph,
    data_set: DataSet,
    paths: Sequence[Path],
    *,
    again: bool = False,
    withdraw: bool = False,
    dry_run: bool = False,
    tell: Callable[[Told], None] = lambda _: None,
) -> Imported:
    """Bring a graph to what a data set says, and return what became of each row.

    `again` looks at files whose fingerprint is recorded already, `withdraw` takes back what is gone however much it is;
    without it the import stays unfinished where that is more than a tenth. With `dry_run` all is held against the graph
    and nothing is written; it does not see what was erased, nor whether something gone is still named. Raises
    SeedFileError, before anything is written, for a file that cannot be read as a whole; InputError for records that do
    not fit the graph; ConflictError when somebody else imports the same at the same time.
    """
    return await _Import(graph, data_set, paths, dry_run=dry_run, tell=tell).run(again=again, withdraw=withdraw)


class _Import:
    def __init__(
        self, graph: Graph, data_set: DataSet, paths: Sequence[Path], *, dry_run: bool, tell: Callable[[Told], None]
    ) -> None:
        self._data_set, self._paths, self._tell = data_set, paths, tell
        self._reads = ImportReads(graph.database, graph.revision)
        self._writer: Writer | Trial = Trial(graph.database, graph.revision) if dry_run else graph.writer
        self._seen = {data_set.source.key}
        self._done = Imported(data_set.name)
        self._guard: tuple[Put, ...] = ()

    async def run(self, *, again: bool, withdraw: bool) -> Imported:
        codes = await self._codes()
        fingerprint = await asyncio.to_thread(fingerprint_of, self._data_set, self._paths, codes)
        before = await self._reads.version(self._data_set.source.key)
        held = before.record.fingerprint if before and isinstance(before.record, Source) else None
        if held == fingerprint and not again:
            self._done.current = True
            return self._done
        mapped = await asyncio.to_thread(self._data_set.map, self._paths, codes)
        self._done.rows.update(mapped.rows)
        complete = self._data_set.source.model_copy(update={"fingerprint": fingerprint})
        try:
            await self._begin(complete if held == fingerprint else self._data_set.source)
            await self._put_all(mapped)
            if held != fingerprint:
                if before is not None:
                    await self._withdraw_gone(withdraw=withdraw)
                if not self._done.withheld:
                    await self._finish(complete)
        except StaleVersionError:
            message = f"The source {complete.key} was changed while it was imported, maybe by another import."
            raise ConflictError(message, "Import it once more when nobody else does.") from None
        return self._done

    async def _codes(self) -> Codes:
        codes = await self._reads.codes()
        if self._data_set.needs_codes and not codes:
            raise NotFoundError("The graph knows no codes of states.", "`foedus load shipped` brings them.")
        return Codes(codes)

    async def _begin(self, source: Source) -> None:
        """Put the source, as one of which not all is there yet; each change set sees that it stays as it is now."""
        await self._apply([Put(record=source)], f"{self._data_set.name}: an import begins.")
        if not isinstance(self._writer, Trial):
            version = await self._reads.version(source.key)
            self._guard = (Put(record=source, if_version=version.version if version else 0),)

    async def _put_all(self, mapped: Mapped) -> None:
        total = sum(mapped.rows.values())
        async for groups, puts in _ahead(partial(_take, mapped.groups)):
            self._seen.update(put.key for put in puts)
            named = [group.name[:_LONGEST_NAME] for group in groups if group.records]
            if named:
                reason = f"{self._data_set.name}: {named[0]} to {named[-1]}."
                receipt = await write_records(
                    self._writer, puts, reason, self._done.left_out, codes=_LEFT_OUT, also=self._guard
                )
                self._done.receipts.append(self._but_for_guard(receipt))
            for group in groups:
                self._done.add(group)
            self._tell(Told(self._done.settled, total, len(self._seen) - 1))

    async def _withdraw_gone(self, *, withdraw: bool) -> None:
        """Withdraw what the source stated, and then what it alone described, and does not any more."""
        facts, stated = await self._gone(self._reads.stated(self._data_set.source.key))
        described = self._reads.described(self._data_set.prefix) if self._data_set.prefix else None
        agreements = (await self._gone(described))[0] if described else []
        if not withdraw and len(facts) > max(FEW, MOST_GONE * stated):
            self._done.withheld = len(facts) + len(agreements)
            return
        left = facts + agreements
        # What names another may come in a later slice, so what is still named is tried until nothing more goes.
        while left:
            kept = [key for some in _sliced(left) for key in await self._withdraw(some)]
            if len(kept) == len(left):
                break
            left = kept
        self._done.kept += len(left)

    async def _gone(self, pages: AsyncIterator[tuple[str, bool]]) -> tuple[list[str], int]:
        """Return the keys of what nobody else states and this run has not seen, and how many there are in all."""
        gone, number = list[str](), 0
        async for key, alone in pages:
            number += 1
            if key not in self._seen:
                gone += [key] if alone else []
                self._done.kept += not alone
        return gone, number

    async def _withdraw(self, keys: Sequence[str]) -> list[str]:
        """Withdraw these, and return those that others still name."""
        kept = list[str]()
        while keys:
            reason = f"It is no longer in {self._data_set.name}."
            try:
                await self._apply([Withdraw(key=key, reason=reason) for key in keys], reason)
            except InputError as error:
                named = {int(one.pointer.split("/")[2]) for one in error.problems if one.code == Rule.STILL_NAMED}
                if len(named) != len(error.problems):
                    raise
                kept += [key for i, key in enumerate(keys) if i in named]
                keys = [key for i, key in enumerate(keys) if i not in named]
            else:
                break
        return kept

    async def _finish(self, complete: Source) -> None:
        """Put the fingerprint."""
        expected = self._guard[0].if_version if self._guard else None
        self._guard = ()
        await self._apply([Put(record=complete, if_version=expected)], f"{self._data_set.name}: an import has ended.")

    async def _apply(self, operations: Iterable[Put | Withdraw], reason: str) -> None:
        change_set = ChangeSet(author=AUTHOR, reason=reason, operations=(*operations, *self._guard))
        self._done.receipts.append(self._but_for_guard(await self._writer.apply(change_set)))

    def _but_for_guard(self, receipt: Receipt) -> Receipt:
        """Return a receipt of the records alone: the source is in each change set, and as it was."""
        return replace(receipt, unchanged=receipt.unchanged - len(self._guard))


def _sliced(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[i : i + WITHDRAWN_AT_ONCE] for i in range(0, len(keys), WITHDRAWN_AT_ONCE))


def fingerprint_of(data_set: DataSet, paths: Sequence[Path], codes: Codes) -> str:
    """Return what tells files from others, and how they are mapped: by which mapping, and with which codes of states.

    Raises SeedFileError when one cannot be read.
    """
    known = codes.digest() if data_set.needs_codes else ""
    digest = hashlib.sha256(f"{data_set.name} {data_set.mapping} {known}".encode())
    for path in paths:
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise SeedFileError(f"{path} cannot be read: {error.strerror}.") from None
    return digest.hexdigest()


_Taken = tuple[list[Group], list[Put]]


def _take(groups: Iterator[Group]) -> _Taken:
    """Take groups until they have enough records; none when there are no more."""
    taken, puts = list[Group](), list[Put]()
    while len(puts) < RECORDS_AT_ONCE and (group := next(groups, None)) is not None:
        taken.append(group)
        puts += [Put(record=record) for record in group.records]
    for put in puts:
        # Kept by it: the writer, which would ask for them with the database waiting, then finds them there.
        _ = put.key, put.named, put.content
    return taken, puts


async def _ahead(take: Callable[[], _Taken]) -> AsyncIterator[_Taken]:
    """Yield what is taken until it is nothing; the next is made in a thread while the last one is written."""
    upcoming = asyncio.create_task(asyncio.to_thread(take))
    try:
        while (taken := await upcoming)[0]:
            upcoming = asyncio.create_task(asyncio.to_thread(take))
            yield taken
    finally:
        # A thread cannot be stopped: what it makes is waited for and dropped.
        await asyncio.gather(upcoming, return_exceptions=True)
