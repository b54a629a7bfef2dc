"""Who held which office from when to when: rows of several files that mean the same become one tenure.

They do when one begin is the other, only finer (2020 and 2020-01-16), and the ends agree. What does not agree stays
apart and contradicts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.days import OPEN, UNKNOWN, day_bounds
from graph.model.facts import Tenure
from graph.model.records import Attestation, Contradiction, WrittenSpan
from seed.wikidata_officials.tables import Listed


@dataclass(frozen=True)
class Held:
    """Rows that mean one tenure. `begins` and `ends` are the finest that they give, `seen_on` is the last open day."""

    official: str
    office: str
    begins: str
    ends: str
    seen_on: date | None
    rows: tuple[Listed, ...]

    @classmethod
    def by(cls, official: str, office: str, one: Listed) -> "Held":
        """Read one row."""
        return cls(official, office, one.begins, one.ends, one.seen_on if one.is_open else None, (one,))

    def joined(self, other: "Held") -> "Held | None":
        """Return both as one; None when they do not mean the same, or are of one file, which says each thing once."""
        files = {one.row.file for one in self.rows}
        if any(one.row.file in files for one in other.rows):
            return None
        begins, ends = _finer(self.begins, other.begins), _finer(self.ends, other.ends)
        seen_on = max((day for day in (self.seen_on, other.seen_on) if day), default=None)
        if begins is None or ends is None or (ends and seen_on and day_bounds(ends)[1] < seen_on):
            return None
        return replace(self, begins=begins, ends=ends, seen_on=seen_on, rows=(*self.rows, *other.rows))

    @property
    def key(self) -> str:
        """Key of the tenure."""
        return f"{self.official}.tenure.{self.office}.{self.begins or UNKNOWN}"

    def span(self) -> WrittenSpan:
        """Return its days. Raises ValueError when it ends before it begins.

        On the last open day it was held: it had begun by then, and had not ended before.
        """
        begins, ends = self.begins or UNKNOWN, self.ends or OPEN
        if self.seen_on and self.begins:
            begins = _cut(self.begins, last=self.seen_on)
        if self.seen_on and self.ends:
            ends = _cut(self.ends, first=self.seen_on)
        written = {f"{one.begins}/{one.ends}" for one in self.rows}
        source = self.rows[0].source
        return WrittenSpan(
            begins=begins,
            ends=ends,
            ends_are=source.ends_are,
            verified_on=self.seen_on,
            as_written="; ".join(sorted(written)) if written != {f"{begins}/{ends}".removesuffix(OPEN)} else None,
        )


def _finer(one: str, other: str) -> str | None:
    """Return the finer of two days that may be the same, None when they cannot be. An empty one says nothing."""
    if not one or not other:
        return one or other
    (first, last), (other_first, other_last) = day_bounds(one), day_bounds(other)
    if first <= other_first and other_last <= last:
        return other
    return one if other_first <= first and last <= other_last else None


def _cut(written: str, first: date | None = None, last: date | None = None) -> str:
    """Return a day that is not before `first` nor after `last`, as EDTF text; unchanged where that says no more."""
    earliest, latest = day_bounds(written)
    lower, upper = max(earliest, first or earliest), min(latest, last or latest)
    return written if (lower, upper) == (earliest, latest) or lower > upper else f"[{lower}..{upper}]"


def merged(held: Iterable[Held]) -> Iterator[list[Held]]:
    """Yield the tenures of each official in each office, rows that mean the same joined."""
    groups: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for one in held:
        group = groups[one.official, one.office]
        for i, other in enumerate(group):
            if both := other.joined(one):
                group[i] = both
                break
        else:
            group.append(one)
    yield from groups.values()


def tenure(one: Held, others: Sequence[Held]) -> Tenure:
    """Make the fact; `others` are the tenures of the same office by the same person made before it."""
    span = one.span()
    rivals = [other for other in others if _overlap(span, other.span())]
    return Tenure(
        key=one.key,
        of=one.official,
        office=one.office,
        span=span,
        attested_by=tuple(Attestation(source=row.source.key, locator=row.row.place) for row in one.rows),
        contradicts=tuple(Contradiction(fact=other.key, reason=_reason(one, other)) for other in rivals),
    )


def _overlap(one: WrittenSpan, other: WrittenSpan) -> bool:
    both = one.bounds().overlap(other.bounds())
    return both.begins_latest < both.presumed_until


def _reason(one: Held, other: Held) -> str:
    begins, since = one.begins or "an unknown day", other.begins or "an unknown day"
    return f"Nobody can begin to hold an office on {begins} who holds it since {since}."
