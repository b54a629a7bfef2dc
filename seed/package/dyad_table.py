"""Directed dyad-years as a table for R, Stata and pandas: CSV, or Parquet where polars is installed."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.database import Reads
from graph.dyads import OBLIGATIONS, DyadYear, Numbers, Wanted, dyad_years, numbers, owed
from graph.errors import FoedusError

PARQUET = ".parquet"
TEXTS = frozenset({"bearer", "beneficiary", "agreement", "certainty"})


class MissingLibraryError(FoedusError):
    """A form was asked for that needs a library which is not installed."""

    code = "library_missing"


def columns(wanted: Wanted) -> tuple[str, ...]:
    """Return the names of the columns: at most 32 small letters each, as Stata takes them."""
    keys = ("bearer", "beneficiary", *(("agreement",) if wanted.by_agreement else ()), "year")
    return (*keys, "bearer_cow", "beneficiary_cow", *OBLIGATIONS.values(), "certainty")


async def write_dyad_years(path: Path, database: Reads, wanted: Wanted, *, parquet: bool) -> int:
    """Write the table to a file that is not there yet, and return how many rows it has.

    Raises MissingLibraryError, before anything is read, when Parquet is asked for and cannot be written.
    """
    polars = _polars() if parquet else None
    as_csv = path.with_name(f"{path.name}.csv") if parquet else path
    cow, rows = await numbers(database, wanted.known_at), 0
    with as_csv.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns(wanted))
        async for pieces in owed(database, wanted):
            for row in dyad_years(pieces, wanted):
                writer.writerow(_cells(row, wanted, cow))
                rows += 1
    if polars is not None:
        types = {name: polars.String if name in TEXTS else polars.Int32 for name in columns(wanted)}
        polars.scan_csv(as_csv, schema=types).sink_parquet(path)
    return rows


def _cells(row: DyadYear, wanted: Wanted, cow: Numbers) -> Iterator[str | int | None]:
    yield from (row.bearer, row.beneficiary)
    if wanted.by_agreement:
        yield row.agreement
    yield row.year
    yield from (cow.on(key, row.first_day) for key in (row.bearer, row.beneficiary))
    yield from (int(kind in row.owed) for kind in OBLIGATIONS)
    yield row.certainty


def _polars() -> Any:
    try:
        import polars  # noqa: PLC0415 - large, and needed for this form alone
    except ImportError:
        raise MissingLibraryError(
            "Parquet needs polars, which is not installed.",
            "`pip install polars` installs it; or name a file that ends in .csv.",
        ) from None
    return polars
