"""The raw driver: the same text with the same values, with nothing of the service around it."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import neo4j
import uvloop

from graph.catalog import Question
from graph.database import Database, open_database
from graph.graph import Graph
from graph.local.server import Connection
from graph.parameters import read_parameters
from graph.settings import Settings

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """A question as the database sees it: its text as the reader runs it, and all its values."""

    name: str
    text: str
    values: dict[str, Any]


async def understood(graph: Graph, question: Question, pairs: Pairs) -> Asked:
    """Return what the reader would run for these texts of parameters."""
    asked = await graph.reader.understand(question, read_parameters(question.parameters, pairs))
    values = asked.values | {"on": asked.on, "known_at": asked.known_at, "after": None, "row_limit": asked.limit + 1}
    return Asked(question.name, question.wrapped, values)


async def ask(database: Database, asked: Asked) -> list[Any]:
    """Ask with nothing but the driver, and return the rows."""
    async with database.reading() as session:
        record = await (await session.run(asked.text, asked.values)).single(strict=True)
    rows: list[Any] = record["rows"]
    return rows


async def db_hits(database: Database, asked: Asked) -> int:
    """Return how often the database looks at what it keeps in order to answer."""
    async with database.reading() as session:
        result = await session.run(neo4j.Query("PROFILE " + asked.text), asked.values)
        await result.single(strict=True)
        return _hits((await result.consume()).profile)


def _hits(operator: dict[str, Any] | None) -> int:
    if operator is None:
        return 0
    return int(operator["args"].get("DbHits", 0)) + sum(map(_hits, operator.get("children", [])))


def throughput(server: Connection, asked: Asked, connections: int, seconds: float) -> float:
    """Return answers a second with so many questions in flight; for a process of its own."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_in_flight(server, asked, connections, seconds))


async def _in_flight(server: Connection, asked: Asked, connections: int, seconds: float) -> float:
    async with await open_database(Settings(), server.uri, server.user, server.password) as database:
        await asyncio.gather(*(ask(database, asked) for _ in range(connections)))
        begun = time.perf_counter()

        async def go_on() -> int:
            answers = 0
            while time.perf_counter() - begun < seconds:
                await ask(database, asked)
                answers += 1
            return answers

        answers = sum(await asyncio.gather(*(go_on() for _ in range(connections))))
        return answers / (time.perf_counter() - begun)
