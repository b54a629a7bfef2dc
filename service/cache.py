"""The answers that this process has given, as bytes, so that the same question is asked once a state of knowledge.

Nothing in it can be stale: the key of an answer holds the state of knowledge and everything else that decides it, and
which state is the newest is not kept here. An erasure, which alone changes what was known, empties it. It is bounded by
bytes.
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from fastapi import Request, Response

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


def kept_response(request: Request, kept: Kept, headers: Mapping[str, str], media_type: str) -> Response:
    """Answer with what is kept, compressed for clients that take it."""
    # The middleware has read what the client takes, and left the word alone.
    if len(kept.body) < SMALLEST_COMPRESSED or "gzip" not in request.headers.get("Accept-Encoding", ""):
        return Response(kept.body, headers=dict(headers), media_type=media_type)
    vary = ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding")))
    compressed = {**headers, "Content-Encoding": "gzip", "Vary": vary}
    return Response(kept.compressed, headers=compressed, media_type=media_type)


def answer_cache(most_bytes: int) -> Recent[str, Kept]:
    """Return an empty cache of answers by key, together at most so many bytes; 0 keeps none."""
    return Recent(most_bytes, lambda kept: kept.size, most_bytes // LARGEST_SHARE)
