"""How much a text may make of what it is given, read from its words: what its plan does not show.

A database looks at its limits of time and memory between rows, and not inside an expression: thirty times `s + s`, a list
made for each element of a list, or a regular expression may take all its memory, or a core for ever. So each expression is
measured before it is run, upwards: what it makes at most, in values of eight bytes, and how many steps that takes. The
guard refuses a text that makes too much.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf, prod
from typing import Any

from graph.backtracking import repeated
from graph.functions import FUNCTIONS, Gives
from graph.tokens import Kind, Token, tokens_of
from graph.verdict import Reason

MOST_VALUES = 20_000_000.0
"""Values of eight bytes that an expression may make."""
MOST_STEPS = 4e9
"""Steps that an expression may take; some hundred million are done in a second."""
OF_A_THING = 10.0
"""Values that a node or a relationship, a property, or what a procedure yields counts for."""
ROWS = 1000.0
"""Rows that what is collected counts for, where the text itself does not count up to more of them."""
LARGEST_ROW = 10.0
"""Values that one row of what is collected counts for at most: all of it together has the memory of one transaction."""
DEEPEST_LISTS = 6
DEEPEST = 50
"""Brackets that may stand within each other."""
MOST_VISITED = 100_000
"""Words that are looked at, those within lists again and again."""
_PROBE = 1000.0

_CLAUSES = (
    "MATCH", "WHERE", "WITH", "RETURN", "UNWIND", "CALL", "YIELD", "UNION", "ORDER", "SKIP", "LIMIT", "OFFSET",
    "OPTIONAL", "FILTER", "LET", "FOR", "NEXT", "FINISH",
)  # fmt: skip
_JOINS = ("AND", "OR", "XOR", "NOT")
_TRUTHS = ("=", "<>", "<", ">", "<=", ">=", "=~", "IN", "IS", "CONTAINS", "STARTS", "ENDS", *_JOINS)
_CASES = ("CASE", "WHEN", "THEN", "ELSE", "END")
_BLOCKS = ("EXISTS", "COUNT", "COLLECT")
_STRUCTURE = frozenset({*_CLAUSES, *_CASES, *_JOINS, "AS", "IN", "DISTINCT", "EXISTS"})
_NO_FUNCTIONS = frozenset({*_CLAUSES, *_CASES, *_TRUTHS, "AS", "DISTINCT", "BY", "WITH", "SHORTEST", "USING", "ON",
                           "SHORTESTPATH", "ALLSHORTESTPATHS", "GROUPS", "GROUP", "PATH", "PATHS", "CREATE",
                           "MERGE", "INSERT", "FOREACH", "DELETE", "SET", "REMOVE", "REQUIRE", "IMPERSONATE"}) - {"="}  # fmt: skip
_OPENS, _CLOSES = ("(", "[", "{"), (")", "]", "}")


@dataclass(frozen=True)
class Cost:
    """What an expression makes at most, in values, the steps that it takes, and what an element of it has, if a list."""

    values: float = 0.0
    steps: float = 0.0
    each: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.values + other.values, self.steps + other.steps, self.each + other.each)


class Excess(Exception):  # noqa: N818 - what is found, not what went wrong
    """Where a text makes too much, or something that cannot be measured, and a way out."""

    def __init__(self, token: Token, message: str, hint: str | None = None, reason: Reason = Reason.GROWS) -> None:
        super().__init__(message)
        self.at, self.message, self.hint, self.reason = token.at, message, hint, reason


def excess(text: str, given: Mapping[str, Any]) -> Excess | None:
    """Return the first place at which a text makes too much of the values that are given, or nothing."""
    try:
        counting = _Measure(text, given, 1.0)
        counting.whole()
        _Measure(text, given, max(ROWS, prod(counting.counted.values()))).whole()
    except Excess as found:
        return found
    return None


def values_of(value: Any) -> float:
    """Return how many values of eight bytes a parameter holds."""
    if isinstance(value, str):
        return 1.0 + len(value) // 8
    if isinstance(value, Mapping):
        return 1.0 + sum(values_of(name) + values_of(one) for name, one in value.items())
    return 1.0 + sum(map(values_of, value)) if isinstance(value, list | tuple) else 1.0


@dataclass
class _Scope:
    """What names stand for in a query or a subquery; a clause's own names stand for something once it ends."""

    names: dict[str, Cost]
    pending: dict[str, Cost] = field(default_factory=dict)
    returned: dict[str, Cost] = field(default_factory=dict)
    returns: bool = False
    largest: float = 1.0

    def settle(self) -> None:
        self.names |= self.pending
        self.pending = {}


@dataclass
class _Part:
    """One part of a clause, between commas: what it makes, and whether that is only whether something holds."""

    begins: int
    cost: Cost = Cost()
    tested: Cost = Cost()
    truth: bool = False

    def add(self, cost: Cost) -> None:
        self.cost, self.tested = self.cost + cost, self.tested + cost

    @property
    def made(self) -> Cost:
        return Cost(1.0, self.cost.steps, 1.0) if self.truth else self.cost


class _Measure:
    """Walks through the tokens from left to right; through a body of a list twice for each list that it is in."""

    def __init__(self, text: str, given: Mapping[str, Any], rows: float) -> None:
        self._tokens = list(tokens_of(text))
        self._given, self._sizes = given, {name: _of_value(value) for name, value in given.items()}
        self._rows = rows
        self._at = self._lists = self._visited = 0
        self._barred: set[int] = set()
        self._parts: set[int] = set()
        self.counted: dict[int, float] = {}

    def whole(self) -> None:
        """Measure the whole text. Raises Excess."""
        self._see_brackets()
        while self._at < len(self._tokens):
            self._run((), _Scope({}))
            self._at += 1

    def _see_brackets(self) -> None:
        """See where brackets open that have a bar or two dots right inside. Raises Excess for too many within each other."""
        opened: list[int] = []
        for place, token in enumerate(self._tokens):
            if token.says(*_OPENS):
                opened.append(place)
            elif token.says(*_CLOSES) and opened:
                opened.pop()
            elif token.says("|") and opened:
                self._barred.add(opened[-1])
            elif token.says("..") and opened:
                self._parts.add(opened[-1])
            if len(opened) > DEEPEST:
                raise Excess(token, f"More than {DEEPEST} brackets stand within each other.", "Write it less deep.")

    def _run(self, ends: tuple[str, ...], scope: _Scope) -> Cost:
        """Measure up to one of these at this level, and return what all parts of it make together."""
        total, part, entered, unwinds = Cost(), _Part(self._at), dict(scope.names), False
        while (token := self._token()) is not None and not token.says(*ends):
            if token.says(",", *_CLAUSES) and not self._is_named(self._at) and not self._is_label(self._at):
                total += self._ended(token, part, scope)
                self._at += 1
                unwinds = token.says("UNWIND")
                self._count(unwinds)
                if not token.says(","):
                    scope.settle()
                    scope.returns = token.says("RETURN")
                if token.says("UNION"):
                    scope.names = dict(entered)
                if token.says("CALL"):
                    self._called(scope)
                part = _Part(self._at + self._says(0, "DISTINCT"))
            elif token.says("AS"):
                self._named(token, part, scope, unwinds)
            elif token.says("=~"):
                part.truth = True
                part.add(self._matched(token, part.tested))
            else:
                part.truth = part.truth or token.says(*_TRUTHS)
                part.tested = Cost() if token.says(*_JOINS) else part.tested
                part.add(self._operand(token, scope))
        total += self._ended(self._tokens[min(self._at, len(self._tokens) - 1)], part, scope)
        scope.settle()
        return total

    def _ended(self, token: Token, part: _Part, scope: _Scope) -> Cost:
        if part.cost.values > MOST_VALUES:
            raise _too_many(token, part.cost.values, "values", MOST_VALUES)
        if part.cost.steps > MOST_STEPS:
            raise _too_many(token, part.cost.steps, "steps", MOST_STEPS)
        if scope.returns:
            scope.largest = max(scope.largest, part.made.values)
            if self._at == part.begins + 1 and self._tokens[part.begins].is_name:
                name = self._tokens[part.begins].text
                scope.returned[name] = _larger(part.made, scope.returned.get(name))
        return part.made

    def _named(self, token: Token, part: _Part, scope: _Scope, unwinds: bool) -> None:
        name = self._token(1)
        if name is None or not name.is_name:
            raise Excess(token, "AS is followed by no name.")
        made = part.made
        if unwinds:
            made = _plain(made.each)
        scope.pending[_checked(name)] = _larger(made, scope.pending.get(name.text))
        if scope.returns:
            scope.returned[name.text] = _larger(made, scope.returned.get(name.text))
        self._at += 2

    def _count(self, unwinds: bool) -> None:
        """See how many rows a list makes that is given to be unwound."""
        token = self._token() if unwinds else None
        value = self._given.get(token.text) if token is not None and token.kind is Kind.PARAMETER else None
        if isinstance(value, list):
            self.counted[self._at] = max(1.0, len(value))

    def _called(self, scope: _Scope) -> None:
        """Go past the name of a procedure, or measure a subquery whose columns are names afterwards."""
        while (token := self._token()) is not None and (token.is_name or token.says(".")):
            self._at += 1
        ahead = 0
        if self._says(0, "("):
            while (token := self._token(ahead)) is not None and not token.says(")"):
                ahead += 1
            ahead += 1
        if self._says(ahead, "{"):
            self._at += ahead + 1
            inner = self._subquery(scope)
            scope.names |= inner.returned

    def _subquery(self, scope: _Scope) -> _Scope:
        inner = _Scope(dict(scope.names))
        self._run(("}",), inner)
        self._at += 1
        return inner

    def _token(self, ahead: int = 0) -> Token | None:
        place = self._at + ahead
        return self._tokens[place] if 0 <= place < len(self._tokens) else None

    def _says(self, ahead: int, *words: str) -> bool:
        token = self._token(ahead)
        return token is not None and token.says(*words)

    def _is_named(self, place: int) -> bool:
        """Return whether a word names a property, a key of a map, or what an index that is to be used is on."""
        before = self._tokens[place - 1] if place else None
        after = self._tokens[place + 1] if place + 1 < len(self._tokens) else None
        if (before is not None and before.says(".", "&", "!")) or (after is not None and after.says(":")):
            return True
        return place > 2 and self._tokens[place - 1].says(":") and self._tokens[place - 3].says("INDEX", "SEEK", "SCAN")

    def _is_label(self, place: int) -> bool:
        return place > 0 and self._tokens[place - 1].says(":", "|")

    def _operand(self, token: Token, scope: _Scope) -> Cost:
        """Measure what begins here, and go on behind it."""
        self._visited += 1
        if self._visited > MOST_VISITED:
            raise Excess(token, "The text is too involved to be measured.", "Write it shorter, or less deep.")
        place, self._at = self._at, self._at + 1
        match token.kind:
            case Kind.STRING:
                return _plain(1.0 + len(token.text) // 8)
            case Kind.NUMBER:
                return _plain(1.0)
            case Kind.PARAMETER:
                return self._sizes.get(token.text, _plain(1.0))
            case Kind.SIGN:
                return self._sign(token, scope)
            case _:
                return Cost() if self._is_named(place) else self._word(token, scope)

    def _sign(self, token: Token, scope: _Scope) -> Cost:
        if token.text == "[":
            return self._list(token, scope)
        if token.text == "{":
            return _whole(self._inside("}", scope))
        return self._inside(")", scope) if token.text == "(" else Cost()

    def _inside(self, end: str, scope: _Scope) -> Cost:
        cost = self._run((end,), _Scope(dict(scope.names)))
        self._at += 1
        return cost

    def _word(self, token: Token, scope: _Scope) -> Cost:
        if token.says("CASE"):
            return self._case(token, scope)
        if token.says(*_BLOCKS) and self._says(0, "{") and token.text not in scope.names:
            self._at += 1
            inner = self._subquery(scope)
            # Between the rows of a subquery the database looks at its limits.
            return self._collected(inner.largest) if token.says("COLLECT") else _plain(1.0)
        keyword = token.kind is Kind.WORD and token.text.upper() in _NO_FUNCTIONS
        name, ahead = token.text, 0
        while self._says(ahead, ".") and (further := self._token(ahead + 1)) is not None and further.is_name:
            name, ahead = f"{name}.{further.text}", ahead + 2
        if self._says(ahead, "(") and not keyword:
            self._at += ahead + 1
            return self._function(token, name.lower(), scope)
        if (known := scope.names.get(token.text)) is not None:
            # An element of a list, and no part of it.
            return (
                _plain(known.each)
                if self._says(0, "[") and self._at not in self._parts
                else _plain(known.values, known.each)
            )
        return Cost() if keyword else _plain(OF_A_THING)

    def _collected(self, values: float) -> Cost:
        return _plain(max(values, self._rows * min(max(values, 1.0), LARGEST_ROW)), values)

    def _case(self, token: Token, scope: _Scope) -> Cost:
        """Measure a CASE: it makes what the largest of its outcomes makes, and takes the steps of all."""
        steps, values = self._run(("WHEN", "END"), _Scope(dict(scope.names))).steps, 0.0
        while not self._says(0, "END"):
            if self._token() is None:
                raise Excess(token, "CASE has no END.")
            outcome = self._says(0, "THEN", "ELSE")
            self._at += 1
            cost = self._run(("WHEN", "THEN", "ELSE", "END", *_CLOSES), _Scope(dict(scope.names)))
            if self._says(0, *_CLOSES):
                raise Excess(token, "CASE has no END.")
            steps, values = steps + cost.steps, max(values, cost.values if outcome else 0.0)
        self._at += 1
        return Cost(values, steps, values)

    def _list(self, token: Token, scope: _Scope) -> Cost:
        name = self._token()
        if name is not None and name.is_name and self._says(1, "IN"):
            self._at += 2
            return self._over(name, scope, "]")
        # A list that is made of a pattern: `[(a)-->(b) | …]`.
        if self._at - 1 in self._barred and (self._says(0, "(") or self._says(1, "=")):
            asked = self._run(("|",), _Scope(dict(scope.names)))
            self._at += 1
            made = self._inside("]", scope)
            return self._collected(made.values) + Cost(0.0, asked.steps + made.steps)
        return _plain(1.0) + _whole(self._inside("]", scope))

    def _over(self, name: Token, scope: _Scope, end: str) -> Cost:
        """Measure what is made of, or asked of, each element of a list: `[x IN list WHERE … | …]`."""

        def body(values: float) -> Cost:
            inner = _Scope(scope.names | {_checked(name): _plain(values)})
            asked, made = Cost(), _plain(values)
            if self._says(0, "WHERE"):
                self._at += 1
                asked = self._run(("|", end), inner)
            if self._says(0, "|"):
                self._at += 1
                made = self._run((end,), inner)
            return Cost(made.values, made.steps + asked.steps + 1.0)

        of = self._run(("WHERE", "|", end), _Scope(dict(scope.names)))
        cost = self._for_each(name, of, body)
        self._at += 1
        return cost

    def _for_each(self, token: Token, of: Cost, body: Callable[[float], Cost]) -> Cost:
        """Measure a body for the elements of a list, which are as large together as it is.

        What it makes grows the more with an element, the larger that is, so that most is made of many elements of one
        value each, or of one element as large as all.
        """
        self._lists += 1
        if self._lists > DEEPEST_LISTS:
            raise Excess(token, f"More than {DEEPEST_LISTS} lists are within each other.", "UNWIND them instead.")
        begins = self._at
        small = body(1.0)
        self._at = begins
        large = body(of.values)
        self._at = begins
        each = body(of.each).values
        self._lists -= 1
        steps = of.steps + of.values * small.steps + large.steps
        return Cost(of.values * small.values + large.values, steps, each)

    def _function(self, token: Token, name: str, scope: _Scope) -> Cost:
        match FUNCTIONS.get(name):
            case None:
                message = f"The function {name[:100]} is not called here."
                raise Excess(token, message, "docs/queries.md lists those that are.", Reason.FUNCTION)
            case Gives.TRUTH if self._says(1, "IN") and (element := self._token()) is not None and element.is_name:
                self._at += 2
                return Cost(1.0, self._over(element, scope, ")").steps, 1.0)
            case Gives.TRUTH | Gives.ONE:
                return Cost(1.0, self._inside(")", scope).steps, 1.0)
            case Gives.NO_MORE:
                return _whole(self._inside(")", scope))
            case Gives.ITS_ELEMENTS:
                return self._inside(")", scope)
            case Gives.ELEMENT:
                cost = self._inside(")", scope)
                return Cost(cost.each, cost.steps, cost.each)
            case Gives.ROWS:
                cost = self._inside(")", scope)
                return self._collected(cost.values) + Cost(0.0, cost.steps)
            case Gives.FOLDED:
                return self._folded(token, scope)
            case Gives.PART:
                return self._part(scope)
            case Gives.NUMBERS:
                return self._numbers(token, scope)
        return self._replaced(token, scope)

    def _folded(self, token: Token, scope: _Scope) -> Cost:
        """Measure `reduce(s = first, x IN list | body)`; a body that takes `s` more than once would double it."""
        result, first = self._token(), Cost()
        if result is not None and result.is_name and self._says(1, "="):
            self._at += 2
            first = self._run((",", ")"), _Scope(dict(scope.names)))
            self._at += 1
        name = self._token()
        if result is None or name is None or not name.is_name or not self._says(1, "IN"):
            raise Excess(token, "This reduce is not understood.", "Write reduce(s = first, x IN list | …).")
        self._at += 2
        of = self._run(("|", ")"), _Scope(dict(scope.names)))
        self._at += 1
        begins = self._at
        self._lists += 1

        def with_before(before: float) -> Callable[[float], Cost]:
            def body(values: float) -> Cost:
                self._at = begins
                names = {_checked(result): _plain(before), _checked(name): _plain(values)}
                return self._run((")",), _Scope(scope.names | names))

            return body

        alike = of.values
        grown = with_before(2 * _PROBE)(alike).values - with_before(_PROBE)(alike).values
        if grown > _PROBE:
            message = f"This reduce takes {result.text} more than once for each element, so that it doubles."
            raise Excess(result, message, f"Let its body hold {result.text} once.")
        self._at = begins
        values = first.values + self._for_each(name, of, with_before(0.0)).values
        self._at = begins
        steps = self._for_each(name, of, with_before(min(values, MOST_VALUES))).steps
        self._lists -= 1
        self._at += 1
        return Cost(values, first.steps + steps, values)

    def _numbers(self, token: Token, scope: _Scope) -> Cost:
        """Measure `range(first, last)`: of numbers, parameters, and sizes."""
        begins = self._at
        cost = self._inside(")", scope)
        inside, numbers = self._tokens[begins : self._at - 1], 0.0
        sized = any(one.says("SIZE") and other.says("(") for one, other in zip(inside, inside[1:], strict=False))
        for one in inside:
            if one.kind is Kind.NUMBER:
                numbers += _number(one.text)
            elif one.kind is Kind.PARAMETER and isinstance(self._given.get(one.text), int):
                numbers += abs(self._given[one.text])
            elif not one.says("-", "+", ",") and not sized:
                raise Excess(token, "A bound of this range is no number.", "Write numbers, $parameters or size(…).")
        if not sized:
            self.counted[begins] = max(1.0, numbers)
        return _plain(numbers + (cost.steps if sized else 0.0), 1.0)

    def _part(self, scope: _Scope) -> Cost:
        """Measure a part of a text: of so many signs, if that is written out, and else the whole."""
        cost, last = self._inside(")", scope), self._tokens[self._at - 2]
        if last.kind is Kind.NUMBER and self._tokens[self._at - 3].says(","):
            return _plain(min(cost.values, 1.0 + _number(last.text) // 8))
        return _whole(cost)

    def _replaced(self, token: Token, scope: _Scope) -> Cost:
        """Measure `replace(text, part, other)`, whose last two are written out or given."""
        begins, cost = self._at, self._inside(")", scope)
        inside = self._tokens[begins : self._at - 1]
        if len(inside) >= 5 and inside[-2].says(",") and inside[-4].says(","):
            least, most = self._lengths(inside[-3])[0], self._lengths(inside[-1])[1]
            longer = max(1.0, most / least) if least else inf
            if longer < inf:
                return _plain(cost.values * longer) + Cost(0.0, cost.steps)
        hint = "Write what is replaced, and by what, in quotes, or give it as a parameter."
        raise Excess(token, "How long this replace makes a text cannot be seen.", hint)

    def _lengths(self, token: Token) -> tuple[float, float]:
        """Return how many signs a text in quotes or a parameter has at least and at most; an escape may be one sign."""
        if token.kind is Kind.STRING:
            written = len(token.text) - 2
            return (float(written) if "\\" not in token.text else 1.0), float(written)
        value = self._given.get(token.text) if token.kind is Kind.PARAMETER else None
        return (float(len(value)),) * 2 if isinstance(value, str) else (0.0, inf)

    def _matched(self, token: Token, tested: Cost) -> Cost:
        """Measure a regular expression, which may be tried again for each sign as often as it repeats something."""
        self._at += 1
        pattern = self._token()
        written = None
        if pattern is not None and not self._says(1, "+", "||", "[", "."):
            given = self._given.get(pattern.text, "") if pattern.kind is Kind.PARAMETER else None
            written = pattern.text[1:-1].replace("\\\\", "\\") if pattern.kind is Kind.STRING else given
        self._at += 1
        times = repeated(written) if isinstance(written, str) else None
        if times is None:
            hint = "Write it out or give it; repeat single signs, and few of them; or use CONTAINS."
            raise Excess(token, "How often this regular expression is tried cannot be seen.", hint)
        signs = 8.0 * tested.values
        return Cost(0.0, signs * min(signs, 1e6) ** max(0, times - 1))


def _checked(name: Token) -> str:
    """Return a name that is no word by which the text is understood."""
    if name.text.upper() in _STRUCTURE:
        raise Excess(name, f"{name.text} is a word of the language and names something.", "Take another name.")
    return name.text


def _plain(values: float, each: float | None = None) -> Cost:
    return Cost(values, values, values if each is None else each)


def _whole(cost: Cost) -> Cost:
    return Cost(cost.values, cost.steps, cost.values)


def _larger(one: Cost, other: Cost | None) -> Cost:
    other = other or Cost()
    return Cost(max(one.values, other.values), 0.0, max(one.each, other.each))


def _of_value(value: Any) -> Cost:
    elements = value if isinstance(value, list) else [value]
    return _plain(values_of(value), max(map(values_of, elements), default=0.0))


def _number(text: str) -> float:
    try:
        return float(int(text, 0))
    except ValueError:
        return inf


def _too_many(token: Token, number: float, what: str, most: float) -> Excess:
    message = f"What ends here may come to {number:,.0f} {what}; {most:,.0f} is the most."
    return Excess(token, message, "Make less of what is collected, and repeat nothing within itself.")
