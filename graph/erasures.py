"""What is asked and told of an erasure, and what is known of it afterwards: hashes of what must not be recorded again.

The writer asks for these before it puts anything; `graph.erasing` leaves them.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from neo4j import AsyncManagedTransaction
from pydantic import BaseModel, ConfigDict, Field

from graph.errors import ERASED, InputError, Problem, pointer
from graph.model.changes import ChangeSet, Put
from graph.model.records import Key, Name, Sentence
from graph.statements import statement

_HINT = "What was erased is not recorded again; leave it out."


class Demand(BaseModel):
    """That a person's data are to be erased, by whom, why, and how far."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    key: Key = Field(description="Key of the person.")
    author: str = Field(min_length=1, max_length=200, description="Who erases.")
    reason: Sentence = Field(description="Why: what was asked, and by what law.")
    names: tuple[Name, ...] = Field((), description="Other names and forms of names that texts may have, in any case.")
    also_in: tuple[Key, ...] = Field((), description="Keys of things that do not name the person, and whose texts do.")


@dataclass(frozen=True)
class Erased:
    """What an erasure removed and what it left, for who carries it out; only the counts are kept.

    `known_at` is the instant from which it can be read, or the last committed one where it was only tried. `own` are
    keys of the person's identifiers, memberships and tenures, `alone` of what said nothing without the person. By hand
    are looked at the things and the change sets in whose texts and keys something of the names still stands.
    """

    key: str
    known_at: datetime
    things: int
    versions: int
    links: int
    derived: int
    changed: int
    texts: int
    own: tuple[str, ...]
    alone: tuple[str, ...]
    replaced: tuple[str, ...]
    not_looked_for: tuple[str, ...]
    by_hand: tuple[str, ...]
    change_sets_by_hand: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """Return how much was removed or changed."""
        return {name: getattr(self, name) for name in ("things", "versions", "links", "derived", "changed", "texts")}


def key_hash(key: str) -> str:
    """Return what is kept in place of a key, which may hold a name."""
    return hashlib.sha256(key.encode()).hexdigest()


async def see_that_not_erased(tx: AsyncManagedTransaction, change_set: ChangeSet) -> None:
    """Raise InputError for every put under a key that was erased, and for every content that holds what was."""
    looked_for = [*_looked_for(change_set)]
    hashes = sorted({value for value, _ in looked_for})
    record = await (await tx.run(statement("erase/erased"), hashes=hashes)).single(strict=True)
    erased = frozenset(record["erased"])
    if problems := [problem for value, problem in looked_for if value in erased]:
        raise InputError(problems)


def _looked_for(change_set: ChangeSet) -> Iterator[tuple[str, Problem]]:
    for i, operation in enumerate(change_set.operations):
        if not isinstance(operation, Put):
            continue
        record, at = operation.record, pointer("operations", str(i), "record")
        yield key_hash(record.key), Problem(f"{at}/key", f"What went by {record.key} was erased.", _HINT, ERASED)
        yield operation.content, Problem(at, f"This content of {record.key} holds what was erased.", _HINT, ERASED)
