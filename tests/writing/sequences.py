"""Steps of writing on the small universe, and the strategy that makes sequences of them.

A step says what somebody does; what is written by it depends on what is recorded then, and `book` works it out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from hypothesis import strategies as st

from tests.writing.universe import BASE, CHANGELING, FIELDS, LABELS, Content, family

Expects = Literal["any", "right", "wrong"]
How = Literal["write", "try", "try_and_write"]
"""Whether a step is written, only tried (by a dry run and a what-if), or first tried and then written."""


@dataclass(frozen=True)
class Put:
    """The whole content of a key; `expects` says whether a version is expected, and which."""

    key: str
    label: str
    content: Content = field(hash=False)
    expects: Expects | int = "any"


@dataclass(frozen=True)
class Withdraw:
    """A key taken back."""

    key: str
    replaced_by: str | None = None
    expects: Expects | int = "any"


Operation = Put | Withdraw


@dataclass(frozen=True)
class Write:
    """A change set. `whole` puts what its records name and is not there; `named` gives it an idempotency key."""

    operations: tuple[Operation, ...]
    whole: bool = True
    named: bool = False


@dataclass(frozen=True)
class TakeBack:
    """A withdrawal: alone, together with all that names it, or with that mended to name another of its kind."""

    key: str
    how: Literal["alone", "together", "mended"]


@dataclass(frozen=True)
class Merge:
    """One entity merged into another."""

    gone: str
    kept: str


@dataclass(frozen=True)
class Alias:
    """Another name added to an entity, or retired."""

    key: str
    alias: str
    added: bool = False


@dataclass(frozen=True)
class Undo:
    """The change set taken back that lies so many before the newest."""

    back: int


@dataclass(frozen=True)
class Repeat:
    """A change set with an idempotency key sent again, with the same body or another."""

    back: int
    same: bool


Step = Write | TakeBack | Merge | Alias | Undo | Repeat
KEYS = sorted(BASE)
_MERGED = {"state", "official", "place", "treaty", "article", "source"}
_PAIRS = [
    (one, other)
    for one in KEYS
    for other in KEYS
    if family(one) == family(other) and family(one) in _MERGED and (one != other or one == "state-a")
]
_NAMED = [key for key in KEYS if family(key) in {"state", "official", "treaty", "office"}]


@dataclass(frozen=True)
class _Maker:
    """Draws the steps of one sequence. Most of them are about a few keys, so that much happens to the same."""

    dice: Random
    few: list[str]

    def key(self) -> str:
        return self.dice.choice(self.few if self.dice.random() < 0.8 else KEYS)

    def put(self) -> Put:
        """A put that changes up to three fields of what there is at first."""
        dice, key = self.dice, self.key()
        if family(key) == "changeling" and dice.random() < 0.5:
            return Put(key, "Tenure", CHANGELING)
        fields = FIELDS[family(key)]
        names = dice.sample(sorted(fields), min(len(fields), dice.randint(0, 3)))
        changed = {name: dice.choice(fields[name]) for name in names}
        return Put(key, LABELS[family(key)], BASE[key] | changed, dice.choice(_EXPECTS))

    def write(self) -> Write:
        dice = self.dice
        put = {one.key: one for one in (self.put() for _ in range(dice.choice([1, 1, 2, 3, 4])))}
        operations: list[Operation] = [*put.values()]
        if dice.random() < 0.1:
            operations.append(Withdraw(self.key(), dice.choice([None, "state-b"]), dice.choice(_EXPECTS)))
        return Write(tuple(operations), whole=dice.random() < 0.8, named=dice.random() < 0.5)

    def take_back(self) -> TakeBack:
        return TakeBack(self.key(), self.dice.choice(["together", "together", "mended", "alone"]))

    def merge(self) -> Merge:
        return Merge(*self.dice.choice(_PAIRS))

    def alias(self) -> Alias:
        if self.dice.random() < 0.6:
            return Alias(self.dice.choice(_NAMED), self.dice.choice(["Old", "Alpha"]), added=True)
        return Alias("state-b", self.dice.choice(["Bravo", "Alpha", "Old"]))

    def undo(self) -> Undo:
        return Undo(self.dice.choice([0, 0, 0, 1, 2]))

    def repeat(self) -> Repeat:
        return Repeat(self.dice.randint(0, 2), same=self.dice.random() < 0.6)

    def step(self) -> tuple[How, Step]:
        often = [6, 2, 2, 2, 1, 1]
        kinds: list[Callable[[], Step]] = [self.write, self.merge, self.take_back, self.undo, self.alias, self.repeat]
        make = self.dice.choices(kinds, often)[0]
        return self.dice.choice(_HOW), make()


_EXPECTS: list[Expects] = ["any", "any", "any", "any", "any", "any", "right", "wrong"]
_HOW: list[How] = ["write", "write", "write", "try_and_write", "try"]
Sequence = list[tuple[How, Step]]


def _steps(dice: Random, taken: list[bool]) -> Sequence:
    maker = _Maker(dice, dice.sample(KEYS, 8))
    steps = [maker.step() for _ in taken]
    return [step for step, is_taken in zip(steps, taken, strict=True) if is_taken]


def sequences(most: int) -> st.SearchStrategy[Sequence]:
    """At most so many steps after the first change set; one that fails is made smaller by leaving out steps."""
    taken = st.lists(st.booleans(), min_size=most, max_size=most)
    return st.builds(_steps, st.randoms(use_true_random=True), taken)
