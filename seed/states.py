"""Today's states and territories with their codes, from the country-codes data set.

All 249 are loaded, so that any code a user types is found; 1,200 small records cost less than a surprise. Their other
names and their regions come from `seed/ggo_states/`: each state is described once, by all that is known of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from graph.days import OPEN, UNKNOWN
from graph.model import Record
from graph.model.entities import Source, State
from graph.model.facts import Identifier
from graph.model.records import Attestation, WrittenSpan
from graph.model.vocabulary import IdentifierScheme, StateStatus
from seed.ggo_states import Described, described
from seed.reading import Row, Table, read_table
from seed.recipes import Recipe, make_all
from seed.rejects import Reject
from seed.sources import data_sets

FOLDER = Path(__file__).parent / "data" / "country-codes"

_ISO3, _ISO2, _NUMERIC = "ISO3166-1-Alpha-3", "ISO3166-1-Alpha-2", "ISO3166-1-numeric"
_NAME, _STATUS, _WIKIDATA = "CLDR display name", "is_independent", "wikidata_id"

TABLE = Table(
    file="country-codes.csv",
    header=(_ISO3, _ISO2, _NUMERIC, _NAME, _STATUS, _WIKIDATA),
    row_id=lambda cells: cells[_ISO3],
    numbers=(_NUMERIC,),
)

# The data set's own other names come from the United Nations and are left out; these are ours.
_ALIASES = {
    "CHN": ("People's Republic of China", "PRC", "中国"),
    "GBR": ("United Kingdom", "Great Britain"),
    "KOR": ("Republic of Korea", "ROK", "대한민국"),
    "PRK": ("DPRK", "Democratic People's Republic of Korea", "조선민주주의인민공화국"),
    "RUS": ("Russian Federation", "Россия", "Soviet Union", "USSR", "SUN"),
    "UKR": ("Україна",),
    "USA": ("United States", "United States of America", "U.S."),
}

_NEITHER = ("In contention", "International", "Associated with")


def states(folder: Path = FOLDER) -> tuple[list[Record], list[Reject]]:
    """Return their source, the states with their codes, and the rows left out.

    Raises SeedFileError when the file cannot be read.
    """
    read = read_table(folder, TABLE)
    source = data_sets()["country-codes"]
    elsewhere = described()
    recipes = [Recipe((row,), partial(_state, source, elsewhere)) for row in read.rows]
    made, rejects = make_all(recipes, read.rows, ())
    return [source, *(one.record for one in made)], read.rejects + rejects


def _state(source: Source, elsewhere: Mapping[str, Described], row: Row) -> Iterator[Record]:
    key = row[_ISO3]
    other = elsewhere.get(key)
    yield State(
        key=key,
        name=row[_NAME],
        aliases=_other_names(row[_NAME], [*_ALIASES.get(key, ()), *(other.names if other else ())]),
        status=_status(row[_STATUS]),
        region=other.region if other else None,
    )
    # The edition says that a code stands for the country on its own day, and not since when.
    span = WrittenSpan(begins=UNKNOWN, ends=OPEN, verified_on=source.published.latest if source.published else None)
    seen = (Attestation(source=source.key, locator=row.place),)
    for scheme, code in _codes(row):
        name = f"{key}.identifier.{scheme.replace('_', '-')}"
        yield Identifier(key=name, scheme=scheme, code=code, of=key, span=span, attested_by=seen)


def _other_names(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return each name once, whatever its capitals."""
    first = {one.casefold(): one for one in reversed([name, *names])}
    return tuple(one for one in dict.fromkeys(first[each.casefold()] for each in names) if one != name)


def _codes(row: Row) -> Iterator[tuple[IdentifierScheme, str]]:
    yield IdentifierScheme.ISO3, row[_ISO3]
    yield IdentifierScheme.ISO2, row[_ISO2]
    yield IdentifierScheme.ISO_NUMERIC, row[_NUMERIC].zfill(3)
    if row[_WIKIDATA]:
        yield IdentifierScheme.WIKIDATA, row.find(_WIKIDATA, r"/(Q\d+)$")


def _status(written: str) -> StateStatus:
    if written == "Yes":
        return StateStatus.SOVEREIGN
    return StateStatus.OTHER if written.startswith(_NEITHER) else StateStatus.TERRITORY
