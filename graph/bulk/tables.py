"""Nodes and relationships as CSV files for Neo4j's import tool: one file for each set of labels and typed properties.

So no file has an empty cell, and each column has one type. Several processes may write to one folder: each has files
of its own, told apart by the process number. A list that is empty is left out, since the tool reads it as nothing
(`cypher/bulk/lists.cypher` and `cypher/bulk/awaits.cypher` set it afterwards).
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

BETWEEN_ITEMS = "\x1f"
_HEADER, _ROWS = ".header.csv", ".csv"
_NODES, _RELATIONSHIPS = "nodes", "relationships"
_TYPES = {bool: "boolean", int: "long", float: "double", date: "date", datetime: "datetime", str: "string"}
_ARRAY = "string[]"
Shape = tuple[str, str, tuple[tuple[str, str], ...]]


@dataclass
class Tables:
    """Rows on their way into the files of a folder; `flush` writes what has gathered."""

    folder: Path
    _rows: dict[Shape, list[str]] = field(default_factory=lambda: defaultdict(list))

    def node(self, space: str, key: str, labels: Sequence[str], fields: Mapping[str, Any], stored: str = "key") -> None:
        """Add a node that relationships name by its space and key; the key is also its property `stored`, if any."""
        self._add(_NODES, "-".join(labels), {f"{stored}:ID({space})": key}, fields)

    def relationship(
        self, kind: str, start: tuple[str, str], end: tuple[str, str], fields: Mapping[str, Any] | None = None
    ) -> None:
        """Add a relationship between two nodes, each given by its space and key."""
        ends = {f":START_ID({start[0]})": start[1], f":END_ID({end[0]})": end[1]}
        self._add(_RELATIONSHIPS, kind, ends, fields or {})

    def _add(self, what: str, named: str, ids: Mapping[str, str], fields: Mapping[str, Any]) -> None:
        kept = [(name, value) for name, value in fields.items() if value is not None and value != []]
        columns = tuple((name, _type(value)) for name, value in kept)
        cells = [*(_text(one) for one in ids.values()), *(_cell(value) for _, value in kept)]
        self._rows[what, named, (*((name, "") for name in ids), *columns)].append(",".join(cells))

    def flush(self) -> None:
        """Write the rows that have gathered."""
        for (what, named, columns), rows in self._rows.items():
            stem = f"{what}.{named}.{sha256(repr(columns).encode()).hexdigest()[:12]}"
            header = ",".join(f"{name}:{kind}" if kind else name for name, kind in columns)
            (self.folder / f"{stem}{_HEADER}").write_text(f"{header}\n", "utf-8")
            with (self.folder / f"{stem}.{os.getpid()}{_ROWS}").open("a", encoding="utf-8") as file:
                file.writelines(f"{row}\n" for row in rows)
        self._rows.clear()


def _type(value: Any) -> str:
    return _ARRAY if isinstance(value, list) else _TYPES[type(value)]


def _cell(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case datetime() | date():
            return value.isoformat()
        case list():
            return _text(BETWEEN_ITEMS.join(value))
    return repr(value)


def _text(value: str) -> str:
    if "\n" in value or "\r" in value:
        raise ValueError(f"{value[:50]!r} has more than one line, which the import tool would read slowly.")
    return '"' + value.replace('"', '""') + '"'


def arguments(folder: Path) -> Iterator[str]:
    """Yield what tells the import tool, run in the folder, of all files in it, one option each."""
    for header in sorted(folder.glob(f"*{_HEADER}")):
        what, named, _ = header.name.removesuffix(_HEADER).split(".")
        stem = header.name.removesuffix(_HEADER)
        files = [header, *sorted(file for file in folder.glob(f"{stem}.*{_ROWS}") if file != header)]
        yield f"--{what}={named.replace('-', ':')}=" + ",".join(f"./{file.name}" for file in files)
