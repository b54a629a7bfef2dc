"""What the rows of one party to one agreement become: an act for each kind and day, and at most one participation.

StateRatification is "the date that it ratified, acceded to, or approved": the file does not say which, and all are
recorded as ratifications. StateEnd is the day on which a state "terminates its relationship with the agreement", and
is recorded as a withdrawal, but for a day on which the agreement ended for all. Who was in force when checked, nobody
knows on which day, has an act that held on its own day at least, and so no known end; where there is no consent and no
entry into force, or an end comes after it, a participation says so, of which only the earliest begin is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from graph.days import NEVER, OPEN, UNKNOWN
from graph.model import Record
from graph.model.facts import Act, Participation
from graph.model.records import Attestation, WrittenDay, WrittenSpan
from graph.model.vocabulary import ActKind, ParticipationBasis
from seed.ggo_agreements.agreements import key_of, safe, seen_in
from seed.ggo_agreements.spells import begin_of, spells_of
from seed.ggo_agreements.tables import IN_FORCE_WHEN_CHECKED, PARTIES, PartyRow

_BINDING = (ActKind.ENTRY_INTO_FORCE, ActKind.RATIFICATION)
_Stated = tuple[ActKind, WrittenDay, int]
"""An act that a row states: its kind, its day, and its spell."""


class Party:
    """One party to one agreement, as its rows say; `ends` are the acts by which the agreement ended, by day."""

    def __init__(self, actor: str, treaty: str, rows: Sequence[PartyRow], ends: Mapping[str, Act]) -> None:
        self._actor, self._agreement, self._ends = actor, key_of(treaty), ends
        self.rows = sorted(rows, key=_order)
        self._spells = spells_of(self.rows)
        self._stated = [list(self._stated_by(row)) for row in self.rows]

    def said(self) -> Iterator[tuple[PartyRow, list[Record]]]:
        """Yield each row with the records that it states; rows that state the same share them."""
        made: dict[tuple[ActKind, str], Act] = {}
        for row, stated in zip(self.rows, self._stated, strict=True):
            for kind, day, spell in stated:
                if (kind, day.edtf) not in made:
                    made[kind, day.edtf] = self._act(kind, day, spell)
            records: list[Record] = [made[kind, day.edtf] for kind, day, _ in stated]
            if row.open and self._holds_by is None:
                records.append(self._participation)
            if row.end and row.end.edtf in self._ends:
                records.append(self._ends[row.end.edtf])
            yield row, records

    def _stated_by(self, row: PartyRow) -> Iterator[_Stated]:
        begin = begin_of(row)
        if begin is not None:
            spell = self._spells.of(begin)
            if row.signature:
                yield ActKind.SIGNATURE, row.signature, spell
            if row.consent:
                yield ActKind.RATIFICATION, row.consent, spell
            if row.force:
                yield ActKind.ENTRY_INTO_FORCE, row.force, spell
        if row.end and row.end.edtf not in self._ends:
            yield ActKind.WITHDRAWAL, row.end, self._spells.of(row.end.latest)

    @cached_property
    def _in_last_spell(self) -> dict[ActKind, list[WrittenDay]]:
        found: dict[ActKind, list[WrittenDay]] = {}
        for kind, day, spell in (one for stated in self._stated for one in stated):
            if spell == self._spells.last:
                found.setdefault(kind, []).append(day)
        return found

    @cached_property
    def _holds_by(self) -> ActKind | None:
        """Return by which kind of act it was in force when checked: one of its last spell, where that has no end."""
        if ActKind.WITHDRAWAL in self._in_last_spell or not any(row.open for row in self.rows):
            return None
        return next((kind for kind in _BINDING if kind in self._in_last_spell), None)

    def _act(self, kind: ActKind, day: WrittenDay, spell: int) -> Act:
        return Act(
            key=f"{self._agreement}.{self._actor}.{kind.replace('_', '-')}.{safe(day.edtf)}",
            kind=kind,
            day=day,
            spell=spell,
            verified_on=day.latest if kind is self._holds_by and spell == self._spells.last else None,
            on=self._agreement,
            by=self._actor,
            attested_by=self._seen,
        )

    @cached_property
    def _participation(self) -> Participation:
        ended = self._in_last_spell.get(ActKind.WITHDRAWAL)
        since = self._since()
        return Participation(
            key=f"{self._agreement}.{self._actor}.participation",
            basis=ParticipationBasis.CODED,
            spell=self._spells.last + bool(ended),
            span=WrittenSpan(
                begins=f"[{since.isoformat()}..]" if since else UNKNOWN, ends=OPEN, as_written=IN_FORCE_WHEN_CHECKED
            ),
            of=self._actor,
            agreement=self._agreement,
            attested_by=self._seen,
        )

    def _since(self) -> date | None:
        """Return the first day on which the participation may have begun: after an end, a signature, the document."""
        if ended := self._in_last_spell.get(ActKind.WITHDRAWAL):
            return max(day.earliest for day in ended)
        signed = self._in_last_spell.get(ActKind.SIGNATURE) or [row.begin for row in self.rows if row.begin]
        return min((day.earliest for day in signed), default=None)

    @cached_property
    def _seen(self) -> tuple[Attestation, ...]:
        # A state of which the file writes two codes has its rows under both.
        return tuple(
            one for name in dict.fromkeys(row.line.id for row in self.rows) for one in seen_in(PARTIES.file, name)
        )


def _order(row: PartyRow) -> tuple[date, date, bool, str, str]:
    """Order rows by what they say, and not by where they stand."""
    end = row.end.latest if row.end else NEVER
    signed = row.signature.edtf if row.signature else ""
    return begin_of(row) or NEVER, end, not row.open, signed, row.line.id
