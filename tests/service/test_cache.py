"""What is kept of answers and requests, and what is not."""

import gzip
from typing import Any

from graph.revision import NOTHING_YET
from service.answering import LONGEST_REMEMBERED, Answers, RequestKey
from service.cache import LARGEST_SHARE, OVERHEAD, Kept, answer_cache


def test_the_bytes_of_answers_are_bounded_with_what_an_entry_takes_beside_them() -> None:
    most = 20 * (OVERHEAD + 10)
    cache = answer_cache(most)
    for number in range(100):
        cache.put(str(number), Kept(b"1" * 10))
    assert (len(cache), cache.size) == (20, most)


def test_an_answer_larger_than_its_share_is_not_kept() -> None:
    cache = answer_cache(LARGEST_SHARE * (OVERHEAD + 10))
    cache.put("larger", Kept(b"1" * 11))
    cache.put("just", Kept(b"1" * 10))
    assert [cache.get(key) is None for key in ("larger", "just")] == [True, False]


def test_compressed_bytes_are_the_same_each_time() -> None:
    kept = Kept(b"one and the same " * 100)
    assert gzip.decompress(kept.compressed) == kept.body
    assert kept.compressed == Kept(kept.body).compressed


def test_a_request_is_known_again_unless_it_is_long() -> None:
    answers = Answers(1000)
    wanted: Any = object()
    for query in (b"state=A", b"state=" + b"x" * LONGEST_REMEMBERED):
        answers.remember(
            RequestKey("/questions/a", query, None, None, NOTHING_YET, NOTHING_YET.date(), "digest"), wanted
        )
    assert len(answers.wanted) == 1
