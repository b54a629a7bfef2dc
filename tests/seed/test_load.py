"""What is loaded, in what order, and that records survive being stored."""

from dataclasses import asdict
from datetime import UTC, datetime

import pytest

import seed.load
from graph.errors import ERASED, InputError, Problem
from graph.model import LABELS, Record
from graph.model.changes import ChangeSet, Put, Receipt
from graph.model.entities import Organ, Source
from graph.model.stored import from_stored, references, to_stored
from graph.model.vocabulary import OrganKind
from seed.load import Part, load_case, load_shipped, shipped_parts, shipped_records
from seed.rejects import Reject
from seed.sources import data_sets
from seed.writing import SHIPPED


class _Notebook:
    """Writes nothing, and remembers what it was asked to write."""

    def __init__(self) -> None:
        self.change_sets: list[ChangeSet] = []

    async def apply(self, change_set: ChangeSet) -> Receipt:
        self.change_sets.append(change_set)
        return Receipt(datetime.now(UTC), created=len(change_set.operations))


async def test_load_writes_every_record_once(left_out: list[Reject]) -> None:
    notebook, said = _Notebook(), list[str]()
    loaded = await load_shipped(notebook, said.append)
    keys = [op.key for one in notebook.change_sets for op in one.operations]
    assert keys == [record.key for record in shipped_records()[0]]
    assert {one.author for one in notebook.change_sets} == {"foedus"}
    assert list(loaded.rejects) == left_out
    assert sum(receipt.changed for receipt in loaded.receipts) == len(keys)
    assert len(said) == len(notebook.change_sets) == len(shipped_parts()[0])
    assert max(len(one.operations) for one in notebook.change_sets) <= 10_000


class _Remembering(_Notebook):
    """Refuses what was erased and what names it, as the writer does."""

    erased = frozenset({"lavrov-sergey"})

    async def apply(self, change_set: ChangeSet) -> Receipt:
        records = [op.record for op in change_set.operations if isinstance(op, Put)]
        refused = [
            Problem(f"/operations/{i}/record/key", "Erased.", code=ERASED)
            for i, record in enumerate(records)
            if record.key in self.erased
        ]
        unknown = [
            Problem(f"/operations/{i}{pointer}", "Nothing is recorded under it.")
            for i, record in enumerate(records)
            for pointer, key, _ in references(record)
            if key in self.erased
        ]
        if refused or unknown:
            raise InputError(refused or unknown)
        return await super().apply(change_set)


async def test_what_was_erased_is_left_out_with_what_names_it_and_told(left_out: list[Reject]) -> None:
    notebook = _Remembering()
    loaded = await load_shipped(notebook)
    told = {reject.row: reject.reason for reject in loaded.rejects if reject.file == SHIPPED}
    named = {one.key for one in shipped_records()[0] if "lavrov-sergey" in {key for _, key, _ in references(one)}}
    assert told.keys() == {"lavrov-sergey"} | named
    assert told["lavrov-sergey"] == "Erased."
    assert {told[key] for key in named} == {"It names what was erased: Nothing is recorded under it."}
    assert list(loaded.rejects[: len(left_out)]) == left_out
    written = {op.key for one in notebook.change_sets for op in one.operations}
    assert written == {record.key for record in shipped_records()[0]} - told.keys()


async def test_what_is_wrong_for_another_reason_is_no_erasure() -> None:
    class Refusing(_Notebook):
        async def apply(self, change_set: ChangeSet) -> Receipt:
            raise InputError([Problem("/operations/0/record/key", "No.")])

    with pytest.raises(InputError, match="No"):
        await load_case(Refusing())


async def test_the_case_comes_first_and_can_come_alone() -> None:
    alone, whole = _Notebook(), _Notebook()
    loaded = await load_case(alone)
    await load_shipped(whole)
    assert [one.digest() for one in alone.change_sets] == [whole.change_sets[0].digest()]
    assert len(alone.change_sets[0].operations) < 250
    assert loaded.rejects == ()


def test_no_two_parts_describe_the_same_thing() -> None:
    keys = [record.key for record in shipped_records()[0]]
    assert len(keys) == len(set(keys))


async def test_loading_twice_writes_the_same_again() -> None:
    first, second = _Notebook(), _Notebook()
    await load_shipped(first)
    await load_shipped(second)
    assert [one.digest() for one in first.change_sets] == [one.digest() for one in second.change_sets]


async def test_nothing_is_written_when_records_do_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    orphan = Organ(key="X.organ", name="Organ of nobody", kind=OrganKind.OTHER, of="X")
    monkeypatch.setattr(seed.load, "shipped_parts", lambda: ([Part("A test.", (orphan,))], []))
    notebook = _Notebook()
    with pytest.raises(InputError, match="names nothing"):
        await load_shipped(notebook)
    assert notebook.change_sets == []


def test_a_part_refers_only_to_what_is_loaded_by_then() -> None:
    known: set[str] = set()
    for part in shipped_parts()[0]:
        known |= {record.key for record in part.records}
        assert [key for record in part.records for _, key, _ in references(record) if key not in known] == []


def test_records_survive_being_stored(shipped: dict[str, Record]) -> None:
    for key, record in shipped.items():
        stored = to_stored(record)
        again = from_stored(LABELS[record.label()], key, stored.fields, [asdict(link) for link in stored.links])
        # Links are in no order of their own.
        assert to_stored(again).digest(record.label()) == stored.digest(record.label())


def test_change_sets_hold_puts_of_any_version() -> None:
    change_set = ChangeSet.of(shipped_records()[0], author="foedus", reason="A test.")
    assert all(isinstance(op, Put) and op.if_version is None for op in change_set.operations)


def test_keys_are_ascii_and_say_what_they_are(shipped: dict[str, Record]) -> None:
    assert all(key.isascii() for key in shipped)
    sources = {key for key, record in shipped.items() if isinstance(record, Source)}
    assert {"tass-2024-10-24", "fmi-malta-undated", "rt-2024-11", "country-codes"} <= sources
    assert len(sources - set(data_sets())) == 17
