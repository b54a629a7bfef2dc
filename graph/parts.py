"""A party's spans before suspensions, and what the leaving of the others does to them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.days import NEVER, Span
from graph.ends import End, last
from graph.pieces import Holding


@dataclass(frozen=True)
class Part:
    """One span of one spell of one party, before suspensions; `surely` is the day by which it has surely begun."""

    actor: str
    spell: int
    begins: date
    surely: date
    end: End
    keys: frozenset[str]
    provisional: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it surely ends before it begins."""
        return self.begins >= self.end.latest

    @property
    def is_sure(self) -> bool:
        """Whether it surely was a party at some time."""
        return self.surely < self.end.earliest

    def with_the_others(self, others: End | None) -> "Part":
        """Return it ended with the last of the others, if it was there to be left."""
        if others is None or others.latest <= self.begins:
            return self
        return replace(self, end=self.end.sooner(others) if self.end.known else others)

    def takes_over(self) -> End:
        """Return the end that its begin makes of what was before it."""
        return End(self.begins, self.begins, self.surely, self.keys)

    def holding(self) -> Holding:
        """Return its span with the facts it rests on."""
        end = self.end
        span = Span(self.begins, self.surely, end.earliest, end.presumed_until, end.latest)
        return Holding(span, self.keys | end.keys, provisional=self.provisional)


@dataclass(frozen=True)
class _Leaving:
    """When an actor is a party no longer, and whether it surely was one."""

    actor: str
    end: End
    was_party: bool


def ends_of_the_others(parts: Mapping[str, Sequence[Part]]) -> dict[str, End | None]:
    """Return for each actor when the last of the others has left; None while one of them has no known end."""
    found = [leaving for actor, own in parts.items() if (leaving := _leaving(actor, own))]
    return {actor: _end_of_all([one for one in found if one.actor != actor]) for actor in parts}


def _leaving(actor: str, parts: Sequence[Part]) -> _Leaving | None:
    real = [part for part in parts if not part.is_empty]
    # What takes over from a provisional application says how it ends.
    decisive = [part for part in real if not part.provisional] or real
    was_party = any(part.is_sure for part in real)
    return _Leaving(actor, last([part.end for part in decisive]), was_party) if real else None


def _end_of_all(others: Sequence[_Leaving]) -> End | None:
    """Those that may never have been parties keep it possible, and no more, that somebody is left.

    Where there are no others, they keep it possible that there was nobody to leave.
    """
    sure = [one.end for one in others if one.was_party]
    if sure:
        end = last(sure)
        return replace(end, latest=max(one.end.latest for one in others)) if end.known else None
    doubtful = [one.end for one in others]
    if not doubtful or not all(end.known and end.latest != NEVER for end in doubtful):
        return None
    first = min(end.earliest for end in doubtful)
    return replace(last(doubtful), earliest=first, presumed_until=first, latest=NEVER)
