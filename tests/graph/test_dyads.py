"""Which years count for which obligation, against a reading day by day; and the numbers of states."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.days import InForce
from graph.dyads import OBLIGATIONS, SUREST_FIRST, Bound, DyadYear, Numbers, Wanted, dyad_years, years_of
from graph.model.vocabulary import Binding, CommitmentKind

KNOWN_AT = datetime(2024, 12, 4, tzinfo=UTC)
DAYS = st.dates(date(1999, 12, 1), date(2002, 2, 1))


def wanted(first: int = 1, last: int = 9999, *, political: bool = False, by_agreement: bool = False) -> Wanted:
    return Wanted(KNOWN_AT, first, last, political=political, by_agreement=by_agreement)


def bound(begins: date, ends: date, kind: str = "defence", in_force: str = "definite", **more: str) -> Bound:
    told = {"bearer": "A", "beneficiary": "B", "agreement": "T"} | more
    return Bound(**told, kind=CommitmentKind(kind), in_force=InForce(in_force), holds_from=begins, holds_until=ends)  # type: ignore[call-arg]


@st.composite
def pieces(draw: st.DrawFn) -> Bound:
    begins = draw(DAYS)
    return bound(
        begins,
        begins + timedelta(draw(st.integers(1, 500))),
        draw(st.sampled_from(list(OBLIGATIONS))),
        draw(st.sampled_from(SUREST_FIRST)),
        bearer=draw(st.sampled_from("AB")),
        beneficiary=draw(st.sampled_from("CD")),
        agreement=draw(st.sampled_from("TU")),
    )


def slowly(found: list[Bound], first: int, last: int, *, by_agreement: bool) -> dict[tuple[str, ...], dict[str, str]]:
    """Look at every single day: what was owed on it, and how sure that is."""
    sure: dict[tuple[str, ...], dict[str, str]] = {}
    day = date(1999, 1, 1)
    while day < date(2004, 1, 1):
        for piece in found if first <= day.year <= last else []:
            if piece.holds_from <= day < piece.holds_until:
                agreement = piece.agreement if by_agreement else ""
                row = sure.setdefault((piece.bearer, piece.beneficiary, agreement or "", str(day.year)), {})
                other = row.get(piece.kind, "possible")
                both = {str(piece.in_force), other}
                row[str(piece.kind)] = next(one for one in ("definite", "presumed", "possible") if one in both)
        day += timedelta(1)
    return sure


@given(st.lists(pieces(), max_size=6), st.integers(1999, 2001), st.integers(2000, 2003), st.booleans())
def test_a_year_counts_when_one_day_of_it_does(found: list[Bound], first: int, last: int, by_agreement: bool) -> None:
    rows = list(dyad_years(found, wanted(first, last, by_agreement=by_agreement)))
    got = {
        (row.bearer, row.beneficiary, row.agreement, str(row.year)): {str(k): str(v) for k, v in row.owed.items()}
        for row in rows
    }
    assert got == slowly(found, first, last, by_agreement=by_agreement)
    assert list(got) == sorted(got)
    assert len(rows) == len(got)


@pytest.mark.parametrize(
    ("begins", "ends", "years"),
    [
        (date(1950, 12, 31), date(1951, 1, 1), [1950]),
        (date(1950, 12, 31), date(1951, 1, 2), [1950, 1951]),
        (date(1951, 1, 1), date(1952, 1, 1), [1951]),
        (date(1, 1, 1), date(2, 1, 1), [1]),
    ],
)
def test_the_day_it_ends_is_no_day_of_it(begins: date, ends: date, years: list[int]) -> None:
    assert list(years_of(bound(begins, ends), wanted())) == years


def test_what_has_no_end_stops_with_the_last_year_and_what_has_no_begin_starts_with_the_first() -> None:
    assert list(years_of(bound(date.min, date(9999, 12, 31)), wanted(1990, 1992))) == [1990, 1991, 1992]


def test_a_row_is_as_sure_as_the_least_sure_of_its_obligations_where_each_is_surest() -> None:
    begins, ends = date(2000, 1, 1), date(2001, 1, 1)
    (row,) = dyad_years(
        [
            bound(begins, ends, "defence", "possible"),
            bound(begins, ends, "defence", "definite"),
            bound(begins, ends, "offence", "presumed"),
        ],
        wanted(),
    )
    assert row.certainty == "presumed"
    assert row.owed == {"defence": "definite", "offence": "presumed"}


def test_what_counts_is_what_was_asked_for() -> None:
    assert wanted().in_force == ("definite", "presumed")
    assert Wanted(KNOWN_AT, 1, 2, InForce.POSSIBLE).in_force == SUREST_FIRST
    assert wanted().binding == (Binding.LEGAL,)
    assert set(wanted(political=True).binding) == set(Binding)


def test_a_number_stands_for_a_state_on_the_days_it_is_recorded_for() -> None:
    numbers = Numbers(
        {
            "DEU": [(date(1816, 1, 1), date(1945, 5, 9), "255"), (date(1955, 5, 5), date(1990, 10, 3), "260")],
            "TWO": [(date(1900, 1, 1), date(2000, 1, 1), "1"), (date(1950, 1, 1), date(2000, 1, 1), "2")],
            "ODD": [(date(1900, 1, 1), date(2000, 1, 1), "x")],
        }
    )
    found = [numbers.on("DEU", date(year, 6, 1)) for year in (1815, 1900, 1950, 1960)]
    assert found == [None, 255, None, 260]
    assert [numbers.on("TWO", date(year, 1, 1)) for year in (1940, 1960)] == [1, None]
    assert numbers.on("ODD", date(1950, 1, 1)) is numbers.on("NONE", date(1950, 1, 1)) is None


def test_the_number_is_that_of_the_first_day_that_counts() -> None:
    row = DyadYear("A", "B", "", 1990)
    row.add(bound(date(1990, 10, 3), date(1991, 1, 1)))
    row.add(bound(date(1980, 1, 1), date(2000, 1, 1)))
    assert row.first_day == date(1990, 1, 1)
