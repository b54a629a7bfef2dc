"""The four files of the data set, and their rows in one form.

What the cells of one file call a person, the others call officeholder or item; some have days, some years. From here
on a row says who held which office of whom, from when to when, and on what day that was so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.model.entities import Source
from seed.reading import Row, Table, read_table
from seed.rejects import Reject
from seed.sources import data_sets

FOLDER = Path(__file__).parent.parent / "data" / "wikidata-officials"


@dataclass(frozen=True)
class Listed:
    """A row in the form that all files share. What a file does not say is empty.

    `owner` is an item of Wikidata or an ISO 3166-1 alpha-3 code; `office` is an item of Wikidata; `seen_on` is the day
    of the snapshot, on which an open tenure was open.
    """

    row: Row
    source: Source
    owner: str
    office: str
    title: str
    person: str
    name: str
    begins: str
    ends: str
    seen_on: date

    @property
    def is_open(self) -> bool:
        """Whether the row gives no end."""
        return not self.ends


@dataclass(frozen=True)
class Rows:
    """All rows that can be read, in the order of the files, and the rest."""

    listed: tuple[Listed, ...]
    rejects: tuple[Reject, ...]


def _head(row: Row, source: Source) -> Listed:
    return Listed(
        row, source, row["countryid"], row["position"], row["positionLabel"], row["officeholder"],
        row["officeholderLabel"], row["start_year"], row["end_year"], _day_of(source),
    )  # fmt: skip


def _foreign_minister(row: Row, source: Source) -> Listed:
    return Listed(
        row, source, row["country"], row["position"], row["positionLabel"], row["person"], row["name"], row["start"],
        "", _day_of(source),
    )  # fmt: skip


def _minister(row: Row, source: Source) -> Listed:
    return Listed(
        row, source, row["iso3"], row["position"], row["positionLabel"], row["item"], row["itemLabel"], row["start"],
        "", date.fromisoformat(row["snapshot"]),
    )  # fmt: skip


def _international(row: Row, source: Source) -> Listed:
    return Listed(
        row, source, "", "", row["position"], row["personID"], row["person"], row["start"], row["end"],
        _day_of(source),
    )  # fmt: skip


def _day_of(source: Source) -> date:
    assert source.retrieved is not None  # noqa: S101 - `sources.toml` has the day of each snapshot
    return source.retrieved


def _statement(cells: Mapping[str, str]) -> str:
    """Name a row by its statement in Wikidata; one without a holder has none."""
    return cells["psid"] or f"{cells['country']} {cells['position']}"


TABLES: Mapping[str, tuple[Table, Callable[[Row, Source], Listed]]] = {
    "wikidata-heads": (
        Table(
            "heads_of_state_and_government.csv",
            (
                "countryid", "country", "position", "positionLabel", "officeholder", "officeholderLabel", "start_year",
                "end_year",
            ),
            row_id=lambda cells: f"{cells['position']} {cells['officeholder']} {cells['start_year']}",
            days=("start_year", "end_year"),
        ),
        _head,
    ),
    "wikidata-foreign-ministers": (
        Table(
            "foreign_ministers.csv",
            ("person", "name", "country", "countryLabel", "position", "positionLabel", "start", "psid"),
            row_id=_statement,
            days=("start",),
        ),
        _foreign_minister,
    ),
    "wikidata-cabinets": (
        Table(
            "cabinets.csv",
            ("iso3", "snapshot", "item", "itemLabel", "position", "positionLabel", "start", "psid"),
            row_id=lambda cells: cells["psid"],
            days=("snapshot", "start"),
        ),
        _minister,
    ),
    "wikidata-international-offices": (
        Table(
            "international_office_holders.csv",
            ("position", "person", "personID", "start", "end"),
            row_id=lambda cells: f"{cells['position']}, {cells['personID']} {cells['start']}".strip(),
            days=("start", "end"),
        ),
        _international,
    ),
}  # fmt: skip
"""The files by the key of their source, in the order in which they are believed where they name things differently."""


def read_officials(folder: Path = FOLDER) -> Rows:
    """Read the four files. Raises SeedFileError when one of them cannot be read as a whole."""
    listed: list[Listed] = []
    rejects: list[Reject] = []
    for key, (table, form) in TABLES.items():
        read = read_table(folder, table)
        rejects += read.rejects
        listed += [form(row, data_sets()[key]) for row in read.rows.values()]
    return Rows(tuple(listed), tuple(rejects))
