"""The answers in the README are real: every row shown is among those given, with every value shown."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from graph.graph import Graph
from tests.questions.conftest import CATALOG, ask

SHOWN = re.compile(r"<!-- asked: (?P<path>\S+) -->\n```json\n(?P<rows>.*?)```", re.DOTALL)


def is_among(shown: dict[str, Any], rows: list[dict[str, Any]]) -> bool:
    return any(all(row.get(name, "absent") == value for name, value in shown.items()) for row in rows)


async def test_the_answers_in_the_readme_are_real(shipped_graph: Graph, repository: Path) -> None:
    found = list(SHOWN.finditer((repository / "README.md").read_text(encoding="utf-8")))
    assert len(found) == 9
    for one in found:
        path = urlsplit(one["path"])
        question = CATALOG[path.path.removeprefix("/questions/")]
        rows = (await ask(shipped_graph, question, **dict(parse_qsl(path.query)))).records
        for shown in json.loads(one["rows"]):
            assert is_among(shown, rows), (question.name, shown)
