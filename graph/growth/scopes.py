"""What names stand for within a query or a subquery, and what one part of a clause makes. Used by `clauses.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.growth.costs import Cost, one
from graph.growth.words import checked
from graph.tokens import Token

SHORT = 100.0
"""Values of a text that is found, or not, as quickly as it is read."""
SOUGHT = 4.0
"""Steps for each pair of values when a text is looked for in another."""


@dataclass
class Part:
    """One part of a clause, between commas: what it makes, and whether that is only whether something holds."""

    begins: int
    name: Token | None = None
    """What it is called, where that stands in front: `LET name = …`, `FOR name IN …`."""
    cost: Cost = field(default_factory=Cost)
    tested: Cost = field(default_factory=Cost)
    truth: bool = False
    searched: float = 0.0
    """Values of what another is looked for in, by CONTAINS."""

    def add(self, cost: Cost) -> None:
        """Add what one more operand makes."""
        if cost.values > SHORT and self.searched > SHORT:
            cost += Cost(steps=SOUGHT * self.searched * cost.values)
        self.cost, self.tested = self.cost + cost, self.tested + cost

    def tests(self) -> None:
        """See that what is read so far is compared with what follows."""
        self.truth = True

    def joins(self) -> None:
        """See that a test ends here and another begins."""
        self.truth, self.tested, self.searched = True, Cost(), 0.0

    @property
    def made(self) -> Cost:
        """What is left of it once it is computed."""
        return one(self.cost.steps) if self.truth else self.cost


@dataclass
class Scope:
    """What names stand for; those that a clause gives stand for something once it ends."""

    names: dict[str, Cost]
    pending: dict[str, Cost] = field(default_factory=dict)
    returned: dict[str, Cost] = field(default_factory=dict)
    returns: bool = False
    largest: float = 1.0

    def within(self, names: Mapping[str, Cost] | None = None) -> "Scope":
        """Return a scope in which these names stand for something as well."""
        return Scope({**self.names, **(names or {})})

    def settle(self) -> None:
        """End a clause."""
        self.names |= self.pending
        self.pending = {}

    def call(self, name: Token, made: Cost) -> None:
        """Give a name to what a part of this clause made. Raises Excess."""
        self.pending[checked(name)] = made.larger(self.pending.get(name.text))
        if self.returns:
            self.give(name.text, made)

    def give(self, name: str, made: Cost) -> None:
        """Return something from the subquery under a name."""
        self.returned[name] = made.larger(self.returned.get(name))
