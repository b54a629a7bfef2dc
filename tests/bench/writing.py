"""What writing takes: a change set of 1,000 facts with all that follows, beside a transaction that writes the same.

The other side knows beforehand which nodes and relationships come to be, derived ones too, and only creates them. Each
writes to the world and is taken out of it again.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median
from time import perf_counter
from typing import Any

from neo4j import AsyncManagedTransaction
from rich.table import Table

from graph.graph import Graph
from graph.model.changes import ChangeSet
from graph.model.records import Entity, Fact, Record
from graph.writer import Wish
from seed.generated.agreements import agreement
from seed.generated.size import Size

FACTS = 1000
AUTHOR = "make bench"
COMMITMENTS_EACH = 20
BATCH = 1000
TAKE = """
MATCH (v:Version {recorded_from: $instant})-[:VERSION_OF]->(t:Thing)
RETURN [l IN labels(t) WHERE l <> 'Thing'] AS thing, labels(v) AS labels, properties(v) AS fields,
       [(v)-[l]->(to:Thing) WHERE type(l) <> 'VERSION_OF' | {type: type(l), to: to.key, fields: properties(l)}] AS links
"""
_TAKE_PIECES = """
UNWIND $units AS unit
CALL (unit) {
  MATCH (a)-[p:PARTY_TO {unit: unit}]->(b) RETURN a, p, b
  UNION ALL
  MATCH (a)-[p:COMMITS_TO {unit: unit}]->(b) RETURN a, p, b
}
RETURN a.key AS start, b.key AS end, type(p) AS type, properties(p) AS fields
"""
CREATE = """
UNWIND $rows AS row
CREATE (t:Thing:$(row.thing) {key: row.fields.key})<-[:VERSION_OF]-(v:$(row.labels))
SET v = row.fields
WITH v, row
CALL (v, row) {
  UNWIND row.links AS link
  MATCH (to:Thing {key: link.to})
  CREATE (v)-[l:$(link.type)]->(to)
  SET l = link.fields
}
"""
CREATE_PIECES = """
UNWIND $rows AS row
MATCH (a:Thing {key: row.start})
MATCH (b:Thing {key: row.end})
CREATE (a)-[p:$(row.type)]->(b)
SET p = row.fields
"""
_FORGET_PIECES = """
UNWIND $units AS unit
CALL (unit) {
  MATCH ()-[p:PARTY_TO {unit: unit}]->() RETURN p
  UNION ALL
  MATCH ()-[p:COMMITS_TO {unit: unit}]->() RETURN p
}
DELETE p
"""
_FORGET = """
UNWIND $keys AS key
MATCH (t:Thing {key: key})
OPTIONAL MATCH (t)<-[:VERSION_OF]-(v)
DETACH DELETE v, t
"""
_FORGET_CHANGE_SETS = """
MATCH (c:ChangeSet {author: $author}) DELETE c
WITH count(*) AS gone
MATCH (g:Graph {id: 1}) SET g.recorded_at = $known_at
"""


@dataclass(frozen=True)
class Written:
    """What a change set comes to: its facts, and all that is there because of it."""

    facts: Sequence[Fact]
    units: Sequence[str]
    rows: Sequence[Mapping[str, Any]] = ()
    pieces: Sequence[Mapping[str, Any]] = ()


async def measure_writing(graphs: Mapping[str, tuple[Graph, Size]], rounds: int) -> Table:
    """Return milliseconds of both sides in each world, in turns, and the ratio."""
    table = Table(
        f"{FACTS:,} facts of new agreements", "facts", "derived", "change set ms", "bare ms", "ratio", box=None
    )
    for name, (graph, size) in graphs.items():
        table.add_row(name, *await _measured(graph, size, rounds))
    return table


async def _measured(graph: Graph, size: Size, rounds: int) -> tuple[str, ...]:
    known_at = await graph.revision.known_at()
    entities, written = _new(size)
    keys = [fact.key for fact in written.facts]
    try:
        await graph.writer.apply(ChangeSet.of(entities, author=AUTHOR, reason="What the facts are about."))
        wish = Wish.of(ChangeSet.of(written.facts, author=AUTHOR, reason="Measured."))
        ours, bare = list[float](), list[float]()
        # The first round plans the texts, and tells what the other side has to write.
        for round_number in range(rounds + 1):
            took, outcome = await _timed(lambda: graph.writer.write(wish))
            written = await _seen(graph, written, outcome.receipt.known_at)
            await _forget(graph, keys, written.units)
            beside, _ = await _timed(lambda: _bare(graph, written))  # noqa: B023 - it is run at once
            await _forget(graph, keys, written.units)
            if round_number:
                ours.append(took)
                bare.append(beside)
    finally:
        await _forget(graph, [*keys, *(one.key for one in entities)], written.units)
        await write_bare(graph, [(_FORGET_CHANGE_SETS, {"author": AUTHOR, "known_at": known_at})])
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    ratio = f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
    return f"{len(keys):,}", f"{len(written.pieces):,}", f"{median(ours):.0f}", f"{median(bare):.0f}", ratio


def _new(size: Size) -> tuple[list[Record], Written]:
    """Return agreements that are not in the world, and the first so many facts recorded on them."""
    entities, facts, units = list[Record](), list[Fact](), list[str]()
    number = size.agreements
    while len(facts) < FACTS:
        records = agreement(size, number, COMMITMENTS_EACH).records
        entities += [one for one in records if isinstance(one, Entity)]
        facts += [one for one in records if isinstance(one, Fact)]
        units += [one.key for one in records if type(one).__name__ == "Agreement"]
        number += 1
    return entities, Written(facts, units)


async def _timed(work: Callable[[], Awaitable[Any]]) -> tuple[float, Any]:
    begun = perf_counter()
    made = await work()
    return (perf_counter() - begun) * 1000, made


async def _seen(graph: Graph, written: Written, instant: datetime) -> Written:
    """Read what a change set wrote."""
    async with graph.database.reading() as session:
        rows = [one.data() async for one in await session.run(TAKE, instant=instant)]
        pieces = [one.data() async for one in await session.run(_TAKE_PIECES, units=list(written.units))]
    return replace(written, rows=rows, pieces=pieces)


async def _bare(graph: Graph, written: Written) -> None:
    parts = [(CREATE, written.rows[i : i + BATCH]) for i in range(0, len(written.rows), BATCH)]
    parts += [(CREATE_PIECES, written.pieces[i : i + BATCH]) for i in range(0, len(written.pieces), BATCH)]
    await write_bare(graph, [(text, {"rows": rows}) for text, rows in parts])


async def _forget(graph: Graph, keys: Sequence[str], units: Sequence[str]) -> None:
    await write_bare(graph, [(_FORGET_PIECES, {"units": list(units)}), (_FORGET, {"keys": list(keys)})])


async def write_bare(graph: Graph, parts: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Run texts in one transaction, with nothing around it."""

    async def work(tx: AsyncManagedTransaction) -> None:
        for text, values in parts:
            await (await tx.run(text, dict(values))).consume()

    async with graph.database.writing() as session:
        await session.execute_write(work)
