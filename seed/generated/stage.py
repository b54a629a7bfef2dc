"""Who acts in a generated world: states with their history, officials, organizations, places and data sets.

States have a rank. The first is party to most agreements; how steeply that falls is measured on the parties of
*Global Governance Observations* (docs/decisions/0013).
"""

import heapq
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import accumulate
from random import Random

from graph.model import Record
from graph.model.entities import Office, Official, Organization, Place, Source, State
from graph.model.facts import Identifier, Membership, Statehood, Succession, Tenure
from graph.model.records import Attestation, WrittenSpan
from graph.model.vocabulary import (
    IdentifierScheme,
    SourceKind,
    StatehoodBegin,
    StatehoodEnd,
    SuccessionKind,
)
from seed.generated.size import Size

FIRST_YEAR, LAST_DAY = 1815, date(2026, 6, 30)
DATA_SETS = 20
ENDED_IN = 60
"""Of so many states one has ended, and another followed it."""
END_YEAR = 1991
OLD_SHARE = 0.2
"""Share of the states that are older than the first agreement; the others became independent since."""
HEADS_AND_MINISTERS = ("head-of-state", "minister-of-foreign-affairs")
TENURES_OF_OFFICE = 6
_SYLLABLES = ("ba", "do", "ri", "ka", "lu", "mo", "ne", "si", "ta", "vo", "ze", "ha", "pi", "gu", "fa", "je")


@dataclass(frozen=True)
class StateLife:
    """A state's rank, from 1, with the first year of its independence and the year in which it ended, if it did."""

    rank: int
    begins: int
    ends: int | None

    @property
    def key(self) -> str:
        """Its key."""
        return f"G{self.rank:03d}"

    @property
    def name(self) -> str:
        """Its invented name."""
        base = len(_SYLLABLES)
        return "".join(_SYLLABLES[self.rank // base**place % base] for place in range(3)).capitalize() + "ia"

    def exists(self, year: int) -> bool:
        """Return whether it exists in the whole of a year."""
        return self.begins < year and (self.ends is None or year < self.ends)


def attested(source: str, locator: str | None = None, quote: str | None = None) -> tuple[Attestation, ...]:
    """Return the attestation by one source."""
    return (Attestation(source=source, locator=locator, quote=quote),)


@dataclass(frozen=True)
class Stage:
    """The states of a world, and who else acts in it."""

    size: Size
    states: tuple[StateLife, ...]

    @cached_property
    def by_key(self) -> dict[str, StateLife]:
        """The states by their keys."""
        return {state.key: state for state in self.states}

    def two(self, chance: Random, year: int) -> list[StateLife]:
        """Draw two states for a bilateral agreement or a meeting."""
        states, weights = self._drawn_from(year)
        first = states[_drawn(chance, weights)]
        while (second := states[_drawn(chance, weights)]) is first:
            pass
        return [first, second]

    def many(self, chance: Random, year: int, number: int) -> list[StateLife]:
        """Draw states for a multilateral agreement, each once; fewer where there are not so many yet."""
        states, _ = self._drawn_from(year)
        lots = [(chance.random() ** (1 / _multilateral(state)), state.rank) for state in states]
        ranks = {rank for _, rank in heapq.nlargest(number, lots)}
        return [state for state in states if state.rank in ranks]

    def _drawn_from(self, year: int) -> tuple[Sequence[StateLife], Sequence[float]]:
        if year not in self._by_year:
            states = [state for state in self.states if state.exists(year)]
            self._by_year[year] = (states, list(accumulate(map(_bilateral, states))))
        return self._by_year[year]

    @cached_property
    def _by_year(self) -> dict[int, tuple[Sequence[StateLife], Sequence[float]]]:
        return {}

    @cached_property
    def successions(self) -> tuple[Succession, ...]:
        """The ends of states by another that follows."""
        return tuple(
            Succession(
                key=f"succession.{state.key}",
                day=f"{state.ends}-12-26",
                kind=SuccessionKind.DISSOLUTION,
                ends_predecessor=True,
                predecessor=state.key,
                successor=self.states[state.rank - 2].key,
                attested_by=attested(data_set(state.rank)),
            )
            for state in self.states
            if state.ends is not None
        )

    def records(self) -> list[Record]:
        """Return the records of all who act, and of the data sets."""
        found: list[Record] = [*_data_sets(), *self.successions]
        for state in self.states:
            found += [*_state(state), *_officials(self.size, state)]
        return [*found, *_organizations(self.states), *_places(self.states)]


@lru_cache(maxsize=4)
def stage(size: Size) -> Stage:
    """Return the stage of a world, the same object for the same size."""
    old = max(4, round(size.states * OLD_SHARE))
    return Stage(size, tuple(_life(size, rank, old) for rank in range(1, size.states + 1)))


def _life(size: Size, rank: int, old: int) -> StateLife:
    chance = size.chance("state", rank)
    begins = chance.randint(1648, FIRST_YEAR - 1) if rank <= old else min(1995, round(chance.gauss(1950, 30)))
    ends = END_YEAR if rank % ENDED_IN == 0 else None
    return StateLife(rank, min(begins, END_YEAR - 40) if ends else begins, ends)


def _bilateral(state: StateLife) -> float:
    # Fitted: the first 10, 20, 50 and 100 states have 36, 52, 75 and 92 % of the places in bilateral agreements.
    return float((state.rank + 12) ** -1.6)


def _multilateral(state: StateLife) -> float:
    # Large agreements are nearly everybody's: the first 10 and 50 states have 10 and 38 % of the places.
    return float((state.rank + 12) ** -0.35)


def _drawn(chance: Random, cumulated: Sequence[float]) -> int:
    return bisect(cumulated, chance.random() * cumulated[-1], hi=len(cumulated) - 1)


def data_set(number: int) -> str:
    """Return the key of one of the data sets."""
    return f"data-set-{number % DATA_SETS + 1:02d}"


def _data_sets() -> Iterator[Record]:
    for number in range(DATA_SETS):
        yield Source(
            key=data_set(number),
            title=f"Generated data set {number % DATA_SETS + 1}",
            kind=SourceKind.DATA_SET,
            licence="CC0-1.0",
            covers_from=date(FIRST_YEAR, 1, 1),
            covers_until=LAST_DAY,
        )


def _state(state: StateLife) -> Iterator[Record]:
    source = attested(data_set(state.rank))
    yield State(key=state.key, name=state.name, aliases=(f"Republic of {state.name}",))
    yield Identifier(
        key=f"{state.key}.ggo",
        scheme=IdentifierScheme.GGO,
        code=f"GEN{state.rank}",
        of=state.key,
        span=WrittenSpan(begins=str(state.begins), ends="open", verified_on=LAST_DAY),
        attested_by=source,
    )
    yield Statehood(
        key=f"{state.key}.statehood",
        began_by=StatehoodBegin.CONSOLIDATION if state.begins < FIRST_YEAR else StatehoodBegin.DECOLONISATION,
        ended_by=StatehoodEnd.DISSOLUTION if state.ends else None,
        of=state.key,
        span=WrittenSpan(begins=str(state.begins), ends=f"{state.ends}-12-26" if state.ends else "open",
                         verified_on=None if state.ends else LAST_DAY),
        attested_by=source,
    )  # fmt: skip


def _officials(size: Size, state: StateLife) -> Iterator[Record]:
    """Yield the two offices of a state with all who held them since 2002, one after the other."""
    chance = size.chance("officials", state.rank)
    for title in HEADS_AND_MINISTERS:
        office, year = f"{state.key}.{title}", 2002
        yield Office(key=office, title=title.replace("-", " ").capitalize(), of=state.key, may_sign_treaties=True)
        for number in range(TENURES_OF_OFFICE):
            until = year + chance.randint(2, 5)
            person, last = f"{office}.{number + 1}", number + 1 == TENURES_OF_OFFICE
            yield Official(key=person, name=f"{state.name} {title.replace('-', ' ')} {number + 1}")
            yield Tenure(
                key=f"{person}.tenure",
                of=person,
                office=office,
                span=WrittenSpan(begins=f"{year}-05-01", ends="open" if last else f"{until}-05-01"),
                attested_by=attested(data_set(state.rank)),
            )
            year = until


def _organizations(states: Sequence[StateLife]) -> Iterator[Record]:
    """Yield a few organizations of every tenth, twentieth and fortieth state."""
    for number, every in enumerate((10, 20, 40), start=1):
        key = f"O{number}"
        yield Organization(key=key, name=f"Union {number}", kind="military alliance" if number == 1 else "union")
        for state in states[::every]:
            yield Membership(
                key=f"{key}.{state.key}",
                of=state.key,
                organization=key,
                span=WrittenSpan(begins=str(max(state.begins, 1949)), ends="open", verified_on=LAST_DAY),
                attested_by=attested(data_set(number)),
            )


def _places(states: Sequence[StateLife]) -> Iterator[Record]:
    yield from (Place(key=place(state), name=f"{state.name} border region") for state in states)


def place(state: StateLife) -> str:
    """Return the key of the one place that a state has."""
    return f"{state.key}.border-region"
