"""Everything that foedus ships in a real graph: written once, whatever the order in which it is asked for."""

from graph.graph import Graph
from seed.load import load_case, load_shipped, shipped_parts


async def test_the_case_then_everything_then_nothing(empty_graph: Graph) -> None:
    parts = shipped_parts()[0]
    sizes = [len(part.records) for part in parts]
    first = await load_case(empty_graph.writer)
    assert [receipt.created for receipt in first.receipts] == sizes[:1]
    rest = await load_shipped(empty_graph.writer)
    assert [receipt.created for receipt in rest.receipts] == [0, *sizes[1:]]
    assert [receipt.corrected for receipt in rest.receipts] == [0] * len(parts)
    known_at = await empty_graph.revision.known_at()

    again = await load_shipped(empty_graph.writer)
    assert [(receipt.changed, receipt.unchanged) for receipt in again.receipts] == [(0, size) for size in sizes]
    assert await empty_graph.revision.known_at() == known_at
    assert await empty_graph.writer.underived() == (0, 0)


async def test_lavrov_held_his_office(shipped_graph: Graph) -> None:
    async with shipped_graph.database.reading() as session:
        result = await session.run(
            "MATCH (o:Official {key: 'lavrov-sergey'})-[h:HELD]->(office:Office) "
            "RETURN office.key AS office, h.in_force AS in_force, toString(h.holds_from) AS since "
            "ORDER BY h.holds_from"
        )
        rows = [(row["office"], row["in_force"], row["since"]) async for row in result]
    assert rows == [
        ("RUS.minister-of-foreign-affairs", "definite", "2004-03-09"),
        ("RUS.minister-of-foreign-affairs", "presumed", "2024-11-02"),
    ]
