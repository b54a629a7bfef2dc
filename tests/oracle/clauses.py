"""All readings of one relationship counted together, and who owes what to whom in each reading."""

from dataclasses import dataclass, field
from functools import reduce
from itertools import product
from operator import or_

from tests.oracle.settled import Choices, Settled, Taking
from tests.oracle.worlds import NEVER, SHOWN, Clause, Reserve, World
from tests.oracle.written import EVERY, days_from, interval_readings, taken_out, takings

ANSWERS = ("definite", "presumed", "possible", "suspended", "pending", "none")


@dataclass
class Tally:
    """What one thing comes to over all readings: masks of days."""

    definite: int = EVERY
    presumed: int = EVERY
    possible: int = 0
    unsuspended: int = 0
    """Days on which it would hold in some reading but for a suspension."""

    def add(self, mask: int, taken: int, certain: int, presumed: int) -> None:
        """Count one reading: the days but for suspension, those taken out, and how far it is known."""
        held = mask & ~taken
        self.definite &= held & days_from(0, certain)
        self.presumed &= held & days_from(0, presumed)
        self.possible |= held
        self.unsuspended |= mask


Key = tuple[str, ...]
Side = tuple[str, int, Taking]


@dataclass
class Account:
    """All tallies of one end of a relationship, with its waiting."""

    spans: dict[Key, Tally] = field(default_factory=dict)
    joined: list[int] = field(default_factory=lambda: [EVERY, EVERY])
    """Days that are definite, and presumed, when all spans of one reading are taken together: never less."""
    readings: dict[Key, int] = field(default_factory=dict)
    waiting: dict[Key, int] = field(default_factory=dict)
    waited: dict[Key, int] = field(default_factory=dict)

    def join(self, masks: list[tuple[int, int]]) -> None:
        """Count all spans of one reading together: the days on which one of them is definite, and presumed."""
        self.joined[0] &= reduce(or_, (definite for definite, _ in masks), 0)
        self.joined[1] &= reduce(or_, (presumed for _, presumed in masks), 0)

    def answers(self, total: int, *, never_better: bool = False, joined: bool = False) -> list[str]:
        """Return the answer of each day: the best of its spans, or of all spans of a reading `joined`."""
        definite = reduce(or_, (t.definite for k, t in self.spans.items() if self.readings[k] == total), 0)
        presumed = reduce(or_, (t.presumed for k, t in self.spans.items() if self.readings[k] == total), 0)
        possible = reduce(or_, (t.possible for t in self.spans.values()), 0)
        suspended = reduce(or_, (t.unsuspended for t in self.spans.values()), 0)
        pending = reduce(or_, (mask for key, mask in self.waiting.items() if self.waited[key] == total), 0)
        if joined:
            definite, presumed = definite | self.joined[0], presumed | self.joined[1]
        if never_better:
            definite = presumed = 0
        masks = definite, presumed, possible, suspended, pending, EVERY
        return [next(a for a, mask in zip(ANSWERS, masks, strict=True) if mask >> day & 1) for day in range(SHOWN)]

    def hold(self, key: Key, mask: int, taken: int, certain: int, presumed: int) -> None:
        """Count a span in one reading."""
        self.spans.setdefault(key, Tally()).add(mask, taken, certain, presumed)
        self.readings[key] = self.readings.get(key, 0) + 1

    def wait(self, key: Key, mask: int) -> None:
        """Count waiting in one reading."""
        self.waiting[key] = self.waiting.get(key, EVERY) & mask
        self.waited[key] = self.waited.get(key, 0) + 1


def waiting(takings: list[Taking]) -> int:
    """Return the days on which all have taken a step and it has not begun for all."""
    if any(taking.stepped is None for taking in takings):
        return 0
    first = max(taking.stepped or 0 for taking in takings)
    begins = max(taking.begins for taking in takings)
    return days_from(first, min(begins, *(taking.over for taking in takings), NEVER))


class Owed:
    """One commitment of a world: its pairs, its own days and what reservations and newer clauses take out."""

    def __init__(self, world: World, clause: Clause, choices: Choices) -> None:
        self.world = world
        self.clause = clause
        self.outs: dict[tuple[object, ...], list[int]] = {}
        self.joined: list[tuple[int, int]] = []
        self.waits_though_replaced = choices.replaced_waits
        self.own = interval_readings(clause.limits)
        self.newer = [Owed(world, one, choices) for one in world.clauses if one.replaces == clause.key]
        self.actors = sorted({actor for actor, _ in takings(world)})

    def pairs(self) -> list[tuple[str, str]]:
        """Return who may owe it to whom."""
        clause = self.clause
        bearers = self.actors if clause.bearers is None else clause.bearers
        if clause.beneficiaries == "community":
            return []
        named = isinstance(clause.beneficiaries, tuple)
        beneficiaries = clause.beneficiaries if named else self.actors
        return [(a, b) for a in bearers for b in beneficiaries if a != b and a in self.actors]

    def count(self, settled: Settled, owed: dict[tuple[str, str, str], Account]) -> None:
        """Count one reading of the world for each pair."""
        for bearer, beneficiary in self.pairs():
            account = owed.setdefault((bearer, beneficiary, self.clause.key), Account())
            self.joined = []
            bearers = [(spell, one) for (actor, spell), one in settled.taking.items() if actor == bearer]
            if beneficiary not in self.actors:
                for spell, taking in bearers:
                    self._combine(account, (bearer, beneficiary), [(bearer, spell, taking)])
                account.join(self.joined)
                continue
            others = [(spell, one) for (actor, spell), one in settled.taking.items() if actor == beneficiary]
            for (spell, taking), (number, other) in product(bearers, others):
                self._combine(account, (bearer, beneficiary), [(bearer, spell, taking), (beneficiary, number, other)])
            account.join(self.joined)

    def _combine(self, account: Account, pair: tuple[str, str], sides: list[Side]) -> None:
        takings = [taking for _, _, taking in sides]
        spells = tuple(str(spell) for _, spell, _ in sides)
        outs = self._known_outs(pair, sides)
        for spans in product(*(taking.spans for taking in takings)):
            key = (*spells, *(span.kind for span in spans))
            mask, taken, certain, presumed = EVERY, 0, NEVER, NEVER
            for span in spans:
                mask, taken = mask & span.mask(), taken | span.suspended
                certain, presumed = min(certain, span.certain), min(presumed, span.presumed)
            definite = presumable = EVERY
            possible = 0
            for own in self.own:
                days = days_from(own.begins, own.ends)
                for out in outs:
                    definite &= days & ~out & days_from(0, own.certain)
                    presumable &= days & ~out & days_from(0, own.presumed)
                    possible |= days & ~out
            tally = account.spans.setdefault(key, Tally())
            held = mask & ~taken
            tally.definite &= held & days_from(0, certain) & definite
            tally.presumed &= held & days_from(0, presumed) & presumable
            tally.possible |= held & possible
            tally.unsuspended |= mask & possible
            self.joined.append((held & days_from(0, certain) & definite, held & days_from(0, presumed) & presumable))
            account.readings[key] = account.readings.get(key, 0) + 1
        left = EVERY
        for own in self.own:
            # A clause that may be over is not surely waited for; one with an open end is presumed to stand.
            left &= days_from(0, min(own.ends, own.presumed))
        for out in self._known_outs(pair, sides, newer=False) if self.waits_though_replaced else outs:
            left &= ~out
        account.wait(spells, waiting(takings) & left)

    def _known_outs(self, pair: tuple[str, str], sides: list[Side], *, newer: bool = True) -> list[int]:
        """Return the same in every reading of the acts, so found once."""
        asked = (*pair, *(spell for _, spell, _ in sides), newer)
        if asked not in self.outs:
            self.outs[asked] = self._outs(pair, sides, newer=newer)
        return self.outs[asked]

    def _outs(self, pair: tuple[str, str], sides: list[Side], *, newer: bool = True) -> list[int]:
        """Return the days taken out between two parties, one mask for each reading of the reservations and clauses."""
        if len(sides) < 2:
            return self._replaced(pair, sides, {}) if newer else [0]
        reserves = [one for one in self.world.reserves if one.effect in ("excludes", "modifies")]
        results = []
        for row in product(*(taken_out(one.limits) for one in reserves)):
            masks = {one.key: days_from(i.begins, i.ends) for one, i in zip(reserves, row, strict=True)}
            excluded = self._excluded(sides, masks)
            results += [excluded | out for out in (self._replaced(pair, sides, masks) if newer else [0])]
        return sorted(set(results))

    def _excluded(self, sides: list[Side], masks: dict[str, int]) -> int:
        spells = {(actor, spell) for actor, spell, _ in sides}
        out = 0
        for one in self.world.reserves:
            if one.key not in masks or (one.by, one.spell) not in spells:
                continue
            reserved = one.effect == "excludes" and one.to in ("all", self.clause.article)
            if reserved or self._precluded(one, spells):
                out |= masks[one.key]
        return out

    def _precluded(self, reserve: Reserve, spells: set[tuple[str, int]]) -> bool:
        return any(
            other.effect == "objects_and_precludes"
            and other.to == reserve.key
            and other.by != reserve.by
            and (other.by, other.spell) in spells
            for other in self.world.reserves
        )

    def _replaced(self, pair: tuple[str, str], sides: list[Side], masks: dict[str, int]) -> list[int]:
        """Return what newer clauses take out between these two, one mask for each reading of the newer's limits."""
        results = {0}
        for newer in self.newer:
            if pair not in newer.pairs():
                continue
            kept = EVERY if len(sides) < 2 else EVERY & ~newer._excluded(sides, masks)
            owns = {days_from(i.begins, i.ends) & kept for i in taken_out(newer.clause.limits)}
            results = {before | own for before in results for own in owns}
        return sorted(results)
