"""The small world of the tests: invented states around an invented sea, read from the story beside this file.

Each file of `story/` tells one theme and is a table of records by label and key. What is the same in all of them is
said once at its head: the `agreement` they belong to, the `source` and the `locator`. A name that begins with a dot
is relative to that agreement, and `.` is the agreement itself. The files of `story/later/` are what became known
afterwards, one change set each.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graph.model import LABELS, Record
from graph.model.changes import ChangeSet, Operation, Put, Withdraw
from graph.model.records import Fact

STORY = Path(__file__).parent / "story"
_HEAD = ("agreement", "source", "locator", "reason", "withdrawn")
_BELONGS = {"Act": "on", "Participation": "agreement", "Term": "of", "Provision": "of", "Commitment": "under"}
"""The field by which a record of this label names its agreement."""


def change_sets() -> list[ChangeSet]:
    """Return the three change sets in the order in which they became known."""
    first = ChangeSet.of(first_records(), author="a test", reason="The story of the Narrow Sea.")
    return [first, *(_later(_read(path)) for path in sorted((STORY / "later").glob("*.toml")))]


def first_records() -> list[Record]:
    """Return what was known at first."""
    return [record for path in sorted(STORY.glob("*.toml")) for record in _records(_read(path))]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _later(told: Mapping[str, Any]) -> ChangeSet:
    agreement = told["agreement"]
    gone = told.get("withdrawn", {})
    operations: list[Operation] = [Put(record=record) for record in _records(told)]
    operations += [Withdraw(key=_whole(agreement, key), reason=reason) for key, reason in gone.items()]
    return ChangeSet(author="a test", reason=told["reason"], operations=tuple(operations))


def _records(told: Mapping[str, Any]) -> Iterator[Record]:
    for label in (name for name in told if name not in _HEAD):
        for key, fields in told[label].items():
            yield _record(LABELS[label], told, _whole(told.get("agreement"), {"key": key} | fields))


def _record(model: type[Record], told: Mapping[str, Any], fields: dict[str, Any]) -> Record:
    if issubclass(model, Fact) and "attested_by" not in fields:
        fields["attested_by"] = [{"source": told["source"], "locator": told["locator"]}]
    belongs = _BELONGS.get(model.__name__)
    if belongs and "agreement" in told:
        fields.setdefault(belongs, told["agreement"])
    return model.model_validate(fields)


def _whole(agreement: str | None, value: Any) -> Any:
    """Write out every name that is relative to the agreement."""
    match value:
        case str() if agreement and value.startswith("."):
            return agreement if value == "." else agreement + value
        case list():
            return [_whole(agreement, item) for item in value]
        case dict():
            return {name: _whole(agreement, item) for name, item in value.items()}
        case _:
            return value
