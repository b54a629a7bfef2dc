"""The tokens of a text, the one that is looked at, and which are words of the language. `clauses.py` stands on it.

A name may be spelled like a word of the language. What would be read in two ways is refused: else a text could hide a
clause from the measure, or make it see one that is none.
"""

import unicodedata

from graph.growth.costs import Excess
from graph.tokens import Kind, Token

DEEPEST = 50
"""Brackets that may stand within each other."""
CLAUSES = (
    "MATCH", "WHERE", "WITH", "RETURN", "UNWIND", "CALL", "YIELD", "UNION", "ORDER", "SKIP", "LIMIT", "OFFSET",
    "OPTIONAL", "FILTER", "LET", "FOR", "NEXT", "FINISH",
)  # fmt: skip
JOINS = ("AND", "OR", "XOR", "NOT")
WORDS_OF_TRUTH = ("IN", "IS", "CONTAINS", *JOINS)
TRUTHS = ("=", "<>", "<", ">", "<=", ">=", "=~", *WORDS_OF_TRUTH)
CASES = ("CASE", "WHEN", "THEN", "ELSE", "END")
BLOCKS = ("EXISTS", "COUNT", "COLLECT")
STRUCTURE = frozenset({*CLAUSES, *CASES, *WORDS_OF_TRUTH, "AS", "DISTINCT", "EXISTS"})
NO_FUNCTIONS = frozenset({
    *CLAUSES, *CASES, *WORDS_OF_TRUTH, "AS", "DISTINCT", "BY", "SHORTEST", "USING", "ON",
    "SHORTESTPATH",
    "ALLSHORTESTPATHS", "GROUPS", "GROUP", "PATH", "PATHS", "CREATE", "MERGE", "INSERT", "FOREACH", "DELETE", "SET",
    "REMOVE", "REQUIRE",
    "IMPERSONATE",
})  # fmt: skip
OPENS, CLOSES = ("(", "[", "{"), (")", "]", "}")
_OPPOSITE = dict(zip(OPENS, CLOSES, strict=True))
_OF_NAMES = frozenset({"Sc", "Cf", "Cc", "Mn", "Mc", "Me", "Pc", "Nl", "No", "Co", "Cn"})
"""Kinds of signs that the database may take into a name, while a token ends before them."""


def checked(name: Token) -> str:
    """Return a name that is no word by which the text is understood. Raises Excess."""
    if name.text.upper() in STRUCTURE:
        raise Excess(name, f"{name.text} is a word of the language and names something.", "Take another name.")
    return name.text


class Words:
    """A place in the tokens of a text, and what stands there."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self.at = 0
        self.barred: set[int] = set()
        """Places of brackets that have a bar right inside, as a list that is made of a pattern has."""
        self.sliced: set[int] = set()
        """Places of brackets that have two dots right inside."""
        self.taken: set[str] = set()
        """Names of what is matched that are spelled like words of the language, which the text then does not use."""

    def look_ahead(self) -> None:
        """See what stands in which brackets. Raises Excess for what cannot be read in one way."""
        opened: list[int] = []
        bare: dict[str, Token] = {}
        for place, token in enumerate(self.tokens):
            if token.says(*OPENS):
                opened.append(place)
            elif opened and token.says(_OPPOSITE[self.tokens[opened[-1]].text]):
                opened.pop()
            elif token.says("|", "..") and opened:
                (self.barred if token.text == "|" else self.sliced).add(opened[-1])
            if len(opened) > DEEPEST:
                raise Excess(token, f"More than {DEEPEST} brackets stand within each other.", "Write it less deep.")
            if self._is_bare(place, token):
                bare[token.text] = token
        for name in self.taken & bare.keys():
            checked(bare[name])

    def _is_bare(self, place: int, token: Token) -> bool:
        """Return whether a word of the language stands where no name can, as far as it is seen; take those that can."""
        if token.kind is Kind.SIGN and token.text != "$" and unicodedata.category(token.text[0]) in _OF_NAMES:
            raise Excess(token, "A name holds a sign that is no letter.", "Put the name into backticks.")
        if token.word not in STRUCTURE:
            return False
        opens = self.says_at(place - 1, "(", "[")
        element = opens and self.says_at(place + 1, ":", ")", "]", "{", "*", "IS", "WHERE")
        path = (opens or self.says_at(place - 1, ",", "|", "{", "MATCH")) and self.says_at(place + 1, "=")
        before_a_brace = token.says("EXISTS", "CASE", "DISTINCT") and self.says_at(place + 1, "{")
        if path or (element and not before_a_brace):
            self.taken.add(token.text)
            return path
        return not (self.is_named(place) or self.is_label(place) or self._is_dotted(place))

    @property
    def token(self) -> Token | None:
        """The token that is looked at."""
        return self.ahead(0)

    @property
    def last(self) -> Token:
        """The token that is looked at, or the last of the text."""
        return self.tokens[min(self.at, len(self.tokens) - 1)]

    def ahead(self, ahead: int) -> Token | None:
        """Return a token further on, if there is one."""
        place = self.at + ahead
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def says(self, ahead: int, *words: str) -> bool:
        """Return whether a token further on is one of these keywords or signs."""
        return self.says_at(self.at + ahead, *words)

    def says_at(self, place: int, *words: str) -> bool:
        """Return whether the token at a place of the text is one of these."""
        return 0 <= place < len(self.tokens) and self.tokens[place].says(*words)

    def is_word(self, *words: str) -> bool:
        """Return whether this is one of these signs or words of the language, and no name that is spelled so."""
        token = self.token
        if token is None or not token.says(*words):
            return False
        if token.kind is Kind.SIGN:
            return True
        return not (self.is_named(self.at) or self.is_label(self.at) or self.is_taken(self.at))

    def is_taken(self, place: int) -> bool:
        """Return whether a word is a name, though it is spelled like a word of the language."""
        return self.tokens[place].text in self.taken or self._is_dotted(place)

    def _is_dotted(self, place: int) -> bool:
        """Return whether a property of a name is read: `next.key`, and not `RETURN .5`."""
        after = self.tokens[place + 2] if place + 2 < len(self.tokens) else None
        return self.says_at(place + 1, ".") and after is not None and after.is_name

    def tests_an_end(self) -> bool:
        """Return whether this is STARTS or ENDS with WITH behind it, and something to be tested before it."""
        if not (self.is_word("STARTS", "ENDS") and self.says(1, "WITH")):
            return False
        before = self.ahead(-1)
        if before is None or (before.kind is Kind.SIGN and not before.says(*CLOSES)):
            return False
        named = self.is_named(self.at - 1) or self.is_label(self.at - 1)
        return named or before.word not in STRUCTURE

    def is_clause(self) -> bool:
        """Return whether a clause begins here."""
        return self.is_word(*CLAUSES)

    def is_named(self, place: int) -> bool:
        """Return whether a word names a property, a key of a map, or what an index that is to be used is on."""
        if self.says_at(place - 1, ".", "&", "!") or self.says_at(place + 1, ":"):
            return True
        return place > 2 and self.says_at(place - 1, ":") and self.says_at(place - 3, "INDEX", "SEEK", "SCAN")

    def is_label(self, place: int) -> bool:
        """Return whether a word may be a label or a type."""
        return self.says_at(place - 1, ":", "|") or (self.says_at(place - 1, "IS") and not self.says_at(place, "NOT"))

    def is_projection(self) -> bool:
        """Return whether the brace behind this word takes properties: `count {.key, day: d}`, and holds no subquery."""
        first = self.ahead(1)
        if first is None or first.says(".", "}"):
            return True
        return first.is_name and self.says(2, ":", ",", "}")
