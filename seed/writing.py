"""Records written by change sets, without what cannot be there: what was erased, and what names it too.

Used by what is shipped and by what is imported.
"""

from collections.abc import Container, Sequence
from typing import Protocol

from graph.errors import ERASED, InputError, Problem
from graph.model.changes import ChangeSet, Put, Receipt
from seed.rejects import Reject

AUTHOR = "foedus"
SHIPPED = "seed"


class Writes(Protocol):
    """What can write a change set; `graph.writer.Writer` can, and `graph.imported.Trial` says what it would come to."""

    async def apply(self, change_set: ChangeSet) -> Receipt:
        """Write a change set."""
        ...


async def write_records(
    writer: Writes,
    puts: Sequence[Put],
    reason: str,
    left_out: dict[str, Reject],
    *,
    codes: Container[str] = (ERASED,),
    also: Sequence[Put] = (),
) -> Receipt:
    """Write records in one change set without those that are refused for a reason of `codes`, and what names them.

    They are added to `left_out` by key. The writer alone knows what was erased. What names a thing that was left out
    may find it recorded all the same, as it was before or without whom it named, and is left out only if not. `also` is
    put as well, and nothing is written where that cannot be.
    """
    while True:
        try:
            return await writer.apply(ChangeSet(author=AUTHOR, reason=reason, operations=(*puts, *also)))
        except InputError as error:
            refused = {int(problem.pointer.split("/")[2]): problem for problem in error.problems}
            if any(i >= len(puts) for i in refused) or not all(
                one.code in codes or _names_any(puts[i], left_out) for i, one in refused.items()
            ):
                raise
            rejects = [
                Reject(SHIPPED, 0, puts[i].key, one.message if one.code in codes else _names(one))
                for i, one in refused.items()
            ]
            left_out |= {reject.row: reject for reject in rejects}
            puts = [put for i, put in enumerate(puts) if i not in refused]


def _names_any(put: Put, keys: Container[str]) -> bool:
    return any(key in keys for _, key, _ in put.named)


def _names(problem: Problem) -> str:
    return f"It names what was erased: {problem.message}"
