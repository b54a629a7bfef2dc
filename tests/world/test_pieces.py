"""From which day to which each agreement of the small world holds for whom, as tables worked out by hand say.

`pieces/<unit>.csv` is what is known now; `pieces/<unit>@<n>.csv` what was known up to the n-th change set.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import SmallWorld

TABLES = Path(__file__).parent / "pieces"
FOREVER = "9999-12-31"
OFFICES = "offices-and-memberships"
_READ: dict[datetime, list[tuple[str, "Piece"]]] = {}
DERIVED = """
MATCH (start)-[p:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]->(end)
WHERE p.recorded_from <= $known_at < p.recorded_until
RETURN type(p) AS type, start.key AS start, end.key AS end, properties(p) AS fields
"""


class Piece(NamedTuple):
    """What a table says in one line, with both directions of a pair apart and names written out."""

    start: str
    end: str
    fact: str
    holds_from: str
    holds_until: str
    in_force: str
    awaits: str
    marks: str

    def describes(self) -> tuple[str, ...]:
        """Return all but the days."""
        return (*self[:3], *self[5:])


def expected(table: Path) -> list[Piece]:
    unit = table.stem.partition("@")[0]
    with table.open(encoding="utf-8", newline="") as file:
        return [piece for row in csv.DictReader(file) for piece in _written(unit, row)]


def _written(unit: str, row: Mapping[str, str]) -> Iterator[Piece]:
    """Write out one line: `A B` are two parties, `A > B` one owes the other, `A <> B` each the other."""
    what = f"{unit}{row['what']}" if row["what"].startswith(".") else row["what"]
    marks = row["marks"].replace(" .", f" {unit}.")
    rest = (row["from"], row["until"] or FOREVER, row["in_force"], row["awaits"], marks)
    words = row["who"].split()
    if "<>" in words or ">" in words:
        yield Piece(words[0], words[2], what, *rest)
        if "<>" in words:
            yield Piece(words[2], words[0], what, *rest)
        return
    for actor in words:
        yield Piece(actor, what or unit, "", *rest)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Read pieces that touch and say the same as one: they differ in the facts they rest on only."""
    found: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (*piece[:3], piece.holds_from)):
        last = found[-1] if found else None
        if last and last.describes() == piece.describes() and last.holds_until == piece.holds_from:
            found[-1] = last._replace(holds_until=piece.holds_until)
        else:
            found.append(piece)
    return found


async def derived(small_world: SmallWorld, known: int) -> list[tuple[str, Piece]]:
    """Return every derived relationship as known after a change set, each with its table."""
    known_at = small_world.instants[known - 1]
    if known_at not in _READ:
        async with small_world.graph.database.reading() as session:
            rows = await (await session.run(DERIVED, known_at=known_at)).data()
        _READ[known_at] = [(_table(row), _stored(row)) for row in rows]
    return _READ[known_at]


def _table(row: Mapping[str, Any]) -> str:
    return OFFICES if row["type"] in ("HELD", "BELONGED_TO") else str(row["fields"]["unit"])


def _stored(row: Mapping[str, Any]) -> Piece:
    fields = row["fields"]
    marks = ["provisional"] if fields.get("provisional") else []
    marks += [f"modified by {key}" for key in fields.get("modified_by", ())]
    days = str(fields["holds_from"]), str(fields["holds_until"])
    awaits = "; ".join(fields["awaits"])
    return Piece(row["start"], row["end"], fields.get("fact", ""), *days, fields["in_force"], awaits, "; ".join(marks))


def tables(known: int) -> dict[str, Path]:
    """Return the table of each unit as known after a change set: the next that says `@n`, else the one for now."""
    found: dict[str, Path] = {}
    for table in sorted(TABLES.glob("*.csv")):
        unit, _, until = table.stem.partition("@")
        if not until or known <= int(until):
            found[unit] = table
    return found


UNITS = sorted(tables(3))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("known", [1, 2, 3])
async def test_each_unit_holds_on_the_days_worked_out_by_hand(small_world: SmallWorld, unit: str, known: int) -> None:
    found = [piece for table, piece in await derived(small_world, known) if table == unit]
    assert joined(found) == joined(expected(tables(known)[unit]))


@pytest.mark.parametrize("unit", UNITS)
async def test_no_two_pieces_of_one_sequence_share_a_day(small_world: SmallWorld, unit: str) -> None:
    found = sorted(
        (piece for table, piece in await derived(small_world, 3) if table == unit),
        key=lambda one: (*one[:3], one.holds_from),
    )
    for _, pieces in groupby(found, key=lambda one: one[:3]):
        days = [day for piece in pieces for day in (piece.holds_from, piece.holds_until)]
        assert days == sorted(days)


@pytest.mark.parametrize("known", [1, 2, 3])
async def test_nothing_is_derived_that_is_in_no_table(small_world: SmallWorld, known: int) -> None:
    assert {table for table, _ in await derived(small_world, known)} == set(tables(known))


async def test_a_rebuild_from_nothing_finds_the_same(small_world: SmallWorld) -> None:
    assert await small_world.graph.writer.underived() == (0, 0)
