"""A package written: a table a label, JSON-LD, the sources with their licences and citations, and a manifest of all.

Records come page by page in the order of their keys, and nothing is kept of a page but what its sources say.
"""

import csv
import hashlib
from collections.abc import AsyncIterable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO

import orjson

from graph.derive import Piece
from graph.model import Record
from graph.model.entities import Source
from graph.model.rows import columns, fingerprint, to_row
from graph.types import written_instant
from seed.package.form import (
    CITATION,
    DERIVED,
    FORMAT,
    FORMAT_VERSION,
    JSON_LD,
    LICENCES,
    MANIFEST,
    FileOf,
    Manifest,
    derived_file,
    records_file,
)
from seed.package.linked import context, node

TOLD_EVERY = 10_000
Progress = Callable[[str], None]
NO_LICENCE = "No licence is recorded for these; ask their publishers before you pass them on"


@dataclass(frozen=True)
class Contents:
    """What goes into a package. `answer` says what it is about, `more` are files of its own; none for a whole graph."""

    known_at: datetime
    records: AsyncIterable[Sequence[Record]]
    pieces: AsyncIterable[Sequence[Piece]] | None = None
    answer: Mapping[str, Any] | None = None
    more: Mapping[str, bytes] | None = None


async def write_package(folder: Path, contents: Contents, progress: Progress) -> Manifest:
    """Write a package into a folder that is not there yet, and return its manifest."""
    with ExitStack() as files:
        tables = _Tables(folder, files)
        sources = await _write_records(tables, folder / JSON_LD, contents.records, progress)
        if contents.pieces is not None:
            await _write_pieces(tables, contents.pieces, progress)
    texts = {LICENCES: licences(sources).encode(), CITATION: citations(sources).encode()}
    return _finish(folder, contents, texts | dict(contents.more or {}), tables.rows)


def _finish(folder: Path, contents: Contents, texts: Mapping[str, bytes], rows: Mapping[str, int]) -> Manifest:
    """Write the texts, and the manifest of all that is in the folder."""
    for name, body in texts.items():
        (folder / name).write_bytes(body)
    manifest = Manifest(
        format=FORMAT,
        format_version=FORMAT_VERSION,
        foedus=version("foedus"),
        model=fingerprint(),
        known_at=written_instant(contents.known_at),
        answer=contents.answer,
        files={name: FileOf(sha256=digest, rows=rows.get(name)) for name, digest in _digests(folder)},
    )
    told = manifest.model_dump(exclude_none=True)
    (folder / MANIFEST).write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    return manifest


class _Tables:
    """The CSV files of a package, each opened with its first row, and how many rows each has."""

    def __init__(self, folder: Path, files: ExitStack) -> None:
        folder.mkdir()
        self._folder, self._files = folder, files
        self._open: dict[str, Any] = {}
        self.rows: dict[str, int] = {}

    def add(self, name: str, header: Iterable[str], cells: Iterable[str]) -> None:
        if name not in self._open:
            path = self._folder / name
            path.parent.mkdir(exist_ok=True)
            file: TextIO = self._files.enter_context(path.open("w", encoding="utf-8", newline=""))
            # Lines end in CRLF (RFC 4180): then a cell with either of them in it is quoted.
            self._open[name], self.rows[name] = csv.writer(file), 0
            self._open[name].writerow(header)
        self._open[name].writerow(cells)
        self.rows[name] += 1


async def _write_records(
    tables: _Tables, linked: Path, pages: AsyncIterable[Sequence[Record]], progress: Progress
) -> list[Source]:
    """Write records as rows and as nodes, and return the sources among them."""
    sources, written = list[Source](), 0
    with linked.open("wb") as file:
        file.write(b'{"@context": ' + orjson.dumps(context(), option=orjson.OPT_SORT_KEYS) + b',\n"@graph": [')
        async for page in pages:
            for record in page:
                tables.add(records_file(record.label()), columns(type(record)), to_row(record).values())
                file.write((b",\n" if written else b"\n") + node(record))
                written += 1
                _tell(progress, written, "records")
            sources += [record for record in page if isinstance(record, Source)]
        file.write(b"\n]}\n")
    lacking = sum(source.licence is None for source in sources)
    progress(f"{written} records written, {len(sources)} of them sources, {lacking} of these without a licence.")
    return sources


async def _write_pieces(tables: _Tables, pages: AsyncIterable[Sequence[Piece]], progress: Progress) -> None:
    written = 0
    async for page in pages:
        for piece in page:
            header = DERIVED[piece.type]
            tables.add(derived_file(piece.type), header, (_cell(piece.fields.get(name)) for name in header))
            written += 1
            _tell(progress, written, "derived relationships")
    progress(f"{written} derived relationships written.")


def _tell(progress: Progress, written: int, what: str) -> None:
    if written % TOLD_EVERY == 0:
        progress(f"{written} {what} written.")


def _cell(value: object) -> str:
    if value is None:
        return ""
    return orjson.dumps(value).decode() if isinstance(value, list | bool) else str(value)


def licences(sources: Sequence[Source]) -> str:
    """Tell people under which licence each source may be used, those without one first."""
    by_licence: dict[str, list[Source]] = {}
    for source in sources:
        by_licence.setdefault(source.licence or "", []).append(source)
    lines = ["Licences of the sources in this package. What a source states is subject to that source's licence.", ""]
    for licence in sorted(by_licence):
        lines += [f"{_line(licence) or NO_LICENCE}:"]
        lines += [f"  [{source.key}] {_line(source.title)}" for source in by_licence[licence]] + [""]
    return "\n".join(lines)


def citations(sources: Iterable[Source]) -> str:
    """Tell people how to cite each source."""
    lines = ["How to cite the sources of this package.", ""]
    lines += [f"[{source.key}] {_line(source.citation or _described(source))}" for source in sources]
    return "\n".join([*lines, ""])


def _described(source: Source) -> str:
    published = source.published and source.published.edtf
    return ". ".join(one.rstrip(".") for one in (source.publisher, source.title, published, source.address) if one)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        with path.open("rb") as file:
            yield path.relative_to(folder).as_posix(), hashlib.file_digest(file, "sha256").hexdigest()
