"""What loading takes: all that foedus ships into an empty graph, a second time, and beside a bare UNWIND of the same.

Each load is the command in a process of its own. The other side reads what came to be, a change set at a time, and
writes it to an empty server with nothing around it; only its writes count.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.table import Table

from graph import schema
from graph.graph import Graph, open_graph
from graph.local.server import Connection, LocalNeo4j
from graph.revision import native
from graph.settings import Settings
from tests.bench.writing import CREATE, CREATE_PIECES, TAKE, write_bare

LOADS = {
    "shipped": ("load", "shipped"),
    "ggo-agreements": ("load", "ggo-agreements"),
    "us-foreign-aid": ("load", "us-foreign-aid"),
    "ggo-agreements, the same files": ("import", "ggo-agreements"),
    "ggo-agreements, each row again": ("import", "ggo-agreements", "--again"),
}
BATCH = 1000
_CHANGE_SETS = "MATCH (c:ChangeSet) RETURN c.recorded_at AS instant ORDER BY instant"
_PIECES = """
MATCH (:ChangeSet {recorded_at: $instant})
MATCH (v:Version {recorded_from: $instant})-[:ON|IN|OF|UNDER]->(t:Thing)
WITH DISTINCT t.key AS unit
CALL (unit) {
  MATCH (a)-[p:PARTY_TO {unit: unit}]->(b) RETURN a, p, b
  UNION ALL
  MATCH (a)-[p:COMMITS_TO {unit: unit}]->(b) RETURN a, p, b
  UNION ALL
  MATCH (a)-[p:HELD {unit: unit}]->(b) RETURN a, p, b
  UNION ALL
  MATCH (a)-[p:BELONGED_TO {unit: unit}]->(b) RETURN a, p, b
}
WITH a, p, b
WHERE p.recorded_from = $instant
RETURN a.key AS start, b.key AS end, type(p) AS type, properties(p) AS fields
"""


def measure_loading() -> list[Table]:
    """Load all, measure each, and write the same by a bare UNWIND."""
    with _server() as ours, _server() as bare:
        table = Table("loading what foedus ships", "seconds", "peak MB of the loader", box=None)
        total = 0.0
        for name, arguments in LOADS.items():
            seconds, peak = _run(ours, arguments)
            total += seconds if arguments[0] == "load" else 0.0
            table.add_row(name, f"{seconds:.1f}", f"{peak:.0f}")
        table.add_row("all of it", f"{total:.1f}", "")
        rows, seconds = asyncio.run(_bare(ours, bare))
        compared = Table(
            "rows, links and derived relationships counted as rows", "rows", "seconds", "rows a second", box=None
        )
        for name, took in (("through the writer", total), ("bare UNWIND", seconds)):
            compared.add_row(name, f"{rows:,}", f"{took:.1f}", f"{rows / took:,.0f}")
    return [table, compared]


@contextmanager
def _server() -> Iterator[Connection]:
    with (
        TemporaryDirectory() as folder,
        LocalNeo4j(Settings().model_copy(update={"data": Path(folder) / "data"})) as one,
    ):
        yield one


def _run(server: Connection, arguments: tuple[str, ...]) -> tuple[float, float]:
    """Run a command to its end, and return its seconds and the most memory that it had."""
    environment = os.environ | {
        "FOEDUS_NEO4J_URI": server.uri,
        "FOEDUS_NEO4J_USER": server.user,
        "FOEDUS_NEO4J_PASSWORD": server.password,
    }
    begun = perf_counter()
    with subprocess.Popen([sys.executable, "-m", "service.cli", *arguments], env=environment) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments} failed")
    return perf_counter() - begun, usage.ru_maxrss / 1024


async def _bare(ours: Connection, bare: Connection) -> tuple[int, float]:
    """Return how many nodes and relationships there are, and how long it takes to create no more than these."""
    settings = Settings().model_copy(update={"query_seconds": 60.0})
    async with (
        open_graph(settings, ours.uri, ours.user, ours.password) as source,
        open_graph(settings, bare.uri, bare.user, bare.password) as target,
    ):
        await schema.apply(target.database)
        written, took = 0, 0.0
        async with source.database.reading() as session:
            instants = [native(one["instant"]) async for one in await session.run(_CHANGE_SETS)]
            for instant in instants:
                rows = [one.data() async for one in await session.run(TAKE, instant=instant)]
                rows = [one for one in rows if one["fields"]["version"] == 1]
                pieces = [one.data() async for one in await session.run(_PIECES, instant=instant)]
                took += await _written(target, rows, pieces)
                written += len(rows) + sum(len(one["links"]) for one in rows) + len(pieces)
        return written, took


async def _written(graph: Graph, rows: list[dict[str, object]], pieces: list[dict[str, object]]) -> float:
    parts = [(CREATE, {"rows": rows})]
    parts += [(CREATE_PIECES, {"rows": pieces[i : i + BATCH]}) for i in range(0, len(pieces), BATCH)]
    begun = perf_counter()
    await write_bare(graph, parts)
    return perf_counter() - begun
