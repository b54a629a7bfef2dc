"""The whole truth tables of what must hold together, of alternatives, and of what must not be so."""

from itertools import product

import pytest

from graph.kleene import either, swapped, together
from graph.model.vocabulary import Truth

MET, NOT, OPEN = Truth.MET, Truth.NOT_MET, Truth.CANNOT_TELL

TOGETHER = {
    (MET, MET): MET, (MET, OPEN): OPEN, (MET, NOT): NOT,
    (OPEN, MET): OPEN, (OPEN, OPEN): OPEN, (OPEN, NOT): NOT,
    (NOT, MET): NOT, (NOT, OPEN): NOT, (NOT, NOT): NOT,
}  # fmt: skip
EITHER = {
    (MET, MET): MET, (MET, OPEN): MET, (MET, NOT): MET,
    (OPEN, MET): MET, (OPEN, OPEN): OPEN, (OPEN, NOT): OPEN,
    (NOT, MET): MET, (NOT, OPEN): OPEN, (NOT, NOT): NOT,
}  # fmt: skip


@pytest.mark.parametrize("pair", list(TOGETHER))
def test_two_values_join_as_the_tables_say(pair: tuple[Truth, Truth]) -> None:
    assert together(pair) is TOGETHER[pair]
    assert either(pair) is EITHER[pair]


def test_nothing_asked_for_is_met_and_nothing_offered_is_not() -> None:
    assert together([]) is MET
    assert either([]) is NOT


def test_what_must_not_be_so_is_swapped_and_stays_open_when_open() -> None:
    assert {value: swapped(value) for value in Truth} == {MET: NOT, NOT: MET, OPEN: OPEN}


@pytest.mark.parametrize("values", list(product(Truth, repeat=3)))
def test_the_two_joins_mirror_each_other(values: tuple[Truth, ...]) -> None:
    """De Morgan's laws hold in three values as in two."""
    assert swapped(together(values)) is either(map(swapped, values))
    assert together(values) is together(sorted(values)) is together((together(values[:2]), values[2]))
