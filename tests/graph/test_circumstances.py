"""Each kind of condition with its input met, not met and unknown, as the rules of decision 0009 have it."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from graph.circumstances import Alliance, Case, Condition, Covering, Judged, Named, Surroundings, judge
from graph.days import InForce
from graph.kleene import swapped
from graph.model.vocabulary import ConditionKind, CouncilAction, Incident, Truth

MET, NOT, OPEN = Truth.MET, Truth.NOT_MET, Truth.CANNOT_TELL
DAY = date(1950, 6, 1)
KIND, COUNCIL = ConditionKind, CouncilAction


def judged(
    condition: Condition | ConditionKind, around: Surroundings | None = None, negated: bool = False, **case: Any
) -> Judged:
    if isinstance(condition, ConditionKind):
        condition = Condition(condition, "If so.", "c", negated=negated)
    return judge(condition, Case(on=DAY, began=DAY, **case), around or Surroundings())


def said(**fields: Any) -> dict[str, Any]:
    return fields


TABLE = {
    KIND.ARMED_ATTACK: {"armed_attack": MET, "threat": NOT, "mobilisation": NOT, "indirect": OPEN},
    KIND.THREAT_OF_ATTACK: {"armed_attack": MET, "threat": MET, "mobilisation": OPEN, "indirect": OPEN},
    KIND.MOBILISATION: {"armed_attack": OPEN, "threat": NOT, "mobilisation": MET, "indirect": OPEN},
}


@pytest.mark.parametrize(("kind", "incident"), list(product(TABLE, [*Incident, None])))
def test_what_happened_meets_conditions_on_incidents(kind: ConditionKind, incident: Incident | None) -> None:
    expected = TABLE[kind][incident] if incident else OPEN
    found = judged(kind, incident=incident)
    assert found.value is expected
    assert found.settled_by == (("incident",) if expected is OPEN else ())
    assert judged(kind, negated=True, incident=incident).value is swapped(expected)


@pytest.mark.parametrize(
    ("kind", "parameter", "yes"),
    [
        (KIND.STATE_OF_WAR, "state_of_war", MET),
        (KIND.REQUEST, "requested", MET),
        (KIND.REFUSAL_OF_DEMAND, "demand_refused", MET),
        (KIND.UNPROVOKED, "provoked", NOT),
    ],
)
@pytest.mark.parametrize("negated", [False, True])
def test_a_yes_or_no_decides_its_condition(kind: ConditionKind, parameter: str, yes: Truth, negated: bool) -> None:
    turned = swapped if negated else lambda value: value
    assert judged(kind, negated=negated, **said(**{parameter: True})).value is turned(yes)
    assert judged(kind, negated=negated, **said(**{parameter: False})).value is turned(swapped(yes))
    unknown = judged(kind, negated=negated)
    assert (unknown.value, unknown.settled_by) == (OPEN, (parameter,))


def naming(kind: ConditionKind, *names: str, or_allies: bool = False, negated: bool = False) -> Condition:
    named = tuple(Named(name, is_state=True) for name in names)
    return Condition(kind, "If so.", "c", names=named, or_allies=or_allies, negated=negated)


@pytest.mark.parametrize(("kind", "parameter"), [(KIND.ADVERSARY, "attackers"), (KIND.SUPPORTED_BY, "supported_by")])
def test_one_of_those_named_is_enough(kind: ConditionKind, parameter: str) -> None:
    named = naming(kind, "DEU", "ITA")
    assert judged(named, **said(**{parameter: ("FRA", "ITA")})).value is MET
    assert judged(named, **said(**{parameter: ("FRA",)})).value is NOT
    assert (judged(named).value, judged(named).settled_by) == (OPEN, (parameter,))
    assert judged(naming(kind, "DEU", negated=True), **said(**{parameter: ("DEU",)})).value is NOT
    assert judged(naming(kind), **said(**{parameter: ("DEU",)})).value is OPEN


def test_nobody_may_support_the_attackers() -> None:
    assert judged(naming(KIND.SUPPORTED_BY, "DEU"), supported=False).value is NOT
    assert judged(naming(KIND.SUPPORTED_BY, "DEU"), supported=True).value is OPEN


def test_attackers_that_are_no_states_are_none_of_the_states_named() -> None:
    assert judged(naming(KIND.ADVERSARY, "JPN"), attackers_are_states=False).value is NOT
    assert judged(naming(KIND.ADVERSARY, "JPN"), attackers_are_states=True).value is OPEN
    assert judged(naming(KIND.ADVERSARY, "JPN", or_allies=True), attackers_are_states=False).value is OPEN
    band = Condition(KIND.ADVERSARY, "If so.", "c", names=(Named("a-band"),))
    assert judged(band, attackers_are_states=False).value is OPEN


JAPAN_OR_ALLY = naming(KIND.ADVERSARY, "JPN", or_allies=True)


def allied(in_force: InForce) -> Surroundings:
    return Surroundings(alliances=(Alliance("USA", "JPN", in_force, ("treaty",)),))


@pytest.mark.parametrize(
    ("in_force", "expected"),
    [(InForce.DEFINITE, MET), (InForce.PRESUMED, MET), (InForce.POSSIBLE, OPEN), (InForce.PENDING, OPEN),
     (InForce.SUSPENDED, OPEN)],
)  # fmt: skip
def test_an_ally_of_the_adversary_counts_as_sure_as_it_is_one(in_force: InForce, expected: Truth) -> None:
    assert judged(JAPAN_OR_ALLY, allied(in_force), attackers=("USA",)).value is expected
    assert judged(naming(KIND.ADVERSARY, "JPN"), allied(in_force), attackers=("USA",)).value is NOT


def test_an_alliance_that_is_found_is_what_the_value_rests_on() -> None:
    assert judged(JAPAN_OR_ALLY, allied(InForce.DEFINITE), attackers=("USA",)).rests_on == ("treaty",)


@pytest.mark.parametrize(
    ("covering", "expected"),
    [(None, OPEN), (Covering("s"), NOT), (Covering("s", frozenset({"USA", "JPN"})), NOT),
     (Covering("s", frozenset({"USA"})), OPEN)],
)  # fmt: skip
def test_that_two_are_no_allies_takes_a_source_that_would_know(covering: Covering | None, expected: Truth) -> None:
    around = Surroundings(coverings=(covering,) if covering else ())
    assert judged(JAPAN_OR_ALLY, around, attackers=("USA",)).value is expected


def test_of_several_attackers_one_ally_is_enough_and_one_unknown_leaves_it_open() -> None:
    around = Surroundings(coverings=(Covering("s", frozenset({"KOR", "JPN"})),))
    assert judged(JAPAN_OR_ALLY, around, attackers=("KOR",)).value is NOT
    assert judged(JAPAN_OR_ALLY, around, attackers=("KOR", "AUS")).value is OPEN
    assert judged(JAPAN_OR_ALLY, allied(InForce.DEFINITE), attackers=("AUS", "USA")).value is MET
    assert judged(JAPAN_OR_ALLY, attackers=("a-band",), attackers_are_states=False).value is NOT


SEA = Named("sea", lies_in=frozenset({"world"}))


@pytest.mark.parametrize(
    ("place", "lies_in", "expected"),
    [("sea", {"world"}, MET), ("bay", {"sea", "world"}, MET), ("desert", {"world"}, NOT), ("world", set(), OPEN),
     ("nowhere-known", set(), OPEN), (None, set(), OPEN)],
)  # fmt: skip
@pytest.mark.parametrize("negated", [False, True])
def test_a_place_lies_within_without_or_around_what_is_named(
    place: str | None, lies_in: set[str], expected: Truth, negated: bool
) -> None:
    condition = Condition(KIND.LOCATION, "If so.", "c", names=(SEA,), negated=negated)
    found = judged(condition, Surroundings(place_lies_in=frozenset(lies_in)), place=place)
    assert found.value is (swapped(expected) if negated else expected)


def test_a_location_that_names_no_place_cannot_be_told() -> None:
    assert judged(KIND.LOCATION, place="sea").value is OPEN


def test_the_conflict_is_one_of_those_named() -> None:
    named = Condition(KIND.CONFLICT, "If so.", "c", names=(Named("war"),))
    assert judged(named, conflict="war").value is MET
    assert judged(named, conflict="other").value is NOT
    assert judged(named).settled_by == ("conflict",)
    assert judged(KIND.CONFLICT, conflict="war").value is OPEN


def test_the_number_of_attackers_is_counted_once_each() -> None:
    two = Condition(KIND.NUMBER_OF_ADVERSARIES, "If two.", "c", at_least=2)
    assert judged(two, attackers=("A", "B", "C")).value is MET
    assert judged(two, attackers=("A", "A")).value is NOT
    assert judged(two).settled_by == ("attackers",)
    assert judged(KIND.NUMBER_OF_ADVERSARIES, attackers=("A", "B")).value is OPEN


CHARTER = {
    COUNCIL.AUTHORISED: (MET, MET), COUNCIL.MEASURES: (NOT, NOT), COUNCIL.FORBADE: (NOT, NOT),
    COUNCIL.NOTHING: (MET, OPEN), None: (OPEN, OPEN),
}  # fmt: skip


@pytest.mark.parametrize("council", CHARTER)
def test_the_charter_allows_defence_until_the_council_acts(council: CouncilAction | None) -> None:
    attacked, otherwise = CHARTER[council]
    assert judged(KIND.UN_CHARTER, council=council, incident=Incident.ARMED_ATTACK).value is attacked
    for incident in (None, Incident.THREAT, Incident.MOBILISATION, Incident.INDIRECT):
        assert judged(KIND.UN_CHARTER, council=council, incident=incident).value is otherwise


BY_READING = [KIND.OWN_JUDGEMENT, KIND.PERFORMANCE_BY_OTHER, KIND.OWN_LAW, KIND.CONSULTATION_FIRST, KIND.OTHER]


@pytest.mark.parametrize("kind", BY_READING)
@pytest.mark.parametrize("negated", [False, True])
def test_what_no_parameter_decides_is_decided_by_who_reads_it(kind: ConditionKind, negated: bool) -> None:
    """What is said is about the sentence as a whole, so `negated` is in it already."""
    assert judged(kind, negated=negated).value is OPEN
    assert judged(kind, negated=negated, met=frozenset({"c"})).value is MET
    assert judged(kind, negated=negated, not_met=frozenset({"c"})).value is NOT
    assert judged(kind, negated=negated, met=frozenset({"c"}), not_met=frozenset({"c"})).value is OPEN
    assert judged(kind, negated=negated, met=frozenset({"another"})).value is OPEN


def test_what_the_inputs_decide_nobody_says_otherwise() -> None:
    assert judged(KIND.REQUEST, requested=False, met=frozenset({"c"})).value is NOT


def test_every_kind_of_condition_has_been_tried() -> None:
    tried = {*TABLE, *BY_READING, KIND.STATE_OF_WAR, KIND.REQUEST, KIND.REFUSAL_OF_DEMAND, KIND.UNPROVOKED}
    tried |= {KIND.ADVERSARY, KIND.SUPPORTED_BY, KIND.LOCATION, KIND.CONFLICT, KIND.NUMBER_OF_ADVERSARIES}
    assert tried | {KIND.UN_CHARTER} == set(ConditionKind)
