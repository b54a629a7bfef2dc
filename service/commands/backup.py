"""`foedus backup` and `foedus restore`: the graph of a Neo4j of one's own as one file, and back."""

import time
from collections.abc import Callable
from pathlib import Path

import click

from graph.errors import LocalServerError
from graph.local.backup import Done
from graph.local.backup import backup as back_up
from graph.local.backup import restore as put_back
from graph.local.server import running
from graph.settings import Settings
from service.commands.common import BadInput, ended_by_sigterm, read_settings, say

_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command("backup", short_help="Write the whole graph to a file.")
@_FILE
@click.option("--replace", is_flag=True, help="Replace FILE when it exists.")
def backup(file: Path, replace: bool) -> None:
    """Write the whole graph of the data folder, with its history, saved questions and API keys, to FILE.

    The Neo4j of the data folder must be stopped: end `foedus serve` first. FILE is readable by you alone, and appears
    when it is complete. `foedus restore FILE` makes a data folder of it, on this machine or on another.
    """
    settings = _own_settings()
    _tell(lambda: back_up(settings, file, replace=replace, progress=say), f"{file} holds the graph")


@click.command("restore", short_help="Make the graph of a file that `backup` wrote.")
@_FILE
@click.option("--replace", is_flag=True, help="Replace the graph that is in the data folder, which is lost.")
def restore(file: Path, replace: bool) -> None:
    """Make the graph of the data folder (FOEDUS_DATA) of FILE, which `foedus backup` wrote.

    FILE is verified before anything is touched, and what is in the data folder stays until the new one is complete. A
    backup of an older Neo4j is upgraded; one of a newer Neo4j or a newer foedus is refused.
    """
    settings = _own_settings()
    if not file.exists():
        raise BadInput(f"{file} does not exist.")
    _tell(lambda: put_back(settings, file, replace=replace, progress=say), f"{settings.data} holds the graph")


def _own_settings() -> Settings:
    """Return the settings of a Neo4j of one's own that nobody runs. Raises BadInput and LocalServerError."""
    settings = read_settings()
    if settings.neo4j_uri is not None:
        raise BadInput(
            "FOEDUS_NEO4J_URI names a Neo4j that foedus does not run: back it up as docs/containers.md "
            "shows, or leave that variable out."
        )
    if running(settings) is not None:
        raise LocalServerError(
            f"A foedus works with the graph in {settings.data}, and Neo4j backs up only what is stopped.",
            "End it (Ctrl-C where `foedus serve` runs), then run this again.",
        )
    ended_by_sigterm()
    return settings


def _tell(work: Callable[[], Done], what: str) -> None:
    began = time.monotonic()
    done = work()
    about, seconds = done.description, time.monotonic() - began
    click.echo(f"{what} as known at {about.known_at}: {done.size / 1e6:,.1f} MB in {seconds:.0f} s.")
