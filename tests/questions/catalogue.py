"""The list of questions in cypher/README.md, from their headers: `python -m tests.questions.catalogue` renews it."""

import re
from itertools import groupby
from pathlib import Path

from graph.catalog import Catalog, Question

README = Path(__file__).resolve().parents[2] / "cypher" / "README.md"
_LISTED = re.compile(r"(<!-- catalogue:.*? -->\n).*(<!-- end of the catalogue -->)", re.DOTALL)


def with_catalogue(text: str) -> str:
    """Return the page with the list as the headers have it now."""
    topics = groupby(Catalog.load().values(), key=lambda question: question.topic)
    tables = "\n".join(_table(topic, list(questions)) for topic, questions in topics)
    return _LISTED.sub(lambda found: f"{found[1]}\n{tables}\n{found[2]}", text)


def _table(topic: str, questions: list[Question]) -> str:
    rows = "".join(
        f"| `{q.name}` | {', '.join(map(_parameter, q.header.params))} | {q.header.about} |\n" for q in questions
    )
    return f"### {topic}\n\n| question | parameters | asks |\n| --- | --- | --- |\n{rows}"


def _parameter(name: str) -> str:
    return f"`{name}`"


if __name__ == "__main__":
    README.write_text(with_catalogue(README.read_text(encoding="utf-8")), encoding="utf-8")
