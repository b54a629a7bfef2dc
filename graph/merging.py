"""The change set that merges two entities: whatever named the one names the other, and the one is withdrawn."""

from collections.abc import Sequence

from pydantic import ValidationError

from graph.errors import ConflictError, InputError, Problem
from graph.model.changes import ChangeSet, Put, Withdraw
from graph.model.records import Entity, Record
from graph.model.stored import references, relinked
from graph.recorded import Version
from graph.single import One
from graph.transaction import Locked
from graph.writer import Build

INTO = "/into"


def merge(one: One, into: str, most: int) -> Build:
    """Build the change set that merges an entity into another of the same label.

    Every current version that names it is corrected, inside links too; its names become aliases of the other, so that
    it is still found by them; it is withdrawn with `replaced_by`. Earlier states of knowledge keep it as it was. Raises
    NotFoundError, StaleVersionError, InputError when the two are no two entities of one label or a record that names
    both cannot say so of one, and ConflictError when more than `most` versions name it.
    """

    async def build(locked: Locked) -> ChangeSet:
        gone = _entity(await one.current(locked))
        other = (await locked.versions([into])).get(into)
        kept = _other(other, into, one)
        referrers = [key for key in (await locked.referrers([one.key])).get(one.key, ()) if key not in {one.key, into}]
        if len(referrers) > most:
            raise ConflictError(f"{len(referrers)} records name {one.key}; at most {most} can follow at once.")
        naming = await locked.versions(referrers)
        puts = [Put(record=_named(kept, gone), if_version=other.version if other else None)]
        puts += [
            Put(record=_moved(version.record, one.key, into), if_version=version.version)
            for version in naming.values()
            if version.record is not None
        ]
        withdrawal = Withdraw(key=one.key, reason=one.reason, replaced_by=into, if_version=one.if_version)
        return ChangeSet(author=one.author, reason=one.reason, operations=(withdrawal, *puts))

    return build


def _entity(record: Record) -> Entity:
    if not isinstance(record, Entity):
        raise InputError([Problem("", f"{record.key} is a fact; only entities are merged.", "Withdraw one of them.")])
    return record


def _other(version: Version | None, into: str, one: One) -> Entity:
    if into == one.key:
        raise _misfit("A thing cannot be merged into itself.")
    if version is None or version.record is None:
        raise _misfit(f"Nothing is recorded under the key {into}.")
    if version.label != one.label or not isinstance(version.record, Entity):
        raise _misfit(f"{one.key} is of label {one.label} and {into} of label {version.label}: they cannot be one.")
    return version.record


def _misfit(message: str) -> InputError:
    return InputError([Problem(INTO, message, "Name the entity that stays.")])


def _moved(record: Record, key: str, into: str) -> Record:
    try:
        moved = relinked(record, key, into)
    except ValidationError as error:
        raise _misfit(f"{record.key} names both: {error.errors(include_url=False)[0]['msg']}") from None
    if _names_itself(moved) and not _names_itself(record):
        raise _misfit(f"{record.key} would name itself.")
    return moved


def _names_itself(record: Record) -> bool:
    return any(named == record.key for _, named, _ in references(record))


def _named(kept: Entity, gone: Entity) -> Record:
    """Return the entity that stays, with the names of the one that goes, and without naming it."""
    moved = _moved(kept, gone.key, kept.key)
    aliases = getattr(moved, "aliases", None)
    if aliases is None:
        return moved
    further = [name for name in _names(gone) if name not in _names(kept)]
    return moved.model_copy(update={"aliases": tuple(dict.fromkeys((*aliases, *further)))})


def _names(entity: Entity) -> Sequence[str]:
    own = [getattr(entity, name, None) for name in ("name", "title", "name_in_own_script")]
    return [name for name in (*own, *getattr(entity, "aliases", ())) if name]
