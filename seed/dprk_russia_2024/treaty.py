"""`clauses.csv`: what the treaty of 2024 says: provisions, commitments with their conditions, terms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from graph.model import Record
from graph.model.entities import Provision
from graph.model.facts import Commitment, Condition, Term
from graph.model.vocabulary import (
    Bearers,
    Beneficiaries,
    Binding,
    CommitmentKind,
    ConditionKind,
    ConditionRole,
    Extent,
    TermKind,
)
from seed.dprk_russia_2024.cast import TREATY
from seed.dprk_russia_2024.tables import Sources, sentence
from seed.reading import Row
from seed.recipes import Recipe

DEFENCE = f"{TREATY}.4.defence"

# A cell that holds two conditions joins them with one of these.
_JOINED = re.compile(r" that | and ")


@dataclass(frozen=True)
class _If:
    """A condition: where its words stand, as a column and the how manieth part of it."""

    kind: ConditionKind
    role: ConditionRole
    column: str
    part: int = 0


@dataclass(frozen=True)
class _Clause:
    """What a row becomes: a provision, and a commitment under it, of which the rows `told_by` tell as well."""

    provision: str
    commitment: str
    kind: CommitmentKind
    extent: Extent = Extent.NOT_SAID
    conditions: tuple[_If, ...] = ()
    told_by: tuple[str, ...] = ()


CLAUSES = {
    "3 consultation": _Clause(
        "3",
        "3.consultation",
        CommitmentKind.CONSULTATION,
        conditions=(_If(ConditionKind.THREAT_OF_ATTACK, ConditionRole.TRIGGER, "trigger"),),
    ),
    "4 mutual military aid": _Clause(
        "4",
        "4.defence",
        CommitmentKind.DEFENCE,
        Extent.ALL_MEANS,
        (
            _If(ConditionKind.ARMED_ATTACK, ConditionRole.TRIGGER, "trigger"),
            _If(ConditionKind.STATE_OF_WAR, ConditionRole.TRIGGER, "trigger", 1),
            _If(ConditionKind.UN_CHARTER, ConditionRole.MANNER, "qualifier"),
            _If(ConditionKind.OWN_LAW, ConditionRole.MANNER, "qualifier", 1),
        ),
        told_by=("A06",),
    ),
    "5 no hostile agreements": _Clause("5", "5.no-hostile-agreements", CommitmentKind.NO_HOSTILE_AGREEMENTS),
    # The file puts it under article 5 and adds that the excerpts do not say so: hence a provision of its own.
    "5 no use of territory": _Clause("5.territory", "5.non-use-of-territory", CommitmentKind.NON_USE_OF_TERRITORY),
    "8 joint defence measures": _Clause("8", "8.joint-defence-measures", CommitmentKind.JOINT_DEFENCE_MEASURES),
}


def recipes(sources: Sources) -> Iterator[Recipe]:
    """Yield the recipes of the clauses."""
    for row, clause in CLAUSES.items():
        yield Recipe((row, *clause.told_by), partial(_clause, sources, clause))
    yield Recipe(("22 entry into force",), partial(_entry_into_force, sources))
    yield Recipe(("duration",), partial(_duration, sources))


def _provision(row: Row, name: str) -> Provision:
    text = sentence(row["content"])
    # A qualifier about the excerpts is no part of the law: it says how sure the article's number is.
    if row["qualifier"].startswith("article number"):
        text = f"{text} ({sentence(row['qualifier'])})"
    return Provision(
        key=f"{TREATY}.{name}",
        article=row["clause"] or None,
        heading=sentence(row["obligation_type"]).rstrip("."),
        text=text,
        language="en",
        of=TREATY,
    )


def _clause(sources: Sources, clause: _Clause, row: Row, *told_by: Row) -> Iterator[Record]:
    provision = _provision(row, clause.provision)
    yield provision
    key = f"{TREATY}.{clause.commitment}"
    yield Commitment(
        key=key,
        kind=clause.kind,
        text=sentence(row["content"]),
        bearers=Bearers.EACH_PARTY,
        beneficiaries=Beneficiaries.EACH_OTHER_PARTY,
        binding=Binding.LEGAL,
        extent=clause.extent,
        under=TREATY,
        arises_from=provision.key,
        attested_by=sources.attest(row, *told_by),
    )
    for condition in clause.conditions:
        yield _condition(sources, key, condition, row)


def _condition(sources: Sources, commitment: str, condition: _If, row: Row) -> Condition:
    parts = _JOINED.split(row[condition.column])
    if not parts[condition.part :] or not parts[condition.part]:
        raise ValueError(f"{condition.column} does not say the condition {condition.kind}.")
    return Condition(
        key=f"{commitment}.{condition.kind.replace('_', '-')}",
        kind=condition.kind,
        sentence=sentence(parts[condition.part]),
        role=condition.role,
        of=commitment,
        attested_by=sources.attest(row),
    )


def _entry_into_force(sources: Sources, row: Row) -> Iterator[Record]:
    provision = _provision(row, "22")
    yield provision
    yield _term(sources, row, provision, TermKind.ENTRY_INTO_FORCE, row["trigger"])
    # Instruments of ratification are exchanged, so consent is by ratification (VCLT 14, 16).
    yield _term(sources, row, provision, TermKind.CONSENT, row.find("trigger", r"instruments of (\w+)"))


def _duration(sources: Sources, row: Row) -> Iterator[Record]:
    provision = _provision(row, "duration")
    yield provision
    yield _term(sources, row, provision, TermKind.DURATION, row["content"])


def _term(sources: Sources, row: Row, provision: Provision, kind: TermKind, value: str) -> Term:
    return Term(
        key=f"{TREATY}.term.{kind.replace('_', '-')}",
        kind=kind,
        value=value,
        sentence=sentence(row["content"]),
        of=TREATY,
        provision=provision.key,
        attested_by=sources.attest(row),
    )
