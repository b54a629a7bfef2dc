"""How a world of a million commitments answers: beside the raw driver, beside Neo4j's own HTTP, and over time.

What is compared is measured in turns, in rounds, so that whatever else the machine does falls on all of it.
"""

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime
from multiprocessing import get_context
from statistics import median
from typing import Any, TypeVar
from urllib.parse import urlencode

import orjson
from rich.table import Table

from graph.graph import Graph
from tests.bench import client, driver
from tests.bench.catalogue import address
from tests.bench.client import Client, Request
from tests.bench.servers import Neo4j, Service

CONNECTIONS = 16
SECONDS = 4.0
WARM_UP = 100
ROWS = 50
ONE_STATE, CLOSURE, STREAM = "commitments_owed_to_state", "states_drawn_in", "commitments_in_force"
DAYS = ("2020-06-30", "2000-06-30", "1980-06-30", "1960-06-30", "1940-06-30", "1920-06-30", "1900-06-30", "1880-06-30",
        "1860-06-30", "1840-06-30")  # fmt: skip
CLOSURE_YEARS = (1950, 1980, 2020)
ROWS_BY_STATE = """
MATCH ()-[c:COMMITS_TO]->()
WHERE c.holds_from <= date($day) < c.holds_until
RETURN c.beneficiary AS state, count(*) AS rows
"""
_TYPES: tuple[tuple[type, str, Callable[[Any], Any]], ...] = (
    (type(None), "Null", lambda value: value),
    (bool, "Boolean", lambda value: value),
    (int, "Integer", str),
    (datetime, "OffsetDateTime", datetime.isoformat),
    (date, "Date", date.isoformat),
    (str, "String", str),
)
Series = dict[str, list[float]]
T = TypeVar("T")


def in_a_process(work: Callable[..., T], *arguments: Any) -> T:
    """Run some work in a process of its own, so that what measures does not slow down what is measured."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


async def rows_by_state(graph: Graph, day: str) -> dict[str, int]:
    """Return how many rows the question about one state has on a day, state by state."""
    async with graph.database.reading() as session:
        return {record["state"]: record["rows"] async for record in await session.run(ROWS_BY_STATE, day=day)}


async def same_rows(small: Graph, large: Graph) -> tuple[int, driver.Pairs, driver.Pairs]:
    """Find a state and a day in each world for which there are the same number of rows, near 50."""
    found: list[dict[int, driver.Pairs]] = []
    for graph in (small, large):
        states: dict[int, driver.Pairs] = {}
        for day in DAYS:
            for state, rows in (await rows_by_state(graph, day)).items():
                states.setdefault(rows, [("state", state), ("on", day)])
        found.append(states)
    rows = min(found[0].keys() & found[1].keys(), key=lambda number: abs(number - ROWS))
    return rows, found[0][rows], found[1][rows]


def query_api(server: Neo4j, asked: driver.Asked) -> Request:
    """Return the request that asks Neo4j's own HTTP interface the same text with the same values."""
    body = {"statement": asked.text, "parameters": {name: _typed(value) for name, value in asked.values.items()}}
    kind = "application/vnd.neo4j.query"
    return Request(
        "/db/neo4j/query/v2", orjson.dumps(body), kind, "application/json", (server.bolt.user, server.bolt.password)
    )


def _typed(value: Any) -> dict[str, Any]:
    """Return a value as the interface wants it, which knows no day or instant of JSON's own."""
    if isinstance(value, list):
        return {"$type": "List", "_value": [_typed(one) for one in value]}
    named, text = next((name, text) for kind, name, text in _TYPES if isinstance(value, kind))
    return {"$type": named, "_value": text(value)}


def compare(
    in_turns: dict[str, Callable[[], Any]], at_once: dict[str, Callable[[], float]], rounds: int, requests: int
) -> tuple[Series, Series]:
    """Return, by name and round, median milliseconds of what asks once, and what measures a throughput."""
    milliseconds: Series = {name: [] for name in in_turns}
    a_second: Series = {name: [] for name in at_once}
    for ask in in_turns.values():
        for _ in range(min(WARM_UP, requests)):
            ask()
    for _ in range(rounds):
        times: Series = {name: [] for name in in_turns}
        for _ in range(requests):
            for name, ask in in_turns.items():
                times[name].append(timed(ask))
        for name, taken in times.items():
            milliseconds[name].append(median(taken))
        for name, measure in at_once.items():
            a_second[name].append(measure())
    return milliseconds, a_second


def timed(ask: Callable[[], Any]) -> float:
    """Return how many milliseconds something takes."""
    begun = time.perf_counter()
    ask()
    return (time.perf_counter() - begun) * 1000


def compared_table(title: str, milliseconds: Series, a_second: Series, base: str) -> Table:
    """Return medians over the rounds, and the ratio to one of them: median, least and most of the rounds."""
    table = Table(title, "median ms", f"to {base}", "16 connections, 1/s", f"to {base}", box=None)
    for name, times in milliseconds.items():
        own = a_second[name]
        answers = (f"{median(own):,.0f}", _ratios(own, a_second[base]))
        table.add_row(name, *with_ratio(times, milliseconds[base]), *answers)
    return table


def with_ratio(times: list[float], base: list[float]) -> tuple[str, str]:
    """Return the median of the rounds, and the ratio to what was measured beside it."""
    return f"{median(times):.2f}", _ratios(times, base)


def _ratios(ours: list[float], theirs: list[float]) -> str:
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def stream(service: Service, path: str) -> Table:
    """Read an answer as NDJSON to its end, and return how much came and what memory the service took meanwhile."""
    memory, received, lines, begun, first = [service.memory_mb], 0, 0, time.perf_counter(), 0.0
    looked = begun
    for piece in Client(service.port).stream(Request(path, accept="application/x-ndjson")):
        now = time.perf_counter()
        first = first or now - begun
        received, lines = received + len(piece), lines + piece.count(b'{"')
        if now - looked > 0.5:
            looked = now
            memory.append(service.memory_mb)
    seconds = time.perf_counter() - begun
    table = Table("NDJSON of every commitment in force", "", box=None)
    table.add_row("MiB received", f"{received / 2**20:,.0f}")
    table.add_row("first byte after, s", f"{first:.2f}")
    table.add_row("seconds", f"{seconds:.1f}")
    quarters = [memory[min(len(memory) - 1, len(memory) * part // 4)] for part in range(5)]
    table.add_row("service's memory in MiB, before and by quarters", ", ".join(f"{one:.0f}" for one in quarters))
    table.add_row("most", f"{max(memory):.0f}")
    return table


def throughput_of(port: int, request: Request) -> Callable[[], float]:
    """Return what measures the throughput of a server from a process of its own."""
    return lambda: in_a_process(client.throughput, port, request, CONNECTIONS, SECONDS)


def path_of(graph: Graph, name: str, pairs: driver.Pairs) -> str:
    """Return the address of a question."""
    return address(graph.catalog.find(name), pairs)


def stream_path(graph: Graph) -> str | None:
    """Return the address of the largest answer there is, None where no question gives it."""
    if STREAM not in graph.catalog:
        return None
    return f"/questions/{STREAM}?" + urlencode({"on": DAYS[0], "format": "ndjson"})
