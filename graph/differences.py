"""A change set held against what is recorded: what it would open and close, or every reason why it cannot be written.

Pure; the writer reads what is recorded and carries out the difference.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from graph.errors import InputError, Problem, StaleVersionError
from graph.model import LABELS, Record
from graph.model.changes import Change, ChangeSet, Operation, Put, Receipt, Withdraw, Written
from graph.model.rules import Rule
from graph.model.stored import Stored, StoredLink

Row = dict[str, Any]
MOST_TOLD = 1000
"""How many problems are told of one change set."""
_CORRECT_IT = "Read it, and correct it."
_WRITE_IT_TOO = "Put it in the same change set, or correct the key."


@dataclass(frozen=True)
class Recorded:
    """What is recorded under a key now: labels of the thing and its current version, and that version's content.

    Of what was merged into another `replaced_by` is the other.
    """

    labels: frozenset[str]
    version: int
    content: str
    withdrawn: bool
    replaced_by: str | None = None


@dataclass
class Difference:
    """What has to be written so that a change set holds: new things, versions to close, versions to open."""

    things: list[Row] = field(default_factory=list)
    close: list[str] = field(default_factory=list)
    open: list[Row] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    unchanged: int = 0

    def receipt(self, known_at: datetime, *, derived_opened: int = 0, derived_closed: int = 0) -> Receipt:
        """Return the receipt of what was written by it."""
        counts = Counter(one.change for one in self.written)
        return Receipt(
            known_at,
            created=counts[Change.CREATED],
            corrected=counts[Change.CORRECTED],
            withdrawn=counts[Change.WITHDRAWN],
            unchanged=self.unchanged,
            derived_opened=derived_opened,
            derived_closed=derived_closed,
        )


def compare(change_set: ChangeSet, recorded: Mapping[str, Recorded]) -> Difference:
    """Return what differs. `recorded` holds every key the set writes or names that is recorded.

    Raises InputError with every problem found, each with a JSON pointer into the change set, else StaleVersionError
    with every operation that expects a version that is not the current one.
    """
    problems = [*_used_twice(change_set), *_wrong_labels(change_set, recorded), *_unknown(change_set, recorded)]
    if problems:
        raise InputError(problems[:MOST_TOLD])
    if stale := list(_unexpected(change_set, recorded)):
        raise StaleVersionError(stale[:MOST_TOLD])
    difference = Difference()
    for operation in change_set.operations:
        if isinstance(operation, Put):
            _put(difference, operation, recorded.get(operation.key))
        else:
            _withdraw(difference, operation, recorded[operation.key])
    return difference


def still_named(change_set: ChangeSet, referrers: Mapping[str, Collection[str]]) -> None:
    """Refuse to withdraw what current versions name, unless the same change set replaces or withdraws those too."""
    written = {operation.key for operation in change_set.operations}
    problems = [
        Problem(
            f"/operations/{i}/key",
            f"{operation.key} cannot be withdrawn: {', '.join(sorted(left)[:5])} still name it.",
            "Correct or withdraw those in the same change set.",
            Rule.STILL_NAMED,
        )
        for i, operation in enumerate(change_set.operations)
        if isinstance(operation, Withdraw) and (left := set(referrers.get(operation.key, ())) - written)
    ]
    if problems:
        raise InputError(problems)


def _used_twice(change_set: ChangeSet) -> Iterator[Problem]:
    often = Counter(operation.key for operation in change_set.operations)
    twice = {key for key, number in often.items() if number > 1}
    for i, operation in enumerate(change_set.operations if twice else ()):
        if operation.key in twice:
            yield Problem(
                f"/operations/{i}",
                f"{operation.key} is written more than once.",
                "Write each key once in a change set.",
                Rule.WRITTEN_TWICE,
            )


def _wrong_labels(change_set: ChangeSet, recorded: Mapping[str, Recorded]) -> Iterator[Problem]:
    for i, operation in enumerate(change_set.operations):
        known = recorded.get(operation.key)
        if isinstance(operation, Withdraw) and known is None:
            nothing = f"Nothing is recorded under the key {operation.key}."
            yield Problem(f"/operations/{i}/key", nothing, "Correct the key.", Rule.KEY_UNKNOWN)
        if not isinstance(operation, Put) or known is None:
            continue
        # A withdrawn fact has no version left that would tell its label.
        own = () if known.withdrawn else (operation.record.version_label,)
        if not known.labels.issuperset((*operation.record.thing_labels, *own)):
            yield Problem(
                f"/operations/{i}/record/key",
                f"The key {operation.key} is already used for another label than {operation.record.label()}.",
                "Choose another key; keys are unique in the whole graph and never reused.",
                Rule.KEY_IN_USE,
            )


def _unknown(change_set: ChangeSet, recorded: Mapping[str, Recorded]) -> Iterator[Problem]:
    """Find references to keys that are not there after this change set, or have a label that cannot stand there."""
    put = {op.key: _labels(type(op.record)) for op in change_set.operations if isinstance(op, Put)}
    gone = {op.key for op in change_set.operations if isinstance(op, Withdraw)}
    for i, operation in enumerate(change_set.operations):
        for pointer, key, allowed in _references(operation, recorded):
            labels = put.get(key) or _live_labels(recorded.get(key), key in gone)
            if labels is not None and not labels.isdisjoint(allowed):
                continue
            at = f"/operations/{i}{'/record' if isinstance(operation, Put) else ''}{pointer}"
            if labels is None:
                yield Problem(at, *_not_there(key, recorded.get(key)), Rule.REFERENCE_UNKNOWN)
            else:
                message = f"{key} is not one of: {', '.join(allowed)}."
                yield Problem(at, message, "Name another thing.", Rule.REFERENCE_MISFIT)


@cache
def _labels(model: type[Record]) -> frozenset[str]:
    return frozenset(model.thing_labels)


def _references(operation: Operation, recorded: Mapping[str, Recorded]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if isinstance(operation, Put):
        yield from operation.named
    elif operation.replaced_by is not None:
        known = recorded.get(operation.key)
        # Of an entity an entity of the same label takes the place, so that its address leads there.
        label = label_of(known.labels - {"Thing", "Fact"}) if known and "Fact" not in known.labels else None
        yield "/replaced_by", operation.replaced_by, (label or "Thing",)


def _not_there(key: str, known: Recorded | None) -> tuple[str, str]:
    """Say what became of a key that nothing goes by, and the way out."""
    if known is None:
        return f"Nothing is recorded under the key {key}.", _WRITE_IT_TOO
    if known.replaced_by is not None:
        return f"{key} was merged into {known.replaced_by}.", f"Name {known.replaced_by}."
    return f"{key} is withdrawn.", _WRITE_IT_TOO


def _live_labels(known: Recorded | None, gone: bool) -> frozenset[str] | None:
    return None if known is None or known.withdrawn or gone else known.labels


def _unexpected(change_set: ChangeSet, recorded: Mapping[str, Recorded]) -> Iterator[Problem]:
    for i, operation in enumerate(change_set.operations):
        known = recorded.get(operation.key)
        current = known.version if known is not None else 0
        if operation.if_version in {None, current}:
            continue
        at, key = f"/operations/{i}/if_version", operation.key
        if operation.if_version == 0:
            withdrawn = known is not None and known.withdrawn
            hint = f'Version "{current}" withdrew it; name that to record it again.' if withdrawn else _CORRECT_IT
            yield Problem(at, f"The key {key} is already used.", hint, Rule.KEY_IN_USE)
        else:
            there = f"{key} is at version {current}, not" if current else f"{key} is not recorded; there is no version"
            message = f"{there} {operation.if_version}."
            yield Problem(at, message, "Read it again and write anew.", Rule.STALE_VERSION)


def _put(difference: Difference, operation: Put, known: Recorded | None) -> None:
    record = operation.record
    if known is not None and known.content == operation.content:
        difference.unchanged += 1
        return
    if known is None:
        difference.things.append({"key": record.key, "labels": [x for x in record.thing_labels if x != "Thing"]})
    change = Change.CREATED if known is None else Change.CORRECTED
    version = _open(
        difference, record.key, record.version_label, operation.stored, content=operation.content, known=known
    )
    difference.written.append(Written(record.key, record.label(), version, change))


def _withdraw(difference: Difference, operation: Withdraw, known: Recorded) -> None:
    if known.withdrawn:
        difference.unchanged += 1
        return
    fields = {"reason": operation.reason, "replaced_by": operation.replaced_by}
    stored = Stored({name: value for name, value in fields.items() if value is not None}, [])
    content = stored.digest("Withdrawal")
    version = _open(difference, operation.key, "Withdrawal", stored, content=content, known=known)
    label = label_of(known.labels) or "Fact"
    difference.written.append(Written(operation.key, label, version, Change.WITHDRAWN))


def _open(difference: Difference, key: str, label: str, stored: Stored, *, content: str, known: Recorded | None) -> int:
    """Note a version that is to be opened, and return its number."""
    version = known.version + 1 if known is not None else 1
    if known is not None:
        difference.close.append(key)
    difference.open.append(
        {
            "key": key,
            "labels": [label],
            "version": version,
            "content": content,
            "fields": stored.fields,
            "links": [_link(link) for link in stored.links],
        }
    )
    return version


def _link(link: StoredLink) -> Row:
    # `asdict` would copy each property deeply, and take a sixth of the time that a change set takes.
    return vars(link)


def label_of(labels: Collection[str]) -> str | None:
    """Return which label of the model is among the labels of a thing or a version; None for a withdrawal."""
    return next((label for label in labels if label in LABELS), None)
