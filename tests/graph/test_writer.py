"""Change sets: all or nothing, nothing twice, nothing lost, one instant after the other."""

import asyncio
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from graph import schema
from graph.errors import InputError, ReplayedKeyError, StaleVersionError
from graph.graph import Graph
from graph.model.changes import Put, Withdraw
from graph.model.entities import Agreement, Official, State
from graph.model.facts import Act, Commitment, Event
from graph.model.records import Record
from graph.revision import NOTHING_YET, Revision
from graph.writer import Wish, Writer
from tests.graph.writes import BASE, SOURCE, change, meeting, puts


async def versions(graph: Graph, key: str) -> list[dict[str, Any]]:
    async with graph.database.reading() as session:
        result = await session.run(
            "MATCH (:Thing {key: $key})<-[:VERSION_OF]-(v) RETURN v.version AS version, v.text AS text, "
            "v.recorded_from AS since, v.recorded_until AS until, labels(v) AS labels ORDER BY version",
            key=key,
        )
        return await result.data()


async def counts(graph: Graph) -> list[int]:
    async with graph.database.reading() as session:
        result = await session.run(
            "MATCH (n) WITH count(n) AS nodes OPTIONAL MATCH ()-[r]->() RETURN nodes, count(r) AS relationships"
        )
        return list((await result.single(strict=True)).values())


def pointers(error: InputError) -> list[str]:
    return [problem.pointer for problem in error.problems]


async def test_the_schema_is_complete_and_applied_twice_changes_nothing(empty_graph: Graph) -> None:
    await schema.apply(empty_graph.database)
    assert (await schema.compared(empty_graph.database)).error() is None


async def test_the_same_again_changes_nothing_and_moves_no_instant(empty_graph: Graph) -> None:
    first = await empty_graph.writer.apply(puts(*BASE))
    before = await counts(empty_graph)
    again = await empty_graph.writer.apply(puts(*BASE))
    assert (first.created, again.created, again.changed, again.unchanged) == (4, 0, 0, 4)
    assert again.known_at == first.known_at == await empty_graph.revision.known_at()
    assert await counts(empty_graph) == before


async def test_nothing_at_all_leaves_no_trace(empty_graph: Graph) -> None:
    receipt = await empty_graph.writer.apply(change())
    assert receipt.known_at == NOTHING_YET
    assert await counts(empty_graph) == [0, 0]


async def test_a_correction_keeps_the_earlier_version(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE, meeting("They met in Moscow.")))
    receipt = await empty_graph.writer.apply(puts(meeting("They met in Pyongyang.")))
    first, second = await versions(empty_graph, "meeting")
    assert (first["text"], second["text"]) == ("They met in Moscow.", "They met in Pyongyang.")
    assert first["until"] == second["since"]
    assert second["since"].to_native() == receipt.known_at
    assert second["until"].year == 9999


async def test_a_withdrawal_ends_a_thing_and_keeps_what_was_known(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE, meeting()))
    receipt = await empty_graph.writer.apply(change(Withdraw(key="meeting", reason="It was cancelled.")))
    first, last = await versions(empty_graph, "meeting")
    assert receipt.withdrawn == 1
    assert "Event" in first["labels"]
    assert "Withdrawal" in last["labels"]
    again = await empty_graph.writer.apply(change(Withdraw(key="meeting", reason="It was cancelled.")))
    assert again.unchanged == 1


async def test_what_is_withdrawn_can_be_recorded_again(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE, meeting()))
    await empty_graph.writer.apply(change(Withdraw(key="meeting", reason="An error.")))
    await empty_graph.writer.apply(puts(meeting()))
    assert [row["version"] for row in await versions(empty_graph, "meeting")] == [1, 2, 3]


async def test_every_problem_is_listed_and_nothing_is_written(empty_graph: Graph) -> None:
    before = await counts(empty_graph)
    wrong = meeting().model_copy(update={"at": "nowhere", "concerns": ("nothing",)})
    with pytest.raises(InputError) as caught:
        await empty_graph.writer.apply(puts(State(key="RUS", name="x"), wrong))
    assert sorted(pointers(caught.value)) == [
        "/operations/1/record/at",
        "/operations/1/record/attested_by/0/source",
        "/operations/1/record/concerns/0",
    ]
    assert await counts(empty_graph) == before


async def test_a_reference_to_a_thing_of_another_kind_is_refused(empty_graph: Graph) -> None:
    act = Act(key="x", kind="signature", day="2000", on="RUS", by="T", attested_by=SOURCE)
    with pytest.raises(InputError) as caught:
        await empty_graph.writer.apply(puts(*BASE, act))
    assert sorted(pointers(caught.value)) == ["/operations/4/record/by", "/operations/4/record/on"]


async def test_a_key_is_never_used_for_another_label(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE, meeting()))
    commitment = Commitment(
        key="meeting",
        kind="defence",
        bearers="each_party",
        beneficiaries="each_other_party",
        under="T",
        attested_by=SOURCE,
    )
    for record in (Official(key="RUS", name="x"), commitment):
        with pytest.raises(InputError, match="already used for another label"):
            await empty_graph.writer.apply(puts(record))


async def test_a_key_written_twice_in_one_set_is_refused(empty_graph: Graph) -> None:
    with pytest.raises(InputError, match="more than once"):
        await empty_graph.writer.apply(puts(State(key="RUS", name="x"), State(key="RUS", name="y")))


async def test_what_is_named_by_others_is_not_withdrawn_unless_they_go_too(empty_graph: Graph) -> None:
    taken = meeting().model_copy(update={"participants": ()})
    people: list[Record] = [Official(key="p", name="P"), Official(key="q", name="Q")]
    event = Event(
        key="e",
        kind="visit",
        text="t",
        span="2000",
        attested_by=SOURCE,
        participants=[{"actor": "p", "on_behalf_of": "PRK"}],
    )
    await empty_graph.writer.apply(puts(*BASE, *people, taken, event))
    for key in ("s", "p", "PRK"):
        with pytest.raises(InputError, match="still name it"):
            await empty_graph.writer.apply(change(Withdraw(key=key, reason="x")))
    both = change(Withdraw(key="PRK", reason="x"), Withdraw(key="e", reason="x"))
    assert (await empty_graph.writer.apply(both)).withdrawn == 2


async def test_a_withdrawn_thing_cannot_be_named(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE))
    await empty_graph.writer.apply(change(Withdraw(key="s", reason="x")))
    with pytest.raises(InputError, match="s is withdrawn"):
        await empty_graph.writer.apply(puts(meeting()))


@pytest.mark.parametrize("expected", [0, 2])
async def test_an_expected_version_that_is_not_current_is_refused(empty_graph: Graph, expected: int) -> None:
    await empty_graph.writer.apply(puts(*BASE))
    with pytest.raises(StaleVersionError, match=r"RUS is at version 1|RUS is already used"):
        await empty_graph.writer.apply(change(Put(record=State(key="RUS", name="x"), if_version=expected)))


async def test_an_idempotency_key_gives_the_first_answer_again(empty_graph: Graph) -> None:
    first = await empty_graph.writer.apply(puts(*BASE, key="one"))
    await empty_graph.writer.apply(puts(meeting()))
    assert await empty_graph.writer.apply(puts(*BASE, key="one")) == first
    with pytest.raises(ReplayedKeyError):
        await empty_graph.writer.apply(puts(*BASE[:2], key="one"))


async def test_a_key_that_changed_nothing_gives_its_answer_again_whatever_came_since(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE, meeting()))
    first = await empty_graph.writer.apply(puts(meeting(), key="one"))
    assert first.unchanged == 1
    second = await empty_graph.writer.apply(puts(meeting("They met again.")))
    assert await empty_graph.writer.apply(puts(meeting(), key="one")) == first
    assert [row["version"] for row in await versions(empty_graph, "meeting")] == [1, 2]
    with pytest.raises(ReplayedKeyError):
        await empty_graph.writer.apply(puts(meeting("x"), key="one"))
    empty_graph.revision.forget()
    assert await empty_graph.revision.known_at() == second.known_at


async def test_a_key_of_what_was_refused_or_tried_is_free(empty_graph: Graph) -> None:
    with pytest.raises(InputError):
        await empty_graph.writer.apply(puts(meeting(), key="one"))
    await empty_graph.writer.preview(Wish.of(puts(BASE[0], key="one")).build)
    assert (await empty_graph.writer.apply(puts(*BASE, meeting(), key="one"))).created == 5


async def test_one_key_at_two_writers_at_once_writes_once(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE))
    writers = [empty_graph.writer, Writer(empty_graph.database, Revision(empty_graph.database, 0))] * 4
    receipts = await asyncio.gather(*(writer.apply(puts(meeting(), key="one")) for writer in writers))
    assert len(set(receipts)) == 1
    assert [row["version"] for row in await versions(empty_graph, "meeting")] == [1]


async def test_many_writers_at_once_lose_nothing_and_rise_in_time(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE))
    sets = [puts(State(key="RUS", name=f"Russia {i}"), State(key=f"S{i}", name="x")) for i in range(20)]
    receipts = await asyncio.gather(*(empty_graph.writer.apply(one) for one in sets))
    instants = [receipt.known_at for receipt in receipts]
    assert len(set(instants)) == 20
    found = await versions(empty_graph, "RUS")
    assert [row["version"] for row in found] == list(range(1, 22))
    assert all(one["until"] == other["since"] for one, other in pairwise(found))
    assert max(instants) == await empty_graph.revision.known_at()


async def test_first_writers_at_once_share_one_lock(empty_graph: Graph) -> None:
    await asyncio.gather(*(empty_graph.writer.apply(puts(State(key=f"S{i}", name="x"))) for i in range(8)))
    async with empty_graph.database.reading() as session:
        record = await (await session.run("MATCH (g:Graph) RETURN count(g) AS locks")).single(strict=True)
    assert record["locks"] == 1


def treaty() -> list[Record]:
    acts = [
        Act(key=f"{kind}.{by}", kind=kind, day=day, on="T", by=by, attested_by=SOURCE)
        for by in ("RUS", "PRK")
        for kind, day in (("signature", "2024-06-19"), ("ratification", "2024-12-04"))
    ]
    clause = Commitment(
        key="clause",
        kind="defence",
        bearers="each_party",
        beneficiaries="each_other_party",
        under="T",
        attested_by=SOURCE,
    )
    return [*BASE, *acts, clause]


IN_FORCE = Act(key="in-force", kind="entry_into_force", day="2024-12-04", on="T", attested_by=SOURCE)


async def pieces(graph: Graph, known_at: datetime) -> list[tuple[Any, ...]]:
    async with graph.database.reading() as session:
        result = await session.run(
            "MATCH (a)-[p:COMMITS_TO]->(b) WHERE p.recorded_from <= $known_at < p.recorded_until "
            "RETURN a.key, b.key, p.in_force, toString(p.holds_from), toString(p.holds_until) "
            "ORDER BY a.key, p.holds_from",
            known_at=known_at,
        )
        return [tuple(record.values()) for record in await result.fetch(1000)]


async def test_what_follows_changes_with_the_facts_and_is_kept_as_it_was_known(empty_graph: Graph) -> None:
    first = await empty_graph.writer.apply(puts(*treaty()))
    second = await empty_graph.writer.apply(puts(IN_FORCE))
    third = await empty_graph.writer.apply(change(Withdraw(key="in-force", reason="A mistake.")))
    before = [
        ("PRK", "RUS", "pending", "2024-06-19", "2024-12-04"),
        ("PRK", "RUS", "possible", "2024-12-04", "9999-12-31"),
        ("RUS", "PRK", "pending", "2024-06-19", "2024-12-04"),
        ("RUS", "PRK", "possible", "2024-12-04", "9999-12-31"),
    ]
    assert await pieces(empty_graph, first.known_at) == before
    assert {row[2] for row in await pieces(empty_graph, second.known_at)} == {"pending", "definite", "possible"}
    assert await pieces(empty_graph, third.known_at) == before
    assert await empty_graph.writer.underived() == (0, 0)


async def test_only_what_differs_is_opened(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*treaty()))
    renamed = await empty_graph.writer.apply(puts(Agreement(key="T", title="Another title")))
    assert (renamed.derived_opened, renamed.derived_closed) == (0, 0)


async def test_a_damaged_derived_layer_is_found(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*treaty()))
    async with empty_graph.database.writing() as session:
        await (
            await session.run("MATCH ()-[p:COMMITS_TO {in_force: 'possible'}]->() SET p.in_force = 'definite'")
        ).consume()
    assert await empty_graph.writer.underived() == (2, 2)


async def test_instants_are_in_utc_and_close_to_now(empty_graph: Graph) -> None:
    receipt = await empty_graph.writer.apply(puts(*BASE))
    assert abs((datetime.now(UTC) - receipt.known_at).total_seconds()) < 60
