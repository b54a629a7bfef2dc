"""The change set that takes another one back: what it opened is ended, and what it closed is opened again as it was."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.errors import ConflictError, NotFoundError, Problem
from graph.model.changes import ChangeSet, Operation, Put, Withdraw
from graph.recorded import Version, version_of
from graph.revision import OPEN_UNTIL
from graph.statements import statement
from graph.transaction import Locked
from graph.writer import Build


@dataclass(frozen=True)
class _Step:
    """A version that a change set wrote: its number, whether it is still the current one, and what was there before."""

    key: str
    version: int
    current: bool
    before: Version | None


def undo(instant: datetime, author: str, reason: str) -> Build:
    """Build the change set that undoes the one of an instant.

    Raises NotFoundError when there is none, ConflictError when something came after: one of its versions is no longer
    the current one. What names a thing that it created is in the way too, as for every withdrawal.
    """

    async def build(locked: Locked) -> ChangeSet:
        values = {"instant": instant, "open": OPEN_UNTIL}
        rows = [record async for record in await locked.tx.run(statement("write/undo"), values)]
        if not rows:
            raise NotFoundError(f"There is no change set of {instant.isoformat()}.", "GET /changes lists them.")
        steps = [
            _Step(row["key"], row["version"], row["current"], version_of(row["before"]) if row["before"] else None)
            for row in rows
            if row["key"] is not None
        ]
        _see_last(instant, steps)
        return ChangeSet(author=author, reason=reason, operations=tuple(_operations(steps, reason)))

    return build


def _see_last(instant: datetime, steps: Sequence[_Step]) -> None:
    told = instant.isoformat()
    if not steps:
        raise ConflictError(f"The change set of {told} derived anew and wrote no version.", "There is nothing to undo.")
    later = [step.key for step in steps if not step.current]
    if later:
        problems = [Problem("", f"{key} was written again since.", code="written_since") for key in later[:100]]
        message = f"Something came after {told}: {', '.join(later[:5])} {'was' if len(later) == 1 else 'were'} written."
        raise ConflictError(message, "Undo the later change sets first, or correct the records one by one.", problems)


def _operations(steps: Iterable[_Step], reason: str) -> Iterator[Operation]:
    for step in steps:
        before = step.before
        if before is not None and before.record is not None:
            yield Put(record=before.record, if_version=step.version)
        else:
            why, instead = (before.reason, before.replaced_by) if before else (None, None)
            yield Withdraw(key=step.key, reason=why or reason, replaced_by=instead, if_version=step.version)
