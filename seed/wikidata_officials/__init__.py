"""The world's officials, their offices and tenures, from Wikidata.

Four files list heads of state and government, ministers for foreign affairs, seven cabinets, and holders of
international offices.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from graph.days import OPEN, UNKNOWN
from graph.model import Record
from graph.model.entities import Office, Official
from graph.model.facts import Identifier
from graph.model.records import Attestation, WrittenSpan
from graph.model.vocabulary import IdentifierScheme
from seed.recipes import Made, without_dangling
from seed.rejects import Reject, reason_of
from seed.sources import data_sets
from seed.wikidata_officials.offices import Offices
from seed.wikidata_officials.owners import ENTITIES, Owners, own_items
from seed.wikidata_officials.people import named, officials
from seed.wikidata_officials.tables import FOLDER, TABLES, Listed, read_officials
from seed.wikidata_officials.tenures import Held, merged, tenure

__all__ = ["FOLDER", "world_officials"]

Housed = tuple[Listed, Office]
"""A row with the office it is about."""


def world_officials(described: Iterable[Record], folder: Path = FOLDER) -> tuple[list[Record], list[Reject]]:
    """Return officials, offices, tenures and their items in Wikidata, and what is left out.

    `described` is all that is loaded before: the states with their items, and officials and offices that have a
    description already and get no second one. Raises SeedFileError when a file as a whole cannot be read.
    """
    before = tuple(described)
    known = {record.key for record in before}
    read = read_officials(folder)
    housed, homeless = _housed(read.listed, Offices.of(read.listed, Owners.among(before)))
    people = officials(one for one, _ in housed)
    tenures, unmade = _tenures(housed, people)
    entities = chain((data_sets()[key] for key in TABLES), ENTITIES, _offices(housed), people.values())
    new = [Made(record) for record in entities if record.key not in known]
    codes = [Made(code) for code in _identifiers(read.listed, housed, people)]
    kept, dangling = without_dangling([*new, *codes, *tenures], known)
    return [one.record for one in kept], [*read.rejects, *homeless, *unmade, *dangling]


def _housed(listed: Iterable[Listed], offices: Offices) -> tuple[list[Housed], list[Reject]]:
    """Find the office of each row, and reject the rows whose office has no home."""
    housed: list[Housed] = []
    rejects: list[Reject] = []
    for one in listed:
        try:
            housed.append((one, offices.find(one)))
        except ValueError as error:
            rejects.append(one.row.reject(reason_of(error)))
    return housed, rejects


def _offices(housed: Iterable[Housed]) -> Iterable[Office]:
    """Return each office once."""
    return {office.key: office for _, office in housed}.values()


def _tenures(housed: Iterable[Housed], people: Mapping[str, Official]) -> tuple[list[Made], list[Reject]]:
    """Make the tenures, and reject the rows that have no holder or whose days cannot be."""
    held: list[Held] = []
    rejects: list[Reject] = []
    for one, office in housed:
        if not named(one):
            lacking = f"Its holder {one.person} has no name." if one.person else "It names no holder."
            rejects.append(one.row.reject(f"{lacking} The office is loaded."))
            continue
        each = Held.by(people[one.person].key, office.key, one)
        try:
            each.span()
        except ValueError as error:
            rejects.append(one.row.reject(reason_of(error)))
        else:
            held.append(each)
    made = [Made(tenure(one, group[:i]), one.rows[0].row) for group in merged(held) for i, one in enumerate(group)]
    return made, rejects


def _identifiers(
    listed: Sequence[Listed], housed: Iterable[Housed], people: Mapping[str, Official]
) -> Iterator[Identifier]:
    """Yield the items of Wikidata: each stood for its thing on the last day on which a file names it."""
    rows: dict[str, dict[str, Listed]] = {}
    for one in listed:
        for item in (one.owner, one.office, one.person):
            rows.setdefault(item, {}).setdefault(one.source.key, one)
    keys = dict(own_items()) | {one.office: office.key for one, office in housed if one.office}
    for item, key in (keys | {item: person.key for item, person in people.items()}).items():
        seen = rows.get(item, {}).values()
        if seen:
            yield _identifier(key, item, list(seen))


def _identifier(key: str, item: str, seen: Sequence[Listed]) -> Identifier:
    day = max(one.seen_on for one in seen)
    return Identifier(
        key=f"{key}.identifier.wikidata",
        scheme=IdentifierScheme.WIKIDATA,
        code=item,
        of=key,
        span=WrittenSpan(begins=UNKNOWN, ends=OPEN, verified_on=day),
        attested_by=tuple(Attestation(source=one.source.key, locator=one.row.place) for one in seen),
    )
