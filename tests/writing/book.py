"""What should be recorded: a dictionary of keys and their versions, kept beside the graph by the plainest means.

It shares no code with what it judges. A text that is a key names that key, wherever it stands in a content.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from tests.writing.sequences import Alias, Merge, Operation, Put, Step, TakeBack, Undo, Withdraw, Write
from tests.writing.universe import BASE, FACTS, LABELS, Content, family

SOURCE_OF_ALL = "source-s"


class RefusedError(Exception):
    """A step is refused; the name of the error that says so."""


@dataclass(frozen=True)
class Version:
    """What was recorded of a key; no content where it was withdrawn."""

    label: str
    content: Content | None
    replaced_by: str | None = None


@dataclass
class Counts:
    """What a change set comes to."""

    created: int = 0
    corrected: int = 0
    withdrawn: int = 0
    unchanged: int = 0


class Book:
    """All versions by key, and which of them each change set wrote."""

    def __init__(self) -> None:
        self.versions: dict[str, list[Version]] = {}
        self.sets: list[dict[str, int]] = []

    def live(self, key: str) -> Version | None:
        """Return the current version, unless it is withdrawn or there is none."""
        version = self.versions[key][-1] if key in self.versions else None
        return None if version is None or version.content is None else version

    def number(self, key: str) -> int:
        """Return the number of the current version, 0 where there is none."""
        return len(self.versions.get(key, ()))

    def current(self) -> dict[str, Version]:
        """Return the current version of every key that was ever recorded."""
        return {key: versions[-1] for key, versions in self.versions.items()}

    def content(self, key: str) -> Content:
        """Return the content of what is there."""
        version = self.live(key)
        assert version is not None
        assert version.content is not None
        return version.content

    def naming(self, key: str) -> list[str]:
        """Return what names a key now."""
        return [one for one in sorted(self.versions) if self.live(one) and key in named(self.content(one))]

    def plan(self, step: Step) -> tuple[Operation, ...]:
        """Return the operations that a step comes to now. Raises RefusedError where it comes to none."""
        match step:
            case Write():
                operations = step.operations + (tuple(self._missing(step.operations)) if step.whole else ())
                return tuple(replace(one, expects=self._expected(one)) for one in operations)
            case TakeBack():
                return tuple(self._take_back(step))
            case Merge():
                return tuple(self._merge(step.gone, step.kept))
            case Alias():
                return (self._alias(step),)
            case Undo():
                return tuple(self._undo(self.undone(step)))
            case _:
                raise AssertionError(step)

    def undone(self, step: Undo) -> int:
        """Return which change set an undo takes back."""
        return max(0, len(self.sets) - 1 - step.back)

    def judge(self, operations: tuple[Operation, ...]) -> Counts:
        """Return what operations would come to. Raises RefusedError."""
        keys = [one.key for one in operations]
        if len(set(keys)) < len(keys) or any(self._wrong(one, operations) for one in operations):
            raise RefusedError("InputError")
        if any(one.expects not in {"any", self.number(one.key)} for one in operations):
            raise RefusedError("StaleVersionError")
        withdrawn = [one.key for one in operations if isinstance(one, Withdraw)]
        if any(set(self.naming(key)) - set(keys) for key in withdrawn):
            raise RefusedError("InputError")
        counts = Counts()
        for one in operations:
            name = self._change(one)
            setattr(counts, name, getattr(counts, name) + 1)
        return counts

    def write(self, operations: tuple[Operation, ...]) -> None:
        """Carry out what was judged right."""
        changed = [one for one in operations if self._change(one) != "unchanged"]
        for one in changed:
            if isinstance(one, Put):
                version = Version(one.label, one.content)
            else:
                version = Version(self.versions[one.key][-1].label, None, one.replaced_by)
            self.versions.setdefault(one.key, []).append(version)
        if changed:
            self.sets.append({one.key: self.number(one.key) for one in changed})

    def _expected(self, one: Operation) -> Any:
        number = self.number(one.key)
        # A withdrawal cannot expect that there is nothing.
        right = "any" if isinstance(one, Withdraw) and not number else number
        return {"any": "any", "right": right, "wrong": number + 1}[one.expects]  # type: ignore[index]

    def _missing(self, operations: tuple[Operation, ...]) -> Iterator[Put]:
        """Yield what has to be put for the references of puts to lead somewhere, and of these in turn."""
        there = {one.key for one in operations}
        left = sorted({key for one in operations if isinstance(one, Put) for key in named(one.content)})
        while left:
            key = left.pop()
            if key in there or self.live(key):
                continue
            there.add(key)
            yield Put(key, LABELS[family(key)], BASE[key])
            left += sorted(named(BASE[key]))

    def _take_back(self, step: TakeBack) -> Iterator[Operation]:
        taken, left = {step.key}, [step.key]
        yield Withdraw(step.key)
        if step.how == "mended":
            instead = next(one for one in reversed(BASE) if family(one) == family(step.key))
            for key in self.naming(step.key):
                label = self.versions[key][-1].label
                yield Put(key, label, renamed(self.content(key), step.key, instead))
        while step.how == "together" and left:
            for key in set(self.naming(left.pop())) - taken:
                taken.add(key)
                left.append(key)
                yield Withdraw(key)

    def _merge(self, gone: str, kept: str) -> Iterator[Operation]:
        if not self.live(gone):
            raise RefusedError("NotFoundError")
        if gone == kept or not self.live(kept):
            raise RefusedError("InputError")
        yield Withdraw(gone, kept)
        stays = renamed(self.content(kept), gone, kept)
        if "aliases" in stays:
            further = [name for name in names(self.content(gone)) if name not in names(self.content(kept))]
            stays |= {"aliases": list(dict.fromkeys([*stays["aliases"], *further]))}
        moved = {key: renamed(self.content(key), gone, kept) for key in self.naming(gone) if key != gone}
        for key, content in (moved | {kept: stays}).items():
            itself = key in named(content) and key not in named(self.content(key))
            if itself or content.get("predecessor", "") == content.get("successor"):
                raise RefusedError("InputError")
            yield Put(key, self.versions[key][-1].label, content)

    def _alias(self, step: Alias) -> Put:
        version = self.live(step.key)
        if version is None or (not step.added and step.alias not in self.content(step.key)["aliases"]):
            raise RefusedError("NotFoundError")
        aliases = [one for one in self.content(step.key)["aliases"] if one != step.alias or step.added]
        if step.added and step.alias not in aliases:
            aliases.append(step.alias)
        return Put(step.key, version.label, self.content(step.key) | {"aliases": aliases})

    def _undo(self, which: int) -> Iterator[Operation]:
        wrote = self.sets[which]
        if any(self.number(key) != number for key, number in wrote.items()):
            raise RefusedError("ConflictError")
        for key, number in sorted(wrote.items()):
            before = self.versions[key][number - 2] if number > 1 else None
            if before is None or before.content is None:
                yield Withdraw(key, before.replaced_by if before else None)
            else:
                yield Put(key, before.label, before.content)

    def _wrong(self, one: Operation, operations: tuple[Operation, ...]) -> bool:
        put = {other.key for other in operations if isinstance(other, Put)}
        gone = {other.key for other in operations if isinstance(other, Withdraw)}
        if isinstance(one, Withdraw):
            references = {one.replaced_by} - {None}
            misfit = one.key not in self.versions
        else:
            references = set(named(one.content))
            misfit = self._other_label(one)
        return misfit or any(key not in put and (key in gone or not self.live(str(key))) for key in references)

    def _other_label(self, put: Put) -> bool:
        before = self.versions[put.key][-1] if put.key in self.versions else None
        if before is None or before.label == put.label:
            return False
        return before.content is not None or not {before.label, put.label} <= FACTS

    def _change(self, one: Operation) -> str:
        live = self.live(one.key)
        if isinstance(one, Withdraw):
            return "withdrawn" if live else "unchanged"
        if live and live.label == one.label and plain(live.content) == plain(one.content):
            return "unchanged"
        return "corrected" if one.key in self.versions else "created"


def named(value: Any) -> set[str]:
    """Return the keys that a content names."""
    if isinstance(value, str):
        return {value} & BASE.keys()
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {key for part in parts for key in named(part)}


def renamed(value: Any, old: str, new: str) -> Any:
    """Return a content that names another key, and nothing twice."""
    if isinstance(value, dict):
        return {name: renamed(part, old, new) for name, part in value.items()}
    if isinstance(value, list):
        parts = [renamed(part, old, new) for part in value]
        return [part for i, part in enumerate(parts) if part not in parts[:i]]
    return new if value == old else value


def names(content: Content) -> list[str]:
    """Return all names that an entity goes by."""
    own = [content.get(name) for name in ("name", "title", "name_in_own_script")]
    return [name for name in (*own, *content.get("aliases", ())) if name]


def plain(value: Any) -> Any:
    """Return a content as it is compared: links have no order, and what is absent is nothing."""
    if isinstance(value, dict):
        return {name: part if name == "aliases" else plain(part) for name, part in value.items() if part is not None}
    return sorted((plain(part) for part in value), key=repr) if isinstance(value, list) else value
