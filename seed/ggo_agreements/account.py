"""What becomes of the rows of one group: the records that they state, and which row is loaded, merged or rejected."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.model import Record
from seed.ggo_agreements.spells import begin_of
from seed.ggo_agreements.tables import AGREEMENTS, IN_FORCE_WHEN_CHECKED, PARTIES, AgreementRow, Line, PartyRow
from seed.importing.mapped import Group, Merged
from seed.reading import Table
from seed.rejects import Reject

UNKNOWN_BEGINS = f"{IN_FORCE_WHEN_CHECKED} stands as a begin: it was not known when checked, and is no act."
REVERSED = "A row ends before it begins."


@dataclass
class Account:
    """The records of a group, each once, and the fate of each row."""

    name: str
    agreements: Sequence[AgreementRow] = ()
    parties: Sequence[PartyRow] = ()
    _records: dict[str, Record] = field(default_factory=dict)
    _loaded: Counter[str] = field(default_factory=Counter)
    _merged: list[Merged] = field(default_factory=list)
    _rejects: list[Reject] = field(default_factory=list)

    def row(self, table: Table, line: Line, records: Sequence[Record], otherwise: str) -> None:
        """Take the records that a row states; `otherwise` is why it is rejected when it states none.

        A row with a day that cannot be read is rejected for that day, and its records are taken all the same.
        """
        adds = any(record.key not in self._records for record in records)
        self._records |= {record.key: record for record in records}
        if line.faults or not records:
            self._rejects.append(line.reject(table, line.faults or otherwise))
        elif adds:
            self._loaded[table.file] += 1
        else:
            self._merged.append(Merged(table.file, line.number, line.id, records[0].key))

    def reject(self, table: Table, rows: Iterable[AgreementRow | PartyRow], reason: str) -> None:
        """Reject rows for one reason."""
        self._rejects += [row.line.reject(table, reason) for row in rows]

    def group(self) -> Group:
        """Return the group."""
        records, merged, rejects = tuple(self._records.values()), tuple(self._merged), tuple(self._rejects)
        return Group(self.name, records, self._loaded, merged, rejects, self._noted())

    def _noted(self) -> Counter[str]:
        noted = Counter(
            f"{PARTIES.file}: {REVERSED}"
            for row in self.parties
            if row.end and (begin := begin_of(row)) and row.end.latest < begin
        )
        for table, rows in ((AGREEMENTS, self.agreements), (PARTIES, self.parties)):
            if unknown := sum(row.unknown_begins for row in rows):
                noted[f"{table.file}: {UNKNOWN_BEGINS}"] = unknown
        return noted
