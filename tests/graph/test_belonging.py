"""Units that a change set brings whole: what follows for them is worked out without the database, and is the same."""

from random import Random
from typing import Any

import pytest

from graph.belonging import brought_whole
from graph.graph import Graph
from graph.model.changes import Operation, Put
from graph.model.entities import Agreement, Office, Official
from graph.model.facts import Act, Claim, Commitment, Event, Participation, Reservation, Succession, Tenure, Term
from graph.model.records import Fact, Record
from tests.graph.writes import SOURCE, change
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
    assert whole(TERM, PART, clause(), ACT, TREATY) == {"T": ["T.act", "T.clause", "T.part", "T.term"]}


def test_who_holds_an_office_and_a_political_promise_come_whole_as_well() -> None:
    holder, office = Official(key="P", name="Pauline Poe"), Office(key="o", title="Minister", of="A")
    tenure = Tenure(key="P.o", of="P", office="o", span="2001/..", attested_by=SOURCE)
    promise = clause(bearers="named", owed_by=["A"], beneficiaries="named", owed_to=["B"], binding="political",
                     under=None, voiced_at="e")  # fmt: skip
    assert whole(holder, office, tenure, promise) == {"P": ["P.o"], "T.clause": ["T.clause"]}


def test_what_was_there_before_does_not_come_whole() -> None:
    assert whole(ACT, PART) == {}


@pytest.mark.parametrize(
    "other",
    [
        Claim(key="c", stance="denies", towards="fact", sentence="No.", made_on="2003", about=["T.act"],
              claimant_as_written="somebody", attested_by=SOURCE),
        Reservation(key="r", by="A", to=["T"], effect="excludes", span="2001/..", attested_by=SOURCE),
        Succession(key="s", kind="dissolution", day="2008", ends_predecessor=True, predecessor="A", successor="B",
                   attested_by=SOURCE),
    ],
    ids=lambda one: type(one).__name__,
)  # fmt: skip
def test_beside_what_bears_on_an_agreement_without_naming_it_none_does(other: Fact) -> None:
    assert whole(TREATY, ACT, other) == {}


def test_one_with_a_clause_that_lasts_until_an_event_does_not() -> None:
    event = Event(key="e", kind="other", text="The end.", span="2009-01-01", attested_by=SOURCE)
    assert whole(TREATY, ACT, clause(until_thing="e"), event) == {}


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
    assert came_whole > WORLDS / 5
    assert await empty_graph.writer.underived() == (0, 0)


def is_succession(one: Operation) -> bool:
    return isinstance(one, Put) and isinstance(one.record, Succession)
