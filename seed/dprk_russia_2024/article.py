"""`article-facts.csv`: what one news article of November 2024 says: a meeting, a promise, claims, a request.

Rows A05 and A21 are contributions (`contributions.py`), A06 attests the treaty and A07 is an act (`acts.py`). A claim
was made on the row's day, or on the article's where the row has none; it speaks of that day if it says how things are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from graph.days import OPEN, UNKNOWN, day_bounds
from graph.model import Record
from graph.model.facts import Claim, Claimant, Commitment, Condition, Event, Participant, Tenure
from graph.model.records import Quantity, WrittenSpan
from graph.model.vocabulary import (
    Bearers,
    Beneficiaries,
    Binding,
    CommitmentKind,
    ConditionKind,
    ConditionRole,
    EventKind,
    Evidence,
    Measure,
    Stance,
    Standing,
    Towards,
)
from seed.dprk_russia_2024.cast import place_of
from seed.dprk_russia_2024.claims import basis, by_source, speaker
from seed.dprk_russia_2024.contributions import ARMS, GENERALS, IN_KURSK, OFFICERS, TROOPS, from_then_on
from seed.dprk_russia_2024.tables import ARTICLE, Sources, on
from seed.reading import Row
from seed.recipes import Recipe

MEETING = "event.2024-11-01-choe-lavrov"
COMBAT = "event.prk-troops-in-combat"
PROMISE = "commitment.A02.political-support"

MINISTERS = {"PRK": "choe-son-hui", "RUS": "lavrov-sergey"}

TENURES = (
    ("A01", "choe-son-hui", "PRK.minister-of-foreign-affairs"),
    ("A01", "lavrov-sergey", "RUS.minister-of-foreign-affairs"),
    ("A11", "blinken-antony", "USA.secretary-of-state"),
    ("A12", "zelensky-volodymyr", "UKR.president"),
)

CHOE = speaker("choe-son-hui", "PRK")
ZELENSKY = speaker("zelensky-volodymyr", "UKR")
INTELLIGENCE = speaker("UKR.military-intelligence")
BOTH = ("PRK", "RUS")

# Who is not named stands in brackets in the file; what is left are the article's own words.
_NOT_NAMED = re.compile(r" \([^)]*not named\)$")


@dataclass(frozen=True)
class Says:
    """What a row says by its meaning. An empty `by` leaves the claimant as written; `of_its_day`: how things are."""

    stance: Stance
    sentence: str
    about: tuple[str, ...]
    by: tuple[Claimant, ...] = ()
    by_source: bool = False
    towards: Towards = Towards.SENTENCE
    of_its_day: bool = False


CLAIMS = {
    "A03": Says(Stance.ASSERTS, "The two states have close historical ties and are comrades in arms.", BOTH, CHOE),
    "A04": Says(
        Stance.ASSERTS,
        "There is confidence in the leadership of Vladimir Putin and in Russia's success.",
        (*BOTH, "putin-vladimir"),
        CHOE,
    ),
    "A08": Says(
        Stance.ASSERTS,
        "The DPRK deploys troops to Russia.",
        (TROOPS,),
        INTELLIGENCE,
        towards=Towards.FACT,
        of_its_day=True,
    ),
    "A09": Says(
        Stance.ASSERTS,
        "Officers are among the DPRK troops in Russia.",
        (OFFICERS,),
        INTELLIGENCE,
        towards=Towards.FACT,
        of_its_day=True,
    ),
    "A10": Says(
        Stance.ASSERTS,
        "Generals are among the DPRK troops in Russia.",
        (GENERALS,),
        INTELLIGENCE,
        towards=Towards.FACT,
        of_its_day=True,
    ),
    "A11": Says(
        Stance.ASSERTS,
        "DPRK troops are already in Kursk Oblast and prepare for combat.",
        (IN_KURSK,),
        (*speaker("blinken-antony", "USA"), *speaker("USA.officials")),
        towards=Towards.FACT,
        of_its_day=True,
    ),
    "A12": Says(Stance.EXPECTS, "The DPRK troops will fight within days.", (COMBAT,), ZELENSKY, towards=Towards.FACT),
    "A13": Says(
        Stance.DENIES,
        "The DPRK troops have taken part in combat.",
        (COMBAT,),
        towards=Towards.FACT,
        of_its_day=True,
    ),
    "A14": Says(
        Stance.EXPECTS,
        "The DPRK troops will have heavy casualties, untrained for modern warfare and placed in Russian units.",
        (TROOPS,),
        speaker("UKR.defence-officials"),
    ),
    "A15": Says(
        Stance.ASSESSES,
        "Russia uses the troops to conserve its own numbers; it lacks personnel.",
        ("RUS", TROOPS),
        by_source=True,
    ),
    "A16": Says(Stance.ASSESSES, "The alignment is a war of two countries against one.", BOTH, ZELENSKY),
    "A17": Says(
        Stance.REQUESTS,
        "The allies of Ukraine should rethink their support and raise military aid to Ukraine.",
        ("UKR",),
        ZELENSKY,
    ),
    "A18": Says(
        Stance.QUESTIONS,
        "Does the support change Russia's fortunes, or deepen the DPRK's involvement beyond troops?",
        (TROOPS,),
    ),
    "A19": Says(
        Stance.ACCUSES, "The USA and the Republic of Korea plot nuclear strikes on the DPRK.", ("USA", "KOR"), CHOE
    ),
    "A20": Says(
        Stance.ASSESSES,
        "The visit opens a second phase of the military collaboration.",
        (*BOTH, MEETING),
        by_source=True,
    ),
    "A21": Says(
        Stance.SUSPECTS,
        "The DPRK may acquire advanced weapons from Russia.",
        (ARMS,),
        by_source=True,
        towards=Towards.FACT,
    ),
    "A22": Says(
        Stance.ASSERTS,
        "There is a historical enmity between the DPRK and the West, above all the USA and the Republic of Korea.",
        ("PRK", "USA", "KOR"),
        by_source=True,
    ),
    "A23": Says(
        Stance.EXPECTS,
        "More casualties for Ukraine could bring more aggressive postures on both sides, and a longer conflict.",
        ("UKR", "RUS"),
        by_source=True,
    ),
}


def recipes(sources: Sources) -> Iterator[Recipe]:
    """Yield the recipes of the article."""
    yield Recipe(("A01",), partial(_meeting, sources))
    yield Recipe(("A02",), partial(_promise, sources))
    yield Recipe(("A12", "A13"), partial(_combat, sources))
    for row, official, office in TENURES:
        yield Recipe((row,), partial(_tenure, sources, official, office))
    for row, says in CLAIMS.items():
        yield Recipe((row,), partial(_claim, sources, says))


def _meeting(sources: Sources, row: Row) -> Iterator[Record]:
    yield Event(
        key=MEETING,
        kind=EventKind.MEETING,
        text="The foreign ministers of the DPRK and Russia meet.",
        span=on(row["date"]),
        at=place_of(row),
        participants=tuple(Participant(actor=who, on_behalf_of=state) for state, who in MINISTERS.items()),
        attested_by=sources.attest(row),
    )


def _promise(sources: Sources, row: Row) -> Iterator[Record]:
    """Make the political promise, open since the day it was voiced; the day of victory is an event and no day."""
    yield Commitment(
        key=PROMISE,
        kind=CommitmentKind.POLITICAL_SUPPORT,
        text="The DPRK supports Russia against Ukraine.",
        bearers=Bearers.NAMED,
        beneficiaries=Beneficiaries.NAMED,
        binding=Binding.POLITICAL,
        until=row.find("quote", r"until (.+)$"),
        voiced_at=MEETING,
        owed_by=("PRK",),
        owed_to=("RUS",),
        span=WrittenSpan(begins=row["date"], ends=OPEN, verified_on=day_bounds(row["date"])[0]),
        attested_by=sources.attest(row),
    )
    yield Condition(
        key=f"{PROMISE}.adversary",
        kind=ConditionKind.ADVERSARY,
        sentence="Against Ukraine.",
        role=ConditionRole.TRIGGER,
        of=PROMISE,
        names=("UKR",),
        attested_by=sources.attest(row),
    )


def _combat(sources: Sources, expected: Row, denied: Row) -> Iterator[Record]:
    """Make the combat that one expects and others say has not happened: there only because claims are about it."""
    yield Event(
        key=COMBAT,
        kind=EventKind.COMBAT,
        text="DPRK troops take part in combat on the Russian side.",
        span=from_then_on(expected["date"]),
        participants=(Participant(actor="PRK"),),
        concerns=(TROOPS,),
        attested_by=sources.attest(expected, denied),
        standing=Standing.ONLY_CLAIMED,
    )


def _tenure(sources: Sources, official: str, office: str, row: Row) -> Iterator[Record]:
    """Make a tenure: the row names the office held on its day, and neither its begin nor its end."""
    yield Tenure(
        key=f"tenure.{official}.{office}",
        of=official,
        office=office,
        span=WrittenSpan(begins=UNKNOWN, ends=UNKNOWN, verified_on=day_bounds(row["date"])[0]),
        attested_by=sources.attest(row),
    )


def _claim(sources: Sources, says: Says, row: Row) -> Iterator[Record]:
    yield Claim(
        key=f"claim.{row.id}",
        stance=says.stance,
        sentence=says.sentence,
        quote=row["quote"] or None,
        made_on=row["date"] or _published(sources),
        speaks_of=on(row["date"]) if says.of_its_day else None,
        quantity=_quantity(row),
        evidence=Evidence.NOT_OFFERED if "no evidence was offered" in row["basis"] else Evidence.NOT_SAID,
        towards=says.towards,
        claimant_as_written=_NOT_NAMED.sub("", row["actors"]),
        addressed_as_written=row["about"] if says.stance is Stance.REQUESTS else None,
        by=by_source(sources, row) if says.by_source else says.by,
        about=says.about,
        at=place_of(row) if says.of_its_day else None,
        attested_by=sources.attest(row),
    )


def _published(sources: Sources) -> str:
    day = sources.by_id[ARTICLE].published
    if day is None:
        raise ValueError("Neither the row nor the article has a day.")
    return day.edtf


def _quantity(row: Row) -> Quantity | None:
    low, best, high = row.number("low"), row.number("best"), row.number("high")
    if low is None and best is None and high is None:
        return None
    nearly = f"nearly {best}"
    return Quantity(
        low=low,
        best=best,
        high=high,
        text=nearly if nearly in row["what"] else None,
        unit=row["unit"],
        basis=basis(row["basis"]),
        measure=Measure.PRESENT,
    )
