"""What tests share that run programs: an environment that tells them nothing, and waiting for what they do."""

import os
import time
from collections.abc import Callable


def plain_environment(*prefixes: str) -> dict[str, str]:
    """Return the environment of the tests without the variables whose names begin so: foedus's own, if not said."""
    return {name: value for name, value in os.environ.items() if not name.startswith(prefixes or "FOEDUS_")}


def until(holds: Callable[[], bool], seconds: float, every: float = 0.05) -> bool:
    """Wait until something holds, looking every so many seconds; return whether it did in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True
