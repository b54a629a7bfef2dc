"""CSV files, read strictly: the header must be the one expected, and what cannot be read is rejected with its reason.

Every source reads its files here. What the cells mean is the source's own business.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from graph.days import day_bounds
from graph.errors import FoedusError
from seed.rejects import Reject

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class SeedFileError(FoedusError):
    """A file of a data set is missing, is not UTF-8 CSV, or has another header than expected."""

    code = "seed_file_unreadable"


@dataclass(frozen=True)
class Row:
    """One row with where it stands."""

    file: str
    line: int
    id: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the text of a cell; empty when nothing stands there."""
        return self.cells[column]

    @property
    def place(self) -> str:
        """Where the row stands, as a locator."""
        return f"{self.file}, row {self.id}"

    def number(self, column: str) -> Decimal | None:
        """Return a cell as a number, None when it is empty. Raises ValueError when it is none."""
        text = self[column]
        if text and not _NUMBER.fullmatch(text):
            raise ValueError(f"{column} {text!r} is not a number.")
        return Decimal(text) if text else None

    def find(self, column: str, pattern: str) -> str:
        """Return the first group of a pattern in a cell. Raises ValueError when it is not there."""
        found = re.search(pattern, self[column])
        if found is None:
            raise ValueError(f"{column} {self[column]!r} does not say what is looked for there ({pattern}).")
        return found[1]

    def reject(self, reason: str) -> Reject:
        """Say why this row, or a record made from it, is left out."""
        return Reject(self.file, self.line, self.id, reason)


@dataclass(frozen=True)
class Table:
    """What a file must look like. `row_id` makes a row's id of its cells; `days` and `numbers` may be empty."""

    file: str
    header: tuple[str, ...]
    row_id: Callable[[Mapping[str, str]], str]
    days: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    def problem(self, row: Row) -> str | None:
        """Say what cannot be read in a row, None when all can."""
        try:
            for column in self.days:
                if row[column]:
                    day_bounds(row[column])
            for column in self.numbers:
                row.number(column)
        except ValueError as error:
            return str(error)
        return None


@dataclass(frozen=True)
class Read:
    """The rows of one or more files by id, and those left out."""

    rows: dict[str, Row]
    rejects: list[Reject]


def read_table(folder: Path, table: Table) -> Read:
    """Read one file. Raises SeedFileError when the file as a whole cannot be read."""
    rows: dict[str, Row] = {}
    rejects: list[Reject] = []
    for line, cells in _lines(folder / table.file, table.header):
        named = dict(zip(table.header, cells, strict=False))
        if len(cells) != len(table.header):
            reason = f"It has {len(cells)} cells where {len(table.header)} are expected."
            rejects.append(Reject(table.file, line, cells[0], reason))
            continue
        row = Row(table.file, line, table.row_id(named), named)
        problem = f"There are two rows {row.id!r}." if row.id in rows else table.problem(row)
        if problem:
            rejects.append(row.reject(problem))
        else:
            rows[row.id] = row
    return Read(rows, rejects)


def _lines(path: Path, header: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) of each row below the header."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            found = tuple(next(reader, ()))
            if found != header:
                raise SeedFileError(
                    f"The header of {path} is {','.join(found)!r}.", f"Expected is {','.join(header)!r}."
                )
            yield from ((reader.line_num, [cell.strip() for cell in cells]) for cells in reader if cells)
    except FileNotFoundError:
        raise SeedFileError(f"{path} is missing.") from None
    except UnicodeDecodeError as error:
        raise SeedFileError(f"{path} is not UTF-8 text (byte {error.start}).", "Save it as UTF-8.") from None
    except csv.Error as error:
        raise SeedFileError(f"{path} is not well-formed CSV: {error}.") from None
