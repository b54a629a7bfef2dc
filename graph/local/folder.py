"""The data folder of a Neo4j of one's own: its lock, its password, and the note of who runs it. Called by `server`.

foedus.lock   held by the keeper and the server for as long as either lives
state.json    which server runs here, at which address, and for whom
password      of the user neo4j
line, model   the version of Neo4j that wrote the data, and the number of foedus's model; see `made`
port          the port of the last start
neo4j/        the server's own home: conf/, data/, logs/
backups/      what `upgrading` backed up
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import LocalServerError
from graph.local.locks import lock_within, try_lock
from graph.local.made import FIRST_MODEL, Made

LOCK = "foedus.lock"
FOLDER_HINT = "Set FOEDUS_DATA to a folder that can be written."
LEAVING_SECONDS = 20.0


@dataclass(frozen=True)
class State:
    """What `state.json` says: process numbers of server and owner, the address, and whether it answers yet."""

    pid: int
    owner: int
    uri: str
    line: str
    ready: bool


def alive(pid: int) -> bool:
    """Return whether a process of this number exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class DataFolder:
    """One data folder; making this object touches nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().absolute()
        self.home = self.path / "neo4j"
        self.log = self.home / "logs" / "console.log"
        self.keeper_log = self.log.with_name("keeper.log")
        self.state_file = self.path / "state.json"

    def create(self) -> None:
        """Make the folder when it is missing, for its owner alone; raise LocalServerError when it cannot serve."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not (self.path / LOCK).exists() and any(self.path.iterdir()):
                raise LocalServerError(
                    f"{self.path} holds files that are not foedus's.",
                    "Set FOEDUS_DATA to a new or empty folder.",
                )
            (self.path / LOCK).touch(0o600)
            self.path.chmod(0o700)
            for name in ("conf", "logs"):
                (self.home / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LocalServerError(
                f"The data folder {self.path} cannot be used: {error.strerror}.", FOLDER_HINT
            ) from error

    def lock(self) -> int:
        """Return an open file that holds the folder, or raise LocalServerError that names who holds it.

        A server whose owner is gone is about to stop, so it is waited for.
        """
        try:
            file = lock_within(self.path / LOCK, self._patience)
        except OSError as error:
            raise LocalServerError(
                f"The data folder {self.path} cannot be locked: {error.strerror}.", FOLDER_HINT
            ) from error
        if file is None:
            raise self._in_use()
        self.state_file.unlink(missing_ok=True)
        return file

    def _patience(self) -> float:
        state = self.state()
        return 1.0 if state and alive(state.owner) else LEAVING_SECONDS

    def _in_use(self) -> LocalServerError:
        state = self.state()
        by = f"process {state.owner}, whose Neo4j answers at {state.uri}" if state else "a foedus that is just starting"
        return LocalServerError(
            f"The data folder {self.path} is in use by {by}.",
            "Stop that one first, or set FOEDUS_DATA to another folder.",
        )

    def held(self) -> bool:
        """Return whether a server or its keeper holds this folder now."""
        try:
            file = try_lock(self.path / LOCK, shared=True) if (self.path / LOCK).exists() else -1
        except OSError:
            return False
        if file is not None and file >= 0:
            os.close(file)
        return file is None

    def state(self) -> State | None:
        """Return what the note says; it may be left over from a server that was killed."""
        try:
            return State(**json.loads(self.state_file.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write_state(self, state: State) -> None:
        """Note which server runs here."""
        self.write_private("state.json", json.dumps(asdict(state)))

    def read(self, name: str) -> str | None:
        """Return the content of one of the small files, or None when it does not exist."""
        try:
            return (self.path / name).read_text("utf-8").strip()
        except FileNotFoundError:
            return None

    def write_private(self, name: str, text: str) -> Path:
        """Write a small file at once or not at all, readable by its owner alone."""
        path, new = self.path / name, self.path / f"{name}.new"
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        new.replace(path)
        return path

    def prepare(self, conf: str, port: int) -> None:
        """Write what one start needs, and set the log of the start before aside."""
        (self.home / "conf" / "neo4j.conf").write_text(conf, "ascii")
        self.write_private("port", str(port))
        if self.log.exists():
            self.log.replace(self.log.with_name("console.old.log"))

    def made(self) -> Made | None:
        """Return what the data was made by, or None for a folder without data."""
        line = self.read("line")
        if line is None:
            return None
        model = self.read("model") or str(FIRST_MODEL)
        if not model.isdecimal():
            raise LocalServerError(f"{self.path / 'model'} is damaged: it holds {model[:20]!r}, and no number.")
        return Made(line, int(model))

    def note_made(self, made: Made) -> None:
        """Note what the data is made by from now on."""
        self.write_private("model", str(made.model))
        self.write_private("line", made.line)

    def password(self) -> str:
        """Return the password of this folder, making one for a folder without data."""
        if password := self.read("password"):
            return password
        if self.read("line"):
            raise LocalServerError(
                f"The file with the password of {self.path} is missing.",
                "Put it back, or set FOEDUS_DATA to another folder.",
            )
        password = secrets.token_hex(24)
        self.write_private("password", password)
        return password
