"""Which days of one party belong to which of its spells. Pure.

Each row says from when to when it holds: from its entry into force (else its consent, else its signature) to its end.
Rows whose days touch are one spell, so that all combinations of two begins and two ends, as the file often has them,
make one spell of uncertain days, and only a gap that no row fills makes a second. A row that ends before it begins
fills nothing: its begin belongs to the spell around it, else to the next, and its end to the spell that began last
before it. An end before every begin closes a spell of which no begin is known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from graph.days import NEVER
from seed.ggo_agreements.tables import PartyRow

Run = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Spells:
    """The first and last days of each spell in their order; `earlier` is whether one without a known begin precedes."""

    runs: Sequence[Run]
    earlier: bool = False

    def of(self, day: date) -> int:
        """Return the number of the spell that began last before a day, or on it."""
        return max(1, sum(begin <= day for begin, _ in self.runs) + self.earlier)

    @property
    def last(self) -> int:
        """Number of the last spell."""
        return max(1, len(self.runs) + self.earlier)


def begin_of(row: PartyRow) -> date | None:
    """Return the first day from which a row may hold."""
    written = row.force or row.consent or row.signature
    return written.earliest if written else None


def spells_of(rows: Sequence[PartyRow]) -> Spells:
    """Read the spells of one party from its rows."""
    forward, backward = list[Run](), list[date]()
    for row in rows:
        begin, end = begin_of(row), row.end.latest if row.end else NEVER
        if begin is not None and begin <= end:
            forward.append((begin, end))
        elif begin is not None:
            backward.append(begin)
    runs = _joined(forward)
    for begin in backward:
        if not any(first <= begin <= last for first, last in runs):
            runs = _joined([*runs, (begin, min((first for first, _ in runs if first > begin), default=NEVER))])
    return Spells(runs, bool(runs) and any(row.end.latest < runs[0][0] for row in rows if row.end))


def _joined(spans: Iterable[Run]) -> list[Run]:
    runs: list[Run] = []
    for begin, end in sorted(spans):
        if runs and begin <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((begin, end))
    return runs
