"""The state numbers of the Correlates of War project, from a file that the user brings: codes with their days.

No row of it is shipped, since no licence of its owners was found. `foedus import cow-states` reads it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from graph.days import OPEN, EndConvention, day_before
from graph.model.facts import Identifier
from graph.model.records import Attestation, WrittenSpan
from graph.model.vocabulary import IdentifierScheme
from seed.cow_states.numbers import Holder, holders
from seed.importing.codes import Codes
from seed.importing.headed import HeadedRow, read_headed
from seed.importing.mapped import DataSet, Group, Mapped, Merged
from seed.rejects import Reject, reason_of
from seed.sources import data_sets

_SOURCE = data_sets()["cow-states"]
_COLUMNS = frozenset(
    {"stateabb", "ccode", "statenme", "styear", "stmonth", "stday", "endyear", "endmonth", "endday", "version"}
)


def _map(paths: Sequence[Path], _: Codes) -> Mapped:
    (path,) = paths
    read = read_headed(path, _COLUMNS, ("ccode", "styear"), "a COW list of states")
    return Mapped({read.file: read.count}, _groups(read.rows, read.rejects))


def _groups(rows: Sequence[HeadedRow], unread: Sequence[Reject]) -> Iterator[Group]:
    if unread:
        yield Group("rows that cannot be read", rejects=tuple(unread))
    covered = max((day for row in rows if (day := _last_day(row))), default=None)
    by_number = sorted(rows, key=lambda row: (row["ccode"].zfill(9), row["styear"], row.line))
    for number, some in groupby(by_number, key=lambda row: row["ccode"]):
        yield _group(number, list(some), covered)


def _group(number: str, rows: Sequence[HeadedRow], covered: date | None) -> Group:
    first: dict[str, HeadedRow] = {}
    loaded, merged, rejects, records = 0, list[Merged](), list[Reject](), list[Identifier]()
    for row in rows:
        earlier = first.setdefault(row.id, row)
        try:
            if earlier is row:
                made = list(_identifiers(row, covered))
                records += made
                loaded += 1
            elif earlier.cells == row.cells:
                merged.append(Merged(row.file, row.line, row.id, _key_of(records, row)))
            else:
                raise ValueError(f"Line {earlier.line} has the same number and first year, and says otherwise.")
        except ValueError as error:
            rejects.append(row.reject(reason_of(error)))
    counts = {rows[0].file: loaded} if loaded else {}
    return Group(f"COW {number}", tuple(records), counts, tuple(merged), tuple(rejects))


def _key_of(records: Sequence[Identifier], row: HeadedRow) -> str:
    """Return the record that holds a row. Raises ValueError where the row it repeats was rejected."""
    for record in records:
        if any(seen.locator == _place(row) for seen in record.attested_by):
            return record.key
    raise ValueError("It repeats a row that was rejected.")


def _identifiers(row: HeadedRow, covered: date | None) -> Iterator[Identifier]:
    """Yield the number with its days, cut where it passes from one state of the graph to another."""
    begins, last = _day(row, "st"), _day(row, "end")
    if last < begins:
        raise ValueError(f"Its last day {last} lies before its first, {begins}.")
    known = holders().get(row["ccode"])
    if known is None:
        raise ValueError(f"State number {row['ccode']!r} is not known here.")
    for holder in known:
        first_day, last_day = max(begins, holder.begins), min(last, day_before(holder.ends))
        if len(known) == 1:
            first_day, last_day = begins, last
        if first_day <= last_day:
            yield _identifier(row, holder, first_day, last_day, covered)


def _identifier(row: HeadedRow, holder: Holder, begins: date, last: date, covered: date | None) -> Identifier:
    if holder.key is None:
        raise ValueError(f"State number {row['ccode']} is {holder.name}, which is no state of the graph: {holder.note}")
    end: Mapping[str, str | date | None] = {"ends": last.isoformat()}
    # The list has no open ends: a state of today ends on the last day that the edition covers.
    if last == covered:
        end = {"ends": OPEN, "verified_on": covered}
    return Identifier(
        key=f"{holder.key}.identifier.cow.{row['ccode']}.{begins.isoformat()}",
        scheme=IdentifierScheme.COW,
        code=row["ccode"],
        of=holder.key,
        span=WrittenSpan.model_validate(
            {"begins": begins.isoformat(), "ends_are": EndConvention.LAST_DAY_WITH} | dict(end)
        ),
        attested_by=(Attestation(source=_SOURCE.key, locator=_place(row), quote=_quote(row)),),
    )


def _place(row: HeadedRow) -> str:
    return f"version {row['version']}, ccode {row['ccode']} of {row['styear']}"


def _quote(row: HeadedRow) -> str | None:
    return " ".join(filter(None, (row["stateabb"], row["statenme"]))) or None


def _day(row: HeadedRow, which: str) -> date:
    parts = [row[f"{which}{unit}"] for unit in ("year", "month", "day")]
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        raise ValueError(f"{'-'.join(parts)} is not a day that exists.") from None


def _last_day(row: HeadedRow) -> date | None:
    try:
        return _day(row, "end")
    except ValueError:
        return None


COW_STATES = DataSet("cow-states", _SOURCE, ("STATES.csv",), _map, needs_codes=False)
"""The data set as `foedus import` knows it."""
