"""A party's spans before suspensions, and what the leaving of the others does to them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.days import NEVER, Span, next_day
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
    denied: bool = False  # an act of its own by which it began may not have happened

    @property
    def is_empty(self) -> bool:
        """Whether it surely ends before it begins."""
        return self.begins >= self.end.latest

    @property
    def is_sure(self) -> bool:
        """Whether it surely was a party at some time."""
        return self.surely < self.end.earliest

    def takes_over(self) -> End:
        """Return the end that its begin makes of what was before it."""
        return End(self.begins, self.begins, self.surely, self.keys)

    def holding(self) -> Holding:
        """Return its span with the facts it rests on."""
        end = self.end
        span = Span(self.begins, self.surely, end.earliest, end.presumed_until, end.latest)
        return Holding(span, self.keys | end.keys, provisional=self.provisional)


@dataclass(frozen=True)
class Leaving:
    """From when an actor may have been a party, when it is one no longer, and whether it surely was one."""

    actor: str
    begins: date
    end: End
    was_party: bool
    denied: bool

    @property
    def may_leave(self) -> date:
        """First day on which it may have been a party and be one no longer."""
        return max(self.end.earliest, next_day(self.begins))


def leavings(parts: Mapping[str, Sequence[Part]]) -> list[Leaving]:
    """Return one for each spell of each actor that may have been a party."""
    spells = [[part for part in own if part.spell == n] for own in parts.values() for n in {part.spell for part in own}]
    return [_leaving(real) for found in spells if (real := [part for part in found if not part.is_empty])]


def _leaving(parts: Sequence[Part]) -> Leaving:
    # What takes over from a provisional application says how it ends.
    decisive = [part for part in parts if not part.provisional] or parts
    begins = min(part.begins for part in parts)
    end = last([part.end for part in decisive])
    was_party = any(part.is_sure or (part.provisional and part.surely < end.earliest) for part in parts)
    denied = any(part.denied or part.surely != NEVER for part in decisive)
    return Leaving(parts[0].actor, begins, end, was_party, denied)


def ended_with(part: Part, others: Sequence[Leaving]) -> Part:
    """Return a part ended when the last of the others has left, for an agreement needs two.

    One of which no end is known stays. Those that may never have been parties keep it possible, and no more, that
    somebody is left; where there are no others, they keep it possible that there was nobody to leave. Nobody is left
    by those who had gone before.
    """
    sure = [one.end for one in others if one.was_party]
    if sure:
        if not all(end.known for end in sure):
            return part
        end = last(sure)
        perhaps = max(one.end.latest for one in others)
        if perhaps <= part.begins:
            return part
        return _left(part, end) if perhaps == end.latest else _left_by_some(part, replace(end, latest=perhaps))
    doubtful = [one for one in others if one.end.latest > part.begins]
    # Where no entry into force is known, either all of them were parties or none; an act of one is denied by itself.
    alone = [one.may_leave for one in doubtful if one.denied and one.end.known]
    together = [one for one in doubtful if not one.denied]
    if together and all(one.end.known for one in together):
        alone.append(max(one.may_leave for one in together))
    return _perhaps_left(part, min(alone)) if alone else part


def _left(part: Part, end: End) -> Part:
    """That all have left shows how long it lasted, where its own end does not."""
    if part.end.known or not _was_there(part, end):
        return _left_by_some(part, end)
    return replace(part, end=end)


def _left_by_some(part: Part, end: End) -> Part:
    if _was_there(part, end):
        return replace(part, end=part.end.sooner(end))
    return _perhaps_left(part, end.earliest)


def _was_there(part: Part, end: End) -> bool:
    return part.surely < end.earliest or part.surely == NEVER


def _perhaps_left(part: Part, since: date) -> Part:
    until = max(since, next_day(part.begins))
    end = part.end
    return replace(
        part, end=replace(end, earliest=min(end.earliest, until), presumed_until=min(end.presumed_until, until))
    )


def over_since(others: Sequence[Leaving]) -> date:
    """Return the first day on which everybody else may have left; never while one has no known end."""
    if not others or not all(one.end.known for one in others):
        return NEVER
    return max(one.may_leave for one in others)
