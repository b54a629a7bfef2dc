"""Upgrades the data folder of an older Neo4j or an older model, after a backup of it. Called before a server starts."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from graph.errors import LocalServerError
from graph.local.backup import ASIDE, BACKUPS, backup
from graph.local.fetch import fetch
from graph.local.folder import DataFolder
from graph.local.made import Made, must_upgrade
from graph.model import MODEL
from graph.settings import Settings

KEPT = 3


def upgrade(settings: Settings, progress: Callable[[str], None]) -> None:
    """See that the data of `settings.data` may be opened, having backed it up first if opening will change it.

    Neo4j itself rewrites what an older line wrote, at its next start. Raises LocalServerError, the folder then being as
    it was, when a newer one made it, when it is in use, and when there is no room for the backup.
    """
    folder, asked = DataFolder(settings.data), Made(settings.line, MODEL)
    made = folder.made()
    aside = folder.path.with_name(folder.path.name + ASIDE)
    if made is None and aside.exists():
        raise LocalServerError(
            f"A restore was cut off: what was in {folder.path} is in {aside}.",
            f"Move it back (mv {aside} {folder.path}), or restore again.",
        )
    if made is None or not must_upgrade(made, asked, folder.path):
        return
    fetch(settings, Console(stderr=True, soft_wrap=True, markup=False, highlight=False))
    target = folder.path / BACKUPS / _name(made)
    progress(f"The data in {folder.path} is of {made} and is upgraded to {asked}; a backup comes first.")
    target.parent.mkdir(mode=0o700, exist_ok=True)
    backup(settings, target, replace=False, progress=progress)
    folder.note_made(asked)
    progress(f"The backup is {target}; `FOEDUS_LINE={made.line} foedus restore --replace {target}` goes back to it.")
    _keep_the_newest(target.parent)


def _name(made: Made) -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-neo4j-{made.line}-model-{made.model}.tar"


def _keep_the_newest(folder: Path) -> None:
    for file in sorted(folder.glob("*-neo4j-*-model-*.tar"))[:-KEPT]:
        file.unlink()
