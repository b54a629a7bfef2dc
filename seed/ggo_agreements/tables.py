"""The two files of the data set: what they must look like, and their rows with the days read.

A day that cannot be read is left out of its row, and the row is counted as rejected for it: `faults` says so.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import NamedTuple

from graph.model.records import WrittenDay
from seed.reading import Row, Table, each_row
from seed.rejects import Reject, reason_of

DATA_SET = "ggo-agreements"
FOLDER = Path(__file__).parent.parent / "data" / DATA_SET
IN_FORCE_WHEN_CHECKED = "9999-12-31"
"""What stands as the end of what was in force when somebody checked, on a day not said; as a begin it is no day."""

AGREEMENTS = Table(
    file="agreements.csv",
    header=(
        "treatyID", "Title", "Begin", "End", "Signature", "Force", "Term", "Grounds", "TypeDomain", "TypeAgree",
        "TypeAmbit", "TypeGeo", "TypeSubject", "Location", "Depository", "Published", "Secretariat", "Website",
        "TitleAlt", "Language", "Languages", "Text", "TextURL", "Coder", "Comments", "Source",
    ),
    row_id=lambda cells: cells["treatyID"],
)  # fmt: skip

PARTIES = Table(
    file="parties.csv",
    header=(
        "stateID", "treatyID", "Begin", "End", "Signature", "StateSignature", "StateRatification", "Force",
        "StateForce", "StateEnd", "Comments",
    ),
    row_id=lambda cells: f"{cells['stateID']} {cells['treatyID']}",
)  # fmt: skip

_RANGE = re.compile(r"\d{4}[-\d]*\.\.\d{4}[-\d]*")


@lru_cache(maxsize=65536)
def _day(written: str) -> WrittenDay:
    """Read a day; two with dots between are one day of that range. Raises ValueError when it is no day."""
    if _RANGE.fullmatch(written):
        return WrittenDay(edtf=f"[{written}]", as_written=written)
    return WrittenDay(edtf=written)


@dataclass(frozen=True, slots=True)
class Line:
    """Where a row stands, and which of its cells cannot be read."""

    number: int
    id: str
    faults: str = ""

    def reject(self, table: Table, reason: str) -> Reject:
        """Say why the row, or a cell of it, is left out."""
        return Reject(table.file, self.number, self.id, reason)


class AgreementRow(NamedTuple):
    """A row of agreements.csv, in an order that does not hang on where it stands in the file."""

    begin: str
    title: str
    signature: WrittenDay | None
    force: WrittenDay | None
    end: WrittenDay | None
    open: bool
    stated_term: bool
    domain: str
    kind: str
    subject: str
    title_alt: str
    text_url: str
    unknown_begins: int
    line: Line


class PartyRow(NamedTuple):
    """A row of parties.csv: the document's own begin and end, and the days of the state's acts."""

    state: str
    begin: WrittenDay | None
    document_end: str
    signature: WrittenDay | None
    consent: WrittenDay | None
    force: WrittenDay | None
    end: WrittenDay | None
    open: bool
    unknown_begins: int
    line: Line


@dataclass(frozen=True)
class Files:
    """The rows of both files by treaty, those of the wrong length, and the number of all."""

    agreements: dict[str, list[AgreementRow]]
    parties: dict[str, list[PartyRow]]
    rejects: list[Reject]
    rows: Mapping[str, int]


def read_files(agreements: Path, parties: Path) -> Files:
    """Read both files. Raises SeedFileError when one as a whole cannot be read."""
    files = Files({}, {}, [], rows := {AGREEMENTS.file: 0, PARTIES.file: 0})
    for row in _rows(agreements, AGREEMENTS, files.rejects, rows):
        files.agreements.setdefault(intern(row["treatyID"]), []).append(_agreement(row))
    for row in _rows(parties, PARTIES, files.rejects, rows):
        files.parties.setdefault(intern(row["treatyID"]), []).append(_party(row))
    return files


def _rows(path: Path, table: Table, rejects: list[Reject], count: dict[str, int]) -> Iterator[Row]:
    for one in each_row(path, table):
        count[table.file] += 1
        if isinstance(one, Reject):
            rejects.append(one)
        else:
            yield one


class _Days:
    """The days in a row, and what is wrong with them."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self._faults: list[str] = []
        self.unknown_begins = 0

    def begin(self, column: str) -> WrittenDay | None:
        """Read the day of a begin; None where there is none or it is not known."""
        if self._row[column] != IN_FORCE_WHEN_CHECKED:
            return self.day(column)
        self.unknown_begins += 1
        return None

    def end(self, column: str) -> WrittenDay | None:
        """Read the day of an end; None where there is none or it was in force when checked."""
        return None if self._row[column] == IN_FORCE_WHEN_CHECKED else self.day(column)

    def day(self, column: str) -> WrittenDay | None:
        if not self._row[column]:
            return None
        try:
            return _day(self._row[column])
        except ValueError as error:
            self._faults.append(f"{column} is left out of it: {reason_of(error)}")
            return None

    def line(self) -> Line:
        """Return where the row stands, with what is wrong with its days."""
        return Line(self._row.line, self._row.id, " ".join(self._faults))


def _agreement(row: Row) -> AgreementRow:
    days = _Days(row)
    signature, force = days.begin("Signature"), days.begin("Force")
    # Begin repeats the signature, and End is the Term where both are given: what is wrong with a day is told once.
    ended = "End" if row["End"] else "Term"
    return AgreementRow(
        row["Begin"],
        row["Title"],
        signature,
        force,
        days.end(ended),
        row["End"] == IN_FORCE_WHEN_CHECKED,
        not row["Term"],
        row["TypeDomain"],
        row["TypeAgree"],
        row["TypeSubject"],
        row["TitleAlt"],
        row["TextURL"],
        days.unknown_begins,
        days.line(),
    )


def _party(row: Row) -> PartyRow:
    days = _Days(row)
    return PartyRow(
        intern(row["stateID"]),
        days.day("Begin"),
        intern(row["End"]),
        days.begin("StateSignature"),
        days.begin("StateRatification"),
        days.begin("StateForce"),
        days.end("StateEnd"),
        row["StateEnd"] == IN_FORCE_WHEN_CHECKED,
        days.unknown_begins,
        days.line(),
    )
