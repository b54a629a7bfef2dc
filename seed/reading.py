"""CSV files, read strictly: the header must be the one expected, and what cannot be read is rejected with its reason.

Every source reads its files here. What the cells mean is the source's own business.
"""

import csv
import gzip
import lzma
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO

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
    delimiter: str = ","

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


def each_row(path: Path, table: Table) -> Iterator[Row | Reject]:
    """Yield the rows of a file one by one, of which several may have one id, and those with too few or too many cells.

    What cannot be read in a cell is left to the caller. Raises SeedFileError, maybe after some rows, when the file as a
    whole cannot be read.
    """
    for line, cells in _lines(path, table):
        named = dict(zip(table.header, cells, strict=False))
        if len(cells) == len(table.header):
            yield Row(table.file, line, table.row_id(named), named)
        else:
            reason = f"It has {len(cells)} cells where {len(table.header)} are expected."
            yield Reject(table.file, line, cells[0], reason)


@dataclass(frozen=True)
class Read:
    """The rows of one or more files by id, and those left out."""

    rows: dict[str, Row]
    rejects: list[Reject]


def read_table(folder: Path, table: Table) -> Read:
    """Read one file. Raises SeedFileError when the file as a whole cannot be read."""
    return read_file(folder / table.file, table)


def read_file(path: Path, table: Table) -> Read:
    """Read a file, whatever its name; its rows are named after the table's file all the same."""
    rows: dict[str, Row] = {}
    rejects: list[Reject] = []
    for row in each_row(path, table):
        if isinstance(row, Reject):
            rejects.append(row)
            continue
        problem = f"There are two rows {row.id!r}." if row.id in rows else table.problem(row)
        if problem:
            rejects.append(row.reject(problem))
        else:
            rows[row.id] = row
    return Read(rows, rejects)


def _open_text(path: Path) -> IO[str]:
    """Open a file as UTF-8 text for a CSV reader, unpacked where its name ends in `.gz` or `.xz`."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def header_of(path: Path, delimiter: str = ",") -> tuple[str, ...]:
    """Return the names of a file's columns. Raises SeedFileError when there are none, or one stands twice."""
    _, cells = next(lines_of(path, delimiter), (0, []))
    header = tuple(cells)
    if not any(header) or len(set(header)) < len(header):
        raise SeedFileError(f"{path} has no header in which each column has a name of its own.")
    return header


def _lines(path: Path, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) of each row below the header."""
    lines = lines_of(path, table.delimiter)
    _, found = next(lines, (0, []))
    if tuple(found) != table.header:
        expected = ",".join(table.header)
        raise SeedFileError(f"The header of {path} is {','.join(found)!r}.", f"Expected is {expected!r}.")
    yield from lines


def lines_of(path: Path, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) of the first line and of each other that is not empty, unpacked where need be.

    Raises SeedFileError when the file cannot be read as a whole.
    """
    try:
        with _open_text(path) as file:
            reader = csv.reader(file, strict=True, delimiter=delimiter)
            for at, cells in enumerate(reader):
                if cells or not at:
                    yield reader.line_num, [cell.strip() for cell in cells]
    except FileNotFoundError:
        raise SeedFileError(f"{path} is missing.") from None
    except UnicodeDecodeError as error:
        raise SeedFileError(f"{path} is not UTF-8 text (byte {error.start}).", "Save it as UTF-8.") from None
    except csv.Error as error:
        raise SeedFileError(f"{path} is not well-formed CSV: {error}.") from None
    except (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile):
        raise SeedFileError(f"{path} cannot be unpacked.", "It is damaged, or not what its name says.") from None
    except OSError as error:
        raise SeedFileError(f"{path} cannot be read: {error.strerror}.") from None
