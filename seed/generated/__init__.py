"""A generated world: invented states with any number of agreements and commitments, the same for the same seed.

It has the shapes of the real one (docs/decisions/0013) and says nothing about it. It is for measuring and for trying
foedus at full size; `foedus generate` loads it into a graph of its own.
"""

from collections.abc import Iterator
from functools import partial

from graph.bulk.load import MakesParcel, Parcel
from seed.generated.agreements import agreement
from seed.generated.draft import party_numbers
from seed.generated.politics import politics
from seed.generated.size import Size
from seed.generated.stage import stage

POLITICAL_IN = 100
"""Of so many commitments one is a political promise, voiced at a meeting."""
MEETINGS_AT_ONCE = 20


def author_and_reason(size: Size) -> tuple[str, str]:
    """Return what the change set of a world says of itself."""
    numbers = f"{size.states} states, {size.agreements} agreements and {size.commitments} commitments"
    return "foedus generate", f"A generated world of {numbers} from the seed {size.seed}."


def parcels(size: Size) -> list[MakesParcel]:
    """Return what makes the world, parcel by parcel; each can be made in another process."""
    political = size.commitments // POLITICAL_IN
    under_agreements = _shared_out(size, size.commitments - political)
    return [
        partial(_stage, size),
        *(partial(agreement, size, number, count) for number, count in enumerate(under_agreements)),
        *(
            partial(politics, size, first, min(MEETINGS_AT_ONCE, political - first))
            for first in range(0, political, MEETINGS_AT_ONCE)
        ),
    ]


def _stage(size: Size) -> Parcel:
    return Parcel(stage(size).records())


def _shared_out(size: Size, commitments: int) -> Iterator[int]:
    """Yield how many commitments each agreement has: in proportion to its weight, and as many as there are in all."""
    weights = [party_numbers(size, number).weight for number in range(size.agreements)]
    whole, so_far, given = sum(weights), 0.0, 0
    for weight in weights:
        so_far += weight
        due = round(commitments * so_far / whole)
        yield due - given
        given = due
