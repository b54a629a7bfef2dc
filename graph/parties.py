"""Who is party to an agreement, from when to when, as its acts and participations say.

Pure; `graph.derive` is the only caller. The rules are those of the Vienna Convention on the Law of Treaties: a
signature alone makes nobody a party (12), consent binds from entry into force (24), a party leaves by withdrawal or
denunciation (54, 56), an agreement ends for all by termination or expiry (54 to 62), and may be suspended (57).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from graph.acts import ENDS, LEAVES, Acts, When, earliest, joined, latest
from graph.days import FIRST, NEVER, OPEN, UNKNOWN, Span, next_day
from graph.ends import End, at, either, soonest
from graph.involved import Involved
from graph.model.facts import Act, Claim, Participation, Succession, Term
from graph.model.records import Fact, of_label
from graph.model.vocabulary import CONSENTS, ActKind, Stance, Standing, Towards
from graph.parts import Leaving, Part, ended_with, leavings, over_since
from graph.pieces import Holding
from graph.terms import Terms


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


class Agreement:
    """The facts of one agreement, sorted by what the derivation asks for; what is only claimed feeds nothing."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        solid = [fact for fact in facts if fact.standing is Standing.ASSERTED]
        self._acts = Acts(of_label(solid, Act), frozenset(_denied(solid)))
        self._participations: dict[str, list[Participation]] = defaultdict(list)
        for part in sorted(of_label(solid, Participation), key=_by_begin):
            self._participations[part.of].append(part)
        self._successions = [one for one in of_label(solid, Succession) if one.ends_predecessor]
        self._terms = Terms(of_label(solid, Term))
        self._actors = sorted(self._acts.actors() | set(self._participations))
        entries = self._acts.when([ActKind.ENTRY_INTO_FORCE], None)
        self._general = self._not_before(entries[0], None, 1) if entries else None
        self._ended = self._acts.when(ENDS, None)

    def parties(self) -> list[Party]:
        """Return every actor with an act of its own or a participation, in the order of keys."""
        parts = {
            actor: [part for spell in self._spells(actor) for part in self._parts(actor, spell)]
            for actor in self._actors
        }
        leaving = leavings(parts)
        # Where another surely stays, nobody is left alone, whoever else leaves.
        staying = {one.actor for one in leaving if one.was_party and not one.end.known}
        return [
            self._party(actor, own, [one for one in leaving if one.actor != actor] if staying <= {actor} else [])
            for actor, own in parts.items()
        ]

    def _party(self, actor: str, parts: Sequence[Part], others: Sequence[Leaving]) -> Party:
        parts = [ended_with(part, others) for part in parts]
        over = over_since(others)
        spells = self._spells(actor)
        return Party(actor, tuple(self._spell(actor, n, [p for p in parts if p.spell == n], over) for n in spells))

    def _spells(self, actor: str) -> list[int]:
        return sorted({*self._acts.spells(actor), *(part.spell for part in self._taking_part(actor))})

    def _taking_part(self, actor: str) -> Sequence[Participation]:
        return self._participations.get(actor, [])

    # -- begin --------------------------------------------------------------------------------------------------------

    def _consent_kinds(self, actor: str, spell: int) -> frozenset[ActKind]:
        binds = self._terms.consent == ActKind.SIGNATURE or self._acts.binds_by_signature(actor, spell)
        return CONSENTS | {ActKind.SIGNATURE} if binds else CONSENTS

    def _consent(self, actor: str, spell: int) -> When | None:
        """Return when its consent took effect: the first, where it gave several."""
        consents = self._acts.when(self._consent_kinds(actor, spell), actor, spell)
        return earliest(consents) if consents else None

    @cached_property
    def _two_since(self) -> date | None:
        """Return the first day by which two can have consented or taken part; None where fewer are known to."""
        days = sorted(min(days) for actor in self._actors if (days := self._possible_begins(actor)))
        return days[1] if len(days) > 1 else None

    def _possible_begins(self, actor: str) -> list[date]:
        acts = [
            act
            for spell in self._spells(actor)
            for act in (self._consent(actor, spell), self._own_entry(actor, spell))
            if act
        ]
        days = [part.span.bounds().begins_earliest for part in self._taking_part(actor)]
        return [*days, *(act.earliest for act in acts)]

    def _own_entry(self, actor: str, spell: int) -> When | None:
        return next(iter(self._acts.when([ActKind.ENTRY_INTO_FORCE], actor, spell)), None)

    def _begin(self, actor: str, spell: int, *, takes_part: bool) -> When | None:
        """Its own entry into force; else as its consent has it. One that may not have happened leaves both open."""
        own, by_consent = self._own_entry(actor, spell), self._begin_by_consent(actor, spell, takes_part)
        if own is None or own.certain or by_consent is None or (takes_part and not by_consent.certain):
            return own or by_consent
        return replace(by_consent.or_on_days_of(own), keys=own.keys | by_consent.keys)

    def _begin_by_consent(self, actor: str, spell: int, takes_part: bool) -> When | None:
        """The later of the agreement's entry into force and its consent; else at best possible.

        With no entry into force known, a treaty to which one alone has consented binds nobody; two may do, and so may
        one of which a source says that it takes part, or one that had to be ended.
        """
        consent = self._consent(actor, spell)
        if consent is None:
            return None if takes_part else self._since_signature(actor, spell)
        if self._general is not None and self._general.certain:
            return latest([consent, self._general])
        signed = None if takes_part else self._since_signature(actor, spell)
        consent = replace(consent, earliest=min(consent.earliest, signed.earliest)) if signed else consent
        others_shown = takes_part or bool(self._ended)
        second = consent.earliest if others_shown else self._two_since
        since = max(consent.earliest, second) if second else NEVER
        possible = replace(consent, earliest=since, latest=max(since, consent.latest), certain=False)
        if self._general is None:
            return possible if second else None
        denied = latest([consent, self._general])
        return denied if takes_part else replace(denied, earliest=min(denied.earliest, since))

    def _since_signature(self, actor: str, spell: int) -> When | None:
        """That an agreement ends shows that it had been in force, so its signatories may have been parties."""
        signed = self._acts.when([ActKind.SIGNATURE], actor, spell)
        entered = self._general is not None and self._general.certain
        if not signed or entered or not self._ended:
            return None
        return replace(signed[0], certain=False, attested=FIRST, verified=False)

    def _not_before(self, begin: When, actor: str | None, spell: int) -> When:
        """Raise a begin to the day after the last on which it was surely not in force."""
        not_yet_on = self._acts.not_in_force_on(actor, spell)
        if not_yet_on is None:
            return begin
        soonest_day = next_day(not_yet_on)
        return replace(begin, earliest=max(begin.earliest, soonest_day), latest=max(begin.latest, soonest_day))

    # -- begin to end -------------------------------------------------------------------------------------------------

    def _parts(self, actor: str, spell: int) -> Iterator[Part]:
        stated = [part for part in self._taking_part(actor) if part.spell == spell]
        begin = self._begin(actor, spell, takes_part=bool(stated))
        if begin is not None:
            definitive = [self._by_acts(actor, spell, begin, stated)]
        else:
            definitive = [self._by_participation(actor, spell, part) for part in stated]
        yield from self._provisional(actor, spell, definitive, stated)
        yield from definitive

    def _provisional(
        self, actor: str, spell: int, definitive: Sequence[Part], stated: Sequence[Participation]
    ) -> Iterator[Part]:
        own = self._acts.when([ActKind.PROVISIONAL_APPLICATION], actor, spell)
        for since in (own or self._acts.when([ActKind.PROVISIONAL_APPLICATION], None))[:1]:
            known = self._known_end(actor, spell, stated, rests_on_entry=False)
            ends = [*([known] if known else []), *(part.takes_over() for part in definitive)]
            end = soonest(ends) or self._no_known_end(since, [])
            denied = not since.certain
            yield Part(actor, spell, since.earliest, since.surely_by(), end, since.keys, True, denied)

    def _by_acts(self, actor: str, spell: int, begin: When, stated: Sequence[Participation]) -> Part:
        own, consent = self._own_entry(actor, spell), self._consent(actor, spell)
        if begin.certain or not stated:
            verified = begin.verified or any(part.span.verified_on for part in stated)
            narrowed = replace(begin, verified=verified)
            end = self._no_known_end(narrowed, stated)
        else:
            narrowed = self._narrowed(begin, stated[0], actor, spell)
            # Where an act may not have happened, what the participation says of its end stands.
            doubtful = any(act and not act.certain for act in (own, consent, self._general))
            end = self._end_of(stated[0], narrowed) if doubtful else self._no_known_end(narrowed, stated)
        by_general = self._general is not None and consent is not None
        rests_on_entry = not stated and (by_general or own is not None)
        end = self._known_end(actor, spell, stated, rests_on_entry=rests_on_entry) or end
        raised = self._not_before(narrowed, actor, spell)
        made_by = own or consent
        denied = not narrowed.certain and made_by is not None and not made_by.certain
        keys = narrowed.keys | _keys(stated)
        return Part(actor, spell, raised.earliest, raised.surely_by(), end, keys, denied=denied)

    def _narrowed(self, begin: When, part: Participation, actor: str, spell: int) -> When:
        """Let a participation fill in a begin that the acts leave open; who takes part had begun to.

        An entry into force that may not have happened leaves open both its day and the participation's.
        """
        entered = self._own_entry(actor, spell) or self._general
        filled = self._not_before_acts(part, [self._consent(actor, spell), self._general])
        if entered is None:
            return replace(filled, keys=begin.keys)
        return replace(filled.or_on_days_of(begin), keys=begin.keys)

    def _not_before_acts(self, part: Participation, acts: Sequence[When | None]) -> When:
        """Return the begin of a participation, raised to acts without which nobody takes part.

        A data set may count from the signature. An act that may not have happened raises only the later bound.
        """
        bounds, given = part.span.bounds(), [act for act in acts if act]
        sure = [act for act in given if act.certain]
        return When(
            max([bounds.begins_earliest, *(act.earliest for act in sure)]),
            max([bounds.begins_latest, *(act.latest for act in given)]),
            True,
            max([part.verified_on(), *(act.attested for act in sure)]),
            # Where an act may not have happened, what the participation says of its end stands.
            any(act.verified for act in sure) or (sure == given and part.span.verified_on is not None),
            joined([frozenset({part.key}), *(act.keys for act in given)]),
        )

    def _by_participation(self, actor: str, spell: int, part: Participation) -> Part:
        begin = self._not_before(self._not_before_acts(part, [self._general]), actor, spell)
        end = self._known_end(actor, spell, [part], rests_on_entry=False) or self._end_of(part, begin)
        return Part(actor, spell, begin.earliest, begin.latest, end, begin.keys)

    # -- end ----------------------------------------------------------------------------------------------------------

    def _known_end(
        self, actor: str, spell: int, stated: Sequence[Participation], *, rests_on_entry: bool
    ) -> End | None:
        """Return the earliest of its leaving, the end of the agreement or of the state, and what is stated.

        An agreement states a term, a participation its end; an act of its own by which a party leaves decides over
        the latter.
        """
        term = None if self._terms.renews else self._first_term(rests_on_entry)
        ends = (self._leaving(actor, spell, _stated_end(stated)), self._end_for_all(actor), term)
        return soonest([end for end in ends if end])

    def _leaving(self, actor: str, spell: int, stated: End | None) -> End | None:
        """Return when it left by its own act, else as stated; an act that may not have happened leaves both open."""
        leaves = self._acts.when(LEAVES, actor, spell)
        left = earliest(leaves) if leaves else None
        if left is None or stated is None:
            return at(left) if left else stated
        return at(left) if left.certain else either(at(replace(left, certain=True)), stated)

    def _end_for_all(self, actor: str) -> End | None:
        """Return when the agreement ended, or the state did."""
        gone = [one for one in self._successions if one.predecessor == actor]
        days = [End(one.day.earliest, one.day.earliest, one.day.latest, frozenset({one.key})) for one in gone]
        return soonest([*(at(when) for when in self._ended), *days])

    def _first_term(self, rests_on_entry: bool) -> End | None:
        """Return the end of a term of so many years from entry into force.

        Where that may not have happened, it did for one whose begin rests on it, and else the term may never end.
        """
        entry = self._entry
        if entry is None:
            return None
        return self._terms.end_of_the_first(replace(entry, certain=True) if rests_on_entry else entry)

    @cached_property
    def _entry(self) -> When | None:
        """Return when the agreement entered into force: as recorded for the whole, else for the first of its parties.

        Where the former may not have happened, it may have been on either day.
        """
        own = [self._own_entry(actor, spell) for actor in self._actors for spell in self._spells(actor)]
        known = [entry for entry in own if entry]
        first = earliest(known) if known else None
        if first is None or self._general is None or self._general.certain:
            return self._general or first
        return earliest([first, self._general]).or_on_days_of(first).or_on_days_of(self._general)

    def _no_known_end(self, begin: When, stated: Sequence[Participation]) -> End:
        """Return an open end where it lasts, renews itself or is verified by a source; else an unknown one.

        One that renews itself is certain for its first term.
        """
        attested = max([begin.attested, *(part.verified_on() for part in stated)])
        lasting = begin.verified or self._terms.lasting or any(part.span.ends == OPEN for part in stated)
        return self._not_certain_after(attested, lasting)

    def _end_of(self, part: Participation, begin: When) -> End:
        """Return the end that a participation states by itself: open or unknown, with what is attested since."""
        return self._not_certain_after(begin.attested, part.span.ends == OPEN)

    def _not_certain_after(self, attested: date, lasting: bool) -> End:
        first_term = self._first_term(True) if self._terms.renews and self._entry and self._entry.certain else None
        uncertain = max([next_day(attested), *([first_term.earliest] if first_term else [])])
        return End(uncertain, NEVER if lasting else uncertain, NEVER, self._terms.keys, known=False)

    # -- suspension and waiting ---------------------------------------------------------------------------------------

    def _spell(self, actor: str, number: int, parts: Sequence[Part], over: date) -> Spell:
        whole = tuple(part.holding() for part in parts if not part.is_empty)
        left = list(whole)
        suspensions = list(self._suspensions(actor, number))
        for suspension in suspensions:
            left = [rest for holding in left for rest in holding.without(suspension)]
        involved = self._involved(actor, number, parts, over)
        # What is suspended rests on the acts that suspended it as well.
        acts = joined(suspension.rests_on for suspension in suspensions)
        but_for_that = tuple(replace(holding, rests_on=holding.rests_on | acts) for holding in whole if suspensions)
        return Spell(number, tuple(left), but_for_that, involved)

    def _suspensions(self, actor: str, spell: int) -> Iterator[Holding]:
        for by, of in ((actor, spell), (None, None)):
            resumed = self._acts.when([ActKind.RESUMPTION], by, of)
            for start in self._acts.when([ActKind.SUSPENSION], by, of):
                stop = next((when for when in resumed if when.latest >= start.earliest), None)
                ends = (stop.earliest, stop.earliest, stop.surely_by()) if stop else (NEVER, NEVER, NEVER)
                keys = start.keys | stop.keys if stop else start.keys
                yield Holding(Span(start.earliest, start.surely_by(), *ends), keys)

    def _involved(self, actor: str, spell: int, parts: Sequence[Part], over: date) -> Involved | None:
        """Say from when it had surely signed, consented or become a party, and until when that counts."""
        steps = self._acts.done([ActKind.SIGNATURE], actor, spell, even_revoked=True)
        steps += self._acts.done(CONSENTS, actor, spell)
        taken = [(step.surely_by(), step.keys) for step in steps] or [(part.surely, part.keys) for part in parts]
        since = min((day for day, _ in taken), default=NEVER)
        if since == NEVER:
            return None
        begins = min((part.begins for part in parts), default=NEVER)
        consented_by = self._consented_by(actor, spell)
        return Involved(
            since,
            self._gone(actor, spell, parts, over),
            begins,
            lambda day: joined(keys for done, keys in taken if done <= day),
            lambda day: self._awaits(actor, consented_by <= day, day) if steps and day < begins else (),
            frozenset(
                {begins, consented_by, self._general.surely_by() if self._general else NEVER, *(d for d, _ in taken)}
            ),
        )

    def _gone(self, actor: str, spell: int, parts: Sequence[Part], over: date) -> date:
        """Return the first day on which its signature or consent may no longer count."""
        own = [part.end for part in parts if part.end.known and not part.provisional]
        gone = [over, *(end.earliest for end in (self._known_end(actor, spell, [], rests_on_entry=False), *own) if end)]
        if not any(when.certain for when in self._acts.when(CONSENTS | {ActKind.SIGNATURE}, actor, spell)):
            back = self._acts.taken_back([ActKind.SIGNATURE], actor, spell)
            gone += [back.earliest] if back else []
        return min(gone, default=NEVER)

    def _consented_by(self, actor: str, spell: int) -> date:
        """Return the first day by which it had surely consented, counted from the act and not its effect."""
        done = self._acts.done(self._consent_kinds(actor, spell), actor, spell)
        return min((when.surely_by() for when in done), default=NEVER)

    def _awaits(self, actor: str, consented: bool, day: date) -> tuple[str, ...]:
        missing = [] if consented else [f"{self._terms.consent or 'consent'} by {actor}"]
        if consented or self._general is None or self._general.surely_by() > day:
            missing.append("entry into force")
        return tuple(missing)


def _denied(facts: Iterable[Fact]) -> Iterator[str]:
    for claim in of_label(facts, Claim):
        if claim.stance is Stance.DENIES and claim.towards is Towards.FACT:
            yield from claim.about


def _by_begin(part: Participation) -> tuple[date, str]:
    return part.span.bounds().begins_earliest, part.key


def _stated_end(stated: Sequence[Participation]) -> End | None:
    ended = [part for part in stated if part.span.ends not in (OPEN, UNKNOWN)]
    if not ended:
        return None
    bounds = ended[-1].span.bounds()
    return End(bounds.ends_earliest, bounds.presumed_until, bounds.ends_latest, _keys(ended))


def _keys(facts: Iterable[Fact]) -> frozenset[str]:
    return frozenset(fact.key for fact in facts)
