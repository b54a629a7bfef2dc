"""Looks at the quality of a graph: each count is a file of `cypher/check/`, run within a time of its own.

The folder of a file says which part it belongs to, its first comment what it counts. What takes too long is left, and
said to be.
"""

import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from time import monotonic
from typing import Any, TypeVar

from graph.database import Database, Reads
from graph.disputes import register
from graph.errors import DatabaseBusyError, QueryTimeoutError
from graph.model import ENTITIES, LABELS
from graph.model.stored import link_ends, needed
from graph.model.vocabulary import Dispute
from graph.quality import Count, Coverage, Part, Reach, Row
from graph.statements import FOLDER, statement

MOST = 100_000
"""Most rows that a count counts."""
MOST_DISPUTES = 20_000
"""The same of disputes: the register tells both sides of each with all their sources."""
LONGEST_SECONDS = 60.0
"""Longest time that one count takes, so that it leaves some for the others."""

NO_TIME = "The time had run out before; `--seconds` gives more."
TOO_LONG = "It takes longer than there was time for; `--seconds` gives more."
NO_ROOM = "The database has no room for it now."
TOO_MANY = f"There are more than {MOST} years of sources."

T = TypeVar("T")
_ABOUT = re.compile(r"\A(?:// .*\n)+")
_COVERAGE = "check/coverage/facts_by_source_and_year"


class TimeLeft:
    """The time that all counts have together."""

    def __init__(self, seconds: float) -> None:
        self._until = monotonic() + seconds

    def of(self, database: Database) -> Database | None:
        """Return the database with the time that one count has, for all that is left where it writes; None without."""
        left = self._until - monotonic()
        if left <= 0:
            return None
        return replace(database, seconds=min(left, LONGEST_SECONDS), write_seconds=left)


@dataclass(frozen=True)
class Looking:
    """One look at a graph as it is known at an instant, which keeps so many rows of each count.

    `tell` is told the name of each count before it is made.
    """

    database: Database
    known_at: datetime
    rows: int
    time: TimeLeft
    tell: Callable[[str], None]

    async def counts(self, part: Part) -> list[Count]:
        """Make every count of a part that has a file; what is worth a look are the disputes of each kind as well."""
        of_files = [await self._of_file(part, name) for name in names(part)]
        return of_files + [await self._disputes(kind) for kind in Dispute if part is Part.WORTH_A_LOOK]

    async def counted(
        self, what: Count, read: Callable[[Database], Awaitable[Sequence[Row]]], most: int = MOST
    ) -> Count:
        """Fill a count with what is read, in the time that is left."""
        rows, unlooked = await self.in_time(what.name, read)
        if rows is None:
            return replace(what, unlooked=unlooked)
        return replace(what, number=min(len(rows), most), rows=tuple(rows[: self.rows]), more=len(rows) > most)

    async def in_time(self, name: str, read: Callable[[Database], Awaitable[T]]) -> tuple[T | None, str]:
        """Return what is read in the time that is left, or None and why nothing is."""
        self.tell(name)
        database = self.time.of(self.database)
        if database is None:
            return None, NO_TIME
        try:
            return await read(database), ""
        except QueryTimeoutError:
            return None, TOO_LONG
        except DatabaseBusyError:
            return None, NO_ROOM

    async def coverage(self) -> Coverage:
        """Look how far each source reaches."""

        async def read(database: Database) -> Sequence[Mapping[str, Any]]:
            return await database.read(_COVERAGE, statement(_COVERAGE), {"known_at": self.known_at, "most": MOST + 1})

        years, unlooked = await self.in_time("coverage", read)
        if years is None or len(years) > MOST:
            return Coverage(unlooked=unlooked or TOO_MANY)
        return Coverage(tuple(_reaches(years)))

    async def _of_file(self, part: Part, name: str) -> Count:
        async def read(database: Database) -> list[Row]:
            return await found(database, part, name, self.known_at, MOST + 1)

        return await self.counted(Count(part, name, about(part, name)), read)

    async def _disputes(self, kind: Dispute) -> Count:
        async def read(database: Database) -> list[Row]:
            told = await register(database, kind, self.known_at, MOST_DISPUTES + 1)
            return [Row(one["fact"], f"{one['other_fact']}: {one['reason']}") for one in told]

        return await self.counted(Count(Part.WORTH_A_LOOK, kind, kind.about), read, MOST_DISPUTES)


async def found(reads: Reads, part: Part, name: str, known_at: datetime, most: int) -> list[Row]:
    """Return at most so many of what a file counts, the worst first."""
    text = statement(f"check/{part}/{name}")
    values = {parameter: value for parameter, value in _model().items() if f"${parameter}" in text}
    records = await reads.read(name, text, values | {"known_at": known_at, "most": most})
    return [Row(one["key"], one["says"]) for one in records]


@cache
def names(part: Part) -> tuple[str, ...]:
    """Return the names of the counts of a part that have a file."""
    return tuple(sorted(path.stem for path in (FOLDER / "check" / part).glob("*.cypher")))


def about(part: Part, name: str) -> str:
    """Return the sentence that says what a count counts."""
    comment = _ABOUT.match(statement(f"check/{part}/{name}"))
    return " ".join(line.removeprefix("// ") for line in comment[0].splitlines()) if comment else ""


@cache
def _model() -> dict[str, Any]:
    """Return what the model says of records: what each label needs, and which labels each link leads to."""
    ends: dict[str, set[str]] = defaultdict(set)
    for label, model in LABELS.items():
        # The version of any entity is a description.
        of = "Description" if model in ENTITIES else label
        for kind, labels in link_ends(model).items():
            ends[f"{of}.{kind}"] |= labels
    each = {label: needed(model) for label, model in LABELS.items()}
    return {
        "ends": {place: sorted(labels) for place, labels in ends.items()},
        "properties": {label: properties for label, (properties, _) in each.items()},
        # Facts without a source are counted by themselves.
        "links": {label: [kind for kind in links if kind != "ATTESTED_BY"] for label, (_, links) in each.items()},
    }


def _reaches(found: Iterable[Mapping[str, Any]]) -> Iterable[Reach]:
    by_source: dict[str, list[Mapping[str, Any]]] = {}
    for one in found:
        by_source.setdefault(one["source"], []).append(one)
    for source, of_source in by_source.items():
        dated = [one for one in of_source if one["year"] is not None]
        facts = sum(one["facts"] for one in of_source)
        yield Reach(
            source,
            facts,
            undated=facts - sum(one["facts"] for one in dated),
            first=min((one["first"] for one in dated), default=None),
            last=max((one["last"] for one in dated), default=None),
            years={one["year"]: one["facts"] for one in dated},
        )
