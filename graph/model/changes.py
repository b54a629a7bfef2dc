"""Change sets: the only form in which anything is written."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny

from graph.model.records import Count, Key, Record, Sentence
from graph.model.stored import Stored, references, to_stored


class Put(BaseModel):
    """Record the whole content of a thing: its first version, or a correction.

    What it names and stores is worked out once, by whoever asks first.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    record: SerializeAsAny[Record] = Field(description="The content.")
    if_version: Count | None = Field(
        None, ge=0, description="Number of the version it replaces; 0 when the thing must not exist yet."
    )

    @cached_property
    def key(self) -> str:
        """Key of the thing written."""
        return self.record.key

    @cached_property
    def named(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """Every key that the content names, as (JSON pointer within it, key, labels that may go by it)."""
        return tuple(references(self.record))

    @cached_property
    def stored(self) -> Stored:
        """The content as properties and links."""
        return to_stored(self.record)

    @cached_property
    def content(self) -> str:
        """Hash of the content: what is recorded with the same is the same."""
        return self.stored.digest(self.record.version_label)


class Withdraw(BaseModel):
    """Take a thing back: it stays in every earlier state of knowledge and is gone from later ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    reason: Sentence = Field(description="Why it is withdrawn.")
    replaced_by: Key | None = Field(None, description="Key of the thing that takes its place.")
    if_version: Count | None = Field(None, ge=1, description="Number of the version it withdraws.")


Operation = Put | Withdraw


class ChangeSet(BaseModel):
    """Operations that are written together or not at all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    author: str = Field(min_length=1, max_length=200, description="Who writes.")
    reason: Sentence = Field(description="Why.")
    idempotency_key: str | None = Field(
        None,
        min_length=1,
        max_length=400,
        description="Name of this change set; the same again gives the first answer.",
    )
    operations: tuple[Operation, ...] = Field(description="What is written; each key once.")

    @classmethod
    def of(cls, records: Iterable[Record], *, author: str, reason: str) -> "ChangeSet":
        """Make a change set that puts records."""
        return cls(author=author, reason=reason, operations=tuple(Put(record=record) for record in records))

    def digest(self) -> str:
        """Hash of everything in it, to tell a replay from another use of its idempotency key."""
        labelled = [
            (type(op).__name__, op.record.label() if isinstance(op, Put) else "", op.model_dump(mode="json"))
            for op in self.operations
        ]
        return hashlib.sha256(
            orjson.dumps([self.author, self.reason, labelled], option=orjson.OPT_SORT_KEYS)
        ).hexdigest()


class Change(StrEnum):
    """What a change set made of a thing."""

    CREATED = "created"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Written:
    """A version that a change set wrote: of what, its label, its number, and what became of the thing by it."""

    key: str
    label: str
    version: int
    change: Change


@dataclass(frozen=True)
class Receipt:
    """What became of a change set.

    `known_at` is the instant from which it can be read: its own, or the last committed one when nothing changed.
    """

    known_at: datetime
    created: int = 0
    corrected: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    derived_opened: int = 0
    derived_closed: int = 0

    @property
    def changed(self) -> int:
        """Number of versions written."""
        return self.created + self.corrected + self.withdrawn


@dataclass(frozen=True)
class Outcome:
    """A receipt with all that can be told of the change set.

    `warnings` are rows of the question `disputed_facts` of which a side was written, at most `MOST_WARNINGS` of them:
    what sources say, odd as it is. `bookmark` is the database's own token for the write; empty where nothing was.
    """

    receipt: Receipt
    versions: tuple[Written, ...] = ()
    warnings: tuple[dict[str, Any], ...] = ()
    bookmark: str = ""

    def kept(self) -> str:
        """Return what a change set keeps of it, as text: `Outcome.again` reads it."""
        told = asdict(self.receipt) | {"known_at": self.receipt.known_at.isoformat()}
        # As it is read, so that a name in it is found when it has to be erased.
        return json.dumps(told | ({"warnings": self.warnings} if self.warnings else {}), ensure_ascii=False)

    @classmethod
    def again(cls, kept: str) -> "Outcome":
        """Return the receipt and the warnings that a change set keeps; its versions are recorded by themselves."""
        told = json.loads(kept)
        warnings = tuple(told.pop("warnings", ()))
        return cls(Receipt(**told | {"known_at": datetime.fromisoformat(told["known_at"])}), warnings=warnings)


MOST_WARNINGS = 200
