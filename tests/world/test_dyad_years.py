"""Who was bound to whom in which years in the small world, as tables worked out by hand from `pieces/` say.

`dyad_years.csv` has a line for years in a row that say the same; `dyad_years_by_agreement.csv` for each agreement, what
is possible and what is political as well.
"""

import csv
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import polars
import pytest

from graph.days import InForce
from graph.dyads import OBLIGATIONS, Wanted
from seed.package.dyad_table import columns, write_dyad_years
from tests.conftest import SmallWorld

FOLDER = Path(__file__).parent
FIRST, LAST = 1800, 2015
Line = dict[str, str]


def wanted(world: SmallWorld, *, everything: bool) -> Wanted:
    least = InForce.POSSIBLE if everything else InForce.PRESUMED
    return Wanted(world.instants[-1], FIRST, LAST, least, political=everything, by_agreement=everything)


def told(rows: Iterable[Line]) -> Iterator[Line]:
    """Put years in a row that say the same into one line, the obligations by name."""
    for _, group in groupby(enumerate(rows), lambda one: (_says(one[1]), int(one[1]["year"]) - one[0])):
        run = [row for _, row in group]
        owed = " ".join(name for name in OBLIGATIONS.values() if run[0][name] == "1")
        years = {"from": run[0]["year"], "until": run[-1]["year"]}
        named = {name: run[0][name] for name in ("bearer", "beneficiary", "agreement") if name in run[0]}
        yield named | years | {"owed": owed, "certainty": run[0]["certainty"]}


def _says(row: Line) -> list[tuple[str, str]]:
    return [(name, cell) for name, cell in row.items() if name != "year"]


def read(path: Path) -> list[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("golden", ["dyad_years", "dyad_years_by_agreement"])
async def test_every_year_is_as_it_was_worked_out(small_world: SmallWorld, golden: str, tmp_path: Path) -> None:
    asked = wanted(small_world, everything=golden.endswith("agreement"))
    count = await write_dyad_years(tmp_path / "d.csv", small_world.graph.database, asked, parquet=False)
    rows = read(tmp_path / "d.csv")
    assert list(told(rows)) == read(FOLDER / f"{golden}.csv")
    assert len(rows) == count


async def test_parquet_says_the_same_with_types(small_world: SmallWorld, tmp_path: Path) -> None:
    asked, database = wanted(small_world, everything=True), small_world.graph.database
    for name in ("d.csv", "d.parquet", "e.parquet"):
        await write_dyad_years(tmp_path / name, database, asked, parquet=name.endswith("parquet"))
    table = polars.read_parquet(tmp_path / "d.parquet")
    assert table.write_csv().splitlines() == (tmp_path / "d.csv").read_text().splitlines()
    assert {name: str(table.schema[name]) for name in ("bearer", "year", "defence", "bearer_cow")} == {
        "bearer": "String", "year": "Int32", "defence": "Int32", "bearer_cow": "Int32",
    }  # fmt: skip
    assert (tmp_path / "d.parquet").read_bytes() == (tmp_path / "e.parquet").read_bytes()
    assert all(name == name.lower() and len(name) <= 32 for name in columns(asked))
