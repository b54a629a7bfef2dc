"""Everything that foedus ships, as records and into a graph.

Loading twice changes nothing: a record whose content is already there writes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from graph.errors import InputError, Problem
from graph.model import Record
from graph.model.changes import ChangeSet, Receipt
from seed.check import find_faults
from seed.dprk_russia_2024 import case
from seed.rejects import Reject
from seed.states import states

AUTHOR = "foedus"


class Writes(Protocol):
    """What can write a change set; `graph.writer.Writer` can."""

    async def apply(self, change_set: ChangeSet) -> Receipt:
        """Write a change set."""
        ...


@dataclass(frozen=True)
class Part:
    """Records that are loaded together, and why."""

    reason: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Loaded:
    """What became of a load."""

    receipts: tuple[Receipt, ...]
    rejects: tuple[Reject, ...]


def shipped_parts() -> tuple[list[Part], list[Reject]]:
    """Return what foedus ships in the order in which it is written, and what could not be read."""
    countries, unread = states()
    case_records, left_out = case(frozenset(record.key for record in countries))
    parts = [
        Part("Today's states and territories with their codes.", tuple(countries)),
        Part("The DPRK-Russia treaty of 2024, and the claims about troops.", tuple(case_records)),
    ]
    return parts, unread + left_out


def shipped_records() -> tuple[list[Record], list[Reject]]:
    """Return all records that foedus ships, and what could not be read."""
    parts, rejects = shipped_parts()
    return [record for part in parts for record in part.records], rejects


async def load_shipped(writer: Writes, progress: Callable[[str], None] | None = None) -> Loaded:
    """Write what foedus ships, one change set for each part; `progress` is told each in a sentence.

    Raises InputError, before anything is written, when the records do not fit together.
    """
    parts, rejects = shipped_parts()
    faults = find_faults(record for part in parts for record in part.records).sentences()
    if faults:
        raise InputError([Problem("", fault) for fault in faults])
    receipts = []
    for part in parts:
        receipt = await writer.apply(ChangeSet.of(part.records, author=AUTHOR, reason=part.reason))
        receipts.append(receipt)
        if progress:
            progress(f"{part.reason} {receipt.changed} of {len(part.records)} records written.")
    return Loaded(tuple(receipts), tuple(rejects))
