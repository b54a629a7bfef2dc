"""What an importer makes of the files of a data set: records in groups written whole, and the fate of each row.

An importer is a function from paths and known codes to `Mapped`; `seed.importing.put` writes what it gives.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.model import Record
from graph.model.entities import Source
from seed.importing.codes import Codes
from seed.rejects import Reject


@dataclass(frozen=True, slots=True)
class Merged:
    """One row that says what another said: no record is of it alone. `into` is the key of the record that holds it."""

    file: str
    line: int
    row: str
    into: str


@dataclass(frozen=True)
class Group:
    """Records that are never split over two change sets, such as all of one agreement.

    `loaded` counts, by file, the rows of which a record was made. Each row of a file is counted there, or is merged, or
    is rejected, in exactly one group. `noted` counts, by sentence, what is odd in rows and rejects none of them.
    """

    name: str
    records: tuple[Record, ...] = ()
    loaded: Mapping[str, int] = field(default_factory=dict)
    merged: tuple[Merged, ...] = ()
    rejects: tuple[Reject, ...] = ()
    noted: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapped:
    """Files read: the number of rows in each, counted where they are read, and the groups made of them, once."""

    rows: Mapping[str, int]
    groups: Iterator[Group]


@dataclass(frozen=True)
class DataSet:
    """A data set that can be imported: its name on the command line, its source, its files and its importer.

    `map` is given the paths in the order of `files`. It raises SeedFileError for a file that cannot be read as a whole,
    before it returns. Its records may name things that are in the graph already, and those of earlier groups. `prefix`
    begins the keys of the entities that only this data set describes; `shipped` are its files where foedus brings them;
    `mapping` is another one when the importer makes other records of the same rows. With
    `needs_codes` nothing is imported into a graph that knows no code, since every row would be rejected.
    """

    name: str
    source: Source
    files: tuple[str, ...]
    map: Callable[[Sequence[Path], Codes], Mapped]
    prefix: str = ""
    shipped: tuple[Path, ...] = ()
    mapping: str = "1"
    needs_codes: bool = True
