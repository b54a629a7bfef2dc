"""The file of the data set: what it must look like, and how its days and lists of names are read."""

import re
from collections.abc import Mapping
from pathlib import Path

from graph.days import OPEN
from seed.reading import Read, Row, Table, read_table

DATA_SET = "ggo-states"
FOLDER = Path(__file__).parent.parent / "data" / DATA_SET
INDEPENDENT_TODAY = "9999-12-31"
"""What stands as the end of a state that still exists; as a begin it is no day."""

_NOTHING = {"", "NA", "None"}
_BC = re.compile(r"(\d+) BC")
_ABOUT_A_YEAR = re.compile(r"(\d{4})-(?:01-01|12-31)~")


def _row_id(cells: Mapping[str, str]) -> str:
    return f"{cells['stateID']} {cells['Begin']}/{cells['End']}"


TABLE = Table(
    file="states.csv",
    header=(
        "stateID", "StateName", "Capital", "Begin", "Basis", "DecIndep", "Autonomy", "End", "Grounds", "Latitude",
        "Longitude", "Region", "StateNameAlt", "CapitalAlt", "Constitution", "RatProcedure", "Coder", "Comments",
        "Source",
    ),
    row_id=_row_id,
)  # fmt: skip


def read_states(folder: Path = FOLDER) -> Read:
    """Read the rows. Raises SeedFileError when the file as a whole cannot be read."""
    return read_table(folder, TABLE)


def value(row: Row, column: str) -> str | None:
    """Return what stands in a cell, None where it says that nothing does."""
    return None if row[column] in _NOTHING else row[column]


def names_of(row: Row) -> tuple[str, ...]:
    """Return the names a row gives its state, the usual one first; a cell lists the others with commas."""
    others = (value(row, "StateNameAlt") or "").split(", ")
    return tuple(dict.fromkeys(name for name in (row["StateName"], *others) if name))


def to_edtf(written: str) -> str:
    """Turn a day as the file writes it into EDTF text.

    EDTF counts the years before Christ from 0, so 753 BC is its -0752. Nobody knows approximately that something
    was on a 1 January: there the year is meant.
    """
    if before_christ := _BC.fullmatch(written):
        return f"-{int(before_christ[1]) - 1:04}"
    if about := _ABOUT_A_YEAR.fullmatch(written):
        return f"{about[1]}~"
    return written


def begin_of(row: Row) -> str:
    """Return the begin as EDTF text. Raises ValueError when the row has none."""
    if row["Begin"] == INDEPENDENT_TODAY:
        raise ValueError(f"Begin {INDEPENDENT_TODAY} is no day: the data set knows no begin.")
    return to_edtf(row["Begin"])


def end_of(row: Row) -> str:
    """Return the end as EDTF text, or `open`."""
    return OPEN if row["End"] == INDEPENDENT_TODAY else to_edtf(row["End"])
