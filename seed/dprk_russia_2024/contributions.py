"""Troops and arms: one contribution for each thing that claims count, at each stage, with its parts.

How many there are is disputed, so the numbers stand in the claims. A span is no surer than its rows: nobody says when
the troops left, so its end is unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from graph.days import UNKNOWN, EndConvention, day_bounds
from graph.model import Record
from graph.model.facts import Contribution
from graph.model.records import Quantity, WrittenSpan
from graph.model.vocabulary import ContributionKind, Measure, QuantityBasis, Stage, Standing
from seed.dprk_russia_2024.cast import place_of
from seed.dprk_russia_2024.tables import Sources, between
from seed.reading import Row
from seed.recipes import Recipe

PREPARED = "contribution.PRK-RUS.troops-prepared"
TROOPS = "contribution.PRK-RUS.troops-in-russia"
OFFICERS = f"{TROOPS}.officers"
GENERALS = f"{TROOPS}.generals"
IN_KURSK = f"{TROOPS}.in-kursk-oblast"
IN_TRAINING = f"{TROOPS}.in-training"
SENT = "contribution.PRK-RUS.troops-sent"
ARMS = "contribution.RUS-PRK.arms"

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True)
class _Part:
    """A part of the troops in Russia. The first of `rows` dates its begin at the latest."""

    key: str
    text: str
    at: str
    rows: tuple[str, ...]


PARTS = (
    _Part(OFFICERS, "Officers among the DPRK troops in Russia.", "russia", ("A09",)),
    _Part(GENERALS, "Generals among the DPRK troops in Russia.", "russia", ("A10",)),
    _Part(IN_KURSK, "DPRK troops in Kursk Oblast.", "kursk-oblast", ("C03", "C06", "A11")),
    _Part(IN_TRAINING, "DPRK troops in training in eastern Russia.", "eastern-russia", ("C02",)),
)


def recipes(sources: Sources) -> Iterator[Recipe]:
    """Yield the recipes of contributions."""
    yield Recipe(("A05",), partial(_prepared, sources))
    yield Recipe(("C01", "C04", "C05", "A08"), partial(_troops, sources))
    for part in PARTS:
        yield Recipe((*part.rows, "C01"), partial(_part, sources, part))
    yield Recipe(("C10",), partial(_sent, sources))
    yield Recipe(("A21",), partial(_arms, sources))


def sent_window(row: Row) -> WrittenSpan:
    """Return the months in which the troops that row C10 counts were sent."""
    month, year = row.find("claim", r"since (\w+ \d{4})").split()
    if month not in _MONTHS:
        raise ValueError(f"{month!r} is no month.")
    begins = f"{year}-{_MONTHS.index(month) + 1:02}"
    return WrittenSpan(begins=begins, ends=row["as_of"], ends_are=EndConvention.LAST_DAY_WITH)


def _prepared(sources: Sources, row: Row) -> Iterator[Record]:
    number = row.find("what", r"to send (\w+) of troops")
    yield Contribution(
        key=PREPARED,
        kind=ContributionKind.TROOPS,
        text="The DPRK prepares to send troops to Russia.",
        stage=Stage.PREPARED,
        quantity=Quantity(text=number, unit=row["unit"], basis=QuantityBasis.REPORTED),
        span=WrittenSpan(begins=row["date"], ends=UNKNOWN),
        by=("PRK",),
        to=("RUS",),
        at=_at(row),
        attested_by=sources.attest(row),
    )


def _troops(sources: Sources, first: Row, *others: Row) -> Iterator[Record]:
    """Make the troops in Russia: there since the month that the first estimate speaks of."""
    yield Contribution(
        key=TROOPS,
        kind=ContributionKind.TROOPS,
        text="DPRK troops in Russia.",
        stage=Stage.DELIVERED,
        measure=Measure.PRESENT,
        span=_present(first["as_of"], *others),
        by=("PRK",),
        to=("RUS",),
        at=_at(others[-1]),
        follows=(PREPARED,),
        attested_by=sources.attest(first, *others),
    )


def _part(sources: Sources, part: _Part, *rows: Row) -> Iterator[Record]:
    """Make a part: it came no earlier than the whole, and no later than the first row that tells of it."""
    *own, whole = rows
    yield Contribution(
        key=part.key,
        kind=ContributionKind.TROOPS,
        text=part.text,
        stage=Stage.DELIVERED,
        measure=Measure.PRESENT,
        span=_present(between(whole["as_of"], _day(own[0])), *own),
        by=("PRK",),
        to=("RUS",),
        at=(part.at,),
        part_of=TROOPS,
        attested_by=sources.attest(*own),
    )


def _sent(sources: Sources, row: Row) -> Iterator[Record]:
    yield Contribution(
        key=SENT,
        kind=ContributionKind.TROOPS,
        text="DPRK troops sent to Russia, all of them together.",
        stage=Stage.DELIVERED,
        measure=Measure.SENT,
        span=sent_window(row),
        by=("PRK",),
        to=("RUS",),
        at=("russia",),
        follows=(PREPARED,),
        attested_by=sources.attest(row),
    )


def _arms(sources: Sources, row: Row) -> Iterator[Record]:
    """Make the suspected arms: recorded only so that the suspicion is about something."""
    yield Contribution(
        key=ARMS,
        kind=ContributionKind.ARMS,
        text="Advanced weapons that the DPRK may get from Russia.",
        stage=Stage.PREPARED,
        span=from_then_on(row["date"]),
        by=("RUS",),
        to=("PRK",),
        at=_at(row),
        attested_by=sources.attest(row),
        standing=Standing.ONLY_CLAIMED,
    )


def from_then_on(day: str) -> WrittenSpan:
    """Return the span of something expected: it begins on that day or on any later one, if ever."""
    return WrittenSpan(begins=f"[{day}..]", ends=UNKNOWN)


def _present(begins: str, *rows: Row) -> WrittenSpan:
    """Return a span without a known end. What had begun before a month and is reported in it held on its first day."""
    verified = max(day_bounds(_day(row))[0] for row in rows)
    started = day_bounds(begins)[1]
    return WrittenSpan(begins=begins, ends=UNKNOWN, verified_on=verified if verified > started else None)


def _day(row: Row) -> str:
    return row.cells.get("date") or row["as_of"]


def _at(row: Row) -> tuple[str, ...]:
    place = place_of(row)
    return (place,) if place else ()
