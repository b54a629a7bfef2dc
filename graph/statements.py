"""The Cypher texts of `cypher/`, read once by name: `write/begin` is `cypher/write/begin.cypher`."""

import re
from functools import cache
from pathlib import Path

from graph.errors import CatalogError

FOLDER = Path(__file__).resolve().parent.parent / "cypher"


@cache
def statement(name: str) -> str:
    """Return the text of one statement."""
    path = FOLDER / f"{name}.cypher"
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CatalogError(f"There is no statement {name!r} in cypher/.") from None


def statements(name: str) -> list[str]:
    """Return the statements of a file that holds several, each ended by `;` at the end of a line."""
    without_comments = re.sub(r"^//.*\n", "", statement(name), flags=re.MULTILINE)
    return [text.strip() for text in re.split(r";\s*$", without_comments, flags=re.MULTILINE) if text.strip()]
