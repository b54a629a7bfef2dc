"""Texts as people read them: those of the graph with nothing in them that a terminal would obey, and errors."""

import re
from unicodedata import category

from graph.errors import FoedusError, InputError

_LINE_ENDS = re.compile(r"\r\n|[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]")
_OBEYED = {"Cc", "Cs"}
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def harmless(text: str) -> str:
    """Write a text on one line and without anything that a terminal would obey.

    What a source wrote may hold escape sequences, and marks that turn the direction of the text; each such character
    becomes U+FFFD, and an end of a line a space.
    """
    flat = _LINE_ENDS.sub(" ", text)
    return "".join("\N{REPLACEMENT CHARACTER}" if category(one) in _OBEYED or one in _TURNING else one for one in flat)


def sentences(error: FoedusError) -> list[str]:
    """Return what an error says, a line for each thing that is wrong, with its way out."""
    told = [(one.message, one.hint) for one in error.problems] if isinstance(error, InputError) else []
    return [f"{message} {hint}" if hint else message for message, hint in told or [(str(error), error.hint)]]
