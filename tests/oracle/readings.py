"""What holds on each day, found slowly: by trying every reading of what sources say.

A *reading* settles every uncertain day and says of every denied act whether it happened. In one reading everything is
a plain set of days, kept as a bit mask (bit d stands for day d). What holds in all readings is certain, what holds in
some is possible. Beside the readings stand the rules of knowledge: where no end is recorded, certainty ends the day
after the latest day on which a source says that it holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import product
from operator import or_

from tests.oracle.worlds import (
    CONSENTS,
    ENDINGS,
    FAR,
    NEVER,
    NOTICES,
    OPEN,
    SHOWN,
    UNKNOWN,
    UNLIMITED,
    Act,
    Clause,
    Days,
    Limits,
    Part,
    Reserve,
    World,
)

ANSWERS = ("definite", "presumed", "possible", "suspended", "pending", "none")
EVERY = (1 << SHOWN) - 1
Group = tuple[str, str | None, int]
Happened = tuple[int, int]
"""The act's own day and the first day of the new state of things."""


class TooManyReadingsError(Exception):
    """A world has more readings than can be tried in reasonable time."""


@dataclass(frozen=True)
class Choices:
    """Where the design leaves room: each field is one way to read it, the default is the one meant."""

    chronological: bool = False
    """One party is left when on some day only one is in force, though another comes (or comes back) later."""
    ended_since_consent: bool = False
    """Of an agreement that ended with no known begin, who consented was party at the earliest since then, and since two had."""
    perhaps_counts: bool = False
    """Who may never have become a party counts as one that stays, when it is asked whether one party is left."""
    empty_counts: bool = False
    """A participation that ended before it began counts like any other, when that is asked."""
    consents_only: bool = False
    """With no known entry into force, only consents are counted to see whether two are bound."""
    perhaps_stays: bool = False
    """Who is only possibly a party may be none, and so does not leave another alone by its end."""
    left_before: bool = False
    """Who began after all others had gone counts as left alone."""
    replaced_waits: bool = False
    """A clause that a newer one replaces is waited for all the same."""
    own_entry_alone: bool = False
    """A participation that begins with the party's own entry into force does not follow from its consent."""
    entry_verifies: bool = True
    """That the agreement is verified to be in force verifies a participation, though no act made the actor a party."""
    denied_end_shows: bool = False
    """That an agreement ended shows that it had been in force, though the end is denied."""
    signed_before: bool = False
    """Who signed an agreement that ended takes part no earlier than since the signature."""
    left_in_all: bool = False
    """That one party is left is an end on record only where it is so in every reading."""
    only_acts_are_steps: bool = False
    """Waiting is since a signature or consent where any is recorded, though it may not have happened."""
    denied_is_not_yet: bool = False
    """Where an entry into force that is denied did not happen, the agreement was not in force on any day."""


def days_from(first: int, until: int) -> int:
    """Return the mask of the days from `first` to before `until`."""
    return ((1 << max(until, 0)) - 1) & ~((1 << max(first, 0)) - 1) & EVERY


# --- readings of what is written -------------------------------------------------------------------------------------


def _finest(days: list[Days]) -> Days:
    """Return the hull of competing days, less the coarser ones that contain a finer one."""
    kept = [one for one in days if not any(one != o and one[0] <= o[0] and o[1] <= one[1] for o in days)]
    return min(lo for lo, _ in kept), max(hi for _, hi in kept)


def _group_readings(acts: list[Act]) -> list[tuple[Happened, frozenset[str]] | None]:
    """Return what acts of one kind, actor and spell may come to: the days, and which acts happened; None is nothing."""
    readings: dict[tuple[Happened, frozenset[str]] | None, None] = {}
    for happens in product(*((True, False) if act.denied else (True,) for act in acts)):
        real = [act for act, so in zip(acts, happens, strict=True) if so]
        if not real:
            readings[None] = None
            continue
        keys = frozenset(act.key for act in real)
        own, effect = _finest([act.day for act in real]), _finest([act.effect or act.day for act in real])
        separate = any(act.effect for act in real)
        for day in range(own[0], own[1] + 1):
            for taking in range(effect[0], effect[1] + 1) if separate else (day,):
                readings[(day, taking), keys] = None
    return list(readings)


def begin_days(limits: Limits) -> Days:
    """Return the first and the last day on which it may begin."""
    if limits.begins == UNLIMITED:
        return 0, 0
    if isinstance(limits.begins, tuple):
        return limits.begins
    if limits.verified is not None:
        return 0, limits.verified
    return 0, limits.ends[1] - 1 if isinstance(limits.ends, tuple) else NEVER


def end_days(limits: Limits) -> Days | None:
    """Return the first and the last day on which a stated end may make it over; None where none is stated."""
    if not isinstance(limits.ends, tuple):
        return None
    lo, hi = limits.ends
    return (lo, hi) if limits.last_day is False else (lo + 1, hi + 1) if limits.last_day else (lo, hi + 1)


@dataclass(frozen=True)
class Interval:
    """The days of something with limits of its own in one reading, and how far they are known."""

    begins: int
    ends: int
    certain: int = NEVER
    presumed: int = NEVER


def _interval_readings(limits: Limits) -> list[Interval]:
    first, last = begin_days(limits)
    stated = end_days(limits)
    if stated:
        return [Interval(b, e) for b in range(first, last + 1) for e in range(stated[0], stated[1] + 1)]
    if limits.ends == UNLIMITED:
        return [Interval(b, NEVER) for b in range(first, last + 1)]
    known = (last if limits.verified is None else limits.verified) + 1
    presumed = NEVER if limits.ends == OPEN else known
    return [Interval(b, NEVER, known, presumed) for b in range(first, last + 1)]


def _taken_out(limits: Limits) -> list[Interval]:
    """Return the readings of something that takes days out: an open end is presumed never to come, an unknown one
    may have come on any day since it was last known.
    """
    readings = _interval_readings(limits)
    if limits.ends != UNKNOWN:
        return [Interval(one.begins, one.ends) for one in readings]
    return [Interval(one.begins, end) for one in readings for end in (one.certain, NEVER)]


# --- one reading of a whole world -------------------------------------------------------------------------------------


@dataclass
class Reading:
    """One settled world: what happened when, and which of the things with limits hold when."""

    happened: dict[Group, tuple[Happened, frozenset[str]]]
    parts: dict[str, Interval]
    endings: dict[str, int]


@dataclass
class Span:
    """One participation in one reading."""

    kind: str
    begins: int
    ends: int
    """The first day without; NEVER where none is known."""
    certain: int
    presumed: int
    suspended: int
    """The days that a suspension takes out."""
    left: bool = False
    """Whether it ends because one party is left."""

    perhaps: bool = False
    """Whether its begin is not known, only possible."""

    def mask(self) -> int:
        """Return its days but for any suspension."""
        return days_from(self.begins, self.ends)


@dataclass
class Taking:
    """All that one actor does in one spell, in one reading."""

    spans: list[Span] = field(default_factory=list)
    stepped: int | None = None
    """The day of its signature or consent, whichever is earlier."""
    begins: int = NEVER
    over: int = NEVER
    """The day on which waiting ends without a begin."""
    suspended: int = 0


class Settled:
    """Works one reading of a world out.

    `lucky` says whether what is possible with no known begin did begin, on the first day on which it can have, or
    never; `luck_mattered` says whether there was any such thing.
    """

    def __init__(self, world: World, reading: Reading, choices: Choices, *, lucky: bool) -> None:
        self.world = world
        self.lucky = lucky
        self.luck_mattered = False
        self.choices = choices
        self.r = reading
        self.by_key = {act.key: act for act in world.acts}
        self._revoke()
        self.entry = self.effect("entry_into_force", None)
        refuted = [act.day[1] + 1 for act in world.acts if act.not_yet]
        self.floor = max(refuted, default=0)
        if self.entry is not None:
            self.entry = max(self.entry, self.floor)
        self._agreement()
        self.taking = {(actor, spell): self._taking(actor, spell) for actor, spell in takings(world)}
        self._leave_one()

    def _act(self, kind: str, by: str | None, spell: int = 1) -> tuple[Happened, frozenset[str]] | None:
        return self.r.happened.get((kind, by, spell))

    def effect(self, kind: str, by: str | None, spell: int = 1) -> int | None:
        """Return the effect day of what happened, None where nothing did."""
        found = self._act(kind, by, spell)
        return found[0][1] if found else None

    def _revoke(self) -> None:
        """Take out what a revocation undoes; a notice only before it takes effect, a signature never."""
        self.unsigned: dict[tuple[str | None, int], int] = {}
        self.undone: set[tuple[str | None, int]] = set()
        for act in self.world.acts:
            done = self._act(f"revocation of {act.revokes}", act.by, act.spell) if act.revokes else None
            if not done or act.revokes is None:
                continue
            target = self.by_key[act.revokes]
            group = target.kind, target.by, target.spell
            hit = self.r.happened.get(group)
            if hit is None:
                continue
            if target.kind == "signature":
                self.unsigned[target.by, target.spell] = done[0][1]
            elif target.kind not in NOTICES or done[0][0] < hit[0][1]:
                self.r.happened = {key: value for key, value in self.r.happened.items() if key != group}

    def _agreement(self) -> None:
        world = self.world
        ends = [day for kind in ENDINGS if (day := self.effect(kind, None)) is not None]
        self.terminated = min(ends, default=None)
        own = [happened[0][1] for (kind, by, _), happened in self.r.happened.items() if by and kind == "entry_into_force"]
        counted = self.entry if self.entry is not None else min(own, default=None)
        self.first_term = 0
        if isinstance(world.duration, int) and counted is not None:
            if world.renews:
                self.first_term = counted + world.duration
            else:
                ends.append(counted + world.duration)
        self.over = min(ends, default=NEVER)
        self.contracting = sorted(
            {actor: min(days) for actor, _ in takings(world) if (days := self._contracted(actor))}.values()
        )

    def _contracted(self, actor: str) -> list[int]:
        """Return the days on which an actor may be said to have been bound or to take part."""
        days = []
        for of, spell in takings(self.world):
            if of == actor:
                days += [effect for _, effect, _ in self._consents(actor, spell)]
                own = self.effect("entry_into_force", actor, spell)
                days += [own] if own is not None and not self.choices.consents_only else []
        if self.choices.consents_only:
            return days
        days += [self.r.parts[part.key].begins for part in self.world.parts if part.of == actor]
        return days

    def _consents(self, actor: str, spell: int) -> list[tuple[int, int, frozenset[str]]]:
        found = [self._act(kind, actor, spell) for kind in CONSENTS]
        signed = self._act("signature", actor, spell)
        if signed and (self.world.signature_binds or any(self.by_key[key].binds for key in signed[1])):
            found.append(signed)
        return [(*one[0], one[1]) for one in found if one]

    def _taking(self, actor: str, spell: int) -> Taking:
        taking = Taking()
        part = next((one for one in self.world.parts if (one.of, one.spell) == (actor, spell)), None)
        consents = self._consents(actor, spell)
        signed = self._act("signature", actor, spell)
        steps = [day for day, _, _ in consents] + ([signed[0][0]] if signed else [])
        taking.stepped = min(steps, default=None)
        taking.over, ended = self._end(actor, spell, part)
        taking.suspended = self._suspension(actor, spell)
        self.guessed = False
        begin, rests = self._begin(actor, spell, part, consents, signed)
        if begin is not None:
            taking.begins = begin
            certain, presumed = self._known(rests, part, acted=bool(rests)) if not ended else (NEVER, NEVER)
            if begin < NEVER:
                span = Span("definitive", begin, taking.over, certain, presumed, taking.suspended)
                span.perhaps = self.guessed
                taking.spans.append(span)
        applied = self._act("provisional_application", actor, spell)
        if applied:
            over = min(taking.over, taking.begins)
            known = ended or taking.begins < NEVER
            certain, presumed = (NEVER, NEVER) if known else self._known(sorted(applied[1]), part, acted=True)
            taking.spans.append(Span("provisional", applied[0][1], over, certain, presumed, taking.suspended))
        first = min((span.begins for span in taking.spans), default=None)
        if taking.stepped is None and not (self.choices.only_acts_are_steps and self._acted(actor, spell)):
            taking.stepped = first  # Who takes part had agreed to it by then.
        if first is not None:
            taking.begins = min(taking.begins, first)
        if not consents and (actor, spell) in self.unsigned:
            taking.over = min(taking.over, self.unsigned[actor, spell])
        return taking

    def _begin(
        self,
        actor: str,
        spell: int,
        part: Part | None,
        consents: list[tuple[int, int, frozenset[str]]],
        signed: tuple[Happened, frozenset[str]] | None,
    ) -> tuple[int | None, list[str]]:
        """Return the day it begins (NEVER where luck has it so, None where nothing makes it a party), and from what."""
        own = self._act("entry_into_force", actor, spell)
        entry = self._act("entry_into_force", None)
        keys = sorted(key for _, _, keys in consents for key in keys) + sorted(entry[1] if entry else ())
        if own:
            return max(own[0][1], self.floor), sorted(own[1]) if self.choices.own_entry_alone else [*keys, *own[1]]
        consent = min((effect for _, effect, _ in consents), default=None)
        if consent is not None and self.entry is not None:
            return max(self.entry, consent), keys
        taken = self.r.parts[part.key].begins if part else None
        ended = self.terminated is not None or (self.choices.denied_end_shows and self._end_recorded())
        if taken is not None:
            signature = signed[0][0] if signed and ended and self.choices.signed_before else 0
            return max(taken, consent or 0, self.entry or 0, self.floor, signature), keys if consent is not None else []
        if consent is not None and self.choices.denied_is_not_yet and self._entry_denied(actor, spell):
            return None, []
        if ended and self.entry is None and (signed or consent is not None):
            since = [effect for _, effect, _ in consents] + ([signed[0][0]] if signed else [])
            if self.choices.ended_since_consent and consent is not None:
                since = [max(consent, *self.contracting[:2])]
            return self._perhaps(max(min(since), self.floor)), keys
        if consent is not None and len(self.contracting) > 1:
            return self._perhaps(max(consent, self.contracting[1], self.floor)), keys
        return None, []

    def _end_recorded(self) -> bool:
        return any(act.kind in ENDINGS and act.by is None for act in self.world.acts)

    def _entry_denied(self, actor: str, spell: int) -> bool:
        entries = [act for act in self.world.acts if act.kind == "entry_into_force" and act.denied]
        return any(act.by is None or (act.by, act.spell) == (actor, spell) for act in entries)

    def _perhaps(self, day: int) -> int:
        self.luck_mattered = self.guessed = True
        return day if self.lucky else NEVER

    def _end(self, actor: str, spell: int, part: Part | None) -> tuple[int, bool]:
        """Return the first day without, and whether any end is recorded, though it may not have come."""
        own = [day for kind in NOTICES if (day := self.effect(kind, actor, spell)) is not None]
        stated = end_days(part.limits) if part else None
        if not own and part and stated:
            own = [self.r.parts[part.key].ends]
        own += [day for key, day in self.r.endings.items() if self._ends_state(key, actor)]
        over = min([*own, self.over])
        return over, over < NEVER or self._denied_end(actor, spell)

    def _ends_state(self, key: str, actor: str) -> bool:
        return any(one.key == key and one.of == actor for one in self.world.endings)

    def _denied_end(self, actor: str, spell: int) -> bool:
        """Whether an end is recorded that may not have come: until its day it is certain (Korea and the NPT)."""
        acts = [a for a in self.world.acts if a.denied or self._is_revoked(a)]
        own = any(a.kind in NOTICES and (a.by, a.spell) == (actor, spell) and not self._surely_undone(a) for a in acts)
        return own or any(a.kind in ENDINGS and a.by is None for a in acts)

    def _is_revoked(self, act: Act) -> bool:
        return any(other.revokes == act.key for other in self.world.acts)

    def _surely_undone(self, act: Act) -> bool:
        """Whether a revocation that nobody denies came before its effect in every reading."""
        back = [other for other in self.world.acts if other.revokes == act.key and not other.denied]
        return any(other.day[1] < (act.effect or act.day)[0] for other in back)

    def _suspension(self, actor: str, spell: int) -> int:
        taken = 0
        for by, number in ((None, 1), (actor, spell)):
            begin, end = self.effect("suspension", by, number), self.effect("resumption", by, number)
            if begin is not None:
                taken |= days_from(begin, NEVER if end is None else end)
        return taken

    def _known(self, rests: list[str], part: Part | None, *, acted: bool) -> tuple[int, int]:
        """Return until when it is certain and until when presumed, where no end is recorded."""
        acts = [self.by_key[key] for key in rests]
        if not acted and self.choices.entry_verifies and (entry := self._act("entry_into_force", None)):
            acts += [self.by_key[key] for key in entry[1]]
        days = [max(act.verified or 0, (act.effect or act.day)[1]) for act in acts]
        verified = any(act.verified is not None for act in acts)
        opens = False
        if part:
            days.append(begin_days(part.limits)[1] if part.limits.verified is None else part.limits.verified)
            verified = verified or part.limits.verified is not None
            opens = part.limits.ends == OPEN
        lasting = opens or self.world.duration == "indefinite" or self.world.renews or verified
        if part and not acted and part.limits.ends == UNKNOWN:
            lasting = False
        certain = max(max(days, default=0) + 1, self.first_term)
        return certain, NEVER if lasting else certain

    def _acted(self, actor: str, spell: int) -> bool:
        return any((a.by, a.spell) == (actor, spell) and a.kind in (*CONSENTS, "signature") for a in self.world.acts)

    def _may_take_part(self, actor: str, spell: int) -> bool:
        gone = {act.revokes for act in self.world.acts}
        acts = [a for a in self.world.acts if (a.by, a.spell) == (actor, spell) and a.key not in gone]
        binding = [a for a in acts if a.kind == "signature" and (a.binds or self.world.signature_binds)]
        parts = [part for part in self.world.parts if (part.of, part.spell) == (actor, spell)]
        return bool(binding or parts or any(a.kind in _BEGINNINGS for a in acts))

    def _leave_one(self) -> None:
        """End the agreement for the party that is left when all others' participations are over."""
        actors: dict[str, list[Span]] = {}
        for (actor, _), taking in self.taking.items():
            for span in taking.spans:
                if span.begins < span.ends or self.choices.empty_counts:
                    actors.setdefault(actor, []).append(span)
        lasts = {actor: max(span.ends for span in spans) for actor, spans in actors.items()}
        if self.choices.perhaps_stays:
            lasts = {a: NEVER if any(s.perhaps for s in actors[a]) else last for a, last in lasts.items()}
        if self.choices.perhaps_counts:
            absent = {actor for actor, spell in self.taking if self._may_take_part(actor, spell)} - lasts.keys()
            lasts |= {a: max(t.over for (b, _), t in self.taking.items() if b == a) for a in absent}
        alone = _first_alone(actors) if self.choices.chronological else NEVER
        for (actor, _), taking in self.taking.items():
            others = [last for other, last in lasts.items() if other != actor]
            day = min(max(others, default=NEVER), alone)
            left = [s for s in taking.spans if day < s.ends and (s.begins < day or self.choices.left_before)]
            # Who waits, waits in vain once nobody is party any longer; who came after all others had gone was not left.
            if left or not taking.spans:
                taking.over = min(taking.over, day)
            for span in left:
                span.ends, span.left = day, True


_BEGINNINGS = (*CONSENTS, "entry_into_force", "provisional_application")


def _first_alone(actors: dict[str, list[Span]]) -> int:
    """Return the first day on which fewer than two are in force after two were."""
    counts = [sum(any(s.begins <= d < s.ends for s in spans) for spans in actors.values()) for d in range(SHOWN)]
    return next((d for d in range(1, SHOWN) if counts[d] < 2 and max(counts[:d]) > 1), NEVER)


def takings(world: World) -> list[tuple[str, int]]:
    """Return the actors that ever had an act or a participation on the agreement, with their spells."""
    acts = {(act.by, act.spell) for act in world.acts if act.by}
    return sorted(acts | {(part.of, part.spell) for part in world.parts})


def readings(world: World, limit: int = 1500) -> Iterator[Reading]:
    """Yield every reading; raises TooManyReadingsError when there are more than `limit`."""
    groups: dict[Group, list[Act]] = {}
    for act in world.acts:
        if not act.not_yet:
            kind = f"revocation of {act.revokes}" if act.revokes else act.kind
            groups.setdefault((kind, act.by, act.spell), []).append(act)
    happenings = [_group_readings(acts) for acts in groups.values()]
    parts = [_interval_readings(part.limits) for part in world.parts]
    endings = [range(one.day[0], one.day[1] + 1) for one in world.endings]
    columns: list[list[object]] = [list(one) for one in (*happenings, *parts, *endings)]
    count = 1
    for column in columns:
        count *= len(column)
    if count > limit:
        raise TooManyReadingsError(f"{count} readings are too many.")
    first, second = len(happenings), len(happenings) + len(parts)
    for row in product(*columns):
        happened = {group: one for group, one in zip(groups, row[:first], strict=True) if one is not None}
        held = {part.key: one for part, one in zip(world.parts, row[first:second], strict=True)}
        ended = {one.key: day for one, day in zip(world.endings, row[second:], strict=True)}
        yield Reading(happened, held, ended)  # type: ignore[arg-type]


# --- all readings together --------------------------------------------------------------------------------------------


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


@dataclass(frozen=True)
class Expected:
    """The answer of each day (by its number) for each party and each (bearer, beneficiary, commitment)."""

    parties: dict[str, list[str]]
    owed: dict[tuple[str, str, str], list[str]]
    at_most: dict[tuple[str, ...], list[str]]
    """The same of both, when spans that follow each other are taken together in each reading. The design lets the
    best of several spans count and is weaker where one ends on the uncertain day on which the next begins; an answer
    up to this is right too."""


MEANT = Choices()


def expected(world: World, choices: Choices = MEANT) -> Expected:
    """Return what a world comes to by trying every reading; raises TooManyReadingsError."""
    parties: dict[str, Account] = {}
    owed: dict[tuple[str, str, str], Account] = {}
    clauses = [_Clause(world, clause, choices) for clause in world.clauses]
    every = [one for reading in readings(world) for one in _with_luck(world, reading, choices)]
    _forget_limits(every, in_all=choices.left_in_all)
    for settled in every:
        _count_parties(settled, parties)
        for clause in clauses:
            clause.count(settled, owed)
    total = len(every)
    some = {clause.key for clause in world.clauses if clause.beneficiaries == "some"}
    return Expected(
        {actor: account.answers(total) for actor, account in parties.items()},
        {pair: account.answers(total, never_better=pair[2] in some) for pair, account in owed.items()},
        {(actor,): account.answers(total, joined=True) for actor, account in parties.items()}
        | {pair: acc.answers(total, never_better=pair[2] in some, joined=True) for pair, acc in owed.items()},
    )


def _count_parties(settled: Settled, parties: dict[str, Account]) -> None:
    joined: dict[str, list[tuple[int, int]]] = {}
    for (actor, spell), taking in settled.taking.items():
        account = parties.setdefault(actor, Account())
        masks = joined.setdefault(actor, [])
        for span in taking.spans:
            account.hold((span.kind, str(spell)), span.mask(), span.suspended, span.certain, span.presumed)
            held = span.mask() & ~span.suspended
            masks.append((held & days_from(0, span.certain), held & days_from(0, span.presumed)))
        account.wait((str(spell),), _waiting([taking]))
    for actor, masks in joined.items():
        parties[actor].join(masks)


def _forget_limits(every: list[Settled], *, in_all: bool) -> None:
    """Let certainty last to the end where any is recorded, though in some readings it does not come.

    So it is with a withdrawal that is denied: certain until its day, possible after it.
    """
    spans = [(*who, span.kind, span) for one in every for who, taking in one.taking.items() for span in taking.spans]
    endless = {(actor, spell, kind) for actor, spell, kind, span in spans if span.ends == NEVER}
    ended = {
        (actor, spell, kind)
        for actor, spell, kind, span in spans
        if span.ends < NEVER and not (in_all and span.left and (actor, spell, kind) in endless)
    }
    for actor, spell, kind, span in spans:
        if (actor, spell, kind) in ended:
            span.certain = span.presumed = NEVER


def _with_luck(world: World, reading: Reading, choices: Choices) -> Iterator[Settled]:
    settled = Settled(world, replace(reading), choices, lucky=True)
    yield settled
    if settled.luck_mattered:
        yield Settled(world, replace(reading), choices, lucky=False)


def _waiting(takings: list[Taking]) -> int:
    """Return the days on which all have taken a step and it has not begun for all."""
    if any(taking.stepped is None for taking in takings):
        return 0
    first = max(taking.stepped or 0 for taking in takings)
    begins = max(taking.begins for taking in takings)
    return days_from(first, min(begins, *(taking.over for taking in takings), NEVER))


class _Clause:
    """One commitment of a world: its pairs, its own days and what reservations and newer clauses take out."""

    def __init__(self, world: World, clause: Clause, choices: Choices) -> None:
        self.world = world
        self.clause = clause
        self.waits_though_replaced = choices.replaced_waits
        self.own = _interval_readings(clause.limits)
        self.newer = [_Clause(world, one, choices) for one in world.clauses if one.replaces == clause.key]
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
            self.joined: list[tuple[int, int]] = []
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
        outs = self._outs(pair, sides)
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
            self.joined.append(
                (held & days_from(0, certain) & definite, held & days_from(0, presumed) & presumable)
            )
            account.readings[key] = account.readings.get(key, 0) + 1
        left = EVERY
        for own in self.own:
            # A clause that may be over is not surely waited for; one with an open end is presumed to stand.
            left &= days_from(0, min(own.ends, own.presumed))
        for out in self._outs(pair, sides, newer=False) if self.waits_though_replaced else outs:
            left &= ~out
        account.wait(spells, _waiting(takings) & left)

    def _outs(self, pair: tuple[str, str], sides: list[Side], *, newer: bool = True) -> list[int]:
        """Return the days taken out between two parties, one mask for each reading of the reservations and clauses."""
        if len(sides) < 2:
            return self._replaced(pair, sides, {}) if newer else [0]
        reserves = [one for one in self.world.reserves if one.effect in ("excludes", "modifies")]
        results = []
        for row in product(*(_taken_out(one.limits) for one in reserves)):
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
            owns = {days_from(i.begins, i.ends) & kept for i in _taken_out(newer.clause.limits)}
            results = {before | own for before in results for own in owns}
        return sorted(results)
