"""The shipped case in a real graph: loaded once, loaded twice, and what follows from it."""

from typing import Any

from graph.graph import Graph
from seed.load import load_shipped

TREATY, FRIENDSHIP = "PRK-RUS.2024-strategic-partnership", "PRK-RUS.2000-friendship"


async def test_loading_the_same_again_changes_nothing(changeable_graph: Graph) -> None:
    before = await changeable_graph.revision.known_at()
    loaded = await load_shipped(changeable_graph.writer)
    assert [receipt.changed for receipt in loaded.receipts] == [0] * len(loaded.receipts)
    assert await changeable_graph.revision.known_at() == before


async def test_the_derived_layer_equals_a_rebuild(shipped_graph: Graph) -> None:
    assert await shipped_graph.writer.underived() == (0, 0)


async def test_a_rebuild_mends_what_was_derived_otherwise_and_keeps_what_was_known(changeable_graph: Graph) -> None:
    before = await changeable_graph.revision.known_at()
    async with changeable_graph.database.writing() as session:
        wrong = "MATCH ()-[p:PARTY_TO {unit: $unit, in_force: 'definite'}]->() SET p.in_force = 'possible'"
        await (await session.run(wrong, unit=TREATY)).consume()
    assert await changeable_graph.writer.underived() == (2, 2)
    assert await changeable_graph.revision.known_at() == before
    receipt = await changeable_graph.writer.rebuild()
    assert (receipt.derived_opened, receipt.derived_closed) == (2, 2)
    assert await changeable_graph.revision.known_at() == receipt.known_at > before
    assert await changeable_graph.writer.underived() == (0, 0)
    assert (await changeable_graph.writer.rebuild()).known_at == receipt.known_at


async def pieces(graph: Graph, unit: str) -> dict[tuple[Any, ...], list[tuple[str, ...]]]:
    async with graph.database.reading() as session:
        result = await session.run(
            "MATCH (a)-[p {unit: $unit}]->(b) RETURN type(p) AS type, a.key AS start, b.key AS end, p.fact AS fact, "
            "[p.in_force, toString(p.holds_from), toString(p.holds_until)] AS piece ORDER BY p.holds_from",
            unit=unit,
        )
        found: dict[tuple[Any, ...], list[tuple[str, ...]]] = {}
        async for row in result:
            found.setdefault((row["type"], row["start"], row["end"], row["fact"]), []).append(tuple(row["piece"]))
    return found


async def test_the_treaty_of_2024_is_pending_then_definite_then_presumed(shipped_graph: Graph) -> None:
    found = await pieces(shipped_graph, TREATY)
    expected = [
        ("pending", "2024-06-19", "2024-12-04"),
        ("definite", "2024-12-04", "2024-12-06"),
        ("presumed", "2024-12-06", "9999-12-31"),
    ]
    clauses = [
        "3.consultation",
        "4.defence",
        "5.no-hostile-agreements",
        "5.non-use-of-territory",
        "8.joint-defence-measures",
    ]
    wanted: list[tuple[Any, ...]] = [("PARTY_TO", state, TREATY, None) for state in ("PRK", "RUS")]
    for start, end in (("PRK", "RUS"), ("RUS", "PRK")):
        wanted += [("COMMITS_TO", start, end, f"{TREATY}.{clause}") for clause in clauses]
    assert found == dict.fromkeys(wanted, expected)


async def test_the_treaty_of_2000_is_definite_on_its_last_day(shipped_graph: Graph) -> None:
    expected = [("possible", "2000-02-09", "2024-12-03"), ("definite", "2024-12-03", "2024-12-04")]
    assert await pieces(shipped_graph, FRIENDSHIP) == {
        ("PARTY_TO", state, FRIENDSHIP, None): expected for state in ("PRK", "RUS")
    }


async def test_the_promise_of_the_meeting_is_definite_on_its_day(shipped_graph: Graph) -> None:
    (found,) = (await pieces(shipped_graph, "commitment.A02.political-support")).values()
    assert found == [("definite", "2024-11-01", "2024-11-02"), ("presumed", "2024-11-02", "9999-12-31")]
