"""Measures what is done for each element of a list, which is measured for small elements and for large ones.

`calls.py` stands on it.
"""

from abc import ABC
from collections.abc import Callable, Mapping
from math import ceil, inf
from typing import Any

from graph.growth.clauses import Clauses
from graph.growth.costs import MOST_VALUES, Cost, Excess, collected, of_value, plain
from graph.growth.scopes import Part, Scope
from graph.growth.words import checked
from graph.tokens import Kind, Token

DEEPEST_LISTS = 6
_PROBE = 1000.0

Body = Callable[[float], Cost]
"""Measures what is made of an element of so many values; reads it from its beginning, and goes on to its end."""


class Lists(Clauses, ABC):
    """Measures lists; `rows` is how many rows what is collected counts for."""

    def __init__(self, tokens: tuple[Token, ...], given: Mapping[str, Any], rows: float) -> None:
        super().__init__(tokens)
        self.given, self.rows = given, rows
        self.sizes = {name: of_value(value) for name, value in given.items()}
        self._deep = 0

    def elements(self, part: Part) -> float:
        """Return how many elements a list has at most that becomes rows; of one that is given, how many it has."""
        token = self.tokens[part.begins] if part.begins < len(self.tokens) else None
        given = self.given.get(token.text) if token is not None and token.kind is Kind.PARAMETER else None
        alone = self.at == part.begins + 1
        return float(len(given)) if alone and isinstance(given, list) else super().elements(part)

    def list_of(self, scope: Scope) -> Cost:
        """Measure a list, of which the bracket is open, or what stands in brackets behind a value."""
        opened, name = self.at - 1, self.token
        if name is not None and name.is_name and self.says(1, "IN"):
            self.at += 2
            return self.over(name, scope, "]")
        if opened in self.barred and (self.says(0, "(") or self.says(1, "=")):
            return self._of_a_pattern(scope)
        return plain(1.0) + self.inside("]", scope).whole()

    def _of_a_pattern(self, scope: Scope) -> Cost:
        """Measure `[(a)-->(b) | …]`."""
        asked = self.run(("|",), scope.within())
        self.at += 1
        made = self.inside("]", scope)
        return collected(made.values, self.rows) + Cost(steps=asked.steps + made.steps)

    def over(self, name: Token, scope: Scope, end: str) -> Cost:
        """Measure what is made of, or asked of, each element of a list: `x IN list WHERE … | …`, behind IN."""

        def body(values: float) -> Cost:
            inner = scope.within({checked(name): plain(values)})
            asked, made = Cost(), plain(values)
            if self.is_word("WHERE"):
                self.at += 1
                asked = self.run(("|", end), inner)
            if self.says(0, "|"):
                self.at += 1
                made = self.run((end,), inner)
            return Cost(made.values, made.steps + asked.steps + 1.0)

        of = self.run(("WHERE", "|", end), scope.within())
        cost = self._for_each(name, of, body)
        self.at += 1
        return cost

    def _for_each(self, token: Token, of: Cost, body: Body) -> Cost:
        """Measure a body for the elements of a list, which are as large together as it is.

        What it makes grows the more with an element, the larger that is, so that most is made of many elements of one
        value each, or of as few as there can be, each as large as one may be.
        """
        self._deep += 1
        if self._deep > DEEPEST_LISTS:
            raise Excess(token, f"More than {DEEPEST_LISTS} lists are within each other.", "UNWIND them instead.")
        small, large = self._tried(body, 1.0), body(of.each)
        self._deep -= 1
        few = ceil(of.values / of.each) if 0.0 < of.each < of.values < inf else 1.0
        steps = of.steps + of.values * small.steps + few * large.steps
        return Cost(1.0 + of.values * small.values + few * large.values, steps, large.values)

    def _tried(self, body: Body, values: float) -> Cost:
        """Measure a body for one size of element, and go back to where it begins."""
        begins = self.at
        cost = body(values)
        self.at = begins
        return cost

    def folded(self, token: Token, scope: Scope) -> Cost:
        """Measure `reduce(s = first, x IN list | body)`, behind its bracket, and go on behind it."""
        result, first = self.token, Cost()
        if result is not None and result.is_name and self.says(1, "="):
            self.at += 2
            first = self.run((",", ")"), scope.within())
            self.at += 1
        name = self.token
        if result is None or name is None or not name.is_name or not self.says(1, "IN"):
            raise Excess(token, "This reduce is not understood.", "Write reduce(s = first, x IN list | …).")
        self.at += 2
        of = self.run(("|", ")"), scope.within())
        self.at += 1
        self._deep += 1
        cost = self._fold(result, name, first, of, scope)
        self._deep -= 1
        self.at += 1
        return cost

    def _fold(self, result: Token, name: Token, first: Cost, of: Cost, scope: Scope) -> Cost:
        """Measure a fold, whose body may hold the result once; else that would double with each element."""

        def with_before(before: float) -> Body:
            def body(values: float) -> Cost:
                names = {checked(result): plain(before), checked(name): plain(values)}
                return self.run((")",), scope.within(names))

            return body

        def tried(before: float) -> float:
            return self._tried(with_before(before), of.values).values

        if tried(2 * _PROBE) - tried(_PROBE) > _PROBE:
            message = f"This reduce takes {result.text} more than once for each element, so that it doubles."
            raise Excess(result, message, f"Let its body hold {result.text} once.")

        def added(values: float) -> Cost:
            # A part of the result, as `left(s, 9)` is, adds as much only once there is so much.
            begins = self.at
            late = with_before(2 * _PROBE)(values)
            self.at = begins
            early = with_before(0.0)(values)
            return Cost(max(early.values, late.values - 2 * _PROBE), early.steps)

        begins = self.at
        values = first.values + self._for_each(name, of, added).values
        self.at = begins
        steps = self._for_each(name, of, with_before(min(values, MOST_VALUES))).steps
        return Cost(values, first.steps + steps, values)
