"""What is written to: a Neo4j of its own and two `foedus serve` before it, which can be killed and come back."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from graph.graph import open_graph
from graph.keys import Scope
from graph.local.ports import free_port
from graph.local.server import LocalNeo4j
from graph.settings import Settings
from tests.programs import plain_environment, until

SERVICES = 2
READY_SECONDS = 300.0


class Service:
    """A `foedus serve` at a port of its own."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._environment = {**environment, "PORT": str(port)}
        self._log = log
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it, and return once it answers."""
        command = [sys.executable, "-m", "service.cli", "serve"]
        with self._log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                command, env=self._environment, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert re.match(rf"foedus answers at {self.url}\b", line), line + self._log.read_text("utf-8")[-2000:]

    def await_ready(self) -> None:
        """Return once it says that its answers are quick."""
        ready = until(
            lambda: httpx.get(f"{self.url}/health/ready", timeout=30).status_code == 200, READY_SECONDS, every=0.5
        )
        assert ready, self._log.read_text("utf-8")[-2000:]

    def end(self, how: signal.Signals) -> None:
        """Send it a signal, and return when it is gone."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.communicate(timeout=30)

    def kill_and_restart(self) -> float:
        """Kill it and start it again; return after how many seconds it answers."""
        began = time.monotonic()
        self.end(signal.SIGKILL)
        self.start()
        return time.monotonic() - began

    def mistake(self) -> str:
        """Return what its log tells of the first mistake of its own; nothing where it made none."""
        _, found, told = self._log.read_text("utf-8").partition("Traceback")
        return found + told[:8000]


class System:
    """The database and the services that were started before it."""

    def __init__(self, folder: Path) -> None:
        # Planning anew while the graph grows from nothing would be most of what is done, and less would be written.
        self.settings = Settings(data=folder / "data", replan_seconds=3600)
        self._neo4j = LocalNeo4j(self.settings, progress=False)
        self.connection = self._neo4j.start()
        environment = _environment(self.settings) | {
            "FOEDUS_NEO4J_URI": self.connection.uri,
            "FOEDUS_NEO4J_USER": self.connection.user,
            "FOEDUS_NEO4J_PASSWORD": self.connection.password,
            "FOEDUS_SHIPPED": "false",
            # A database that has just come back plans everything anew, for which a busy machine takes its time.
            "FOEDUS_QUERY_SECONDS": "60",
        }
        self.services = [Service(environment, folder / f"service.{number}.log") for number in range(SERVICES)]

    @property
    def urls(self) -> list[str]:
        """Where the services answer."""
        return [service.url for service in self.services]

    def kill_database_and_restart(self) -> float:
        """Kill the database's Java and start it again on the same data; return after how many seconds it answers."""
        began = time.monotonic()
        os.kill(self.connection.pid, signal.SIGKILL)
        self._neo4j.stop()
        before, self.connection = self.connection, self._neo4j.start()
        assert self.connection.uri == before.uri
        return time.monotonic() - began

    async def make_key(self) -> str:
        """Make a key to write with."""
        at = self.connection
        async with open_graph(self.settings, at.uri, at.user, at.password) as graph:
            return (await graph.keys.create("a writer", [Scope.WRITE], None)).text

    async def underived(self) -> tuple[int, int]:
        """Count the derived relationships that are too many and too few."""
        at = self.connection
        async with open_graph(self.settings, at.uri, at.user, at.password) as graph:
            return await graph.writer.underived()

    def stop(self) -> None:
        """Stop all of it."""
        with ExitStack() as ending:
            ending.callback(self._neo4j.stop)
            for service in self.services:
                ending.callback(service.end, signal.SIGKILL)


def _environment(settings: Settings) -> dict[str, str]:
    return plain_environment() | {"FOEDUS_CACHE": str(settings.cache)}


@contextmanager
def running(folder: Path) -> Iterator[System]:
    """Run the database and the services for a block; nothing of them is left, however it ends."""
    system = System(folder)
    try:
        # One after the other: the first makes the schema.
        for service in system.services:
            service.start()
        for service in system.services:
            service.await_ready()
        yield system
    finally:
        system.stop()
