"""Any sequence of change sets: what is derived equals a rebuild, the past stays as it was, and what is tried is gone.

FOEDUS_SEQUENCES sets how many are tried; with FOEDUS_NEW they are new ones each time, otherwise always the same.
"""

import os
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from graph.errors import FoedusError
from graph.graph import Graph
from graph.merging import merge
from graph.model import LABELS
from graph.model import changes as made
from graph.model.changes import ChangeSet, Outcome, Receipt
from graph.model.records import Record
from graph.parameters import read_parameters
from graph.reader import Reader
from graph.revision import NOTHING_YET, Fixed
from graph.single import One
from graph.transaction import Done, Locked
from graph.undoing import undo
from graph.what_if import suppose
from graph.writer import Build, Wish
from tests.conftest import World
from tests.writing.book import Book, Counts, RefusedError, Version, plain
from tests.writing.seen import CATALOG, QUESTIONS, Content, answers, dumped, restored, rows
from tests.writing.sequences import (
    KEYS,
    Alias,
    How,
    Merge,
    Operation,
    Put,
    Repeat,
    Sequence,
    Step,
    Undo,
    Write,
    sequences,
)
from tests.writing.universe import BASE, FACTS, LATER, alone, family
from tests.writing.universe import LABELS as FAMILIES

SEQUENCES = int(os.environ.get("FOEDUS_SEQUENCES", "4"))
WHO: dict[str, str] = {"author": "a test", "reason": "to see"}
FIRST = Write(tuple(Put(key, FAMILIES[family(key)], content) for key, content in BASE.items() if key not in LATER))

try_sequences = settings(
    max_examples=SEQUENCES,
    derandomize=not os.environ.get("FOEDUS_NEW"),
    deadline=None,
    database=None,
    # To make a failing sequence shorter takes minutes.
    phases=(Phase.explicit, Phase.generate, *([Phase.shrink] if os.environ.get("FOEDUS_NEW") else [])),
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Then:
    """What was there and what was answered when an instant was the newest."""

    instant: datetime
    current: dict[str, Version]
    content: list[bytes]
    answers: list[bytes | None]
    receipt: Receipt


@dataclass(frozen=True)
class Tried:
    """What a step was said to come to before it was taken."""

    receipt: Receipt
    rows: bytes


class Telling:
    """A sequence as it is told: to the graph, and to the book beside it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.book = Book()
        self.then: list[Then] = []
        self.named: list[tuple[ChangeSet, Outcome]] = []
        self.content = Content([], [])

    @property
    def newest(self) -> datetime:
        """The newest state of knowledge."""
        return self.then[-1].instant if self.then else NOTHING_YET

    async def take(self, how: How, step: Step) -> None:
        """Take one step, in the way it is told to be, and see that what comes of it is right."""
        if isinstance(step, Repeat):
            await self._repeat(step)
            return
        operations: tuple[Operation, ...] = ()
        try:
            operations = self.book.plan(step)
            counts = self.book.judge(operations)
        except RefusedError as refused:
            await self._refused(self._build(step, operations), str(refused))
            return
        tried = await self._tried(step, operations, counts) if how != "write" else None
        if how != "try":
            await self._written(step, operations, counts, tried)

    async def see_the_past(self) -> None:
        """See that every state of knowledge is what it was when it was the newest, and what the book says."""
        fresh = Reader(self.graph.database, CATALOG, Fixed(self.newest))
        before = NOTHING_YET
        for then in self.then:
            assert self.content.known_at(then.instant) == then.content
            for reader in (fresh, self.graph.reader):
                found = await answers(reader, then.instant, before)
                # A name that nothing had yet may be known since.
                assert [one for one, was in zip(found, then.answers, strict=True) if was] == list(
                    filter(None, then.answers)
                )
            await self._see_records(then)
            before = then.instant
        told = await self.graph.feed.after(NOTHING_YET, self.newest, 1000)
        assert [entry.receipt for entry in told] == [then.receipt for then in self.then]

    async def _refused(self, build: Build, error: str) -> None:
        wish = Wish(build, "a digest", "an idempotency key that nothing is ever written with")
        for act in (self.graph.writer.preview(build), self.graph.writer.write(wish)):
            assert await _error(act) == error
        await self._see_unchanged()

    async def _tried(self, step: Step, operations: tuple[Operation, ...], counts: Counts) -> Tried:
        done = await self.graph.writer.preview(self._build(step, operations))
        _see_counts(done.outcome.receipt, counts)
        await self._see_unchanged()
        name, values = QUESTIONS[0]
        question = CATALOG.find(name)
        asked = read_parameters(question.parameters, list(values.items()))
        supposed = await suppose(self.graph, _change_set(operations), question, asked)
        await self._see_unchanged()
        assert dumped(supposed.before.rows) == await rows(self.graph.reader)
        return Tried(done.outcome.receipt, dumped(supposed.after.rows))

    async def _written(
        self, step: Step, operations: tuple[Operation, ...], counts: Counts, tried: Tried | None
    ) -> None:
        wish = Wish.of(self._to_name(operations)) if isinstance(step, Write) and step.named else None
        outcome = await self.graph.writer.write(wish or Wish(self._build(step, operations), ""))
        receipt = outcome.receipt
        _see_counts(receipt, counts)
        if wish:
            self.named.append((self._to_name(operations), outcome))
        if receipt.changed:
            assert receipt.known_at > self.newest
            undone = self.book.undone(step) if isinstance(step, Undo) else None
            self.book.write(operations)
            await self._note(receipt)
            if undone == len(self.then) - 2:
                self._see_as_before(undone)
        else:
            assert receipt.known_at == self.newest
            self.content = await Content.of(self.graph.database) if wish else self.content
            await self._see_unchanged()
        if tried:
            assert replace(tried.receipt, known_at=receipt.known_at) == receipt
            assert tried.rows == await rows(self.graph.reader)

    async def _note(self, receipt: Receipt) -> None:
        instant = receipt.known_at
        assert await self.graph.writer.underived() == (0, 0)
        self.content = await Content.of(self.graph.database)
        found = await answers(self.graph.reader, instant, self.newest)
        self.then.append(Then(instant, self.book.current(), self.content.known_at(instant), found, receipt))

    def _see_as_before(self, undone: int) -> None:
        """See that the undo of the newest restored what was there before it."""
        before = self.then[undone - 1].instant if undone else NOTHING_YET
        assert self.content.said_at(self.newest) == self.content.said_at(before)
        if undone:
            assert restored(self.then[-1].answers) == restored(self.then[undone - 1].answers)

    async def _repeat(self, step: Repeat) -> None:
        if not self.named:
            return
        change_set, first = self.named[max(0, len(self.named) - 1 - step.back)]
        if step.same:
            again = await self.graph.writer.write(Wish.of(change_set))
            assert (again.receipt, again.versions) == (first.receipt, first.versions)
        else:
            other = change_set.model_copy(update={"reason": "another"})
            assert await _error(self.graph.writer.apply(other)) == "ReplayedKeyError"
        await self._see_unchanged()

    async def _see_unchanged(self) -> None:
        assert (await Content.of(self.graph.database)).whole() == self.content.whole()
        assert await self.graph.revision.known_at() == self.newest

    async def _see_records(self, then: Then) -> None:
        stored = await self.graph.records.versions(KEYS, then.instant)
        assert stored.keys() == then.current.keys()
        for key, version in then.current.items():
            record = stored[key].record
            told = None if version.content is None else _record(Put(key, version.label, version.content))
            assert _plain(record) == _plain(told)
            assert stored[key].replaced_by == version.replaced_by

    def _build(self, step: Step, operations: tuple[Operation, ...]) -> Build:
        match step:
            case Merge():
                return merge(self._one(step.gone), step.kept, 1000)
            case Alias(added=True):
                return self._one(step.key).add_alias(step.alias)
            case Alias():
                return self._one(step.key).retire_alias(step.alias)
            case Undo():
                return undo(self.then[self.book.undone(step)].instant, **WHO)
            case _:
                return Wish.of(_change_set(operations)).build

    def _one(self, key: str) -> One:
        return One(FAMILIES[family(key)], key, self.book.number(key), **WHO)

    def _to_name(self, operations: tuple[Operation, ...]) -> ChangeSet:
        return _change_set(operations).model_copy(update={"idempotency_key": f"write {len(self.named)}"})


def _see_counts(receipt: Receipt, counts: Counts) -> None:
    assert {name: getattr(receipt, name) for name in vars(counts)} == vars(counts)


async def _error(act: Awaitable[Any]) -> str:
    try:
        await act
    except FoedusError as error:
        return type(error).__name__
    return "none"


def _change_set(operations: tuple[Operation, ...]) -> ChangeSet:
    return ChangeSet(**WHO, operations=tuple(_operation(one) for one in operations))


def _operation(one: Operation) -> made.Operation:
    version = None if one.expects == "any" else one.expects
    if isinstance(one, Put):
        return made.Put.model_validate({"record": _record(one), "if_version": version})
    told = {"key": one.key, "reason": "to see", "replaced_by": one.replaced_by, "if_version": version}
    return made.Withdraw.model_validate(told)


def _record(put: Put) -> Record:
    return LABELS[put.label].model_validate({"key": put.key} | put.content)


def _plain(record: Record | None) -> Any:
    return None if record is None else plain(record.model_dump(mode="json") | {"label": record.label()})


@try_sequences
@given(sequences(14))
async def test_whatever_is_written_the_past_stays_and_what_follows_is_right(world: World, steps: Sequence) -> None:
    telling = Telling(await world.empty())
    await telling.take("write", FIRST)
    for how, step in steps:
        await telling.take(how, step)
    await telling.see_the_past()


async def test_what_follows_heeds_each_fact_that_is_changed_alone(world: World) -> None:
    """One field of one record at a time, with nothing else that would have it derived anew."""
    graph = await world.empty()
    everything = tuple(Put(key, FAMILIES[family(key)], content) for key, content in BASE.items())
    await graph.writer.apply(_change_set(everything))

    async def rebuilt(locked: Locked, _: Done) -> int:
        receipt = await locked.rebuild()
        return receipt.derived_closed + receipt.derived_opened

    # The other acts are like these two.
    told = [put for put in everything if put.label in FACTS and put.key not in {"act-2", "act-3", "act-5"}]
    article = next(put for put in everything if put.label == "Provision")
    changed = [replace(put, content=content) for put in (*told, article) for content in alone(put.key)]
    wrong = [one for one in changed if await graph.writer.rehearse(Wish.of(_change_set((one,))).build, rebuilt)]
    assert wrong == []
