"""What the obligation test is told of a case, and whether a single condition is met in it.

Pure. What is left out is unknown, never no. A condition is read by its kind alone: what its sentence says beyond that
is for people, who may say with `met` and `not_met` what they make of it. Rules and sources: docs/decisions/0009.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from graph.days import InForce
from graph.kleene import either, swapped
from graph.model.vocabulary import ConditionKind, ConditionRole, CouncilAction, Incident, Truth

FACTS = "facts"
"""What settles a question that no parameter of the test can settle."""

SURE = frozenset({InForce.DEFINITE, InForce.PRESUMED})
"""How sure what is in force must be to be taken for a yes."""


@dataclass(frozen=True)
class Case:
    """What is asked: who attacked, where, what happened. None is unknown."""

    on: date
    began: date
    incident: Incident | None = None
    attackers: tuple[str, ...] | None = None
    attackers_are_states: bool | None = None
    supported: bool | None = None
    supported_by: tuple[str, ...] | None = None
    place: str | None = None
    conflict: str | None = None
    provoked: bool | None = None
    state_of_war: bool | None = None
    requested: bool | None = None
    demand_refused: bool | None = None
    council: CouncilAction | None = None
    met: frozenset[str] = frozenset()
    not_met: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Named:
    """Somebody or something that a condition names; `lies_in` are larger places, for a place."""

    key: str
    is_state: bool = False
    lies_in: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Condition:
    """A condition of a commitment. One that its kind implies has no fact of its own.

    One without an `alternative` belongs to each.
    """

    kind: ConditionKind
    sentence: str
    fact: str | None = None
    role: ConditionRole = ConditionRole.TRIGGER
    negated: bool = False
    alternative: int | None = 1
    or_allies: bool = False
    at_least: int | None = None
    names: tuple[Named, ...] = ()


@dataclass(frozen=True)
class Alliance:
    """That two actors are allies: one owes the other defence, as sure as `in_force` says."""

    one: str
    other: str
    in_force: InForce
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Covering:
    """A source that means to state all commitments of that day: everybody's, or those of these actors."""

    source: str
    actors: frozenset[str] | None = None

    def covers(self, *actors: str) -> bool:
        """Return whether it covers what these actors owe each other."""
        return self.actors is None or self.actors.issuperset(actors)


@dataclass(frozen=True)
class Surroundings:
    """What is known beside the commitments: names, where the place lies, who is whose ally, what sources cover."""

    names: Mapping[str, str] = field(default_factory=dict)
    place_lies_in: frozenset[str] = frozenset()
    alliances: tuple[Alliance, ...] = ()
    coverings: tuple[Covering, ...] = ()

    @cached_property
    def by_pair(self) -> Mapping[frozenset[str], list[Alliance]]:
        """The alliances of each pair; two hundred may attack, and each is held against all whom a condition names."""
        found: dict[frozenset[str], list[Alliance]] = {}
        for alliance in self.alliances:
            found.setdefault(frozenset({alliance.one, alliance.other}), []).append(alliance)
        return found

    def name(self, key: str) -> str:
        """Return the name of something as known, else its key."""
        return self.names.get(key, key)

    def listed(self, keys: Iterable[str], word: str) -> str:
        """Write names in a sentence: `A, B or C`."""
        *most, last = [self.name(key) for key in keys]
        return f"{', '.join(most)} {word} {last}" if most else last


@dataclass(frozen=True)
class Judged:
    """A value, the sentence that says why, what would settle it, and the facts it was found in."""

    value: Truth
    why: str
    settled_by: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


def judge(condition: Condition, case: Case, around: Surroundings) -> Judged:
    """Say whether a condition is met. Whatever has no rule, or lacks what its rule needs, cannot be told."""
    rule = _RULES.get(condition.kind)
    judged = rule(condition, case, around) if rule else _for_people(condition, case, around)
    if condition.negated:
        judged = Judged(swapped(judged.value), judged.why, judged.settled_by, judged.rests_on)
    return judged if judged.value is not Truth.CANNOT_TELL else _as_stated(condition, case) or judged


def _as_stated(condition: Condition, case: Case) -> Judged | None:
    """Take what the asker makes of a condition, where nothing else decides it and it is not said both ways."""
    said = {
        value
        for value, facts in ((Truth.MET, case.met), (Truth.NOT_MET, case.not_met))
        if condition.fact is not None and condition.fact in facts
    }
    return Judged(said.pop(), "So it is said by whoever asks.") if len(said) == 1 else None


def _unknown(why: str, *settled_by: str) -> Judged:
    return Judged(Truth.CANNOT_TELL, why, settled_by)


def _of(value: bool, why: str) -> Judged:
    return Judged(Truth.MET if value else Truth.NOT_MET, why)


_Rule = Callable[[Condition, Case, Surroundings], Judged]

_INCIDENTS: dict[ConditionKind, dict[Incident, Truth]] = {
    ConditionKind.ARMED_ATTACK: {
        Incident.ARMED_ATTACK: Truth.MET,
        Incident.THREAT: Truth.NOT_MET,
        Incident.MOBILISATION: Truth.NOT_MET,
    },
    ConditionKind.THREAT_OF_ATTACK: {Incident.ARMED_ATTACK: Truth.MET, Incident.THREAT: Truth.MET},
    ConditionKind.MOBILISATION: {Incident.MOBILISATION: Truth.MET, Incident.THREAT: Truth.NOT_MET},
}
"""What an incident says about a condition. What is not here cannot be told: whether force through others amounts to an
armed attack depends on its scale, and whoever attacks may or may not have mobilised."""

_WORDS = {
    Incident.ARMED_ATTACK: "an armed attack",
    Incident.THREAT: "a threat",
    Incident.MOBILISATION: "mobilisation",
    Incident.INDIRECT: "force through others",
}


def _incident(condition: Condition, case: Case, _: Surroundings) -> Judged:
    if case.incident is None:
        return _unknown("What happened is not said.", "incident")
    value = _INCIDENTS[condition.kind].get(case.incident, Truth.CANNOT_TELL)
    if value is Truth.CANNOT_TELL:
        return _unknown(f"What happened is {_WORDS[case.incident]}, which does not decide it.", "incident")
    return Judged(value, f"What happened is {_WORDS[case.incident]}.")


def _yes_or_no(name: str, yes: str, no: str, unknown: str, met_by: bool = True) -> _Rule:
    """Return the rule of a condition that one parameter of two values decides."""

    def rule(_: Condition, case: Case, __: Surroundings) -> Judged:
        said: bool | None = getattr(case, name)
        return _unknown(unknown, name) if said is None else _of(said is met_by, yes if said else no)

    return rule


def _adversary(condition: Condition, case: Case, around: Surroundings) -> Judged:
    if case.attackers is not None:
        return _somebody(condition, case.attackers, "attacks", case, around)
    only_states = bool(condition.names) and all(one.is_state for one in condition.names)
    if case.attackers_are_states is False and only_states and not condition.or_allies:
        return Judged(Truth.NOT_MET, "It names states, and those who attack are none.")
    return _unknown("Who attacks is not said.", "attackers")


def _supported_by(condition: Condition, case: Case, around: Surroundings) -> Judged:
    if case.supported_by is not None:
        return _somebody(condition, case.supported_by, "supports those who attack", case, around)
    if case.supported is False:
        return Judged(Truth.NOT_MET, "Nobody supports those who attack.")
    return _unknown("Who supports those who attack is not said.", "supported_by")


def _somebody(condition: Condition, who: tuple[str, ...], does: str, case: Case, around: Surroundings) -> Judged:
    """Look for one of those who do something among those a condition names, or among their allies."""
    named = [one.key for one in condition.names]
    if not named:
        return _unknown("It names nobody that is known here.", FACTS)
    found = [key for key in who if key in named]
    if found:
        return Judged(Truth.MET, f"{around.listed(found, 'and')} {does}.")
    if not condition.or_allies:
        return Judged(Truth.NOT_MET, f"{around.listed(named, 'or')} would have to; {around.listed(who, 'and')} {does}.")
    allied = [_allied(one, other, case, around) for one in who for other in named]
    value = either(one.value for one in allied)
    same = [one for one in allied if one.value is value]
    return Judged(
        value,
        " ".join(dict.fromkeys(one.why for one in same)),
        tuple(dict.fromkeys(name for one in same for name in one.settled_by)),
        tuple(dict.fromkeys(key for one in same for key in one.rests_on)),
    )


def _allied(one: str, other: str, case: Case, around: Surroundings) -> Judged:
    """Say whether one is an ally of another: whether either owes the other defence on that day."""
    pair = f"{around.name(one)} and {around.name(other)}"
    found = around.by_pair.get(frozenset({one, other}), [])
    sure = [alliance for alliance in found if alliance.in_force in SURE]
    if sure:
        return Judged(Truth.MET, f"{pair} are allies on {case.on}.", (), sure[0].rests_on)
    if any(alliance.in_force is InForce.POSSIBLE for alliance in found):
        return _unknown(f"{pair} may be allies on {case.on}, which is not certain.", FACTS)
    if case.attackers_are_states is False and case.attackers is not None and one in case.attackers:
        return Judged(Truth.NOT_MET, f"{around.name(one)} is no state, and no commitment of defence binds the two.")
    covering = next((source for source in around.coverings if source.covers(one, other)), None)
    if covering:
        return Judged(Truth.NOT_MET, f"{pair} are no allies on {case.on}, as {around.name(covering.source)} has it.")
    return _unknown(f"Whether {pair} are allies on {case.on} is not known.", FACTS)


def _location(condition: Condition, case: Case, around: Surroundings) -> Judged:
    named = {one.key for one in condition.names}
    if case.place is None:
        return _unknown("Where it happens is not said.", "place")
    if not named:
        return _unknown("It names no place that is known here.", FACTS)
    if case.place in named:
        return Judged(Truth.MET, f"It happens at {around.name(case.place)}.")
    larger = sorted(around.place_lies_in & named)
    if larger:
        return Judged(Truth.MET, f"{around.name(case.place)} lies in {around.listed(larger, 'and')}.")
    return _elsewhere(condition, case.place, around)


def _elsewhere(condition: Condition, place: str, around: Surroundings) -> Judged:
    """Judge a place that is not known to lie in those a condition names: it may hold one, or lie anywhere."""
    named, where = sorted(one.key for one in condition.names), around.name(place)
    if any(place in one.lies_in for one in condition.names):
        return _unknown(f"Only a part of {where} lies there.", "place")
    # A place of which no larger one is recorded may lie anywhere.
    if not around.place_lies_in:
        return _unknown(f"In which larger place {where} lies is not known.", FACTS)
    lies_in = around.listed(sorted(around.place_lies_in), "and")
    return Judged(Truth.NOT_MET, f"{where} lies in {lies_in}, and not in {around.listed(named, 'or')}.")


def _conflict(condition: Condition, case: Case, around: Surroundings) -> Judged:
    named = [one.key for one in condition.names]
    if case.conflict is None:
        return _unknown("Which conflict it belongs to is not said.", "conflict")
    if not named:
        return _unknown("It names no conflict that is known here.", FACTS)
    return _of(case.conflict in named, f"It belongs to {around.name(case.conflict)}.")


def _number_of_adversaries(condition: Condition, case: Case, _: Surroundings) -> Judged:
    if condition.at_least is None:
        return _unknown("How many there must be is said in its sentence alone.", FACTS)
    if case.attackers is None:
        return _unknown("Who attacks, and so how many they are, is not said.", "attackers")
    number = len(set(case.attackers))
    return _of(number >= condition.at_least, f"{number} attack, and it takes {condition.at_least} or more.")


_COUNCIL = {
    CouncilAction.AUTHORISED: (Truth.MET, "The Security Council has authorised help."),
    CouncilAction.MEASURES: (
        Truth.NOT_MET,
        "The Security Council has taken the measures necessary, so that self-defence ends (Charter, 51).",
    ),
    CouncilAction.FORBADE: (Truth.NOT_MET, "The Security Council has decided that nobody shall step in."),
}


def _un_charter(_: Condition, case: Case, __: Surroundings) -> Judged:
    if case.council is None:
        return _unknown("What the Security Council has done is not said.", "council")
    if case.council in _COUNCIL:
        return Judged(*_COUNCIL[case.council])
    if case.incident is Incident.ARMED_ATTACK:
        return Judged(Truth.MET, "It is an armed attack, and the Security Council has taken no measures (Charter, 51).")
    return _unknown("The Security Council has done nothing, and an armed attack is not said.", "incident")


def _for_people(condition: Condition, _: Case, __: Surroundings) -> Judged:
    return _unknown(_FOR_PEOPLE.get(condition.kind, "Its sentence has to be read."), FACTS)


_FOR_PEOPLE = {
    ConditionKind.OWN_JUDGEMENT: "The one who owes it judges for itself.",
    ConditionKind.PERFORMANCE_BY_OTHER: "Whether the other performs its part is not known.",
    ConditionKind.OWN_LAW: "What its own law allows is not known.",
    ConditionKind.CONSULTATION_FIRST: "Whether they have consulted is not known.",
}
"""Kinds that no parameter decides, with what is not known."""

_RULES: dict[ConditionKind, _Rule] = {
    ConditionKind.ARMED_ATTACK: _incident,
    ConditionKind.THREAT_OF_ATTACK: _incident,
    ConditionKind.MOBILISATION: _incident,
    ConditionKind.STATE_OF_WAR: _yes_or_no(
        "state_of_war",
        "There is a state of war.",
        "There is no state of war.",
        "Whether there is a state of war is not said.",
    ),
    ConditionKind.UNPROVOKED: _yes_or_no(
        "provoked", "It was provoked.", "It was not provoked.", "Whether it was provoked is not said.", met_by=False
    ),
    ConditionKind.REQUEST: _yes_or_no(
        "requested", "Help was asked for.", "Help was not asked for.", "Whether help was asked for is not said."
    ),
    ConditionKind.REFUSAL_OF_DEMAND: _yes_or_no(
        "demand_refused",
        "A demand was refused.",
        "No demand was refused.",
        "Whether a demand was refused is not said.",
    ),
    ConditionKind.ADVERSARY: _adversary,
    ConditionKind.SUPPORTED_BY: _supported_by,
    ConditionKind.LOCATION: _location,
    ConditionKind.CONFLICT: _conflict,
    ConditionKind.NUMBER_OF_ADVERSARIES: _number_of_adversaries,
    ConditionKind.UN_CHARTER: _un_charter,
}
