"""The treaty of 2024 and the one before it: clauses, acts, days."""

from datetime import date

import pytest

from graph.days import InForce
from graph.model import Fact, Record
from graph.model.entities import Provision
from graph.model.facts import Act, Commitment, Condition, Event, Participation, Term
from graph.model.vocabulary import CONSENTS

TREATY = "PRK-RUS.2024-strategic-partnership"


def _acts(shipped: dict[str, Record], agreement: str = TREATY) -> dict[str, Act]:
    return {key: act for key, act in shipped.items() if isinstance(act, Act) and act.on == agreement}


def test_commitments_are_mutual_and_legal(shipped: dict[str, Record]) -> None:
    found = [one for one in shipped.values() if isinstance(one, Commitment) and one.under == TREATY]
    assert {(one.key.removeprefix(f"{TREATY}."), one.kind.value) for one in found} == {
        ("3.consultation", "consultation"),
        ("4.defence", "defence"),
        ("5.no-hostile-agreements", "no_hostile_agreements"),
        ("5.non-use-of-territory", "non_use_of_territory"),
        ("8.joint-defence-measures", "joint_defence_measures"),
    }
    assert {(one.bearers, one.beneficiaries, one.binding) for one in found} == {
        ("each_party", "each_other_party", "legal")
    }
    assert {one.key: one.extent for one in found if one.extent != "not_said"} == {f"{TREATY}.4.defence": "all_means"}


def test_conditions(shipped: dict[str, Record]) -> None:
    found = {
        (one.of.removeprefix(f"{TREATY}."), one.kind.value, one.role.value, one.sentence)
        for one in shipped.values()
        if isinstance(one, Condition) and one.of.startswith(TREATY)
    }
    assert found == {
        ("3.consultation", "threat_of_attack", "trigger", "Direct threat of armed aggression."),
        ("4.defence", "armed_attack", "trigger", "Armed attack by one or several states."),
        ("4.defence", "state_of_war", "trigger", "Puts the party in a state of war."),
        ("4.defence", "un_charter", "manner", "Under UN Charter Article 51."),
        ("4.defence", "own_law", "manner", "Both parties' domestic law."),
    }


def test_provisions_say_where_the_excerpts_give_no_article(shipped: dict[str, Record]) -> None:
    found = {one.key.removeprefix(f"{TREATY}."): one for one in shipped.values() if isinstance(one, Provision)}
    assert {name: one.article for name, one in found.items()} == {
        "3": "3", "4": "4", "5": "5", "5.territory": "5", "8": "8", "22": "22", "duration": None,
    }  # fmt: skip
    unsure = {name for name, one in found.items() if "not stated in the excerpts" in (one.text or "")}
    assert unsure == {"5.territory", "duration"}


def test_terms(shipped: dict[str, Record]) -> None:
    found = {one.kind.value: (one.value, one.provision) for one in shipped.values() if isinstance(one, Term)}
    assert found == {
        "entry_into_force": ("exchange of instruments of ratification", f"{TREATY}.22"),
        "consent": ("ratification", f"{TREATY}.22"),
        "duration": ("indefinite", f"{TREATY}.duration"),
    }


def test_acts_with_their_days(shipped: dict[str, Record]) -> None:
    assert {(key.removeprefix(f"{TREATY}."), act.by, act.day.edtf) for key, act in _acts(shipped).items()} == {
        ("signature.PRK", "PRK", "2024-06-19"),
        ("signature.RUS", "RUS", "2024-06-19"),
        ("bill.RUS", "RUS.head-of-state", "2024-10-14"),
        ("lower-house.RUS", "RUS.state-duma", "2024-10-24"),
        ("parliament.RUS", "RUS.federal-assembly", "2024-10"),
        ("upper-house.RUS", "RUS.federation-council", "2024-11-06"),
        ("promulgation.RUS", "RUS.head-of-state", "2024-11-09"),
        ("decree.PRK.per-tass", "PRK.head-of-state", "2024-11-11"),
        ("decree.PRK.per-al-mayadeen", "PRK.head-of-state", "2024-11-12"),
        ("ratification.PRK", "PRK", "2024-12-04"),
        ("ratification.RUS", "RUS", "2024-12-04"),
        ("entry-into-force", None, "2024-12-04"),
    }


def test_only_states_consent(shipped: dict[str, Record]) -> None:
    assert {act.by for act in _acts(shipped).values() if act.kind in CONSENTS} == {"PRK", "RUS"}


def test_leaders_sign(shipped: dict[str, Record]) -> None:
    signed = {act.by: (act.signed_by, act.at) for act in _acts(shipped).values() if act.kind == "signature"}
    assert signed == {"PRK": (("kim-jong-un",), "pyongyang"), "RUS": (("putin-vladimir",), "pyongyang")}


def test_entry_into_force_is_verified_on_the_day_after(shipped: dict[str, Record]) -> None:
    act = _acts(shipped)[f"{TREATY}.entry-into-force"]
    assert act.verified_on == date(2024, 12, 5)
    assert [seen.source for seen in act.attested_by] == [
        "tass-2024-12-05",
        "interfax-2024-12-05",
        "al-mayadeen-english-2024-12-05",
    ]


def test_two_decrees_contradict_each_other(shipped: dict[str, Record]) -> None:
    decrees = [act for act in _acts(shipped).values() if act.kind == "decree"]
    assert sorted(act.day.edtf for act in decrees) == ["2024-11-11", "2024-11-12"]
    assert [one.fact for act in decrees for one in act.contradicts] == [f"{TREATY}.decree.PRK.per-tass"]
    assert all(one.reason for act in decrees for one in act.contradicts)


def test_exchange_of_instruments_has_its_participants(shipped: dict[str, Record]) -> None:
    event = shipped["event.2024-12-04-exchange-of-instruments"]
    assert isinstance(event, Event)
    assert {(one.actor, one.on_behalf_of) for one in event.participants} == {
        ("rudenko-andrey", "RUS"),
        ("kim-jong-gyu", "PRK"),
    }


def test_publisher_of_the_text_is_no_actor(shipped: dict[str, Record]) -> None:
    event = shipped["event.2024-06-20-text-published"]
    assert isinstance(event, Event)
    assert (event.kind, event.participants, event.concerns) == ("publication", (), (TREATY,))


@pytest.mark.parametrize("state", ["PRK", "RUS"])
def test_treaty_of_2000_was_in_force_until_the_new_one(state: str, shipped: dict[str, Record]) -> None:
    part = shipped[f"PRK-RUS.2000-friendship.participation.{state}"]
    end = shipped["PRK-RUS.2000-friendship.termination"]
    assert isinstance(part, Participation)
    assert isinstance(end, Act)
    assert (part.basis, end.by, end.kind) == ("reported", None, "termination")
    span = part.span.bounds()
    assert (span.begins_earliest, span.begins_latest) == (date(2000, 2, 9), date(2024, 12, 3))
    assert span.in_force(date(2000, 2, 8)) is None
    assert {span.in_force(day) for day in (date(2000, 2, 9), date(2024, 12, 2))} == {InForce.POSSIBLE}
    assert span.in_force(date(2024, 12, 3)) is InForce.DEFINITE
    # From here the participation alone leaves it open; the termination takes effect on this very day.
    assert span.in_force(date(2024, 12, 4)) is InForce.POSSIBLE
    assert (end.day.earliest, end.day.latest) == (date(2024, 12, 4), date(2024, 12, 4))


def test_no_term_says_that_the_older_treaty_is_replaced(shipped: dict[str, Record]) -> None:
    assert [one.key for one in shipped.values() if isinstance(one, Term) and one.concerns] == []


def test_sources_are_those_of_the_rows(shipped: dict[str, Record]) -> None:
    article_4 = shipped[f"{TREATY}.4.defence"]
    assert isinstance(article_4, Fact)
    assert {seen.source for seen in article_4.attested_by} == {
        "nhk-world-2024-06-20",
        "fmi-malta-undated",
        "interfax-2024-11-06",
        "rt-2024-11",
        "news-article-on-the-choe-lavrov-meeting-2024-11",
    }
