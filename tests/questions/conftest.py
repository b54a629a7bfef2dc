"""How the tests ask a question: with its header's examples, and what asked.toml says beside them."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import neo4j
import pytest
from neo4j import ResultSummary

from graph.catalog import Catalog, Question
from graph.graph import Graph
from graph.parameters import read_parameters
from graph.settings import Settings
from graph.understood import Answer
from service.app import create_app
from service.connection import Address
from tests.conftest import World
from tests.servers import Server
from tests.service.conftest import served

CATALOG = Catalog.load()
BESIDE = tomllib.loads((Path(__file__).parent / "asked.toml").read_text(encoding="utf-8"))
NOTHING_SHIPPED = {name: beside["nothing_shipped"] for name, beside in BESIDE.items() if "nothing_shipped" in beside}
"""Questions to which the shipped case has no answer, with the reason."""
DAY = "2024-12-04"


def pairs(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Write values as a caller writes them: a list is a repeated name, and what is empty is left out."""
    return [(k, str(v)) for k, vs in values.items() for v in (vs if isinstance(vs, list) else [vs]) if v != ""]


def golden_values(question: Question) -> dict[str, Any]:
    """Return what the golden answer of a question was asked with."""
    day = {} if question.header.timeless else {"on": DAY}
    beside = {name: value for name, value in BESIDE.get(question.name, {}).items() if name != "nothing_shipped"}
    return question.examples | day | beside


async def ask(graph: Graph, question: Question, **values: Any) -> Answer:
    """Ask a question as a caller would."""
    asked = read_parameters(question.parameters, pairs(values))
    return await graph.reader.answer(await graph.reader.understand(question, asked))


async def planned_anew(session: neo4j.AsyncSession, question: Question, values: Mapping[str, Any]) -> ResultSummary:
    """Plan a question for what is loaded, and not for what was there when it was planned before; return the summary.

    What the planner believes of an index is counted anew, and the text is planned again by what was counted.
    """
    await (await session.run("CALL db.prepareForReplanning()")).consume()
    explain: Any = "CYPHER replan=force EXPLAIN " + question.wrapped
    summary = await (await session.run(explain, dict(values))).consume()
    assert summary.plan is not None
    return summary


async def page_by_page(graph: Graph, question: Question, size: int = 1, **values: Any) -> list[list[Any]]:
    """Ask for so many rows at a time until there is no next page, and return all rows."""
    rows, after = [], None
    while True:
        page = await ask(graph, question, **values, limit=size, after=after or "")
        rows += page.rows
        after = page.next
        if after is None:
            return rows


@pytest.fixture(scope="session")
def client(settings: Settings, server: Server, world: World) -> Iterator[httpx.Client]:
    """A client of the real service over the tests' database, whatever `world` holds."""
    app = create_app(settings, Address(server.uri, server.user, server.password), CATALOG)
    with served(app) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


@pytest.fixture
def answer(client: httpx.Client, shipped_graph: Graph) -> Callable[..., list[dict[str, Any]]]:
    """Ask a question of the shipped case over HTTP and give its rows."""

    def ask_over_http(question: str, **values: Any) -> list[dict[str, Any]]:
        response = client.get(f"/questions/{question}", params=values)
        assert response.status_code == 200, response.text
        rows: list[dict[str, Any]] = response.json()["rows"]
        return rows

    return ask_over_http


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "question" in metafunc.fixturenames:
        metafunc.parametrize("question", list(CATALOG.values()), ids=list(CATALOG))
