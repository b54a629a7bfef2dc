"""What may be added to what, and what is missing from one stage to the next."""

from typing import Any

import pytest

from graph.contributions import BY_GIVER_AND_YEAR, LEDGER, MOST_LISTED, by_giver_and_year, ledger
from graph.quantities import UNKNOWN, Range, hull, total


def test_the_hull_of_estimates_is_open_where_one_of_them_is() -> None:
    assert hull([Range(3, 5), Range(4, 9)]) == Range(3, 9)
    assert hull([Range(3, 5), Range(1, None)]) == Range(1, None)
    assert hull([Range(None, 5), Range(1, 2)]) == Range(None, 5)
    assert hull([]) == UNKNOWN


def test_sums_and_differences_are_ranges() -> None:
    assert total([Range(3, 5), Range(1, 2)]) == Range(4, 7)
    assert total([Range(3, 5), Range(1, None)]) == Range(4, None)
    assert total([]) == UNKNOWN
    assert Range(10, 12) - Range(3, 5) == Range(5, 9)
    assert Range(10, 12) - Range(3, None) == Range(None, 9)
    assert Range(-20, -20) - Range(5, 5) == Range(-25, -25)


DEFAULTS: dict[str, Any] = {
    "what": "Contribution", "kind": "money", "text": "Money.", "stage": "delivered", "stage_as_written": None,
    "measure": "sent", "giver": ["ALD"], "giver_name": ["Alderland"], "receiver": ["BRE"], "receiver_name": ["Brevia"],
    "own_unit": None, "quantity": None, "part_of": None, "whole_is_its_parts": False, "follows": [],
    "standing": "asserted", "contested": False, "evidence": [{"source": "annals", "locator": None, "quote": None}],
}  # fmt: skip


def given(fact: str, begins: str, last: str, *numbers: tuple[Any, ...], **values: Any) -> dict[str, Any]:
    """A contribution with its window, of which `last` is the last day, and (low, high[, unit]) of each estimate."""
    estimates = [
        {"key": f"{fact}.{place}", "low": low, "high": high, "unit": unit[0] if unit else "crowns"}
        for place, (low, high, *unit) in enumerate(numbers)
    ]
    over = f"{last}~"  # sorts after that day and before the next
    days = {"earliest": begins, "begins": begins, "over": over, "last": last, "ends": last}
    return DEFAULTS | {"fact": fact, "numbers": estimates} | days | values


def sums(*contributions: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return years, low, high, the contributions and the reason of each row."""
    rows = by_giver_and_year([[one[name] for name in BY_GIVER_AND_YEAR] for one in contributions], {})
    return [(row[4], row[9], row[10], row[13], row[14]) for row in rows]


def test_what_came_on_different_days_of_a_year_is_added() -> None:
    one = given("one", "2003-01-01", "2003-03-31", (10, 12))
    two = given("two", "2003-04-01", "2003-06-30", (3, 3))
    assert sums(two, one) == [("2003", 13, 15, ["one", "two"], None)]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"last": "2003-04-01", "over": "2003-04-02"}, "Its days may overlap those of two."),
        ({"part_of": "whole"}, "It is a part of whole."),
        ({"standing": "only_claimed"}, "It is only claimed."),
        ({"numbers": [], "own_unit": "crowns"}, "No number is known for it."),
    ],
)
def test_what_must_not_be_added_stands_alone_with_its_reason(values: dict[str, Any], why: str) -> None:
    one = given("one", "2003-01-01", "2003-03-31", (10, 12)) | values
    two = given("two", "2003-04-01", "2003-06-30", (3, 3))
    reasons = {tuple(keys): reason for _, _, _, keys, reason in sums(one, two)}
    assert reasons["one",] == why
    assert [keys for keys in reasons if len(keys) > 1] == []


def test_of_many_that_overlap_each_names_some() -> None:
    many = [given(f"c{number:02}", "2003-01-01", "2003-12-31", (1, 1)) for number in range(MOST_LISTED + 3)]
    listed = ", ".join(f"c{number:02}" for number in range(1, MOST_LISTED + 1))
    assert sums(*many)[0][4] == f"Its days may overlap those of {listed} and 2 more."


def test_those_present_at_one_time_are_not_added_to_those_at_another() -> None:
    one = given("one", "2003-01-01", "2003-03-31", (10, 10), measure="present")
    two = given("two", "2003-04-01", "2003-06-30", (10, 10), measure="present")
    assert [row[4] for row in sums(one, two)] == ["It counts those present at one time."] * 2
    assert [row[4] for row in sums(one)] == [None]


@pytest.mark.parametrize(
    "values",
    [{"giver": ["CAS"]}, {"receiver": ["BRE", "DOR"]}, {"kind": "arms"}, {"stage": "pledged"}, {"measure": None}],
)
def test_only_what_is_alike_is_added(values: dict[str, Any]) -> None:
    one = given("one", "2003-01-01", "2003-03-31", (10, 12))
    other = given("other", "2003-04-01", "2003-06-30", (3, 3)) | values
    assert len(sums(one, other)) == 2


def test_estimates_of_different_things_make_no_number() -> None:
    one = given("one", "2003-01-01", "2003-03-31", (10, 12), (2, 2, "officers"))
    assert sums(one) == [("2003", None, None, ["one"], "Its numbers count different things.")]


@pytest.mark.parametrize(
    ("begins", "last", "years"),
    [
        ("2003-01-01", "2003-12-31", "2003"),
        ("2002-07-01", "2003-06-30", "2002/2003"),
        ("2002-07-01", "9999-12-30", "2002/.."),
        ("0001-01-01", "2003-06-30", "../2003"),
        ("0001-01-01", "9999-12-30", "../.."),
        ("0987-01-01", "0988-06-30", "0987/0988"),
    ],
)
def test_a_window_that_crosses_years_is_never_split(begins: str, last: str, years: str) -> None:
    assert [row[0] for row in sums(given("one", begins, last, (1, 1)))] == [years]


def test_parts_that_share_none_stand_for_a_whole_without_a_number() -> None:
    parts = [
        given(key, "2003-01-01", "2003-12-31", (5, 5), part_of="whole", whole_is_its_parts=True) for key in ("n", "s")
    ]
    another = given("other", "2003-06-01", "2003-06-30", (1, 1))
    assert sums(*parts) == [("2003", 10, 10, ["n", "s"], None)]
    assert [row[3] for row in sums(*parts, another)] == [["n"], ["s"], ["other"]]


def steps(*contributions: dict[str, Any]) -> dict[tuple[str, int], tuple[Any, ...]]:
    """Return what follows, the sum of it, the gap and what is left out, by contribution and step."""
    rows = ledger([[one[name] for name in LEDGER] for one in contributions], {})
    return {(row[-1], row[19]): (row[21], tuple(row[22:24]), tuple(row[24:26]), row[26]) for row in rows}


PLEDGE = given("pledge", "2003-01-01", "2003-01-01", (80, 100), stage="pledged", measure=None)


def test_the_gap_is_what_did_not_come() -> None:
    one = given("one", "2003-01-01", "2003-06-30", (30, 30), follows=["pledge"])
    two = given("two", "2003-07-01", "2003-12-31", (20, 25), follows=["pledge"])
    back = given("back", "2004-01-01", "2004-12-31", (5, 5), follows=["one"], stage="withdrawn")
    found = steps(PLEDGE, one, two, back)
    assert found["pledge", 5] == (["one", "two"], (50, 55), (25, 50), [])
    assert found["one", 6] == (["back"], (5, 5), (25, 25), [])
    assert found["two", 0] == ([], (None, None), (None, None), [])


@pytest.mark.parametrize(
    ("values", "left_out"),
    [
        ({"last": "2003-07-01", "over": "2003-07-02"}, ["one", "two"]),
        ({"numbers": []}, ["one"]),
        ({"measure": "present"}, ["one", "two"]),
    ],
)
def test_there_is_no_gap_where_what_came_is_no_sum(values: dict[str, Any], left_out: list[str]) -> None:
    one = given("one", "2003-01-01", "2003-06-30", (30, 30), follows=["pledge"]) | values
    two = given("two", "2003-07-01", "2003-12-31", (20, 25), follows=["pledge"])
    assert steps(PLEDGE, one, two)["pledge", 5] == (["one", "two"], (None, None), (None, None), left_out)


def test_there_is_no_gap_between_different_things_nor_from_what_is_only_claimed() -> None:
    ships = given("ships", "2003-01-01", "2003-06-30", (3, 3, "ships"), follows=["pledge"])
    assert steps(PLEDGE, ships)["pledge", 5][1:3] == ((None, None), (None, None))
    crowns = given("crowns", "2003-01-01", "2003-06-30", (30, 30), follows=["pledge"])
    claimed = PLEDGE | {"standing": "only_claimed"}
    assert steps(claimed, crowns)["pledge", 5][2] == (None, None)


def test_a_part_and_what_is_only_claimed_leave_a_sum_whole() -> None:
    whole = given("whole", "2003-01-01", "2003-06-30", (30, 30), follows=["pledge"])
    part = given("part", "2003-01-01", "2003-01-31", (10, 10), follows=["pledge"], part_of="whole")
    rumour = given("rumour", "2003-03-01", "2003-03-31", (500, 500), follows=["pledge"], standing="only_claimed")
    followers, came, gap, left_out = steps(PLEDGE, whole, part, rumour)["pledge", 5]
    assert (followers, came, gap) == (["part", "whole", "rumour"], (30, 30), (50, 70))
    assert left_out == ["part", "rumour"]
