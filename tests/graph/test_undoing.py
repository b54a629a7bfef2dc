"""A change set taken back: what was there before it is there again, unless something came after."""

import pytest

from graph.errors import ConflictError, InputError, NotFoundError
from graph.graph import Graph
from graph.merging import merge
from graph.model.changes import Receipt
from graph.model.entities import Office, Official, State
from graph.model.facts import Contribution, Tenure
from graph.revision import NOTHING_YET, OPEN_UNTIL
from graph.undoing import undo
from graph.writer import Wish
from tests.graph.writes import BASE, SOURCE, meeting, one, puts, withdrawn
from tests.writing.seen import Content

SUPPLY = Contribution(
    key="supply", kind="arms", text="x", stage="delivered", span="2024", by=["RUS"], to=["PRK"], attested_by=SOURCE
)


async def undone(graph: Graph, receipt: Receipt) -> Receipt:
    return (await graph.writer.write(Wish(undo(receipt.known_at, "a test", "It was wrong."), ""))).receipt


async def said(graph: Graph, receipt: Receipt) -> list[bytes]:
    return (await Content.of(graph.database)).said_at(receipt.known_at)


async def test_each_kind_of_change_is_taken_back_and_an_undo_too(empty_graph: Graph) -> None:
    first = await empty_graph.writer.apply(puts(*BASE, meeting()))
    for change in (puts(meeting("x"), SUPPLY), withdrawn("meeting"), puts(State(key="RUS", name="x"), SUPPLY)):
        second = await empty_graph.writer.apply(change)
        third = await undone(empty_graph, second)
        assert await said(empty_graph, third) == await said(empty_graph, first) != await said(empty_graph, second)
        fourth = await undone(empty_graph, third)
        assert await said(empty_graph, fourth) == await said(empty_graph, second)
        await undone(empty_graph, fourth)


async def test_the_undo_of_a_merge_parts_the_two_again(empty_graph: Graph) -> None:
    both = SUPPLY.model_copy(update={"key": "both", "by": ("RUS", "SUN")})
    first = await empty_graph.writer.apply(puts(*BASE, State(key="SUN", name="Soviet Union"), SUPPLY, both))
    merged = (await empty_graph.writer.write(Wish(merge(one("State", "SUN"), "RUS", 10), ""))).receipt
    assert (merged.corrected, merged.withdrawn) == (2, 1)
    assert await said(empty_graph, await undone(empty_graph, merged)) == await said(empty_graph, first)


async def test_what_was_a_fact_of_another_kind_is_withdrawn_again_for_the_same_reason(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE, meeting()))
    await empty_graph.writer.apply(withdrawn("meeting"))
    tenure = Tenure(key="meeting", of="p", office="o", span="2000", attested_by=SOURCE)
    people = (Official(key="p", name="x"), Office(key="o", title="x", of="RUS"))
    receipt = await empty_graph.writer.apply(puts(*people, tenure))
    known_at = (await undone(empty_graph, receipt)).known_at
    version = await empty_graph.records.version("meeting", known_at)
    assert version is not None
    assert (version.record, version.reason) == (None, "An error.")


async def test_what_came_after_is_in_the_way_and_every_key_is_listed(empty_graph: Graph) -> None:
    first = await empty_graph.writer.apply(puts(*BASE, meeting()))
    await empty_graph.writer.apply(puts(State(key="RUS", name="x"), meeting("x")))
    before = (await Content.of(empty_graph.database)).whole()
    with pytest.raises(ConflictError, match="RUS, meeting were written") as caught:
        await undone(empty_graph, first)
    told = [(problem.message, problem.code) for problem in caught.value.problems]
    assert told == [(f"{key} was written again since.", "written_since") for key in ("RUS", "meeting")]
    assert (await Content.of(empty_graph.database)).whole() == before


async def test_what_names_a_thing_that_would_go_is_in_the_way(empty_graph: Graph) -> None:
    first = await empty_graph.writer.apply(puts(*BASE))
    await empty_graph.writer.apply(puts(meeting()))
    with pytest.raises(InputError, match="s cannot be withdrawn: meeting still name it"):
        await undone(empty_graph, first)


async def follows_from_nothing(graph: Graph) -> None:
    async with graph.database.writing() as session:
        text = """
        MATCH (a:State)
        CREATE (a)-[:PARTY_TO {unit: 'T', recorded_from: $open, recorded_until: $open}]->(a)
        """
        await (await session.run(text, open=OPEN_UNTIL)).consume()


async def test_there_is_nothing_to_undo_where_nothing_was_written(empty_graph: Graph) -> None:
    with pytest.raises(NotFoundError, match="There is no change set of 0001-01-01"):
        await undone(empty_graph, Receipt(NOTHING_YET))
    await empty_graph.writer.apply(puts(*BASE, SUPPLY))
    await follows_from_nothing(empty_graph)
    rebuilt = await empty_graph.writer.rebuild()
    assert rebuilt.derived_closed == 2
    with pytest.raises(ConflictError, match="derived anew and wrote no version"):
        await undone(empty_graph, rebuilt)
