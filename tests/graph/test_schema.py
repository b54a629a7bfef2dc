"""The schema: made where foedus has the database to itself, and nowhere else."""

import pytest

from graph import schema
from graph.errors import ForeignDataError, SchemaError
from graph.graph import Graph
from graph.schema import Compared


@pytest.mark.parametrize(("node", "said"), [("(:Foreign {x: 1})", "labelled Foreign"), ("({x: 1})", "without a label")])
async def test_a_database_with_the_data_of_somebody_else_is_refused(empty_graph: Graph, node: str, said: str) -> None:
    async with empty_graph.database.writing() as session:
        await (await session.run(f"CREATE {node}")).consume()
        await (await session.run("DROP INDEX names")).consume()
    try:
        with pytest.raises(ForeignDataError, match=said) as caught:
            await schema.apply(empty_graph.database)
        assert "FOEDUS_NEO4J_DATABASE" in str(caught.value.hint)
        assert await schema.compared(empty_graph.database) == Compared(["names"], {})
    finally:
        async with empty_graph.database.writing() as session:
            await (await session.run("MATCH (n {x: 1}) DELETE n")).consume()
        await schema.apply(empty_graph.database)
    assert await schema.compared(empty_graph.database) == Compared([], {})


async def test_its_own_data_are_no_hindrance(shipped_graph: Graph) -> None:
    await schema.apply(shipped_graph.database)
    assert await schema.compared(shipped_graph.database) == Compared([], {})


FULLTEXT = (
    "CREATE FULLTEXT INDEX {} FOR (d:Description) ON EACH [{}] OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{}'}}}}"
)
ALL = "d.key, d.name, d.name_in_own_script, d.aliases, d.title"
CHANGED = [
    ("names", FULLTEXT.format("names", "d.key, d.name", "standard-folding"), "INDEX names"),
    ("names", FULLTEXT.format("names", ALL, "english"), "INDEX names"),
    ("names", FULLTEXT.format("others", ALL, "standard-folding"), "INDEX others"),
    ("version_from", "CREATE INDEX version_from FOR (v:Version) ON (v.recorded_until)", "INDEX version_from"),
    ("version_from", "CREATE TEXT INDEX version_from FOR (v:Version) ON (v.recorded_from)", "INDEX version_from"),
    ("held_unit", "CREATE INDEX held_unit FOR (v:HELD) ON (v.unit)", "INDEX held_unit"),
    ("held_unit", "CREATE INDEX held_unit FOR ()-[v:BY]-() ON (v.unit)", "INDEX held_unit"),
    ("state_key", "CREATE INDEX state_key FOR (s:State) ON (s.key)", "INDEX state_key"),
    ("state_key", "CREATE CONSTRAINT state_key FOR (s:Place) REQUIRE s.name IS UNIQUE", "CONSTRAINT state_key"),
    ("held_unit", "CREATE CONSTRAINT held_unit FOR (s:Place) REQUIRE s.name IS UNIQUE", "CONSTRAINT held_unit"),
]


@pytest.mark.parametrize(("name", "instead", "there"), CHANGED)
async def test_what_is_in_the_way_is_named_with_the_way_out(
    empty_graph: Graph, name: str, instead: str, there: str
) -> None:
    database = empty_graph.database

    async def run(text: str) -> None:
        async with database.writing() as session:
            await (await session.run(text)).consume()

    await run(f"DROP {'CONSTRAINT' if name == 'state_key' else 'INDEX'} {name}")
    await run("DROP INDEX commits_to_unit")
    await run(instead)
    try:
        assert await schema.compared(database) == Compared(["commits_to_unit"], {name: there})
        with pytest.raises(
            SchemaError, match=f"another index or constraint than foedus needs: {there} for {name}"
        ) as caught:
            await schema.apply(database)
        assert f"DROP {there}" in str(caught.value.hint)
        assert await schema.compared(database) == Compared([], {name: there}), "all else is made"
    finally:
        await run(f"DROP {there}")
        await schema.apply(database)
    assert await schema.compared(database) == Compared([], {})
