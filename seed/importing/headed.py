"""CSV files brought by a user, whose editions differ: columns are found by name, in any order and any case.

What must be there is declared; other columns are read as they come. `seed.reading` reads the files that foedus ships.
"""

from dataclasses import dataclass
from pathlib import Path

from seed.reading import Row, SeedFileError, lines_of
from seed.rejects import Reject


class HeadedRow(Row):
    """A row with its cells by column in small letters; a column that is not there is empty."""

    def __getitem__(self, column: str) -> str:
        """Return the text of a cell; empty where the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Headed:
    """The rows of a file, those that could not be read as rows, and how many there are of both."""

    file: str
    rows: tuple[HeadedRow, ...]
    rejects: tuple[Reject, ...]

    @property
    def count(self) -> int:
        """How many rows the file has below its header."""
        return len(self.rows) + len(self.rejects)


def read_headed(path: Path, required: frozenset[str], row_id: tuple[str, ...], what: str) -> Headed:
    """Read a file. `row_id` names the columns that make a row's id, `what` says what is expected.

    Raises SeedFileError for a file that cannot be read as a whole, or lacks a required column.
    """
    lines = lines_of(path)
    header = next((cells for _, cells in lines if cells), [])
    columns = [name.lower() for name in header]
    if missing := sorted(required - set(columns)):
        raise SeedFileError(f"{path} is not {what}: its header lacks {', '.join(missing)}.", "Is it the right file?")
    if len(set(columns)) < len(columns):
        twice = next(name for name in columns if columns.count(name) > 1)
        raise SeedFileError(f"The header of {path} has the column {twice!r} twice.")
    rows, rejects = list[HeadedRow](), list[Reject]()
    for line, cells in lines:
        if len(cells) != len(columns):
            rejects.append(
                Reject(path.name, line, cells[0], f"It has {len(cells)} cells where the header has {len(columns)}.")
            )
            continue
        named = dict(zip(columns, cells, strict=True))
        rows.append(HeadedRow(path.name, line, ".".join(_plain(named[column]) for column in row_id), named))
    return Headed(path.name, tuple(rows), tuple(rejects))


def _plain(text: str) -> str:
    """Return a whole number as such: statistical programs also write 220.0."""
    return text.removesuffix(".0")
