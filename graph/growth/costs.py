"""What an expression costs, the most that it may, and what is said where it costs more, for all of `graph.growth`."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from graph.tokens import Token
from graph.verdict import Reason

MOST_VALUES = 20_000_000.0
"""Values of eight bytes that the expressions of a text may make."""
MOST_STEPS = 4e9
"""Steps that an expression may take; some hundred million are done in a second."""
OF_A_THING = 10.0
"""Values that a node or a relationship, a property, or what a procedure yields counts for."""
ROWS = 1000.0
"""Rows that what is collected counts for, where the text itself does not count up to more of them."""
LARGEST_ROW = 10.0
"""Values that a row of what is collected has at most: all of it has the memory of one transaction."""


@dataclass(frozen=True)
class Cost:
    """What an expression makes at most, in values, the steps that it takes, and what an element has, if a list."""

    values: float = 0.0
    steps: float = 0.0
    each: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.values + other.values, self.steps + other.steps, self.each + other.each)

    def whole(self) -> "Cost":
        """Return the cost of what may have all of this in one of its elements."""
        return Cost(self.values, self.steps, self.values)

    def larger(self, other: "Cost | None") -> "Cost":
        """Return the cost of reading what is either of the two."""
        other = other or Cost()
        return Cost(max(self.values, other.values), 0.0, max(self.each, other.each))


class Excess(Exception):  # noqa: N818 - what is found, not what went wrong
    """Where a text makes too much, or something that cannot be measured, and a way out."""

    def __init__(self, token: Token, message: str, hint: str | None = None, reason: Reason = Reason.GROWS) -> None:
        super().__init__(message)
        self.at, self.message, self.hint, self.reason = token.at, message, hint, reason


def plain(values: float, each: float | None = None) -> Cost:
    """Return the cost of something that takes as many steps as it has values."""
    return Cost(values, values, values if each is None else each)


def one(steps: float = 0.0) -> Cost:
    """Return the cost of one value that is found in so many steps."""
    return Cost(1.0, steps, 1.0)


def collected(values: float, rows: float) -> Cost:
    """Return the cost of what is collected of so many rows, each of so many values."""
    return plain(max(values, rows * min(max(values, 1.0), LARGEST_ROW)), values)


def of_value(value: Any) -> Cost:
    """Return the cost of reading a parameter."""
    elements = value if isinstance(value, list) else [value]
    return plain(values_of(value), max(map(values_of, elements), default=0.0))


def values_of(value: Any) -> float:
    """Return how many values of eight bytes a parameter holds."""
    if isinstance(value, str):
        return 1.0 + len(value) // 8
    if isinstance(value, Mapping):
        return 1.0 + sum(values_of(name) + values_of(one) for name, one in value.items())
    return 1.0 + sum(map(values_of, value)) if isinstance(value, list | tuple) else 1.0


def number(text: str) -> float:
    """Return a whole number as it is written, or infinity for what is none."""
    try:
        return float(int(text, 0))
    except (ValueError, OverflowError):
        return inf


def see_that_it_fits(cost: Cost, token: Token) -> None:
    """Raise Excess for a cost that is too high, at the token at which it ends."""
    for what, found, most in (("values", cost.values, MOST_VALUES), ("steps", cost.steps, MOST_STEPS)):
        if found > most:
            message = f"What ends here may come to {found:,.0f} {what}; {most:,.0f} is the most."
            raise Excess(token, message, "Make less of what is collected, and repeat nothing within itself.")
