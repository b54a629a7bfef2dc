"""Everything that foedus ships, as records and into a graph: the case first, then the world's states and officials.

Loading twice changes nothing: a record whose content is already there writes nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.errors import InputError, Problem
from graph.model import Record
from graph.model.changes import ChangeSet, Receipt
from seed.check import find_faults
from seed.dprk_russia_2024 import case
from seed.ggo_states import ggo_states
from seed.rejects import Reject
from seed.states import states
from seed.wikidata_officials import world_officials

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


def case_parts() -> tuple[list[Part], list[Reject]]:
    """Return the shipped case and the states it needs, in the order in which they are written, and what is left out.

    They are small and come first: a service can answer about the case before the rest of the world is there.
    """
    countries, unread = states()
    case_records, left_out = case(_keys(countries))
    parts = [
        Part("Today's states and territories with their codes.", tuple(countries)),
        Part("The DPRK-Russia treaty of 2024, and the claims about troops.", tuple(case_records)),
    ]
    return parts, unread + left_out


def shipped_parts() -> tuple[list[Part], list[Reject]]:
    """Return what foedus ships in the order in which it is written, and what is left out; the case comes first.

    No two parts describe the same thing, so that no part corrects another.
    """
    parts, rejects = case_parts()
    before = _records(parts)
    history, no_state = ggo_states(_keys(before))
    officials, no_home = world_officials([*before, *history])
    parts += [
        Part("Former states, episodes of independence and successions.", tuple(history)),
        Part("The world's officials, their offices and tenures.", tuple(officials)),
    ]
    return parts, [*rejects, *no_state, *no_home]


def _keys(records: Iterable[Record]) -> frozenset[str]:
    return frozenset(record.key for record in records)


def _records(parts: Iterable[Part]) -> list[Record]:
    return [record for part in parts for record in part.records]


def shipped_records() -> tuple[list[Record], list[Reject]]:
    """Return all records that foedus ships, and what could not be read."""
    parts, rejects = shipped_parts()
    return _records(parts), rejects


async def load_case(writer: Writes, progress: Callable[[str], None] | None = None) -> Loaded:
    """Write the case and the states it needs, and nothing else; see `load_shipped`, which may follow at any time."""
    return await _load(writer, *case_parts(), progress)


async def load_shipped(writer: Writes, progress: Callable[[str], None] | None = None) -> Loaded:
    """Write what foedus ships, one change set for each part; `progress` is told each in a sentence.

    Raises InputError, before anything is written, when the records do not fit together.
    """
    return await _load(writer, *shipped_parts(), progress)


async def _load(
    writer: Writes, parts: Sequence[Part], rejects: Sequence[Reject], progress: Callable[[str], None] | None
) -> Loaded:
    faults = find_faults(_records(parts)).sentences()
    if faults:
        raise InputError([Problem("", fault) for fault in faults])
    receipts = []
    for part in parts:
        receipt = await writer.apply(ChangeSet.of(part.records, author=AUTHOR, reason=part.reason))
        receipts.append(receipt)
        if progress:
            progress(f"{part.reason} {receipt.changed} of {len(part.records)} records written.")
    return Loaded(tuple(receipts), tuple(rejects))
