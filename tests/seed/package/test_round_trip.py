"""A graph that goes out and comes in to an empty one is equal: every record, every link, and all that is derived.

As of today, that is: what was recorded before, and when, stays behind.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from graph.graph import Graph
from graph.keys import Scope
from graph.model import Record
from graph.outgoing import Outgoing
from graph.revision import OPEN_UNTIL
from seed.dprk_russia_2024.treaty import DEFENCE
from seed.load import load_case
from seed.package.reading import load_package, read_package
from seed.package.writing import Contents, write_package
from tests.conftest import World
from tests.world.records import change_sets

CURRENT = """
MATCH (v:Version {recorded_until: $open})-[:VERSION_OF]->(t:Thing)
WHERE NOT v:Withdrawal
RETURN labels(t) AS of, labels(v) AS labels, properties(v) AS fields,
       COLLECT { MATCH (v)-[l]->(to) RETURN [type(l), to.key, labels(to), properties(l)] } AS links
"""
DERIVED = """
MATCH (a)-[p:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]->(b)
WHERE p.recorded_until = $open
RETURN type(p) AS type, a.key AS start, b.key AS end, properties(p) AS fields
"""
LEFT_BEHIND = {"version", "recorded_from"}


def _plainly(value: Any) -> Any:
    """Return a value without the numbers and instants of versions, its maps and lists in an order of their own."""
    if isinstance(value, dict):
        return sorted((name, repr(one)) for name, one in value.items() if name not in LEFT_BEHIND)
    return sorted(repr(_plainly(one)) for one in value) if isinstance(value, list) else value


async def whole(graph: Graph) -> list[str]:
    """Return all that is current, node by node and relationship by relationship."""
    found = []
    for text in (CURRENT, DERIVED):
        async with graph.database.reading() as session:
            result = await session.run(text, open=OPEN_UNTIL)
            found += [repr([(name, _plainly(one)) for name, one in record.data().items()]) async for record in result]
    return sorted(found)


async def exported(graph: Graph, folder: Path, known_at: datetime | None = None) -> dict[str, bytes]:
    """Write a package, and return its files but for the manifest, which tells the instant."""
    outgoing = Outgoing(graph.database, known_at or await graph.revision.known_at())
    await write_package(folder, Contents(outgoing.known_at, outgoing.records(), outgoing.pieces()), lambda _: None)
    return _files(folder)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.*") if p.name != "manifest.json"}


@dataclass(frozen=True)
class Before:
    """What the shipped case and the small world in one graph were, and what went out of it, in folders."""

    content: list[str]
    folder: Path


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def before(world: World, tmp_path_factory: pytest.TempPathFactory) -> Before:
    graph, folder = await world.empty(), tmp_path_factory.mktemp("before")
    first, *later = change_sets()
    instant = (await graph.writer.apply(first)).known_at
    await exported(graph, folder / "early")
    for change_set in later:
        await graph.writer.apply(change_set)
    await load_case(graph.writer)
    await graph.keys.create("a key of the house", [Scope.READ], None)
    for name, known_at in (("one", None), ("two", None), ("early-again", instant)):
        await exported(graph, folder / name, known_at)
    outgoing = Outgoing(graph.database, await graph.revision.known_at())
    records = await outgoing.reached([DEFENCE, "nobody"])

    async def pages() -> AsyncIterator[Sequence[Record]]:
        yield records

    await write_package(folder / "some", Contents(outgoing.known_at, pages()), lambda _: None)
    return Before(await whole(graph), folder)


async def test_what_goes_out_makes_an_equal_graph(before: Before, world: World, tmp_path: Path) -> None:
    graph, package = await world.empty(), read_package(before.folder / "one")
    receipts = await load_package(graph.writer, package, lambda _: None)
    assert await whole(graph) == before.content
    assert len(before.content) > 1000
    assert await graph.writer.underived() == (0, 0)
    assert sum(receipt.created for receipt in receipts) == sum(receipt.changed for receipt in receipts)
    assert await exported(graph, tmp_path / "again") == _files(before.folder / "one")
    again = await load_package(graph.writer, package, lambda _: None)
    assert sum(receipt.changed for receipt in again) == 0


async def test_some_facts_go_with_all_that_they_name(before: Before, world: World) -> None:
    graph = await world.empty()
    await load_package(graph.writer, read_package(before.folder / "some"), lambda _: None)
    labels = {record.label() for record in read_package(before.folder / "some").records()}
    assert labels == {"Agreement", "Provision", "Commitment", "Source"}
    assert await graph.writer.underived() == (0, 0)


def test_the_same_state_of_knowledge_is_the_same_bytes(before: Before) -> None:
    for one, other in (("one", "two"), ("early", "early-again")):
        assert _files(before.folder / one) == _files(before.folder / other)
        told = [(before.folder / name / "manifest.json").read_bytes() for name in (one, other)]
        assert told[0] == told[1]
    assert _files(before.folder / "early") != _files(before.folder / "one")


def test_nothing_of_the_house_goes_out(before: Before) -> None:
    assert not any(b"a key of the house" in body for body in _files(before.folder / "one").values())
