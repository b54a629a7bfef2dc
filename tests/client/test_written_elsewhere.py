"""What somebody else writes is seen with the token of the write; the last file here, since it changes the world."""

from foedus_client import AsyncClient
from graph.graph import Graph
from graph.model.changes import ChangeSet
from graph.model.entities import Source


async def test_what_was_written_elsewhere_is_seen(service: str, changeable_graph: Graph) -> None:
    source = Source(key="a-new-source", title="A new source", kind="other")
    receipt = await changeable_graph.writer.apply(ChangeSet.of([source], author="a test", reason="to see"))
    async with AsyncClient(service) as client:
        client.saw(receipt.known_at.isoformat())
        assert [row["title"] for row in await client.ask("source", source="a-new-source")] == ["A new source"]
        assert client.known_at == receipt.known_at.isoformat().replace("+00:00", "Z")
