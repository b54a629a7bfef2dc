"""EDTF text to bounds, written spans to five days, and the overlap of spans."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.days import (
    ALWAYS,
    FIRST,
    NEVER,
    OPEN,
    UNKNOWN,
    UNLIMITED,
    EndConvention,
    InForce,
    Span,
    day_bounds,
    next_day,
    us_fiscal_year,
    written_span,
)

ORDER = [None, InForce.POSSIBLE, InForce.PRESUMED, InForce.DEFINITE]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024-06-19", date(2024, 6, 19), date(2024, 6, 19)),
        ("2024-10", date(2024, 10, 1), date(2024, 10, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("0000", FIRST, FIRST),
        ("2001-21", date(2001, 3, 1), date(2001, 5, 31)),
        ("1949", date(1949, 1, 1), date(1949, 12, 31)),
        ("198X", date(1980, 1, 1), date(1989, 12, 31)),
        ("1964-XX-16", date(1964, 1, 16), date(1964, 12, 16)),
        ("[2000-02-09..2024-12-03]", date(2000, 2, 9), date(2024, 12, 3)),
        ("[2000-10..2024-12-03]", date(2000, 10, 1), date(2024, 12, 3)),
        ("[1667,1760-12]", date(1667, 1, 1), date(1760, 12, 31)),
        ("[2024-11..]", date(2024, 11, 1), NEVER),
        ("[..2024-11]", FIRST, date(2024, 11, 30)),
        ("1961-01-26~", date(1961, 1, 25), date(1961, 1, 27)),
        ("2024?", date(2023, 1, 1), date(2025, 12, 31)),
        ("2024-02%", date(2024, 1, 1), date(2024, 3, 31)),
        ("-0752", FIRST, FIRST),
        ("Y-12000", FIRST, FIRST),
        ("Y12000", NEVER, NEVER),
    ],
)
def test_a_written_day_has_its_bounds(text: str, earliest: date, latest: date) -> None:
    assert day_bounds(text) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "1972-06-31",
        "2003-02-29",
        "2024-13",
        "2024-00",
        "2024-01-00",
        "2024-1-1",
        "",
        "..",
        "open",
        "[]",
        "[..]",
        "2024/2025",
        "{1667..1669}",
        "2024-01-01T10:00:00Z",
        "[[2000]]",
        "[2000..[2001]]",
        "[" * 98 + "2000" + "]" * 98,
        "Y17E9999999",
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence_that_quotes_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not (a day|one date|a set)") as caught:
        day_bounds(text)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize("text", ["[" * 2000, "[" * 2000 + "]" * 2000, "[" + "2000," * 40 + "2001]", "X" * 201])
def test_what_is_longer_than_any_day_is_refused_without_being_read(text: str) -> None:
    with pytest.raises(ValueError, match=f"of its {len(text)} characters 200 at most are read"):
        day_bounds(text)


@pytest.mark.parametrize(
    ("convention", "expected"),
    [
        (EndConvention.FIRST_DAY_WITHOUT, ["1990-08-01", "1990-08-01", "1990-08-31"]),
        (EndConvention.LAST_DAY_WITH, ["1990-08-02", "1990-08-02", "1990-09-01"]),
        (EndConvention.NOT_SAID, ["1990-08-01", "1990-08-01", "1990-09-01"]),
    ],
)
def test_an_end_means_what_the_source_means_by_it(convention: EndConvention, expected: list[str]) -> None:
    span = written_span("1955", "1990-08", convention)
    assert [str(day) for day in (span.ends_earliest, span.presumed_until, span.ends_latest)] == expected
    assert (span.begins_earliest, span.begins_latest) == (date(1955, 1, 1), date(1955, 12, 31))


def test_an_open_end_is_certain_until_it_was_last_verified_and_presumed_ever_after() -> None:
    span = written_span("2024-11-01", OPEN, verified_on=date(2024, 12, 5))
    assert (span.ends_earliest, span.presumed_until, span.ends_latest) == (date(2024, 12, 6), NEVER, NEVER)


def test_an_open_end_without_verification_is_certain_on_its_first_day() -> None:
    assert written_span("2024-11-01", OPEN).ends_earliest == date(2024, 11, 2)


def test_an_unknown_end_is_presumed_no_longer_than_it_is_certain() -> None:
    span = written_span("2024-11-01", UNKNOWN)
    assert (span.ends_earliest, span.presumed_until, span.ends_latest) == (date(2024, 11, 2), date(2024, 11, 2), NEVER)


def test_no_limit_of_its_own_is_always() -> None:
    assert written_span(UNLIMITED, UNLIMITED) == ALWAYS


def test_an_unknown_begin_reaches_to_the_first_attested_day() -> None:
    assert written_span(UNKNOWN, OPEN, verified_on=date(2016, 12, 31)).begins_latest == date(2016, 12, 31)
    assert written_span(UNKNOWN, "1990-06-05", EndConvention.FIRST_DAY_WITHOUT).begins_latest == date(1990, 6, 4)


@pytest.mark.parametrize(("begins", "ends"), [("1990", "1980"), ("1990-01-02", "1990-01-01")])
def test_a_span_that_ends_before_it_begins_is_refused(begins: str, ends: str) -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        written_span(begins, ends, EndConvention.LAST_DAY_WITH)


def test_the_day_after_the_last_is_the_last() -> None:
    assert next_day(NEVER) == NEVER


days = st.integers(0, 40).map(lambda n: date(2000, 1, 1) + timedelta(days=n))
spans = st.tuples(days, days, days, days, days).map(lambda d: Span(min(d[0], d[1]), max(d[0], d[1]), *sorted(d[2:])))


@given(spans, spans)
def test_overlap_is_the_weaker_answer_on_every_day(one: Span, other: Span) -> None:
    both = one.overlap(other)
    for n in range(-1, 43):
        day = date(2000, 1, 1) + timedelta(days=n)
        weaker = min(one.in_force(day), other.in_force(day), key=ORDER.index)
        assert both.in_force(day) == weaker


@pytest.mark.parametrize(
    ("label", "first", "after"),
    [
        ("1946", "1945-07-01", "1946-07-01"),
        ("1976", "1975-07-01", "1976-07-01"),
        ("1976tq", "1976-07-01", "1976-10-01"),
        ("1977", "1976-10-01", "1977-10-01"),
        ("2021", "2020-10-01", "2021-10-01"),
    ],
)
def test_fiscal_years_of_the_united_states_follow_each_other(label: str, first: str, after: str) -> None:
    assert us_fiscal_year(label) == (date.fromisoformat(first), date.fromisoformat(after))


@pytest.mark.parametrize("label", ["", "76", "1976TQ", "1977tq", "19760", "٢٠٢١"])
def test_what_is_no_fiscal_year_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="no fiscal year"):
        us_fiscal_year(label)
