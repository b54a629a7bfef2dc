"""What sources say that does not go together, and what only looks so: cases made by hand for the kinds of dispute."""

from typing import Any

import pytest

from graph.errors import InputError
from graph.graph import Graph
from graph.model.changes import ChangeSet, Put, Withdraw
from graph.model.entities import Agreement, Office, Official, Source
from graph.model.facts import Claim, Contribution, Tenure
from graph.model.records import Record
from tests.questions.conftest import CATALOG, page_by_page
from tests.questions.test_handmade_cases import SOURCE, act, given, office, rows, tenure

Sides = list[tuple[str, str, str]]


async def sides(graph: Graph, dispute: str | list[str], **values: Any) -> Sides:
    """Return what is disputed, and both sides, of each row of these kinds."""
    found = await rows(graph, "disputed_facts", dispute=dispute, **values)
    return [(row["about"], row["fact"], row["other_fact"]) for row in found]


async def written(graph: Graph, *operations: Put | Withdraw) -> str:
    """Apply a change set and return the instant before it."""
    before = (await graph.revision.known_at()).isoformat()
    await graph.writer.apply(ChangeSet(author="a test", reason="It was otherwise.", operations=operations))
    return before


# -- force before signature


def force(key: str, day: str, **values: Any) -> Record:
    return act(key, "entry_into_force", day, **{"by": "SUN"} | values)


SIGNED = act("signed", "signature", "1939-08-23", by="SUN")


async def test_force_before_signature_is_odd_where_it_is_sure_and_of_one_party_and_spell(empty_graph: Graph) -> None:
    graph = await given(
        empty_graph,
        SIGNED,
        Agreement(key="U", title="Another treaty"),
        force("early", "1939-08-22"),
        force("early-in-effect", "1939-09-01", effect_day="1939-08"),
        force("early-by-effect", "1939-09-01", effect_day="1939-07"),
        force("late-by-effect", "1939-07-01", effect_day="1939-08-23"),
        force("that-day", "1939-08-23"),
        force("some-day-of-the-month", "1939-08"),
        force("of-another-spell", "1938-01-01", spell=2),
        force("of-another-party", "1938-01-01", by="DEU"),
        force("of-the-agreement", "1938-01-01", by=None),
        force("not-yet", "1938-01-01", not_yet=True),
        act("ratified", "ratification", "1938-01-01", by="SUN"),
        act("signed.U", "signature", "1950", by="SUN").model_copy(update={"on": "U"}),
    )
    assert await sides(graph, "force_before_signature") == [
        ("T", "early", "signed"),
        ("T", "early-by-effect", "signed"),
    ]
    (first, second) = await rows(graph, "disputed_facts", dispute="force_before_signature")
    assert first["reason"] == "The agreement is in force for the party before the party has signed it."
    assert (first["says"], first["other_says"]) == (
        "entry into force by Soviet Union, 1939-08-22",
        "signature by Soviet Union, 1939-08-23",
    )
    assert second["says"] == "entry into force by Soviet Union, 1939-09-01, with effect on 1939-07"
    assert first["rests_on"] == ["early", "signed"]


async def test_what_is_corrected_or_withdrawn_is_odd_no_longer(empty_graph: Graph) -> None:
    graph = await given(empty_graph, SIGNED, force("one", "1938"), force("two", "1937"))
    before = await written(graph, Put(record=force("one", "1940")), Withdraw(key="two", reason="Never so."))
    assert await sides(graph, "force_before_signature") == []
    assert await sides(graph, "force_before_signature", known_at=before) == [
        ("T", "one", "signed"),
        ("T", "two", "signed"),
    ]


# -- a part above its whole


def troops(key: str, **values: Any) -> Contribution:
    fields = {"span": "1939-09", "by": ("SUN",), "to": ("DEU",), "attested_by": SOURCE} | values
    return Contribution(key=key, kind="troops", text=f"The {key}.", stage="delivered", **fields)


def persons(low: int, high: int | None = None, **values: Any) -> dict[str, Any]:
    return {"low": low, "high": high or low, "unit": "persons", "basis": "reported"} | values


def number(key: str, about: str, low: int, high: int | None = None, **values: Any) -> Claim:
    fields = {"made_on": "1939-09-20", "by": [{"actor": "SUN"}], "stance": "asserts"} | values
    fields.setdefault("quantity", persons(low, high))
    return Claim.model_validate(
        fields | {"key": key, "about": [about], "sentence": "So many.", "towards": "sentence", "attested_by": SOURCE}
    )


async def test_a_part_is_above_its_whole_within_one_claimant_and_day(empty_graph: Graph) -> None:
    graph = await given(
        empty_graph,
        Official(key="molotov", name="Vyacheslav Molotov"),
        troops("whole"),
        troops("part", part_of="whole"),
        troops("aside"),
        number("whole.80", "whole", 60, 80),
        number("above", "part", 81, 90),
        number("above.by-molotov", "part", 100, by=[{"actor": "molotov", "on_behalf_of": "SUN"}]),
        number("reaches", "part", 80, 90),
        number("by-another", "part", 100, by=[{"actor": "DEU"}]),
        number("another-day", "part", 100, made_on="1939-09-21"),
        number("some-day", "part", 100, made_on="1939-09"),
        number("some-day.whole", "whole", 80, made_on="1939-09"),
        number("of-other-days", "part", 100, speaks_of="1938"),
        number("of-officers", "part", 100, quantity=persons(100, unit="officers")),
        number("sent", "part", 100, quantity=persons(100, measure="sent")),
        number("asked", "part", 100, stance="questions"),
        number("of-no-part", "aside", 100),
    )
    assert await sides(graph, "part_above_whole") == [
        ("whole", "above", "whole.80"),
        ("whole", "above.by-molotov", "whole.80"),
    ]
    (first, _) = await rows(graph, "disputed_facts", dispute="part_above_whole")
    assert first["rests_on"] == ["above", "part", "whole", "whole.80"]
    assert await sides(graph, "part_above_whole", thing=["part", "aside"]) == await sides(graph, "part_above_whole")
    assert await sides(graph, "part_above_whole", thing=["above", "aside"]) == [("whole", "above", "whole.80")]


async def test_a_source_that_gives_a_part_more_than_its_whole_is_the_claimant(empty_graph: Graph) -> None:
    by_another: Any = [{"source": "other"}]
    graph = await given(
        empty_graph,
        Source(key="other", title="Another source", kind="scholarly"),
        troops("whole", quantity=persons(80)),
        troops("above", quantity=persons(81), part_of="whole"),
        troops("within", quantity=persons(80), part_of="whole"),
        troops("by-another", quantity=persons(81), part_of="whole", attested_by=by_another),
        troops("of-other-days", quantity=persons(81), part_of="whole", span="1939-10"),
        troops("of-officers", quantity=persons(81, unit="officers"), part_of="whole"),
        number("by-the-source", "within", 100, by=[{"actor": "s"}]),
    )
    assert await sides(graph, "part_above_whole") == [("whole", "above", "whole")]
    (row,) = await rows(graph, "disputed_facts", dispute="part_above_whole")
    assert (row["says"], row["other_says"]) == ("The above. 81 persons.", "The whole. 80 persons.")


# -- overlapping tenures


def held(official: str, begins: str, ends: str, at: str = "premier", **span: str) -> Tenure:
    span = {"begins": begins, "ends": ends, "ends_are": "first_day_without"} | span
    return Tenure(key=f"{official}.{at}", of=official, office=at, span=span, attested_by=SOURCE)


def post(key: str, exclusive: bool | None) -> Office:
    return Office(key=key, title=key, of="SUN", exclusive=exclusive)


WHO = tuple(Official(key=key, name=key) for key in ("ann", "bob", "cy", "dan", "eve"))


async def test_tenures_overlap_where_both_surely_hold_an_office_of_one(empty_graph: Graph) -> None:
    graph = await given(
        empty_graph,
        *WHO,
        *(post(*one) for one in (("premier", True), ("minister", None), ("envoy", False))),
        held("ann", "1930-01-01", "1940-01-01"),
        held("bob", "1939-12-31", "1945"),
        held("cy", "1945", "1950-05-05"),
        held("dan", "1950-05-05", "open"),
        held("eve", "1951", "1951-12"),
        *(held(who, "1930-01-01", "1940-01-01", at) for who in ("ann", "bob") for at in ("minister", "envoy")),
        tenure("ann", "premier", {"begins": "1935-01-01", "ends": "1936-01-01"}),
    )
    assert await sides(graph, "overlapping_tenures") == [
        ("premier", "ann.premier", "bob.premier"),
    ]
    before = await written(graph, Put(record=held("eve", "1951", "1952-06")))
    assert await sides(graph, "overlapping_tenures", thing=["eve.premier", "bob"]) == [
        ("premier", "ann.premier", "bob.premier"),
        ("premier", "dan.premier", "eve.premier"),
    ]
    assert await sides(graph, "overlapping_tenures", thing=["eve.premier", "envoy"], known_at=before) == []
    await written(graph, Put(record=post("premier", None)))
    assert await sides(graph, "overlapping_tenures") == []


# -- a signature without authority


def signature(key: str, *by: str, **values: Any) -> Record:
    return act(key, "signature", values.pop("day", "1939-08-23"), by="SUN", signed_by=by, **values)


async def test_a_signature_is_unauthorised_without_office_and_full_powers(empty_graph: Graph) -> None:
    graph = await given(
        empty_graph,
        *WHO,
        office("premier", "SUN", True),
        office("envoy", "SUN", None),
        office("clerk", "SUN", False),
        held("ann", "1930-01-01", "1940-01-01"),
        held("bob", "1930-01-01", "1940-01-01", "envoy"),
        held("cy", "1930-01-01", "1940-01-01", "clerk"),
        held("cy", "1939-08", "1939-09"),
        signature("by-premier", "ann"),
        signature("by-premier.later", "ann", day="1940-01-01"),
        signature("by-envoy", "bob"),
        signature("by-clerk", "cy", day="1939-07-31"),
        signature("by-clerk.practice", "cy", day="1939-07-31", authority="practice"),
        signature("by-clerk.full-powers", "cy", day="1939-07-31", authority="full_powers"),
        signature("by-clerk.by-office", "cy", day="1939-07-31", authority="office"),
        signature("by-clerk.made-premier", "cy", day="1939-09-01"),
        signature("by-clerk.some-day", "cy", day="1939"),
        signature("by-clerk.and-premier", "cy", "ann", day="1939-07-31"),
        signature("by-nobody-known", "dan"),
        signature("by-nobody-known.by-office", "dan", authority="office"),
        signature("by-nobody-named"),
        act("decree", "decree", "1939-08-31", by="SUN", signed_by=("dan",)),
    )
    assert await sides(graph, "unauthorised_signature") == [
        ("T", "by-clerk", "cy.clerk"),
        ("T", "by-clerk.by-office", "cy.clerk"),
        ("T", "by-nobody-known", "by-nobody-known"),
        ("T", "by-premier.later", "by-premier.later"),
    ]


async def test_a_corrected_tenure_shows_the_signature_that_it_leaves_bare(empty_graph: Graph) -> None:
    graph = await given(
        empty_graph, *WHO, office("premier", "SUN", True), held("ann", "1930", "1940"), signature("by-ann", "ann")
    )
    assert await sides(graph, "unauthorised_signature", thing=["ann.premier", "T"]) == []
    await written(graph, Put(record=held("ann", "1930", "1935")))
    bare = [("T", "by-ann", "by-ann")]
    for thing in ("ann.premier", "premier", "ann", "by-ann", "T"):
        assert await sides(graph, "unauthorised_signature", thing=[thing, "bob"]) == bare
    assert await sides(graph, "unauthorised_signature", thing=["bob", "cy"]) == []


# -- all kinds


async def test_pages_of_one_row_make_the_whole_of_all_kinds(empty_graph: Graph) -> None:
    graph = await given(
        empty_graph,
        *WHO,
        post("premier", True),
        held("ann", "1930-01-01", "1940-01-01"),
        held("bob", "1930-01-01", "1940-01-01"),
        held("cy", "1930-01-01", "1940-01-01"),
        signature("signed", "dan"),
        signature("signed.again", "eve", day="1939-08-25"),
        force("early", "1939-01-01"),
        troops("whole"),
        troops("part", part_of="whole"),
        number("whole.80", "whole", 80),
        number("whole.by-deu", "whole", 90, by=[{"actor": "DEU"}]),
        number("part.100", "part", 100, stance="denies", towards="fact"),
        number("part.200", "part", 200),
    )
    whole = await rows(graph, "disputed_facts")
    assert [row["dispute"] for row in whole] == [
        "competing_acts",
        "disjoint_quantities",
        "force_before_signature",
        "force_before_signature",
        "overlapping_tenures",
        "overlapping_tenures",
        "overlapping_tenures",
        "part_above_whole",
        "unauthorised_signature",
        "unauthorised_signature",
    ]
    assert await page_by_page(graph, CATALOG["disputed_facts"]) == [list(row.values()) for row in whole]


async def test_a_kind_that_there_is_not_is_refused(empty_graph: Graph) -> None:
    with pytest.raises(InputError) as caught:
        await rows(empty_graph, "disputed_facts", dispute="quarrel")
    (problem,) = caught.value.problems
    assert problem.message == "'quarrel' is no value of dispute."
    assert "overlapping_tenures" in (problem.hint or "")
