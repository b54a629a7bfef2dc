"""What the cache must hold: the pinned jars and runtime, and how a folder is known to hold them.

`fetch` and its helpers fill folders by it, and every start checks them by it.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
RUNTIME_PIN = HERE / "runtime.txt"
STAMP = "verified"


@dataclass(frozen=True)
class Pin:
    """One jar: its SHA-256, its size in bytes, and its coordinate `group:artifact:version[:classifier]`."""

    sha256: str
    size: int
    coordinate: str

    @property
    def file(self) -> str:
        """Name of the jar in the folder of jars."""
        return "-".join(self.coordinate.split(":")[1:]) + ".jar"


def pins_file(line: str) -> Path:
    """Return the list of jars of a line, which is part of the repository."""
    return HERE / f"jars-{line}.sha256"


def read_pins(line: str) -> list[Pin]:
    """Return the jars that a line needs."""
    rows = (row.split() for row in pins_file(line).read_text("ascii").splitlines())
    return [Pin(sha256, int(size), coordinate) for sha256, size, coordinate in rows]


def runtime_version() -> str:
    """Return the version of the Java runtime that is pinned."""
    return RUNTIME_PIN.read_text("ascii").split("==")[1].split()[0]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_stamp(folder: Path, pin: Path, sizes: dict[str, int]) -> None:
    """Note that `folder` was verified against `pin` and holds files of these sizes, by their paths below it."""
    rows = [digest(pin), *(f"{size} {name}" for name, size in sorted(sizes.items()))]
    (folder / STAMP).write_text("\n".join(rows) + "\n", "utf-8")


def doubt(folder: Path) -> None:
    """Let the next `damage` find fault with a folder, so that every file in it is verified by its checksum."""
    (folder / STAMP).unlink(missing_ok=True)


def damage(folder: Path, pin: Path) -> list[str]:
    """Return what is wrong with a folder that was verified once, by sizes alone; nothing means that it is whole."""
    try:
        pinned, *rows = (folder / STAMP).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return [STAMP]
    if pinned != digest(pin):
        return [STAMP]
    files = (row.partition(" ") for row in rows)
    return [name for size, _, name in files if _size(folder / name) != int(size)]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
