"""An agreement of a generated world before its records are made: its parties, its days, and what becomes of it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from random import Random

from graph.model.records import Attestation
from seed.generated.size import Size
from seed.generated.stage import FIRST_YEAR, LAST_DAY, StateLife, attested, data_set, stage

# Number of parties, from and to, with the share of agreements. Bilateral ones are more than in the measured data, 54 %,
# which are of the environment mostly: of military alliances four in five are.
_PARTIES = (
    ((2, 2), 80.0), ((3, 5), 10.0), ((6, 20), 6.0), ((21, 50), 2.5), ((51, 100), 1.0), ((101, 198), 0.5),
)  # fmt: skip
# First year of a period with the share of agreements signed in it, measured; what is before 1900 stands for less.
_PERIODS = (
    (1815, 1.7), (1900, 1.6), (1920, 3.0), (1940, 1.8), (1950, 5.2), (1960, 7.6), (1970, 14.9), (1980, 10.4),
    (1990, 24.6), (2000, 19.8), (2010, 8.0), (2020, 1.4),
)  # fmt: skip
AT_ONCE_SHARE = 0.45
"""Share of agreements in force from the day of signature: measured, half of the parties wait for 4 days or less."""
MEAN_WAIT_DAYS = 900


class Course(Enum):
    """What becomes of an agreement, with its share in per cent."""

    OPEN = 58
    ENDED = 17
    SIGNED = 8
    RENEWED = 7
    LIMITED = 4
    CODED = 3
    SUSPENDED = 2
    PROVISIONAL = 1


@dataclass(frozen=True)
class Parties:
    """When an agreement was signed and by whom, and its weight where commitments are shared out."""

    signed: date
    states: list[StateLife]
    weight: float


@dataclass(frozen=True)
class Draft:
    """An agreement while its records are made."""

    key: str
    number: int
    parties: Parties
    course: Course
    at_once: bool
    entry: date | None
    articles: int

    @property
    def text(self) -> str:
        """Key of the source that is its text."""
        return f"{self.key}.text"

    def article(self, number: int) -> str:
        """Return the key of an article."""
        return f"{self.key}.{number}"

    def by_text(self, article: int) -> tuple[Attestation, ...]:
        """Return the attestation by the text."""
        return attested(self.text, f"Article {article}")

    @property
    def by_data_set(self) -> tuple[Attestation, ...]:
        """The attestation by the data set that covers the agreement."""
        return attested(data_set(self.number), f"agreement {self.number}")


def party_numbers(size: Size, number: int) -> Parties:
    """Return the parties of one agreement; the same whenever it is asked."""
    chance = size.chance("parties", number)
    signed = _day_in_period(chance)
    (least, most), = chance.choices([span for span, _ in _PARTIES], [share for _, share in _PARTIES])  # fmt: skip
    wanted = chance.randint(least, most)
    world = stage(size)
    states = world.two(chance, signed.year) if wanted == 2 else world.many(chance, signed.year, wanted)
    return Parties(signed, states, len(states) * (0.3 + chance.expovariate(1)))


def _day_in_period(chance: Random) -> date:
    place, = chance.choices(range(len(_PERIODS)), [share for _, share in _PERIODS])  # fmt: skip
    first = date(max(_PERIODS[place][0], FIRST_YEAR + 1), 1, 1)
    last = date(_PERIODS[place + 1][0], 1, 1) if place + 1 < len(_PERIODS) else LAST_DAY
    return first + timedelta(days=chance.randrange((last - first).days))


def drafted(size: Size, chance: Random, number: int, commitments: int) -> Draft:
    """Draw what one agreement is like; the more commitments, the more articles."""
    parties = party_numbers(size, number)
    course, = chance.choices(list(Course), [course.value for course in Course])  # fmt: skip
    at_once = chance.random() < AT_ONCE_SHARE and len(parties.states) == 2
    wait = 0 if at_once else 30 + round(chance.expovariate(1 / MEAN_WAIT_DAYS))
    entry = parties.signed + timedelta(days=wait)
    never = course in (Course.SIGNED, Course.CODED, Course.PROVISIONAL) or entry >= LAST_DAY
    articles = max(3, min(60, commitments // 5))
    draft = Draft(f"A{number:05d}", number, parties, course, at_once, None if never else entry, articles)
    return replace(draft, course=Course.SIGNED, at_once=False) if never and course.value > 3 else draft
