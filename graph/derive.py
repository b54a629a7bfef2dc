"""What follows from facts: who is party to what, who owes what to whom, who held which office, in pieces of days.

Pure: facts in, relationships out, no database. The unit is an agreement with everything recorded on it, a political
commitment by itself, or the holder of offices and memberships. The writer stores what comes out, in the same
transaction as the facts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

from graph.days import ALWAYS, FIRST, NEVER, Span, next_day
from graph.involved import wait_together
from graph.model.facts import Commitment, Event, Membership, Tenure
from graph.model.records import Fact, SpanFact, of_label
from graph.model.vocabulary import Bearers, Beneficiaries, Standing
from graph.parties import Agreement, Party, Spell
from graph.pieces import Holding, Stretch, Waiting, stretches
from graph.reservations import Reservations, Side

LARGEST_MUTUAL_CLAUSE = 100
"""A mutual clause of more parties than this makes no pairs; it is listed like one owed to the community."""

Properties = dict[str, str | bool | date | list[str]]


@dataclass(frozen=True)
class Piece:
    """A derived relationship between two things for the days on which one answer holds.

    `fields` are its properties but for the recorded time; together with type and ends they are its identity.
    """

    type: str
    start: str
    end: str
    fields: Mapping[str, str | bool | date | list[str]]


def derive(unit: str, facts: Sequence[Fact]) -> list[Piece]:
    """Return the pieces of one unit, in no particular order."""
    solid = [fact for fact in facts if fact.standing is Standing.ASSERTED]
    parties = {party.actor: party for party in Agreement(solid).parties()}
    commitments = of_label(solid, Commitment)
    reservations = Reservations(solid)
    events = {event.key: event for event in of_label(solid, Event)}
    newer = _newer(commitments)
    found = [piece for party in parties.values() for piece in _party_pieces(unit, party)]
    for commitment in commitments:
        clause = _Clause(commitment, parties, reservations, tuple(newer.get(commitment.key, ())), events)
        found.extend(clause.pieces(unit))
    return [*found, *_held(unit, solid)]


def _newer(commitments: Iterable[Commitment]) -> Mapping[str, list[Commitment]]:
    """Return the commitments that replace one, by its key."""
    found: dict[str, list[Commitment]] = defaultdict(list)
    for commitment in commitments:
        for key in commitment.replaces:
            found[key].append(commitment)
    return found


def _party_pieces(unit: str, party: Party) -> Iterator[Piece]:
    holdings = [holding for spell in party.spells for holding in spell.holdings]
    suspended = [holding for spell in party.spells for holding in spell.but_for_suspension]
    waits = [wait for spell in party.spells if spell.involved and (wait := spell.involved.waiting())]
    described = {"unit": unit, "party": party.actor, "agreement": unit}
    for stretch in stretches(holdings, waits, suspended):
        yield Piece("PARTY_TO", party.actor, unit, described | _days(stretch))


def _held(unit: str, facts: Sequence[Fact]) -> Iterator[Piece]:
    """Yield HELD (official to office) and BELONGED_TO (actor to organization) of the unit."""
    spans: dict[tuple[str, str, str], list[Holding]] = defaultdict(list)
    for tenure in of_label(facts, Tenure):
        spans["HELD", tenure.of, tenure.office].append(_stated(tenure))
    for membership in of_label(facts, Membership):
        spans["BELONGED_TO", membership.of, membership.organization].append(_stated(membership))
    for (kind, start, end), holdings in spans.items():
        ends = {"unit": unit} | (
            {"official": start, "office": end} if kind == "HELD" else {"member": start, "organization": end}
        )
        for stretch in stretches(holdings):
            yield Piece(kind, start, end, ends | _days(stretch))


def _stated(fact: SpanFact) -> Holding:
    return Holding(fact.span.bounds(), frozenset({fact.key}))


def _days(stretch: Stretch) -> Properties:
    answer = stretch.answer
    fields: Properties = {
        "in_force": str(answer.in_force),
        "holds_from": stretch.holds_from,
        "holds_until": stretch.holds_until,
        "awaits": list(answer.awaits),
        "rests_on": list(answer.rests_on),
    }
    if answer.provisional:
        fields["provisional"] = True
    if answer.modified_by:
        fields["modified_by"] = list(answer.modified_by)
    return fields


@dataclass(frozen=True)
class _Clause:
    """One commitment with all that decides between whom and when it is owed."""

    commitment: Commitment
    parties: Mapping[str, Party]
    reservations: Reservations
    newer: tuple[Commitment, ...] = ()
    events: Mapping[str, Event] = field(default_factory=dict)

    def pieces(self, unit: str) -> Iterator[Piece]:
        """Yield its COMMITS_TO."""
        described = self._described(unit)
        for bearer, beneficiary in self._pairs():
            holdings, suspended = self._holdings(bearer, beneficiary), self._but_for_suspension(bearer, beneficiary)
            for stretch in stretches(holdings, self._waitings(bearer, beneficiary), suspended):
                ends = {"bearer": bearer, "beneficiary": beneficiary}
                yield Piece("COMMITS_TO", bearer, beneficiary, described | ends | _days(stretch))

    def _described(self, unit: str) -> dict[str, str]:
        commitment = self.commitment
        fields = {
            "unit": unit,
            "fact": commitment.key,
            "kind": str(commitment.kind),
            "binding": str(commitment.binding),
            "agreement": commitment.under,
            "provision": commitment.arises_from,
        }
        return {name: value for name, value in fields.items() if value is not None}

    def _pairs(self) -> Iterable[tuple[str, str]]:
        bearers, beneficiaries = self._bearers, self._beneficiaries
        if len(bearers) > LARGEST_MUTUAL_CLAUSE and set(bearers) == set(beneficiaries):
            return
        yield from ((a, b) for a, b in product(bearers, beneficiaries) if a != b)

    def _covers(self, bearer: str, beneficiary: str) -> bool:
        return bearer in self._bearers and beneficiary in self._beneficiaries

    @property
    def _bearers(self) -> Collection[str]:
        return sorted(self.commitment.owed_by) if self.commitment.bearers is Bearers.NAMED else self.parties.keys()

    @property
    def _beneficiaries(self) -> Collection[str]:
        match self.commitment.beneficiaries:
            case Beneficiaries.COMMUNITY:
                return ()
            case Beneficiaries.NAMED:
                return sorted(self.commitment.owed_to)
            case _:
                return self.parties.keys()

    def _holdings(self, bearer: str, beneficiary: str) -> list[Holding]:
        """Return when it is owed: while both are parties and no newer clause takes its place between them.

        A named beneficiary that never had an act on the agreement is a third state, for whom the bearer's span alone
        counts (VCLT 36). A political commitment has only its own limits.
        """
        return self._between(bearer, beneficiary, suspended=True)

    def _but_for_suspension(self, bearer: str, beneficiary: str) -> list[Holding]:
        sides = self._sides(bearer, beneficiary) or ()
        if any(spell.but_for_suspension for side in sides for spell in side.spells):
            return self._between(bearer, beneficiary, suspended=False)
        return []

    def _between(self, bearer: str, beneficiary: str, *, suspended: bool) -> list[Holding]:
        own = self._own()
        sides = self._sides(bearer, beneficiary)
        if sides is None:
            return [own] if self.commitment.under is None and not own.span.is_empty else []
        found = []
        for spells in product(*(side.spells for side in sides)):
            holdings = [own]
            for spell in spells:
                mine = spell.holdings if suspended or not spell.but_for_suspension else spell.but_for_suspension
                holdings = [both for one, other in product(holdings, mine) if (both := one.overlap(other))]
            found += self._left(sides, spells, holdings, (bearer, beneficiary))
        return [_at_best_possible(one) for one in found] if self._some_other_party else found

    def _left(
        self, sides: Sequence[Party], spells: Sequence[Spell], holdings: Sequence[Holding], pair: tuple[str, str]
    ) -> list[Holding]:
        """Return what reservations and newer clauses leave of it between one spell of each side."""
        if len(sides) == 2:
            numbered = _numbered(sides, spells)
            holdings = [rest for one in holdings for rest in self.reservations.applied(self.commitment, numbered, one)]
        left = list(holdings)
        for taken in self._replaced(sides, spells, pair):
            left = [rest for one in left for rest in one.without(taken)]
        return left

    def _replaced(self, sides: Sequence[Party], spells: Sequence[Spell], pair: tuple[str, str]) -> Iterator[Holding]:
        """Yield the days on which newer clauses take its place between a pair."""
        excluded = self._excluded(sides, spells)
        for newer in (replace(self, commitment=one, newer=()) for one in self.newer):
            if not newer._covers(*pair):
                continue
            left = [newer._own()]
            # What keeps the newer clause out, and not this one as well, leaves this one.
            for kept_out in (one for one in newer._excluded(sides, spells) if one not in excluded):
                left = [rest for one in left for rest in one.without(kept_out)]
            yield from ([_at_best_possible(one) for one in left] if newer._some_other_party else left)

    def _own(self) -> Holding:
        """Return its own limits, which end on the day of the event that it lasts until, once that is recorded."""
        own = Holding(self.commitment.span.bounds(), frozenset({self.commitment.key}))
        event = self.events.get(self.commitment.until_thing or "")
        if event is None:
            return own
        day = event.span.bounds()
        # "Until the day of" does not say whether that day is the last with it or the first without.
        until = Span(FIRST, FIRST, day.begins_earliest, day.begins_earliest, next_day(day.begins_latest))
        return replace(own, span=own.span.overlap(until), rests_on=own.rests_on | {event.key})

    @property
    def _some_other_party(self) -> bool:
        return self.commitment.beneficiaries is Beneficiaries.SOME_OTHER_PARTY

    def _sides(self, bearer: str, beneficiary: str) -> list[Party] | None:
        """Return whose spans count; None when there is no agreement, or the bearer has no part in it."""
        if self.commitment.under is None or bearer not in self.parties:
            return None
        return [self.parties[actor] for actor in (bearer, beneficiary) if actor in self.parties]

    def _waitings(self, bearer: str, beneficiary: str) -> list[Waiting]:
        sides = self._sides(bearer, beneficiary) or ()
        combined = product(*(side.spells for side in sides)) if sides else ()
        return [wait for spells in combined for wait in self._waiting(sides, spells, (bearer, beneficiary))]

    def _waiting(self, sides: Sequence[Party], spells: Sequence[Spell], pair: tuple[str, str]) -> list[Waiting]:
        """Return the days on which both have taken a step and it does not hold yet, for one spell of each."""
        involved = [spell.involved for spell in spells if spell.involved]
        if len(involved) < len(sides):
            return []
        # A clause that begins later than the parties are bound is not pending before: nothing is awaited.
        begins = [self._own().span.presumed_until]
        for holdings in product(*(spell.but_for_suspension or spell.holdings for spell in spells)):
            span = ALWAYS
            for holding in holdings:
                span = span.overlap(holding.span)
            begins += [] if span.is_empty else [span.begins_earliest]
        waiting = wait_together(involved, min(begins), frozenset({self.commitment.key}))
        left = [waiting] if waiting else []
        # What is excluded or owed under a newer clause is not awaited.
        for taken in (*self._excluded(sides, spells), *self._replaced(sides, spells, pair)):
            left = [rest for one in left for rest in one.without(taken.span)]
        return left

    def _excluded(self, sides: Sequence[Party], spells: Sequence[Spell]) -> list[Holding]:
        return self.reservations.exclusions(self.commitment, _numbered(sides, spells)) if len(sides) == 2 else []


def _numbered(sides: Sequence[Party], spells: Sequence[Spell]) -> tuple[Side, Side]:
    one, other = ((side.actor, spell.number) for side, spell in zip(sides, spells, strict=True))
    return one, other


def _at_best_possible(holding: Holding) -> Holding:
    return replace(holding, span=replace(holding.span, begins_latest=NEVER))
