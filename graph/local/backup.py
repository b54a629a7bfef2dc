"""Backs the graph of a data folder up into one file, and makes a data folder of such a file.

Called by the command line and by `upgrading`. A file and a folder are made beside their place and moved there at the
end, all or nothing.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import get_args

import neo4j
from rich.console import Console

from graph import schema
from graph.errors import LocalServerError
from graph.local import archive
from graph.local.archive import CHUNK, Description
from graph.local.config import DATABASE
from graph.local.fetch import fetch
from graph.local.folder import DataFolder
from graph.local.made import Made, must_upgrade
from graph.local.offline import dumping, loading
from graph.local.server import Connection, LocalNeo4j
from graph.model import MODEL
from graph.settings import Line, Settings
from graph.statements import statement

Progress = Callable[[str], None]
BACKUPS = "backups"
ASIDE = ".before-restore"
TELL_SECONDS = 5.0


@dataclass(frozen=True)
class Done:
    """What came of it: the description of the backup, and the bytes of its file."""

    description: Description
    size: int


def backup(settings: Settings, target: Path, *, replace: bool, progress: Progress) -> Done:
    """Write the graph of `settings.data` to `target`. Raises LocalServerError; the folder and `target` stay then.

    Its server is started once before, which mends what a killed one left and says what the newest instant is.
    """
    target, folder = target.expanduser().absolute(), DataFolder(settings.data)
    made = folder.made()
    if made is None:
        raise LocalServerError(f"There is no graph in {folder.path}.", "FOEDUS_DATA names the folder of another one.")
    if target.exists() and not replace:
        raise LocalServerError(f"{target} exists.", "Name another file, or add --replace.")
    settings = _as_it_was(settings, made)
    with _said(f"The backup {target} could not be written"), _beside(target) as part:
        with LocalNeo4j(settings) as server:
            description = _describe(made, server)
        with _locked(folder) as lock, part.open("r+b") as file:
            installation = fetch(settings, Console(stderr=True, quiet=True))
            with dumping(settings, installation, folder, lock) as dump:
                description = archive.write(file, description, dump, _teller(progress, "written"))
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        return Done(description, target.stat().st_size)


def _describe(made: Made, server: Connection) -> Description:
    shape = sha256(repr((schema.known_names(), schema.expected())).encode()).hexdigest()[:16]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Description(version("foedus"), made.line, made.model, shape, _known_at(server), now)


def _known_at(server: Connection) -> str:
    auth = (server.user, server.password)
    with (
        neo4j.GraphDatabase.driver(server.uri, auth=auth) as driver,
        driver.session(database=DATABASE, default_access_mode=neo4j.READ_ACCESS) as session,
    ):
        instant = session.run(statement("read/known_at")).single(strict=True)["known_at"]
    return str(instant.to_native().isoformat())


def _as_it_was(settings: Settings, made: Made) -> Settings:
    """Return the settings with which the data can be dumped by the Neo4j that wrote it."""
    if made.line not in get_args(Line):
        raise LocalServerError(
            f"The data in {settings.data} was written by Neo4j {made.line}, which this foedus no longer starts.",
            "Back it up by the foedus that wrote it (`foedus backup FILE`), and restore the file into a new folder.",
        )
    return settings.model_copy(update={"line": made.line})


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give an empty file beside `target` that its owner alone can read; it is gone afterwards unless it was moved."""
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(number)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _locked(folder: DataFolder) -> Iterator[int]:
    lock = folder.lock()
    try:
        yield lock
    finally:
        os.close(lock)


@contextmanager
def _said(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LocalServerError(
            f"{what}: {error.strerror}.", "Look after the room and the permissions there; what was there is as it was."
        ) from error


def _teller(progress: Progress, done: str) -> archive.Told:
    """Return what tells how far it is, every few seconds."""
    last = time.monotonic()

    def tell(size: int) -> None:
        nonlocal last
        if time.monotonic() - last > TELL_SECONDS:
            last = time.monotonic()
            progress(f"{size / 1e6:,.0f} MB are {done}.")

    return tell


def restore(settings: Settings, source: Path, *, replace: bool, progress: Progress) -> Done:
    """Make the graph of `settings.data` of a backup. Raises LocalServerError; what was there is there again then.

    The new folder is started once before it takes its place, which upgrades what an older Neo4j wrote.
    """
    source, target = source.expanduser().absolute(), settings.data.expanduser().resolve()
    with _said(f"{source} could not be read"):
        description = archive.verify(source, _teller(progress, "verified"))
        size = source.stat().st_size
    must_upgrade(Made(description.line, description.model), Made(settings.line, MODEL), source)
    with (
        _said(f"The graph could not be restored into {target}"),
        _free_to_fill(target, replace=replace),
        tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as place,
    ):
        built = settings.model_copy(update={"data": Path(place) / "data"})
        _fill(built, source, DataFolder(target).read("password"), progress)
        _prove(built, description)
        _swap(built.data, target)
    return Done(description, size)


@contextmanager
def _free_to_fill(target: Path, *, replace: bool) -> Iterator[None]:
    """Hold the folder that is to be replaced, where there is one; raise LocalServerError when it may not be."""
    aside = target.with_name(target.name + ASIDE)
    if aside.exists():
        raise LocalServerError(
            f"{aside} is left of a restore that was interrupted.",
            f"Move it back to {target} if there is no graph there, else remove it.",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = DataFolder(target)
    if not target.exists():
        yield
        return
    if folder.made() is not None and not replace:
        raise LocalServerError(
            f"{target} has a graph already.", "Set FOEDUS_DATA to a new folder, or add --replace to lose what is there."
        )
    folder.create()
    with _locked(folder):
        yield


def _fill(settings: Settings, source: Path, password: str | None, progress: Progress) -> None:
    """Make a data folder of the backup, whose password is the one that the folder before it had."""
    folder = DataFolder(settings.data)
    folder.create()
    if password is not None:
        folder.write_private("password", password)
    installation = fetch(settings, Console(stderr=True, soft_wrap=True, markup=False, highlight=False))
    tell, size = _teller(progress, "loaded"), 0
    with (
        archive.opened(source) as (_, dump),
        _locked(folder) as lock,
        loading(settings, installation, folder, lock) as tool,
    ):
        while chunk := dump.read(CHUNK):
            tool.write(chunk)
            tell(size := size + len(chunk))


def _prove(settings: Settings, description: Description) -> None:
    """Start what was restored for the first time, and see that its newest instant is that of the backup."""
    with LocalNeo4j(settings) as server:
        found = _known_at(server)
    if found != description.known_at:
        raise LocalServerError(
            f"What was restored is known at {found}, and the backup at {description.known_at}.",
            "Take another backup; what was in the data folder is as it was.",
        )
    DataFolder(settings.data).note_made(Made(settings.line, description.model))


def _swap(built: Path, target: Path) -> None:
    """Put the new folder in place of the old one, which comes back when that fails; backups kept in it move along."""
    if not target.exists():
        built.rename(target)
        return
    aside = target.with_name(target.name + ASIDE)
    target.rename(aside)
    try:
        _move_backups(aside, built)
        built.rename(target)
    except BaseException:  # Ctrl-C too: the data folder would stay aside
        _move_backups(built, aside)
        aside.rename(target)
        raise
    shutil.rmtree(aside)


def _move_backups(old: Path, new: Path) -> None:
    if (old / BACKUPS).exists():
        (old / BACKUPS).rename(new / BACKUPS)
