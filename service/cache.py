"""The answers that this process has given, as bytes, so that the same question is asked once a state of knowledge.

Nothing in it can be stale: the key of an answer holds the state of knowledge and everything else that decides it, and
which state is the newest is not kept here. It is bounded by bytes.
"""

import gzip
from dataclasses import dataclass
from functools import cached_property

from graph.recent import Recent

# A larger answer would push out many that are asked for more often.
LARGEST_SHARE = 8
SMALLEST_COMPRESSED = 1024
OVERHEAD = 500
"""What an entry takes beside its bytes, roughly: keys, headers, the entry itself."""


@dataclass(frozen=True)
class Kept:
    """The bytes of an answer, and what leads to the page after it."""

    body: bytes
    next: str | None = None

    @cached_property
    def compressed(self) -> bytes:
        """The bytes as gzip has them, made once; the same bytes each time."""
        return gzip.compress(self.body, compresslevel=5, mtime=0)

    @property
    def size(self) -> int:
        """What it takes in memory, about: the bytes, and what they may come to when they are compressed as well."""
        return OVERHEAD + len(self.body) + (len(self.body) // 3 if len(self.body) >= SMALLEST_COMPRESSED else 0)


def answer_cache(most_bytes: int) -> Recent[str, Kept]:
    """Return an empty cache of answers by key, together at most so many bytes; 0 keeps none."""
    return Recent(most_bytes, lambda kept: kept.size, most_bytes // LARGEST_SHARE)
