"""A party's spans before suspensions, and what the leaving of the others does to them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.acts import When
from graph.days import NEVER, Span
from graph.ends import End, last
from graph.pieces import Holding


@dataclass(frozen=True)
class Part:
    """One spell of one party before suspensions: its begin, its end, what both rest on, and provisional application."""

    actor: str
    spell: int
    begin: tuple[date, date] | None
    end: End
    keys: frozenset[str]
    provisional_from: When | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it surely was a party at some time."""
        return any(holding.span.begins_latest < holding.span.ends_earliest for holding in self.holdings())

    def with_the_others(self, others: End | None) -> "Part":
        """Return it ended with the last of the others, if it was there to be left."""
        begins = min(begin.earliest for begin in self.begins())
        if others is None or others.latest <= begins:
            return self
        return replace(self, end=self.end.sooner(others) if self.end.known else others)

    def begins(self) -> list[When]:
        """Return the days on which it begins to hold, definitively and provisionally, even if it ends before."""
        definitive = [When(*self.begin, True, None, self.keys)] if self.begin else []
        return definitive + ([self.provisional_from] if self.provisional_from else [])

    def end_of_provisional(self) -> End:
        """Return the end that its definitive begin makes of a provisional application before it."""
        begins, surely = self.begin or (NEVER, NEVER)
        return End(begins, begins, surely, self.keys)

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
            end = self.end_of_provisional().sooner(end)
        span = Span(since.earliest, since.surely_by(), end.earliest, end.presumed_until, end.latest)
        return Holding(span, since.keys | end.keys, provisional=True)


def ends_of_the_others(parts: Mapping[str, Sequence[Part]]) -> dict[str, End | None]:
    """Return for each actor when the last of the others has left; None while one of them has no known end.

    Those that may never have been parties keep it possible, and no more, that somebody is left.
    """
    real = [part for found in parts.values() for part in found if part.holdings()]
    sure = [part for part in real if part.is_sure]
    ends = {}
    for actor in parts:
        end = last([part.end for part in sure if part.actor != actor])
        latest_of_all = (part.end.latest for part in real if part.actor != actor)
        ends[actor] = replace(end, latest=max(end.latest, *latest_of_all)) if end else None
    return ends
