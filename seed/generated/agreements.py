"""The records of one generated agreement: its text, terms and acts, and the course that these take.

What it obliges to is in `clauses`.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from random import Random

from graph.bulk.load import Parcel
from graph.model import Record
from graph.model.entities import Agreement, Provision, Source
from graph.model.facts import Act, Claim, Participation, Reservation, Term
from graph.model.records import UNLIMITED, WrittenSpan
from graph.model.vocabulary import (
    ActKind,
    AgreementKind,
    ParticipationBasis,
    ReservationEffect,
    SourceKind,
    Stance,
    TermKind,
    Towards,
)
from seed.generated.clauses import clauses
from seed.generated.draft import MEAN_WAIT_DAYS, Course, Draft, drafted
from seed.generated.size import Size
from seed.generated.stage import LAST_DAY, StateLife, stage

ACCEDED_SHARE, RATIFIED_SHARE, WITHDRAWN_SHARE = 0.25, 0.85, 0.02
RESERVED_SHARE, OBJECTED_SHARE, DENIED_SHARE = 0.01, 0.2, 0.002
SUBJECTS = ("friendship", "mutual assistance", "defence", "trade", "borders", "extradition", "peace", "the environment")


def agreement(size: Size, number: int, commitments: int) -> Parcel:
    """Return an agreement with all that is recorded on it."""
    chance = size.chance("agreement", number)
    draft = drafted(size, chance, number, commitments)
    records = [*_described(draft), *_terms(draft), *_steps(chance, draft), *_reservations(chance, draft)]
    records += clauses(chance, draft, commitments)
    ended = {one.key for one in draft.parties.states if one.ends}
    return Parcel(records, [one for one in stage(size).successions if one.predecessor in ended])


def _described(draft: Draft) -> Iterator[Record]:
    signed, states = draft.parties.signed, draft.parties.states
    subject = SUBJECTS[draft.number % len(SUBJECTS)]
    bilateral = len(states) == 2
    between = f" between {states[0].name} and {states[1].name}" if bilateral else ""
    title = f"{'Treaty' if bilateral else 'Convention'} on {subject}{between}, {signed.year} ({draft.key})"
    yield Agreement(key=draft.key, title=title, kind=AgreementKind.TREATY, subject=subject)
    yield Source(
        key=draft.text,
        title=f"Text: {title}",
        kind=SourceKind.TREATY_TEXT,
        address=f"https://treaties.example/{draft.key}",
        published=signed.isoformat(),
    )
    for number in range(1, draft.articles + 1):
        yield Provision(key=draft.article(number), article=str(number), heading=f"Article {number}", of=draft.key)


def _terms(draft: Draft) -> Iterator[Record]:
    values = {TermKind.CONSENT: "signature" if draft.at_once else "ratification"}
    if draft.course in (Course.RENEWED, Course.LIMITED):
        values[TermKind.DURATION] = "20 years"
    else:
        values[TermKind.DURATION] = "indefinite"
    if draft.course is Course.RENEWED:
        values[TermKind.RENEWAL] = "5 years"
    for kind, value in values.items():
        yield Term(
            key=f"{draft.key}.term.{kind}",
            kind=kind,
            value=value,
            of=draft.key,
            provision=draft.article(draft.articles),
            attested_by=draft.by_text(draft.articles),
        )


def _steps(chance: Random, draft: Draft) -> Iterator[Record]:
    if draft.course is Course.CODED:
        yield from _coded(draft)
        return
    signed = list(_signed(chance, draft))
    yield from signed
    if not draft.at_once:
        yield from _consents(chance, draft, {act.by for act in signed})
    if draft.entry is not None:
        yield from _in_force(chance, draft, draft.entry)
    if draft.course is Course.PROVISIONAL:
        yield _act(draft, ActKind.PROVISIONAL_APPLICATION, draft.parties.signed)
    if signed and chance.random() < DENIED_SHARE:
        yield Claim(
            key=f"{draft.key}.denial",
            stance=Stance.DENIES,
            sentence="It was never signed.",
            made_on=_later(chance, draft.parties.signed, 30).isoformat(),
            towards=Towards.FACT,
            by=({"actor": draft.parties.states[0].key},),
            about=(signed[-1].key,),
            attested_by=draft.by_data_set,
        )


def _coded(draft: Draft) -> Iterator[Record]:
    """Yield participations, as of a data set that knows no acts."""
    for state in draft.parties.states:
        yield Participation(
            key=f"{draft.key}.part.{state.key}",
            basis=ParticipationBasis.CODED,
            of=state.key,
            agreement=draft.key,
            span=WrittenSpan(begins=str(draft.parties.signed.year), ends="open", verified_on=LAST_DAY),
            attested_by=draft.by_data_set,
        )


def _signed(chance: Random, draft: Draft) -> Iterator[Act]:
    for state in draft.parties.states:
        # Of a convention with many parties some have no part in it at first.
        if len(draft.parties.states) == 2 or chance.random() >= ACCEDED_SHARE:
            yield _act(draft, ActKind.SIGNATURE, draft.parties.signed, state, binds=draft.at_once)


def _consents(chance: Random, draft: Draft, signed: Collection[str | None]) -> Iterator[Act]:
    """Yield the consents: of those who signed mostly on the day of entry into force, of all others over the years."""
    for state in draft.parties.states:
        if draft.entry is None:
            # Whoever waits for the others has ratified, or nobody has.
            if state is draft.parties.states[0] and state.key in signed and chance.random() < 0.5:
                yield _act(draft, ActKind.RATIFICATION, _later(chance, draft.parties.signed, 200), state)
        elif state.key in signed:
            if len(draft.parties.states) == 2 or chance.random() < RATIFIED_SHARE:
                yield _act(draft, ActKind.RATIFICATION, draft.entry, state)
        elif (day := _later(chance, draft.entry, MEAN_WAIT_DAYS)) < LAST_DAY:
            yield _act(draft, ActKind.ACCESSION, day, state)


def _in_force(chance: Random, draft: Draft, entry: date) -> Iterator[Record]:
    verified = None if draft.course is Course.ENDED else LAST_DAY
    yield _act(draft, ActKind.ENTRY_INTO_FORCE, entry, verified_on=verified)
    if draft.course is Course.ENDED:
        yield _act(draft, ActKind.TERMINATION, min(_later(chance, entry, 5500), LAST_DAY))
    if draft.course is Course.SUSPENDED:
        suspended = _later(chance, entry, 2000)
        yield _act(draft, ActKind.SUSPENSION, suspended)
        yield _act(draft, ActKind.RESUMPTION, _later(chance, suspended, 2000))
    if len(draft.parties.states) > 2:
        for state in draft.parties.states:
            if chance.random() < WITHDRAWN_SHARE:
                yield _act(draft, ActKind.WITHDRAWAL, _later(chance, entry, 5500), state)


def _act(
    draft: Draft,
    kind: ActKind,
    day: date,
    by: StateLife | None = None,
    *,
    binds: bool = False,
    verified_on: date | None = None,
) -> Act:
    return Act(
        key=f"{draft.key}.{kind}" + (f".{by.key}" if by else ""),
        kind=kind,
        day=day.isoformat(),
        on=draft.key,
        by=by.key if by else None,
        binds=binds,
        verified_on=verified_on,
        attested_by=draft.by_data_set,
    )


def _later(chance: Random, day: date, mean: float) -> date:
    return day + timedelta(days=1 + round(chance.expovariate(1 / mean)))


def _reservations(chance: Random, draft: Draft) -> Iterator[Record]:
    """Yield a few reservations to articles of conventions, and to some of these an objection."""
    states = draft.parties.states
    for state in states if len(states) > 2 else ():
        if chance.random() >= RESERVED_SHARE:
            continue
        effects = (ReservationEffect.EXCLUDES, ReservationEffect.MODIFIES, ReservationEffect.DECLARES)
        reserved = _reservation(draft, chance.choice(effects), state, draft.article(chance.randint(1, draft.articles)))
        yield reserved
        if chance.random() < OBJECTED_SHARE and state is not states[0]:
            yield _reservation(draft, ReservationEffect.OBJECTS_AND_PRECLUDES, states[0], reserved.key)


def _reservation(draft: Draft, effect: ReservationEffect, by: StateLife, to: str) -> Reservation:
    return Reservation(
        key=f"{to}.{effect}.{by.key}".replace("_", "-"),
        effect=effect,
        text=f"{by.name} {effect.replace('_', ' ')}.",
        by=by.key,
        to=(to,),
        span=UNLIMITED,
        attested_by=draft.by_data_set,
    )
