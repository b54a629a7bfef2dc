"""Two entities that turn out to be one: what named the one names the other, once, and the one is still found."""

from typing import Any

import pytest

from graph.errors import ConflictError, InputError, NotFoundError
from graph.graph import Graph
from graph.merging import merge
from graph.model.changes import Receipt
from graph.model.entities import Official, Place, State
from graph.model.facts import Claim, Contribution, Event, Succession
from graph.model.records import Record
from graph.single import One
from graph.writer import Wish
from tests.graph.writes import BASE, SOURCE, meeting, one, puts
from tests.questions.conftest import CATALOG, ask
from tests.writing.seen import Content


def supply(**ends: Any) -> Contribution:
    return Contribution(key="supply", kind="arms", text="x", stage="pledged", span="2024", attested_by=SOURCE, **ends)


TWO: list[Record] = [
    *BASE,
    State(key="SUN", name="Soviet Union", aliases=("USSR", "Russia")),
    Official(key="p", name="P"),
    Place(key="big", name="Big"),
    Place(key="small", name="Small", within=("big",)),
]
SAID: Any = {"stance": "asserts", "sentence": "x", "made_on": "2024", "towards": "sentence", "attested_by": SOURCE}


async def merged(graph: Graph, gone: One, into: str, most: int = 10) -> Receipt:
    return (await graph.writer.write(Wish(merge(gone, into, most), ""))).receipt


async def read(graph: Graph, key: str) -> Any:
    version = await graph.records.version(key, await graph.revision.known_at())
    return version and version.record


async def test_whatever_names_the_one_names_the_other_and_once(empty_graph: Graph) -> None:
    by: Any = [{"actor": "p", "on_behalf_of": "SUN"}, {"actor": "p", "on_behalf_of": "RUS"}, {"actor": "SUN"}]
    pledge = supply(by=["RUS", "SUN"], to=["PRK"])
    visit = Event(key="visit", kind="visit", text="x", span="2024", participants=by, attested_by=SOURCE)
    claim = Claim(key="claim", by=by, about=("SUN", "RUS", "supply"), **SAID)
    first = await empty_graph.writer.apply(puts(*TWO, pledge, visit, claim))
    receipt = await merged(empty_graph, one("State", "SUN"), "RUS")
    assert (receipt.corrected, receipt.withdrawn) == (4, 1)
    assert (await read(empty_graph, "supply")).by == ("RUS",)
    assert (await read(empty_graph, "claim")).about == ("RUS", "supply")
    for named in ((await read(empty_graph, "visit")).participants, (await read(empty_graph, "claim")).by):
        assert [(one.actor, one.on_behalf_of) for one in named] == [("RUS", None), ("p", "RUS")]
    version = await empty_graph.records.version("SUN", receipt.known_at)
    assert version is not None
    assert (version.record, version.replaced_by) == (None, "RUS")
    earlier = await empty_graph.records.versions(["SUN", "supply", "visit"], first.known_at)
    assert earlier["SUN"].record == TWO[4]
    assert earlier["supply"].record == pledge
    content = await Content.of(empty_graph.database)
    assert b'"SUN"' not in b"".join(content.said_at(receipt.known_at))


async def test_the_old_names_are_names_of_the_other(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*TWO))
    await merged(empty_graph, one("State", "SUN"), "RUS")
    assert (await read(empty_graph, "RUS")).aliases == ("Soviet Union", "USSR")
    for name in ("Soviet Union", "USSR"):
        answer = await ask(empty_graph, CATALOG["search"], q=name)
        assert [(row["key"], row["matched"]) for row in answer.records] == [("RUS", name)]


async def test_merges_follow_one_another(empty_graph: Graph) -> None:
    visit = Event(key="visit", kind="visit", text="x", span="2024", concerns=("SUN",), attested_by=SOURCE)
    await empty_graph.writer.apply(puts(*TWO, visit))
    await merged(empty_graph, one("State", "SUN"), "RUS")
    await merged(empty_graph, one("State", "RUS", 2), "PRK")
    assert (await read(empty_graph, "visit")).concerns == ("PRK",)
    assert (await read(empty_graph, "PRK")).aliases == ("Russia", "Soviet Union", "USSR")
    with pytest.raises(NotFoundError, match="SUN was withdrawn") as caught:
        await merged(empty_graph, one("State", "SUN", 2), "PRK")
    assert caught.value.hint == "RUS took its place."


@pytest.mark.parametrize(
    ("gone", "into", "message"),
    [
        (one("State", "SUN"), "SUN", "cannot be merged into itself"),
        (one("State", "SUN"), "nobody", "Nothing is recorded under the key nobody"),
        (one("State", "SUN"), "p", "SUN is of label State and p of label Official"),
        (one("State", "SUN"), "RUS", "followed names both: .*does not follow itself"),
        (one("Place", "big"), "small", "small would name itself"),
        (one("Event", "meeting"), "RUS", "meeting is a fact; only entities are merged"),
    ],
)
async def test_what_cannot_be_one_is_refused(empty_graph: Graph, gone: One, into: str, message: str) -> None:
    followed = Succession(
        key="followed",
        kind="other",
        day="1991",
        ends_predecessor=True,
        predecessor="SUN",
        successor="RUS",
        attested_by=SOURCE,
    )
    receipt = await empty_graph.writer.apply(puts(*TWO, meeting(), followed))
    with pytest.raises(InputError, match=message):
        await merged(empty_graph, gone, into)
    empty_graph.revision.forget()
    assert await empty_graph.revision.known_at() == receipt.known_at


async def test_a_place_may_go_into_the_larger_one_it_lies_in(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*TWO))
    assert (await merged(empty_graph, one("Place", "small"), "big")).withdrawn == 1
    assert (await read(empty_graph, "big")).aliases == ("Small",)


async def test_no_more_records_follow_than_may(empty_graph: Graph) -> None:
    events = [
        Event(key=f"e{i}", kind="visit", text="x", span="2024", concerns=("SUN",), attested_by=SOURCE) for i in range(3)
    ]
    await empty_graph.writer.apply(puts(*TWO, *events))
    with pytest.raises(ConflictError, match="3 records name SUN; at most 2"):
        await merged(empty_graph, one("State", "SUN"), "RUS", most=2)
    assert (await merged(empty_graph, one("State", "SUN"), "RUS", most=3)).corrected == 4
