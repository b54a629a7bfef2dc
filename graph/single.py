"""Change sets about one record: put, patched, withdrawn, its aliases added and retired. Built in the transaction.

A record is named by label and key; what is recorded under the key with another label is not found.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import InputError, NotFoundError, NotRecordedError, Problem, StaleVersionError
from graph.model.changes import ChangeSet, Operation, Put, Withdraw
from graph.model.reading import read_record
from graph.model.records import Record
from graph.model.rules import Rule
from graph.recorded import Version
from graph.transaction import Locked
from graph.writer import Build

RECORD = "/operations/0/record"
VERSION = "/operations/0/if_version"


@dataclass(frozen=True)
class One:
    """A record that is to be changed, the version that is expected to be the current one, and who changes it, why."""

    label: str
    key: str
    if_version: int
    author: str
    reason: str

    async def current(self, locked: Locked) -> Record:
        """Return the record as it is. Raises NotFoundError, and StaleVersionError when another version is current."""
        version = (await locked.versions([self.key])).get(self.key)
        record = found(version, self.label, self.key)
        assert version is not None  # noqa: S101 - it was found
        if version.version != self.if_version:
            message = f"{self.key} is at version {version.version}, not {self.if_version}."
            raise StaleVersionError([Problem(VERSION, message, "Read it again and write anew.", Rule.STALE_VERSION)])
        return record

    def put(self, record: Record) -> Build:
        """Build the set that puts the whole record; `if_version` 0 says that it must be new."""

        async def build(_: Locked) -> ChangeSet:
            return self._change_set(Put(record=record, if_version=self.if_version))

        return build

    def patch(self, patch: Mapping[str, Any]) -> Build:
        """Build the set that corrects what a JSON merge patch (RFC 7396) names: null takes a field away."""

        def patched(content: dict[str, Any]) -> Any:
            merged = merge_patch(content, patch)
            if merged.get("key") != self.key:
                raise InputError([Problem(f"{RECORD}/key", "A key is never changed.", "Merge entities instead.")])
            return merged

        return self._corrected(patched)

    def withdraw(self) -> Build:
        """Build the set that withdraws it."""

        async def build(locked: Locked) -> ChangeSet:
            await self.current(locked)
            return self._change_set(Withdraw(key=self.key, reason=self.reason, if_version=self.if_version))

        return build

    def add_alias(self, alias: str) -> Build:
        """Build the set that adds another name; one that it has already changes nothing."""

        def added(content: dict[str, Any]) -> dict[str, Any]:
            aliases = content["aliases"]
            return content if alias in aliases else content | {"aliases": [*aliases, alias]}

        return self._corrected(added)

    def retire_alias(self, alias: str) -> Build:
        """Build the set that takes another name away. Raises NotFoundError when it has none like that."""

        def retired(content: dict[str, Any]) -> dict[str, Any]:
            if alias not in content["aliases"]:
                hint = f"It has {', '.join(content['aliases'])}." if content["aliases"] else None
                raise NotFoundError(f"{self.key} has no alias {alias!r}.", hint)
            return content | {"aliases": [one for one in content["aliases"] if one != alias]}

        return self._corrected(retired)

    def _change_set(self, operation: Operation) -> ChangeSet:
        return ChangeSet(author=self.author, reason=self.reason, operations=(operation,))

    def _corrected(self, correct: Callable[[dict[str, Any]], Any]) -> Build:
        async def build(locked: Locked) -> ChangeSet:
            content = (await self.current(locked)).model_dump(exclude_computed_fields=True)
            record = read_record(self.label, correct(content), RECORD)
            return self._change_set(Put(record=record, if_version=self.if_version))

        return build


def found(version: Version | None, label: str, key: str) -> Record:
    """Return the record of a version that has this label. Raises NotFoundError that says what is there instead."""
    if version is None or version.label not in {label, None}:
        raise NotRecordedError(f"There is no {label} under the key {key}.")
    if version.record is None:
        instead = f"{version.replaced_by} took its place." if version.replaced_by else None
        raise NotFoundError(f"{key} was withdrawn: {version.reason}", instead)
    return version.record


def merge_patch(content: Any, patch: Any) -> Any:
    """Return what a JSON merge patch makes of some content (RFC 7396, section 2)."""
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(content) if isinstance(content, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged
