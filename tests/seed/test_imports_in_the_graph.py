"""Data sets that states' codes decide over, through the whole way: imported, derived, and out again as dyad-years."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from graph.days import InForce
from graph.dyads import Wanted
from graph.errors import NotFoundError
from graph.graph import Graph
from seed.data_sets import DATA_SETS
from seed.importing.put import Imported, import_data_set
from seed.package.dyad_table import write_dyad_years
from tests.conftest import World

ATOP = Path(__file__).parent / "atop"
GOLDEN = "dyad_years.csv"
COVERED = 2016


def cells(path: Path, columns: list[str] | None = None) -> tuple[list[str], list[tuple[str, ...]]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = columns or list(rows[0])
    return names, sorted(tuple(row[name] for name in names) for row in rows)


def fates(done: Imported) -> Counter[str]:
    assert done.unaccounted() == {}
    return Counter({file: sum(done.fates(file)) for file in done.rows})


async def test_alliances_of_atop_go_out_as_the_dyad_years_read_by_eye(world: World, tmp_path: Path) -> None:
    graph = await world.shipped()
    world.changed()
    states = await import_data_set(graph, DATA_SETS["cow-states"], [ATOP / "states2016.csv"])
    files = [ATOP / "atop4_01a.csv", ATOP / "atop4_01m.csv"]
    done = await import_data_set(graph, DATA_SETS["atop"], files)
    assert fates(states) + fates(done) == Counter({"states2016.csv": 14, "atop4_01a.csv": 16, "atop4_01m.csv": 49})
    wanted = Wanted(await graph.revision.known_at(), 1648, COVERED, InForce.PRESUMED)
    await write_dyad_years(tmp_path / "found.csv", graph.database, wanted, parquet=False)
    columns, golden = cells(ATOP / GOLDEN)
    atop = {key for row in golden for key in row[:2]}
    found = [row for row in cells(tmp_path / "found.csv", columns)[1] if {row[0], row[1]} <= atop]
    assert found == golden
    assert (await import_data_set(graph, DATA_SETS["atop"], files)).current
    assert await graph.writer.underived() == (0, 0)


async def test_a_data_set_about_states_needs_their_codes(empty_graph: Graph) -> None:
    aid = DATA_SETS["us-foreign-aid"]
    with pytest.raises(NotFoundError, match="knows no codes of states"):
        await import_data_set(empty_graph, aid, aid.shipped)
