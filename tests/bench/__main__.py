"""`make bench`: derivation and walks alone, then a world of a million commitments in all that is claimed of it.

The first run generates the worlds, which takes a quarter of an hour; they are kept in the cache folder.
`make bench ARGS="--only growth"` runs one part; the parts are those of `PARTS`.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from statistics import median
from typing import Any

import click
import uvloop
from rich.console import Console
from rich.table import Table

from graph.graph import Graph, open_graph
from graph.settings import Settings
from seed.generated.size import Size
from tests.bench import catalogue, driver, million
from tests.bench.analysts import key_of_an_analyst, measure_crowd, measure_gate
from tests.bench.chains import measure_chains
from tests.bench.client import Client, Request
from tests.bench.derivation import measure_derivation
from tests.bench.loading import measure_loading
from tests.bench.servers import MEMORY, Neo4j, Service, neo4j, service, sized
from tests.bench.writing import measure_writing

SMALL, LARGE = 10_000, 1_000_000
PARTS = (
    "derivation", "walks", "loading", "warming", "service", "growth", "closure", "catalogue", "stream", "writing",
    "analysts",
)  # fmt: skip
CACHE_MB = 256
WIDTH = 140


@dataclass(frozen=True)
class Bench:
    """Everything that runs while it is measured, and how long to measure."""

    runner: asyncio.Runner
    servers: tuple[Neo4j, Neo4j]
    graphs: tuple[Graph, Graph]
    uncached: Service
    cached: Service
    sizes: tuple[Size, Size]
    rounds: int
    requests: int
    questions: tuple[str, ...]

    @property
    def large(self) -> Graph:
        """The graph of the large world."""
        return self.graphs[1]

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Wait for some work."""
        return self.runner.run(work)

    def understood(self, graph: Graph, name: str, pairs: driver.Pairs) -> driver.Asked:
        """Return a question as the database sees it."""
        asked: driver.Asked = self.run(driver.understood(graph, graph.catalog.find(name), pairs))
        return asked

    def raw(self, graph: Graph, asked: driver.Asked) -> None:
        """Ask with nothing but the driver."""
        self.run(driver.ask(graph.database, asked))


@click.command()
@click.option("--rounds", default=5, show_default=True, help="Rounds in which what is compared takes turns.")
@click.option("--requests", default=100, show_default=True, help="Requests of each in a round.")
@click.option("--commitments", default=LARGE, show_default=True, help="Commitments of the large world.")
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="Only this part; may be repeated.")
@click.option("--question", multiple=True, help="Of the catalogue only this question; may be repeated.")
def main(rounds: int, requests: int, commitments: int, only: tuple[str, ...], question: tuple[str, ...]) -> None:
    """Print what is measured side by side. Nothing is asserted."""
    parts = only or PARTS
    for part in sorted(_WITHOUT_A_WORLD.keys() & parts):
        for table in _WITHOUT_A_WORLD[part]() or []:
            Console(width=WIDTH).print(table, "")
    if _WITHOUT_A_WORLD.keys() >= set(parts):
        return
    with _bench(commitments, rounds, requests, question) as bench:
        for part in parts:
            for table in _MEASURES.get(part, lambda _: [])(bench):
                Console(width=WIDTH).print(table, "")


@contextmanager
def _bench(commitments: int, rounds: int, requests: int, questions: tuple[str, ...]) -> Iterator[Bench]:
    settings = Settings().model_copy(update=MEMORY | {"query_seconds": 60.0})
    sizes = sized(SMALL), sized(commitments)
    with (
        neo4j(sizes[0]) as small,
        neo4j(sizes[1]) as large,
        service(large, {"FOEDUS_CACHE_MB": "0"}) as uncached,
        service(large, {"FOEDUS_CACHE_MB": str(CACHE_MB)}) as cached,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        opened = [open_graph(settings, one.bolt.uri, one.bolt.user, one.bolt.password) for one in (small, large)]
        graphs = tuple(runner.run(one.__aenter__()) for one in opened)
        try:
            yield Bench(
                runner, (small, large), (graphs[0], graphs[1]), uncached, cached, sizes, rounds, requests, questions
            )
        finally:
            for one in opened:
                runner.run(one.__aexit__(None, None, None))


def _warming(bench: Bench) -> list[Table]:
    table = Table("cold start of the service on the large world", "answers after s", "warm after s", box=None)
    for name, one in (("a Neo4j that was just started", bench.uncached), ("the same, warmed once", bench.cached)):
        table.add_row(name, f"{one.answered_after:.1f}", f"{one.warm_after:.1f}")
    return [table]


def _service(bench: Bench) -> list[Table]:
    """Compare the service, with and without its cache, the raw driver and Neo4j's own HTTP."""
    rows, _, pairs = bench.run(million.same_rows(*bench.graphs))
    asked, server = bench.understood(bench.large, million.ONE_STATE, pairs), bench.servers[1]
    path, api = million.path_of(bench.large, million.ONE_STATE, pairs), million.query_api(server, asked)
    uncached, cached, own = Client(bench.uncached.port), Client(bench.cached.port), Client(server.http_port)
    at_once = partial(million.in_a_process, driver.throughput, server.bolt, asked, million.CONNECTIONS, million.SECONDS)
    milliseconds, a_second = million.compare(
        {
            "raw driver": partial(bench.raw, bench.large, asked),
            "service, cache off": partial(uncached.get, path),
            "service, cache on": partial(cached.get, path),
            "Neo4j's HTTP": partial(own.ask, api),
        },
        {
            "raw driver": at_once,
            "service, cache off": million.throughput_of(bench.uncached.port, Request(path)),
            "service, cache on": million.throughput_of(bench.cached.port, Request(path)),
            "Neo4j's HTTP": million.throughput_of(server.http_port, api),
        },
        bench.rounds,
        bench.requests,
    )
    title = f"{million.ONE_STATE}, {rows} rows"
    return [million.compared_table(title, milliseconds, a_second, base) for base in ("raw driver", "Neo4j's HTTP")]


def _growth(bench: Bench) -> list[Table]:
    """Compare the same number of rows out of a small world and out of the large one."""
    rows, *asked_with = bench.run(million.same_rows(*bench.graphs))
    named = {"small": (bench.graphs[0], asked_with[0]), "large": (bench.graphs[1], asked_with[1])}
    asked = {name: (graph, bench.understood(graph, million.ONE_STATE, pairs)) for name, (graph, pairs) in named.items()}
    milliseconds, _ = million.compare(
        {name: partial(bench.raw, *one) for name, one in asked.items()}, {}, bench.rounds, bench.requests
    )
    table = Table(f"{million.ONE_STATE}, {rows} rows each", "asked", "driver ms", "to small", "db hits", box=None)
    for name, times in milliseconds.items():
        hits = bench.run(driver.db_hits(asked[name][0].database, asked[name][1]))
        shown = " ".join(text for _, text in named[name][1])
        table.add_row(name, shown, *million.with_ratio(times, milliseconds["small"]), f"{hits:,}")
    return [table]


def _closure(bench: Bench) -> list[Table]:
    """Measure the states drawn in to depth 4, by who asks first of a day and by who asks after somebody else did."""
    table = Table(f"{million.CLOSURE}, depth 4, cache off", "pairs", "first ms", "then ms", box=None)
    client, days = Client(bench.uncached.port), bench.requests // 5
    for year in million.CLOSURE_YEARS:
        first, then = list[float](), list[float]()
        for back in range(days):
            on = (date(year, 6, 30) - timedelta(days=back)).isoformat()
            for state, times in (("G001", first), ("G040", then), ("G150", then)):
                path = million.path_of(bench.large, million.CLOSURE, [("state", state), ("on", on)])
                times.append(million.timed(partial(client.get, path)))
        asked = bench.understood(bench.large, million.CLOSURE, [("state", "G001"), ("on", on)])
        pairs = sum(len(owes) for *_, owes in bench.run(driver.ask(bench.large.database, asked)))
        table.add_row(on[:4], f"{pairs:,}", f"{median(first):.1f}", f"{median(then):.1f}")
    return [table]


def _catalogue(bench: Bench) -> list[Table]:
    named = bench.questions or tuple(bench.large.catalog)
    measured = catalogue.measure(*bench.graphs, named, Client(bench.uncached.port), bench.requests // 5)
    return [bench.run(measured)]


def _stream(bench: Bench) -> list[Table]:
    path = million.stream_path(bench.large)
    return [million.stream(bench.uncached, path)] if path else []


def _writing(bench: Bench) -> list[Table]:
    """Compare a change set with a bare transaction, in a small world and in the large one."""
    worlds = {
        f"{size.commitments:,} commitments": (graph, size)
        for graph, size in zip(bench.graphs, bench.sizes, strict=True)
    }
    return [bench.run(measure_writing(worlds, bench.rounds))]


def _analysts(bench: Bench) -> list[Table]:
    """Measure the gate, and a question beside a crowd of slow texts."""
    _, _, pairs = bench.run(million.same_rows(*bench.graphs))
    path = million.path_of(bench.large, million.ONE_STATE, pairs)
    ask = partial(Client(bench.uncached.port).get, path)
    key = bench.run(key_of_an_analyst(bench.large))
    return [bench.run(measure_gate(bench.large, 3 * bench.requests)), measure_crowd(bench.uncached.port, key, ask)]


_WITHOUT_A_WORLD: dict[str, Callable[[], list[Table] | None]] = {
    "derivation": measure_derivation, "walks": measure_chains, "loading": measure_loading,
}  # fmt: skip
_MEASURES = {
    "warming": _warming,
    "service": _service,
    "growth": _growth,
    "closure": _closure,
    "catalogue": _catalogue,
    "stream": _stream,
    "writing": _writing,
    "analysts": _analysts,
}

if __name__ == "__main__":
    main()
