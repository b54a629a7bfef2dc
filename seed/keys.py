"""Names turned into parts of keys."""

import re
import unicodedata

# Letters that Unicode does not take apart into one of the Latin alphabet and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "ə": "e"}
    | dict.fromkeys("'’‘ʻʼʿʾ", "")
)


def slug(text: str) -> str:
    """Return a text in small ASCII letters, digits and hyphens; empty when none of it can be written so."""
    parts = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    marks = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", marks).strip("-")
