"""The cache of answers: bounded, made once, and never in the way of who waits."""

import asyncio
import gzip
from typing import Any

import pytest

from graph.errors import NotFoundError
from graph.revision import NOTHING_YET
from service.answering import LONGEST_REMEMBERED, Answers, RequestKey
from service.cache import OVERHEAD, AnswerCache, Kept, Recent

LARGE = 100 * (OVERHEAD + 10)


class Made:
    """Makes answers and counts them."""

    def __init__(self, size: int = 10) -> None:
        self.count = 0
        self._size = size
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def __call__(self) -> Kept:
        self.count += 1
        number = self.count
        await self.go_on.wait()
        return Kept(str(number % 10).encode() * self._size)


async def test_an_answer_is_made_once() -> None:
    cache, made = AnswerCache(LARGE), Made()
    assert [(await cache.get("a", made)).body for _ in range(3)] == [b"1" * 10] * 3
    assert (await cache.get("b", made)).body == b"2" * 10


async def test_who_asks_meanwhile_waits_for_the_same_answer() -> None:
    cache, made = AnswerCache(LARGE), Made()
    made.go_on.clear()
    asking = [asyncio.create_task(cache.get("a", made)) for _ in range(5)]
    await asyncio.sleep(0)
    asking[0].cancel()
    await asyncio.sleep(0)
    made.go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await asking[0]
    assert {(await one).body for one in asking[1:]} == {b"1" * 10}
    assert made.count == 1


async def test_what_went_wrong_is_told_to_all_and_not_kept() -> None:
    cache, made = AnswerCache(LARGE), Made()

    async def fail() -> Kept:
        await asyncio.sleep(0)
        raise NotFoundError("No.")

    told = await asyncio.gather(cache.get("a", fail), cache.get("a", fail), return_exceptions=True)
    assert [str(one) for one in told] == ["No.", "No."]
    assert (await cache.get("a", made)).body == b"1" * 10


async def test_its_bytes_are_bounded_and_what_was_not_used_for_longest_goes() -> None:
    most = 20 * (OVERHEAD + 10)
    cache, made = AnswerCache(most), Made()
    for number in range(100):
        await cache.get(str(number), made)
        await cache.get("0", made)
        assert cache.bytes <= most
    assert len(cache) == 20
    assert made.count == 100, "what is always used is never made again"
    await cache.get("1", made)
    assert made.count == 101, "what was long not used is"


async def test_an_answer_too_large_for_its_share_is_given_and_not_kept() -> None:
    cache, made = AnswerCache(LARGE), Made(size=LARGE)
    await cache.get("a", made)
    await cache.get("a", made)
    assert (made.count, len(cache), cache.bytes) == (2, 0, 0)


async def test_a_cache_of_no_bytes_keeps_nothing() -> None:
    cache, made = AnswerCache(0), Made()
    await asyncio.gather(cache.get("a", made), cache.get("a", made))
    assert (made.count, len(cache)) == (2, 0)


def test_compressed_bytes_are_the_same_each_time() -> None:
    kept = Kept(b"one and the same " * 100)
    assert gzip.decompress(kept.compressed) == kept.body
    assert kept.compressed == Kept(kept.body).compressed


def test_recent_forgets_what_was_not_used_for_longest() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert [recent.get(key) for key in "abc"] == [1, None, 3]


def test_a_request_is_known_again_unless_it_is_long() -> None:
    answers = Answers(1000)
    wanted: Any = object()
    for query in (b"state=A", b"state=" + b"x" * LONGEST_REMEMBERED):
        answers.remember(RequestKey("/questions/a", query, None, None, NOTHING_YET, NOTHING_YET.date()), wanted)
    assert len(answers.wanted) == 1
