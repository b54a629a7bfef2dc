"""What the shipped case has no example of, asked of small cases made by hand."""

from typing import Any

import pytest

from graph.errors import InputError
from graph.graph import Graph
from graph.model.changes import ChangeSet
from graph.model.entities import Agreement, Office, Official, Organ, Organization, Place, Provision, Source, State
from graph.model.facts import (
    Act,
    Claim,
    Claimant,
    Commitment,
    Contribution,
    Event,
    Participant,
    Participation,
    Reservation,
    Statehood,
    Succession,
    Tenure,
    Term,
)
from graph.model.records import Record
from tests.questions.conftest import CATALOG, ask

Rows = list[dict[str, Any]]
SOURCE: Any = [{"source": "s", "locator": "page 1"}]
BASE: tuple[Record, ...] = (
    Source(key="s", title="A source", kind="scholarly"),
    State(key="DEU", name="Germany"),
    State(key="SUN", name="Soviet Union"),
    Organization(key="NATO", name="NATO", kind="military alliance"),
    Agreement(key="T", title="A treaty"),
)


async def given(graph: Graph, *records: Record) -> Graph:
    await graph.writer.apply(ChangeSet.of([*BASE, *records], author="a test", reason="A case made by hand."))
    return graph


async def rows(graph: Graph, name: str, **values: Any) -> Rows:
    return (await ask(graph, CATALOG[name], **values)).records


def act(key: str, kind: Any, day: Any, **values: Any) -> Act:
    return Act(key=key, kind=kind, day=day, on="T", attested_by=SOURCE, **values)


def office(key: str, of: str, may_sign: bool | None) -> Office:
    return Office(key=key, title=f"The {key}", of=of, may_sign_treaties=may_sign)


def tenure(official: str, held: str, span: Any) -> Tenure:
    return Tenure(key=f"tenure.{official}.{held}", of=official, office=held, span=span, attested_by=SOURCE)


def claim(key: str, stance: Any, about: str, **values: Any) -> Claim:
    return Claim(
        key=key,
        stance=stance,
        about=(about,),
        sentence=values.pop("sentence", f"About {about}."),
        made_on=values.pop("made_on", "1939-08-23"),
        towards=values.pop("towards", "fact"),
        attested_by=SOURCE,
        **values,
    )


OFFICES: tuple[Record, ...] = (
    Organ(key="SUN.foreign-ministry", name="Ministry of Foreign Affairs", kind="ministry", of="SUN"),
    Official(key="molotov", name="Vyacheslav Molotov", name_in_own_script="Вячеслав Молотов"),
    Official(key="ribbentrop", name="Joachim von Ribbentrop"),
    Official(key="schulenburg", name="Friedrich-Werner von der Schulenburg"),
    office("SUN.minister", "SUN.foreign-ministry", True),
    office("SUN.premier", "SUN", None),
    office("DEU.ambassador", "DEU", False),
    tenure("molotov", "SUN.minister", {"begins": "1939-05-03", "ends": "1949-03-04"}),
    tenure("molotov", "SUN.premier", {"begins": "1930-12-19", "ends": "1941-05-06"}),
    tenure("schulenburg", "DEU.ambassador", {"begins": "1934", "ends": "1941-06"}),
)


async def test_a_signatory_is_shown_with_the_offices_of_that_day(empty_graph: Graph) -> None:
    graph = await given(
        empty_graph,
        *OFFICES,
        act("signature.SUN", "signature", "1939-08-23", by="SUN", signed_by=("molotov",), authority="office"),
        act("signature.DEU", "signature", "1939-08-23", by="DEU", signed_by=("ribbentrop", "schulenburg")),
        act("signature.NATO", "signature", "1950-01-01", by="NATO"),
        act("decree.SUN", "decree", "1939-08-31", by="SUN", signed_by=("molotov",)),
    )
    found = await rows(graph, "signatories_of_agreement", agreement="T")
    told = [(r["party"], r["position"], r["official"], r["offices"], r["may_sign_by_office"]) for r in found]
    assert told == [
        ("DEU", 1, "ribbentrop", [], None),
        ("DEU", 2, "schulenburg", ["DEU.ambassador"], False),
        ("SUN", 1, "molotov", ["SUN.minister", "SUN.premier"], True),
        ("NATO", 1, None, [], None),
    ]
    molotov = found[2]
    assert molotov["offices_title"] == ["The SUN.minister", "The SUN.premier"]
    assert molotov["held"] == ["definite", "definite"]
    assert molotov["rests_on"] == ["tenure.molotov.SUN.minister", "tenure.molotov.SUN.premier"]
    assert [r["party"] for r in await rows(graph, "signatories_of_agreement", agreement="T", party="DEU")] == [
        "DEU"
    ] * 2


async def test_officials_of_a_state_and_of_its_organs_are_in_office(empty_graph: Graph) -> None:
    graph = await given(empty_graph, *OFFICES)
    found = await rows(graph, "officials_in_office", state="SUN", on="1939-08-23")
    assert [(r["office"], r["of"], r["official"], r["in_force"]) for r in found] == [
        ("SUN.minister", "SUN.foreign-ministry", "molotov", "definite"),
        ("SUN.premier", "SUN", "molotov", "definite"),
    ]
    assert (found[0]["begins"], found[0]["ends"], found[0]["since"]) == (["1939-05-03"], ["1949-03-04"], "1939-05-03")
    assert [r["office"] for r in await rows(graph, "officials_in_office", state="SUN", on="1939-05-02")] == [
        "SUN.premier"
    ]
    assert await rows(graph, "officials_in_office", state="SUN", office="SUN.minister", on="1949-03-05") == []
    unsure = await rows(graph, "officials_in_office", state="DEU", on="1934-06-01")
    assert [(r["official"], r["in_force"]) for r in unsure] == [("schulenburg", "possible")]
    assert await rows(graph, "officials_in_office", state="DEU", on="1934-06-01", in_force="definite") == []


async def test_offices_are_found_by_their_days(empty_graph: Graph) -> None:
    graph = await given(empty_graph, *OFFICES)
    held = await rows(graph, "offices_held", official="molotov")
    assert [(r["earliest"], r["office"], r["of"]) for r in held] == [
        ("1930-12-19", "SUN.premier", "SUN"),
        ("1939-05-03", "SUN.minister", "SUN.foreign-ministry"),
    ]
    later = await rows(graph, "offices_held", official="molotov", **{"from": "1945-01-01"})
    assert [r["office"] for r in later] == ["SUN.minister"]
    assert [r["office"] for r in await rows(graph, "offices_held", official="molotov", to="1939-01-01")] == [
        "SUN.premier"
    ]


async def test_acts_compete_only_where_their_days_exclude_each_other(empty_graph: Graph) -> None:
    graph = await given(
        empty_graph,
        act("r.coarse", "ratification", "1939-09", by="SUN"),
        act("r.fine", "ratification", "1939-09-24", by="SUN"),
        act("r.other", "ratification", "1939-10-02", by="SUN"),
        act("r.again", "ratification", "1949-10-02", by="SUN", spell=2),
        act("r.of-other", "ratification", "1939-11-02", by="DEU"),
        act("not-yet.1", "entry_into_force", "1939-09-01", not_yet=True),
        act("not-yet.2", "entry_into_force", "1939-09-10", not_yet=True),
    )
    found = await rows(graph, "disputed_facts")
    assert [(r["dispute"], r["fact"], r["other_fact"]) for r in found] == [
        ("competing_acts", "r.coarse", "r.other"),
        ("competing_acts", "r.fine", "r.other"),
    ]
    timeline = await rows(graph, "agreement_timeline", agreement="T")
    assert {r["fact"] for r in timeline if r["contested"]} == {"r.coarse", "r.fine", "r.other"}


def number(key: str, **values: Any) -> Claim:
    quantity = {"unit": values.pop("unit", "persons"), "basis": "reported"}
    quantity |= {name: values.pop(name) for name in ("low", "best", "high", "measure") if name in values}
    values.setdefault("speaks_of", "1939-09")
    values.setdefault("stance", "asserts")
    return claim(key, about="troops", quantity=quantity, **values)


def troops(key: str = "troops", **values: Any) -> Contribution:
    return Contribution(
        key=key,
        kind="troops",
        text="Troops.",
        stage=values.pop("stage", "delivered"),
        span="1939-09",
        by=("SUN",),
        to=("DEU",),
        attested_by=SOURCE,
        **values,
    )


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        ({"best": 100}, {"best": 200}, True),
        ({"low": 150}, {"high": 100}, True),
        ({"low": 100}, {"low": 900}, False),
        ({"low": 100, "high": 200}, {"low": 200, "high": 300}, False),
        ({"best": 100}, {"best": 200, "unit": "officers"}, False),
        ({"best": 100}, {"best": 200, "measure": "sent"}, False),
        ({"best": 100}, {"best": 200, "speaks_of": "1939-10"}, False),
        ({"best": 100}, {"best": 200, "speaks_of": "1939-09-30"}, True),
        ({"best": 100}, {"best": 200, "stance": "requests"}, False),
        ({"best": 100}, {"best": 200, "by": (Claimant(actor="DEU"),)}, False),
        ({"best": 100}, {"best": 200, "by": (Claimant(actor="schulenburg", on_behalf_of="DEU"),)}, False),
    ],
)
async def test_numbers_are_disputed_where_none_is_possible_for_both(
    empty_graph: Graph, one: dict[str, Any], other: dict[str, Any], disputed: bool
) -> None:
    first = number("one", **{"by": (Claimant(actor="DEU"),), "measure": "present"} | one)
    second = number("two", **{"by": (Claimant(actor="SUN"),), "measure": "present"} | other)
    graph = await given(empty_graph, Official(key="schulenburg", name="S."), troops(), first, second)
    found = await rows(graph, "disputed_facts", dispute="disjoint_quantities")
    assert [(r["fact"], r["other_fact"], r["about"]) for r in found] == [("one", "two", "troops")] * disputed


async def test_a_range_of_troops_is_open_where_an_estimate_is(empty_graph: Graph) -> None:
    by_deu, place = (Claimant(actor="DEU"),), Place(key="brest", name="Brest", within=("bug",))
    graph = await given(
        empty_graph,
        Place(key="bug", name="Land on the Bug"),
        place,
        troops(quantity={"best": 300, "unit": "persons", "basis": "official"}, at=("brest",), follows=("asked",)),
        claim("asked", "requests", "DEU", towards="sentence", by=by_deu, addressed_to=("SUN",)),
        number("one", best=100, by=by_deu),
        number("two", low=200, by=(Claimant(actor="SUN"),)),
    )
    (found,) = await rows(graph, "troop_provisions", receiver="Germany", place="bug")
    assert (found["low"], found["high"], found["unit"]) == (100, None, "persons")
    assert (found["estimates"], found["rests_on"]) == (["one", "two"], ["troops", "one", "two"])
    (request,) = await rows(graph, "requests_for_support", addressed_to="SUN")
    assert (request["fact"], request["followed_by"]) == ("asked", ["troops"])
    assert await rows(graph, "requests_for_support", addressed_to="NATO") == []
    assert await rows(graph, "troop_provisions", **{"from": "1939-10-01"}) == []
    assert await rows(graph, "troop_provisions", giver="DEU") == []


async def test_parties_are_shown_with_their_basis_and_their_reservations(empty_graph: Graph) -> None:
    graph = await given(
        empty_graph,
        Provision(key="T.1", article="1", of="T"),
        act("signature.SUN", "signature", "1939-08-23", by="SUN"),
        Participation(
            key="part.DEU",
            basis="coded",
            of="DEU",
            agreement="T",
            span={"begins": "1939-08-23", "ends": "1941-06-22", "ends_are": "first_day_without"},
            attested_by=SOURCE,
        ),
        Reservation(key="res.DEU", effect="modifies", by="DEU", to=("T.1",), span="1939/..", attested_by=SOURCE),
        Term(key="T.amends", kind="amends", of="T", concerns=("U",), attested_by=SOURCE),
        Agreement(key="U", title="An older treaty"),
    )
    party, waiting = await rows(graph, "parties_to_agreement", agreement="T", on="1940-01-01")
    assert (party["party"], party["in_force"], party["basis"]) == ("DEU", "definite", ["coded"])
    assert (party["until"], party["reservations"]) == ("1941-06-22", ["res.DEU"])
    assert (waiting["party"], waiting["in_force"], waiting["signed"]) == ("SUN", "pending", ["1939-08-23"])
    assert waiting["awaits"]
    # Nobody is left to be a party with once the only one has gone.
    assert waiting["until"] == "1941-06-22"
    pending = await rows(graph, "parties_to_agreement", agreement="T", on="1940-01-01", in_force="pending")
    assert [r["party"] for r in pending] == ["SUN"]
    (term,) = await rows(graph, "terms_of_agreement", agreement="T")
    assert (term["concerns"], term["concerns_title"]) == (["U"], ["An older treaty"])


async def test_what_is_owed_to_all_parties_together_is_listed_under_its_agreement(empty_graph: Graph) -> None:
    graph = await given(
        empty_graph,
        *(act(f"accession.{one}", "accession", "1970-01-01", by=one) for one in ("DEU", "SUN")),
        act("force", "entry_into_force", "1970-03-05"),
        Commitment(
            key="c.all", kind="non_proliferation", bearers="each_party", beneficiaries="community", under="T",
            attested_by=SOURCE,
        ),
        Commitment(
            key="c.guarantee", kind="guarantee", bearers="named", beneficiaries="named", owed_by=("SUN",),
            owed_to=("NATO",), under="T", attested_by=SOURCE,
        ),
    )  # fmt: skip
    community, guarantee = await rows(graph, "commitments_under_agreement", agreement="T", on="1970-03-05")
    assert (community["fact"], community["owed_to"], community["in_force"]) == ("c.all", "community", [])
    assert (guarantee["named_bearers"], guarantee["named_beneficiaries"]) == (["SUN"], ["NATO"])
    assert (guarantee["bearers"], guarantee["beneficiaries"]) == (["SUN"], ["NATO"])
    assert guarantee["in_force"] == ["definite"]


async def test_meetings_are_found_for_states_their_organs_and_those_who_speak_for_them(empty_graph: Graph) -> None:
    def meeting(key: str, day: str, *who: Participant) -> Event:
        return Event(key=key, kind="meeting", text="They meet.", span=day, participants=who, attested_by=SOURCE)

    molotov = Participant(actor="molotov", on_behalf_of="SUN.foreign-ministry")
    graph = await given(
        empty_graph,
        *OFFICES,
        meeting("a", "1939-08-23", molotov, Participant(actor="ribbentrop", on_behalf_of="DEU")),
        meeting("b", "1939-09-28", Participant(actor="SUN"), Participant(actor="DEU")),
        meeting("c", "1940-01-01", molotov, Participant(actor="NATO")),
        meeting("d", "1940-02-01", molotov),
    )
    found = await rows(graph, "meetings_between_states", state="SUN", other="DEU")
    assert [(r["fact"], r["for_state"], r["for_others"]) for r in found] == [
        ("a", ["molotov"], ["ribbentrop"]),
        ("b", ["SUN"], ["DEU"]),
    ]
    either = await rows(graph, "meetings_between_states", state="SUN", other="")
    assert [r["fact"] for r in either] == ["a", "b", "c"]
    later = await rows(graph, "meetings_between_states", state="DEU", other="SUN", **{"from": "1939-09-01"})
    assert [r["fact"] for r in later] == ["b"]
    assert await rows(graph, "meetings_between_states", state="SUN", other="DEU", kind="visit") == []
    own = await rows(graph, "meetings_of_official", official="molotov")
    assert [(r["fact"], r["others"]) for r in own] == [("a", ["ribbentrop"]), ("c", ["NATO"]), ("d", [])]
    with_germans = await rows(graph, "meetings_of_official", official="molotov", counterpart="DEU")
    assert [r["fact"] for r in with_germans] == ["a"]


@pytest.mark.parametrize(
    ("by", "made"), [("", 3), ("SUN", 2), ("SUN.foreign-ministry", 1), ("molotov", 1), ("DEU", 1), ("NATO", 0)]
)
async def test_denials_are_found_by_whoever_speaks_for_somebody(empty_graph: Graph, by: str, made: int) -> None:
    graph = await given(
        empty_graph,
        *OFFICES,
        troops(),
        claim("one", "denies", "troops", by=(Claimant(actor="molotov", on_behalf_of="SUN.foreign-ministry"),)),
        claim("two", "denies", "troops", by=(Claimant(actor="SUN"),), made_on="1939-09-20"),
        claim("three", "denies", "SUN", by=(Claimant(actor="DEU"),), towards="sentence", made_on="1939-10"),
    )
    assert len(await rows(graph, "denials", by=by)) == made
    assert [r["fact"] for r in await rows(graph, "denials", to="1939-09-01")] == ["one"]
    assert [r["fact"] for r in await rows(graph, "denials", **{"from": "1939-10-15"})] == ["three"]
    assert [r["fact"] for r in await rows(graph, "denials", thing="SUN")] == ["three"]


def episode(begins: str, ends: str, **values: Any) -> Statehood:
    span: Any = {"begins": begins, "ends": ends, "ends_are": "first_day_without"}
    return Statehood(key=f"statehood.{begins}", of="AUT", span=span, attested_by=SOURCE, **values)


def succession(predecessor: str, successor: str, day: Any, kind: Any, *, ends: bool) -> Succession:
    return Succession(
        key=f"{predecessor}-{successor}",
        predecessor=predecessor,
        successor=successor,
        day=day,
        kind=kind,
        ends_predecessor=ends,
        attested_by=SOURCE,
    )


async def test_episodes_of_statehood_are_found_by_their_days(empty_graph: Graph) -> None:
    graph = await given(
        empty_graph,
        State(key="AUT", name="Austria"),
        episode("1918-11-12", "1938-03-13", began_by="dissolution", ended_by="annexation"),
        episode("1945-04-27", "open", began_by="liberation"),
    )
    found = await rows(graph, "statehood_of", state="Austria")
    assert [(r["begins"], r["began_by"], r["ends"], r["ended_by"]) for r in found] == [
        ("1918-11-12", "dissolution", "1938-03-13", "annexation"),
        ("1945-04-27", "liberation", "open", None),
    ]
    between = {"from": "1938-03-13", "to": "1945-04-26"}
    assert await rows(graph, "statehood_of", state="AUT", **between) == []
    assert len(await rows(graph, "statehood_of", state="AUT", to="1918-11-12")) == 1


async def test_successions_are_found_by_state_and_day(empty_graph: Graph) -> None:
    graph = await given(
        empty_graph,
        *(State(key=key, name=key) for key in ("RUS", "LTU", "DDR")),
        succession("SUN", "RUS", "1991-12-26", "continuation", ends=True),
        succession("SUN", "LTU", "[1990-03-11..1991-09-06]", "secession", ends=False),
        succession("DDR", "DEU", "1990-10-03", "unification", ends=True),
    )
    every = await rows(graph, "successions")
    assert [(r["predecessor"], r["successor"]) for r in every] == [("SUN", "LTU"), ("DDR", "DEU"), ("SUN", "RUS")]
    for values, successors in (
        ({"ends_predecessor": "false"}, ["LTU"]),
        ({"from": "1991-09-06"}, ["LTU", "RUS"]),
        ({"to": "1990-10-02"}, ["LTU"]),
        ({"state": "DEU"}, ["DEU"]),
        ({"state": "SUN"}, ["LTU", "RUS"]),
    ):
        assert [r["successor"] for r in await rows(graph, "successions", **values)] == successors


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("lavrov-sergey", "lavrov-sergey"),
        ("Сергей Лавров", "lavrov-sergey"),
        ("Лавров", "lavrov-sergey"),
        ("SERGEI LAVROV", "lavrov-sergey"),
        ("최선희", "choe-son-hui"),
        ("choe son-hui", "choe-son-hui"),
        ("wikidata:Q58217", "lavrov-sergey"),
    ],
)
async def test_an_official_is_found_by_names_in_any_script_and_by_codes(
    shipped_graph: Graph, text: str, key: str
) -> None:
    answer = await ask(shipped_graph, CATALOG["offices_held"], official=text)
    assert answer.parameters["official"] == key


async def test_a_state_is_found_without_accents_and_apostrophes(shipped_graph: Graph) -> None:
    answer = await ask(shipped_graph, CATALOG["statehood_of"], state="cote d'ivoire")
    assert answer.parameters["state"] == "CIV"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("Lavrof", "No official is known as 'Lavrof'.", "lavrov-sergey (Sergey Lavrov)"),
        ("Wang", "'Wang' names more than one official.", "Wang Yi"),
        ("***", "No official is known as '***'.", ""),
    ],
)
async def test_who_is_not_found_by_name_is_told_who_is_near(
    shipped_graph: Graph, text: str, message: str, hint: str
) -> None:
    with pytest.raises(InputError) as caught:
        await ask(shipped_graph, CATALOG["offices_held"], official=text)
    (problem,) = caught.value.problems
    assert problem.message == message
    assert hint in (problem.hint or "")
