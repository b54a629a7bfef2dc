"""Lawful erasure of a person's data: the only work that changes what was recorded, in all of history.

`Graph.eraser` does it, for the command line and whoever else may. What is left is decided in `graph.remains`.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from neo4j import AsyncManagedTransaction, Record

from graph.database import REQUEST_ID, Database
from graph.derivation import derive_units, touched_units
from graph.differences import label_of
from graph.erasures import Demand, Erased, key_hash
from graph.errors import InputError, NotFoundError, NotRecordedError, Problem, pointer
from graph.mentions import MARK, Mentions, may_be_looked_for, pieces, words
from graph.model.changes import ChangeSet, Outcome, Receipt
from graph.remains import OWN, Change, Derived, Link, Version, left_of, left_of_derived, without_names
from graph.revision import OPEN_UNTIL, Revision, native
from graph.statements import statement
from graph.transaction import Locked
from graph.types import written_instant

PERSON = "Official"
_NAMES = ("name", "name_in_own_script", "aliases")
_TEXTS_OF_CHANGE_SETS = ("author", "reason", "idempotency_key", "body", "answer")
_Versions = dict[tuple[str, int], Version]


class Eraser:
    """Erases persons from one database."""

    def __init__(self, database: Database, revision: Revision) -> None:
        self._database = database
        self._revision = revision

    async def erase(self, demand: Demand, *, dry_run: bool = False) -> Erased:
        """Erase a person, all of it or nothing, and return what went; a dry run returns the same and leaves no trace.

        Raises NotFoundError when nothing goes by the key or it was erased before, InputError when it is no person's.
        """

        async def work(tx: AsyncManagedTransaction) -> tuple[tuple[Erased, int], bool]:
            return await _erase(tx, demand, dry_run), not dry_run

        erased, erasures = (await self._database.write("erase", work)).answer
        self._revision.note(erased.known_at, erasures)
        return erased


@dataclass
class _Found:
    """All versions of what goes and of what named it, by the keys of their things; `gone` are the keys that go."""

    gone: set[str]
    versions: dict[str, list[Version]]

    def removed(self) -> Iterator[Version]:
        """Yield the versions that go with their things."""
        for key in self.gone:
            yield from self.versions[key]

    def kept(self) -> Iterator[Version]:
        """Yield the versions of things that stay."""
        for key in self.versions.keys() - self.gone:
            yield from self.versions[key]


@dataclass(frozen=True)
class _Names:
    """The names and codes of a person, those that are looked for, by which pieces, and how they are found."""

    all: tuple[str, ...]
    looked_for: tuple[str, ...]
    pieces: list[str]
    mentions: Mentions


@dataclass(frozen=True)
class _Plan:
    """What an erasure will do, before anything is written."""

    found: _Found
    names: _Names
    change: Change
    units: list[str]
    derived: int
    by_hand: tuple[str, ...]
    change_sets_by_hand: tuple[str, ...]

    def told(self, key: str, known_at: datetime) -> Erased:
        """Return the report."""
        removed = [*self.found.removed()]
        own = {version.key for version in removed if version.label in OWN}
        return Erased(
            key,
            known_at,
            things=len(self.found.gone),
            versions=len(removed),
            links=self.change.lost + sum(len(version.links) for version in removed),
            derived=self.derived,
            changed=len(self.change.versions),
            texts=self.change.texts,
            own=tuple(sorted(own)),
            alone=tuple(sorted(self.found.gone - own - {key})),
            replaced=self.names.looked_for,
            not_looked_for=tuple(name for name in self.names.all if name not in self.names.looked_for),
            by_hand=self.by_hand,
            change_sets_by_hand=self.change_sets_by_hand,
        )


async def _erase(tx: AsyncManagedTransaction, demand: Demand, dry_run: bool) -> tuple[Erased, int]:
    locked = await Locked.begin(tx)
    await _see_that_a_person(tx, demand.key)
    plan = await _planned(tx, demand)
    if dry_run:
        return plan.told(demand.key, locked.known_at), 0
    await _carry_out(tx, plan.change, plan.found.gone)
    await derive_units(tx, plan.units, locked.recorded_at, OPEN_UNTIL)
    # The reason may name the person too.
    reason = plan.names.mentions.without(demand.reason, of_the_person=True)
    told = ChangeSet(author=demand.author, reason=reason, operations=())
    await locked.finish(Outcome(Receipt(locked.recorded_at)), told, body="erasure", request_id=REQUEST_ID.get())
    erased = plan.told(demand.key, locked.recorded_at)
    hashes = {*map(key_hash, plan.found.gone), *plan.change.contents}
    return erased, await _remember(tx, told, erased, hashes)


async def _planned(tx: AsyncManagedTransaction, demand: Demand) -> _Plan:
    found = await _find(tx, demand)
    named = (name for version in found.removed() for name in _identifying(version, demand.key))
    everything = tuple(sorted({*demand.names, *named, *_whole(demand.key)}))
    looked_for = tuple(name for name in everything if may_be_looked_for(name) or name in demand.names)
    searched = pieces((demand.key, *looked_for))
    mentioning = await _versions(tx, "erase/mentions", pieces=searched)
    mentions = Mentions(looked_for, _alone((demand.key, *looked_for), mentioning, found.gone))
    names = _Names(everything, looked_for, searched, mentions)
    units = [unit for unit in await touched_units(tx, found.versions) if unit not in found.gone]
    change = Change()
    after = _change_versions(change, found, names.mentions)
    derived = await _change_derived(tx, change, found.gone, units)
    change_sets = await _change_change_sets(tx, change, names)
    by_hand = {one.key for one in mentioning if one.key not in found.gone and _named(after, one, names.mentions)}
    return _Plan(found, names, change, units, derived, tuple(sorted(by_hand)), tuple(change_sets))


async def _see_that_a_person(tx: AsyncManagedTransaction, key: str) -> None:
    record = await _single(tx, "erase/thing", key=key, hash=key_hash(key))
    if record["erased_at"] is not None:
        at = written_instant(native(record["erased_at"]))
        raise NotFoundError(f"What went by {key} was erased at {at}.", "Nothing of it is left to erase.")
    if record["labels"] is None:
        raise NotRecordedError(
            f"Nothing is recorded under the key {key}.", "The question `search` finds keys by names."
        )
    if PERSON not in record["labels"]:
        label = label_of(record["labels"]) or "fact"
        message = f"{key} is no person but a {label}; only the data of an {PERSON} can be erased."
        raise InputError([Problem(pointer("key"), message, "What is wrong is corrected or withdrawn by a change set.")])


async def _find(tx: AsyncManagedTransaction, demand: Demand) -> _Found:
    """Read what goes with the person, and what names any of it, until nothing more goes."""
    found = _Found({demand.key}, await _by_thing(tx, {demand.key, *demand.also_in}))
    if unknown := {*demand.also_in} - found.versions.keys():
        raise InputError(
            [Problem(pointer("also_in"), f"Nothing is recorded under the key {one}.") for one in sorted(unknown)]
        )
    going: Collection[str] = {demand.key}
    while going:
        named = await _single(tx, "erase/referrers", keys=[*going])
        found.versions |= await _by_thing(tx, {*named["keys"]} - found.versions.keys())
        going = {one.key for one in found.kept() if left_of(one, found.gone) is None}
        found.gone |= going
    return found


async def _by_thing(tx: AsyncManagedTransaction, keys: Collection[str]) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = {}
    for version in await _versions(tx, "erase/versions", keys=sorted(keys)):
        found.setdefault(version.key, []).append(version)
    return found


async def _versions(tx: AsyncManagedTransaction, name: str, **values: Any) -> list[Version]:
    result = await tx.run(statement(name), values)
    return [
        Version(frozenset(record["labels"]), record["fields"], tuple(Link(**link) for link in record["links"]))
        async for record in result
    ]


def _whole(key: str) -> Iterator[str]:
    """Yield a key that is as telling as a name: `lavrov-sergey`, and not `may`."""
    if len(words(key)) > 1:
        yield key


def _identifying(version: Version, key: str) -> Iterator[str]:
    """Yield the names and the codes that a version gives the person."""
    if version.key == key:
        yield from _own_names(version)
    if version.label == "Identifier" and ("OF", key) in {(link.type, link.to) for link in version.links}:
        yield version.fields["code"]


def _own_names(version: Version) -> Iterator[str]:
    for value in map(version.fields.get, _NAMES):
        yield from value if isinstance(value, list) else filter(None, [value])


def _alone(names: Iterable[str], mentioning: Iterable[Version], gone: Collection[str]) -> frozenset[str]:
    """Return the words of names that are long enough, and are in the name of nobody and nothing else."""
    own = {word for name in names for word in words(name) if may_be_looked_for(word)}
    others = (
        name
        for version in mentioning
        if version.key not in gone and "name" in version.fields
        for name in _own_names(version)
    )
    return frozenset(own.difference(*map(words, others)))


def _identity(version: Version) -> tuple[str, int]:
    return version.key, version.fields["version"]


def _named(after: _Versions, version: Version, mentions: Mentions) -> bool:
    return any(mentions.found(text) for text in after.get(_identity(version), version).texts())


def _change_versions(change: Change, found: _Found, mentions: Mentions) -> _Versions:
    """Take what goes and the names out of the versions that stay, and return these as they are then."""
    after: _Versions = {}
    for version in found.kept():
        left = left_of(version, found.gone)
        assert left is not None  # noqa: S101 - what nothing is left of has gone
        after[_identity(version)] = cleaned = without_names(left, mentions)
        change.replace(version, cleaned)
        change.texts += cleaned.differing(left)
    return after


async def _change_derived(
    tx: AsyncManagedTransaction, change: Change, gone: Collection[str], units: Sequence[str]
) -> int:
    """Take what goes out of the derived relationships of all time, and return how many go."""
    before = len(change.gone)
    async for record in await tx.run(statement("erase/pieces"), keys=sorted(gone), units=units):
        piece = Derived(**record.data())
        left = left_of_derived(piece, gone)
        if left is None:
            change.gone.append(piece.id)
        elif left != piece:
            change.replace_relationship(piece, left)
    return len(change.gone) - before


async def _change_change_sets(tx: AsyncManagedTransaction, change: Change, names: _Names) -> list[str]:
    """Take the names out of change sets, and return the instants of those in which a part of one is left.

    An idempotency key with a name in it goes: the same change set again is then a new one.
    """
    left, mentions = [], names.mentions
    async for record in await tx.run(statement("erase/change_sets"), pieces=names.pieces):
        before = {name: record[name] for name in _TEXTS_OF_CHANGE_SETS if record[name] is not None}
        after: dict[str, str | None] = {name: _without_names(name, text, mentions) for name, text in before.items()}
        if after.get("idempotency_key") != before.get("idempotency_key"):
            after["idempotency_key"] = None
        named = any(text and mentions.found(text) for text in after.values())
        if named and record["recorded_at"] is None:
            # What changed nothing has no instant by which somebody could look at it, and is told to nobody.
            after, named = {**dict.fromkeys(before, MARK), "idempotency_key": None}, False
        if changed := {name: text for name, text in after.items() if text != before[name]}:
            change.change_sets.append({"id": record["id"], "fields": changed})
            change.texts += len(changed)
        if named:
            left.append(written_instant(native(record["recorded_at"])))
    return left


def _without_names(field: str, text: str, mentions: Mentions) -> str:
    """Return a text of a change set without the names; an answer value by value, so that it can still be read."""
    if field != "answer":
        return mentions.without(text, of_the_person=False)

    def cleaned(value: Any) -> Any:
        match value:
            case str():
                return mentions.without(value, of_the_person=False)
            case list():
                return [cleaned(one) for one in value]
            case dict():
                return {name: cleaned(one) for name, one in value.items()}
            case _:
                return value

    return json.dumps(cleaned(json.loads(text)), ensure_ascii=False)


async def _carry_out(tx: AsyncManagedTransaction, change: Change, gone: Collection[str]) -> None:
    values = {
        "versions": change.versions,
        "relationships": change.relationships,
        "gone": change.gone,
        "links": change.links,
        "change_sets": change.change_sets,
        "keys": sorted(gone),
    }
    await (await tx.run(statement("erase/carry_out"), values)).consume()


async def _remember(tx: AsyncManagedTransaction, told: ChangeSet, erased: Erased, hashes: Iterable[str]) -> int:
    """Leave the tombstones, and return how many erasures there are now."""
    person = {"author": told.author, "reason": told.reason, "removed": json.dumps(erased.counts())}
    of_person = key_hash(erased.key)
    rows = [{"hash": one, **(person if one == of_person else {})} for one in sorted(hashes)]
    record = await _single(tx, "erase/remember", rows=rows, erased_at=erased.known_at)
    return int(record["erasures"])


async def _single(tx: AsyncManagedTransaction, name: str, **values: Any) -> Record:
    return await (await tx.run(statement(name), values)).single(strict=True)
