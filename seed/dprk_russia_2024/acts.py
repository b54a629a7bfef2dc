"""`events.csv`, with what the claims and the article say of the same acts: signature, entry into force, end.

Domestic steps are acts of organs and make no party. On the day on which the instruments were exchanged both states
ratified (VCLT 16) and the treaty entered into force; the exchange itself is an event.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from graph.days import UNKNOWN, day_before, day_bounds
from graph.model import Record
from graph.model.facts import Act, Event, Participant, Participation
from graph.model.records import Contradiction, WrittenSpan
from graph.model.vocabulary import ActKind, EventKind, ParticipationBasis
from seed.dprk_russia_2024.cast import TREATY, TREATY_OF_2000, place_of
from seed.dprk_russia_2024.tables import Sources, on, sentence
from seed.reading import Row
from seed.recipes import Recipe

SIGNATORIES = {"PRK": "kim-jong-un", "RUS": "putin-vladimir"}
EXCHANGERS = {"PRK": "kim-jong-gyu", "RUS": "rudenko-andrey"}

DECREE_PER_TASS = f"{TREATY}.decree.PRK.per-tass"
DECREE_PER_AL_MAYADEEN = f"{TREATY}.decree.PRK.per-al-mayadeen"
UPPER_HOUSE = f"{TREATY}.upper-house.RUS"


@dataclass(frozen=True)
class _Step:
    """What a row of a domestic step becomes."""

    key: str
    kind: ActKind
    by: str
    signed_by: tuple[str, ...] = ()
    contradicts: tuple[Contradiction, ...] = ()


STEPS = {
    "E03": _Step(f"{TREATY}.bill.RUS", ActKind.BILL, "RUS.head-of-state", ("putin-vladimir",)),
    "E04": _Step(f"{TREATY}.lower-house.RUS", ActKind.LOWER_HOUSE, "RUS.state-duma"),
    "E05": _Step(UPPER_HOUSE, ActKind.UPPER_HOUSE, "RUS.federation-council"),
    "E06": _Step(f"{TREATY}.promulgation.RUS", ActKind.PROMULGATION, "RUS.head-of-state", ("putin-vladimir",)),
    "E07": _Step(DECREE_PER_TASS, ActKind.DECREE, "PRK.head-of-state", ("kim-jong-un",)),
    "A07": _Step(
        f"{TREATY}.parliament.RUS",
        ActKind.PARLIAMENT,
        "RUS.federal-assembly",
        contradicts=(
            Contradiction(
                fact=UPPER_HOUSE,
                reason="Parliament has agreed only when both chambers have, and the upper house agreed later.",
            ),
        ),
    ),
}


def recipes(sources: Sources) -> Iterator[Recipe]:
    """Yield the recipes of acts and of the events that go with them."""
    yield Recipe(("E01", "A06"), partial(_signatures, sources))
    yield Recipe(("E02",), partial(_publication, sources))
    for row, step in STEPS.items():
        yield Recipe((row,), partial(_domestic_step, sources, step))
    yield Recipe(("C15",), partial(_second_decree, sources))
    yield Recipe(("E08",), partial(_exchange, sources))
    yield Recipe(("E09",), partial(_treaty_of_2000, sources))


def _signatures(sources: Sources, signed: Row, article: Row) -> Iterator[Record]:
    """Make the two signatures; the article too says that the agreement was made."""
    for state, official in SIGNATORIES.items():
        yield Act(
            key=f"{TREATY}.signature.{state}",
            kind=ActKind.SIGNATURE,
            day=signed["date"],
            on=TREATY,
            by=state,
            signed_by=(official,),
            at=place_of(signed),
            attested_by=sources.attest(signed, article),
        )


def _publication(sources: Sources, row: Row) -> Iterator[Record]:
    yield Event(
        key="event.2024-06-20-text-published",
        kind=EventKind.PUBLICATION,
        text=sentence(f"{row['actors']}: {row['event']}"),
        span=on(row["date"]),
        at=place_of(row),
        concerns=(TREATY,),
        attested_by=sources.attest(row),
    )


def _domestic_step(sources: Sources, step: _Step, row: Row) -> Iterator[Record]:
    yield Act(
        key=step.key,
        kind=step.kind,
        day=row["date"],
        on=TREATY,
        by=step.by,
        signed_by=step.signed_by,
        at=place_of(row),
        attested_by=sources.attest(row),
        contradicts=step.contradicts,
    )


def _second_decree(sources: Sources, row: Row) -> Iterator[Record]:
    """Make the act that competes with the decree of E07: one decree, and two agencies give it two days."""
    yield Act(
        key=DECREE_PER_AL_MAYADEEN,
        kind=ActKind.DECREE,
        day=row["as_of"],
        on=TREATY,
        by="PRK.head-of-state",
        attested_by=sources.attest(row),
        contradicts=(
            Contradiction(
                fact=DECREE_PER_TASS,
                reason="Both date the one decree by which the DPRK ratified, and give it different days.",
            ),
        ),
    )


def _exchange(sources: Sources, row: Row) -> Iterator[Record]:
    attested = sources.attest(row)
    yield Event(
        key="event.2024-12-04-exchange-of-instruments",
        kind=EventKind.EXCHANGE_OF_INSTRUMENTS,
        text="The instruments of ratification are exchanged.",
        span=on(row["date"]),
        at=place_of(row),
        participants=tuple(Participant(actor=who, on_behalf_of=state) for state, who in EXCHANGERS.items()),
        concerns=(TREATY,),
        attested_by=attested,
    )
    for state in EXCHANGERS:
        yield Act(
            key=f"{TREATY}.ratification.{state}",
            kind=ActKind.RATIFICATION,
            day=row["date"],
            on=TREATY,
            by=state,
            at=place_of(row),
            attested_by=attested,
        )
    yield Act(
        key=f"{TREATY}.entry-into-force",
        kind=ActKind.ENTRY_INTO_FORCE,
        day=row["date"],
        on=TREATY,
        attested_by=attested,
        verified_on=_last_published(sources, row),
    )


def _last_published(sources: Sources, row: Row) -> date | None:
    """Return the day of the row's latest source: as late as that, somebody says that the treaty is in force."""
    days = [source.published.earliest for source in sources.of(row) if source.published]
    return max(days, default=None)


def _treaty_of_2000(sources: Sources, row: Row) -> Iterator[Record]:
    """Make the older treaty's parties and its end: in force since a day that nobody names, until it ceased to be."""
    made = row.find("event", r"(\d{4}-\d\d-\d\d)")
    last = day_before(day_bounds(row["date"])[0])
    for state in ("PRK", "RUS"):
        yield Participation(
            key=f"{TREATY_OF_2000}.participation.{state}",
            basis=ParticipationBasis.REPORTED,
            of=state,
            agreement=TREATY_OF_2000,
            span=WrittenSpan(begins=f"[{made}..{last}]", ends=UNKNOWN),
            attested_by=sources.attest(row),
        )
    yield Act(
        key=f"{TREATY_OF_2000}.termination",
        kind=ActKind.TERMINATION,
        day=row["date"],
        on=TREATY_OF_2000,
        attested_by=sources.attest(row),
    )
