"""The questions about chains and groups: what they fetch is read out of the index, on each line of Neo4j."""

from typing import Any

import neo4j
import pytest

from graph.graph import Graph
from tests.questions.conftest import CATALOG, PLANNED_ANEW
from tests.questions.test_files import operators, plain_values

READ = ["bearer", "beneficiary", "fact", "holds_until", "in_force"]


@pytest.mark.parametrize("name", ["states_drawn_in", "chains_between_states", "blocs"])
async def test_pairs_are_read_out_of_the_index(shipped_graph: Graph, name: str) -> None:
    """A subquery in the RETURN makes the planner read every pair from the store; nothing else shows it."""
    question = CATALOG[name]
    async with shipped_graph.database.driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
        explain: Any = PLANNED_ANEW + question.wrapped
        plan = (await (await session.run(explain, plain_values(question))).consume()).plan
    assert plan is not None
    (seek,) = [op for op in operators(plan) if op["operatorType"].startswith("DirectedRelationshipIndexSeek")]
    assert [one for one in READ if f"cache[c.{one}]" not in seek["args"]["Details"]] == []
