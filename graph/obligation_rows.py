"""The obligation test as the question `obligation_test` has it: facts read from one row, the answer written as rows.

`graph.obligation` decides; nothing is decided here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from graph.circumstances import FACTS, Alliance, Case, Covering, Surroundings
from graph.errors import InputError, Problem, pointer
from graph.model.vocabulary import Binding, Obligation, Truth
from graph.obligation import STAYS_OUT, Commitment, Decision, Element, Evaluated, Reason, decide

TAKES = ("commitments", "conflicts", "place_lies_in", "coverings", "alliances", "clauses", "names")
READS = (
    "incident", "attackers", "attackers_are_states", "supported", "supported_by", "place", "conflict", "provoked",
    "state_of_war", "requested", "demand_refused", "council",
)  # fmt: skip
"""Parameters that the case takes as they are."""
USES = frozenset({*READS, "met", "not_met"})

COLUMNS = (
    "position", "part", "answer", "result", "sentence", "decides", "kind", "text", "binding", "towards", "agreement",
    "agreement_title", "article", "clause", "in_force", "conditions", "acts", "reservations", "settled_by", "evidence",
    "rests_on", "fact",
)  # fmt: skip
_LISTS = ("conditions", "acts", "reservations", "settled_by", "evidence", "rests_on")

Row = dict[str, Any]


def obligation_rows(rows: Sequence[Sequence[Any]], values: Mapping[str, Any]) -> Iterator[list[Any]]:
    """Yield the rows of the answer, none where one of the two is not known by then.

    Raises InputError for what cannot be: who helps or attacks itself, attackers among the two, an incident to come.
    """
    if problems := [*_impossible(values)]:
        raise InputError(problems)
    for row in rows:
        yield from _numbered(_answer_to(dict(zip(TAKES, row, strict=True)), values))


def _impossible(values: Mapping[str, Any]) -> Iterator[Problem]:
    bearer, beneficiary = values["bearer"], values["beneficiary"]
    if bearer == beneficiary:
        yield Problem(pointer("query", "beneficiary"), "Nobody owes help to itself.", "Name two states.")
    for one in {bearer, beneficiary} & set(values.get("attackers") or ()):
        message = f"{one} is one of the two between whom help is owed, and so no attacker here."
        yield Problem(pointer("query", "attackers"), message, "Ask what others owe to the one that is attacked.")
    if (began := values.get("began")) and began > values["on"]:
        hint = "`on` is the day asked about, `began` that of the attack or an earlier one."
        yield Problem(pointer("query", "began"), f"On {values['on']} it had not begun.", hint)


def _numbered(rows: Iterable[Row]) -> Iterator[list[Any]]:
    for position, row in enumerate(rows, 1):
        whole = dict.fromkeys(COLUMNS) | {name: [] for name in _LISTS} | {"position": position} | row
        yield [whole[name] for name in COLUMNS]


def _answer_to(found: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[Row]:
    bearer, beneficiary = values["bearer"], values["beneficiary"]
    around, clauses = _surroundings(found), {one["key"]: one for one in found["clauses"]}
    commitments = [_commitment(one) for one in found["commitments"]]
    decision = decide(bearer, beneficiary, commitments, _case(values), around)
    told = _Told(decision, clauses, around, (bearer, beneficiary), str(values["on"]))
    yield told.verdict()
    yield from map(told.commitment, decision.evaluated)
    yield from (told.conflict(one) for one in found["conflicts"] if one["kind"] in STAYS_OUT)
    yield from told.open()


# -- what comes in


_CASE = TypeAdapter(Case)
_COMMITMENT = TypeAdapter(Commitment)
_ALLIANCE = TypeAdapter(Alliance)


def _case(values: Mapping[str, Any]) -> Case:
    given = {name: values.get(name) for name in READS}
    said = {name: values.get(name) or () for name in ("met", "not_met")}
    began = values.get("began") or values["on"]
    return _CASE.validate_python({"on": values["on"], "began": began, **given, **said})


def _surroundings(found: Mapping[str, Any]) -> Surroundings:
    return Surroundings(
        {one["key"]: one["name"] for one in found["names"] if one["name"]},
        frozenset(found["place_lies_in"]),
        tuple(
            _ALLIANCE.validate_python(one | {"rests_on": [one["fact"], *one["rests_on"]]}) for one in found["alliances"]
        ),
        tuple(Covering(one["source"], frozenset(one["actors"]) or None) for one in found["coverings"]),
    )


_SHOWN = ("text", "agreement", "provision", "acts", "reservations", "evidence", "rests_on")


def _commitment(found: Mapping[str, Any]) -> Commitment:
    return _COMMITMENT.validate_python({**found, "shown": {name: found[name] for name in _SHOWN}})


# -- what goes out


@dataclass(frozen=True)
class _Told:
    """A decision about a pair, told as rows, with names and clauses at hand."""

    decision: Decision
    clauses: Mapping[str, Mapping[str, Any]]
    around: Surroundings
    pair: tuple[str, str]
    on: str

    def verdict(self) -> Row:
        """Return the row of the answer, which rests on what decides it: commitments, or else who covers the pair."""
        decision = self.decision
        deciding = self._met() or decision.open
        evidence = [stated for one in deciding for stated in one.commitment.shown["evidence"]]
        if decision.answer is Obligation.NO:
            says = "covers the commitments of both on that day"
            evidence = [{"source": key, "locator": says, "quote": None} for key in decision.covered_by]
        return {
            "part": "answer",
            "answer": decision.answer,
            "sentence": self._sentence(),
            "towards": self.pair[1],
            "evidence": _each_once(evidence),
            "rests_on": [one.commitment.fact for one in deciding],
            "fact": self.pair[0],
        }

    def commitment(self, one: Evaluated) -> Row:
        """Return the row of a commitment as evaluated."""
        shown = one.commitment.shown
        return self._clause(shown) | {
            "part": "commitment",
            "result": one.result,
            "sentence": " ".join([*(reason.why for reason, _ in one.reasons), *_why_beside(one.commitment)]),
            "decides": one.commitment.decides,
            "kind": one.commitment.kind,
            "binding": one.commitment.binding,
            "towards": self.pair[1],
            "in_force": one.commitment.in_force,
            "conditions": [_judged(element) for element in one.elements],
            "acts": shown["acts"],
            "reservations": shown["reservations"],
            "rests_on": _each_once([*shown["rests_on"], *_facts(one.reasons)]),
            "fact": one.commitment.fact,
        }

    def conflict(self, found: Mapping[str, Any]) -> Row:
        """Return the row of what is owed to an attacker and stands against helping."""
        who, whom = self.around.name(self.pair[0]), self.around.name(found["towards"])
        owed = f"{who} owes {whom} {found['kind'].replace('_', ' ')}"
        return self._clause(found) | {
            "part": "conflict",
            "sentence": f"{owed} ({found['in_force']} on {self.on}), which changes nothing in the answer.",
            "kind": found["kind"],
            "binding": found["binding"],
            "towards": found["towards"],
            "in_force": found["in_force"],
            "rests_on": found["rests_on"],
            "fact": found["fact"],
        }

    def open(self) -> Iterator[Row]:
        """Yield what would settle an answer that cannot be told: a row a condition, a commitment, or for the pair."""
        for one in self.decision.open:
            yield from self._open(one)
        if self.decision.answer is Obligation.CANNOT_TELL and not self.decision.covered_by:
            two = self.around.listed(self.pair, "and")
            yield self._settles(
                self.pair[0], f"A no needs a source that covers all that {two} owe each other on {self.on}."
            )

    def _open(self, one: Evaluated) -> Iterator[Row]:
        commitment = one.commitment
        missing: dict[str, list[tuple[str, str]]] = {}
        for reason, fact in one.reasons:
            for name in reason.settled_by:
                missing.setdefault(fact or commitment.fact, []).append((reason.why, name))
        if commitment.binding is Binding.CONTESTED:
            missing.setdefault(commitment.fact, []).append(("Sources disagree whether it binds by law.", FACTS))
        for fact, said in missing.items():
            inputs = [name for _, name in said if name != FACTS]
            # Whoever reads the sentence of a condition may say what he makes of it.
            by_reading = ["met", "not_met"] if fact != commitment.fact and len(inputs) < len(said) else []
            why = " ".join(_each_once(why for why, _ in said))
            yield self._settles(fact, why, [*_each_once(inputs), *by_reading]) | {
                "evidence": commitment.shown["evidence"],
                "rests_on": [commitment.fact],
            }

    def _settles(self, fact: str, sentence: str, settled_by: Sequence[str] = ()) -> Row:
        return {
            "part": "open",
            "sentence": sentence,
            "towards": self.pair[1],
            "settled_by": list(settled_by),
            "fact": fact,
        }

    def _clause(self, shown: Mapping[str, Any]) -> Row:
        agreement = self.clauses.get(shown["agreement"] or "", {})
        provision = self.clauses.get(shown["provision"] or "", {})
        return {
            "text": shown["text"],
            "agreement": shown["agreement"],
            "agreement_title": agreement.get("title"),
            "article": provision.get("article"),
            "clause": provision.get("text"),
            "evidence": shown["evidence"],
        }

    def _met(self) -> list[Evaluated]:
        return [one for one in self.decision.evaluated if one.commitment.decides and one.result is Truth.MET]

    def _sentence(self) -> str:
        bearer, beneficiary = map(self.around.name, self.pair)
        match self.decision.answer:
            case Obligation.MUST:
                return f"{bearer} must help {beneficiary}: {self._cited(self._met())}."
            case Obligation.NO:
                covering = self.around.listed(self.decision.covered_by, "and")
                return f"{bearer} need not help {beneficiary}: nothing it owes calls for it, and {covering} has it all."
        if self.decision.open:
            cited = self._cited(self.decision.open)
            return f"Whether {bearer} must help {beneficiary} cannot be told: it depends on {cited}."
        return f"Nothing known here obliges {bearer} to help {beneficiary}, but no source covers all that it owes."

    def _cited(self, some: Iterable[Evaluated]) -> str:
        return "; ".join(_each_once(self._citation(one) for one in some))

    def _citation(self, one: Evaluated) -> str:
        clause = self._clause(one.commitment.shown)
        title = clause["agreement_title"] or clause["agreement"] or (clause["text"] or one.commitment.fact).rstrip(".")
        return f"article {clause['article']} of {title}" if clause["article"] else str(title)


def _why_beside(commitment: Commitment) -> Iterator[str]:
    if commitment.binding is not Binding.LEGAL:
        why = (
            "Sources disagree whether it binds by law"
            if commitment.binding is Binding.CONTESTED
            else "It binds politically"
        )
        yield f"{why}, so it is no must."
    elif not commitment.decides:
        yield "It is no help against an attack, so it does not answer the question."


def _judged(element: Element) -> Row:
    condition, judged = element.condition, element.judged
    return {
        "fact": condition.fact,
        "kind": condition.kind,
        "role": condition.role,
        "alternative": condition.alternative,
        "negated": condition.negated,
        "sentence": condition.sentence,
        "value": judged.value if judged else None,
        "why": judged.why if judged else "It says only how.",
    }


def _facts(reasons: Iterable[Reason]) -> Iterator[str]:
    """Yield the conditions that make a result what it is, and the facts in which they were found."""
    for judged, fact in reasons:
        yield from filter(None, (fact, *judged.rests_on))


def _each_once(values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found
