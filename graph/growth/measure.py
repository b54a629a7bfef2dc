"""Measures a whole text: `excess` for the guard, `cost_of` for the tests that hold the measure against the database."""

from collections.abc import Mapping
from math import prod
from typing import Any

from graph.growth.calls import Calls
from graph.growth.clauses import OF_MANY
from graph.growth.costs import OF_A_THING, ROWS, Cost, Excess, collected, one, plain
from graph.growth.scopes import Scope
from graph.growth.words import BLOCKS, CLOSES, NO_FUNCTIONS
from graph.tokens import Kind, Token, tokens_of

DEEPEST_CASES = 10
MOST_RETURNED = 2_000_000.0
"""Values that a column of one row may have: the service reads a row whole before it can count its bytes."""
MOST_VISITED = 100_000
"""Words that are looked at, those within lists again and again."""


def excess(text: str, given: Mapping[str, Any]) -> Excess | None:
    """Return the first place at which a text makes too much of the values that are given, or nothing."""
    try:
        returned = cost_of(text, given).values
        if returned > MOST_RETURNED:
            message = f"A row of the answer may come to {returned:,.0f} values; {MOST_RETURNED:,.0f} is the most."
            raise Excess(tokens_of(text)[0], message, "UNWIND what it returns, so that each becomes a row.")
    except Excess as found:
        return found
    return None


def cost_of(text: str, given: Mapping[str, Any]) -> Cost:
    """Return what a row of the answer costs at most, all columns together. Raises Excess."""
    tokens = tokens_of(text)
    rows = ROWS
    if any(token.says(*OF_MANY) for token in tokens):
        # First without what the graph gives: how many rows the text makes by itself, of lists that it unwinds.
        counting = Measure(tokens, given, 0.0)
        counting.whole()
        rows = max(rows, prod(counting.counted.values()))
    return Measure(tokens, given, rows).whole()


class Measure(Calls):
    """Walks through the tokens from left to right; through a body of a list a few times for each list that it is in."""

    _visited = _cases = 0

    def whole(self) -> Cost:
        """Measure the whole text, and return what its largest row has. Raises Excess."""
        self.look_ahead()
        largest = 0.0
        while self.at < len(self.tokens):
            scope = Scope({})
            self.run((), scope)
            largest = max(largest, scope.largest)
            self.at += 1
        return plain(largest)

    def operand(self, token: Token, scope: Scope) -> Cost:
        """Measure what begins at this token, and go on behind it."""
        self._visited += 1
        if self._visited > MOST_VISITED:
            raise Excess(token, "The text is too involved to be measured.", "Write it shorter, or less deep.")
        place, self.at = self.at, self.at + 1
        match token.kind:
            case Kind.STRING:
                return plain(1.0 + len(token.text) // 8)
            case Kind.NUMBER:
                return plain(1.0)
            case Kind.PARAMETER:
                return self.sizes.get(token.text, plain(1.0))
            case Kind.SIGN:
                return self._sign(token, scope)
        return Cost() if self.is_named(place) else self._word(token, scope)

    def _sign(self, token: Token, scope: Scope) -> Cost:
        if token.says("["):
            return self.list_of(scope)
        if token.says("{"):
            return plain(1.0) + self.inside("}", scope).whole()
        return self.inside(")", scope) if token.says("(") else Cost()

    def _word(self, token: Token, scope: Scope) -> Cost:
        if token.says("CASE"):
            return self._case(token, scope)
        if token.says("WHEN", "THEN", "ELSE", "END") and not self.is_taken(self.at - 1):
            raise Excess(
                token, f"{token.text} stands outside of a CASE.", "Put names that are such words in backticks."
            )
        if token.says(*BLOCKS) and self.says(0, "{") and token.text not in scope.names and not self.is_projection():
            return self._block(token, scope)
        keyword = token.word in NO_FUNCTIONS
        name, ahead = self._dotted(token)
        if self.says(ahead, "(") and not keyword:
            self.at += ahead + 1
            return self.function(token, name.lower(), scope)
        return self._read(token, scope, keyword)

    def _dotted(self, token: Token) -> tuple[str, int]:
        """Return a name with what dots join to it, and how many tokens further it ends."""
        names, ahead = [token.text], 0
        while self.says(ahead, ".") and (further := self.ahead(ahead + 1)) is not None and further.is_name:
            names.append(further.text)
            ahead += 2
        return ".".join(names), ahead

    def _read(self, token: Token, scope: Scope, keyword: bool) -> Cost:
        """Measure the reading of what a name stands for, or of an element of it."""
        known = scope.names.get(token.text)
        if known is None:
            return Cost() if keyword or not self.rows else plain(OF_A_THING)
        if self.says(0, "[") and self.at not in self.sliced:
            return plain(known.each)
        return plain(known.values, known.each)

    def _block(self, token: Token, scope: Scope) -> Cost:
        """Measure a subquery that is a value; between its rows the database looks at its limits."""
        self.at += 1
        inner, _ = self.subquery(scope)
        return collected(inner.largest, self.rows) if token.says("COLLECT") else one()

    def _case(self, token: Token, scope: Scope) -> Cost:
        """Measure a CASE: it makes what the largest of its outcomes makes, and takes the steps of all."""
        self._cases += 1
        if self._cases > DEEPEST_CASES:
            raise Excess(token, f"More than {DEEPEST_CASES} CASE stand within each other.", "Write it less deep.")
        steps, values = self.run(("WHEN", "END"), scope.within()).steps, 0.0
        while not self.is_word("END"):
            if self.token is None:
                raise Excess(token, "CASE has no END.")
            outcome = self.is_word("THEN", "ELSE")
            self.at += 1
            cost = self.run(("WHEN", "THEN", "ELSE", "END", *CLOSES), scope.within())
            if self.says(0, *CLOSES):
                raise Excess(token, "CASE has no END.")
            steps, values = steps + cost.steps, max(values, cost.values if outcome else 0.0)
        self.at += 1
        self._cases -= 1
        return Cost(values, steps, values)
