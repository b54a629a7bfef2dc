"""A small generated world loaded by the import tool is, in all its content, what a writer makes of the same records."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from graph import schema
from graph.bulk.load import Parcel, load
from graph.errors import LocalServerError
from graph.graph import Graph, open_graph
from graph.local.server import LocalNeo4j
from graph.model.changes import ChangeSet
from graph.model.entities import State
from graph.settings import Settings
from seed.generated import parcels
from seed.generated.size import Size

SMALL = Size(states=10, agreements=30, commitments=400)
TOLD = {"author": "test", "reason": "A small world."}

NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS fields"
RELATIONSHIPS = """
MATCH (a)-[r]->(b)
RETURN type(r) AS type, [labels(a), a.key] AS start, [labels(b), b.key] AS end, properties(r) AS fields
"""
Content = list[str]


@pytest.fixture(scope="module")
def imported(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    own = settings.model_copy(update={"data": tmp_path_factory.mktemp("imported") / "data", "heap_mb": 512})
    load(own, parcels(SMALL), **TOLD, progress=lambda _: None)
    return own


async def content(graph: Graph) -> tuple[Content, Content]:
    """Return every node and every relationship, in an order of their own, without the instant of recording."""
    async with graph.database.reading() as session:
        nodes = [_node(record["labels"], record["fields"]) async for record in await session.run(NODES)]
        links = [
            repr((record["type"], _end(record["start"]), _end(record["end"]), _fields(record["fields"])))
            async for record in await session.run(RELATIONSHIPS)
        ]
    return sorted(nodes), sorted(links)


def _node(labels: list[str], fields: dict[str, Any]) -> str:
    return repr((sorted(labels), _fields(fields)))


def _end(labels_and_key: list[Any]) -> tuple[list[str], str]:
    labels, key = labels_and_key
    return sorted(labels), key


def _fields(fields: dict[str, Any]) -> list[tuple[str, str]]:
    # The digest of a change set is that of its body, which the import tool never has in one piece.
    left_out = {"recorded_at", "recorded_from", "body"}
    kept = {name: value for name, value in fields.items() if name not in left_out}
    if "answer" in kept:
        kept["answer"] = {**json.loads(kept["answer"]), "known_at": None}
    return sorted((name, f"{type(value).__name__} {value!r}") for name, value in kept.items())


async def written(graph: Graph) -> tuple[Content, Content]:
    records = [record for make in parcels(SMALL) for record in make().records]
    await graph.writer.apply(ChangeSet.of(records, **TOLD))
    return await content(graph)


async def test_a_world_loaded_in_both_ways_is_the_same(empty_graph: Graph, imported: Settings) -> None:
    nodes, links = await written(empty_graph)
    with LocalNeo4j(imported) as server:
        async with open_graph(imported, server.uri, server.user, server.password) as graph:
            assert await content(graph) == (nodes, links)
            assert len(nodes) > 2000
            assert await graph.writer.underived() == (0, 0)
            assert (await schema.compared(graph.database)).error() is None
            assert await graph.revision.known_at() == (await only_instant(graph))


async def only_instant(graph: Graph) -> Any:
    async with graph.database.reading() as session:
        result = await session.run(
            "MATCH (v:Version) RETURN DISTINCT v.recorded_from AS at "
            "UNION MATCH ()-[p:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]->() RETURN DISTINCT p.recorded_from AS at "
            "UNION MATCH (c:ChangeSet) RETURN c.recorded_at AS at"
        )
        return (await result.single(strict=True))["at"].to_native()


def test_nothing_stays_of_what_surrounds_a_load(imported: Settings) -> None:
    assert list(imported.data.parent.iterdir()) == [imported.data]


def test_a_folder_with_anything_in_it_is_refused(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "something").touch()
    with pytest.raises(LocalServerError, match="is not empty"):
        load(settings.model_copy(update={"data": tmp_path}), [], **TOLD, progress=lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == ["something"]


def _dangling() -> Parcel:
    return Parcel([record for make in parcels(SMALL)[1:2] for record in make().records])


def _two_lines() -> Parcel:
    return Parcel([State(key="A", name="one\ntwo")])


@pytest.mark.parametrize(("make", "error"), [(_dangling, "import tool failed"), (_two_lines, "more than one line")])
def test_what_fails_leaves_nothing_behind(settings: Settings, tmp_path: Path, make: Any, error: str) -> None:
    target = tmp_path / "data"
    with pytest.raises((LocalServerError, ValueError), match=error):
        load(settings.model_copy(update={"data": target}), [partial(make)], **TOLD, progress=lambda _: None)
    assert list(tmp_path.iterdir()) == []
