"""Units that a change set brings whole: what follows for them is worked out without the database, and is the same."""

from random import Random
from typing import Any

from graph.graph import Graph
from graph.model.changes import ChangeSet, Operation, Put
from graph.model.entities import Agreement, Office, Official, Organization, Provision
from graph.model.facts import (
    Act,
    Claim,
    Commitment,
    Event,
    Membership,
    Participation,
    Reservation,
    Succession,
    Tenure,
    Term,
)
from graph.model.records import Record
from graph.transaction import Locked
from graph.units import brought_whole
from tests.graph.writes import BASE, SOURCE, change, puts
from tests.oracle.seas import KINDS, Sea
from tests.oracle.worlds import drawn

WORLDS = 36

TREATY = Agreement(key="T", title="A treaty")
ACT = Act(key="T.act", kind="ratification", day="2001-02-03", on="T", by="A", attested_by=SOURCE)
PART = Participation(key="T.part", of="B", agreement="T", basis="coded", span="2001/..", attested_by=SOURCE)
TERM = Term(key="T.term", kind="duration", value="10 years", of="T", attested_by=SOURCE)


def clause(**fields: Any) -> Commitment:
    given = {"bearers": "each_party", "beneficiaries": "each_other_party", "under": "T"} | fields
    return Commitment(key="T.clause", kind="defence", attested_by=SOURCE, **given)


def whole(*records: Record) -> dict[str, list[str]]:
    found = brought_whole({record.key: record for record in records})
    return {unit: [fact.key for fact in facts] for unit, facts in found.items()}


def test_an_agreement_comes_whole_with_its_acts_participations_terms_and_clauses() -> None:
    assert whole(TERM, PART, clause(), ACT, TREATY) == {"T": ["T.term", "T.part", "T.clause", "T.act"]}


def test_who_holds_an_office_and_a_political_promise_come_whole_as_well() -> None:
    holder, office = Official(key="P", name="Pauline Poe"), Office(key="o", title="Minister", of="A")
    tenure = Tenure(key="P.o", of="P", office="o", span="2001/..", attested_by=SOURCE)
    promise = clause(bearers="named", owed_by=["A"], beneficiaries="named", owed_to=["B"], binding="political",
                     under=None, voiced_at="e")  # fmt: skip
    assert whole(holder, office, tenure, promise) == {"P": ["P.o"], "T.clause": ["T.clause"]}


def test_what_was_there_before_does_not_come_whole() -> None:
    assert whole(ACT, PART) == {}


def test_what_bears_on_it_without_naming_it_comes_with_it() -> None:
    denied = Claim(key="T.c", stance="denies", towards="fact", sentence="No.", made_on="2003", about=["T.act"],
                   claimant_as_written="somebody", attested_by=SOURCE)  # fmt: skip
    article = Provision(key="T.1", article="1", of="T")
    reserve = Reservation(key="T.r", by="A", to=["T.1"], effect="excludes", span="2001/..", attested_by=SOURCE)
    objection = Reservation(key="T.o", by="B", to=["T.r"], effect="objects", span="2001/..", attested_by=SOURCE)
    over = Succession(key="s", kind="dissolution", day="2008", ends_predecessor=True, predecessor="A", successor="B",
                      attested_by=SOURCE)  # fmt: skip
    found = whole(TREATY, ACT, denied, article, reserve, objection, over)
    assert {unit: sorted(keys) for unit, keys in found.items()} == {"T": ["T.act", "T.c", "T.o", "T.r", "s"]}


def test_one_with_a_clause_that_lasts_until_an_event_comes_whole_with_the_event_alone() -> None:
    event = Event(key="e", kind="other", text="The end.", span="2009-01-01", attested_by=SOURCE)
    lasting = clause(until_thing="e")
    assert whole(TREATY, lasting, event) == {"T": ["T.clause", "e"]}
    assert whole(TREATY, lasting) == {}


async def test_what_follows_is_what_a_rebuild_says(empty_graph: Graph) -> None:
    """Random treaties, some at once and some in two parts, between states some of which have ended before."""
    dice = Random(7)  # noqa: S311 - the same treaties each time
    worlds = {f"t{number}": drawn(dice) for number in range(WORLDS)}
    kinds = {f"{key}.{one.key}": dice.choice(KINDS) for key, world in worlds.items() for one in world.clauses}
    operations = [*next(Sea((worlds, {}, {}), kinds, {}).change_sets()).operations]
    of = {key: [one for one in operations if one.key == key or one.key.startswith(f"{key}.")] for key in worlds}
    successions = {key: [one for one in some if is_succession(one)] for key, some in of.items()}
    treaties = {key: [one for one in some if one not in successions[key]] for key, some in of.items()}
    for_all = [one for one in operations if not any(one in some for some in of.values())]
    # A state that had ended for one would have for all, and leave nothing to see.
    ended = next(some for some in successions.values() if some)
    assert (await empty_graph.writer.apply(change(*for_all, *ended))).created
    came_whole = 0
    while treaties:
        some = [treaties.pop(key) for key in [*treaties][:2]]
        cut = dice.randint(1, len(some[0])) if dice.random() < 0.3 else len(some[0])
        first = [*some[0][:cut], *(one for rest in some[1:] for one in rest)]
        for part in (first, some[0][cut:]):
            came_whole += len(brought_whole({one.key: one.record for one in part if isinstance(one, Put)}))
            await empty_graph.writer.apply(change(*part))
    assert came_whole > WORLDS / 2
    assert await empty_graph.writer.underived() == (0, 0)


async def test_holders_and_promises_follow_too_and_are_told_before_they_are_written(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE))
    meeting = Event(key="e", kind="meeting", text="They met.", span="2024-11-01", attested_by=SOURCE)
    new = [
        Official(key="P", name="Pauline Poe"),
        Office(key="o", title="Minister", of="RUS"),
        Tenure(key="P.o", of="P", office="o", span="2001/..", attested_by=SOURCE),
        Organization(key="league", name="The League", kind="alliance"),
        Membership(key="P.m", of="league", organization="league", span="2001/..", attested_by=SOURCE),
        meeting,
        clause(bearers="named", owed_by=["RUS"], beneficiaries="named", owed_to=["PRK"], binding="political",
               under=None, voiced_at="e", span="2024/.."),
        Participation(key="x", of="PRK", agreement="T", basis="coded", span="2001/..", attested_by=SOURCE),
    ]  # fmt: skip
    both = puts(BASE[0], *new)

    async def build(_: Locked) -> ChangeSet:
        return both

    told = await empty_graph.writer.preview(build)
    receipt = await empty_graph.writer.apply(both)
    assert sorted({piece.type for piece in told.pieces}) == ["BELONGED_TO", "COMMITS_TO", "HELD", "PARTY_TO"]
    assert receipt.derived_opened == sum(len(piece.after) for piece in told.pieces) >= 4
    assert receipt.unchanged == 1
    assert await empty_graph.writer.underived() == (0, 0)


def is_succession(one: Operation) -> bool:
    return isinstance(one, Put) and isinstance(one.record, Succession)
