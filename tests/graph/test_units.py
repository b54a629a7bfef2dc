"""Records sorted into units derive what the graph derives from the same facts."""

from collections import Counter
from typing import Any

from graph.derive import derive
from graph.graph import Graph
from graph.model import Record
from graph.model.changes import Put
from graph.units import units
from seed.load import shipped_records
from tests.conftest import SmallWorld
from tests.world.records import change_sets

DERIVED = """
MATCH (a)-[p:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]->(b)
WHERE p.recorded_until = datetime('9999-12-31T00:00:00Z')
RETURN type(p) AS type, a.key AS start, b.key AS end, p.unit AS unit, toString(p.holds_from) AS since,
       toString(p.holds_until) AS until, p.in_force AS in_force, p.rests_on AS rests_on, p.awaits AS awaits
"""


async def in_graph(graph: Graph) -> Counter[Any]:
    async with graph.database.reading() as session:
        result = await session.run(DERIVED)
        return Counter([repr(record.values()) async for record in result])


def from_records(records: list[Record]) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for unit, facts in units(records).items():
        for piece in derive(unit, facts):
            fields = piece.fields
            days = [str(fields["holds_from"]), str(fields["holds_until"])]
            listed = [fields["unit"], *days, fields["in_force"], fields["rests_on"], fields["awaits"]]
            found[repr([piece.type, piece.start, piece.end, *listed])] += 1
    return found


async def test_the_shipped_records_derive_what_the_graph_does(shipped_graph: Graph) -> None:
    assert from_records(shipped_records()[0]) == await in_graph(shipped_graph)


async def test_the_story_derives_what_the_graph_does(small_world: SmallWorld) -> None:
    current: dict[str, Record] = {}
    for change_set in change_sets():
        for operation in change_set.operations:
            if isinstance(operation, Put):
                current[operation.key] = operation.record
            else:
                current.pop(operation.key, None)
    assert from_records(list(current.values())) == await in_graph(small_world.graph)
