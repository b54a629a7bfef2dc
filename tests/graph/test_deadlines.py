"""Deadlines by terms and notices, beyond what the small world tells."""

from datetime import date
from typing import Any

import pytest

from graph.deadlines import TAKES, deadlines

ENTRY = {"general": True, "fact": "e", "earliest": "2000-01-01", "latest": "2000-01-01"}


def row(terms: dict[str, str], *entries: dict[str, Any], over: str = "9999-12-31", **fields: Any) -> list[Any]:
    """Return a row as the text gives it: an agreement with its terms, in force until `over`."""
    listed = [{"kind": kind, "value": value, "fact": kind} for kind, value in terms.items()]
    said = {"about": "a", "name": "A.", "whole": True, "commitments": [], "others": [], "reasons": [], "terms": listed}
    said |= {"entries": list(entries), "over": over, "evidence": [], "rests_on": []}
    return [(said | fields).get(name) for name in TAKES]


def asked(*rows: list[Any], on: str, within: int | None = None, only: list[str] | None = None) -> list[tuple[Any, ...]]:
    """Return day, latest day, deadline and turn of what is found."""
    values = {"on": date.fromisoformat(on), "within": within, "deadlines": only}
    return [(*found[:3], found[12]) for found in deadlines(rows, values)]


RENEWING = {"duration": "3 years", "renewal": "2 years unless denounced", "withdrawal": "6 months"}


@pytest.mark.parametrize(
    ("on", "days"),
    [
        ("2002-01-01", ["2002-06-30"]),  # the first term ends on New Year 2003
        ("2002-06-30", ["2002-06-30"]),
        ("2002-07-01", []),
        ("2004-01-01", ["2004-06-30"]),  # two years later the second does
        ("1999-01-01", []),
        ("2399-12-31", ["2400-06-30"]),
    ],
)
def test_notice_is_due_a_whole_time_before_the_running_term_ends(on: str, days: list[str]) -> None:
    found = asked(row(RENEWING, ENTRY), on=on)
    assert [day for day, *_ in found] == days


def test_an_uncertain_entry_gives_the_safe_day_and_the_last_that_it_may_be() -> None:
    some_day = ENTRY | {"latest": "2000-03-31"}
    assert asked(row(RENEWING, some_day), on="2002-01-01") == [
        ("2002-06-30", "2002-09-29", "last_day_of_notice", 1),
    ]


def test_the_entry_of_the_agreement_counts_before_those_of_its_parties() -> None:
    own = {"general": False, "fact": "o", "earliest": "2001-05-01", "latest": "2001-05-01"}
    assert asked(row(RENEWING, own, ENTRY), on="2002-01-01")[0][0] == "2002-06-30"
    later = own | {"earliest": "2001-09-01", "latest": "2001-09-01"}
    assert asked(row(RENEWING, later, own), on="2003-06-01")[0][0] == "2003-10-31"


@pytest.mark.parametrize(
    "terms",
    [
        RENEWING | {"duration": "indefinite"},
        RENEWING | {"renewal": "tacit"},
        RENEWING | {"renewal": "0 years"},
        RENEWING | {"duration": "as long as the other"},
    ],
)
def test_without_a_length_no_day_is_known(terms: dict[str, str]) -> None:
    assert asked(row(terms, ENTRY), on="2002-01-01", within=100_000) == []
    assert asked(row(RENEWING), on="2002-01-01", within=100_000) == []


def test_what_has_ended_by_then_does_not_renew_itself() -> None:
    assert asked(row(RENEWING, ENTRY, over="2003-01-01"), on="2002-01-01", within=1000) == []
    found = asked(row(RENEWING, ENTRY, over="2003-01-02"), on="2002-01-01", within=1000)
    assert [day for day, *_ in found] == ["2002-06-30"]


def test_a_term_that_does_not_renew_itself_may_be_left_with_its_notice() -> None:
    terms = {"duration": "20 years", "renewal": "none", "withdrawal": "3 months"}
    assert asked(row(terms, ENTRY), on="2002-11-30") == [("2003-02-28", None, "may_be_left", 1)]
    assert asked(row(terms, ENTRY, over="2003-02-28"), on="2002-11-30") == []
    assert asked(row({"withdrawal": "in good time"}, ENTRY), on="2002-11-30") == []


@pytest.mark.parametrize(
    ("within", "number"), [(36524, 50), (10**6, 100), (0, 0), (None, 1), (366 * 2, 1), (366 * 3, 2)]
)
def test_any_number_of_days_may_be_asked_about(within: int | None, number: int) -> None:
    """An agreement that renews itself is told for the next hundred terms at most."""
    found = asked(row(RENEWING, ENTRY), on="2002-01-01", within=within)
    assert [turn for *_, turn in found] == list(range(1, number + 1))


def test_deadlines_left_out_do_not_change_which_the_others_are() -> None:
    end = row({}, about="a", day="2002-03-01", deadline="ends", reasons=["term", "withdrawal"])
    assert asked(end, row(RENEWING, ENTRY), on="2002-01-01", only=["ends"]) == [("2002-03-01", None, "ends", 1)]


def test_a_term_cut_short_is_no_reason_and_none_is_said_where_none_is_known() -> None:
    values = {"on": date(2002, 1, 1), "within": None, "deadlines": None}
    ends = [row({}, day="2002-03-01", deadline="may_end", reasons=r) for r in (["term", "withdrawal"], ["term"], [])]
    reasons = [found[11] for found in deadlines(ends, values)]
    assert reasons == [["withdrawal"], ["term"], ["unknown_end"]]
