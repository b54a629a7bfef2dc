"""The schema: made where foedus has the database to itself, and nowhere else."""

import pytest

from graph import schema
from graph.errors import ForeignDataError
from graph.graph import Graph


@pytest.mark.parametrize(("node", "said"), [("(:Foreign {x: 1})", "labelled Foreign"), ("({x: 1})", "without a label")])
async def test_a_database_with_the_data_of_somebody_else_is_refused(empty_graph: Graph, node: str, said: str) -> None:
    async with empty_graph.database.writing() as session:
        await (await session.run(f"CREATE {node}")).consume()
        await (await session.run("DROP INDEX names")).consume()
    try:
        with pytest.raises(ForeignDataError, match=said) as caught:
            await schema.apply(empty_graph.database)
        assert "FOEDUS_NEO4J_DATABASE" in str(caught.value.hint)
        assert await schema.missing(empty_graph.database) == ["names"]
    finally:
        async with empty_graph.database.writing() as session:
            await (await session.run("MATCH (n {x: 1}) DELETE n")).consume()
        await schema.apply(empty_graph.database)
    assert await schema.missing(empty_graph.database) == []


async def test_its_own_data_are_no_hindrance(shipped_graph: Graph) -> None:
    await schema.apply(shipped_graph.database)
    assert await schema.missing(shipped_graph.database) == []
