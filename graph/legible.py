"""What can be said of a text before the database sees it: whether it is one that it should be given at all."""

import re
from collections import Counter
from itertools import islice

from graph.tokens import Kind, Token, tokens_of
from graph.verdict import Finding, Reason

LONGEST_BYTES = 24_000
"""Of a longer text even the plan may take a core for many seconds, whatever the database's limit of time."""
MOST_TOKENS = 6_000
MOST_OF: dict[tuple[str, ...], int] = {
    ("UNION",): 50, ("WITH",): 100, ("UNWIND",): 60, ("MATCH",): 80, ("CALL",): 50, ("CASE",): 60, ("EXISTS",): 40,
    ("COUNT",): 60, ("COLLECT",): 40, ("AND",): 400, ("OR",): 300, ("XOR",): 10, ("NOT",): 60, ("&",): 30,
    ("+", "||", "*", "/", "%", "^"): 150, ("-",): 400,
}  # fmt: skip
"""How often words may stand in a text: the more there are, the longer the database plans, and some double that."""
MOST_JOINED = 10
"""Relationships, and nodes without one, that are matched together: what comes between two WITH, or in one subquery."""
DEEPEST_BLOCKS = 10
LONGEST_PATH = 20
"""Relationships that a variable-length pattern may have at most."""
_PREFIXES = ("EXPLAIN", "PROFILE", "CYPHER", "USE")
_ESCAPE = re.compile(r"\\+u", re.IGNORECASE)


def read(content: bytes) -> tuple[str, Finding | None]:
    """Return the text of what was sent, and what speaks against having it planned."""
    if len(content) > LONGEST_BYTES:
        message = f"The text has {len(content):,} bytes; {LONGEST_BYTES:,} are the most."
        return "", Finding(Reason.TOO_LONG, message, "Give long lists as parameters.")
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return "", Finding(Reason.NO_TEXT, "The text is not UTF-8.")
    tokens = tokens_of(text)
    if "\0" in text or not tokens:
        return "", Finding(Reason.NO_TEXT, "There is no text, or there is a NUL in it.")
    found = next(filter(None, (check(text, tokens) for check in (_prefixed, _crowded, _deep, _joined, _long))), None)
    return text, _escaped(text) or found


def place(text: str, at: int) -> tuple[int, int]:
    """Return line and column of a place in a text, from 1."""
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _escaped(text: str) -> Finding | None:
    # The database resolves these before it reads the text: one may end a string, or spell a keyword.
    found = _ESCAPE.search(text)
    if found is None:
        return None
    message, hint = (
        "The text holds an escape of the form \\uXXXX.",
        "Write the letter itself, or give it as a parameter.",
    )
    return Finding(Reason.ESCAPE, message, hint, *place(text, found.start()))


def _prefixed(text: str, tokens: tuple[Token, ...]) -> Finding | None:
    first = tokens[0]
    if not first.says(*_PREFIXES):
        return None
    message = f"The text begins with {first.word}."
    return Finding(Reason.PREFIX, message, "Begin with the first clause.", *place(text, first.at))


def _crowded(text: str, tokens: tuple[Token, ...]) -> Finding | None:
    hint = "Ask in parts, or give lists as parameters."
    if len(tokens) > MOST_TOKENS:
        message = f"The text has {len(tokens):,} words and signs; {MOST_TOKENS:,} are the most."
        return Finding(Reason.TOO_LONG, message, hint)
    often = Counter(token.word for token in tokens)
    for words, most in MOST_OF.items():
        if (number := sum(often[word] for word in words)) > most:
            message = f"The text has {number:,} times {' or '.join(words)}; {most:,} times is the most."
            first_too_many = next(islice(filter(lambda token: token.says(*words), tokens), most, None))
            return Finding(Reason.TOO_LONG, message, hint, *place(text, first_too_many.at))
    return None


def _deep(text: str, tokens: tuple[Token, ...]) -> Finding | None:
    depth = 0
    for token in tokens:
        depth += token.says("{") - token.says("}")
        if depth > DEEPEST_BLOCKS:
            message = f"More than {DEEPEST_BLOCKS} braces stand within each other."
            return Finding(Reason.TOO_LONG, message, "Ask in parts.", *place(text, token.at))
    return None


def _joined(text: str, tokens: tuple[Token, ...]) -> Finding | None:
    joined = [0]
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.says("{"):
            joined.append(0)
        elif token.says("}") and len(joined) > 1:
            joined.pop()
        elif token.says("WITH", "RETURN", "UNION"):
            joined[-1] = 0
        elif (before is not None and before.says("-") and token.says("-", "[")) or token.says("MATCH"):
            joined[-1] += 1
        if joined[-1] > MOST_JOINED:
            message = f"More than {MOST_JOINED} relationships and MATCH are put together at once."
            return Finding(Reason.TOO_LONG, message, "Put a WITH between them.", *place(text, token.at))
    return None


def _long(text: str, tokens: tuple[Token, ...]) -> Finding | None:
    """Find a pattern of variable length that says no most, or too large a one; of others the plan tells it."""
    for at, token in enumerate(tokens):
        if token.says("*") and _in_relationship(tokens, at):
            numbers = [one for one in tokens[at + 1 : at + 4] if one.kind is Kind.NUMBER or one.says("..")]
            most = numbers[-1] if numbers else token
            bound = int(most.text) if most.kind is Kind.NUMBER and most.text.isdecimal() else None
            if bound is None or bound > LONGEST_PATH:
                return too_far(token.text + "".join(one.text for one in numbers), bound, *place(text, token.at))
    return None


def _in_relationship(tokens: tuple[Token, ...], at: int) -> bool:
    """Return whether a star stands in the brackets of a relationship: `-[r:A|B*1..3]-`."""
    for before in range(at - 1, max(0, at - 40), -1):
        if tokens[before].says("["):
            return tokens[before - 1].says("-")
        if not (tokens[before].is_name or tokens[before].says(":", "|", "&", "!")):
            return False
    return False


def too_far(pattern: str, most: int | None, line: int | None = None, column: int | None = None) -> Finding:
    """Return what is said of a pattern that may be too long."""
    message = f"The pattern {pattern} may have {'any number of' if most is None else most} relationships."
    return Finding(Reason.UNBOUNDED, message, f"Say at most {LONGEST_PATH}, as in *1..{LONGEST_PATH}.", line, column)
