"""Locks on files that end with the processes that hold them; used for the cache, and by the data folder."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def try_lock(path: Path, *, shared: bool = False) -> int | None:
    """Return an open file that holds the lock at `path`, or None when another holds it.

    The lock is free when that file is closed, in this process and in every process that inherited it.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    except BaseException:
        os.close(file)
        raise
    return file


def lock_within(path: Path, seconds: Callable[[], float]) -> int | None:
    """Return what `try_lock` returns, trying again until `seconds()` have passed since the call."""
    begun = time.monotonic()
    while (file := try_lock(path)) is None:
        if time.monotonic() - begun > seconds():
            return None
        time.sleep(0.1)
    return file


@contextmanager
def locked(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock at `path`; when another holds it, call `on_wait` once and wait for as long as it takes."""
    file = try_lock(path)
    if file is None:
        on_wait()
        file = lock_within(path, lambda: float("inf"))
    assert file is not None  # noqa: S101 - waiting without end ends only with the lock
    try:
        yield
    finally:
        os.close(file)
