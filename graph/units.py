"""Sorts records into the units that derive what follows, as `cypher/derive/facts.cypher` reads them from a graph.

Pure. The derivation asks it of what is new, so that the database need not be asked, and the offline import of all.
Tests hold it and the statement to the same answer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from graph.model import Fact, Record
from graph.model.entities import Provision
from graph.model.facts import (
    Act,
    Claim,
    Commitment,
    Event,
    Membership,
    Participation,
    Reservation,
    Succession,
    Tenure,
    Term,
)
from graph.model.records import of_label
from graph.model.vocabulary import Stance, Towards

ROUNDABOUT = frozenset({Claim, Reservation, Succession})
"""Facts that may bear on a unit without naming it: they name an act on it, a provision of it, a party to it.

Nothing else that is new bears on a unit that was there before without naming it.
"""
_UNITS: dict[type[Record], Callable[[Any], str]] = {
    Act: attrgetter("on"),
    Participation: attrgetter("agreement"),
    Commitment: lambda commitment: commitment.under or commitment.key,
    Term: attrgetter("of"),
    Tenure: attrgetter("of"),
    Membership: attrgetter("of"),
}


def unit_of(record: Record) -> str | None:
    """Return the unit that a record names; None where it names none, though it may bear on some."""
    unit = _UNITS.get(type(record))
    return unit(record) if unit is not None else None


def units(records: Iterable[Record], successions: Iterable[Succession] = ()) -> dict[str, list[Fact]]:
    """Return the facts of each unit by its key.

    All that belongs to a unit must be among the records, but for the successions of states, which may be elsewhere.
    """
    by_key = {record.key: record for record in records}
    found: dict[str, list[Fact]] = defaultdict(list)
    for record in by_key.values():
        for unit in dict.fromkeys(_of(record, by_key)):
            if isinstance(record, Fact):
                found[unit].append(record)
    _add_events(found, by_key)
    add_successions(found, [*successions, *of_label(by_key.values(), Succession)])
    return dict(found)


def brought_whole(records: Mapping[str, Record]) -> dict[str, list[Fact]]:
    """Return the units that come with these records, each with all facts of it but successions recorded before.

    `records`, by key, are all that a change set writes, each the first version of its thing: what bears on a unit that
    is new with it is among them. Only an event until which a commitment lasts may have been there before: such units
    are left out.
    """
    new = {unit: facts for unit, facts in units(records.values()).items() if unit in records}
    return {unit: facts for unit, facts in new.items() if _ends(facts) <= records.keys()}


def add_successions(found: Mapping[str, list[Fact]], successions: Sequence[Succession]) -> None:
    """Add to the facts of units the successions of states that have a part in them."""
    if not successions:
        return
    for facts in found.values():
        acting = actors_of(facts)
        facts += [one for one in successions if one.predecessor in acting]


def actors_of(facts: Sequence[Fact]) -> set[str]:
    """Return who has a part in an agreement by these facts of it."""
    acting = {act.by for act in of_label(facts, Act) if act.by is not None}
    return acting.union(part.of for part in of_label(facts, Participation))


def _of(record: Record, by_key: Mapping[str, Record]) -> Iterator[str]:
    named = unit_of(record)
    if named is not None:
        yield named
    # Asked of few, since pydantic takes long to tell what it is.
    elif type(record) in ROUNDABOUT:
        yield from _roundabout(record, by_key)


def _roundabout(record: Record, by_key: Mapping[str, Record]) -> Iterator[str]:
    match record:
        case Claim(stance=Stance.DENIES, towards=Towards.FACT):
            yield from (about.on for key in record.about if isinstance(about := by_key.get(key), Act))
        case Reservation():
            yield from _reserved(record, by_key, objections=True)


def _reserved(reservation: Reservation, by_key: Mapping[str, Record], *, objections: bool) -> Iterator[str]:
    """Yield the agreements that a reservation is made to: itself, by a provision, or by the reservation objected to."""
    for key in reservation.to:
        named = by_key.get(key)
        if isinstance(named, Provision):
            yield named.of
        elif isinstance(named, Reservation):
            if objections:
                yield from _reserved(named, by_key, objections=False)
        else:
            yield key


def _add_events(found: Mapping[str, list[Fact]], by_key: Mapping[str, Record]) -> None:
    """Add the events until which commitments last."""
    for facts in found.values():
        facts += [event for key in _ends(facts) if isinstance(event := by_key.get(key), Event)]


def _ends(facts: Sequence[Fact]) -> set[str]:
    """Return the keys of what ends the commitments among some facts."""
    return {one.until_thing for one in of_label(facts, Commitment) if one.until_thing is not None}
