"""Every question of the catalogue on a small and on a large world: rows, what the database looks at, and medians.

What the database looks at (db hits) does not depend on what else the machine does. For a question about one agreement
or fact it must stay the same in a world of a hundred times as many; about one state it may grow with the rows.
"""

import time
from collections.abc import Iterable
from statistics import median
from urllib.parse import urlencode

from rich.table import Table

from graph.catalog import Question
from graph.database import translated
from graph.errors import FoedusError
from graph.graph import Graph
from tests.bench import driver
from tests.bench.client import Client

# What is asked for a parameter that must be given, by its name or else by its type; the same in every generated world.
VALUES = {
    "state": "G040", "actor": "G040", "agreement": "A00010", "official": "G040.head-of-state.2", "thing": "A00010",
    "office": "G040.head-of-state", "source": "A00010.text", "fact": "A00010.1.1", "provision": "A00010.1",
    "organization": "O1", "place": "G040.border-region", "from": "2020-01-01", "to": "2020-12-31", "q": "Badoria",
    "text": "Badoria", "other": "G003", "beneficiary": "G003", "bearer": "G040", "kind": "defence", "on": "2020-06-30",
    "key": "A00010.1.1", "collection": "agreements", "subject": "defence", "day": "2020-06-30",
    "event": "M000010", "commitment": "A00010.1.1",
}  # fmt: skip
ON = "2020-06-30"


def asked_with(question: Question, **given: str) -> driver.Pairs:
    """Return values for what a question needs, but for those that are given, and the day."""
    needed = [(name, spec) for name, spec in question.header.params.items() if not spec.optional]
    pairs, used = [], set[str]()
    for name, spec in needed:
        value = given.get(name) or VALUES.get(name) or VALUES.get(spec.type.removeprefix("list of "), str(spec.example))
        # Two states that a question is about are not the same one.
        value = VALUES["other"] if value in used else value
        used.add(value)
        pairs.append((name, value))
    return pairs if question.header.timeless else [*pairs, ("on", ON)]


def address(question: Question, pairs: driver.Pairs) -> str:
    """Return the path that asks a question with these texts of parameters."""
    return f"/questions/{question.name}?{urlencode(pairs)}"


async def measure(small: Graph, large: Graph, named: Iterable[str], client: Client, rounds: int) -> Table:
    """Return the table of these questions; `client` asks a service on the large world, whose cache is off."""
    table = Table("question", "rows", "db hits", "rows, large", "db hits, large", "service ms", "driver ms", "ratio",
                  box=None)  # fmt: skip
    for question in map(large.catalog.find, named):
        try:
            table.add_row(question.name, *await _figures(question, small, large, client, rounds))
        except FoedusError as error:
            table.add_row(question.name, str(error)[:60])
    return table


async def _figures(question: Question, small: Graph, large: Graph, client: Client, rounds: int) -> list[str]:
    pairs, counted = asked_with(question), list[str]()
    for graph in (small, large):
        asked = await driver.understood(graph, question, pairs)
        with translated():
            rows = len(await driver.ask(graph.database, asked))
            counted += [f"{rows:,}", f"{await driver.db_hits(graph.database, asked):,}"]
    path, by_service, by_driver = address(question, pairs), [], []
    for _ in range(rounds):
        begun = time.perf_counter()
        client.get(path)
        between = time.perf_counter()
        await driver.ask(large.database, asked)
        by_service.append(between - begun)
        by_driver.append(time.perf_counter() - between)
    service_ms, driver_ms = median(by_service) * 1000, median(by_driver) * 1000
    return [*counted, f"{service_ms:.2f}", f"{driver_ms:.2f}", f"{service_ms / driver_ms:.2f}"]
