"""The answers that this process has given, as bytes, so that the same question is asked once a state of knowledge.

Nothing in it can be stale: the key of an answer holds the state of knowledge and everything else that decides it, and
which state is the newest is not kept here. It is bounded by bytes; what was not used for longest goes first.
"""

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Generic, TypeVar

# A larger answer would push out many that are asked for more often.
LARGEST_SHARE = 8
SMALLEST_COMPRESSED = 1024
OVERHEAD = 500
"""What an entry takes beside its bytes, roughly: keys, headers, the entry itself."""
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


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


class Recent(Generic[K, V]):
    """A map of bounded length; what was not used for longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """Return what is held under a key, and count it as used."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def put(self, key: K, value: V) -> None:
        """Hold a value."""
        self._held[key] = value
        self._held.move_to_end(key)
        while len(self._held) > self._most:
            self._held.popitem(last=False)

    def __len__(self) -> int:
        return len(self._held)


class AnswerCache:
    """Answers by key, together at most so many bytes; 0 keeps none."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._held: OrderedDict[str, Kept] = OrderedDict()
        self._being_made: dict[str, asyncio.Task[Kept]] = {}
        self.bytes = 0

    async def get(self, key: str, make: Callable[[], Awaitable[Kept]]) -> Kept:
        """Return the answer with this key, made if it is not there; who asks meanwhile waits for the same one."""
        if not self._most:
            return await make()
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        task = self._being_made.get(key)
        if task is None:
            task = asyncio.ensure_future(self._made(key, make))
            self._being_made[key] = task
            task.add_done_callback(partial(self._no_longer_made, key))
        # One who goes away does not take the answer from those who wait for it too.
        return await asyncio.shield(task)

    def _no_longer_made(self, key: str, task: "asyncio.Task[Kept]") -> None:
        del self._being_made[key]
        # When all who waited have gone, nobody else looks at what went wrong.
        _ = task.cancelled() or task.exception()

    async def _made(self, key: str, make: Callable[[], Awaitable[Kept]]) -> Kept:
        kept = await make()
        self._hold(key, kept)
        return kept

    def _hold(self, key: str, kept: Kept) -> None:
        if kept.size * LARGEST_SHARE > self._most:
            return
        self._held[key] = kept
        self.bytes += kept.size
        while self.bytes > self._most:
            _, dropped = self._held.popitem(last=False)
            self.bytes -= dropped.size

    def __len__(self) -> int:
        return len(self._held)
