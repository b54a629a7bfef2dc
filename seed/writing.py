"""Records written by change sets, without what was erased: that stays out, and what names it too.

Used by what is shipped and by what is imported.
"""

from collections.abc import Container, Sequence
from typing import Protocol

from graph.errors import ERASED, InputError, Problem
from graph.model import Record
from graph.model.changes import ChangeSet, Receipt
from graph.model.stored import references
from seed.rejects import Reject

AUTHOR = "foedus"
SHIPPED = "seed"


class Writes(Protocol):
    """What can write a change set; `graph.writer.Writer` can, and `graph.imported.Trial` says what it would come to."""

    async def apply(self, change_set: ChangeSet) -> Receipt:
        """Write a change set."""
        ...


async def write_records(writer: Writes, records: Sequence[Record], reason: str, erased: dict[str, Reject]) -> Receipt:
    """Write records in one change set without what was erased and what names it; those are added to `erased` by key.

    The writer alone knows what was erased. What names a thing that was left out may find it recorded all the same, as
    it was before or without whom it named, and is left out only if not.
    """
    while True:
        try:
            return await writer.apply(ChangeSet.of(records, author=AUTHOR, reason=reason))
        except InputError as error:
            refused = {int(problem.pointer.split("/")[2]): problem for problem in error.problems}
            if not all(one.code == ERASED or _names_any(records[i], erased) for i, one in refused.items()):
                raise
            left_out = [Reject(SHIPPED, 0, records[i].key, _reason(one)) for i, one in refused.items()]
            erased |= {reject.row: reject for reject in left_out}
            records = [record for i, record in enumerate(records) if i not in refused]


def _names_any(record: Record, keys: Container[str]) -> bool:
    return any(key in keys for _, key, _ in references(record))


def _reason(problem: Problem) -> str:
    return problem.message if problem.code == ERASED else f"It names what was erased: {problem.message}"
