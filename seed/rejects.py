"""What could not be read, and why: nothing is dropped silently."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import TextIO

from pydantic import ValidationError


@dataclass(frozen=True, order=True)
class Reject:
    """One row, or one record made from it, that is left out. `line` is its line in the file, 0 when it has none."""

    file: str
    line: int
    row: str
    reason: str


def write_report(rejects: Iterable[Reject], to: TextIO) -> None:
    """Write rejects as CSV with a header; open the file with `newline=""`."""
    writer = csv.writer(to, lineterminator="\n")
    writer.writerow(field.name for field in fields(Reject))
    writer.writerows(astuple(reject) for reject in rejects)


def reason_of(error: ValueError) -> str:
    """Say in one sentence what is wrong; of several problems that pydantic found, the first."""
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    return f"{where}: {message}" if where else message
