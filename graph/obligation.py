"""The obligation test: must one state help another that is attacked, by which clause, and what would settle it?

Pure: the commitments of the one to the other on a day go in, a verdict comes out. `graph.obligation_rows` reads the
facts from rows and writes the answer as rows. Rules and sources: docs/decisions/0009.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.circumstances import FACTS, SURE, Case, Condition, Judged, Surroundings, judge
from graph.days import InForce
from graph.kleene import either, together
from graph.model.vocabulary import Binding, CommitmentKind, ConditionKind, ConditionRole, Obligation, Truth

HELP = frozenset(
    {
        CommitmentKind.DEFENCE,
        CommitmentKind.GUARANTEE,
        CommitmentKind.MILITARY_AID,
        CommitmentKind.TROOP_PROVISION,
        CommitmentKind.ARMS_SUPPLY,
    }
)
"""Kinds of commitment that are help against an attack. Only these answer the question."""

BESIDE = frozenset(
    {
        CommitmentKind.CONSULTATION,
        CommitmentKind.POLITICAL_SUPPORT,
        CommitmentKind.OFFENCE,
        CommitmentKind.INTELLIGENCE_SHARING,
        CommitmentKind.BASE_ACCESS,
        CommitmentKind.TRANSIT,
        CommitmentKind.NON_USE_OF_TERRITORY,
        CommitmentKind.NO_AID_TO_ENEMIES,
        CommitmentKind.NO_SEPARATE_PEACE,
    }
)
"""Kinds that are no help against an attack, but may be owed because of one: shown, and never the answer."""

STAYS_OUT = frozenset({CommitmentKind.NEUTRALITY, CommitmentKind.NON_AGGRESSION, CommitmentKind.NO_AID_TO_ENEMIES})
"""What, owed to an attacker, stands against helping the one attacked."""

Reason = tuple[Judged, str | None]
"""A value with the fact of the condition it was judged for, None where it is no condition of its own."""

_INCIDENTS = {ConditionKind.ARMED_ATTACK, ConditionKind.THREAT_OF_ATTACK, ConditionKind.MOBILISATION}
_NOT_OWED = {InForce.PENDING, InForce.SUSPENDED}


@dataclass(frozen=True)
class Commitment:
    """A commitment between the two on the day asked about.

    `when_it_began` is how sure it was on the day on which the incident began, None where it did not hold then.
    `owed_to_all` says that it is owed to all parties together. `shown` is what an answer tells of it beside that.
    """

    fact: str
    kind: CommitmentKind
    binding: Binding
    in_force: InForce
    when_it_began: InForce | None
    awaits: tuple[str, ...] = ()
    owed_to_all: bool = False
    conditions: tuple[Condition, ...] = ()
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def decides(self) -> bool:
        """Whether it can answer the question: it is help, and binds by law."""
        return self.kind in HELP and self.binding is Binding.LEGAL

    @property
    def could_apply(self) -> bool:
        """Whether an incident may call for it at all."""
        return self.kind in HELP or self.kind in BESIDE


@dataclass(frozen=True)
class Element:
    """A condition as judged. `judged` is None where it never decides, since it says only how."""

    condition: Condition
    judged: Judged | None


@dataclass(frozen=True)
class Evaluated:
    """A commitment with its result, from the grounds on which it stands at all and from each condition."""

    commitment: Commitment
    result: Truth
    grounds: tuple[Judged, ...]
    elements: tuple[Element, ...]

    @property
    def reasons(self) -> list[Reason]:
        """What makes the result what it is, each with the fact of its condition, if it is one of its own."""
        found: list[Reason] = [(one, None) for one in self.grounds]
        alternatives = [(some, together(one.value for one, _ in some)) for some in _alternatives(self.elements)]
        if either(value for _, value in alternatives) is self.result:
            found += [one for some, value in alternatives if value is self.result for one in some]
        return list(dict.fromkeys(one for one in found if one[0].value is self.result))


@dataclass(frozen=True)
class Decision:
    """The whole answer: the verdict, every commitment as evaluated, and the sources that cover the pair."""

    answer: Obligation
    evaluated: tuple[Evaluated, ...]
    covered_by: tuple[str, ...]

    @property
    def open(self) -> tuple[Evaluated, ...]:
        """The commitments that leave the answer open: with none of them it would be no, if a source covers the pair."""
        if self.answer is not Obligation.CANNOT_TELL:
            return ()
        return tuple(one for one in self.evaluated if _counts(one) and one.result is not Truth.NOT_MET)


def decide(
    bearer: str, beneficiary: str, commitments: Iterable[Commitment], case: Case, around: Surroundings
) -> Decision:
    """Evaluate every commitment that could apply and join the results. The deciding and stronger ones come first."""
    found = sorted((evaluate(one, case, around) for one in commitments if one.could_apply), key=_place)
    covered_by = tuple(sorted(one.source for one in around.coverings if one.covers(bearer, beneficiary)))
    return Decision(_answer(found, bool(covered_by)), tuple(found), covered_by)


def _place(one: Evaluated) -> tuple[bool, int, str]:
    strongest_first = (Truth.MET, Truth.CANNOT_TELL, Truth.NOT_MET)
    return not one.commitment.decides, strongest_first.index(one.result), one.commitment.fact


def _counts(one: Evaluated) -> bool:
    """Return whether it has a say: what sources disagree on may bind by law, so it is never a yes, but hinders a no."""
    return one.commitment.kind in HELP and one.commitment.binding is not Binding.POLITICAL


def _answer(evaluated: Sequence[Evaluated], covered: bool) -> Obligation:
    if any(one.result is Truth.MET for one in evaluated if one.commitment.decides):
        return Obligation.MUST
    none = all(one.result is Truth.NOT_MET for one in evaluated if _counts(one))
    return Obligation.NO if none and covered else Obligation.CANNOT_TELL


def evaluate(commitment: Commitment, case: Case, around: Surroundings) -> Evaluated:
    """Evaluate one commitment, condition by condition."""
    conditions = (*commitment.conditions, *_implied(commitment))
    elements = tuple(_element(one, case, around) for one in conditions)
    grounds = tuple(_grounds(commitment, case))
    owed = either(together(one.value for one, _ in some) for some in _alternatives(elements))
    result = together([*(one.value for one in grounds), owed])
    return Evaluated(commitment, result, grounds, elements)


def _element(condition: Condition, case: Case, around: Surroundings) -> Element:
    decides = condition.role is ConditionRole.TRIGGER
    return Element(condition, judge(condition, case, around) if decides else None)


def _alternatives(elements: Iterable[Element]) -> list[list[Reason]]:
    """Group what must hold together; without any trigger there is one group with nothing in it."""
    groups: dict[int | None, list[Reason]] = {}
    for one in elements:
        if one.judged is not None:
            groups.setdefault(one.condition.alternative, []).append((one.judged, one.condition.fact))
    in_each = groups.pop(None, [])
    return [[*some, *in_each] for some in groups.values()] or [in_each]


_IMPLIED = {
    CommitmentKind.DEFENCE: "An armed attack, since it is a commitment of defence.",
    CommitmentKind.GUARANTEE: "What is guaranteed is violated, as by an armed attack.",
}


def _implied(commitment: Commitment) -> Iterator[Condition]:
    """Yield the armed attack that a kind implies, in each alternative whose text names no incident of its own."""
    sentence = _IMPLIED.get(commitment.kind)
    if sentence is None:
        return
    triggers = [one for one in commitment.conditions if one.role is ConditionRole.TRIGGER]
    alternatives = {one.alternative for one in triggers}
    named = {one.alternative for one in triggers if one.kind in _INCIDENTS and not one.negated}
    for alternative in sorted(alternatives - named, key=str) if named else [None]:
        yield Condition(ConditionKind.ARMED_ATTACK, sentence, alternative=alternative)


def _grounds(commitment: Commitment, case: Case) -> Iterator[Judged]:
    yield _holds(commitment, case)
    if case.began < case.on:
        yield _reaches_back(commitment, case)
    if commitment.owed_to_all:
        why = "It is owed to all parties together; whether one of them can claim it, its text has to say."
        yield Judged(Truth.CANNOT_TELL, why, (FACTS,))


def _holds(commitment: Commitment, case: Case) -> Judged:
    sure = f"{commitment.in_force} on {case.on}"
    if commitment.in_force in SURE:
        return Judged(Truth.MET, f"It is {sure}.")
    if commitment.in_force in _NOT_OWED:
        awaits = f"; it awaits {', '.join(commitment.awaits)}" if commitment.awaits else ""
        return Judged(Truth.NOT_MET, f"It is {sure}, and so not owed{awaits}.")
    return Judged(Truth.CANNOT_TELL, f"That it is in force is only {sure}.", (FACTS,))


def _reaches_back(commitment: Commitment, case: Case) -> Judged:
    """Say whether it was there when an older incident began: a treaty looks forward, unless it says so (VCLT 28)."""
    if commitment.when_it_began in SURE:
        return Judged(Truth.MET, f"It was there on {case.began}, when the incident began.")
    why = f"The incident began on {case.began}, when it was not surely in force; a treaty binds for what comes after"
    return Judged(Truth.CANNOT_TELL, f"{why} (VCLT 28).", (FACTS,))
