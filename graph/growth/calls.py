"""Measures what a function makes, by what `graph.functions` tells, and regular expressions; below `measure.py`."""

from abc import ABC
from functools import cached_property
from math import inf

from graph.backtracking import repeated
from graph.functions import FUNCTIONS, Gives
from graph.growth.costs import Cost, Excess, collected, number, one, plain, see_that_it_fits
from graph.growth.lists import Lists
from graph.growth.scopes import SOUGHT, Scope
from graph.tokens import Kind, Token
from graph.verdict import Reason

SIGNS = 8.0
"""Signs of a text that one value has."""
_WIDEST = 18.0
"""Signs that one sign becomes at most when a text is normalized."""
_MOST_TRIED = 1e6
"""Signs of a text from which a regular expression is tried again, as long as it fits at all."""


class Calls(Lists, ABC):
    """Measures calls of functions."""

    def function(self, token: Token, name: str, scope: Scope) -> Cost:
        """Measure a call, behind its bracket, and go on behind it. Raises Excess."""
        gives = FUNCTIONS.get(name)
        if gives is None:
            message = f"The function {name[:100]} is not called here."
            raise Excess(token, message, "docs/queries.md lists those that are.", Reason.FUNCTION)
        if gives is Gives.FOLDED:
            return self.folded(token, scope)
        if gives is Gives.NUMBERS:
            return self._numbers(token, scope)
        if gives is Gives.TRUTH and self.says(1, "IN"):
            return self._asked(scope)
        begins = self.at
        return self._of_arguments(token, gives, begins, self.arguments(")", scope))

    def _of_arguments(self, token: Token, gives: Gives, begins: int, costs: list[Cost]) -> Cost:
        """Measure a call by its arguments, of which the first begins at a place and the last ended here."""
        match gives:
            case Gives.REPLACED:
                return self._replaced(token, begins, costs)
            case Gives.SIGNS:
                return self._split(costs)
            case Gives.PART:
                return self._shortened(token.text.lower(), costs)
        return self._given(gives, costs)

    def _given(self, gives: Gives, costs: list[Cost]) -> Cost:
        """Return the cost of what a function gives for arguments of these costs."""
        cost = sum(costs, Cost())
        match gives:
            case Gives.TRUTH | Gives.ONE:
                return one(cost.steps)
            case Gives.ELEMENT:
                return Cost(cost.each, cost.steps, cost.each)
            case Gives.ROWS:
                return collected(cost.values, self.rows) + Cost(steps=cost.steps)
            case Gives.INTEGER:
                return Cost(cost.values, cost.steps + (SIGNS * cost.values) ** 2 / 10, cost.values)
            case _:
                return self._text(gives, cost, costs)

    @cached_property
    def _has_from(self) -> bool:
        return any(token.says("FROM") for token in self.tokens)

    def _text(self, gives: Gives, cost: Cost, costs: list[Cost]) -> Cost:
        match gives:
            case Gives.ITS_ELEMENTS:
                return cost
            case Gives.WITHOUT:
                # `trim(BOTH other FROM text)` has both in one part.
                alone = len(costs) == 1 and not self._has_from
                return Cost(cost.values, cost.steps + (0.0 if alone else SOUGHT * cost.values**2), cost.values)
            case Gives.WIDER:
                see_that_it_fits(Cost(_WIDEST * cost.values), self.last)
        return cost.whole()

    def _split(self, costs: list[Cost]) -> Cost:
        """Measure `split(text, separator)`; between two pieces there is a separator, if not an empty one."""
        cost, separator = sum(costs, Cost()), self.tokens[self.at - 2]
        written = separator.kind is Kind.STRING and len(separator.text) > 2 and self.says(-3, ",")
        sought = SOUGHT * costs[0].values * sum(other.values for other in costs[1:])
        # The pieces together are as long as the text: only how many there are must fit, and what is made of them is
        # counted by their length.
        see_that_it_fits(Cost(cost.values * SIGNS / (2 if written else 1), cost.steps + sought), separator)
        return cost.whole()

    def _asked(self, scope: Scope) -> Cost:
        """Measure `any(x IN list WHERE …)`."""
        element = self.last
        self.at += 2
        return one(self.over(element, scope, ")").steps)

    def _shortened(self, name: str, costs: list[Cost]) -> Cost:
        """Measure a part of a text: of so many signs, if that is written out, and else the whole."""
        cost, last = sum(costs, Cost()), self.tokens[self.at - 2]
        # The second argument of substring says where the part begins.
        lengthy = len(costs) == (3 if name == "substring" else 2)
        if lengthy and last.kind is Kind.NUMBER and self.says(-3, ","):
            return Cost(min(cost.values, 1.0 + number(last.text) // SIGNS), cost.steps, cost.values)
        return cost.whole()

    def _numbers(self, token: Token, scope: Scope) -> Cost:
        """Measure `range(first, last)`: of numbers, parameters, and sizes."""
        begins = self.at
        cost = self.inside(")", scope)
        inside, numbers = self.tokens[begins : self.at - 1], 0.0
        sized = any(self.says_at(place, "SIZE") and self.says_at(place + 1, "(") for place in range(begins, self.at))
        for bound in inside:
            if bound.kind is Kind.NUMBER:
                numbers += number(bound.text)
            elif bound.kind is Kind.PARAMETER and isinstance(self.given.get(bound.text), int):
                numbers += abs(self.given[bound.text])
            elif not bound.says("-", "+", ",") and not sized:
                raise Excess(token, "A bound of this range is no number.", "Write numbers, $parameters or size(…).")
        if not sized:
            self.counted[begins] = max(1.0, numbers)
        return plain(1.0 + numbers + (cost.steps if sized else 0.0), 1.0)

    def _replaced(self, token: Token, begins: int, costs: list[Cost]) -> Cost:
        """Measure `replace(text, part, other)`, whose last two are written out or given."""
        inside = self.tokens[begins : self.at - 1]
        if len(costs) == 3 and len(inside) >= 5 and inside[-2].says(",") and inside[-4].says(","):
            least, most = self._lengths(inside[-3])[0], self._lengths(inside[-1])[1]
            longer = max(1.0, most / least) if least else inf
            if longer < inf:
                sought = SOUGHT * costs[0].values * costs[1].values
                return plain(sum(costs, Cost()).values * longer) + Cost(steps=sum(costs, Cost()).steps + sought)
        hint = "Write what is replaced, and by what, in quotes, or give it as a parameter."
        raise Excess(token, "How long this replace makes a text cannot be seen.", hint)

    def _lengths(self, token: Token) -> tuple[float, float]:
        """Return how many signs a text in quotes or a parameter has at least and at most; an escape may be one sign."""
        if token.kind is Kind.STRING:
            written = len(token.text) - 2
            return (float(written) if "\\" not in token.text else 1.0), float(written)
        value = self.given.get(token.text) if token.kind is Kind.PARAMETER else None
        return (float(len(value)),) * 2 if isinstance(value, str) else (0.0, inf)

    def matched(self, token: Token, tested: Cost) -> Cost:
        """Measure a regular expression, which may be tried again for each sign as often as it repeats something."""
        self.at += 1
        pattern = self.token
        written = None
        if pattern is not None and not self.says(1, "+", "||", "[", "."):
            given = self.given.get(pattern.text, "") if pattern.kind is Kind.PARAMETER else None
            written = pattern.text[1:-1].replace("\\\\", "\\") if pattern.kind is Kind.STRING else given
        self.at += 1
        times = repeated(written) if isinstance(written, str) else None
        if times is None:
            hint = "Write it out or give it; repeat single signs, and few of them; or use CONTAINS."
            raise Excess(token, "How often this regular expression is tried cannot be seen.", hint)
        signs = SIGNS * tested.values
        return Cost(steps=signs * min(signs, _MOST_TRIED) ** max(0, times - 1))
