"""The keeper: a small process between the owner and the server that leaves no server behind.

Started by `server` as a file of its own, so it uses nothing but the standard library. It reads its job as one line of
JSON on standard input, starts the server from its main thread, says the server's process number on standard output,
and stops the server when standard input ends, which it does however the owner ends. When the keeper itself is killed,
the kernel stops the server on Linux; elsewhere the owner does (`LocalNeo4j.stop`).
"""

import ctypes
import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 20
STANDARD_INPUT = 0


def die_with_keeper(keeper: int) -> None:
    """Ask the kernel to stop this process when the thread that started it ends; runs in the new process."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != keeper:  # It ended before the request was made.
            os.kill(os.getpid(), signal.SIGTERM)


def start(job: dict[str, Any]) -> "subprocess.Popen[bytes]":
    """Start the server in a session of its own, so that Ctrl-C in the owner's terminal does not reach it.

    It inherits the lock of the data folder, which is therefore free only when the server is gone.
    """
    keeper = os.getpid()
    with Path(job["log"]).open("wb") as log:
        return subprocess.Popen(  # noqa: S603
            job["command"],
            env=job["environment"],
            cwd=job["home"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=[job["lock"]],
            preexec_fn=lambda: die_with_keeper(keeper),  # noqa: PLW1509 - this process has a single thread
        )


def owner_is_gone(owner: int) -> bool:
    """Return whether the owner ended; its process number counts too, as a fork of it could keep the pipe open."""
    readable, _, _ = select.select([STANDARD_INPUT], [], [], 0.5)
    return os.getppid() != owner or (bool(readable) and not os.read(STANDARD_INPUT, 1))


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Stop the server cleanly, or by force when it takes too long."""
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def main() -> int:
    """Keep one server from its start to its end; return its exit code, for an owner that waits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with open(STANDARD_INPUT, "rb", buffering=0, closefd=False) as pipe:
        job = json.loads(pipe.readline())
    server = start(job)
    try:
        os.write(sys.stdout.fileno(), b"%d\n" % server.pid)
        while server.poll() is None and not owner_is_gone(job["owner"]):
            pass
    finally:
        # The note goes while the lock is still held, so it can be nobody else's.
        stop(server)
        Path(job["state"]).unlink(missing_ok=True)
    return server.returncode


if __name__ == "__main__":
    sys.exit(main())
