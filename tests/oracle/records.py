"""Translates a world into the records that the derivation takes; the only place here that knows the model."""

from datetime import date, timedelta
from typing import Any

from graph.days import EndConvention
from graph.model.facts import Act, Claim, Commitment, Participation, Reservation, Succession, Term
from graph.model.records import Fact
from tests.oracle import worlds
from tests.oracle.worlds import FAR, NEVER

UNIT = "treaty"
SOURCE: Any = [{"source": "s"}]
EVE = date(2000, 1, 31)
"""The day before day 1; the window runs over the end of a February that has 29 days."""


def day_of(number: int) -> date:
    """Return the date of a day's number."""
    if number == 0:
        return date.min
    if number >= FAR:
        return date.max - timedelta(days=1) if number == FAR else date.max
    return EVE + timedelta(days=number)


def number_of(day: date) -> int:
    """Return the number of a date; one outside the window counts as the nearest the window knows."""
    if day == date.min:
        return 0
    if day == date.max:
        return NEVER
    return (day - EVE).days


def facts_of(world: worlds.World) -> list[Fact]:
    """Return a world's records."""
    facts: list[Fact] = []
    for act in world.acts:
        facts.append(_act(act))
        if act.denied:
            facts.append(_denial(act.key))
    facts += [
        Participation(key=p.key, of=p.of, agreement=UNIT, basis="reported", spell=p.spell, span=_span(p.limits),
                      attested_by=SOURCE)
        for p in world.parts
    ]  # fmt: skip
    facts += [
        Succession(key=e.key, kind="dissolution", ends_predecessor=True, day=_day(e.day), predecessor=e.of,
                   successor="X", attested_by=SOURCE)
        for e in world.endings
    ]  # fmt: skip
    facts += [_clause(clause) for clause in world.clauses]
    facts += [_reserve(reserve) for reserve in world.reserves]
    return [*facts, *_terms(world)]


def _terms(world: worlds.World) -> list[Fact]:
    told = []
    if world.duration is not None:
        told.append(("duration", "indefinite" if world.duration == "indefinite" else f"{world.duration} days"))
    if world.renews:
        told.append(("renewal", "renewed by silence"))
    if world.signature_binds:
        told.append(("consent", "signature"))
    return [Term(key=f"term.{kind}", kind=kind, value=value, of=UNIT, attested_by=SOURCE) for kind, value in told]


def _day(days: worlds.Days) -> str:
    lo, hi = days
    return day_of(lo).isoformat() if lo == hi else f"[{day_of(lo).isoformat()}..{day_of(hi).isoformat()}]"


def _span(limits: worlds.Limits) -> Any:
    begins = limits.begins if isinstance(limits.begins, str) else _day(limits.begins)
    ends = limits.ends if isinstance(limits.ends, str) else _day(limits.ends)
    convention = {
        False: EndConvention.FIRST_DAY_WITHOUT,
        True: EndConvention.LAST_DAY_WITH,
        None: EndConvention.NOT_SAID,
    }[limits.last_day]
    verified = None if limits.verified is None else day_of(limits.verified)
    return {"begins": begins, "ends": ends, "ends_are": convention, "verified_on": verified}


def _act(act: worlds.Act) -> Act:
    return Act(
        key=act.key, kind=act.kind, by=act.by, day=_day(act.day), on=UNIT, spell=act.spell, binds=act.binds,
        effect_day=None if act.effect is None else _day(act.effect), not_yet=act.not_yet, revokes=act.revokes,
        verified_on=None if act.verified is None else day_of(act.verified), attested_by=SOURCE,
    )  # fmt: skip


def _denial(key: str) -> Claim:
    return Claim(
        key=f"denial.{key}", stance="denies", towards="fact", sentence="It did not happen.", made_on="2003",
        claimant_as_written="somebody", about=[key], attested_by=SOURCE,
    )  # fmt: skip


def _clause(clause: worlds.Clause) -> Commitment:
    words = {"each": "each_other_party", "some": "some_other_party", "community": "community"}
    named = not isinstance(clause.beneficiaries, str)
    return Commitment(
        key=clause.key, kind="defence", under=UNIT, arises_from=f"article.{clause.article}", span=_span(clause.limits),
        bearers="each_party" if clause.bearers is None else "named", owed_by=clause.bearers or (),
        beneficiaries="named" if named else words[str(clause.beneficiaries)],
        owed_to=clause.beneficiaries if named else (), replaces=(clause.replaces,) if clause.replaces else (),
        attested_by=SOURCE,
    )  # fmt: skip


def _reserve(reserve: worlds.Reserve) -> Reservation:
    to = UNIT if reserve.to == "all" else reserve.to if len(reserve.to) > 1 else f"article.{reserve.to}"
    return Reservation(
        key=reserve.key, by=reserve.by, effect=reserve.effect, to=[to], spell=reserve.spell,
        span=_span(reserve.limits), attested_by=SOURCE,
    )  # fmt: skip
