"""Who was bound to whom in which year, by which of the five obligations of alliances: a table of directed dyad-years.

Pure but for `owed`, which reads the pieces that count. A pair-year counts when both are bound on one same day of the
year: a piece of a derived relationship is just such days.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from graph.codes import read_codes
from graph.database import Reads
from graph.days import InForce
from graph.model.stored import native_values
from graph.model.vocabulary import Binding, CommitmentKind, IdentifierScheme
from graph.statements import statement

OBLIGATIONS = {
    CommitmentKind.DEFENCE: "defence",
    CommitmentKind.OFFENCE: "offence",
    CommitmentKind.NEUTRALITY: "neutrality",
    CommitmentKind.NON_AGGRESSION: "nonaggression",
    CommitmentKind.CONSULTATION: "consultation",
}
SUREST_FIRST = (InForce.DEFINITE, InForce.PRESUMED, InForce.POSSIBLE)
FIRST_YEAR = 1648
"""Where a table begins if nothing else is said: a piece without a known begin would else count from the year 1 on."""
BEARERS_AT_ONCE = 20


@dataclass(frozen=True)
class Bound:
    """Days, half-open, on which one owes something to another."""

    bearer: str
    beneficiary: str
    agreement: str | None
    kind: CommitmentKind
    in_force: InForce
    holds_from: date
    holds_until: date


@dataclass(frozen=True)
class Wanted:
    """What a table is to hold: its years (both included), and which pieces count."""

    known_at: datetime
    first: int
    last: int
    least: InForce = InForce.PRESUMED
    political: bool = False
    by_agreement: bool = False

    @property
    def in_force(self) -> tuple[InForce, ...]:
        """Those answers that are sure enough."""
        return SUREST_FIRST[: SUREST_FIRST.index(self.least) + 1]

    @property
    def binding(self) -> tuple[Binding, ...]:
        """In which ways what counts may bind."""
        return tuple(Binding) if self.political else (Binding.LEGAL,)


@dataclass
class DyadYear:
    """What one owed another in a year: for each obligation how sure it is where it is surest."""

    bearer: str
    beneficiary: str
    agreement: str
    year: int
    first_day: date = date.max
    owed: dict[CommitmentKind, InForce] = field(default_factory=dict)

    def add(self, piece: Bound) -> None:
        """Count a piece that has a day in the year."""
        self.first_day = min(self.first_day, max(piece.holds_from, date(self.year, 1, 1)))
        self.owed[piece.kind] = min(self.owed.get(piece.kind, piece.in_force), piece.in_force, key=SUREST_FIRST.index)

    @property
    def certainty(self) -> InForce:
        """How sure the least sure of its obligations is."""
        return max(self.owed.values(), key=SUREST_FIRST.index)


def years_of(piece: Bound, wanted: Wanted) -> range:
    """Return the wanted years that have a day of the piece."""
    # The day after the last one may be the first of a year, which then has none.
    last = date.fromordinal(piece.holds_until.toordinal() - 1).year
    return range(max(piece.holds_from.year, wanted.first), min(last, wanted.last) + 1)


def dyad_years(pieces: Iterable[Bound], wanted: Wanted) -> Iterator[DyadYear]:
    """Yield the rows of some bearers, all of whose pieces are given, in the order of their keys."""

    def dyad(piece: Bound) -> tuple[str, str, str]:
        return piece.bearer, piece.beneficiary, (piece.agreement or "") if wanted.by_agreement else ""

    for (bearer, beneficiary, agreement), group in groupby(sorted(pieces, key=dyad), dyad):
        rows: dict[int, DyadYear] = {}
        for piece in group:
            for year in years_of(piece, wanted):
                rows.setdefault(year, DyadYear(bearer, beneficiary, agreement, year)).add(piece)
        yield from (rows[year] for year in sorted(rows))


async def owed(database: Reads, wanted: Wanted) -> AsyncIterator[list[Bound]]:
    """Yield all pieces that count, those of some bearers at a time, in the order of the bearers."""
    found = await database.read("read/bearers", statement("read/bearers"))
    bearers = [record["key"] for record in found]
    told = {"known_at": wanted.known_at, "in_force": list(wanted.in_force), "binding": list(wanted.binding)}
    for i in range(0, len(bearers), BEARERS_AT_ONCE):
        values = told | {"bearers": bearers[i : i + BEARERS_AT_ONCE], "kinds": list(OBLIGATIONS)}
        records = await database.read("read/owed", statement("read/owed"), values)
        yield [_bound(native_values(record.data())) for record in records]


def _bound(told: Mapping[str, Any]) -> Bound:
    kind, in_force = CommitmentKind(told["kind"]), InForce(told["in_force"])  # type: ignore[call-arg]
    return Bound(**{**told, "kind": kind, "in_force": in_force})


@dataclass(frozen=True)
class Numbers:
    """The numbers of states in the Correlates of War system, by key: each with the days on which it may stand."""

    found: Mapping[str, Sequence[tuple[date, date, str]]]

    def on(self, key: str, day: date) -> int | None:
        """Return the number of a state on a day; None where there is none, or more than one."""
        codes = {code for begins, ends, code in self.found.get(key, ()) if begins <= day < ends}
        return int(code) if len(codes) == 1 and (code := codes.pop()).isdecimal() else None


async def numbers(database: Reads, known_at: datetime) -> Numbers:
    """Read them as they were known at an instant."""
    found = defaultdict[str, list[tuple[date, date, str]]](list)
    for one in await read_codes(database, known_at, IdentifierScheme.COW):
        found[one.key].append((one.begins, one.ends, one.code))
    return Numbers(found)
