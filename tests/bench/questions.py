"""The median time of each question over HTTP beside the raw driver's, measured in one run.

The raw driver sends the same wrapped text with the same values to the same server, in rounds between the requests, so
that whatever else the machine does falls on both. The service runs in its own process, on one kept connection.
"""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import uvloop
from rich.console import Console
from rich.table import Table

from graph import schema
from graph.catalog import Question
from graph.graph import Graph, open_graph
from graph.local.server import LocalNeo4j
from graph.parameters import read_parameters
from graph.settings import Settings
from seed.load import load_shipped
from service.connection import Address
from service.routes.catalogue import example_path

WARM_UP = 50


@contextmanager
def neo4j() -> Iterator[Address]:
    """Give the tests' server, else one of one's own in a temporary folder."""
    uri = os.environ.get("FOEDUS_TEST_NEO4J_URI")
    if uri:
        user, password = os.environ.get("FOEDUS_TEST_NEO4J_USER", "neo4j"), os.environ["FOEDUS_TEST_NEO4J_PASSWORD"]
        yield Address(uri, user, password)
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalNeo4j(Settings(data=Path(folder) / "data")) as own,
    ):
        yield Address(own.uri, own.user, own.password)


@contextmanager
def service(address: Address) -> Iterator[int]:
    """Run the service in its own process and give its port."""
    settings = {
        "FOEDUS_NEO4J_URI": address.uri,
        "FOEDUS_NEO4J_USER": address.user,
        "FOEDUS_NEO4J_PASSWORD": address.password,
        "PORT": "0",
    }
    command = [sys.executable, "-m", "service.cli", "serve"]
    with (
        Path(os.devnull).open("w", encoding="utf-8") as log,
        subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            ready = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
            if ready is None:
                raise SystemExit("The service did not start; `foedus serve` says why.")
            yield int(ready[1])
        finally:
            process.send_signal(signal.SIGINT)


class Client:
    """The least that speaks HTTP/1.1 on one kept connection, so that it measures the service and not itself."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = f"127.0.0.1:{port}"

    def get(self, path: str) -> bytes:
        """Return the body of an answer, which must be 200."""
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\nAccept: */*\r\n\r\n".encode("ascii"))
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._socket.recv(1 << 20)
        head, body = received[:end], received[end + 4 :]
        length = int(re.search(rb"content-length: (\d+)", head)[1])  # type: ignore[index]
        while len(body) < length:
            body += self._socket.recv(1 << 20)
        if b" 200 " not in head.partition(b"\r\n")[0]:
            raise SystemExit(f"{path}: {body.decode()}")
        return body


async def raw(graph: Graph, question: Question, values: dict[str, Any]) -> list[Any]:
    """Ask with nothing but the driver."""
    async with graph.database.reading() as session:
        record = await (await session.run(question.wrapped, values)).single(strict=True)
    rows: list[Any] = record["rows"]
    return rows


async def measure(graph: Graph, client: Client, question: Question, rounds: int) -> tuple[int, float, float]:
    """Return number of rows, and median milliseconds over HTTP and by the raw driver."""
    examples = [(name, one) for name, value in question.examples.items() for one in _several(value)]
    asked = read_parameters(question.parameters, [(name, str(one)) for name, one in examples])
    understood = await graph.reader.understand(question, asked)
    values = understood.values | {"on": understood.on, "known_at": understood.known_at}
    values |= {"after": None, "row_limit": understood.limit + 1}
    path, over_http, by_driver = example_path(question), [], []
    for number in range(WARM_UP + rounds):
        begun = time.perf_counter()
        client.get(path)
        between = time.perf_counter()
        rows = await raw(graph, question, values)
        if number >= WARM_UP:
            over_http.append(between - begun)
            by_driver.append(time.perf_counter() - between)
    return len(rows), median(over_http) * 1000, median(by_driver) * 1000


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


async def run(address: Address, rounds: int) -> None:
    """Measure every question and print the figures."""
    table = Table("question", "rows", "HTTP ms", "driver ms", "ratio", box=None)
    async with open_graph(Settings(), address.uri, address.user, address.password) as graph:
        await schema.apply(graph.database)
        await load_shipped(graph.writer)
        with service(address) as port:
            client = Client(port)
            for question in graph.catalog.values():
                rows, http, driver = await measure(graph, client, question, rounds)
                figures = (str(rows), f"{http:.2f}", f"{driver:.2f}", f"{http / driver:.2f}")
                table.add_row(question.name, *figures)
    Console().print(table)


def measure_questions(rounds: int) -> None:
    """Print the median of each question over HTTP beside the raw driver's."""
    with neo4j() as address, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(address, rounds))
