"""The questions about chains and groups: what they fetch is read out of the index, and what is no number for them."""

import neo4j
import pytest

from graph.errors import InputError
from graph.graph import Graph
from graph.parameters import read_parameters
from tests.questions.conftest import CATALOG, golden_values, pairs, planned_anew
from tests.questions.test_files import operators, plain_values

READ = ["bearer", "beneficiary", "fact", "holds_until", "in_force"]


@pytest.mark.parametrize("name", ["states_drawn_in", "chains_between_states", "blocs"])
async def test_pairs_are_read_out_of_the_index(shipped_graph: Graph, name: str) -> None:
    """A subquery in the RETURN makes the planner read every pair from the store; nothing else shows it."""
    question = CATALOG[name]
    async with shipped_graph.database.driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
        planned = await planned_anew(session, question, plain_values(question))
    (seek,) = [
        op for op in operators(planned.plan or {}) if op["operatorType"].startswith("DirectedRelationshipIndexSeek")
    ]
    assert [one for one in READ if f"cache[c.{one}]" not in seek["args"]["Details"]] == []


@pytest.mark.parametrize(
    ("name", "parameter", "number"),
    [
        *[(name, "depth", depth) for name in ("states_drawn_in", "chains_between_states") for depth in (0, 11, -1)],
        ("blocs", "members", 1),
        ("blocs", "members", 1001),
        ("graph_around", "depth", 3),
        ("commitments_ending_soon", "within", -1),
        ("commitments_ending_soon", "within", 10**15),
    ],
)
def test_a_number_out_of_bounds_is_refused(name: str, parameter: str, number: int) -> None:
    asked = golden_values(CATALOG[name]) | {parameter: number}
    with pytest.raises(InputError, match="input should be") as caught:
        read_parameters(CATALOG[name].parameters, pairs(asked))
    (problem,) = caught.value.problems
    assert problem.pointer == f"/query/{parameter}"
