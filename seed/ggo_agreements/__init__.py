"""International agreements and their parties, from Global Governance Observations (GGO).

A row of either file is loaded when it adds a record, merged when all that it says is in records of other rows, and
rejected when nothing of it can be loaded. A row with a day that cannot be read counts as rejected too, for that day:
the report names it, and the rest of the row is loaded. Groups are agreements, those that others amend first.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.model.facts import Act
from seed.ggo_agreements.account import Account
from seed.ggo_agreements.actors import ORGANIZATIONS, Actors
from seed.ggo_agreements.agreements import acts_of_the_whole, ends_of_the_whole, in_order, records_of
from seed.ggo_agreements.parties import Party
from seed.ggo_agreements.tables import AGREEMENTS, DATA_SET, FOLDER, PARTIES, Files, PartyRow, read_files
from seed.importing.codes import Codes
from seed.importing.mapped import DataSet, Group, Mapped
from seed.rejects import reason_of
from seed.sources import data_sets

SOURCE = data_sets()[DATA_SET]
SHIPPED = tuple(FOLDER / f"{table.file}.xz" for table in (AGREEMENTS, PARTIES))

_SAYS_NOTHING = "It gives no day of an act that is known, and does not say that it was in force when checked."


def map_files(paths: Sequence[Path], codes: Codes) -> Mapped:
    """Read both files and map them. Raises SeedFileError when one cannot be read as a whole."""
    agreements, parties = paths
    files = read_files(agreements, parties)
    return Mapped(files.rows, groups_of(files, codes))


GGO_AGREEMENTS = DataSet(
    DATA_SET, SOURCE, (AGREEMENTS.file, PARTIES.file), map_files, prefix="ggo.", shipped=SHIPPED, mapping="2"
)


def groups_of(files: Files, codes: Codes) -> Iterator[Group]:
    """Yield the organizations among the parties, and then the agreements."""
    edition = SOURCE.published.latest if SOURCE.published else date.max
    mapping = _Mapping(files.agreements.keys(), Actors(codes, edition), edition)
    yield Group("organizations among the parties", ORGANIZATIONS, rejects=tuple(files.rejects))
    for treaty in sorted(files.agreements.keys() | files.parties.keys(), key=lambda one: (":" in one, one)):
        account = Account(treaty, in_order(files.agreements.get(treaty, ())), files.parties.get(treaty, ()))
        mapping.fill(account)
        yield account.group()


@dataclass(frozen=True)
class _Mapping:
    """What an agreement is mapped by: the treatyIDs of the file, who the codes mean, and the day of the edition."""

    known: Collection[str]
    actors: Actors
    edition: date

    def fill(self, account: Account) -> None:
        """Map the rows of one treatyID."""
        treaty, rows, parties = account.name, account.agreements, account.parties
        if not rows:
            account.reject(PARTIES, parties, f"No row of {AGREEMENTS.file} has treatyID {treaty!r}.")
            return
        try:
            first = records_of(treaty, rows, self.known, self.edition)
        except ValueError as error:
            account.reject(AGREEMENTS, rows, reason_of(error))
            account.reject(PARTIES, parties, f"Its agreement cannot be described. {reason_of(error)}")
            return
        ends = ends_of_the_whole(treaty, rows, parties)
        for row in rows:
            account.row(AGREEMENTS, row.line, [*first, *acts_of_the_whole(treaty, row, ends)], "")
        self._fill_parties(account, ends)

    def _fill_parties(self, account: Account, ends: Mapping[str, Act]) -> None:
        by_actor: dict[str, list[PartyRow]] = {}
        for row in account.parties:
            actor = self.actors.find(row.state, row.end.latest if row.end else None)
            if actor is None:
                account.reject(PARTIES, [row], f"stateID {row.state!r} is the code of nobody who is recorded.")
            else:
                by_actor.setdefault(actor, []).append(row)
        for actor, rows in sorted(by_actor.items()):
            for row, records in Party(actor, account.name, rows, ends).said():
                account.row(PARTIES, row.line, records, _SAYS_NOTHING)
