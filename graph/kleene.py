"""Three values and how they join (Kleene, 1938): what is met, what is not, and what cannot be told.

The obligation test is made of these alone, so that nothing unknown is ever taken for a yes or a no.
"""

from collections.abc import Iterable

from graph.model.vocabulary import Truth

_STRENGTH = {Truth.NOT_MET: 0, Truth.CANNOT_TELL: 1, Truth.MET: 2}
_SWAPPED = {Truth.MET: Truth.NOT_MET, Truth.NOT_MET: Truth.MET, Truth.CANNOT_TELL: Truth.CANNOT_TELL}


def together(values: Iterable[Truth]) -> Truth:
    """Return the weakest of values that must hold together; of none it is met, since nothing is asked for."""
    return min(values, key=_STRENGTH.__getitem__, default=Truth.MET)


def either(values: Iterable[Truth]) -> Truth:
    """Return the strongest of values that are alternatives; of none it is not met, since nothing is offered."""
    return max(values, key=_STRENGTH.__getitem__, default=Truth.NOT_MET)


def swapped(value: Truth) -> Truth:
    """Return the value of what must not be so."""
    return _SWAPPED[value]
