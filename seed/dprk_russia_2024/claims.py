"""`claims.csv`: who asserts, denies, evades, confirms what. Each row becomes one claim; its stance stands in the row.

`as_of` is the day spoken of; the day made is that of the row's first source, or `as_of` where no source has a day. One
number stated as lowest and highest is the best. Who speaks for somebody is named with whom.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from graph.model import Record
from graph.model.facts import Claim, Claimant
from graph.model.records import Quantity, WrittenSpan
from graph.model.vocabulary import Measure, QuantityBasis, Towards
from seed.dprk_russia_2024.acts import DECREE_PER_AL_MAYADEEN, DECREE_PER_TASS
from seed.dprk_russia_2024.cast import TREATY
from seed.dprk_russia_2024.contributions import IN_KURSK, IN_TRAINING, SENT, TROOPS, sent_window
from seed.dprk_russia_2024.tables import Sources, on, sentence
from seed.dprk_russia_2024.treaty import DEFENCE
from seed.reading import Row
from seed.recipes import Recipe

PENTAGON = "USA.department-of-defense"


@dataclass(frozen=True)
class Said:
    """What a row says by its meaning. An empty `by` leaves the claimant as written; `words` frame the claim."""

    about: tuple[str, ...]
    by: tuple[Claimant, ...] = ()
    by_source: bool = False
    towards: Towards = Towards.FACT
    words: str = "{claim}"
    at: str | None = None
    measure: Measure = Measure.PRESENT


def speaker(actor: str, on_behalf_of: str | None = None) -> tuple[Claimant, ...]:
    """Name one claimant, and for whom."""
    return (Claimant(actor=actor, on_behalf_of=on_behalf_of),)


CLAIMS = {
    "C01": Said((TROOPS,), speaker(PENTAGON), at="russia"),
    "C02": Said((IN_TRAINING,), speaker("singh-sabrina", PENTAGON), at="eastern-russia"),
    "C03": Said((IN_KURSK,), speaker("rutte-mark", "NATO"), at="kursk-oblast"),
    "C04": Said((TROOPS,), speaker("UKR"), at="russia"),
    "C05": Said((TROOPS,), speaker("ryder-pat", PENTAGON), at="russia"),
    "C06": Said((IN_KURSK,), speaker("ryder-pat", PENTAGON), words="DPRK troops are in Kursk.", at="kursk-oblast"),
    "C07": Said((IN_KURSK,), (*speaker("RUS"), *speaker("PRK")), at="kursk-oblast"),
    "C08": Said((TROOPS, TREATY), speaker("lavrov-sergey", "RUS")),
    "C09": Said((TROOPS,)),
    "C10": Said((SENT,), speaker("KOR.officials"), measure=Measure.SENT),
    "C11": Said(
        (TREATY,),
        speaker("rudenko-andrey", "RUS"),
        towards=Towards.SENTENCE,
        words="The treaty is defensive and not directed against third states.",
    ),
    "C12": Said(("PRK", "RUS", TREATY), speaker("kim-jong-un", "PRK"), towards=Towards.SENTENCE),
    "C13": Said((DEFENCE,), speaker("yevstigneyeva-anna", "RUS"), towards=Towards.SENTENCE),
    "C14": Said((DECREE_PER_TASS,), by_source=True, words="The DPRK's decree of ratification was {claim}."),
    "C15": Said((DECREE_PER_AL_MAYADEEN,), by_source=True, words="The treaty was {claim} by the DPRK."),
    "C16": Said(
        (TROOPS,),
        speaker("rutte-mark", "NATO"),
        towards=Towards.SENTENCE,
        words="The deployment is a breach of resolutions of the UN Security Council.",
    ),
}


def recipes(sources: Sources) -> Iterator[Recipe]:
    """Yield the recipes of the claims."""
    for row, said in CLAIMS.items():
        yield Recipe((row,), partial(_claim, sources, said))


def _claim(sources: Sources, said: Said, row: Row) -> Iterator[Record]:
    yield Claim(
        key=f"claim.{row.id}",
        stance=row["stance"],
        sentence=sentence(said.words.format(claim=row["claim"])),
        made_on=_made_on(sources, row),
        speaks_of=_speaks_of(said, row),
        quantity=_quantity(said, row),
        towards=said.towards,
        claimant_as_written=row["claimant"],
        by=by_source(sources, row) if said.by_source else said.by,
        about=said.about,
        at=said.at,
        attested_by=sources.attest(row),
    )


def by_source(sources: Sources, row: Row) -> tuple[Claimant, ...]:
    """Name the source itself as the claimant."""
    return tuple(Claimant(actor=source.key) for source in sources.of(row))


def _made_on(sources: Sources, row: Row) -> str:
    published = [source.published for source in sources.of(row) if source.published]
    first = min(published, key=lambda day: (day.earliest, day.latest), default=None)
    return first.edtf if first else row["as_of"]


def _speaks_of(said: Said, row: Row) -> WrittenSpan | None:
    if said.measure is Measure.SENT:
        return sent_window(row)
    return on(row["as_of"]) if row["as_of"] else None


def _quantity(said: Said, row: Row) -> Quantity | None:
    low, high = row.number("value_low"), row.number("value_high")
    if low is None and high is None:
        return None
    return Quantity(
        low=low,
        best=low if low == high else None,
        high=high,
        unit=row["unit"],
        basis=basis(row["claim"]),
        measure=said.measure,
    )


def basis(words: str) -> QuantityBasis:
    """Say where a number comes from: it is an estimate where the row calls it one."""
    return QuantityBasis.ESTIMATED if "estimate" in words else QuantityBasis.REPORTED
