"""Starts, finds and stops a Neo4j of one's own. Called by the service, the command line and the tests."""

import os
import time
from dataclasses import dataclass, field
from types import TracebackType

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError
from rich.console import Console

from graph.errors import LocalServerError
from graph.local.config import DATABASE, conf_text, environment, server_command
from graph.local.fetch import Installation, fetch
from graph.local.folder import DataFolder, State, alive
from graph.local.logs import port_was_taken, telling_line
from graph.local.made import Made, must_upgrade
from graph.local.password import set_first_password
from graph.local.pins import doubt
from graph.local.ports import HOST, free_port, is_free
from graph.local.process import EndedAtOnceError, Kept
from graph.local.process import start as start_kept
from graph.model import MODEL
from graph.settings import Settings

USER = "neo4j"
START_SECONDS = 180.0


@dataclass(frozen=True)
class Connection:
    """How to reach a server that runs: Bolt address, user, password, and the process number of the server."""

    uri: str
    user: str
    password: str = field(repr=False)
    pid: int


class StartError(LocalServerError):
    """The server ended, or did not answer, and another program on its port is not why."""


class PortTakenError(Exception):
    """Another program took the port between its choice and the start of the server."""


def running(settings: Settings) -> Connection | None:
    """Return the server that some process started on `settings.data` and that answers, or None."""
    folder = DataFolder(settings.data)
    state = folder.state()
    if state is None or not state.ready or not folder.held() or not alive(state.pid):
        return None
    return Connection(state.uri, USER, folder.password(), state.pid)


class LocalNeo4j:
    """One server on the data folder of the settings, from `start` to `stop` or for a `with` block.

    It never outlives the process that started it. With `progress`, fetching and starting are shown on standard error.
    With `http_port` it answers HTTP as well, which foedus never asks: `make bench` measures itself against it.
    """

    def __init__(self, settings: Settings, *, progress: bool = True, http_port: int | None = None) -> None:
        self._settings = settings
        self._http_port = http_port
        self._folder = DataFolder(settings.data)
        self._console = Console(stderr=True, quiet=not progress, soft_wrap=True, markup=False, highlight=False)
        self._kept: Kept | None = None

    def __enter__(self) -> Connection:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> Connection:
        """Start the server, fetching it first if need be, and return once it answers; raise LocalServerError."""
        if self._kept is not None:
            raise LocalServerError("This Neo4j is started already.", "Stop it before starting it again.")
        self._folder.create()
        lock = self._folder.lock()
        try:
            return self._start_locked(lock)
        except OSError as error:
            raise LocalServerError(
                f"Neo4j could not be started in {self._folder.path}: {error.strerror}.",
                "Look after the room and the permissions there, or set FOEDUS_DATA to another folder.",
            ) from error
        finally:
            os.close(lock)

    def stop(self) -> None:
        """Stop the server cleanly and return when it is gone; does nothing when none was started."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.stop(self._folder)

    def ended(self) -> LocalServerError | None:
        """Say that the server ended without having been stopped; None while it runs, and when none was started."""
        if self._kept is None or not self._kept.ended:
            return None
        message = f"Neo4j {self._settings.line} ended, although nobody stopped it; its log is {self._folder.log}."
        return LocalServerError(message, "Start foedus again once you know why.")

    def _start_locked(self, lock: int) -> Connection:
        made, asked = self._folder.made(), Made(self._settings.line, MODEL)
        if made is not None and must_upgrade(made, asked, self._folder.path) and made.line != asked.line:
            raise LocalServerError(
                f"The data in {self._folder.path} is of {made}, and is not yet upgraded to {asked}.",
                "`foedus check` or any other command on it upgrades it, and makes a backup first.",
            )
        installation = fetch(self._settings, self._console)
        password = self._folder.password()
        if made is None:
            set_first_password(self._folder, installation, password)
            self._folder.note_made(asked)
        if not self._console.is_terminal:
            self._console.print(f"Starting Neo4j {self._settings.line} …")
        with self._console.status(f"Starting Neo4j {self._settings.line}"):
            try:
                return self._run(installation, password, lock, self._port())
            except PortTakenError:
                return self._run(installation, password, lock, free_port())
            except StartError:
                doubt(installation.jars)
                raise

    def _run(self, installation: Installation, password: str, lock: int, port: int) -> Connection:
        """Start the keeper and with it the server at a port; on any failure nothing stays behind."""
        self._folder.prepare(conf_text(self._settings, port, self._http_port), port)
        command = server_command(installation, self._settings, self._folder.home)
        try:
            self._kept = start_kept(self._folder, lock, command, environment(self._folder.home))
            connection = Connection(f"bolt://{HOST}:{port}", USER, password, self._kept.pid)
            self._note(connection, ready=False)
            self._await_answer(self._kept, connection)
            self._note(connection, ready=True)
        except EndedAtOnceError as error:
            raise self._failed() from error
        except BaseException:  # Ctrl-C too: the server would outlive it
            self.stop()
            raise
        return connection

    def _await_answer(self, kept: Kept, connection: Connection) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._answers(connection):
            if kept.ended and port_was_taken(self._folder.log):
                raise PortTakenError
            if kept.ended or time.monotonic() > deadline:
                raise self._failed()
            time.sleep(0.05)

    def _answers(self, connection: Connection) -> bool:
        """Return whether the database itself can be used, which is some moments after the port is open."""
        auth = (connection.user, connection.password)
        try:
            with (
                neo4j.GraphDatabase.driver(connection.uri, auth=auth, connection_acquisition_timeout=5.0) as driver,
                driver.session(database=DATABASE) as session,
                # This opens only when the database itself is open; no query is needed to know that.
                session.begin_transaction(),
            ):
                return True
        except AuthError as error:
            raise LocalServerError(
                f"Neo4j does not accept the password that is kept in {self._folder.path / 'password'}.",
                "Write the password it has now into that file, or set FOEDUS_DATA to another folder.",
            ) from error
        except (DriverError, Neo4jError):
            return False

    def _failed(self) -> LocalServerError:
        log = self._folder.log
        said = telling_line(log) or telling_line(self._folder.keeper_log) or "it did not say why"
        return StartError(
            f"Neo4j {self._settings.line} did not start: {said}",
            f"The whole log is in {log}. The next start verifies every file of it by its checksum.",
        )

    def _note(self, connection: Connection, *, ready: bool) -> None:
        self._folder.write_state(State(connection.pid, os.getpid(), connection.uri, self._settings.line, ready))

    def _port(self) -> int:
        """Return the port of the last start, so that addresses kept elsewhere stay true, or a free one."""
        last = self._folder.read("port") or ""
        return int(last) if last.isdecimal() and is_free(int(last)) else free_port()
