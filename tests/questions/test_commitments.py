"""The listing of all commitments in force: its pages start where the one before ended, whatever their size."""

from typing import Any

import neo4j
import pytest

from graph.graph import Graph
from tests.conftest import SmallWorld
from tests.questions.conftest import CATALOG, ask, page_by_page, planned_anew
from tests.questions.test_files import operators

LISTING = CATALOG["commitments_in_force"]
PLACE = "(kind, bearer, beneficiary, fact, holds_from, holds_until)"
ON = "1951-01-01"


@pytest.mark.parametrize("kind", ["", "transit"])
@pytest.mark.parametrize("size", [2, 7])
async def test_pages_make_the_whole_listing(small_world: SmallWorld, kind: str, size: int) -> None:
    values = {"on": ON, "kind": kind, "known_at": small_world.instants[-1].isoformat()}
    whole = await ask(small_world.graph, LISTING, **values)
    assert len(whole.rows) > size
    assert await page_by_page(small_world.graph, LISTING, size, **values) == whole.rows


async def test_a_page_is_sought_in_the_order_of_its_index(shipped_graph: Graph) -> None:
    """Each part of a page seeks in one index and stops at the end of the page: none is sorted whole first."""
    values: dict[str, Any] = {"kind": None, "in_force": None, "on": None, "known_at": None}
    values |= {"after": ["defence", "PRK", "RUS", "x"], "row_limit": 10}
    async with shipped_graph.database.driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
        plan = (await planned_anew(session, LISTING, values)).plan or {}
    seeks = [op for op in operators(plan) if "RelationshipIndex" in op["operatorType"]]
    assert all("Seek" in op["operatorType"] and PLACE in op["args"]["Details"] for op in seeks)
    parts = [op for op in operators(plan) if _name(op) == "Limit" and len(_names(op, "Index")) == 1]
    assert len(parts) == len(seeks) == 3
    assert [name for part in parts for name in _names(part, "Sort", "Top")] == []


def _name(operator: dict[str, Any]) -> str:
    return str(operator["operatorType"].split("@")[0])


def _names(operator: dict[str, Any], *parts: str) -> list[str]:
    """Return the names of an operator and of those below it that contain one of these words."""
    return [name for op in operators(operator) if any(part in (name := _name(op)) for part in parts)]
