"""Rows as frames of pandas or polars, column by column; `Answer.to_pandas` and `Answer.to_polars` call it.

Both libraries guess a type from the first values, and lose what does not fit: so each column is given its type here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from foedus_client.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Types = Mapping[str, str | None]
Rows = Sequence[Mapping[str, Any]]
Columns = Iterator[tuple[str, str, list[Any]]]
_NO_TEXT = {"integer", "number", "boolean", "day", "instant"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def to_pandas(types: Types, rows: Rows) -> "pd.DataFrame":
    """Return a frame of pandas with these columns. Raises UsageError where pandas is not installed."""
    try:
        import pandas as pd  # noqa: PLC0415 - who makes no frames needs none
    except ModuleNotFoundError:
        raise _missing("pandas") from None
    # Spelled with their resolution: nanoseconds, which pandas had before, end in the year 2262.
    dtypes = {
        "integer": "Int64", "number": "float64", "boolean": "boolean", "text": "string",
        "day": "datetime64[s]", "instant": "datetime64[us, UTC]",
    }  # fmt: skip
    found = {name: pd.Series(values, dtype=dtypes.get(kind, "object")) for name, kind, values in _columns(types, rows)}
    return pd.DataFrame(found, columns=list(types))


def to_polars(types: Types, rows: Rows) -> "pl.DataFrame":
    """Return a frame of polars with these columns. Raises UsageError where polars is not installed."""
    try:
        import polars as pl  # noqa: PLC0415 - who makes no frames needs none
    except ModuleNotFoundError:
        raise _missing("polars") from None
    dtypes: dict[str, Any] = {
        "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "text": pl.String,
        "day": pl.Date, "instant": pl.Datetime("us", "UTC"),
    }  # fmt: skip

    def nested(values: list[Any]) -> Any:
        present = _present(values)
        return dtype_of(_kind(present), present) if present else pl.Null

    def dtype_of(kind: str, present: list[Any]) -> Any:
        """Return the type that holds all of these values; None where there is none."""
        if kind == "list":
            inner = nested(list(chain.from_iterable(present)))
            return inner and pl.List(inner)
        if kind == "map":
            fields = {name: nested([one.get(name) for one in present]) for name in dict.fromkeys(chain(*present))}
            return None if None in fields.values() else pl.Struct(fields)
        return dtypes.get(kind)

    def series(name: str, kind: str, values: list[Any]) -> pl.Series:
        dtype = dtype_of(kind, _present(values)) or pl.Object
        # Whole numbers among others are no fault where the type is known to hold all.
        return pl.Series(name, values, dtype, strict=False)

    return pl.DataFrame([series(*column) for column in _columns(types, rows)])


def _present(values: list[Any]) -> list[Any]:
    return [value for value in values if value is not None]


def _missing(library: str) -> UsageError:
    return UsageError(f"{library} is not installed here. Install foedus-client[{library}], or {library} by itself.")


def _columns(types: Types, rows: Rows) -> Columns:
    """Yield name, kind and values of each column; a kind is a plain type, `text`, `list`, `map` or `mixed`."""
    for name, declared in types.items():
        values = [row.get(name) for row in rows]
        if declared == "day":
            yield name, *_days(values)
        elif declared == "instant":
            yield name, declared, [value and datetime.fromisoformat(value).astimezone(UTC) for value in values]
        else:
            yield name, _plain(declared, values), values


def _days(values: list[str | None]) -> tuple[str, list[Any]]:
    """Return days where all of them are written whole and lie in the years 1 to 9999, else the texts."""
    try:
        return "day", [value and _day(value) for value in values]
    except ValueError:
        return "text", values


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _plain(declared: str | None, values: list[Any]) -> str:
    """Return the kind of a column: the declared one where that says it, else what its values are."""
    if declared in _NO_TEXT:
        return declared
    if declared is not None and declared.startswith("list of "):
        return "list"
    return _kind(values)


def _kind(values: list[Any]) -> str:
    """Return of what kind all of these values are, nulls aside; without any they pass for text."""
    kinds = {type(value) for value in _present(values)}
    if kinds == {int, float}:
        return "number"
    named = {bool: "boolean", int: "integer", float: "number", str: "text", list: "list", dict: "map"}
    return named.get(kinds.pop(), "mixed") if len(kinds) == 1 else "mixed" if kinds else "text"
