"""Who is party to an agreement, from when to when, as its acts and participations say.

Pure; `graph.derive` is the only caller. The rules are those of the Vienna Convention on the Law of Treaties: a
signature alone makes nobody a party (12), consent binds from entry into force (24), a party leaves by withdrawal or
denunciation (54, 56), an agreement ends for all by termination or expiry (54 to 62), and may be suspended (57).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateutil.relativedelta import relativedelta

from graph.acts import ENDS, LEAVES, Acts, When, joined, latest
from graph.days import NEVER, OPEN, UNKNOWN, Span, next_day
from graph.model.facts import Act, Claim, Participation, Succession, Term
from graph.model.records import Fact
from graph.model.vocabulary import CONSENTS, ActKind, Stance, Standing, TermKind, Towards
from graph.pieces import Holding, Waiting

_LENGTHS = {"day": relativedelta(days=1), "month": relativedelta(months=1), "year": relativedelta(years=1)}
_STATED_TERM = re.compile(r"(?P<number>\d{1,4}) (?P<unit>day|month|year)s?")


@dataclass(frozen=True)
class End:
    """First day without: no longer certain, no longer presumed, surely over."""

    earliest: date
    presumed_until: date
    latest: date
    keys: frozenset[str] = frozenset()
    known: bool = True  # an act or a stated end, and not merely the end of what is known

    def sooner(self, other: "End") -> "End":
        """Return the earlier of both, number by number."""
        return End(
            min(self.earliest, other.earliest),
            min(self.presumed_until, other.presumed_until),
            min(self.latest, other.latest),
            self.keys | other.keys,
            self.known or other.known,
        )


@dataclass(frozen=True)
class Involved:
    """From when an actor had surely taken a step, until when that counts, and what it awaits before it is a party."""

    since: date
    gone: date
    begins: date
    rests_on: frozenset[str]
    awaits_on: Callable[[date], tuple[str, ...]]
    changes: frozenset[date]

    def waiting(self) -> Waiting | None:
        """Return the days on which it waits to become a party."""
        until = min(self.gone, self.begins)
        if until <= self.since:
            return None
        return Waiting(self.since, until, self.rests_on, self.awaits_on, _between(self.changes, self.since, until))


def _between(days: Iterable[date], since: date, until: date) -> frozenset[date]:
    return frozenset(day for day in days if since < day < until)


def wait_together(sides: Sequence[Involved], begins: date, rests_on: frozenset[str]) -> Waiting | None:
    """Return the days from which all sides had surely taken a step until what they agreed on begins, or one is gone."""
    since = max(side.since for side in sides)
    until = min([begins, *(side.gone for side in sides)])
    if until <= since:
        return None

    def awaited(day: date) -> tuple[str, ...]:
        missing = {item for side in sides for item in side.awaits_on(day)}
        return tuple(sorted(missing, key=lambda item: (item == "entry into force", item)))

    changes = _between(joined(side.changes for side in sides), since, until)
    return Waiting(since, until, rests_on | joined(side.rests_on for side in sides), awaited, changes)


@dataclass(frozen=True)
class Spell:
    """One participation of one party: when it is a party, the same but for suspensions if any, and its steps before."""

    number: int
    holdings: tuple[Holding, ...]
    but_for_suspension: tuple[Holding, ...]
    involved: Involved | None


@dataclass(frozen=True)
class Party:
    """One actor's part in an agreement."""

    actor: str
    spells: tuple[Spell, ...]


@dataclass(frozen=True)
class _Part:
    """One spell of one party before suspensions: its begin, its end, what both rest on, and provisional application."""

    actor: str
    spell: int
    begin: tuple[date, date] | None
    end: End
    keys: frozenset[str]
    provisional_from: When | None = None

    def holdings(self) -> tuple[Holding, ...]:
        """Return the definitive span and the provisional one before it."""
        return tuple(
            holding for holding in (self._provisional(), self._definitive()) if holding and not holding.span.is_empty
        )

    def _definitive(self) -> Holding | None:
        if self.begin is None:
            return None
        end = self.end
        return Holding(Span(*self.begin, end.earliest, end.presumed_until, end.latest), self.keys | end.keys)

    def _provisional(self) -> Holding | None:
        since, end = self.provisional_from, self.end
        if since is None:
            return None
        if self.begin is not None:
            end = End(self.begin[0], self.begin[0], self.begin[1], self.keys).sooner(end)
        span = Span(since.earliest, since.surely_by(), end.earliest, end.presumed_until, end.latest)
        return Holding(span, since.keys | end.keys, provisional=True)


class Agreement:
    """The facts of one agreement, sorted by what the derivation asks for; what is only claimed feeds nothing."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        solid = [fact for fact in facts if fact.standing is Standing.ASSERTED]
        self._acts = Acts([fact for fact in solid if isinstance(fact, Act)], frozenset(_denied(solid)))
        self._participations = [fact for fact in solid if isinstance(fact, Participation)]
        self._successions = [fact for fact in solid if isinstance(fact, Succession) and fact.ends_predecessor]
        self._terms = sorted((fact for fact in solid if isinstance(fact, Term)), key=lambda term: term.key)

    def parties(self) -> list[Party]:
        """Return every actor with a step of its own or a participation, in the order of keys."""
        actors = self._acts.actors() | {part.of for part in self._participations}
        parts = {
            actor: [part for spell in self._spells(actor) for part in self._parts(actor, spell)] for actor in actors
        }
        parts = {actor: _ended_with_the_others(actor, parts) for actor in sorted(parts)}
        return [
            Party(actor, tuple(self._spell(actor, n, parts[actor]) for n in self._spells(actor))) for actor in parts
        ]

    def _spells(self, actor: str) -> list[int]:
        return sorted({*self._acts.spells(actor), *(part.spell for part in self._participations if part.of == actor)})

    def _term(self, kind: TermKind) -> Term | None:
        return next((term for term in self._terms if term.kind is kind and term.value), None)

    def _says(self, kind: TermKind) -> str | None:
        term = self._term(kind)
        return term.value if term else None

    # -- begin --------------------------------------------------------------------------------------------------------

    def _consents(self, actor: str, spell: int) -> list[When]:
        signature_binds = self._says(TermKind.CONSENT) == ActKind.SIGNATURE
        return self._acts.when(CONSENTS, actor, spell) + self._acts.binding_signatures(actor, spell, signature_binds)

    def _in_force_for_all(self) -> When | None:
        return next(iter(self._acts.when([ActKind.ENTRY_INTO_FORCE], None)), None)

    def _begin(self, actor: str, spell: int) -> When | None:
        begin = self._begin_by_acts(actor, spell)
        not_yet_on = self._acts.not_in_force_on(actor, spell)
        if begin is None or not_yet_on is None:
            return begin
        soonest = next_day(not_yet_on)
        return replace(begin, earliest=max(begin.earliest, soonest), latest=max(begin.latest, soonest))

    def _begin_by_acts(self, actor: str, spell: int) -> When | None:
        """Its own entry into force; else the later of the agreement's and its consent; else at best possible."""
        own = self._acts.when([ActKind.ENTRY_INTO_FORCE], actor, spell)
        if own:
            return own[0]
        consents = self._consents(actor, spell)
        if not consents:
            return self._since_signature(actor, spell)
        general = self._in_force_for_all()
        if general is not None:
            return latest([*consents, general])
        last = latest(consents)
        return When(last.earliest, NEVER, False, last.verified_on, last.keys)

    def _since_signature(self, actor: str, spell: int) -> When | None:
        """That an agreement ends shows that it had been in force, so its signatories may have been parties."""
        signed = self._acts.when([ActKind.SIGNATURE], actor, spell)
        if not signed or not self._acts.when(ENDS, None) or self._in_force_for_all() is not None:
            return None
        return When(signed[0].earliest, NEVER, False, None, signed[0].keys)

    # -- begin to end -------------------------------------------------------------------------------------------------

    def _parts(self, actor: str, spell: int) -> Iterator[_Part]:
        begin = self._begin(actor, spell)
        stated = [part for part in self._participations if part.of == actor and part.spell == spell]
        provisional = self._provisional_from(actor, spell)
        if begin is not None:
            yield self._by_acts(actor, spell, begin, stated)
            return
        if provisional is not None:
            end = self._known_end(actor, spell, provisional) or self._no_known_end(provisional, [])
            yield _Part(actor, spell, None, end, frozenset(), provisional)
        yield from (self._by_participation(actor, spell, part) for part in stated)

    def _by_acts(self, actor: str, spell: int, begin: When, stated: list[Participation]) -> _Part:
        narrowed = _narrowed(begin, stated)
        end = self._known_end(actor, spell, narrowed) or _stated_end(stated) or self._no_known_end(narrowed, stated)
        span = (narrowed.earliest, narrowed.surely_by())
        return _Part(actor, spell, span, end, narrowed.keys | _keys(stated), self._provisional_from(actor, spell))

    def _by_participation(self, actor: str, spell: int, part: Participation) -> _Part:
        bounds = part.span.bounds()
        own = End(bounds.ends_earliest, bounds.presumed_until, bounds.ends_latest, known=part.span.ends != OPEN)
        begin = When(bounds.begins_earliest, bounds.begins_latest, True, None, frozenset())
        known = self._known_end(actor, spell, begin)
        if known is not None:
            own = known if part.span.ends in (OPEN, UNKNOWN) else own.sooner(known)
        return _Part(actor, spell, (begin.earliest, begin.latest), own, frozenset({part.key}))

    def _provisional_from(self, actor: str, spell: int) -> When | None:
        own = self._acts.when([ActKind.PROVISIONAL_APPLICATION], actor, spell)
        return next(iter(own or self._acts.when([ActKind.PROVISIONAL_APPLICATION], None)), None)

    # -- end ----------------------------------------------------------------------------------------------------------

    def _known_end(self, actor: str, spell: int, begin: When) -> End | None:
        """Return the earliest of leaving, the agreement's end, the end of the state and the agreement's stated term."""
        stated = self._stated_term(begin)
        return _soonest([*self._ends_by_acts(actor, spell), *([stated] if stated else [])])

    def _ends_by_acts(self, actor: str, spell: int) -> list[End]:
        whens = [*self._acts.when(LEAVES, actor, spell), *self._acts.when(ENDS, None)]
        gone = [one for one in self._successions if one.predecessor == actor]
        return [End(when.earliest, when.earliest, when.surely_by(), when.keys) for when in whens] + [
            End(one.day.earliest, one.day.earliest, one.day.latest, frozenset({one.key})) for one in gone
        ]

    def _stated_term(self, begin: When) -> End | None:
        """Return the end of a term of so many years from entry into force, unless it renews itself."""
        duration = self._term(TermKind.DURATION)
        stated = _STATED_TERM.fullmatch(duration.value or "") if duration else None
        if duration is None or stated is None or self._says(TermKind.RENEWAL) not in (None, "none"):
            return None
        start = self._in_force_for_all() or begin
        length = _LENGTHS[stated["unit"]] * int(stated["number"])
        earliest = _later(start.earliest, length)
        keys = frozenset({duration.key}) | start.keys
        return End(earliest, earliest, _later(start.surely_by(), length), keys)

    def _no_known_end(self, begin: When, stated: list[Participation]) -> End:
        """Return an open end where it lasts, renews itself or is verified by a source; else an unknown one."""
        verified = [day for day in (begin.verified_on, *(part.span.verified_on for part in stated)) if day]
        began = begin.latest if begin.certain else begin.earliest
        uncertain = next_day(max([began, *verified, *(part.verified_on() for part in stated)]))
        renews = self._says(TermKind.RENEWAL) not in (None, "none")
        lasting = self._says(TermKind.DURATION) == "indefinite" or renews or any(p.span.ends == OPEN for p in stated)
        keys = _keys(term for term in self._terms if term.kind in (TermKind.DURATION, TermKind.RENEWAL))
        return End(uncertain, NEVER if lasting or verified else uncertain, NEVER, keys, known=False)

    # -- suspension and waiting ---------------------------------------------------------------------------------------

    def _spell(self, actor: str, number: int, parts: Sequence[_Part]) -> Spell:
        whole = tuple(holding for part in parts if part.spell == number for holding in part.holdings())
        left = list(whole)
        suspensions = list(self._suspensions(actor, number))
        for suspension in suspensions:
            left = [rest for holding in left for rest in holding.without(suspension)]
        return Spell(number, tuple(left), whole if suspensions else (), self._involved(actor, number, whole))

    def _suspensions(self, actor: str, spell: int) -> Iterator[Holding]:
        for by, of in ((actor, spell), (None, None)):
            resumed = self._acts.when([ActKind.RESUMPTION], by, of)
            for start in self._acts.when([ActKind.SUSPENSION], by, of):
                stop = next((when for when in resumed if when.latest > start.earliest), None)
                ends = (stop.earliest, stop.earliest, stop.surely_by()) if stop else (NEVER, NEVER, NEVER)
                keys = start.keys | stop.keys if stop else start.keys
                yield Holding(Span(start.earliest, start.surely_by(), *ends), keys)

    def _involved(self, actor: str, spell: int, holdings: Sequence[Holding]) -> Involved | None:
        """Say from when it had surely signed, consented or become a party, and until when that counts."""
        signatures = self._acts.when([ActKind.SIGNATURE], actor, spell, even_revoked=True)
        steps = signatures + self._consents(actor, spell)
        begun = [When(h.span.begins_earliest, h.span.begins_latest, True, None, h.rests_on) for h in holdings]
        since = min((step.surely_by() for step in steps or begun), default=NEVER)
        if since == NEVER:
            return None
        gone = [end.earliest for end in self._ends_by_acts(actor, spell)]
        back = self._acts.taken_back({ActKind.SIGNATURE, *CONSENTS}, actor, spell)
        gone += [back.earliest] if back and back.certain else []
        begins = min((holding.span.begins_earliest for holding in holdings), default=NEVER)
        return Involved(
            since,
            min(gone, default=NEVER),
            begins,
            joined(step.keys for step in steps or begun if step.surely_by() <= since),
            lambda day: self._awaits(actor, spell, day) if steps and day < begins else (),
            self._awaiting_changes(actor, spell) | {begins},
        )

    def _awaiting_changes(self, actor: str, spell: int) -> frozenset[date]:
        general = self._in_force_for_all()
        return frozenset(when.surely_by() for when in [*self._consents(actor, spell), *([general] if general else [])])

    def _awaits(self, actor: str, spell: int, day: date) -> tuple[str, ...]:
        missing = []
        if not any(when.surely_by() <= day for when in self._consents(actor, spell)):
            missing.append(f"{self._says(TermKind.CONSENT) or 'consent'} by {actor}")
        general = self._in_force_for_all()
        if general is None or general.surely_by() > day:
            missing.append("entry into force")
        return tuple(missing)


def _denied(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        if isinstance(fact, Claim) and fact.stance is Stance.DENIES and fact.towards is Towards.FACT:
            yield from fact.about


def _later(day: date, length: relativedelta) -> date:
    """Return the day after so long a time; never where that lies beyond the last day there is."""
    try:
        return NEVER if day == NEVER else day + length
    except (ValueError, OverflowError):
        return NEVER


def _soonest(ends: Sequence[End]) -> End | None:
    if not ends:
        return None
    first, *rest = ends
    for other in rest:
        first = first.sooner(other)
    return first


def _narrowed(begin: When, stated: list[Participation]) -> When:
    """Let a participation fill in a begin that the acts leave open."""
    if begin.certain or not stated:
        return begin
    bounds = stated[0].span.bounds()
    earliest = max(begin.earliest, bounds.begins_earliest)
    return When(earliest, max(earliest, bounds.begins_latest), True, begin.verified_on, begin.keys)


def _stated_end(stated: list[Participation]) -> End | None:
    ended = [part for part in stated if part.span.ends not in (OPEN, UNKNOWN)]
    if not ended:
        return None
    bounds = ended[-1].span.bounds()
    return End(bounds.ends_earliest, bounds.presumed_until, bounds.ends_latest, _keys(ended))


def _keys(facts: Iterable[Fact]) -> frozenset[str]:
    return frozenset(fact.key for fact in facts)


def _ended_with_the_others(actor: str, parts: Mapping[str, list[_Part]]) -> list[_Part]:
    """End a party's spans when the last of the others has surely left: an agreement needs two."""
    others = [part.end for other, found in parts.items() if other != actor for part in found]
    if not others or not all(end.known for end in others):
        return parts[actor]
    last = End(
        max(end.earliest for end in others),
        max(end.presumed_until for end in others),
        max(end.latest for end in others),
        joined(end.keys for end in others),
    )
    return [replace(part, end=part.end.sooner(last) if part.end.known else last) for part in parts[actor]]
