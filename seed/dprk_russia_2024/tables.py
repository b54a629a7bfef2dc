"""The five files of the case: what they must look like, and the sources that their rows name.

Row ids are those of the files; a row of `clauses.csv`, which has none, is named by its clause and what it is about.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.days import day_bounds
from graph.model.entities import Source
from graph.model.records import Attestation, WrittenSpan
from graph.model.vocabulary import SourceKind
from seed.reading import Read, Row, Table, read_table
from seed.recipes import Recipe, make_all
from seed.rejects import Reject

DATA_SET = "dprk-russia-2024"
FOLDER = Path(__file__).parent.parent / "data" / DATA_SET
ARTICLE = "S17"
"""The news article whose every statement `article-facts.csv` lists; that file names no other source."""

_NO_PUBLISHER = " (publisher not stated)"

SOURCES = Table(
    "sources.csv",
    ("source_id", "publisher", "published", "url"),
    row_id=lambda cells: cells["source_id"],
    days=("published",),
)
TABLES = (
    Table(
        "clauses.csv",
        (
            "clause", "obligation_type", "bearer", "beneficiary", "trigger", "content", "qualifier", "source_ids",
        ),
        row_id=lambda cells: f"{cells['clause']} {cells['obligation_type']}".strip(),
    ),
    Table(
        "events.csv",
        ("event_id", "date", "event", "place", "actors", "source_ids"),
        row_id=lambda cells: cells["event_id"],
        days=("date",),
    ),
    Table(
        "claims.csv",
        (
            "claim_id", "about", "claimant", "stance", "claim", "value_low", "value_high", "unit", "as_of",
            "source_ids",
        ),
        row_id=lambda cells: cells["claim_id"],
        days=("as_of",),
        numbers=("value_low", "value_high"),
    ),
    Table(
        "article-facts.csv",
        (
            "fact_id", "kind", "what", "actors", "about", "date", "place", "low", "best", "high", "unit", "basis",
            "quote",
        ),
        row_id=lambda cells: cells["fact_id"],
        days=("date",),
        numbers=("low", "best", "high"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Sources:
    """The sources of the case by their ids in the files."""

    by_id: Mapping[str, Source]

    def of(self, row: Row) -> list[Source]:
        """Return the sources that a row names. Raises ValueError when it names one that is not there."""
        ids = row.cells.get("source_ids", ARTICLE).split(";")
        unknown = [one for one in ids if one not in self.by_id]
        if unknown:
            raise ValueError(f"Its source {unknown[0]!r} is unknown.")
        return [self.by_id[one] for one in ids]

    def attest(self, *rows: Row) -> tuple[Attestation, ...]:
        """Say which sources state what stands in these rows: each row's sources, with its place and its quote."""
        return tuple(
            Attestation(source=source.key, locator=f"{DATA_SET}/{row.place}", quote=row.cells.get("quote") or None)
            for row in rows
            for source in self.of(row)
        )


@dataclass(frozen=True)
class Case:
    """All rows that can be read, by id, with the sources they name, and the rows that cannot."""

    rows: dict[str, Row]
    sources: Sources
    rejects: list[Reject]


def read_case(folder: Path) -> Case:
    """Read the five files. Raises SeedFileError when one of them cannot be read as a whole."""
    listed = read_table(folder, SOURCES)
    sources, unreadable = _sources(listed)
    rows: dict[str, Row] = {}
    rejects = listed.rejects + unreadable
    for table in TABLES:
        read = read_table(folder, table)
        rejects += read.rejects
        for row in read.rows.values():
            problem = _problem(row, sources)
            if problem:
                rejects.append(row.reject(problem))
            else:
                rows[row.id] = row
    return Case(rows, sources, rejects)


def _problem(row: Row, sources: Sources) -> str | None:
    try:
        sources.of(row)
    except ValueError as error:
        return str(error)
    return None


def _sources(listed: Read) -> tuple[Sources, list[Reject]]:
    made, rejects = make_all([Recipe((row,), _source) for row in listed.rows], listed.rows, ())
    by_key: dict[str, str] = {}
    by_id: dict[str, Source] = {}
    for one in made:
        assert one.row is not None  # noqa: S101 - made of rows just above
        assert isinstance(one.record, Source)  # noqa: S101 - by `_source`
        if one.record.key in by_key:
            rejects.append(one.reject(f"{by_key[one.record.key]} has the same publisher and day."))
            continue
        by_key[one.record.key] = one.row.id
        by_id[one.row.id] = one.record
    return Sources(by_id), rejects


def _source(row: Row) -> Iterator[Source]:
    """Make a source. Its key is its publisher, without those cited, and its day: `rt-2024-11`, `fmi-malta-undated`."""
    written, published = row["publisher"], row["published"]
    name = written.removesuffix(_NO_PUBLISHER)
    stated = name == written
    slug = re.sub(r"[^a-z0-9]+", "-", name.split(",")[0].lower()).strip("-")
    yield Source(
        key=f"{slug}-{published or 'undated'}",
        title=f"{f'Report by {name}' if stated else name}, {published or 'undated'}",
        publisher=name if stated else None,
        kind=SourceKind.NEWS,
        address=row["url"] or None,
        published=published or None,
    )


def sentence(text: str) -> str:
    """Turn the text of a cell into a sentence: a capital first, a full stop last."""
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "?", "!")) else ".")


def on(day: str) -> WrittenSpan:
    """Return the span of one day, or of one day within a month."""
    return WrittenSpan.model_validate(day)


def between(first: str, last: str) -> str:
    """Return EDTF text for one unknown day from the first day of one date to the last day of another."""
    return f"[{day_bounds(first)[0]}..{day_bounds(last)[1]}]"
