"""A CSV file of one's own as a data set: a small mapping file in TOML says which records its rows become.

`docs/importing.md` describes the form. Nothing in a mapping is run: a template names columns and puts texts together.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.days import day_bounds
from graph.model import LABELS, Fact, Record
from graph.model.entities import Source
from graph.model.records import Attestation, SpanFact
from graph.model.vocabulary import IdentifierScheme
from seed.importing.codes import Codes
from seed.importing.mapped import DataSet, Group, Mapped, Merged
from seed.keys import slug
from seed.reading import Row, SeedFileError, Table, each_row, header_of
from seed.rejects import Reject, reason_of
from seed.sources import data_sets

MOST_ATTESTATIONS = 20
"""Rows that are named as stating one fact; further ones say nothing new."""
_HOLE = re.compile(r"\{(?P<column>[^{}|]+)(?:\|(?P<how>[a-z0-9_]*)(?:\|(?P<otherwise>[^{}|]*))?)?\}")
_WAYS = ("slug", "number", "day")


class _Described(BaseModel):
    """One `[[record]]` of a mapping: label, key and fields as templates, and a column without which it is not made."""

    model_config = ConfigDict(extra="allow", frozen=True)

    label: str
    key: str
    when: str | None = None

    @property
    def fields(self) -> Mapping[str, Any]:
        """The templates of its fields."""
        return {"key": self.key, **(self.model_extra or {})}


class _File(BaseModel):
    """`[file]` of a mapping: what a row is called, and which rows belong together."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    row: str | None = None
    group: str | None = None
    delimiter: str = Field(",", pattern=r"^[,;|\t:]$")


class CsvMapping(BaseModel):
    """A mapping file: the source, the file, words of the file by what they stand for, and the records of a row."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: dict[str, Any]
    file: _File = _File()
    words: dict[str, dict[str, str]] = Field(default_factory=dict)
    record: tuple[_Described, ...] = Field(min_length=1)

    def templates(self) -> Iterator[str]:
        """Yield every template."""
        yield from filter(None, (self.file.row, self.file.group))
        for one in self.record:
            yield from _texts(one.fields)
            yield from [f"{{{one.when}}}"] if one.when else []


def own_data_set(mapping: Path) -> DataSet:
    """Read a mapping file. Raises SeedFileError that says what in it is not understood."""
    try:
        content = mapping.read_bytes()
        read = CsvMapping.model_validate(tomllib.loads(content.decode()))
        source = Source.model_validate(read.source)
        _see_that_sound(read)
        _see_that_ones_own(source)
    except OSError as error:
        raise SeedFileError(f"{mapping} cannot be read: {error.strerror}.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SeedFileError(f"{mapping} is no TOML: {error}.") from None
    except ValidationError as error:
        raise SeedFileError(
            f"{mapping} is no mapping: {reason_of(error)}", "docs/importing.md describes one."
        ) from None
    except ValueError as error:
        raise SeedFileError(f"{mapping} is no mapping: {error}", "docs/importing.md describes one.") from None

    def map_file(paths: Sequence[Path], codes: Codes) -> Mapped:
        return _mapped(read, source, paths[0], codes)

    # With another mapping the same file is another import.
    return DataSet(source.key, source, ("FILE.csv",), map_file, mapping=content.hex(), needs_codes=False)


def _see_that_sound(mapping: CsvMapping) -> None:
    """Raise ValueError for labels and ways that do not exist."""
    for one in mapping.record:
        if one.label not in LABELS or one.label == "Source":
            raise ValueError(f"{one.label} is no label of a record; there are {', '.join(sorted(LABELS))}.")
        if unknown := one.fields.keys() - LABELS[one.label].model_fields.keys():
            raise ValueError(f"{one.label} has no {min(unknown)}.")
    ways = {*_WAYS, *mapping.words, *map(str, IdentifierScheme)}
    for template in mapping.templates():
        for hole in _HOLE.finditer(template):
            if hole["how"] and hole["how"] not in ways:
                raise ValueError(f"{{…|{hole['how']}}} is no way to read a cell; there are {', '.join(sorted(ways))}.")


def _see_that_ones_own(source: Source) -> None:
    """Raise ValueError for a source of foedus's own: what the file does not have would be withdrawn from it."""
    if source.key in data_sets():
        raise ValueError(f"{source.key} is a data set of foedus; give the source a key of its own.")


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a value of TOML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in _texts(one))


def _mapped(mapping: CsvMapping, source: Source, path: Path, codes: Codes) -> Mapped:
    header = header_of(path, mapping.file.delimiter)
    named = {hole["column"] for template in mapping.templates() for hole in _HOLE.finditer(template)}
    if lacking := sorted(named - set(header)):
        raise SeedFileError(
            f"{path} has no column {lacking[0]!r}, which the mapping names.", f"It has {', '.join(header)}."
        )
    # Packed or not, it is the same file to whoever reads where a fact comes from.
    name = path.name.removesuffix(".gz").removesuffix(".xz")
    table = Table(name, header, lambda _: "", delimiter=mapping.file.delimiter)
    rows = list(each_row(path, table))
    filling = _Filling(mapping, source, codes)
    return Mapped({name: len(rows)}, _groups(filling, rows))


def _groups(filling: "_Filling", rows: Sequence[Row | Reject]) -> Iterator[Group]:
    unread = tuple(row for row in rows if isinstance(row, Reject))
    yield Group("rows that cannot be read", rejects=unread)
    read = sorted((row for row in rows if isinstance(row, Row)), key=filling.group)
    for name, some in groupby(read, key=filling.group):
        yield filling.grouped(name, list(some))


@dataclass
class _Filling:
    """Fills the templates of a mapping with the cells of rows. What one row makes another may say again."""

    mapping: CsvMapping
    source: Source
    codes: Codes
    made: dict[str, Record] = field(default_factory=dict)
    """The records of the groups before, by key."""

    def group(self, row: Row) -> str:
        """Return to which rows a row belongs: those with the same text there, else to nobody."""
        try:
            return str(self._text(self.mapping.file.group, row)) if self.mapping.file.group else f"line {row.line:09}"
        except ValueError:
            return ""

    def grouped(self, name: str, rows: Sequence[Row]) -> Group:
        """Return the records of rows that belong together, and the fate of each row."""
        found: dict[str, Record] = {}
        loaded, merged, rejects = 0, list[Merged](), list[Reject]()
        for row in rows:
            try:
                said = {record.key: self._held_against(found, record) for record in self._records(row)}
            except ValueError as error:
                rejects.append(row.reject(reason_of(error)))
                continue
            if said.keys() - found.keys() - self.made.keys():
                loaded += 1
            elif said:
                merged.append(Merged(row.file, row.line, self._called(row), next(iter(said))))
            else:
                rejects.append(row.reject("No record is made of it: the columns that one needs are empty."))
            found |= {key: record for key, record in said.items() if key not in self.made}
        self.made |= found
        counted = {rows[0].file: loaded} if loaded else {}
        return Group(name, tuple(found.values()), counted, tuple(merged), tuple(rejects))

    def _held_against(self, found: Mapping[str, Record], record: Record) -> Record:
        """Return a record as all rows so far have it. Raises ValueError when another row says something else."""
        before = found.get(record.key) or self.made.get(record.key)
        return record if before is None else _joined(before, record)

    def _records(self, row: Row) -> Iterator[Record]:
        for described in self.mapping.record:
            if described.when and not row[described.when]:
                continue
            values = {name: filled for name, one in described.fields.items() if _says(filled := self._filled(one, row))}
            label = LABELS[described.label]
            if issubclass(label, Fact) and "attested_by" not in values:
                values["attested_by"] = [{"source": self.source.key, "locator": f"{row.file}, {self._called(row)}"}]
            if issubclass(label, SpanFact) and isinstance(values.get("span"), dict):
                values["span"] = {"ends_are": self.source.ends_are} | values["span"]
            yield label.model_validate(values)

    def _called(self, row: Row) -> str:
        return str(self._text(self.mapping.file.row, row)) if self.mapping.file.row else f"line {row.line}"

    def _filled(self, value: Any, row: Row) -> Any:
        """Return a value of the mapping with its templates filled; what comes out empty is left out."""
        if isinstance(value, str):
            return self._text(value, row)
        if isinstance(value, Mapping):
            return {name: filled for name, one in value.items() if _says(filled := self._filled(one, row))}
        if isinstance(value, list):
            return [filled for one in value if _says(filled := self._filled(one, row))]
        return value

    def _text(self, template: str, row: Row) -> Any:
        """Fill a template; one that is a hole and nothing else may become a number. Raises ValueError."""
        if (hole := _HOLE.fullmatch(template)) is not None:
            return self._read(hole, row)
        holes = [str(self._read(hole, row)) for hole in _HOLE.finditer(template)]
        # A text around a cell that is empty says nothing.
        return _HOLE.sub(lambda _: holes.pop(0), template) if all(holes) else ""

    def _read(self, hole: re.Match[str], row: Row) -> Any:
        column, how = hole["column"], hole["how"]
        cell = row[column]
        if not cell or not how:
            return cell or hole["otherwise"] or ""
        if how in self.mapping.words:
            if cell not in self.mapping.words[how]:
                raise ValueError(f"{column} {cell!r} is none of the words that the mapping knows for {how}.")
            return self.mapping.words[how][cell]
        if how == "slug":
            return slug(cell)
        if how == "number":
            return row.number(column)
        if how == "day":
            day_bounds(cell)
            return cell
        key = self.codes.key(how, cell)
        if key is None:
            raise ValueError(f"{column} {cell!r} is the {how} code of nothing that is recorded, or of several.")
        return key


def _says(value: Any) -> bool:
    """Return whether a field is not left out: nought and no say something."""
    return value is not None and value not in ("", {}, [])


def _joined(before: Record, again: Record) -> Record:
    """Return a record that two rows make, attested by both. Raises ValueError when they differ in anything else."""
    if not isinstance(before, Fact) or not isinstance(again, Fact):
        if before == again:
            return before
        raise ValueError(f"Another row says something else of {again.key}.")
    if before.model_copy(update={"attested_by": again.attested_by}) != again:
        raise ValueError(f"Another row says something else of {again.key}.")
    seen: tuple[Attestation, ...] = tuple(dict.fromkeys((*before.attested_by, *again.attested_by)))
    return before.model_copy(update={"attested_by": seen[:MOST_ATTESTATIONS]})
