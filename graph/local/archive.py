"""The file of a backup: a tar of a short description and the dump of Neo4j's own tool. Called by `backup`.

It is written in one go, the description and the size of the dump last, into room that was kept for them; so it takes
neither memory nor a second copy of the dump. Any tar program reads it.
"""

import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

from graph.errors import LocalServerError

DESCRIPTION, DUMP = "foedus.json", "neo4j.dump"
FORM = 1
ROOM = 4096
CHUNK = 1 << 20
BLOCK = tarfile.BLOCKSIZE
Told = Callable[[int], None]


@dataclass(frozen=True)
class Description:
    """What a backup is of: who made it, of which Neo4j and model, the newest instant in it, and what its dump must be.

    `shape` changes with every label, property, constraint and index; it is there for people who compare backups.
    """

    foedus: str
    line: str
    model: int
    shape: str
    known_at: str
    made_at: str
    sha256: str = ""
    size: int = 0
    form: int = FORM


def write(file: IO[bytes], description: Description, dump: IO[bytes], told: Told) -> Description:
    """Write a backup of what `dump` gives until it ends into an empty file, and return how it is described there.

    `told` gets the number of bytes so far.
    """
    begins = BLOCK + ROOM + BLOCK
    file.seek(begins)
    digest, size = sha256(), 0
    while chunk := dump.read(CHUNK):
        file.write(chunk)
        digest.update(chunk)
        size += len(chunk)
        told(size)
    file.write(bytes(-size % BLOCK + 2 * BLOCK))
    whole = replace(description, sha256=digest.hexdigest(), size=size)
    text = json.dumps(asdict(whole), indent=1).encode("ascii")
    file.seek(0)
    file.write(_header(DESCRIPTION, ROOM, whole) + text + b" " * (ROOM - len(text) - 1) + b"\n")
    file.write(_header(DUMP, size, whole))
    return whole


def _header(name: str, size: int, description: Description) -> bytes:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    entry.mtime = int(datetime.fromisoformat(description.made_at).timestamp())
    return entry.tobuf(tarfile.GNU_FORMAT)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Description, IO[bytes]]]:
    """Give the description of a backup and its dump as a file, nothing of which is verified but that it is all there.

    Raises LocalServerError when the file is none of foedus's, cut off, or cannot be read.
    """
    try:
        with tarfile.open(path, "r:") as tar:
            description = _described(tar, path)
            entry = tar.next()
            if entry is None or entry.name != DUMP or entry.size != description.size:
                raise _foreign(path)
            there, needed = path.stat().st_size, entry.offset_data + entry.size
            if there < needed:
                raise LocalServerError(
                    f"{path} is cut off: {there:,} bytes of {needed:,} are there.",
                    "Copy it again, or take another backup.",
                )
            dump = tar.extractfile(entry)
            assert dump is not None  # noqa: S101 - an ordinary file, as `_header` makes them
            yield description, dump
    except tarfile.TarError as error:
        raise _foreign(path) from error


def _described(tar: tarfile.TarFile, path: Path) -> Description:
    entry = tar.next()
    file = tar.extractfile(entry) if entry is not None and (entry.name, entry.size) == (DESCRIPTION, ROOM) else None
    if file is None:
        raise _foreign(path)
    try:
        said = json.loads(file.read())
        newer = said["form"] > FORM
        description = None if newer else Description(**said)
    except (ValueError, TypeError, KeyError) as error:
        raise _foreign(path) from error
    if description is None:
        raise LocalServerError(
            f"{path} was written by foedus {said.get('foedus')} in a form that this foedus does not know.",
            "Restore it with that version of foedus or a later one.",
        )
    return description


def _foreign(path: Path) -> LocalServerError:
    return LocalServerError(f"{path} is no backup that foedus wrote.", "`foedus backup FILE` writes one.")


def verify(path: Path, told: Told) -> Description:
    """Return the description of a backup whose dump is what was written. Raises LocalServerError when it is not."""
    with opened(path) as (description, dump):
        digest, size = sha256(), 0
        while chunk := dump.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            told(size)
        if digest.hexdigest() != description.sha256:
            raise LocalServerError(
                f"{path} is damaged: the checksum of its dump is another than when it was written.",
                "Copy it again, or take another backup.",
            )
    return description
