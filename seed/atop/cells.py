"""How cells of ATOP's files are read: codes, days with parts missing, and the last day that a version covers."""

from datetime import date

from graph.days import OPEN, UNKNOWN, EndConvention, day_bounds, next_day
from graph.model.records import WrittenSpan
from seed.importing.headed import HeadedRow

ENTRY = ("yrent", "moent", "dayent")
EXIT = ("yrexit", "moexit", "dayexit")

_MISSING = frozenset({"", ".", "-9", "-9.0", "na"})
_NO_PART = frozenset({0, 99})

_COVERED = {"4.01": date(2016, 12, 31), "5.1": date(2018, 12, 31)}
"""Last day that a version covers. Of any other nobody has said here until when it saw a member to be one."""


def number(row: HeadedRow, column: str) -> int | None:
    """Return a cell as a whole number, None where nothing is said. Raises ValueError with a sentence for a text."""
    text = row[column]
    if text.lower() in _MISSING:
        return None
    whole, _, rest = text.partition(".")
    if not whole.removeprefix("-").isdecimal() or rest.strip("0"):
        raise ValueError(f"{column} {text!r} is not a whole number.")
    return int(whole)


def flag(row: HeadedRow, column: str) -> bool | None:
    """Return what a cell of 0 or 1 says, None where it is empty. Raises ValueError for any other code."""
    value = number(row, column)
    if value not in (None, 0, 1):
        raise ValueError(f"{column} {row[column]!r} is neither 0 nor 1.")
    return None if value is None else bool(value)


def says_nothing(text: str) -> bool:
    """Return whether a cell is empty, missing or 0."""
    return text.lower() in _MISSING or not text.strip("0.")


def version(row: HeadedRow) -> str:
    """Return the version as it is called: `4.01`, which statistical programs also write 4.0100002."""
    try:
        return f"{float(row['version']):.2f}".rstrip("0").rstrip(".")
    except ValueError:
        return row["version"]


def written_day(row: HeadedRow, year: str, month: str, day: str) -> str | None:
    """Return a day as EDTF text, as exact as the cells are; None where no year is said.

    Raises ValueError for a day that does not exist.
    """
    parts = [number(row, column) for column in (year, month, day)]
    if not parts[0]:
        return None
    known = [f"{parts[0]:04}"]
    for part in parts[1:]:
        if part is None or part in _NO_PART:
            break
        known.append(f"{part:02}")
    text = "-".join(known)
    day_bounds(text)
    return text


def span_of(row: HeadedRow) -> WrittenSpan:
    """Return from when to when a member's row holds; its exit is the first day without. Raises ValueError."""
    begins = written_day(row, *ENTRY) or UNKNOWN
    ends = written_day(row, *EXIT)
    covered = _COVERED.get(version(row))
    verified_on = None
    if ends is None and number(row, "yrexit") == 0:
        ends, verified_on = _still(row, begins, covered)
    ends_are = EndConvention.FIRST_DAY_WITHOUT
    if ends == begins and _is_exact(begins):
        ends_are = EndConvention.LAST_DAY_WITH  # who entered and left on one day was a member on it
    return WrittenSpan(
        begins=begins, ends=ends or UNKNOWN, ends_are=ends_are, verified_on=verified_on, as_written=_as_written(row)
    )


def _still(row: HeadedRow, begins: str, covered: date | None) -> tuple[str, date | None]:
    """Say of a member that has not left: open, and seen on the last day covered.

    Where `ineffect` says that it was over by then, it ended on some day before.
    """
    if flag(row, "ineffect") is not False:
        return OPEN, covered
    if begins == UNKNOWN or covered is None:
        return UNKNOWN, None
    return f"[{next_day(day_bounds(begins)[1])}..{covered}]", None


def _as_written(row: HeadedRow) -> str | None:
    """Return the cells of a begin and an end, where a month or a day is missing."""
    told = (ENTRY,) if number(row, "yrexit") == 0 else (ENTRY, EXIT)
    if all(_is_exact(written_day(row, *columns)) for columns in told):
        return None
    entry, left = ("/".join(row[column] or "." for column in columns) for columns in (ENTRY, EXIT))
    return f"entry {entry}, exit {left}"


def _is_exact(day: str | None) -> bool:
    return day is not None and len(day) == len("1914-08-02")
