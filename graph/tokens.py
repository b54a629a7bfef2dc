"""A text of Cypher as its words, without spaces and comments. The guard reads it so; only the database parses it."""

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple


class Kind(Enum):
    """What a token is: a string, a number, a parameter, a name in backticks, a word, or a sign."""

    STRING = "string"
    NUMBER = "number"
    PARAMETER = "parameter"
    QUOTED = "quoted"
    WORD = "word"
    SIGN = "sign"


class Token(NamedTuple):
    """A token, where it begins, and what it says: a name without its quotes, a word or a sign as it is written.

    `word` is a word in capitals or a sign, and nothing for other tokens.
    """

    kind: Kind
    text: str
    at: int
    word: str

    def says(self, *words: str) -> bool:
        """Return whether it is one of these keywords, written in capitals, or of these signs."""
        return self.word in words

    @property
    def is_name(self) -> bool:
        """Whether it may name something."""
        return self.kind is Kind.WORD or self.kind is Kind.QUOTED


_TOKEN = re.compile(
    # What is never closed goes on to the end; else each of many beginnings would be looked through to there.
    r"""(?P<skipped>[\s\ufeff\u200b-\u200f\u2060]+|//[^\n\r]*|/\*.*?(?:\*/|\Z))
      | (?P<string>'(?:[^'\\]|\\.)*(?:'|\Z)|"(?:[^"\\]|\\.)*(?:"|\Z))
      | (?P<parameter>\$(?:\s|//[^\n\r]*|/\*.*?\*/)*(?P<named>[^\W\d]\w*|\d+|`(?:[^`]|``)*(?:`|\Z)))
      | (?P<quoted>`(?:[^`]|``)*(?:`|\Z))
      | (?P<number>\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?\w*)
      | (?P<word>[^\W\d]\w*)
      | (?P<sign>\|\||=~|<>|<=|>=|\.\.|.)""",
    re.DOTALL | re.VERBOSE,
)
_KINDS: dict[str | None, Kind] = {kind.value: kind for kind in Kind}
_SPEAKING = (Kind.WORD, Kind.SIGN)


@lru_cache(maxsize=8)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, whatever it holds. Those of the last few are kept: each is looked through often."""
    return tuple(_token(found) for found in _TOKEN.finditer(text) if found.lastgroup != "skipped")


def _token(found: re.Match[str]) -> Token:
    kind, said = _KINDS[found.lastgroup], found[0]
    if kind is Kind.PARAMETER:
        said = found["named"]
    if said.startswith("`"):
        said = said[1:].removesuffix("`").replace("``", "`")
    return Token(kind, said, found.start(), said.upper() if kind in _SPEAKING else "")


_PAIRS = {")": "(", "]": "[", "}": "{"}


def closed(text: str) -> bool:
    """Return whether a text stays within braces that are put around it: what it opens it closes, and nothing else.

    Brackets close in their order, no string, name or comment goes on to the end, and no semicolon ends the statement.
    """
    opened = ["{"]
    for token in tokens_of(text + "\n}"):
        if token.kind is not Kind.SIGN:
            continue
        if token.text == ";" or not opened:
            return False
        if token.text in _PAIRS.values():
            opened.append(token.text)
        elif token.text in _PAIRS and opened.pop() != _PAIRS[token.text]:
            return False
        if not opened:
            return token.at == len(text) + 1
    return False
