"""A project of docker-compose.yml as its users run it: its own name, its own secrets, a port of this machine."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import httpx

from graph.local.ports import free_port
from tests.containers.images import REPOSITORY, docker
from tests.programs import plain_environment, until

SECONDS = 300.0
ONCE_SECONDS, TRIES = 90.0, 3
SLOW = """\
services:
  foedus:
    environment: {FOEDUS_QUERY_SECONDS: "60"}
"""
"""What an operator writes into docker-compose.override.yml where a busy machine takes its time to plan."""
DOWN = ("down", "--volumes", "--remove-orphans", "--timeout", "60")


@cache
def compose_command() -> tuple[str, ...]:
    """Return the command of Docker's plug-in, else of Debian's 1.29."""
    plugged_in = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return ("docker", "compose") if plugged_in.returncode == 0 else ("docker-compose",)


class Composed:
    """The containers of one project; `folder` is where compose file and secrets lie."""

    def __init__(self, folder: Path, neo4j_image: str, foedus_image: str) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        self._folder = folder
        self._environment = plain_environment("FOEDUS_", "NEO4J_") | {
            "COMPOSE_PROJECT_NAME": f"foedus-test-{token_hex(4)}",
            "NEO4J_IMAGE": neo4j_image,
            "FOEDUS_IMAGE": foedus_image,
            "FOEDUS_PUBLISH": self.url.removeprefix("http://"),
        }
        shutil.copy(REPOSITORY / "docker-compose.yml", folder)
        (folder / "docker-compose.override.yml").write_text(SLOW, "utf-8")
        self.renew_secrets()

    def renew_secrets(self) -> None:
        """Make the secrets anew, by the recipe that users have for it."""
        shutil.rmtree(self._folder / "secrets", ignore_errors=True)
        subprocess.run(["make", "--silent", "--file", REPOSITORY / "Makefile", "secrets"], cwd=self._folder, check=True)

    @property
    def password_file(self) -> Path:
        """Where the password of Neo4j stands."""
        return self._folder / "secrets" / "neo4j_password"

    def run_once(self, service: str, *command: str, given: bytes | None = None) -> bytes:
        """Run a command in a container of its own and return what it printed.

        docker-compose 1.29 was seen not to come back from that, once in some twenty; then it is done again.
        """
        arguments = ("run", "--rm", "--no-deps", "-T", service, *command)
        for _ in range(TRIES - 1):
            try:
                return self(*arguments, given=given, seconds=ONCE_SECONDS)
            except subprocess.TimeoutExpired:
                self._remove_what_ran_once()
        return self(*arguments, given=given)

    def refused(self, *arguments: str) -> str:
        """Run a command of compose that must fail, and return what it said."""
        done = self._run(*arguments)
        assert done.returncode != 0, done.stdout.decode()
        return (done.stdout + done.stderr).decode()

    def __call__(self, *arguments: str, given: bytes | None = None, seconds: float = SECONDS) -> bytes:
        """Run a command of compose and return what it printed; fails with what it said against it."""
        done = self._run(*arguments, given=given, seconds=seconds)
        assert done.returncode == 0, f"{arguments}: {done.stderr.decode()[-3000:]}\n{self.logs()[-3000:]}"
        return done.stdout

    def logs(self) -> str:
        """Return what the containers wrote into their logs."""
        return self._run("logs", "--no-color").stdout.decode(errors="replace")

    def run_in(self, service: str, *command: str) -> str:
        """Run a command in a container and return what it printed."""
        return self("exec", "-T", service, *command).decode()

    def container(self, service: str) -> str:
        """Return the id of the container of a service, of one that has ended too."""
        return self("ps", "--all", "--quiet", service).decode().strip()

    def inspected(self, service: str) -> dict[str, Any]:
        """Return what Docker tells of a container."""
        (found,) = json.loads(docker("inspect", self.container(service)))
        return dict(found)

    def await_ready(self) -> None:
        """Return once the service says that all its questions can be asked."""
        assert until(lambda: self._status() == 200, SECONDS, every=0.5), self.logs()[-3000:]

    def restart(self, service: str) -> float:
        """Restart a container, and return after how many seconds the service is ready."""
        began = monotonic()
        self("restart", "--timeout", "30", service)
        self.await_ready()
        return monotonic() - began

    def down(self) -> None:
        """Stop and remove the containers, their networks and what they keep; fails where something is left."""
        self(*DOWN)

    def clear(self) -> None:
        """Do the same, whatever has gone wrong."""
        self._run(*DOWN)

    def _status(self) -> int:
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=30, trust_env=False).status_code
        except httpx.TransportError:
            return 0

    def _remove_what_ran_once(self) -> None:
        labels = ("oneoff=True", f"project={self._environment['COMPOSE_PROJECT_NAME']}")
        filters = [word for label in labels for word in ("--filter", f"label=com.docker.compose.{label}")]
        for container in docker("ps", "--all", "--quiet", *filters).split():
            docker("rm", "--force", container)

    def _run(
        self, *arguments: str, given: bytes | None = None, seconds: float = SECONDS
    ) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [*compose_command(), *arguments],
            cwd=self._folder,
            env=self._environment,
            input=given,
            capture_output=True,
            timeout=seconds,
            check=False,
        )


@contextmanager
def composed(neo4j_image: str, foedus_image: str) -> Iterator[Composed]:
    """Give a project for a block, and take everything of it down at its end."""
    with TemporaryDirectory(prefix="foedus-compose-") as folder:
        project = Composed(Path(folder), neo4j_image, foedus_image)
        try:
            yield project
        finally:
            project.clear()
