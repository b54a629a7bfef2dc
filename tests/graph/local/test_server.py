"""A Neo4j of one's own with real processes: what it answers, who finds it, and that nothing of it stays behind."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import ClientError

from graph.errors import LocalServerError
from graph.local.folder import DataFolder, State
from graph.local.ports import free_port
from graph.local.server import Connection, LocalNeo4j, running
from graph.settings import Settings
from tests.programs import until

ROOT = Path(__file__).parents[3]

# A process that starts a server, says how to reach it, and then only waits.
OWNER = """
import json, sys, time
from dataclasses import asdict
from pathlib import Path
from graph.local.server import LocalNeo4j
from graph.settings import Settings
with LocalNeo4j(Settings(data=Path(sys.argv[1]), heap_mb=256), progress=False) as connection:
    print(json.dumps(asdict(connection)), flush=True)
    time.sleep(600)
"""

# A process that looks for a server that another started.
SEEKER = """
import sys
from pathlib import Path
from graph.local.server import running
from graph.settings import Settings
print(running(Settings(data=Path(sys.argv[1]))))
"""


def small(data: Path, **changes: object) -> Settings:
    return Settings(data=data, heap_mb=256, page_cache_mb=16).model_copy(update=changes)


def answer(connection: Connection, text: str = "RETURN 1") -> list[object]:
    with neo4j.GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver:
        return [row[0] for row in driver.execute_query(text).records]


def gone(pid: int) -> bool:
    """Whether a process ended; one that nobody collected counts as ended."""
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return not said.strip() or said.startswith("Z")


def keeper_of(pid: int) -> int:
    return int(subprocess.run(["ps", "-o", "ppid=", "-p", str(pid)], capture_output=True, check=True).stdout)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that does not exist yet, with spaces and other than ASCII letters in its name."""
    return tmp_path_factory.mktemp("local") / "Bündnis & Daten 동맹"


@pytest.fixture(scope="module")
def connection(data: Path) -> Iterator[Connection]:
    with LocalNeo4j(small(data), progress=False) as started:
        yield started
    assert gone(started.pid)
    assert running(small(data)) is None


def test_server_answers(connection: Connection) -> None:
    assert answer(connection) == [1]
    assert connection.uri.startswith("bolt://127.0.0.1:")
    assert connection.password not in repr(connection)


def test_procedures_of_full_text_and_schema_are_there(connection: Connection) -> None:
    procedures = answer(connection, "SHOW PROCEDURES YIELD name")
    assert {"db.createLabel", "db.index.fulltext.queryNodes", "db.awaitIndexes"} <= set(procedures)


@pytest.mark.parametrize("source", ["file:///etc/passwd", "http://127.0.0.1:1/rows", "http://[::1]:1/rows"])
def test_nothing_is_loaded_from_files_or_addresses(connection: Connection, source: str) -> None:
    with pytest.raises(ClientError, match=r"allow_csv_import_from_file_urls|blocked|blocklist"):
        answer(connection, f"LOAD CSV FROM '{source}' AS row RETURN row")


def test_running_server_is_found_by_another_process(connection: Connection, data: Path) -> None:
    found = subprocess.run([sys.executable, "-c", SEEKER, data], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == str(connection)
    same = running(small(data))
    assert same == connection
    assert answer(same) == [1]


def test_second_start_names_who_holds_the_folder(connection: Connection, data: Path) -> None:
    with pytest.raises(LocalServerError) as caught:
        LocalNeo4j(small(data), progress=False).start()
    assert f"process {os.getpid()}" in str(caught.value)
    assert connection.uri in str(caught.value)
    assert "FOEDUS_DATA" in str(caught.value.hint)
    assert answer(connection) == [1]


def test_files_are_private(connection: Connection, data: Path) -> None:
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    for name in ("password", "state.json"):
        assert stat.S_IMODE((data / name).stat().st_mode) == 0o600, name
    assert not (data / "arguments").exists()


def test_password_is_neither_in_logs_nor_in_arguments(connection: Connection, data: Path) -> None:
    arguments = subprocess.run(["ps", "-A", "-o", "args"], capture_output=True, text=True, check=True).stdout
    assert connection.password not in arguments
    logs = [path for path in (data / "neo4j").rglob("*") if path.is_file() and path.suffix in {".log", ".conf"}]
    assert len(logs) > 2
    assert not [path for path in logs if connection.password.encode() in path.read_bytes()]


@pytest.mark.prove
@pytest.mark.parametrize("line", ["5.26.30", "2026.08.1"])
def test_each_line_stops_quickly_and_starts_again_with_its_data_at_another_port(tmp_path: Path, line: str) -> None:
    server = LocalNeo4j(small(tmp_path / "data", line=line), progress=False)
    first = server.start()
    assert answer(first, "CREATE (n:Kept) RETURN n.none") == [None]
    with pytest.raises(LocalServerError, match="started already"):
        server.start()
    begun = time.monotonic()
    server.stop()
    server.stop()
    assert time.monotonic() - begun < 3
    assert gone(first.pid)
    with socket.create_server(("127.0.0.1", int(first.uri.rpartition(":")[2]))), server as second:
        assert second.uri != first.uri
        assert second.password == first.password
        assert answer(second, "MATCH (n:Kept) RETURN count(n)") == [1]


@pytest.mark.prove
def test_killed_owner_and_killed_keeper_leave_no_server_and_a_folder_that_starts(tmp_path: Path) -> None:
    owner = subprocess.Popen([sys.executable, "-c", OWNER, tmp_path / "data"], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert owner.stdout is not None
        first = Connection(**json.loads(owner.stdout.readline()))
        keeper = keeper_of(first.pid)
    finally:
        owner.kill()
        owner.communicate()
    # Started while the old one is still stopping, which is waited for.
    server = LocalNeo4j(small(tmp_path / "data"), progress=False)
    second = server.start()
    try:
        assert gone(first.pid)
        assert gone(keeper)
        assert (second.uri, second.password) == (first.uri, first.password)
        assert answer(second) == [1]
        os.kill(keeper_of(second.pid), signal.SIGKILL)
        if sys.platform == "linux":
            assert until(lambda: gone(second.pid), 10)
    finally:
        server.stop()
    assert gone(second.pid)
    assert running(small(tmp_path / "data")) is None


def test_failed_start_quotes_the_log_and_names_it(tmp_path: Path) -> None:
    with pytest.raises(LocalServerError, match=r"did not start: .*heap") as caught:
        LocalNeo4j(small(tmp_path / "data", heap_mb=10**9), progress=False).start()
    assert str(tmp_path / "data" / "neo4j" / "logs" / "console.log") in str(caught.value.hint)
    assert "verifies every file" in str(caught.value.hint)
    assert not DataFolder(tmp_path / "data").held()


def test_data_of_another_line_is_refused(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    folder.write_private("line", "2026.08.1")
    with pytest.raises(LocalServerError, match=r"was written by Neo4j 2026\.08\.1, and 5\.26\.30") as caught:
        LocalNeo4j(small(folder.path, line="5.26.30"), progress=False).start()
    assert "FOEDUS_LINE" in str(caught.value.hint)


def test_data_without_its_password_is_refused(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    folder.write_private("line", "5.26.30")
    with pytest.raises(LocalServerError, match=r"password .* is missing"):
        LocalNeo4j(small(folder.path, line="5.26.30"), progress=False).start()


def test_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    mode = tmp_path.stat().st_mode
    with pytest.raises(LocalServerError, match="holds files that are not"):
        LocalNeo4j(small(tmp_path), progress=False).start()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    assert tmp_path.stat().st_mode == mode


@pytest.mark.parametrize("name", ["file", "file/below", "n" * 300, "long/" * 1000])
def test_unusable_folder_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LocalServerError, match="cannot be used") as caught:
        LocalNeo4j(small(tmp_path / name), progress=False).start()
    assert "FOEDUS_DATA" in str(caught.value.hint)
    assert running(small(tmp_path / name)) is None


def test_note_of_a_killed_server_is_not_believed(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    folder.write_private("password", "unused")
    folder.write_state(State(os.getpid(), os.getpid(), f"bolt://127.0.0.1:{free_port()}", "5.26.30", ready=True))
    assert running(small(folder.path)) is None
    os.close(folder.lock())
    assert folder.state() is None
