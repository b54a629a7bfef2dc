"""The keeper and the server as seen from their owner: started together and stopped together. Called by `server`."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass

from graph.local import keeper
from graph.local.folder import DataFolder, alive

STOP_SECONDS = keeper.STOP_SECONDS + 5.0


class EndedAtOnceError(Exception):
    """The keeper ended before it could start the server; its log says why."""


@dataclass(frozen=True)
class Kept:
    """A server with its keeper: the keeper's process, and the process number of the server."""

    keeper: "subprocess.Popen[bytes]"
    pid: int

    @property
    def ended(self) -> bool:
        """Whether the server is gone, or no longer kept."""
        return self.keeper.poll() is not None

    def stop(self, folder: DataFolder) -> None:
        """Stop the server and return when it is gone."""
        _end(self.keeper)
        if self.keeper.returncode < 0:
            _stop_orphan(self.pid, folder)


def start(folder: DataFolder, lock: int, command: list[str], environment: dict[str, str]) -> Kept:
    """Start a server in `folder` through a keeper, both holding `lock`; raise EndedAtOnceError."""
    job = {
        "command": command,
        "environment": environment,
        "home": str(folder.home),
        "log": str(folder.log),
        "state": str(folder.state_file),
        "lock": lock,
        "owner": os.getpid(),
    }
    # The keeper runs as a file, so that it depends neither on an installed package nor on the working directory.
    with folder.keeper_log.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", keeper.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            pass_fds=[lock],
            start_new_session=True,
        )
    try:
        return Kept(process, _hand_over(process, job))
    except BaseException:
        _end(process)
        raise


def _hand_over(process: "subprocess.Popen[bytes]", job: dict[str, object]) -> int:
    assert process.stdin is not None  # noqa: S101 - both are pipes
    assert process.stdout is not None  # noqa: S101
    try:
        process.stdin.write(json.dumps(job).encode("ascii") + b"\n")
        process.stdin.flush()
        return int(process.stdout.readline())
    except (BrokenPipeError, ValueError) as error:
        raise EndedAtOnceError from error


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Let the keeper end, which stops its server first."""
    try:
        process.communicate(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def _stop_orphan(pid: int, folder: DataFolder) -> None:
    """Stop a server whose keeper was killed. On Linux it is stopping already; elsewhere nobody else would do it."""
    deadline, how = time.monotonic() + STOP_SECONDS, signal.SIGTERM
    while folder.held() and alive(pid):
        # It may end between the look and the signal.
        with suppress(ProcessLookupError):
            os.kill(pid, how)
        if time.monotonic() > deadline:
            how = signal.SIGKILL
        time.sleep(0.1)
