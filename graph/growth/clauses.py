"""Measures clauses: their parts between commas, the names that they give, and subqueries. `lists.py` stands on it."""

from abc import ABC, abstractmethod

from graph.growth.costs import Cost, Excess, plain, see_that_it_fits
from graph.growth.scopes import Part, Scope
from graph.growth.words import CLAUSES, JOINS, TRUTHS, Words
from graph.tokens import Token

SHORT = 1000.0
"""Values of a list of a few elements, or of the graph: to its own lists the database's limits hold."""
OF_MANY = ("UNWIND", "FOR")


class Clauses(Words, ABC):
    """Walks through clauses from left to right."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        super().__init__(tokens)
        self.counted: dict[int, float] = {}
        """Elements of each list that becomes rows, by where its part begins."""

    @abstractmethod
    def operand(self, token: Token, scope: Scope) -> Cost:
        """Measure what begins at this token, and go on behind it."""

    @abstractmethod
    def matched(self, token: Token, tested: Cost) -> Cost:
        """Measure `… =~ pattern`, and go on behind it."""

    def run(self, ends: tuple[str, ...], scope: Scope) -> Cost:
        """Measure up to one of these at this level, and return what all parts make together. Raises Excess."""
        return sum(self.parts(ends, scope), Cost())

    def parts(self, ends: tuple[str, ...], scope: Scope) -> list[Cost]:
        """Measure up to one of these at this level, and return what each part makes. Raises Excess."""
        found: list[Cost] = []
        clause, part, entered = self.last, Part(self.at), dict(scope.names)
        while self.token is not None and not self.is_word(*ends):
            token = self.token
            if not (token.says(",") or self.is_clause()):
                self._step(token, part, scope, clause)
                continue
            found.append(self._ended(token, part, scope, clause))
            self.at += 1
            if not token.says(","):
                clause = token
                found.append(self._begun(clause, scope, entered))
            part = self._opened(clause)
        found.append(self._ended(self.last, part, scope, clause))
        scope.settle()
        see_that_it_fits(Cost(sum(one.values for one in found)), self.last)
        return found

    def inside(self, end: str, scope: Scope) -> Cost:
        """Measure what stands in brackets, and go on behind them."""
        return sum(self.arguments(end, scope), Cost())

    def arguments(self, end: str, scope: Scope) -> list[Cost]:
        """Measure each part of what stands in brackets, and go on behind them."""
        costs = self.parts((end,), scope.within())
        self.at += 1
        return costs

    def subquery(self, scope: Scope) -> tuple[Scope, Cost]:
        """Measure what stands in the braces of a subquery, and return its scope at its end."""
        inner = scope.within()
        cost = self.run(("}",), inner)
        self.at += 1
        return inner, cost

    def _step(self, token: Token, part: Part, scope: Scope, clause: Token) -> None:
        if self.is_word("AS"):
            self._named(token, part, scope, clause)
        elif token.says("=~"):
            part.tests()
            part.add(self.matched(token, part.tested))
        else:
            self._see_tests(part)
            part.add(self.operand(self.last, scope))

    def _see_tests(self, part: Part) -> None:
        if self.tests_an_end():
            part.tests()
            self.at += 1
        arrow = (self.says(0, ">") and self.says(-1, "-")) or (self.says(0, "<") and self.says(1, "-"))
        if not arrow and self.is_word(*TRUTHS):
            part.tests()
        if self.is_word(*JOINS):
            part.joins()
        if self.is_word("CONTAINS"):
            part.searched = part.tested.values

    def _begun(self, clause: Token, scope: Scope, entered: dict[str, Cost]) -> Cost:
        """Begin a clause, and return what its subquery makes, if it calls one."""
        scope.settle()
        scope.returns = clause.says("RETURN")
        if clause.says("UNION"):
            scope.names = dict(entered)
        return self._called(scope) if clause.says("CALL") else Cost()

    def _opened(self, clause: Token) -> Part:
        name = self.token
        named = clause.says("LET") and self.says(1, "=")
        if name is not None and name.is_name and (named or (clause.says("FOR") and self.says(1, "IN"))):
            self.at += 2
            return Part(self.at, name)
        return Part(self.at + self.says(0, "DISTINCT"))

    def _ended(self, token: Token, part: Part, scope: Scope, clause: Token) -> Cost:
        see_that_it_fits(part.cost, token)
        made = part.made
        if part.name is not None:
            scope.call(part.name, self._of_rows(part, clause))
        if scope.returns:
            made = self._returned(part, scope)
            scope.largest = max(scope.largest, made.values)
        return made

    def _returned(self, part: Part, scope: Scope) -> Cost:
        """Return what a part of RETURN makes, and give what is returned under its own name."""
        begins = self.tokens[part.begins] if part.begins < self.at else None
        if begins is not None and begins.says("*"):
            for name, made in scope.names.items():
                scope.give(name, made)
            return sum(scope.names.values(), Cost())
        if begins is not None and begins.is_name and self.at == part.begins + 1:
            scope.give(begins.text, part.made)
        return part.made

    def _named(self, token: Token, part: Part, scope: Scope, clause: Token) -> None:
        name = self.ahead(1)
        if name is None or not name.is_name:
            raise Excess(token, "AS is followed by no name.")
        scope.call(name, self._of_rows(part, clause))
        self.at += 2

    def _of_rows(self, part: Part, clause: Token) -> Cost:
        """Return what a name stands for: what was made, or an element of it where each becomes a row."""
        if not clause.says(*OF_MANY):
            return part.made
        self.counted[part.begins] = max(1.0, self.elements(part))
        return plain(part.cost.each)

    def elements(self, part: Part) -> float:
        """Return how many elements a list has at most that becomes rows, as far as the text says it."""
        alone = self.at == part.begins + 1
        return part.cost.values if alone and part.cost.values > SHORT else 1.0

    def _called(self, scope: Scope) -> Cost:
        """Go past the name of a procedure, or measure a subquery whose columns are names afterwards."""
        while self.token is not None and (self.token.is_name or self.token.says(".")) and not self.is_word(*CLAUSES):
            self.at += 1
        ahead = 0
        if self.says(0, "("):
            while (token := self.ahead(ahead)) is not None and not token.says(")"):
                ahead += 1
            ahead += 1
        if not self.says(ahead, "{"):
            return Cost()
        self.at += ahead + 1
        inner, cost = self.subquery(scope)
        scope.names |= inner.returned
        return cost
