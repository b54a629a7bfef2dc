"""Sorts records into the units that derive what follows, as `cypher/derive/facts.cypher` reads them from a graph.

Pure. A test holds the two to the same answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.model import Fact, Record
from graph.model.entities import Provision
from graph.model.facts import Act, Claim, Commitment, Event, Membership, Participation, Reservation, Succession, Tenure
from graph.model.facts import Term as StatedTerm
from graph.model.vocabulary import Stance, Towards


def units(records: Sequence[Record], successions: Iterable[Succession] = ()) -> dict[str, list[Fact]]:
    """Return the facts of each unit by its key.

    All that belongs to a unit must be among the records, but for the successions of states, which may be elsewhere.
    """
    by_key = {record.key: record for record in records}
    found: dict[str, list[Fact]] = defaultdict(list)
    for record in records:
        if isinstance(record, Fact):
            for unit in dict.fromkeys(_of(record, by_key)):
                found[unit].append(record)
    _add_events(found, by_key)
    ends = [*successions, *(record for record in records if isinstance(record, Succession))]
    _add_successions(found, ends)
    return dict(found)


def _of(fact: Fact, by_key: Mapping[str, Record]) -> Iterator[str]:
    match fact:
        case Act():
            yield fact.on
        case Participation():
            yield fact.agreement
        case StatedTerm() | Tenure() | Membership():
            yield fact.of
        case Commitment():
            yield fact.under or fact.key
        case Claim(stance=Stance.DENIES, towards=Towards.FACT):
            yield from (about.on for key in fact.about if isinstance(about := by_key.get(key), Act))
        case Reservation():
            yield from _reserved(fact, by_key, objections=True)


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


def _add_events(found: dict[str, list[Fact]], by_key: Mapping[str, Record]) -> None:
    """Add the events until which commitments last."""
    for facts in found.values():
        until = {fact.until_thing for fact in facts if isinstance(fact, Commitment)}
        facts += [event for key in until if isinstance(event := by_key.get(key or ""), Event)]


def _add_successions(found: dict[str, list[Fact]], successions: Sequence[Succession]) -> None:
    """Add the successions of states that have a part in an agreement."""
    if not successions:
        return
    for facts in found.values():
        taking_part = {fact.by for fact in facts if isinstance(fact, Act)}
        taking_part |= {fact.of for fact in facts if isinstance(fact, Participation)}
        facts += [one for one in successions if one.predecessor in taking_part]
