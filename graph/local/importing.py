"""Fills the empty data folder of a Neo4j of one's own with the server's import tool. Called by `graph.bulk`."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from graph.errors import LocalServerError
from graph.local.config import DATABASE, NO_PORT, conf_text, environment, tool_command
from graph.local.fetch import Installation
from graph.local.folder import DataFolder
from graph.local.keeper import die_with_keeper
from graph.settings import Settings

HEAP_MB = 1024
BESIDE_HEAP_MB = 3072


def import_files(
    settings: Settings, installation: Installation, tables: Path, arguments: Iterable[str], between_items: str
) -> None:
    """Make the database of `settings.data`, which has none yet, of the files in `tables` that the arguments name.

    Raises LocalServerError with what the tool said when it fails; the folder is then of no use.
    """
    folder = DataFolder(settings.data)
    folder.create()
    (folder.home / "conf" / "neo4j.conf").write_text(conf_text(settings, NO_PORT), "ascii")
    options = [
        DATABASE,
        # Neo4j's own "string" means any text as the name of a node.
        "--id-type=string",
        # A relationship that leads nowhere is a fault of ours, of which nothing may be left out silently.
        "--bad-tolerance=0",
        f"--array-delimiter=U+{ord(between_items):04X}",
        f"--max-off-heap-memory={BESIDE_HEAP_MB}m",
        *arguments,
    ]
    file = folder.write_private("arguments", "\n".join(f'"{option}"' for option in options))
    command = tool_command(installation, HEAP_MB, "database", "import", "full", f"@{file}")
    try:
        done = _run(command, tables, folder)
    finally:
        file.unlink(missing_ok=True)
    if done.returncode:
        raise LocalServerError(
            f"Neo4j's import tool failed: {_told(done)}",
            "Look after the room on the disk and in memory; what it was given is removed.",
        )
    (folder.home / "import.report").unlink(missing_ok=True)


def _run(command: list[str], tables: Path, folder: DataFolder) -> "subprocess.CompletedProcess[str]":
    owner = os.getpid()
    return subprocess.run(  # noqa: S603
        command,
        env=environment(folder.home),
        cwd=tables,  # the tool reads the name of a file as a pattern, so it is given no path of the user's
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        preexec_fn=lambda: die_with_keeper(owner),
    )


def _told(done: "subprocess.CompletedProcess[str]") -> str:
    """Return the line that says why, of the tool's own or of Java's."""
    lines = [line.strip() for line in (done.stderr + done.stdout).splitlines() if line.strip("- \n")]
    telling = ("Caused by", "Exception", "rror", "nvalid", "Unable", "FAILED")
    return next((line for word in telling for line in lines if word in line), "it did not say why")


def make_room(path: Path) -> None:
    """See that a folder is missing or empty, and that the one it will stand in exists; raise LocalServerError."""
    try:
        if path.exists() and any(path.iterdir()):
            raise LocalServerError(
                f"{path} is not empty, and what is recorded is never overwritten.",
                "Name a new or empty folder.",
            )
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LocalServerError(
            f"The data folder {path} cannot be used: {error.strerror}.", "Name a folder that can be written."
        ) from error
