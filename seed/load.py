"""Everything that foedus ships, as records and into a graph: the case first, then the world's states and officials.

Loading twice changes nothing: a record whose content is already there writes nothing. What was erased is left out, and
stays so.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from graph.errors import InputError, Problem
from graph.model import Record
from graph.model.changes import Put, Receipt
from graph.model.entities import Source
from graph.model.facts import Identifier, Tenure
from graph.model.stored import references
from seed.check import find_faults
from seed.dprk_russia_2024 import case
from seed.ggo_states import ggo_states
from seed.rejects import Reject
from seed.states import states
from seed.wikidata_officials import world_officials
from seed.writing import Writes, write_records


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


def case_part() -> tuple[Part, list[Reject]]:
    """Return the shipped case with the states that it names, and what is left out.

    It is small and comes first: a service can answer about the case before the rest of the world is there.
    """
    countries, unread = states()
    records, left_out = case(_keys(countries))
    return _case_part(countries, records), unread + left_out


def shipped_parts() -> tuple[list[Part], list[Reject]]:
    """Return what foedus ships in the order in which it is written, and what is left out; the case comes first.

    No two parts describe the same thing, so that no part corrects another.
    """
    countries, unread = states()
    records, left_out = case(_keys(countries))
    first = _case_part(countries, records)
    history, no_state = ggo_states(_keys(countries))
    officials, no_home = world_officials([*countries, *records, *history])
    written = _keys(first.records)
    parts = [
        first,
        Part(
            "All other states and territories of today with their codes.",
            tuple(record for record in countries if record.key not in written),
        ),
        Part("Former states, episodes of independence and successions.", tuple(history)),
        Part("The world's officials, their offices and tenures.", tuple(officials)),
    ]
    return parts, [*unread, *left_out, *no_state, *no_home]


def _case_part(countries: Iterable[Record], records: Iterable[Record]) -> Part:
    """Put the case behind the states that it names, their codes, and the source of these.

    Who holds which office comes with the world's officials, as one fact attested by all who say so.
    """
    records = tuple(record for record in records if not isinstance(record, Tenure))
    named = {key for record in records for _, key, _ in references(record)}
    needed = [
        record
        for record in countries
        if record.key in named or isinstance(record, Source) or (isinstance(record, Identifier) and record.of in named)
    ]
    return Part("The DPRK-Russia treaty of 2024, the claims about troops, and the states named.", (*needed, *records))


def _keys(records: Iterable[Record]) -> frozenset[str]:
    return frozenset(record.key for record in records)


def _records(parts: Iterable[Part]) -> list[Record]:
    return [record for part in parts for record in part.records]


def shipped_records() -> tuple[list[Record], list[Reject]]:
    """Return all records that foedus ships, and what could not be read."""
    parts, rejects = shipped_parts()
    return _records(parts), rejects


async def load_case(writer: Writes, progress: Callable[[str], None] | None = None) -> Loaded:
    """Write the case and the states it names, and nothing else; `load_shipped` may follow at any time."""
    part, rejects = case_part()
    return await _load(writer, [part], rejects, progress)


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
    receipts, erased = list[Receipt](), dict[str, Reject]()
    for part in parts:
        receipt = await write_records(writer, [Put(record=record) for record in part.records], part.reason, erased)
        receipts.append(receipt)
        if progress:
            progress(f"{part.reason} {receipt.changed} of {len(part.records)} records written.")
    return Loaded(tuple(receipts), (*rejects, *erased.values()))
