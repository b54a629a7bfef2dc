"""A package read: checked as a whole against its manifest, then its records in groups that can be written in order.

A group names nothing but what it holds itself, earlier groups hold, or is in a package of another. Links may run in
circles, and then what is in a circle is in one group.
"""

import csv
import hashlib
import heapq
import io
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from graph.model import ENTITIES, FACTS, Record
from graph.model.changes import ChangeSet, Receipt
from graph.model.entities import Source
from graph.model.rows import columns, fingerprint, from_row
from graph.model.stored import references
from seed.package.form import FORMAT, FORMAT_VERSION, MANIFEST, Manifest, records_file
from seed.reading import SeedFileError
from seed.rejects import reason_of
from seed.writing import AUTHOR, Writes

GROUP = 5000
"""So many records go into a change set, and more only where links run in circles."""
_FETCH = "Fetch or export it again."


@dataclass(frozen=True)
class Package:
    """A package that is whole: its manifest, and where it is."""

    path: Path
    manifest: Manifest

    def records(self) -> Iterator[Record]:
        """Yield all records: entities, then facts, each in the order of keys, so that those of an agreement are near.

        Raises SeedFileError for a row that is no record.
        """
        for models in (ENTITIES, FACTS):
            with ExitStack() as files:
                tables = [self._table(model, files) for model in models if self._has(model)]
                yield from heapq.merge(*tables, key=lambda record: record.key)

    def groups(self, size: int = GROUP) -> Iterator[tuple[Record, ...]]:
        """Yield the records in groups. Raises SeedFileError for one that names what is not in the package."""
        return _grouped(self.records(), size)

    def _has(self, model: type[Record]) -> bool:
        return records_file(model.label()) in self.manifest.files

    def _table(self, model: type[Record], files: ExitStack) -> Iterator[Record]:
        name = records_file(model.label())
        file = files.enter_context(_opened(self.path, name))
        before = ""
        for row, cells in _rows(file, name):
            try:
                record = from_row(model, cells)
            except ValueError as error:
                said = reason_of(error).rstrip(".")
                raise SeedFileError(f"{name}, row {row} is no {model.label()}: {said}.") from None
            if record.key <= before:
                raise SeedFileError(f"{name}, row {row} has the key {record.key}, which does not come after {before}.")
            before = record.key
            yield record


def read_package(path: Path) -> Package:
    """Return a package in a folder or a ZIP file, after every file of it was compared with its manifest.

    Raises SeedFileError when it is none, when a file is missing, has changed or is not in it, when it has a column
    that is not known here, and when a newer foedus wrote it in another form.
    """
    manifest = _manifest(path)
    known = {records_file(model.label()): model for model in (*ENTITIES, *FACTS)}
    for name, told in manifest.files.items():
        _see_that_it_is_beneath(name)
        with _opened(path, name) as file:
            if _digest(file, path, name) != told.sha256:
                raise SeedFileError(f"{name} in {path} is not what its manifest says.", _FETCH)
        if name.startswith("records/"):
            _see_that_it_is_known(path, name, known, manifest)
    return Package(path, manifest)


async def load_package(writer: Writes, package: Package, progress: Callable[[str], None]) -> list[Receipt]:
    """Write all records of a package, one change set for each group; what is recorded already is left alone.

    Every record is read once before the first is written. That all of a data set is recorded is said of its source at
    the very end, and only by a package of a whole graph. Raises SeedFileError, or what the writer raises.
    """
    total = sum(len(group) for group in package.groups())
    receipts, done, complete = list[Receipt](), 0, list[Record]()
    reason = f"Imported from a package of foedus {package.manifest.foedus} as known at {package.manifest.known_at}."
    for group in package.groups():
        unfinished = [without_fingerprint(record) for record in group]
        complete += [one for one, other in zip(group, unfinished, strict=True) if one is not other]
        receipts.append(await writer.apply(ChangeSet.of(unfinished, author=AUTHOR, reason=reason)))
        done += len(group)
        progress(f"{done} of {total} records read, {sum(one.changed for one in receipts)} written.")
    if complete and package.manifest.answer is None:
        receipts.append(await writer.apply(ChangeSet.of(complete, author=AUTHOR, reason=reason)))
    return receipts


def without_fingerprint(record: Record) -> Record:
    """Return a source as one of which not all is recorded; any other record, and such a source, as it is."""
    if not isinstance(record, Source) or record.fingerprint is None:
        return record
    return record.model_copy(update={"fingerprint": None})


def _manifest(path: Path) -> Manifest:
    if not path.exists():
        raise SeedFileError(f"{path} is missing.")
    try:
        with _opened(path, MANIFEST) as file:
            manifest = Manifest.model_validate_json(file.read())
    except (EOFError, zipfile.BadZipFile, zlib.error):
        raise SeedFileError(f"{MANIFEST} in {path} cannot be unpacked.", _FETCH) from None
    except ValidationError as error:
        raise SeedFileError(f"{MANIFEST} in {path} cannot be read: {reason_of(error)}.", _FETCH) from None
    if manifest.format != FORMAT:
        raise SeedFileError(f"{path} is no package of foedus: its format is {manifest.format!r}.")
    if manifest.format_version > FORMAT_VERSION:
        raise SeedFileError(
            f"{path} was written by foedus {manifest.foedus} in a newer form than foedus {version('foedus')} reads.",
            "Update foedus.",
        )
    return manifest


def _see_that_it_is_beneath(name: str) -> None:
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise SeedFileError(f"The manifest names {name!r}, which lies outside of the package.", _FETCH)


def _see_that_it_is_known(path: Path, name: str, known: Mapping[str, type[Record]], manifest: Manifest) -> None:
    newer = manifest.model != fingerprint()
    hint = f"foedus {manifest.foedus} wrote it with another model; update foedus." if newer else _FETCH
    model = known.get(name)
    if model is None:
        raise SeedFileError(f"{path} has {name}, and no such label is known here.", hint)
    with _opened(path, name) as file:
        header = next(_cells(file, name), [])
    unknown = [one for one in header if one not in columns(model)]
    if unknown or "key" not in header:
        said = f"has the column {unknown[0]!r}, which is not known here" if unknown else "has no column 'key'"
        raise SeedFileError(f"{name} in {path} {said}.", hint)


def _opened(path: Path, name: str) -> IO[bytes]:
    """Open a file of a package for reading."""
    try:
        if path.is_dir():
            return (path / name).open("rb")
        return zipfile.ZipFile(path).open(name)
    except (FileNotFoundError, KeyError):
        hint = "A package is a folder or a ZIP file that `foedus export` wrote." if name == MANIFEST else _FETCH
        raise SeedFileError(f"{path} has no {name}.", hint) from None
    except (OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
        # The last but one: a password, or a way of packing that is not known here.
        raise SeedFileError(f"{path} cannot be read as a package: {error}.") from None


def _digest(file: IO[bytes], path: Path, name: str) -> str:
    try:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error):
        raise SeedFileError(f"{name} in {path} cannot be unpacked.", _FETCH) from None


def _rows(file: IO[bytes], name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows below the header, counted from 1."""
    rows = _cells(file, name)
    header = next(rows, [])
    for row, cells in enumerate(rows, 1):
        if len(cells) != len(header):
            raise SeedFileError(f"{name}, row {row} has {len(cells)} cells where {len(header)} are expected.", _FETCH)
        yield row, dict(zip(header, cells, strict=True))


def _cells(file: IO[bytes], name: str) -> Iterator[list[str]]:
    # A list of ten thousand keys is one cell.
    csv.field_size_limit(sys.maxsize)
    try:
        with io.TextIOWrapper(file, encoding="utf-8", newline="") as text:
            yield from csv.reader(text, strict=True)
    except (UnicodeDecodeError, csv.Error) as error:
        raise SeedFileError(f"{name} is no CSV in UTF-8: {error}.", _FETCH) from None


def _grouped(records: Iterable[Record], size: int) -> Iterator[tuple[Record, ...]]:
    """Yield records as soon as all that they name came before them; what is left at the end runs in circles."""
    placed, group = set[str](), list[Record]()
    waiting: dict[str, list[Record]] = {}
    lacking: dict[str, set[str]] = {}
    for record in records:
        missing = {key for _, key, _ in references(record)} - placed - {record.key}
        if missing:
            lacking[record.key] = missing
            for key in missing:
                waiting.setdefault(key, []).append(record)
            continue
        for one in _freed(record, waiting, lacking):
            placed.add(one.key)
            group.append(one)
        if len(group) >= size:
            yield tuple(group)
            group.clear()
    left = {one.key: one for some in waiting.values() for one in some if one.key in lacking}
    for record in left.values():
        nowhere = sorted(lacking[record.key] - placed - left.keys())
        if nowhere:
            raise SeedFileError(f"{record.key} names {nowhere[0]}, which the package does not have.", _FETCH)
    group += [left[key] for key in sorted(left)]
    if group:
        yield tuple(group)


def _freed(record: Record, waiting: dict[str, list[Record]], lacking: dict[str, set[str]]) -> list[Record]:
    """Return a record and those that waited for it alone, and for these, and so on."""
    freed = [record]
    for one in freed:
        for waits in waiting.pop(one.key, ()):
            lacking[waits.key].discard(one.key)
            if not lacking[waits.key]:
                del lacking[waits.key]
                freed.append(waits)
    return freed
