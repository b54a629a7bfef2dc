"""What one generated agreement obliges to: commitments, their conditions, and what is said to fulfil some of them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random

from graph.model import Record
from graph.model.facts import Claim, Commitment, Condition, Contribution
from graph.model.records import Quantity, WrittenSpan
from graph.model.vocabulary import (
    Bearers,
    Beneficiaries,
    CommitmentKind,
    ConditionKind,
    ConditionRole,
    ContributionKind,
    Evidence,
    Measure,
    QuantityBasis,
    Stage,
    Stance,
    Towards,
)
from seed.generated.draft import Draft
from seed.generated.stage import LAST_DAY, StateLife, attested, data_set, place

# Shares in per cent. The first five are ATOP's; how they stand to each other follows what is known of its alliances in
# general (most have non-aggression or consultation, about a third defence, few offence), as no row of it is at hand.
KINDS = (
    (CommitmentKind.NON_AGGRESSION, 14), (CommitmentKind.CONSULTATION, 14), (CommitmentKind.DEFENCE, 9),
    (CommitmentKind.NEUTRALITY, 6), (CommitmentKind.OFFENCE, 2), (CommitmentKind.ECONOMIC_AID, 9),
    (CommitmentKind.TRADE, 9), (CommitmentKind.DISPUTE_SETTLEMENT, 6), (CommitmentKind.MILITARY_AID, 5),
    (CommitmentKind.NON_INTERFERENCE, 5), (CommitmentKind.TERRITORY, 4), (CommitmentKind.EXTRADITION, 4),
    (CommitmentKind.JOINT_DEFENCE_MEASURES, 3), (CommitmentKind.ARMS_SUPPLY, 3), (CommitmentKind.BASE_ACCESS, 2),
    (CommitmentKind.TRANSIT, 2), (CommitmentKind.INTELLIGENCE_SHARING, 1), (CommitmentKind.TROOP_PROVISION, 1),
    (CommitmentKind.GUARANTEE, 1),
)  # fmt: skip
_KINDS, _SHARES = [kind for kind, _ in KINDS], [share for _, share in KINDS]
TRIGGERS = (ConditionKind.UNPROVOKED, ConditionKind.REQUEST, ConditionKind.ADVERSARY, ConditionKind.OWN_JUDGEMENT)
CONDITION_SHARE, TWO_SOURCES_SHARE, FULFILLED_SHARE, DISPUTED_SHARE = 0.10, 0.15, 0.005, 0.4
MUTUAL_SHARE, COMMUNITY_SHARE = 0.05, 0.01
MUTUAL_PARTIES = 5
"""In agreements of more parties a mutual clause binds so many pairs that only the first article may be one."""
LARGE_MUTUAL_SHARE, LARGE_MUTUAL_PARTIES = 0.2, 40


def clauses(chance: Random, draft: Draft, number: int) -> Iterator[Record]:
    """Yield so many commitments of an agreement, spread over its articles, with all that hangs on them."""
    for place_in_text in range(number):
        commitment = _commitment(chance, draft, place_in_text)
        yield commitment
        if chance.random() < CONDITION_SHARE:
            yield from _conditions(chance, draft, commitment)
        if commitment.owed_by and commitment.owed_to and chance.random() < FULFILLED_SHARE:
            yield from _fulfilled(chance, draft, commitment)


def _commitment(chance: Random, draft: Draft, place_in_text: int) -> Commitment:
    article = place_in_text % draft.articles + 1
    kind, = chance.choices(_KINDS, _SHARES)  # fmt: skip
    bearers, beneficiaries, owed_by, owed_to = _ends(chance, draft.parties.states, place_in_text)
    sources = attested(draft.text, f"Article {article}", f"… {kind.about} …" if chance.random() < 0.2 else None)
    if chance.random() < TWO_SOURCES_SHARE:
        sources += attested(data_set(draft.number), f"agreement {draft.number}, row {place_in_text + 1}")
    return Commitment(
        key=f"{draft.key}.{article}.{place_in_text + 1}",
        kind=kind,
        text=f"{kind.about} (article {article})",
        bearers=bearers,
        beneficiaries=beneficiaries,
        under=draft.key,
        arises_from=draft.article(article),
        owed_by=owed_by,
        owed_to=owed_to,
        attested_by=sources,
    )


def _ends(
    chance: Random, states: Sequence[StateLife], place_in_text: int
) -> tuple[Bearers, Beneficiaries, tuple[str, ...], tuple[str, ...]]:
    """Draw who owes it to whom: mostly one named state to another."""
    lot = chance.random()
    if lot < _mutual_share(len(states), place_in_text):
        return Bearers.EACH_PARTY, Beneficiaries.EACH_OTHER_PARTY, (), ()
    if lot > 1 - COMMUNITY_SHARE:
        return Bearers.EACH_PARTY, Beneficiaries.COMMUNITY, (), ()
    bearer, beneficiary = chance.sample(range(len(states)), 2)
    return Bearers.NAMED, Beneficiaries.NAMED, (states[bearer].key,), (states[beneficiary].key,)


def _mutual_share(parties: int, place_in_text: int) -> float:
    if parties <= MUTUAL_PARTIES:
        return MUTUAL_SHARE
    return LARGE_MUTUAL_SHARE if place_in_text == 0 and not LARGE_MUTUAL_PARTIES < parties <= 100 else 0.0


def _conditions(chance: Random, draft: Draft, commitment: Commitment) -> Iterator[Condition]:
    for number, kind in enumerate(chance.sample(TRIGGERS, chance.choice((1, 1, 2))), start=1):
        adversary = kind is ConditionKind.ADVERSARY
        yield Condition(
            key=f"{commitment.key}.if.{number}",
            kind=kind,
            sentence=kind.about,
            role=ConditionRole.TRIGGER,
            of=commitment.key,
            names=(chance.choice(draft.parties.states).key,) if adversary else (),
            attested_by=commitment.attested_by[:1],
        )


def _fulfilled(chance: Random, draft: Draft, commitment: Commitment) -> Iterator[Record]:
    """Yield a contribution, the claim that it fulfils the commitment, and often one that denies it."""
    bearer, beneficiary = commitment.owed_by[0], commitment.owed_to[0]
    day = min(draft.parties.signed + timedelta(days=chance.randrange(1, 9000)), LAST_DAY).isoformat()
    amount = chance.randrange(100, 20_000, 100)
    contribution = Contribution(
        key=f"{commitment.key}.given",
        kind=chance.choice((ContributionKind.TROOPS, ContributionKind.ARMS, ContributionKind.MONEY)),
        text=f"{bearer} gives to {beneficiary}.",
        stage=chance.choice((Stage.PLEDGED, Stage.ALLOCATED, Stage.DELIVERED)),
        measure=Measure.SENT,
        quantity=Quantity(best=amount, unit="persons", basis=QuantityBasis.REPORTED),
        by=(bearer,),
        to=(beneficiary,),
        at=(place(next(one for one in draft.parties.states if one.key == beneficiary)),),
        span=WrittenSpan(begins=day, ends="unknown"),
        attested_by=draft.by_data_set,
    )
    yield contribution
    yield _claim(draft, contribution, bearer, Stance.ASSERTS, commitment)
    if chance.random() < DISPUTED_SHARE:
        yield _claim(draft, contribution, beneficiary, Stance.DENIES)


def _claim(
    draft: Draft, contribution: Contribution, by: str, stance: Stance, fulfilled: Commitment | None = None
) -> Claim:
    return Claim(
        key=f"{contribution.key}.{stance}",
        stance=stance,
        sentence=f"{by} {stance} that it was given.",
        made_on=contribution.span.begins,
        evidence=Evidence.NOT_SAID,
        towards=Towards.FACT,
        by=({"actor": by},),
        about=(contribution.key,),
        fulfils=(fulfilled.key,) if fulfilled else (),
        attested_by=draft.by_data_set,
    )
