"""The days of acts on one agreement: competing, contested and revoked acts read into one uncertain day each.

Pure. `graph.parties` asks it what happened when; what is only claimed is left out before.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, groupby
from typing import TypeVar

from graph.days import FIRST, NEVER
from graph.model.facts import Act
from graph.model.vocabulary import DOMESTIC_STEPS, ActKind

T = TypeVar("T")

LEAVES = frozenset({ActKind.WITHDRAWAL, ActKind.DENUNCIATION})
ENDS = frozenset({ActKind.TERMINATION, ActKind.EXPIRY})


@dataclass(frozen=True)
class When:
    """The day on which an act takes effect, as far as it is known, with the facts that say so."""

    earliest: date
    latest: date
    certain: bool  # False where it may not have happened: a claim denies it, or it may have been revoked in time
    attested: date  # latest day on which a source says that it has taken effect; the first there is when none does
    verified: bool  # whether a source says so of a day after its own
    keys: frozenset[str]

    def surely_by(self) -> date:
        """First day by which it has surely taken effect; never when it may not have happened."""
        return self.latest if self.certain else NEVER

    def or_on_days_of(self, other: "When") -> "When":
        """Return it with its day anywhere from the earlier to the later of both, where it may be either."""
        return replace(self, earliest=min(self.earliest, other.earliest), latest=max(self.latest, other.latest))


def latest(whens: Sequence[When]) -> When:
    """Return the later of several days, number by number."""
    return When(
        max(when.earliest for when in whens),
        max(when.latest for when in whens),
        all(when.certain for when in whens),
        max(when.attested for when in whens),
        any(when.verified for when in whens),
        joined(when.keys for when in whens),
    )


def earliest(whens: Sequence[When]) -> When:
    """Return the earlier of several days, number by number; surely by the first that surely happened."""
    sure = [when for when in whens if when.certain]
    return When(
        min(when.earliest for when in whens),
        min(when.latest for when in sure) if sure else max(when.latest for when in whens),
        bool(sure),
        max(when.attested for when in whens),
        any(when.verified for when in whens),
        joined(when.keys for when in whens),
    )


def joined(sets: Iterable[frozenset[T]]) -> frozenset[T]:
    """Return what is in any of several sets."""
    return frozenset(chain.from_iterable(sets))


@dataclass(frozen=True)
class _Dated:
    """One act with the bounds of its effect."""

    act: Act
    earliest: date
    latest: date
    certain: bool

    def attested(self, finest: "Sequence[_Dated]") -> date | None:
        """Return the latest day on which its source speaks of it; its own only where no finer one stands for it."""
        if not self.certain:
            return None
        verified_on = self.act.verified_on
        if not any(one is self for one in finest):
            return verified_on
        own = min([self.latest, *(other.latest for other in finest if other is not self and other.is_within(self))])
        return max(own, verified_on) if verified_on else own

    def is_within(self, other: "_Dated") -> bool:
        mine, theirs = (self.earliest, self.latest), (other.earliest, other.latest)
        return theirs[0] <= mine[0] and mine[1] <= theirs[1] and mine != theirs

    def is_finer_than(self, other: "_Dated") -> bool:
        # What may not have happened takes no other's place.
        return self.certain and self.is_within(other)


class Acts:
    """The acts of one agreement. `denied` are the keys of acts that a claim denies."""

    def __init__(self, acts: Sequence[Act], denied: frozenset[str]) -> None:
        self._acts = acts
        self._by: dict[str | None, list[Act]] = defaultdict(list)
        for act in sorted(acts, key=lambda act: (act.kind, act.spell, act.key)):
            self._by[act.by].append(act)
        self._kinds = {by: frozenset(act.kind for act in own) for by, own in self._by.items()}
        self._denied = denied
        # One question about one party asks for the same many times.
        self._when: dict[tuple[frozenset[ActKind], str | None, int | None], list[When]] = {}
        self._revocations: dict[str, list[Act]] = defaultdict(list)
        for act in acts:
            if act.revokes:
                self._revocations[act.revokes].append(act)

    def actors(self) -> set[str]:
        """Return everybody with an act between states; domestic steps do not count."""
        return {act.by for act in self._acts if act.by and act.kind not in DOMESTIC_STEPS}

    def spells(self, actor: str) -> list[int]:
        """Return the numbers of an actor's spells."""
        return sorted({act.spell for act in self._of(actor) if act.kind not in DOMESTIC_STEPS} | {1})

    def when(self, kinds: Iterable[ActKind], by: str | None, spell: int | None = None) -> list[When]:
        """Read when acts of these kinds took effect, by an actor or (None) for the whole agreement.

        Those of one kind and spell compete, and are read as one; those revoked in time are left out.
        """
        asked = frozenset(kinds), by, spell
        if (found := self._when.get(asked)) is None:
            rivals = self._rivals(*asked)
            dated = ([one for act in acts if (one := self._effect(act))] for acts in rivals)
            found = self._when[asked] = [when for some in dated if (when := _hull(some))]
        return [*found]

    def done(self, kinds: Iterable[ActKind], by: str | None, spell: int, *, even_revoked: bool = False) -> list[When]:
        """Read when acts of these kinds were performed, whenever they take effect; those of one kind compete."""
        rivals = ([self._performance(act, even_revoked) for act in acts] for acts in self._rivals(kinds, by, spell))
        return [when for dated in rivals if (when := _hull([one for one in dated if one]))]

    def _of(self, by: str | None) -> list[Act]:
        return self._by.get(by, [])

    def _rivals(self, kinds: Iterable[ActKind], by: str | None, spell: int | None) -> Iterator[list[Act]]:
        wanted = frozenset(kinds)
        if wanted.isdisjoint(self._kinds.get(by, ())):
            return iter(())
        chosen = [act for act in self._of(by) if act.kind in wanted and not act.not_yet and spell in (None, act.spell)]
        return (list(rivals) for _, rivals in groupby(chosen, key=lambda act: (act.kind, act.spell)))

    def binds_by_signature(self, actor: str, spell: int) -> bool:
        """Say whether a signature of the actor expresses consent to be bound by its own words."""
        return any(act.binds and act.spell == spell for act in self._of(actor))

    def not_in_force_on(self, actor: str | None, spell: int) -> date | None:
        """Return the latest day on which it was surely not in force yet, for the actor or (also None) at all."""
        own = [act for act in self._of(actor) if act.spell == spell]
        days = [act.day.earliest for act in [*self._of(None), *own] if act.not_yet and act.key not in self._denied]
        return max(days, default=None)

    def taken_back(self, kinds: Iterable[ActKind], actor: str, spell: int) -> When | None:
        """Return when an actor took back an act of these kinds, a signature for example."""
        wanted = frozenset(kinds)
        revoked = [
            revocation
            for act in self._of(actor)
            if act.spell == spell and act.kind in wanted
            for revocation in self._revocations.get(act.key, ())
        ]
        return _hull([one for act in revoked if (one := self._effect(act))])

    def _performance(self, act: Act, even_revoked: bool) -> "_Dated | None":
        done = _Dated(act, act.day.earliest, act.day.latest, act.key not in self._denied)
        effect = self._effect(act)
        if even_revoked:
            return done
        return replace(done, certain=effect.certain) if effect else None

    def _effect(self, act: Act) -> "_Dated | None":
        """Date an act by its effect; None when it was surely revoked before it took effect."""
        day = act.effect_day or act.day
        certain = act.key not in self._denied
        notice = act.kind in LEAVES  # a notice takes effect later; other acts are taken back whenever that is
        for revocation in self._revocations.get(act.key, ()):
            in_time = not notice or revocation.day.latest < day.earliest
            if in_time and revocation.key not in self._denied:
                return None
            certain = certain and notice and revocation.day.earliest >= day.latest
        return _Dated(act, day.earliest, day.latest, certain)


def _hull(rivals: Sequence["_Dated"]) -> When | None:
    """Read competing acts as one uncertain day; a coarser day that contains a finer one does not compete."""
    if not rivals:
        return None
    alone = len(rivals) == 1
    finest = rivals if alone else [one for one in rivals if not any(other.is_finer_than(one) for other in rivals)]
    return When(
        min(one.earliest for one in finest),
        max(one.latest for one in finest),
        any(one.certain for one in finest),
        max((day for one in rivals if (day := one.attested(finest))), default=FIRST),
        any(one.act.verified_on for one in rivals if one.certain),
        frozenset(one.act.key for one in rivals),
    )
