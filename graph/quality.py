"""What the quality of a graph is told in: counts that must be zero, counts worth a look, how far each source reaches.

`graph/looking.py` makes these; `foedus check` prints them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.model.vocabulary import Vocabulary


class Part(Vocabulary):
    """What a count is for."""

    MUST_BE_ZERO = "must_be_zero", "Counts that must be zero"
    WORTH_A_LOOK = "worth_a_look", "Counts worth a look, none of them an error"


@dataclass(frozen=True)
class Row:
    """One of what was counted: its key, empty where it has none, and what is to be said of it."""

    key: str
    says: str


@dataclass(frozen=True)
class Count:
    """How many there are of something, with some of them, the worst first; `more` where only so many were counted.

    `number` is None where nobody looked, and `unlooked` says why.
    """

    part: Part
    name: str
    about: str
    number: int | None = None
    rows: Sequence[Row] = ()
    more: bool = False
    unlooked: str | None = None

    @property
    def is_fault(self) -> bool:
        """Whether something is wrong, or may be because nobody looked."""
        return self.part is Part.MUST_BE_ZERO and self.number != 0


@dataclass(frozen=True)
class Reach:
    """How many facts a source states: in all, of no known day, and by the year they speak of; and their days."""

    source: str
    facts: int
    undated: int
    first: str | None
    last: str | None
    years: Mapping[int, int]


@dataclass(frozen=True)
class Coverage:
    """How far each source reaches; `unlooked` says why nobody looked."""

    sources: Sequence[Reach] = ()
    unlooked: str | None = None
