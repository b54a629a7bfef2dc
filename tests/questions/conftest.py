"""How the tests ask a question: with its header's examples, and what asked.toml says beside them."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from graph.catalog import Catalog, Question
from graph.graph import Graph
from graph.parameters import read_parameters
from graph.reader import Answer

CATALOG = Catalog.load()
BESIDE = tomllib.loads((Path(__file__).parent / "asked.toml").read_text(encoding="utf-8"))
DAY = "2024-12-04"


def pairs(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Write values as a caller writes them: a list is a repeated name, and what is empty is left out."""
    return [(k, str(v)) for k, vs in values.items() for v in (vs if isinstance(vs, list) else [vs]) if v != ""]


def golden_values(question: Question) -> dict[str, Any]:
    """Return what the golden answer of a question was asked with."""
    day = {} if question.header.timeless else {"on": DAY}
    beside: dict[str, Any] = BESIDE.get(question.name, {})
    return question.examples | day | beside


async def ask(graph: Graph, question: Question, **values: Any) -> Answer:
    """Ask a question as a caller would."""
    asked = read_parameters(question.parameters, pairs(values))
    return await graph.reader.answer(await graph.reader.understand(question, asked))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "question" in metafunc.fixturenames:
        metafunc.parametrize("question", list(CATALOG.values()), ids=list(CATALOG))
