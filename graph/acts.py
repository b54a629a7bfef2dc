"""The days of acts on one agreement: competing, contested and revoked acts read into one uncertain day each.

Pure. `graph.parties` asks it what happened when; what is only claimed is left out before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from typing import TypeVar

from graph.days import NEVER
from graph.model.facts import Act
from graph.model.vocabulary import CONSENTS, ActKind

T = TypeVar("T")

LEAVES = frozenset({ActKind.WITHDRAWAL, ActKind.DENUNCIATION})
ENDS = frozenset({ActKind.TERMINATION, ActKind.EXPIRY})
_TAKES_PART = CONSENTS | {
    ActKind.SIGNATURE,
    ActKind.ENTRY_INTO_FORCE,
    ActKind.PROVISIONAL_APPLICATION,
}


@dataclass(frozen=True)
class When:
    """The day on which an act takes effect, as far as it is known, with the facts that say so."""

    earliest: date
    latest: date
    certain: bool  # False where it may not have happened: a claim denies it, or it may have been revoked in time
    verified_on: date | None
    keys: frozenset[str]

    def surely_by(self) -> date:
        """First day by which it has surely taken effect; never when it may not have happened."""
        return self.latest if self.certain else NEVER


def latest(whens: Sequence[When]) -> When:
    """Return the later of several days, number by number."""
    return When(
        max(when.earliest for when in whens),
        max(when.latest for when in whens),
        all(when.certain for when in whens),
        max((when.verified_on for when in whens if when.verified_on), default=None),
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

    def is_finer_than(self, other: "_Dated") -> bool:
        mine, theirs = (self.earliest, self.latest), (other.earliest, other.latest)
        return theirs[0] <= mine[0] and mine[1] <= theirs[1] and mine != theirs


class Acts:
    """The acts of one agreement. `denied` are the keys of acts that a claim denies."""

    def __init__(self, acts: Sequence[Act], denied: frozenset[str]) -> None:
        self._acts = acts
        self._denied = denied
        self._revocations = {act.revokes: act for act in acts if act.revokes}

    def actors(self) -> set[str]:
        """Return everybody who took a step between states towards being a party; domestic steps do not count."""
        return {act.by for act in self._acts if act.by and act.kind in _TAKES_PART}

    def spells(self, actor: str) -> list[int]:
        """Return the numbers of an actor's spells."""
        return sorted({act.spell for act in self._acts if act.by == actor and act.kind in _TAKES_PART} | {1})

    def when(
        self, kinds: Iterable[ActKind], by: str | None, spell: int | None = None, *, even_revoked: bool = False
    ) -> list[When]:
        """Read acts of these kinds by an actor, or of the whole agreement: those of one kind and spell compete."""
        wanted = frozenset(kinds)
        chosen = [act for act in self._acts if act.kind in wanted and act.by == by and not act.not_yet]
        chosen = [act for act in chosen if spell in (None, act.spell)]
        chosen.sort(key=lambda act: (act.kind, act.spell, act.key))
        groups = (list(rivals) for _, rivals in groupby(chosen, key=lambda act: (act.kind, act.spell)))
        return [when for rivals in groups if (when := self._hull(rivals, even_revoked))]

    def binding_signatures(self, actor: str, spell: int, all_bind: bool) -> list[When]:
        """Read signatures that express consent to be bound, by the act's own words or by the agreement's terms."""
        binds = all_bind or any(act.binds and act.by == actor and act.spell == spell for act in self._acts)
        return self.when([ActKind.SIGNATURE], actor, spell) if binds else []

    def not_in_force_on(self, actor: str, spell: int) -> date | None:
        """Return the latest day on which it was surely not in force yet, for the actor or at all."""
        days = [
            act.day.earliest
            for act in self._acts
            if act.not_yet and act.by in (None, actor) and act.spell == spell and act.key not in self._denied
        ]
        return max(days, default=None)

    def taken_back(self, kinds: Iterable[ActKind], actor: str, spell: int) -> When | None:
        """Return when an actor took back an act of these kinds, a signature for example."""
        wanted = frozenset(kinds)
        revoked = [
            self._revocations[act.key]
            for act in self._acts
            if act.by == actor and act.spell == spell and act.kind in wanted and act.key in self._revocations
        ]
        return self._hull(revoked)

    def _hull(self, rivals: Sequence[Act], even_revoked: bool = False) -> When | None:
        """Read competing acts as one uncertain day; a coarser day that contains a finer one does not compete."""
        dated = [one for act in rivals if (one := self._dated(act, even_revoked))]
        finest = [one for one in dated if not any(other.is_finer_than(one) for other in dated)]
        if not finest:
            return None
        return When(
            min(one.earliest for one in finest),
            max(one.latest for one in finest),
            any(one.certain for one in finest),
            max((act.verified_on for act in rivals if act.verified_on), default=None),
            frozenset(one.act.key for one in dated),
        )

    def _dated(self, act: Act, even_revoked: bool) -> _Dated | None:
        """Date an act by its effect; None when it was surely revoked before it took effect."""
        day = act.effect_day or act.day
        certain = act.key not in self._denied
        revocation = self._revocations.get(act.key)
        if revocation is None or even_revoked:
            return _Dated(act, day.earliest, day.latest, certain)
        back = revocation.effect_day or revocation.day
        notice = act.kind in LEAVES  # a notice takes effect later; other acts are taken back whenever that is
        in_time = not notice or back.latest <= day.earliest
        if in_time and revocation.key not in self._denied:
            return None
        may_be_in_time = not notice or back.earliest < day.latest
        return _Dated(act, day.earliest, day.latest, certain and not may_be_in_time)
