"""Where a person's names stand in texts, in any script, with or without accents, and the texts without them.

The eraser calls it. Pure.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator

from graph.resolver import plain

MARK = "[erased]"
"""What stands in a text in place of a name."""
SHORTEST = 4
LONGEST_OF_ANY_FIELD = 500
"""A text of so many letters fits into every field."""
# Chinese, Japanese and Korean, Thai and Lao: their names are short, and nothing stands between their words.
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHORTEST_THERE = 3
_BETWEEN = r"[\s\u2010-\u2015-]+"


def words(name: str) -> frozenset[str]:
    """Return the words of a name, as they are compared."""
    return frozenset(re.findall(r"\w+", plain(name)))


def may_be_looked_for(name: str) -> bool:
    """Return whether a name is long enough not to be found everywhere: `Li` is not, `Li Wei` is."""
    shortest = _SHORTEST_THERE if _WITHOUT_SPACES.search(name) else SHORTEST
    return len(name) >= shortest or " " in name.strip()


class Mentions:
    """Finds names, whole, and `alone`, single words of them that stand for the person too, as a surname does."""

    def __init__(self, names: Iterable[str], alone: Collection[str] = ()) -> None:
        # Of a name that is nothing but accents nothing is left to be looked for.
        patterns = sorted({_pattern(name) for name in names if _folded(name.strip())[0]}, key=len, reverse=True)
        self._names = re.compile("|".join(patterns) or r"(?!)")
        self._alone = re.compile("|".join(_pattern(word) for word in sorted(alone)) or r"(?!)")

    def found(self, text: str) -> bool:
        """Return whether something of it stands in a text."""
        folded, _ = _folded(text)
        return bool(self._names.search(folded) or self._alone.search(folded))

    def without(self, text: str, *, of_the_person: bool) -> str:
        """Return a text with a mark in place of each name.

        A word alone is replaced too where the text is known to be `of_the_person`, if it has the capital of a name:
        `Rice` and not `rice`.
        """
        replaced = _marked(text, self._names, lambda _: True)
        if of_the_person:
            replaced = _marked(replaced, self._alone, lambda first: first == first.upper())
        # A mark may be longer than a name, and a field has its limit.
        return replaced[: max(len(text), LONGEST_OF_ANY_FIELD)]


def pieces(names: Iterable[str]) -> list[str]:
    """Return texts in small letters, one of which stands in every text that has one of these names or a word of it."""
    found = set[str]()
    for name in names:
        for text in (name.lower(), plain(name)):
            found |= {word for word in re.findall(r"\w+", text) if len(word) >= SHORTEST} or {text}
    return sorted(found)


def _pattern(name: str) -> str:
    folded, _ = _folded(name.strip())
    inner = _BETWEEN.join(re.escape(word) for word in re.split(_BETWEEN, folded))
    first, last = ("" if _WITHOUT_SPACES.match(letter) else r"\w" for letter in (folded[0], folded[-1]))
    return rf"{f'(?<!{first})' if first else ''}{inner}{f'(?!{last})' if last else ''}"


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text as names are compared, and for each of its letters where that stood."""
    letters = [(folded, i) for i, letter in enumerate(text) for folded in _letters(letter)]
    return "".join(folded for folded, _ in letters), [*(i for _, i in letters), len(text)]


def _letters(letter: str) -> Iterator[str]:
    if letter.isspace():
        yield " "
    elif not unicodedata.combining(letter):
        yield from plain(letter)


def _marked(text: str, pattern: re.Pattern[str], wanted: Callable[[str], bool]) -> str:
    folded, at = _folded(text)
    kept, done = [], 0
    for match in pattern.finditer(folded):
        begin, end = at[match.start()], at[match.end()]
        if wanted(text[begin]):
            kept += [text[done:begin], MARK]
            done = end
    return "".join([*kept, text[done:]])
