"""The two formulas on spans by themselves: overlap, and one span without another, day by day.

A span is five days. A *settled* span has one begin and one end; a span stands for all settled ones that its days
allow, so what the formulas say can be counted out.
"""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.days import NEVER, InForce, Span

EVE = date(2000, 2, 24)
DAYS = [EVE + timedelta(days=number) for number in range(12)]
WEAKEST_FIRST = (None, InForce.POSSIBLE, InForce.PRESUMED, InForce.DEFINITE)

try_spans = settings(
    max_examples=int(os.environ.get("FOEDUS_WORLDS", "200")),
    derandomize=not os.environ.get("FOEDUS_NEW"),
    deadline=None,
    database=None,
)


def spans(*, presumed: bool = True) -> st.SearchStrategy[Span]:
    """Return a strategy for spans that are not empty: begins in order, ends in order, some of them open."""

    def build(begins: list[date], ends: list[date], shape: int) -> Span:
        first, last = sorted(ends)
        middle = first
        if presumed and shape == 1:
            middle, last = NEVER, NEVER
        elif shape == 2:
            last = NEVER
        return Span(min(begins), max(begins), first, middle, last)

    pair = st.lists(st.sampled_from(DAYS), min_size=2, max_size=2)
    return st.builds(build, pair, pair, st.integers(0, 3)).filter(lambda span: not span.is_empty)


def strength(answer: InForce | None) -> int:
    return WEAKEST_FIRST.index(answer)


@try_spans
@given(spans(), spans())
def test_the_overlap_is_on_every_day_the_weakest_of_its_parts(one: Span, other: Span) -> None:
    both = one.overlap(other)
    for day in (*DAYS, NEVER - timedelta(days=1)):
        weakest = min(one.in_force(day), other.in_force(day), key=strength)
        assert both.in_force(day) == weakest, (day, one, other)


@try_spans
@given(spans(), spans(), spans())
def test_the_order_of_overlaps_does_not_matter(one: Span, other: Span, third: Span) -> None:
    assert one.overlap(other).overlap(third) == third.overlap(other.overlap(one))


@try_spans
@given(spans())
def test_a_span_is_surest_in_its_middle(span: Span) -> None:
    answers = [strength(span.in_force(day)) for day in DAYS]
    rises = [b > a for a, b in pairwise(answers) if a != b]
    assert rises == sorted(rises, reverse=True), "once it falls it does not rise again"


@try_spans
@given(spans(presumed=False), spans(presumed=False))
def test_one_span_without_another_is_what_all_settled_ones_say(one: Span, out: Span) -> None:
    left = one.without(out)
    for day in (*DAYS, NEVER - timedelta(days=1)):
        holds = {a <= day < b and not c <= day < d for a, b in settled(one) for c, d in settled(out)}
        expected = InForce.DEFINITE if holds == {True} else InForce.POSSIBLE if True in holds else None
        derived = max((span.in_force(day) for span in left), key=strength, default=None)
        assert derived == expected, (day, one, out)


@try_spans
@given(spans(), spans())
def test_one_span_without_another_is_never_surer_than_the_span(one: Span, out: Span) -> None:
    left = one.without(out)
    for day in DAYS:
        best = max((span.in_force(day) for span in left), key=strength, default=None)
        assert strength(best) <= strength(one.in_force(day))
        if out.in_force(day) is InForce.DEFINITE:
            assert best is None


@try_spans
@given(spans(), spans(presumed=False))
def test_what_an_open_end_presumes_is_gone_once_presumption_is(one: Span, out: Span) -> None:
    open_out = Span(out.begins_earliest, out.begins_latest, out.ends_earliest, NEVER, NEVER)
    assert all(span.ends_latest <= open_out.begins_latest for span in one.without(open_out))


def settled(span: Span) -> Iterator[tuple[date, date]]:
    """Yield each begin with each end that a span's days allow; an end that never comes is one of them."""
    ends = {span.ends_earliest, span.ends_latest, *(d for d in DAYS if span.ends_earliest <= d <= span.ends_latest)}
    begins = [day for day in DAYS if span.begins_earliest <= day <= span.begins_latest]
    for begin in begins:
        for end in ends:
            yield begin, end
