"""The server's jars: downloaded by coordinate into a folder and verified against the pinned list. Called by `fetch`."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from graph.errors import LocalServerError
from graph.local.pins import Pin, digest, pins_file, read_pins, write_stamp

THREADS = 8
TRIES = 3
SECONDS = 30


def fill_jars(folder: Path, line: str, console: Console) -> None:
    """Make `folder` hold exactly the verified jars of a line; what is already there and intact is kept."""
    part = folder.with_name(f"{folder.name}.part")
    part.mkdir(parents=True, exist_ok=True)
    pins = read_pins(line)
    missing = [pin for pin in pins if not _intact(folder, pin) and not _intact(part, pin)]
    if missing:
        _download(missing, part, f"Neo4j {line}", console)
    if folder.exists():
        for pin in pins:
            if (part / pin.file).exists():
                (part / pin.file).replace(folder / pin.file)
        shutil.rmtree(part)
    else:
        part.rename(folder)
    write_stamp(folder, pins_file(line), {pin.file: pin.size for pin in pins})


def _intact(folder: Path, pin: Pin) -> bool:
    path = folder / pin.file
    return path.is_file() and path.stat().st_size == pin.size and digest(path) == pin.sha256


def _download(pins: list[Pin], part: Path, title: str, console: Console) -> None:
    total = sum(pin.size for pin in pins)
    if not console.is_terminal:
        console.print(f"Fetching {title}: {len(pins)} files, {total / 1e6:.0f} MB …")
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(f"Fetching {title}", total=total)
        for pin in _fetched(pins, part):
            progress.advance(task, pin.size)


def _fetched(pins: list[Pin], part: Path) -> Iterator[Pin]:
    """Yield each jar as soon as it lies verified in `part`; the first failure ends the others."""
    maven = part / "maven"
    shutil.rmtree(maven, ignore_errors=True)
    with ThreadPoolExecutor(THREADS) as pool:
        running = [pool.submit(_fetch, pin, maven, part) for pin in pins]
        try:
            for job in as_completed(running):
                yield job.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    shutil.rmtree(maven)


def _fetch(pin: Pin, maven: Path, part: Path) -> Pin:
    from jgo.maven import MavenContext  # noqa: PLC0415 - half a second, and needed on the first run alone

    group, name, version, *classifier = pin.coordinate.split(":")
    context = MavenContext(repo_cache=maven, timeout=SECONDS)
    artifact = context.project(group, name).at_version(version).artifact(*classifier)
    path = _patiently(artifact.resolve, Path(str(artifact.cached_path)))
    if digest(path) != pin.sha256:
        raise LocalServerError(
            f"The downloaded file {path.name} is not the one that foedus expects (its SHA-256 differs).",
            "Try again; if it stays so, a proxy or a mirror on the way changes files.",
        )
    path.replace(part / pin.file)
    return pin


def _patiently(resolve: Callable[[], Path], torn: Path) -> Path:
    for _ in range(TRIES - 1):
        with suppress(OSError, RuntimeError):
            return resolve()
        # The library takes whatever lies at this path for the whole file, so a torn download must go.
        torn.unlink(missing_ok=True)
    return resolve()
