"""Which unit a record belongs to by itself, and which units a change set brings with everything that bears on them.

Pure; the derivation asks it, so that the database is not asked for what is at hand.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from graph.model.facts import Act, Claim, Commitment, Membership, Participation, Reservation, Succession, Tenure, Term
from graph.model.records import Fact, Record, of_label

ROUNDABOUT = frozenset({Claim, Reservation, Succession})
"""Facts that may bear on an agreement without naming it: they name an act on it, a provision of it, a party to it.

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
    """Return the unit that a record belongs to; None where there is none, or the record alone does not tell."""
    unit = _UNITS.get(type(record))
    return unit(record) if unit is not None else None


def brought_whole(records: Mapping[str, Record]) -> dict[str, list[Fact]]:
    """Return the units that come with these records, each with all facts that bear on it but the successions of states.

    `records`, by key, are all that a change set writes, each the first version of its thing: what bears on a unit that
    is new with it is among them. Left out are units on which an event may bear, and all of them where one of the
    records may bear on a unit without naming it.
    """
    if not ROUNDABOUT.isdisjoint(map(type, records.values())):
        return {}
    found: dict[str, list[Fact]] = defaultdict(list)
    for key in sorted(records):
        record = records[key]
        unit = unit_of(record)
        if unit is not None and unit in records and isinstance(record, Fact):
            found[unit].append(record)
    return {unit: facts for unit, facts in found.items() if not any(map(_may_end_with_another, facts))}


def _may_end_with_another(fact: Fact) -> bool:
    return type(fact) is Commitment and fact.until_thing is not None


def actors_of(facts: Sequence[Fact]) -> set[str]:
    """Return who has a part in an agreement by these facts of it."""
    acting = {act.by for act in of_label(facts, Act) if act.by is not None}
    return acting.union(part.of for part in of_label(facts, Participation))
