"""`foedus serve` from its start to every kind of end, as a process of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from graph.graph import Graph
from graph.keys import Scope
from graph.settings import Settings
from service.app import reached_as
from tests.programs import until

QUESTION = "/questions/commitments_between_states?bearer=PRK&beneficiary=RUS&on=2024-12-04&in_force=definite"
OFFICIALS = "/questions/officials_in_office?state=FRA&on=2022-08-01"
Serving = tuple["subprocess.Popen[str]", str]


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[Serving]:
    """Run `foedus serve` until it answers, and give the process and the address it prints."""
    command = [sys.executable, "-m", "service.cli", "serve"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.match(r"foedus answers at (http://\S+) — try (http://\S+)\n", line)
            assert found, line or (process.stderr and process.stderr.read())
            # The database plans its first text while everything starts, for which a busy machine can take all its time.
            assert until(lambda: httpx.get(found[2], timeout=30).status_code == 200, 120)
            yield process, found[1]
        finally:
            process.kill()


def servers_in(folder: Path) -> list[int]:
    """Return the processes that have this folder in their command line or environment: service, keeper and JVM."""
    return [
        int(one.name)
        for one in Path("/proc").iterdir()
        if one.name.isdecimal() and int(one.name) != os.getpid() and str(folder) in _described(one)
    ]


def _described(process: Path) -> str:
    try:
        return (process / "cmdline").read_text("utf-8", errors="replace")
    except OSError:
        return ""


@pytest.fixture(scope="module")
def own(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a service with a Neo4j of its own, in a data folder of its own."""
    kept = {name: value for name, value in environment.items() if not name.startswith("FOEDUS_NEO4J")}
    cache = {name: value for name, value in os.environ.items() if name == "FOEDUS_CACHE"}
    return kept | cache | {"FOEDUS_DATA": str(tmp_path_factory.mktemp("serve") / "data"), "FOEDUS_HEAP_MB": "1024"}


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.prove
def test_a_service_of_ones_own_from_start_to_end(own: dict[str, str]) -> None:
    folder = Path(own["FOEDUS_DATA"])
    with serving(own) as (process, url):
        body = httpx.get(url + QUESTION, timeout=30).json()
        assert "defence" in {row["kind"] for row in body["rows"]}
        ready = httpx.get(url + "/health/ready", timeout=30)
        assert ready.status_code == 200 or ready.json()["code"] == "warming_up"
        assert servers_in(folder)
        assert until(lambda: httpx.get(url + "/health/ready", timeout=30).status_code == 200, 300)
        assert until(lambda: not httpx.get(url + "/health/ready", timeout=30).json()["loading"], 300)
        assert httpx.get(url + OFFICIALS, timeout=30).json()["rows"]
        body = httpx.get(url + QUESTION, timeout=30).json()
        _a_second_one_is_told(own, url)
        _a_command_uses_it(own)
        process.send_signal(signal.SIGINT)
        assert process.wait(15) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    assert not servers_in(folder)
    with serving(own) as (process, url):
        assert httpx.get(url + QUESTION, timeout=30).json()["known_at"] == body["known_at"], "nothing is loaded again"
        process.send_signal(signal.SIGKILL)
        process.wait(5)
        assert until(lambda: not servers_in(folder), 20)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.prove
@pytest.mark.parametrize("killed", ["server", "keeper"])
def test_a_service_ends_with_its_neo4j(own: dict[str, str], killed: str) -> None:
    folder = Path(own["FOEDUS_DATA"])
    with serving(own) as (process, _):
        server = json.loads((folder / "state.json").read_text("utf-8"))["pid"]
        keeper = int(Path(f"/proc/{server}/stat").read_text("utf-8").rpartition(")")[2].split()[1])
        os.kill({"server": server, "keeper": keeper}[killed], signal.SIGKILL)
        assert process.wait(30) == 1
        assert process.stderr is not None
        *logged, said = process.stderr.read().splitlines()
    assert said.startswith("foedus: Neo4j ")
    assert f"ended, although nobody stopped it; its log is {folder}/neo4j/logs/console.log." in said
    assert not [line for line in logged if "Traceback" in line or line.startswith("foedus: ")]
    assert until(lambda: not servers_in(folder), 20)


def _a_second_one_is_told(own: dict[str, str], url: str) -> None:
    folder, port = own["FOEDUS_DATA"], url.rpartition(":")[2]
    assert f"The data folder {folder} is in use by process" in _refused(own | {"PORT": "0"})
    said = _refused(own | {"PORT": port})
    assert f"Another program listens at 127.0.0.1:{port}" in said
    assert "PORT=" in said


def _refused(environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "service.cli", "serve"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


def _a_command_uses_it(own: dict[str, str]) -> None:
    command = [sys.executable, "-m", "service.cli", "ask", "states_by_name_or_code", "--text", "Russia"]
    done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "RUS" in done.stdout


@pytest.mark.usefixtures("shipped_graph")
class TestWithTheDatabaseOfTheSettings:
    """A service beside a Neo4j that it does not own."""

    @pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
    async def test_it_ends_at_once_and_quietly(
        self, environment: dict[str, str], shipped_graph: Graph, how: signal.Signals
    ) -> None:
        known_at = await shipped_graph.revision.known_at()
        with serving(environment) as (process, url):
            host, port = url.removeprefix("http://").split(":")
            async with httpx.AsyncClient(base_url=url) as client:
                body = (await client.get(QUESTION)).json()
            assert body["known_at"] == known_at.isoformat().replace("+00:00", "Z")
            with socket.create_connection((host, int(port))) as idle:
                idle.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
                process.send_signal(how)
                assert process.wait(8) == 0
            assert process.stderr is not None
            said = process.stderr.read()
        assert "Traceback" not in said
        assert environment["FOEDUS_NEO4J_PASSWORD"] not in said
        assert " foedus.access " in said
        assert "GET /questions/commitments_between_states 200" in said

    async def test_it_warns_of_an_open_address(self, environment: dict[str, str], shipped_graph: Graph) -> None:
        await _take_keys_away(shipped_graph)
        with serving(environment | {"FOEDUS_HOST": "0.0.0.0"}) as (process, _):  # noqa: S104
            process.send_signal(signal.SIGINT)
            process.wait(8)
            assert process.stderr is not None
            assert "From beyond this machine nothing is answered without a key" in process.stderr.read()
            assert process.stdout is not None
            said = process.stdout.read()
        assert re.fullmatch(
            r"Nobody has a key to write with yet; \S*foedus keys create NAME --scope write makes .*\n", said
        )

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of 127.0.0.0/8")
    async def test_it_answers_at_the_address_it_names(self, environment: dict[str, str], shipped_graph: Graph) -> None:
        await shipped_graph.keys.create("nightly", [Scope.ADMIN], None)
        try:
            with serving(environment | {"FOEDUS_HOST": "127.0.0.2"}) as (process, url):
                assert url.startswith("http://127.0.0.2:")
                process.send_signal(signal.SIGINT)
                process.wait(8)
                assert process.stdout is not None
                assert process.stdout.read() == "", "there is a key to write with"
        finally:
            await _take_keys_away(shipped_graph)


async def _take_keys_away(graph: Graph) -> None:
    async with graph.database.writing() as session:
        await (await session.run("MATCH (k:ApiKey) DELETE k")).consume()


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("192.168.1.5", "192.168.1.5"),
        ("0.0.0.0", "127.0.0.1"),  # noqa: S104
        ("::", "127.0.0.1"),
        ("::1", "[::1]"),
        ("foedus.example", "foedus.example"),
    ],
)
def test_the_host_that_is_listened_at_has_a_name(host: str, name: str) -> None:
    assert reached_as(Settings(host=host)) == name


def test_a_taken_port_is_found_before_anything_starts(own: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        begun = time.monotonic()
        assert f"Another program listens at 127.0.0.1:{port}" in _refused(own | {"PORT": port})
        assert time.monotonic() - begun < 30


def test_an_address_that_is_not_ours_is_a_sentence(own: dict[str, str]) -> None:
    assert "FOEDUS_HOST" in _refused(own | {"FOEDUS_HOST": "203.0.113.1"})
    assert "FOEDUS_HOST" in _refused(own | {"FOEDUS_HOST": "no.such.host.invalid"})
