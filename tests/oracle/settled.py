"""One reading of a world worked out: who takes part from when to when, and who waits since when."""

from dataclasses import dataclass, field

from tests.oracle.worlds import CONSENTS, ENDINGS, NEVER, NOTICES, OPEN, SHOWN, UNKNOWN, Act, Part, World
from tests.oracle.written import Happened, Reading, begin_days, days_from, end_days, takings

Consent = tuple[int, int, frozenset[str]]
"""Its day, its effect day, and the acts it follows from."""


@dataclass(frozen=True)
class Choices:
    """Where the design leaves room: each field is one way to read it, the default is the one meant."""

    chronological: bool = False
    """One party is left when on some day only one is in force, though another comes (or comes back) later."""
    ended_since_consent: bool = False
    """Of an agreement that ended with no known begin, a party is possible since its consent, and two consents."""
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
    unknown_is_unknown: bool = False
    """An end that a participation calls unknown is unknown, though acts made the actor a party and it is verified."""
    earliest_verifies: bool = False
    """Of several consents only the earliest is a fact that a participation follows from."""
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
        self.reading = reading
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
        return self.reading.happened.get((kind, by, spell))

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
            hit = self.reading.happened.get(group)
            if hit is None:
                continue
            if target.kind == "signature":
                self.unsigned[target.by, target.spell] = done[0][1]
            elif target.kind not in NOTICES or done[0][0] < hit[0][1]:
                self.reading.happened = {key: value for key, value in self.reading.happened.items() if key != group}

    def _agreement(self) -> None:
        world = self.world
        ends = [day for kind in ENDINGS if (day := self.effect(kind, None)) is not None]
        self.terminated = min(ends, default=None)
        own = [
            happened[0][1]
            for (kind, by, _), happened in self.reading.happened.items()
            if by and kind == "entry_into_force"
        ]
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
        days += [self.reading.parts[part.key].begins for part in self.world.parts if part.of == actor]
        return days

    def _consents(self, actor: str, spell: int) -> list[Consent]:
        found = [self._act(kind, actor, spell) for kind in CONSENTS]
        signed = self._act("signature", actor, spell)
        binds = signed and (self.world.signature_binds or any(self.by_key[key].binds for key in signed[1]))
        if signed and binds and (actor, spell) not in self.unsigned:
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
        consents: list[Consent],
        signed: tuple[Happened, frozenset[str]] | None,
    ) -> tuple[int | None, list[str]]:
        """Return the day it begins (NEVER where luck has it so, None where nothing makes it a party), and from what."""
        own = self._act("entry_into_force", actor, spell)
        entry = self._act("entry_into_force", None)
        followed = sorted(consents, key=lambda one: one[1])[:1] if self.choices.earliest_verifies else consents
        keys = sorted(key for _, _, keys in followed for key in keys) + sorted(entry[1] if entry else ())
        if own:
            return max(own[0][1], self.floor), sorted(own[1]) if self.choices.own_entry_alone else [*keys, *own[1]]
        consent = min((effect for _, effect, _ in consents), default=None)
        if consent is not None and self.entry is not None:
            return max(self.entry, consent), keys
        ended = self.terminated is not None or (self.choices.denied_end_shows and self._end_recorded())
        taken = self.reading.parts[part.key].begins if part else None
        if taken is not None:
            signature = signed[0][0] if signed and ended and self.choices.signed_before else 0
            raised = max(taken, consent or 0, self.entry or 0, self.floor, signature)
            return raised, keys if consent is not None else []
        if consent is not None and self.choices.denied_is_not_yet and self._entry_denied(actor, spell):
            return None, []
        unsigned = (actor, spell) in self.unsigned
        return self._possible_begin(consents, None if unsigned else signed, ended=ended), keys

    def _possible_begin(
        self, consents: list[Consent], signed: tuple[Happened, frozenset[str]] | None, *, ended: bool
    ) -> int | None:
        """Return the day since which it is possible, though no begin is known; None where nothing says so."""
        consent = min((effect for _, effect, _ in consents), default=None)
        if ended and self.entry is None and (signed or consent is not None):
            since = [effect for _, effect, _ in consents] + ([signed[0][0]] if signed else [])
            if self.choices.ended_since_consent and consent is not None:
                since = [max(consent, *self.contracting[:2])]
            return self._perhaps(max(min(since), self.floor))
        if consent is not None and len(self.contracting) > 1:
            return self._perhaps(max(consent, self.contracting[1], self.floor))
        return None

    def _perhaps(self, day: int) -> int:
        self.luck_mattered = self.guessed = True
        return day if self.lucky else NEVER

    def _end_recorded(self) -> bool:
        return any(act.kind in ENDINGS and act.by is None for act in self.world.acts)

    def _entry_denied(self, actor: str, spell: int) -> bool:
        entries = [act for act in self.world.acts if act.kind == "entry_into_force" and act.denied]
        return any(act.by is None or (act.by, act.spell) == (actor, spell) for act in entries)

    def _end(self, actor: str, spell: int, part: Part | None) -> tuple[int, bool]:
        """Return the first day without, and whether any end is recorded, though it may not have come."""
        own = [day for kind in NOTICES if (day := self.effect(kind, actor, spell)) is not None]
        stated = end_days(part.limits) if part else None
        if not own and part and stated:
            own = [self.reading.parts[part.key].ends]
        own += [day for key, day in self.reading.endings.items() if self._ends_state(key, actor)]
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
        days = [(act.effect or act.day)[1] for act in acts]
        told = [day for act in acts for day in self._told_of(act)]
        days += told
        verified = bool(told)
        opens = False
        if part:
            days.append(begin_days(part.limits)[1] if part.limits.verified is None else part.limits.verified)
            verified = verified or part.limits.verified is not None
            opens = part.limits.ends == OPEN
        lasting = opens or self.world.duration == "indefinite" or self.world.renews or verified
        if part and part.limits.ends == UNKNOWN and (not acted or self.choices.unknown_is_unknown):
            lasting = False
        certain = max(max(days, default=0) + 1, self.first_term)
        return certain, NEVER if lasting else certain

    def _told_of(self, act: Act) -> list[int]:
        """Return the days on which sources say that it still holds: also those that name its day less finely."""
        alike = (one for one in self.world.acts if (one.kind, one.by, one.spell) == (act.kind, act.by, act.spell))
        return [one.verified for one in alike if one.verified is not None and not one.denied and not one.not_yet]

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
