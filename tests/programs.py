"""What tests share that run programs: an environment that tells them nothing, and waiting for what they do."""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from service.cli import COMMANDS, main, module_of

_READY = multiprocessing.get_context("forkserver")
_READY.set_forkserver_preload(["__main__", *sorted(set(map(module_of, COMMANDS)))])

READ_ALL = "import sys; from service.cli import *; [main.get_command(None, name) for name in COMMANDS]; "
"""A program that reads the modules of all commands, to see what they read."""


def plain_environment(*prefixes: str) -> dict[str, str]:
    """Return the environment of the tests without the variables whose names begin so: foedus's own, if not said.

    Whatever else it says, a program keeps what Python compiled for it: the same one is started many times.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(prefixes or "FOEDUS_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept


def until(holds: Callable[[], bool], seconds: float, every: float = 0.05) -> bool:
    """Wait until something holds, looking every so many seconds; return whether it did in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def run_foedus(
    arguments: Sequence[str], environment: Mapping[str, str], seconds: float = 60
) -> "subprocess.CompletedProcess[str]":
    """Run the command `foedus` to its end in a process of its own, as `subprocess.run` does with both outputs captured.

    The process is forked from one that has read the modules of all commands and done nothing else, since reading them
    is most of what a command costs.
    """
    with TemporaryDirectory() as folder:
        outputs = [Path(folder) / name for name in ("out", "err")]
        process = _READY.Process(target=_become_foedus, args=(arguments, dict(environment), outputs))
        process.start()
        process.join(seconds)
        if process.is_alive():
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(["foedus", *arguments], seconds)
        out, err = (path.read_text("utf-8") for path in outputs)
    assert process.exitcode is not None
    return subprocess.CompletedProcess(["foedus", *arguments], process.exitcode, out, err)


def _become_foedus(arguments: Sequence[str], environment: Mapping[str, str], outputs: Sequence[Path]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for path, number in zip(outputs, (1, 2), strict=True):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - it ends with the process
    main([*arguments], prog_name="foedus")
