"""Brings the jars of Neo4j and a Java runtime into the cache on first use. Called by `server` before each start."""

import errno
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from graph.errors import LocalServerError
from graph.local.jars import fill_jars
from graph.local.locks import locked
from graph.local.pins import RUNTIME_PIN, STAMP, damage, pins_file
from graph.local.runtime import fill_runtime, runtime_folder
from graph.settings import Settings

OFFLINE_HINT = (
    "The first start needs a connection to the internet (through HTTPS_PROXY, if that is set); what was fetched so far "
    "is kept. Or set FOEDUS_NEO4J_URI to a Neo4j that already runs."
)
CACHE_HINT = "Set FOEDUS_CACHE to a folder that can be written and has 500 MB of room."


@dataclass(frozen=True)
class Installation:
    """What is needed to start a server: the `java` program, and the folder of jars."""

    java: Path
    jars: Path


def fetch(settings: Settings, console: Console) -> Installation:
    """Return the installation of `settings.line`, fetching what is missing or damaged; raise LocalServerError.

    Safe when several processes call it at once: the first fetches, the others wait for it.
    """
    cache = settings.cache.absolute()
    jars, runtime = cache / f"neo4j-{settings.line}", runtime_folder(cache)
    installation = Installation(runtime / "bin" / "java", jars)
    if not damage(jars, pins_file(settings.line)) and not damage(runtime, RUNTIME_PIN):
        return installation
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with locked(cache / "fetch.lock", lambda: console.print(f"Another foedus is filling {cache}; waiting for it.")):
            _fill(jars, runtime, settings.line, console)
    except (OSError, RuntimeError) as error:
        raise _explained(error, settings) from error
    return installation


def _fill(jars: Path, runtime: Path, line: str, console: Console) -> None:
    if _wanting(runtime, RUNTIME_PIN, console):
        fill_runtime(runtime, console)
    if _wanting(jars, pins_file(line), console):
        fill_jars(jars, line, console)


def _wanting(folder: Path, pin: Path, console: Console) -> bool:
    wrong = damage(folder, pin)
    if wrong == [STAMP] and folder.exists():
        console.print(f"Verifying {folder}.")
    elif wrong and folder.exists():
        named = ", ".join(wrong[:3]) + (f" and {len(wrong) - 3} more" if len(wrong) > 3 else "")
        console.print(f"The cache folder {folder} is damaged ({named}); fetching what is wrong.")
    return bool(wrong)


def _explained(error: OSError | RuntimeError, settings: Settings) -> LocalServerError:
    # The network's errors come as OSError as well, without a number; the library's own are RuntimeError.
    number = error.errno if isinstance(error, OSError) else None
    if number in {errno.ENOSPC, errno.EDQUOT}:
        return LocalServerError(f"The disk that holds {settings.cache} is full.", CACHE_HINT)
    if isinstance(error, OSError) and number is not None:
        return LocalServerError(f"The cache folder {settings.cache} cannot be used: {error.strerror}.", CACHE_HINT)
    return LocalServerError(f"The jars of Neo4j {settings.line} could not be downloaded.", OFFLINE_HINT)
