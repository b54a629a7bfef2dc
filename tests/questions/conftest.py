"""How the tests ask a question: with its header's examples, and what asked.toml says beside them."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from graph.catalog import Catalog, Question
from graph.graph import Graph
from graph.model.changes import ChangeSet
from graph.parameters import read_parameters
from graph.reader import Answer
from graph.settings import Settings
from service.app import create_app
from service.connection import Address
from tests.conftest import Server, World
from tests.questions.handmade import RECORDS
from tests.service.conftest import served

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


class Asked:
    """The graph that the golden answers are asked of: the shipped case, and beside it what it has none of."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known_at: datetime | None = None

    async def graph(self) -> Graph:
        """Return it, loaded anew when a test has written to it or loaded something else."""
        if self._known_at is None or await self._world.graph.revision.known_at() != self._known_at:
            await self._world.shipped()
            self._world.changed()
            beside = ChangeSet.of(RECORDS, author="a test", reason="What the shipped case has none of.")
            self._known_at = (await self._world.graph.writer.apply(beside)).known_at
        return self._world.graph


@pytest.fixture(scope="session")
def asked(world: World) -> Asked:
    return Asked(world)


@pytest_asyncio.fixture(loop_scope="session")
async def asked_graph(asked: Asked) -> Graph:
    """The graph of the golden answers, free to write to: the next test then gets it anew."""
    return await asked.graph()


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
