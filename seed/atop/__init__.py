"""ATOP, the field's data on alliance obligations, from files that the user brings, versions 4.01 and 5.1.

No row of it is shipped, since no licence of its owners was found, only a request to cite. `foedus import atop` reads
the alliance-level and the member-level file; docs/atop.md tells what becomes of each column and what is doubtful.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.model import Record
from graph.model.facts import Participation
from seed.atop.cells import number, written_day
from seed.atop.columns import ALLIANCE_COLUMNS, DATES, MEMBER_COLUMNS
from seed.atop.members import Member, member, spells
from seed.atop.records import agreement, commitments, key_of, participation, termination, terms
from seed.importing.codes import Codes
from seed.importing.headed import Headed, HeadedRow, read_headed
from seed.importing.mapped import DataSet, Group, Mapped, Merged
from seed.reading import SeedFileError
from seed.rejects import Reject, reason_of
from seed.sources import data_sets


def _map(paths: Sequence[Path], codes: Codes) -> Mapped:
    a, m = paths
    if a.name == m.name:
        raise SeedFileError(f"Both files are called {a.name}.", "Reports name rows by their file; rename one.")
    alliances = read_headed(a, ALLIANCE_COLUMNS, ("atopid",), "ATOP's alliance-level file")
    members = read_headed(m, MEMBER_COLUMNS, ("atopid", "member", "phase", *DATES[:3]), "ATOP's member-level file")
    return Mapped({read.file: read.count for read in (alliances, members)}, _groups(alliances, members, codes))


def _groups(alliances: Headed, members: Headed, codes: Codes) -> Iterator[Group]:
    unread = [*alliances.rejects, *members.rejects]
    of_alliance, of_members = (_by_alliance(read.rows, unread) for read in (alliances, members))
    if unread:
        yield Group("rows of no alliance", rejects=tuple(unread))
    for atopid in sorted(of_alliance.keys() | of_members.keys()):
        alliance = _Alliance(of_alliance.get(atopid, []), of_members.get(atopid, []))
        yield alliance.group(str(atopid), codes)


def _by_alliance(rows: Iterable[HeadedRow], unread: list[Reject]) -> dict[int, list[HeadedRow]]:
    """Return the rows of each alliance in their order; a row of none is added to `unread`."""
    found: dict[int, list[HeadedRow]] = defaultdict(list)
    for row in rows:
        try:
            atopid = number(row, "atopid")
        except ValueError:
            atopid = None
        if atopid and atopid > 0:
            found[atopid].append(row)
        else:
            unread.append(row.reject(f"atopid {row['atopid']!r} is no number of an alliance."))
    return found


@dataclass
class _Alliance:
    """The rows of one alliance, and what becomes of each."""

    of_alliance: Sequence[HeadedRow]
    of_members: Sequence[HeadedRow]
    rejects: list[Reject] = field(default_factory=list)
    repeated: list[tuple[HeadedRow, HeadedRow]] = field(default_factory=list)

    def group(self, atopid: str, codes: Codes) -> Group:
        """Return the records of all its rows, and the fate of each."""
        alliance = next(iter([row for row in self._each_once(self.of_alliance) if self._has_days(row)]), None)
        members = [one for row in self._each_once(self.of_members) if (one := self._read(row, codes))]
        participations = list(_participations(members))
        into = {alliance.id: key_of(atopid)} if alliance else {}
        into |= {one.row.id: taken.key for taken, spell in participations for one in spell}
        loaded = Counter(row.file for row in (*([alliance] if alliance else []), *(one.row for one in members)))
        records: list[Record] = []
        if loaded:
            records += agreement(atopid, alliance, members)
            records += terms(atopid, alliance, members)
            records += termination(alliance, [spell for _, spell in participations])
        for taken, spell in participations:
            records += [taken, *commitments(spell)]
        merged = tuple(self._merged(into))
        return Group(f"ATOP {atopid}", tuple(records), loaded, merged, tuple(self.rejects))

    def _each_once(self, rows: Iterable[HeadedRow]) -> Iterator[HeadedRow]:
        """Yield rows but for those that repeat another; one that says otherwise of the same is rejected."""
        first: dict[str, HeadedRow] = {}
        for row in rows:
            earlier = first.setdefault(row.id, row)
            if earlier is row:
                yield row
            elif earlier.cells == row.cells:
                self.repeated.append((row, earlier))
            else:
                self.rejects.append(row.reject(f"Line {earlier.line} is about the same, and says otherwise."))

    def _has_days(self, row: HeadedRow) -> bool:
        try:
            written_day(row, "begyr", "begmo", "begday")
            written_day(row, "endyr", "endmo", "endday")
        except ValueError as error:
            self.rejects.append(row.reject(reason_of(error)))
            return False
        return True

    def _read(self, row: HeadedRow, codes: Codes) -> Member | None:
        try:
            return member(row, codes)
        except ValueError as error:
            self.rejects.append(row.reject(reason_of(error)))
            return None

    def _merged(self, into: dict[str, str]) -> Iterator[Merged]:
        for row, earlier in self.repeated:
            if earlier.id in into:
                yield Merged(row.file, row.line, row.id, into[earlier.id])
            else:
                self.rejects.append(row.reject(f"It repeats line {earlier.line}, which was rejected."))


def _participations(members: Iterable[Member]) -> Iterator[tuple[Participation, list[Member]]]:
    """Yield the participations of each state with the rows that make them."""
    of_states: dict[str, list[Member]] = defaultdict(list)
    for one in members:
        of_states[one.state].append(one)
    for of_state in of_states.values():
        for spell in spells(of_state):
            yield participation(spell), spell


ATOP = DataSet("atop", data_sets()["atop"], ("ATOP_A.csv", "ATOP_M.csv"), _map, prefix="ATOP.", needs_codes=False)
"""The data set as `foedus import` knows it."""
