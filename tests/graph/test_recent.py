"""What was made is kept within bounds, made once, and never in the way of who waits."""

import asyncio
from collections.abc import Callable

import pytest

from graph.errors import NotFoundError
from graph.recent import Recent


class Made:
    """Makes texts that count themselves."""

    def __init__(self, size: int = 10) -> None:
        self.count = 0
        self._size = size
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def __call__(self) -> str:
        self.count += 1
        number = self.count
        await self.go_on.wait()
        return str(number % 10) * self._size


def measured(most: int, largest: int | None = None) -> Recent[str, str]:
    size: Callable[[str], int] = len
    return Recent(most, size, largest)


async def test_it_is_made_once() -> None:
    recent, made = measured(100), Made()
    assert [await recent.made("a", made) for _ in range(3)] == ["1" * 10] * 3
    assert await recent.made("b", made) == "2" * 10


async def test_who_asks_meanwhile_waits_for_the_same() -> None:
    recent, made = measured(100), Made()
    made.go_on.clear()
    asking = [asyncio.create_task(recent.made("a", made)) for _ in range(5)]
    await asyncio.sleep(0)
    asking[0].cancel()
    await asyncio.sleep(0)
    made.go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await asking[0]
    assert {await one for one in asking[1:]} == {"1" * 10}
    assert made.count == 1


async def test_what_went_wrong_is_told_to_all_and_not_kept() -> None:
    recent, made = measured(100), Made()

    async def fail() -> str:
        await asyncio.sleep(0)
        raise NotFoundError("No.")

    told = await asyncio.gather(recent.made("a", fail), recent.made("a", fail), return_exceptions=True)
    assert [str(one) for one in told] == ["No.", "No."]
    assert await recent.made("a", made) == "1" * 10


async def test_its_size_is_bounded_and_what_was_not_used_for_longest_goes() -> None:
    recent, made = measured(200), Made()
    for number in range(100):
        await recent.made(str(number), made)
        await recent.made("0", made)
        assert recent.size <= 200
    assert len(recent) == 20
    assert made.count == 100, "what is always used is never made again"
    await recent.made("1", made)
    assert made.count == 101, "what was long not used is"


async def test_what_is_too_large_is_given_and_not_kept() -> None:
    recent, made = measured(100, largest=9), Made(size=10)
    await recent.made("a", made)
    await recent.made("a", made)
    assert (made.count, len(recent), recent.size) == (2, 0, 0)


async def test_one_of_no_size_keeps_nothing() -> None:
    recent, made = measured(0), Made()
    await asyncio.gather(recent.made("a", made), recent.made("a", made))
    assert (made.count, len(recent)) == (2, 0)


def test_each_counts_as_one_where_nothing_else_is_said() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert [recent.get(key) for key in "abc"] == [1, None, 3]


def test_what_is_put_again_counts_once() -> None:
    recent = measured(100)
    recent.put("a", "long" * 10)
    recent.put("a", "short")
    assert (recent.get("a"), recent.size, len(recent)) == ("short", 5, 1)


async def test_what_was_being_made_when_it_was_emptied_is_given_and_not_kept() -> None:
    recent, made = measured(100), Made()
    recent.put("b", "held")
    made.go_on.clear()
    before = asyncio.create_task(recent.made("a", made))
    await asyncio.sleep(0)
    recent.clear()
    assert (recent.get("b"), recent.size, len(recent)) == (None, 0, 0)
    after = asyncio.create_task(recent.made("a", made))
    await asyncio.sleep(0)
    made.go_on.set()
    assert (await before, await after) == ("1" * 10, "2" * 10), "who asks later waits for what is made later"
    assert (recent.get("a"), made.count, recent.size) == ("2" * 10, 2, 10)
