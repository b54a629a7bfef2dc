"""What reservations and objections do to commitments between two parties (VCLT 19 to 23). Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph.days import Span
from graph.model.facts import Commitment, Reservation
from graph.model.records import Fact, of_label
from graph.model.vocabulary import ReservationEffect, Standing
from graph.pieces import Holding

Side = tuple[str, int]
"""An actor and the number of its spell; a reservation belongs to one spell."""


class Reservations:
    """The reservations to one agreement and the objections to them."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        found = [one for one in of_label(facts, Reservation) if one.standing is Standing.ASSERTED]
        self._by_key = {reservation.key: reservation for reservation in found}
        self._by_side: dict[Side, list[Reservation]] = defaultdict(list)
        for reservation in found:
            self._by_side[reservation.by, reservation.spell].append(reservation)

    def applied(self, commitment: Commitment, sides: tuple[Side, Side], holding: Holding) -> list[Holding]:
        """Return what is left of a holding between two sides, marked where a reservation modifies it.

        What a reservation excludes is out both ways (21(1)), and a simple objection leaves it so (21(3)); an objection
        that precludes the treaty between two takes everything between them (20(4)(b)).
        """
        left = [holding]
        for exclusion in self.exclusions(commitment, sides):
            left = [rest for one in left for rest in one.without(exclusion)]
        for change in self._of(ReservationEffect.MODIFIES, commitment, sides):
            left = [marked for one in left for marked in _marked(one, change)]
        return left

    def exclusions(self, commitment: Commitment, sides: tuple[Side, Side]) -> list[Holding]:
        """Return the spans in which nothing is owed between the two under this commitment."""
        excluded = self._of(ReservationEffect.EXCLUDES, commitment, sides)
        return [*(_span(one) for one in excluded), *self._precluded(sides)]

    def _of(self, effect: ReservationEffect, commitment: Commitment, sides: tuple[Side, Side]) -> Iterator[Reservation]:
        for one in self._made_by(sides):
            if one.effect is effect and (commitment.under in one.to or commitment.arises_from in one.to):
                yield one

    def _made_by(self, sides: tuple[Side, Side]) -> Iterator[Reservation]:
        return (one for side in sides for one in self._by_side.get(side, ()))

    def _precluded(self, sides: tuple[Side, Side]) -> Iterator[Holding]:
        """Yield the days on which an objection stands and so does the reservation it is made to."""
        for objection in self._made_by(sides):
            if objection.effect is not ReservationEffect.OBJECTS_AND_PRECLUDES:
                continue
            objected = (one for key in objection.to if (one := self._by_key.get(key)))
            for reservation in objected:
                both = _span(objection).overlap(_span(reservation))
                if (reservation.by, reservation.spell) in sides and both:
                    yield both


def _span(reservation: Reservation) -> Holding:
    return Holding(reservation.span.bounds(), frozenset({reservation.key}))


def _marked(holding: Holding, change: Reservation) -> Iterator[Holding]:
    """Yield the holding cut where the reservation may stand, and marked there; a mark makes nothing less sure."""
    bounds = change.span.bounds()
    days = Span(bounds.begins_earliest, bounds.begins_earliest, *[bounds.ends_latest] * 3)
    mark = Holding(days, frozenset({change.key}), modified_by=frozenset({change.key}))
    inside = holding.overlap(mark)
    if inside is not None:
        yield inside
    yield from holding.without(mark)
