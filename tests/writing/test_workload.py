"""What readers check: that half a change set, a row too few and a day of another token are found."""

import pytest

from tests.writing.workload import Read, Row, day, in_force, since, tokens_of


def _row(group: int, token: int, **more: str) -> dict[str, str]:
    return {"day": day(token), "text": f"group {group} has token {token}", **more}


def _tokens(*rows: Row) -> dict[int, int]:
    def agrees(row: Row, tokens: dict[int, int]) -> bool:
        return row["day"] in map(day, tokens.values())

    return tokens_of(Read("a question", {}, {1: 2, 2: 1}, agrees), rows)


def test_a_whole_answer_has_one_token_a_group() -> None:
    assert _tokens(_row(1, 7), _row(1, 7), _row(2, 3), {"day": day(3)}) == {1: 7, 2: 3}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([_row(1, 7), _row(1, 8), _row(2, 3)], "half a change set"),
        ([_row(1, 7), _row(1, 7, quote="group 1 has token 6"), _row(2, 3)], "half a change set"),
        ([_row(1, 7), _row(2, 3)], "has rows of"),
        ([_row(1, 7), _row(1, 7), _row(2, 3), _row(3, 1)], "has rows of"),
        ([_row(1, 7), _row(1, 7) | {"day": day(9)}, _row(2, 3)], "disagrees"),
    ],
)
def test_what_is_torn_is_found(rows: list[Row], said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        _tokens(*rows)


def test_each_token_has_a_day_of_its_own_and_what_follows_from_it() -> None:
    assert len({day(token) for token in range(10_000)}) == 10_000
    assert (day(1), since(1), in_force(1)) == ("2050-01-01", "2050-01-02", "pending")
    assert (day(2), since(2), in_force(2)) == ("2000-01-03", "2000-01-04", "presumed")
