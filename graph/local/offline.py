"""Runs the server's own tool on the data of a folder while no server does. Called by `backup`.

What the tool reads or writes goes through a pipe, so nothing is ever whole in memory or twice on the disk.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from graph.errors import LocalServerError
from graph.local.config import DATABASE, NO_PORT, conf_text, environment, tool_command
from graph.local.fetch import Installation
from graph.local.folder import DataFolder
from graph.local.keeper import die_with_keeper
from graph.settings import Settings

HEAP_MB = 512


@contextmanager
def dumping(settings: Settings, installation: Installation, folder: DataFolder, lock: int) -> Iterator[IO[bytes]]:
    """Give the dump of the database of a folder that `lock` holds; raise LocalServerError when it was not all."""
    with _tool(settings, installation, folder, lock, "dump", "--to-stdout") as tool:
        assert tool.stdout is not None  # noqa: S101 - a pipe
        yield tool.stdout


@contextmanager
def loading(settings: Settings, installation: Installation, folder: DataFolder, lock: int) -> Iterator[IO[bytes]]:
    """Give a file that takes a dump, of which the database of a folder is made; raise LocalServerError if it fails."""
    with _tool(settings, installation, folder, lock, "load", "--from-stdin") as tool:
        assert tool.stdin is not None  # noqa: S101 - a pipe
        yield tool.stdin


@contextmanager
def _tool(
    settings: Settings, installation: Installation, folder: DataFolder, lock: int, *arguments: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the tool for this block, and see that it ends with it. It holds the lock of the folder while it lives."""
    (folder.home / "conf" / "neo4j.conf").write_text(conf_text(settings, NO_PORT), "ascii")
    action, way = arguments
    owner = os.getpid()
    with tempfile.TemporaryFile() as said:
        tool = subprocess.Popen(  # noqa: S603
            tool_command(installation, HEAP_MB, "database", action, DATABASE, way),
            env=environment(folder.home),
            cwd=folder.home,
            stdin=subprocess.PIPE if action == "load" else subprocess.DEVNULL,
            stdout=subprocess.PIPE if action == "dump" else said,
            stderr=said,
            pass_fds=[lock],
            preexec_fn=lambda: die_with_keeper(owner),  # noqa: PLW1509 - it only asks the kernel for a signal
        )
        try:
            yield tool
            if tool.stdin is not None:
                tool.stdin.close()
            if tool.wait():
                raise _failed(action, said)
        except BrokenPipeError as error:
            tool.wait()
            raise _failed(action, said) from error
        finally:
            _end(tool)


def _end(tool: "subprocess.Popen[bytes]") -> None:
    if tool.poll() is None:
        tool.kill()
        tool.wait()
    for pipe in (tool.stdin, tool.stdout):
        # What was not yet handed over to a tool that is gone is lost, which has been told.
        with suppress(BrokenPipeError):
            if pipe is not None:
                pipe.close()


def _failed(action: str, said: IO[bytes]) -> LocalServerError:
    said.seek(0)
    return LocalServerError(
        f"Neo4j's tool could not {action} the database: {_telling(said)}",
        "Look after the room on the disk and in memory, and try again; nothing was changed.",
    )


def _telling(said: IO[bytes]) -> str:
    """Return the line that says why: the cause named last, else the last line."""
    lines = [line.decode("utf-8", "replace").strip() for line in said]
    causes = [line for line in lines if line.startswith("Caused by")]
    return next(reversed(causes or [line for line in lines if line]), "it did not say why")
