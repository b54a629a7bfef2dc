"""Texts of one's own: how long the gate takes, and what a crowd of slow ones does to those who ask the catalogue."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from statistics import median
from typing import Any

import httpx
from rich.table import Table

from graph.graph import Graph
from graph.keys import Scope
from graph.statements import statement

TEXTS = ("names", "partners", "bound_together")
CROWD, SECONDS = 100, 15.0
FIRST = 20
_WITH_STATE = {"state": "G001"}


async def measure_gate(graph: Graph, times: int) -> Table:
    """Compare texts that are judged for the first time with such that are known, and with EXPLAIN and nothing else.

    The database's planner is code that Java compiles while it is used, so the first of them take longest.
    """
    table = Table("the gate", "EXPLAIN alone ms", f"the first {FIRST} new ms", "new ms", "known ms", box=None)
    alone, new, known = dict[str, list[float]](), dict[str, list[float]](), dict[str, list[float]]()
    # Each text once more in turn; a name makes it one that nobody has seen.
    for number in range(times):
        for text in TEXTS:
            for taken in (new, known):
                asked = await graph.queries.asked(_named(text, str(number)).encode(), _WITH_STATE)
                begun = time.perf_counter()
                verdict = await graph.queries.check(asked)
                taken.setdefault(text, []).append(1000 * (time.perf_counter() - begun))
                assert verdict.allowed, verdict.refusals
            alone.setdefault(text, []).append(await _explained(graph, _named(text, f"alone_{number}")))
    for text in TEXTS:
        table.add_row(text, *_shown(alone[text], new[text][:FIRST], new[text], known[text]))
    every = [[one for some in taken.values() for one in some] for taken in (alone, new, known)]
    table.add_row("all", *_shown(every[0], [one for some in new.values() for one in some[:FIRST]], *every[1:]))
    return table


def _named(text: str, what: str) -> str:
    return re.sub(r"\b(c|d|agreement)\b", rf"\1_{what}", statement(f"examples/{text}"))


async def _explained(graph: Graph, text: str) -> float:
    """Return how many milliseconds the database itself takes to plan a text."""
    begun = time.perf_counter()
    async with graph.database.planning() as session:
        explain: Any = f"EXPLAIN {text}"
        await (await session.run(explain, _WITH_STATE | {"on": None, "known_at": None})).consume()
    return 1000 * (time.perf_counter() - begun)


def _shown(*taken: list[float]) -> list[str]:
    *many, known = map(median, taken)
    return [*(f"{one:.1f}" for one in many), f"{known:.3f}"]


async def key_of_an_analyst(graph: Graph) -> str:
    """Return the text of a key that may run texts of its own."""
    return (await graph.keys.create("bench", [Scope.CYPHER], None)).text


def measure_crowd(port: int, key: str, ask: Callable[[], object]) -> Table:
    """Compare a question's time while nobody else asks with that while a hundred slow texts are sent at once."""
    quiet = _times(ask, SECONDS / 3)
    with ProcessPoolExecutor(1) as process:
        crowd = process.submit(_crowd, port, key, SECONDS + 3)
        time.sleep(2)
        beside = _times(ask, SECONDS - 2)
        statuses = crowd.result()
    title = f"{CROWD} slow texts at once: " + ", ".join(
        f"{number} x {code}" for code, number in sorted(statuses.items())
    )
    table = Table(title, "asked", "median ms", "to quiet", box=None)
    table.add_row("quiet", str(len(quiet)), f"{median(quiet):.2f}", "")
    table.add_row("beside", str(len(beside)), f"{median(beside):.2f}", f"{median(beside) / median(quiet):.2f}")
    return table


def _times(ask: Callable[[], object], seconds: float) -> list[float]:
    times, end = list[float](), time.perf_counter() + seconds
    while (begun := time.perf_counter()) < end:
        ask()
        times.append(1000 * (time.perf_counter() - begun))
    return times


def _crowd(port: int, key: str, seconds: float) -> Counter[int]:
    return asyncio.run(_sent(f"http://127.0.0.1:{port}/queries/run", key, seconds))


async def _sent(address: str, key: str, seconds: float) -> Counter[int]:
    end, statuses = time.perf_counter() + seconds, Counter[int]()
    body, headers = {"text": statement("examples/slow")}, {"Authorization": f"Bearer {key}"}
    limits = httpx.Limits(max_connections=CROWD)
    async with httpx.AsyncClient(timeout=60, limits=limits, trust_env=False) as client:

        async def one() -> None:
            while time.perf_counter() < end:
                statuses[(await client.post(address, json=body, headers=headers)).status_code] += 1

        await asyncio.gather(*(one() for _ in range(CROWD)))
    return statuses
