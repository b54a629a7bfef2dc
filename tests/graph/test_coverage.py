"""What no rows mean: none, or that no source covers what was asked."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.coverage import Covered, EmptyMeans, Window
from graph.graph import Graph
from graph.model.changes import ChangeSet
from graph.model.entities import Source, State
from tests.questions.conftest import CATALOG, ask

NOT_COVERED = Covered((), EmptyMeans.NOT_COVERED)
WINDOW = Window("s", date(2000, 1, 1), date(2010, 1, 1), frozenset({"Commitment", "Act"}), frozenset({"A", "B"}))


@pytest.mark.parametrize(
    ("labels", "begins", "ends", "actors", "covered"),
    [
        ({"Commitment"}, "2000-01-01", "2009-12-31", {"A"}, True),
        ({"Commitment", "Act"}, "2005-01-01", "2005-01-01", {"A", "B"}, True),
        ({"Commitment"}, "1999-12-31", "2000-01-01", {"A"}, False),
        ({"Commitment"}, "2009-12-31", "2010-01-01", {"A"}, False),
        ({"Commitment"}, "2006-01-01", "2005-01-01", {"A"}, False),
        ({"Tenure"}, "2005-01-01", "2005-01-01", {"A"}, False),
        ({"Commitment"}, "2005-01-01", "2005-01-01", {"A", "C"}, False),
        ({"Commitment"}, "2005-01-01", "2005-01-01", set(), False),
    ],
)
def test_a_window_covers_its_labels_days_and_actors(
    labels: set[str], begins: str, ends: str, actors: set[str], covered: bool
) -> None:
    assert WINDOW.covers(labels, date.fromisoformat(begins), date.fromisoformat(ends), actors) is covered


def test_what_is_asked_about_nobody_in_particular_is_covered_by_a_source_that_means_everybody() -> None:
    day, everybody = date(2005, 1, 1), replace(WINDOW, actors=frozenset())
    assert everybody.covers({"Commitment"}, day, day, set())


async def test_what_is_compared_is_covered_where_both_days_are(shipped_graph: Graph) -> None:
    for now, then, covered in (
        ("2024-12-04", "2024-11-01", Covered(("ggo-states",), EmptyMeans.NONE)),
        ("2024-12-04", "2026-01-01", NOT_COVERED),
        ("2026-01-01", "2024-12-04", NOT_COVERED),
    ):
        answer = await ask(shipped_graph, CATALOG["state"], state="RUS", on=now, compare_on=then)
        assert answer.covered == covered


async def test_only_what_a_source_covers_is_none_when_nothing_is_there(shipped_graph: Graph) -> None:
    """ggo-states covers statehood until its edition of October 2025, and no commitments."""
    episodes = CATALOG["statehood_of"]
    until: dict[str, Any] = {"state": "RUS", "from": "2024-01-01"}
    assert (await ask(shipped_graph, episodes, **until, to="2025-01-01")).covered == Covered(
        ("ggo-states",), EmptyMeans.NONE
    )
    assert (await ask(shipped_graph, episodes, **until, to="2026-01-01")).covered == NOT_COVERED
    assert (await ask(shipped_graph, episodes, **until)).covered == NOT_COVERED
    owed = await ask(shipped_graph, CATALOG["commitments_owed_to_state"], state="FRA", on="2024-12-04")
    assert (owed.rows, owed.covered) == ([], NOT_COVERED)


async def test_a_window_counts_from_when_it_was_recorded(empty_graph: Graph) -> None:
    async def write(*records: Any) -> str:
        receipt = await empty_graph.writer.apply(ChangeSet.of(records, author="a test", reason="to see"))
        return receipt.known_at.isoformat()

    window: dict[str, Any] = {"covers_from": "1950-01-01", "covers_until": "1960-01-01", "covers": ["Commitment"]}
    states = [State(key="A", name="A"), State(key="B", name="B")]
    before = await write(*states, Source(key="s", title="A register", kind="data_set"))
    now = await write(Source(key="s", title="A register", kind="data_set", **window, covers_actors=["A"]))
    between, by = CATALOG["commitments_between_states"], CATALOG["commitments_owed_by_state"]
    covered = Covered(("s",), EmptyMeans.NONE)
    assert (await ask(empty_graph, by, state="A", on="1955-01-01", known_at=now)).covered == covered
    assert (await ask(empty_graph, by, state="A", on="1955-01-01", known_at=before)).covered == NOT_COVERED
    assert (await ask(empty_graph, by, state="A", on="1960-01-01", known_at=now)).covered == NOT_COVERED
    pair = await ask(empty_graph, between, bearer="A", beneficiary="B", on="1955-01-01", known_at=now)
    assert pair.covered == NOT_COVERED


async def test_an_answer_that_rests_on_earlier_days_or_on_others_needs_a_source_that_states_those(
    empty_graph: Graph,
) -> None:
    async def write(*records: Any) -> None:
        await empty_graph.writer.apply(ChangeSet.of(records, author="a test", reason="to see"))

    def register(key: str, **said: Any) -> Source:
        whole: dict[str, Any] = {"covers_until": "1960-01-01", "covers": ["Commitment", "Event"]} | said
        return Source(key=key, title="A register", kind="data_set", **whole)

    last, chains = CATALOG["last_contact_between_states"], CATALOG["chains_between_states"]

    async def covering() -> list[tuple[str, ...]]:
        met = await ask(empty_graph, last, state="A", other="B", on="1955-01-01")
        chain = await ask(empty_graph, chains, bearer="A", beneficiary="B", on="1955-01-01")
        return [met.covered.sources, chain.covered.sources]

    await write(State(key="A", name="A"), State(key="B", name="B"))
    await write(register("of-some-years", covers_from="1950-01-01", covers_actors=["A", "B"]))
    assert await covering() == [(), ()]
    await write(register("of-the-two", covers_actors=["A", "B"]))
    assert await covering() == [("of-the-two",), ()]
    await write(register("of-everybody", covers_from="1950-01-01"))
    assert await covering() == [("of-the-two",), ("of-everybody",)]
