"""What is measured: a Neo4j with a generated world, and the service on it, each in a process of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.bulk.load import load
from graph.local.ports import free_port
from graph.local.server import Connection, LocalNeo4j
from graph.settings import Settings
from seed.generated import author_and_reason, parcels
from seed.generated.size import Size
from tests.bench.client import Client

MEMORY = {"heap_mb": 2048, "page_cache_mb": 3072}
"""The whole world fits into the page cache, so that the disk is not measured."""


@dataclass(frozen=True)
class Neo4j:
    """A server with a world: how to reach it by Bolt, and its port for HTTP."""

    bolt: Connection
    http_port: int


def sized(commitments: int) -> Size:
    """Return a world of so many commitments under a fiftieth as many agreements."""
    return Size(agreements=max(50, commitments // 50), commitments=commitments)


@contextmanager
def neo4j(size: Size) -> Iterator[Neo4j]:
    """Give a server with a generated world, which is loaded the first time and kept in the cache folder."""
    settings = Settings()
    named = f"{size.states}-{size.agreements}-{size.commitments}-{size.seed}"
    own = settings.model_copy(update=MEMORY | {"data": settings.cache / "worlds" / f"{settings.line}-{named}"})
    if not own.data.exists():
        author, reason = author_and_reason(size)
        print(reason, file=sys.stderr)  # noqa: T201 - it takes minutes
        load(own, parcels(size), author=author, reason=reason, progress=lambda said: print(said, file=sys.stderr))  # noqa: T201
    port = free_port()
    with LocalNeo4j(own, http_port=port) as bolt:
        yield Neo4j(bolt, port)


@dataclass(frozen=True)
class Service:
    """A running service: its port, its process, and how long it took to answer and to be warm."""

    port: int
    pid: int
    answered_after: float
    warm_after: float

    @property
    def memory_mb(self) -> float:
        """Resident memory of its process."""
        status = Path(f"/proc/{self.pid}/status").read_text("ascii")
        resident = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(resident[1]) / 1024 if resident else float("nan")


@contextmanager
def service(server: Neo4j, more: Mapping[str, str]) -> Iterator[Service]:
    """Run the service and give it once it is warm; `more` are settings."""
    settings = {
        "FOEDUS_NEO4J_URI": server.bolt.uri,
        "FOEDUS_NEO4J_USER": server.bolt.user,
        "FOEDUS_NEO4J_PASSWORD": server.bolt.password,
        "FOEDUS_SHIPPED": "false",
        "FOEDUS_QUERY_SECONDS": "60",
        "PORT": "0",
    }
    command, begun = [sys.executable, "-m", "service.cli", "serve"], time.perf_counter()
    with (
        Path(os.devnull).open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command, env={**os.environ, **settings, **more}, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            assert process.stdout is not None
            ready = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
            if ready is None:
                raise SystemExit("The service did not start; `foedus serve` says why.")
            port, answered = int(ready[1]), time.perf_counter() - begun
            _await_warm(port)
            yield Service(port, process.pid, answered, time.perf_counter() - begun)
        finally:
            process.send_signal(signal.SIGINT)


def _await_warm(port: int) -> None:
    client = Client(port)
    while not client.succeeds("/health/ready"):
        time.sleep(0.05)
