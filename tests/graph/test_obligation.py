"""The obligation test: worked cases, its rules one by one, a slow oracle, and what more knowledge may do to an answer.

The oracle knows no third value: it completes whatever is unknown in every way and sees whether all completions, some
or none of them oblige.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.circumstances import Alliance, Case, Condition, Covering, Named, Surroundings
from graph.days import InForce
from graph.errors import InputError
from graph.model.vocabulary import (
    Binding,
    CommitmentKind,
    ConditionKind,
    ConditionRole,
    CouncilAction,
    Incident,
    Obligation,
    Truth,
)
from graph.obligation import BESIDE, HELP, Commitment, Decision, decide, evaluate
from graph.obligation_rows import obligation_rows

MET, NOT, OPEN = Truth.MET, Truth.NOT_MET, Truth.CANNOT_TELL
KIND = ConditionKind
DAY = date(1950, 6, 1)
NOWHERE = Surroundings()
COVERED = Surroundings(coverings=(Covering("s", frozenset({"A", "B"})),))
ATTACK: dict[str, Any] = {"incident": Incident.ARMED_ATTACK}


def commitment(fact: str = "c", *conditions: Condition, **fields: Any) -> Commitment:
    usual: dict[str, Any] = {
        "kind": CommitmentKind.DEFENCE,
        "binding": Binding.LEGAL,
        "in_force": InForce.DEFINITE,
        "when_it_began": InForce.DEFINITE,
    }
    return Commitment(fact, conditions=conditions, **usual | fields)


def case(**fields: Any) -> Case:
    return Case(**{"on": DAY, "began": DAY} | fields)


def answer(*commitments: Commitment, around: Surroundings = NOWHERE, **fields: Any) -> Obligation:
    return decide("A", "B", commitments, case(**fields), around).answer


def result(one: Commitment, around: Surroundings = NOWHERE, **fields: Any) -> Truth:
    return evaluate(one, case(**fields), around).result


# -- the rules, one by one


@pytest.mark.parametrize(
    ("in_force", "expected"),
    [(InForce.DEFINITE, MET), (InForce.PRESUMED, MET), (InForce.POSSIBLE, OPEN), (InForce.SUSPENDED, NOT),
     (InForce.PENDING, NOT)],
)  # fmt: skip
def test_how_sure_it_is_in_force_decides(in_force: InForce, expected: Truth) -> None:
    assert result(commitment(in_force=in_force), **ATTACK) is expected


@pytest.mark.parametrize("began", [*InForce, None])
def test_an_incident_older_than_the_commitment_cannot_be_told(began: InForce | None) -> None:
    surely = began in {InForce.DEFINITE, InForce.PRESUMED}
    older = ATTACK | {"began": DAY - timedelta(days=1)}
    found = evaluate(commitment(when_it_began=began), case(**older), NOWHERE)
    assert found.result is (MET if surely else OPEN)
    assert surely or "VCLT 28" in " ".join(reason.why for reason, _ in found.reasons)
    assert result(commitment(when_it_began=None), **ATTACK) is MET
    assert result(commitment(when_it_began=began, in_force=InForce.SUSPENDED), **older) is NOT


@pytest.mark.parametrize("kind", sorted(HELP))
def test_only_defence_and_guarantee_imply_an_attack(kind: CommitmentKind) -> None:
    implies = kind in {CommitmentKind.DEFENCE, CommitmentKind.GUARANTEE}
    assert result(commitment(kind=kind)) is (OPEN if implies else MET)
    assert result(commitment(kind=kind), incident=Incident.THREAT) is (NOT if implies else MET)
    assert result(commitment(kind=kind), **ATTACK) is MET


def test_an_incident_that_the_text_names_goes_before_the_one_implied() -> None:
    threat = Condition(KIND.THREAT_OF_ATTACK, "When threatened.", "t")
    asked = Condition(KIND.REQUEST, "When asked.", "r", alternative=2)
    assert result(commitment("c", threat), incident=Incident.THREAT) is MET
    assert result(commitment("c", threat, asked), incident=Incident.THREAT, requested=True) is MET
    assert result(commitment("c", asked), incident=Incident.THREAT, requested=True) is NOT
    assert result(commitment("c", replace(threat, negated=True)), incident=Incident.THREAT) is NOT


def test_a_condition_of_manner_never_decides() -> None:
    law = Condition(KIND.UN_CHARTER, "Under the Charter.", "l", role=ConditionRole.MANNER)
    found = evaluate(commitment("c", law), case(**ATTACK, council=CouncilAction.FORBADE), NOWHERE)
    assert found.result is MET
    assert found.elements[0].judged is None


@pytest.mark.parametrize("binding", Binding)
@pytest.mark.parametrize("kind", sorted(CommitmentKind))
def test_only_help_that_binds_by_law_is_a_must(binding: Binding, kind: CommitmentKind) -> None:
    one = commitment(kind=kind, binding=binding)
    must = kind in HELP and binding is Binding.LEGAL
    disputed = kind in HELP and binding is Binding.CONTESTED
    expected = Obligation.MUST if must else Obligation.CANNOT_TELL if disputed else Obligation.NO
    assert answer(one, around=COVERED, **ATTACK) is expected
    listed = decide("A", "B", [one], case(**ATTACK), COVERED).evaluated
    assert bool(listed) is (kind in HELP or kind in BESIDE)


def test_what_is_owed_to_all_together_is_neither_a_must_nor_ignored() -> None:
    one = commitment(owed_to_all=True)
    assert result(one, **ATTACK) is OPEN
    assert result(one, incident=Incident.THREAT) is NOT
    assert answer(one, around=COVERED, **ATTACK) is Obligation.CANNOT_TELL
    assert answer(one, commitment("other"), around=COVERED, **ATTACK) is Obligation.MUST


def test_a_no_takes_a_source_that_covers_the_pair() -> None:
    assert answer(around=COVERED, **ATTACK) is Obligation.NO
    assert answer(**ATTACK) is Obligation.CANNOT_TELL
    others = Surroundings(coverings=(Covering("s", frozenset({"A", "C"})),))
    assert answer(around=others, **ATTACK) is Obligation.CANNOT_TELL
    assert answer(around=Surroundings(coverings=(Covering("s"),)), **ATTACK) is Obligation.NO
    assert answer(commitment(), around=COVERED) is Obligation.CANNOT_TELL


def test_the_strongest_commitment_answers_and_stands_first() -> None:
    pending, possible, sure = (
        commitment(fact, in_force=in_force)
        for fact, in_force in [("1", InForce.PENDING), ("2", InForce.POSSIBLE), ("3", InForce.PRESUMED)]
    )
    promise = commitment("0", binding=Binding.POLITICAL)
    found = decide("A", "B", [promise, pending, possible, sure], case(**ATTACK), NOWHERE)
    assert found.answer is Obligation.MUST
    assert [one.commitment.fact for one in found.evaluated] == ["3", "2", "1", "0"]
    assert answer(pending, possible, around=COVERED, **ATTACK) is Obligation.CANNOT_TELL
    assert answer(pending, around=COVERED, **ATTACK) is Obligation.NO


# -- treaties of history, their conditions as in the design


ATLANTIC, EUROPE = Named("north-atlantic"), Named("europe")
ARTICLE_5 = commitment(
    "nato.5",
    Condition(KIND.ARMED_ATTACK, "An armed attack.", "5.attack"),
    Condition(KIND.LOCATION, "In Europe or North America.", "6.europe", names=(EUROPE,)),
    Condition(KIND.ARMED_ATTACK, "An armed attack.", "5.attack.sea", alternative=2),
    Condition(KIND.LOCATION, "In the Atlantic north of the tropic.", "6.sea", alternative=2, names=(ATLANTIC,)),
    Condition(KIND.LOCATION, "Not in Algeria.", "6.algeria", negated=True, names=(Named("algeria"),)),
)


@pytest.mark.parametrize(
    ("place", "lies_in", "expected"),
    [("berlin", {"europe"}, MET), ("azores", {"north-atlantic"}, MET), ("falklands", {"south-atlantic"}, NOT),
     ("europe", {"world"}, MET), (None, set(), OPEN)],
)  # fmt: skip
def test_article_5_reaches_as_far_as_article_6(place: str | None, lies_in: set[str], expected: Truth) -> None:
    where = Surroundings(place_lies_in=frozenset(lies_in))
    assert result(ARTICLE_5, where, place=place, **ATTACK) is expected
    assert result(ARTICLE_5, where, place=place, incident=Incident.THREAT) is NOT


SINO_SOVIET = commitment(
    "sino-soviet.1",
    Condition(KIND.ADVERSARY, "Japan or its allies.", "1.japan", or_allies=True, names=(Named("JPN", is_state=True),)),
    Condition(KIND.STATE_OF_WAR, "Thus in a state of war.", "1.war"),
)


@pytest.mark.parametrize(
    ("attackers", "expected"), [(("JPN",), MET), (("USA",), MET), (("IND",), OPEN), (("PHL", "USA"), MET), (None, OPEN)]
)
def test_the_treaty_of_1950_means_japan_and_whoever_is_allied_with_it(
    attackers: tuple[str, ...] | None, expected: Truth
) -> None:
    around = Surroundings(alliances=(Alliance("USA", "JPN", InForce.DEFINITE),))
    assert result(SINO_SOVIET, around, attackers=attackers, state_of_war=True, **ATTACK) is expected
    assert result(SINO_SOVIET, around, attackers=attackers, state_of_war=False, **ATTACK) is NOT


FRANCO_RUSSIAN = commitment(
    "franco-russian.1",
    Condition(KIND.ADVERSARY, "Germany.", "1.germany", names=(Named("DEU", is_state=True),)),
    Condition(KIND.ADVERSARY, "Or Italy.", "1.italy", alternative=2, names=(Named("ITA", is_state=True),)),
    Condition(KIND.SUPPORTED_BY, "Supported by Germany.", "1.behind", alternative=2, names=(Named("DEU"),)),
)


@pytest.mark.parametrize(
    ("attackers", "supported_by", "expected"),
    [(("DEU",), None, MET), (("ITA",), ("DEU",), MET), (("ITA",), ("GBR",), NOT), (("ITA",), None, OPEN),
     (("GBR",), ("DEU",), NOT), (("ITA", "DEU"), None, MET)],
)  # fmt: skip
def test_the_alliance_of_1894_means_germany_or_italy_with_germany_behind_it(
    attackers: tuple[str, ...], supported_by: tuple[str, ...] | None, expected: Truth
) -> None:
    assert result(FRANCO_RUSSIAN, attackers=attackers, supported_by=supported_by, **ATTACK) is expected


# -- the oracle


@dataclass(frozen=True)
class Atom:
    """A condition of which it is known, or not, whether its sentence is true."""

    fact: str
    alternative: int
    truth: bool | None


@dataclass(frozen=True)
class Owed:
    """A commitment as the oracle reads it: plain words, and None for what is unknown."""

    fact: str
    defence: bool
    legal: bool
    in_force: bool | None
    reaches: bool | None
    atoms: tuple[Atom, ...]


def unknowns(owed: tuple[Owed, ...]) -> list[str]:
    names = [f"{one.fact} in force" for one in owed if one.in_force is None]
    names += [f"{one.fact} reaches" for one in owed if one.reaches is None]
    return names + [atom.fact for one in owed for atom in one.atoms if atom.truth is None]


def completions(owed: tuple[Owed, ...], attack: bool | None) -> Iterator[Mapping[str, bool]]:
    """Yield every way in which the unknown may turn out."""
    names = [*unknowns(owed), *(["attack"] if attack is None else [])]
    for values in product([False, True], repeat=len(names)):
        yield {"attack": bool(attack)} | dict(zip(names, values, strict=True))


def is_owed(one: Owed, world: Mapping[str, bool]) -> bool:
    """Say in two values whether it is owed in a world in which everything is known."""
    in_force = world[f"{one.fact} in force"] if one.in_force is None else one.in_force
    reaches = world[f"{one.fact} reaches"] if one.reaches is None else one.reaches
    alternatives: dict[int, bool] = {}
    for atom in one.atoms:
        truth = world[atom.fact] if atom.truth is None else atom.truth
        alternatives[atom.alternative] = alternatives.get(atom.alternative, True) and truth
    conditions = any(alternatives.values()) if alternatives else True
    return in_force and reaches and conditions and (world["attack"] or not one.defence)


def told(values: set[bool]) -> Truth:
    return OPEN if len(values) == 2 else MET if values == {True} else NOT


def as_commitment(one: Owed) -> Commitment:
    conditions = [Condition(KIND.OTHER, "Read it.", atom.fact, alternative=atom.alternative) for atom in one.atoms]
    words = {True: InForce.PRESUMED, False: InForce.PENDING, None: InForce.POSSIBLE}
    return commitment(
        one.fact,
        *conditions,
        kind=CommitmentKind.DEFENCE if one.defence else CommitmentKind.MILITARY_AID,
        binding=Binding.LEGAL if one.legal else Binding.POLITICAL,
        in_force=words[one.in_force],
        when_it_began=InForce.DEFINITE if one.reaches else None,
    )


TRUTHS = st.sampled_from([True, False, None])


@st.composite
def obligations(draw: st.DrawFn) -> tuple[Owed, ...]:
    found = []
    for number in range(draw(st.integers(0, 3))):
        atoms = tuple(
            Atom(f"{number}.{i}", draw(st.integers(1, 2)), draw(TRUTHS)) for i in range(draw(st.integers(0, 4)))
        )
        # That a commitment surely does not reach back is nothing the rules ever say.
        reaches = draw(st.sampled_from([True, None]))
        found.append(Owed(str(number), draw(st.booleans()), draw(st.booleans()), draw(TRUTHS), reaches, atoms))
    return tuple(found)


INCIDENTS = {True: Incident.ARMED_ATTACK, False: Incident.THREAT, None: None}


@settings(max_examples=400, deadline=None, derandomize=True)
@given(obligations(), TRUTHS, st.booleans())
def test_the_answer_is_what_all_completions_of_the_unknown_say(
    owed: tuple[Owed, ...], attack: bool | None, covered: bool
) -> None:
    atoms = [atom for one in owed for atom in one.atoms]
    told_of = case(
        began=DAY - timedelta(days=1),
        incident=INCIDENTS[attack],
        met=frozenset(atom.fact for atom in atoms if atom.truth is True),
        not_met=frozenset(atom.fact for atom in atoms if atom.truth is False),
    )
    found = decide("A", "B", map(as_commitment, owed), told_of, COVERED if covered else NOWHERE)
    worlds = list(completions(owed, attack))
    for one in owed:
        (evaluated,) = (each for each in found.evaluated if each.commitment.fact == one.fact)
        assert evaluated.result is told({is_owed(one, world) for world in worlds})
    legal = [one for one in owed if one.legal]
    whole = told({any(is_owed(one, world) for one in legal) for world in worlds})
    without_a_must = Obligation.NO if whole is NOT and covered else Obligation.CANNOT_TELL
    assert found.answer is (Obligation.MUST if whole is MET else without_a_must)


# -- what more knowledge may do


STATES = ("X", "Y", "Z")
PLACES = {"sea": frozenset[str](), "bay": frozenset({"sea"}), "hill": frozenset({"land"}), "land": frozenset[str]()}
names = st.sets(st.sampled_from(STATES), max_size=2).map(lambda some: tuple(Named(x, is_state=True) for x in some))
places = st.sets(st.sampled_from(sorted(PLACES)), max_size=2).map(
    lambda some: tuple(Named(x, lies_in=PLACES[x]) for x in some)
)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    kind = draw(st.sampled_from(list(KIND)))
    named = draw(places) if kind is KIND.LOCATION else draw(names)
    return Condition(
        kind, "If so.", draw(st.text("abcdef", min_size=1, max_size=3)),
        negated=draw(st.booleans()), alternative=draw(st.integers(1, 2)), or_allies=draw(st.booleans()),
        at_least=draw(st.sampled_from([None, 1, 2])), names=named,
        role=draw(st.sampled_from([ConditionRole.TRIGGER] * 4 + [ConditionRole.MANNER])),
    )  # fmt: skip


@st.composite
def commitments(draw: st.DrawFn) -> Commitment:
    return commitment(
        draw(st.text("ghij", min_size=1, max_size=3)),
        *draw(st.lists(conditions(), max_size=4)),
        kind=draw(st.sampled_from(list(CommitmentKind))),
        binding=draw(st.sampled_from([Binding.LEGAL] * 3 + list(Binding))),
        in_force=draw(st.sampled_from([InForce.PRESUMED] * 3 + list(InForce))),
        when_it_began=draw(st.sampled_from([None, *InForce])),
    )


FLAGS = ("provoked", "state_of_war", "requested", "demand_refused")
some_states = st.sets(st.sampled_from(STATES), min_size=1).map(lambda some: tuple(sorted(some)))
INPUTS: dict[str, st.SearchStrategy[Any]] = {
    "incident": st.sampled_from(list(Incident)),
    "attackers": some_states,
    "supported_by": some_states,
    "place": st.sampled_from(sorted(PLACES)),
    "conflict": st.sampled_from(STATES),
    "council": st.sampled_from(list(CouncilAction)),
    **dict.fromkeys(FLAGS, st.booleans()),
}
alliances = st.builds(Alliance, st.sampled_from(STATES), st.sampled_from(STATES), st.sampled_from(list(InForce)))
coverings = st.builds(Covering, st.just("s"), st.none() | st.frozensets(st.sampled_from(["A", "B", *STATES])))


def asked(commitments: list[Commitment], given: dict[str, Any], around: Surroundings) -> Decision:
    lies_in = PLACES.get(given.get("place", ""), frozenset())
    about = case(began=DAY - timedelta(days=1), **given)
    return decide("A", "B", commitments, about, replace(around, place_lies_in=lies_in))


def results(decision: Decision) -> list[tuple[str, Truth]]:
    return sorted((one.commitment.fact, one.result) for one in decision.evaluated)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(
    st.lists(commitments(), max_size=3, unique_by=lambda one: one.fact),
    st.fixed_dictionaries({}, optional=INPUTS),
    st.fixed_dictionaries(INPUTS),
    st.sampled_from(sorted(INPUTS)),
    st.builds(
        Surroundings,
        alliances=st.lists(alliances, max_size=2).map(tuple),
        coverings=st.lists(coverings, max_size=1).map(tuple),
    ),
)
def test_saying_what_was_unknown_moves_only_what_could_not_be_told(
    some: list[Commitment],
    given_first: dict[str, Any],
    others: dict[str, Any],
    name: str,
    around: Surroundings,
) -> None:
    before, after = asked(some, given_first, around), asked(some, {name: others[name]} | given_first, around)
    for (fact, was), (_, now) in zip(results(before), results(after), strict=True):
        assert was in (OPEN, now), fact
    assert before.answer in (Obligation.CANNOT_TELL, after.answer)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    st.lists(commitments(), min_size=1, max_size=3, unique_by=lambda one: one.fact),
    st.lists(commitments(), max_size=2),
    conditions(),
    st.fixed_dictionaries({}, optional=INPUTS),
)
def test_more_facts_never_turn_a_yes_into_a_no_without_a_condition_that_says_why(
    some: list[Commitment], further: list[Commitment], condition: Condition, inputs: dict[str, Any]
) -> None:
    known = {one.fact for one in some}
    before = asked(some, inputs, NOWHERE)
    with_more = asked([*some, *(one for one in further if one.fact not in known)], inputs, COVERED)
    if before.answer is Obligation.MUST:
        assert with_more.answer is Obligation.MUST
    stricter = replace(condition, fact="new", alternative=1)
    after = asked([replace(one, conditions=(*one.conditions, stricter)) for one in some], inputs, COVERED)
    was = dict(results(before))
    for one in after.evaluated:
        if was[one.commitment.fact] is MET and one.result is not MET:
            assert all(reason.why for reason, _ in one.reasons)
            assert "new" in {fact for _, fact in one.reasons}


@settings(max_examples=300, deadline=None, derandomize=True)
@given(commitments(), st.fixed_dictionaries({}, optional=INPUTS))
def test_every_result_says_why(one: Commitment, inputs: dict[str, Any]) -> None:
    for found in asked([one], inputs, NOWHERE).evaluated:
        assert found.reasons
        assert all(reason.value is found.result and reason.why.endswith(".") for reason, _ in found.reasons)
        undecided = [reason for reason, _ in found.reasons if reason.value is OPEN]
        assert all(reason.settled_by for reason in undecided)


@pytest.mark.parametrize(
    ("said", "pointer", "message"),
    [
        ({"beneficiary": "A"}, "/query/beneficiary", "Nobody owes help to itself."),
        ({"attackers": ["C", "B"]}, "/query/attackers", "B is one of the two between whom help is owed"),
        ({"attackers": ["A"]}, "/query/attackers", "A is one of the two between whom help is owed"),
        ({"began": date(2000, 1, 2)}, "/query/began", "On 2000-01-01 it had not begun."),
    ],
)
def test_what_cannot_be_is_refused(said: dict[str, Any], pointer: str, message: str) -> None:
    values = {"bearer": "A", "beneficiary": "B", "on": date(2000, 1, 1)} | said
    with pytest.raises(InputError) as caught:
        list(obligation_rows([], values))
    (problem,) = caught.value.problems
    assert (problem.pointer, problem.message.startswith(message)) == (pointer, True)
