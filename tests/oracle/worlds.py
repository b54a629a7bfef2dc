"""Small worlds of one agreement: what sources say of it, in whole days of a short window.

A day is a whole number: 0 stands for the first day there is (0001-01-01), the numbers from 1 for consecutive days,
`NEVER` for the day that does not come. `records.py` translates a world into the records of the model. Nothing here
knows how an answer is derived.
"""

from dataclasses import dataclass, fields, replace
from random import Random

from hypothesis import strategies as st

WINDOW = 12
"""Uncertain and stated days lie in 1 to this."""
SHOWN = 26
"""Days on which answers are compared: 0, then 1 to this less 2, then one far in the future."""
FAR = SHOWN - 1
NEVER = SHOWN

Days = tuple[int, int]
"""First and last day that a written day may mean."""

OPEN, UNKNOWN, UNLIMITED = "open", "unknown", "unlimited"
CONSENTS = ("ratification", "accession", "acceptance")
NOTICES = ("withdrawal", "denunciation")
ENDINGS = ("termination", "expiry")


@dataclass(frozen=True)
class Act:
    """A legal act; `by` is None for one of the whole agreement."""

    key: str
    kind: str
    by: str | None
    day: Days
    effect: Days | None = None
    spell: int = 1
    binds: bool = False
    not_yet: bool = False
    denied: bool = False
    verified: int | None = None
    revokes: str | None = None


@dataclass(frozen=True)
class Limits:
    """A begin and an end as written; `last_day` is what the source means by a stated end, None when it does not say."""

    begins: Days | str = UNLIMITED
    ends: Days | str = UNLIMITED
    last_day: bool | None = False
    verified: int | None = None


@dataclass(frozen=True)
class Part:
    """That an actor takes part, with no act named."""

    key: str
    of: str
    limits: Limits
    spell: int = 1


@dataclass(frozen=True)
class Ending:
    """A succession that ends the state it names."""

    key: str
    of: str
    day: Days


@dataclass(frozen=True)
class Clause:
    """A commitment; `bearers` None is each party, `beneficiaries` `each`, `some`, `community` or names."""

    key: str
    bearers: tuple[str, ...] | None = None
    beneficiaries: tuple[str, ...] | str = "each"
    limits: Limits = Limits()
    article: str = "1"
    replaces: str | None = None


@dataclass(frozen=True)
class Reserve:
    """A reservation to an article, the agreement (`all`) or another reservation, or an objection to one."""

    key: str
    by: str
    effect: str
    to: str
    limits: Limits = Limits()
    spell: int = 1


@dataclass(frozen=True)
class World:
    """All that is recorded on one agreement. `duration` is a number of days, `indefinite` or None (nothing said)."""

    acts: tuple[Act, ...] = ()
    parts: tuple[Part, ...] = ()
    endings: tuple[Ending, ...] = ()
    clauses: tuple[Clause, ...] = ()
    reserves: tuple[Reserve, ...] = ()
    duration: int | str | None = None
    renews: bool = False
    signature_binds: bool = False

    def __str__(self) -> str:
        lines = [f"  duration={self.duration!r} renews={self.renews} signature_binds={self.signature_binds}"]
        for held in (self.acts, self.parts, self.endings, self.clauses, self.reserves):
            lines += [f"  {_short(one)}" for one in held]
        return "\n".join(lines)


def _short(fact: object) -> str:
    """Write a fact without the fields that say nothing."""
    told = [(f.name, getattr(fact, f.name), f.default) for f in fields(fact)]  # type: ignore[arg-type]
    return f"{type(fact).__name__}({', '.join(f'{name}={value!r}' for name, value, usual in told if value != usual)})"


FEATURES = frozenset(
    {
        "bounds", "competing", "denied", "effect", "entry", "own_entry", "not_yet", "provisional", "suspension",
        "notice", "ending", "revocation", "revoked_signature", "revoked_consent", "participation", "part_beside_acts",
        "part_unknown_begin", "duration", "renewal", "binding", "succession", "spells", "verified", "own_limits",
        "named", "third_state", "some", "community", "replaces", "excludes", "modifies", "precludes", "fourth",
        "denied_entry", "denied_consent", "several_consents", "one_left",
    }
)  # fmt: skip
"""What a world may hold; a strategy can be told to leave some out."""


class _Maker:
    """Draws one world; each method adds what one feature stands for."""

    def __init__(self, dice: Random, features: frozenset[str]) -> None:
        self.features = features
        self.acts: list[Act] = []
        self.parts: list[Part] = []
        self.refuted = False
        # Whether a source says that the agreement was not in force on some day; no own entry contradicts it then.
        # One draw serves many small choices: it costs more than all the arithmetic on it.
        self.dice = dice

    def has(self, feature: str, chance: float) -> bool:
        return feature in self.features and self.dice.random() < chance

    def days(self, first: int = 1, last: int = WINDOW, width: int = 2) -> Days:
        first = max(1, min(first, WINDOW))
        lo = self.dice.randint(first, max(first, min(last, WINDOW)))
        if self.has("bounds", 0.3):
            return lo, min(lo + self.dice.randint(1, width), WINDOW)
        return lo, lo

    def act(self, kind: str, by: str | None, day: Days, denied: float = 0.07, **more: object) -> Act:
        key = f"{kind}.{by or 'all'}.{len(self.acts)}"
        made = Act(key, kind, by, day, denied=self.has("denied", denied), **more)  # type: ignore[arg-type]
        self.acts.append(made)
        if self.has("competing", 0.06) and made.effect is None and not made.not_yet and kind != "revocation":
            day = self.days(made.day[0] - 1, made.day[0] + 2)
            key = f"{key}b"
            self.acts.append(replace(made, key=key, day=day, verified=None, denied=self.has("denied", 0.1)))
        return made

    def verified(self, since: int, chance: float) -> int | None:
        return self.dice.randint(since, WINDOW + 2) if self.has("verified", chance) else None

    def effect(self, day: Days, chance: float) -> Days | None:
        if not self.has("effect", chance):
            return None
        lo = self.dice.randint(day[1], min(day[1] + 4, WINDOW))
        return lo, min(WINDOW, lo + (self.dice.randint(0, 2) if self.has("bounds", 0.3) else 0))

    def agreement(self) -> None:
        entry = None
        if self.has("entry", 0.65):
            day = self.days(1, 8)
            denied = 0.1 if "denied_entry" in self.features else 0
            entry = self.act("entry_into_force", None, day, denied, verified=self.verified(day[1], 0.4))
        self.refuted = self.has("not_yet", 0.15)
        if self.refuted:
            last = entry.day[1] - 1 if entry else 8
            first = self.dice.randint(1, 8)
            if first <= last:
                self.acts.append(Act("not_yet", "entry_into_force", None, (first, first), not_yet=True))
        if self.has("ending", 0.25):
            self.act(self.dice.choice(ENDINGS), None, self.days(5))
        if self.has("suspension", 0.15):
            self.suspended(None, 1)

    def suspended(self, by: str | None, spell: int) -> None:
        day = self.days(3, 8)
        before = len(self.acts)
        self.act("suspension", by, day, spell=spell)
        last = max(act.day[1] for act in self.acts[before:])
        if self.dice.random() < 0.6:
            after = self.days(last, 12)
            self.acts.append(
                Act(f"resumption.{by}.{spell}", "resumption", by, after, spell=spell, denied=self.has("denied", 0.1))
            )

    def actor(self, name: str) -> None:
        style = self.dice.random()
        last = 1
        if style < 0.85:
            last = self.steps(name, 1, 1, 6)
        if self.has("participation", 1.0) and (style >= 0.85 or self.has("part_beside_acts", 0.15)):
            self.participation(name, 1)
        if style < 0.85 and self.has("spells", 0.12) and last < 9:
            self.steps(name, 2, last + 1, 11)

    def steps(self, name: str, spell: int, first: int, last: int) -> int:
        """Add what a party does in one spell; return the last day of its leaving."""
        roll = self.dice.random()
        if roll < 0.55 and spell == 1:
            self.signature(name, first)
        if roll > 0.15:
            day = self.days(first, last)
            denied = 0.07 if "denied_consent" in self.features else 0
            more = {"spell": spell, "verified": self.verified(day[1], 0.1), "effect": self.effect(day, 0.15)}
            made = self.act(self.dice.choice(CONSENTS), name, day, denied, **more)
            if self.has("revoked_consent", 0.04):
                self.revoke(made, self.days(day[1], WINDOW))
            if self.has("several_consents", 0.06):
                kind = self.dice.choice([kind for kind in CONSENTS if kind != made.kind])
                self.act(kind, name, self.days(first, last), denied, spell=spell)
        if not self.refuted and self.has("own_entry", 0.2):
            day = self.days(first, last)
            self.act("entry_into_force", name, day, spell=spell, verified=self.verified(day[1], 0.2))
        if self.has("provisional", 0.1):
            self.act("provisional_application", name, self.days(first, last), spell=spell)
        if self.has("suspension", 0.1):
            self.suspended(name, spell)
        if spell == 2 or not self.has("notice", 0.35):
            return last
        return self.notice(name, spell)

    def signature(self, name: str, first: int) -> None:
        binds = self.has("binding", 0.15)
        signed = self.act("signature", name, self.days(first, 5), binds=binds)
        if not binds and self.has("revoked_signature", 0.08):
            day = self.days(signed.day[1], WINDOW)
            self.revoke(signed, day)

    def notice(self, name: str, spell: int) -> int:
        day = self.days(4, 10)
        kind = self.dice.choice(NOTICES)
        made = self.act(kind, name, day, 0.12, spell=spell, effect=self.effect(day, 0.5))
        if self.has("revocation", 0.25):
            self.revoke(made, self.days(day[1], WINDOW))
        return max((made.effect or made.day)[1], day[1])

    def revoke(self, made: Act, day: Days) -> None:
        if sum(other.key.startswith(made.key) for other in self.acts) > 1:
            return  # What a revocation of one of several competing acts means is not settled.
        self.acts.append(
            Act(f"revocation.{made.key}", "revocation", made.by, day, self.effect(day, 0.2), made.spell,
                denied=self.has("denied", 0.1), revokes=made.key)
        )  # fmt: skip

    def participation(self, name: str, spell: int) -> None:
        begins: Days | str = self.days(1, 6, width=3)
        ends = self.ends(begins[1] + 1)  # type: ignore[operator]
        verified = None if isinstance(ends, tuple) else self.verified(begins[1], 0.5)  # type: ignore[arg-type]
        if self.has("part_unknown_begin", 0.15) and (verified or isinstance(ends, tuple)):
            begins = UNKNOWN
        limits = Limits(begins, ends, self.dice.choice([False, True, None]), verified)
        self.parts.append(Part(f"part.{name}.{spell}", name, limits, spell))

    def ends(self, first: int) -> Days | str:
        roll = self.dice.random()
        return OPEN if roll < 0.35 else UNKNOWN if roll < 0.6 else self.days(max(first, 4), WINDOW)

    def limits(self, chance: float) -> Limits:
        if not self.has("own_limits", chance):
            return Limits()
        begins: Days | str = UNLIMITED if self.dice.random() < 0.4 else self.days(1, 8)
        first = begins[1] if isinstance(begins, tuple) else 1
        ends: Days | str = UNLIMITED if self.dice.random() < 0.4 else self.ends(first + 1)
        if begins == UNLIMITED and ends in (OPEN, UNKNOWN):
            ends = UNLIMITED
        verified = self.verified(first, 0.4) if ends in (OPEN, UNKNOWN) else None
        return Limits(begins, ends, self.dice.choice([False, True, None]), verified)

    def clauses(self, actors: list[str]) -> list[Clause]:
        names = [*actors, "Z"] if self.has("third_state", 0.3) else actors
        found = []
        for number in (1, 2)[: 1 + (self.dice.random() < 0.5)]:
            bearers = tuple(self.dice.sample(actors, 1)) if self.has("named", 0.25) else None
            beneficiaries: tuple[str, ...] | str = "each"
            if len(names) > len(actors) or self.has("named", 0.2):
                beneficiaries = tuple(sorted(self.dice.sample(names, self.dice.randint(1, 2))))
            elif self.has("some", 0.06):
                beneficiaries = "some"
            elif self.has("community", 0.03):
                beneficiaries = "community"
            found.append(Clause(f"clause.{number}", bearers, beneficiaries, self.limits(0.35), str(number)))
        if len(found) > 1 and found[1].beneficiaries != "some" and self.has("replaces", 0.3):
            found[1] = replace(found[1], replaces=found[0].key)
        return found

    def reserves(self, actors: list[str]) -> list[Reserve]:
        found = []
        if self.has("excludes", 0.15):
            by = self.dice.choice(actors)
            effect = "modifies" if self.has("modifies", 0.2) else "excludes"
            found.append(Reserve("reserve", by, effect, self.dice.choice(["1", "1", "all"]), self.limits(0.4)))
            others = [actor for actor in actors if actor != by]
            if self.has("precludes", 0.4):
                effect = self.dice.choice(["objects", "objects_and_precludes"])
                found.append(Reserve("objection", self.dice.choice(others), effect, "reserve"))
        return found

    def world(self) -> World:
        actors = ["A", "B", "C", "D"][: 2 + (self.dice.random() < 0.4) + self.has("fourth", 0.1)]
        self.agreement()
        for name in actors:
            self.actor(name)
        if "one_left" not in self.features:
            # With two who stay, nobody is ever left alone.
            staying = Limits((1, 1), OPEN, verified=WINDOW + 2)
            self.parts += [Part(f"part.{name}.1", name, staying) for name in ("E", "F")]
        ending = self.has("succession", 0.1)
        endings = (Ending("ending", self.dice.choice(actors), self.days(3)),) if ending else ()
        duration: int | str | None = None
        if self.has("duration", 0.6):
            duration = "indefinite" if self.dice.random() < 0.5 else self.dice.randint(2, 8)
        renews = self.has("renewal", 0.2) and duration != "indefinite"
        return World(
            tuple(self.acts), tuple(self.parts), endings, tuple(self.clauses(actors)), tuple(self.reserves(actors)),
            duration, renews, self.has("binding", 0.04),
        )  # fmt: skip


_DICE = st.randoms(use_true_random=True)


def drawn(dice: Random, without: frozenset[str] = frozenset()) -> World:
    """Return one world, without the features named."""
    unknown = without - FEATURES
    if unknown:
        raise ValueError(f"No such features: {', '.join(sorted(unknown))}.")
    return _Maker(dice, FEATURES - without).world()


def worlds(without: frozenset[str] = frozenset()) -> st.SearchStrategy[World]:
    """Return a strategy for worlds, without the features named."""
    return _DICE.map(lambda dice: drawn(dice, without))
