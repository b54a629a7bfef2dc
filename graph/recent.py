"""A bounded map of what was made and may be asked for again. What was not used for longest goes first."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def _one(_: Any) -> int:
    return 1


class Recent(Generic[K, V]):
    """Values by key, together of at most some size; 0 keeps none.

    `size` measures a value, where each does not just count as one; one that is larger than `largest` is not kept.
    `emptied` counts how often it was: what was read before must not be put after.
    """

    def __init__(self, most: int, size: Callable[[V], int] = _one, largest: int | None = None) -> None:
        self._most = most
        self._largest = most if largest is None else largest
        self._size = size
        self._held: OrderedDict[K, V] = OrderedDict()
        self._being_made: dict[K, asyncio.Task[V]] = {}
        self.emptied = 0
        self.size = 0

    def clear(self) -> None:
        """Hold nothing any more. What is being made now is given to those who wait for it already, and not held."""
        self._held.clear()
        self._being_made.clear()
        self.emptied += 1
        self.size = 0

    def get(self, key: K) -> V | None:
        """Return what is held under a key, and count it as used."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def put(self, key: K, value: V) -> None:
        """Hold a value, unless it is too large."""
        if self._size(value) > self._largest:
            return
        if key in self._held:
            self.size -= self._size(self._held.pop(key))
        self._held[key] = value
        self.size += self._size(value)
        while self.size > self._most:
            _, dropped = self._held.popitem(last=False)
            self.size -= self._size(dropped)

    async def made(self, key: K, make: Callable[[], Awaitable[V]]) -> V:
        """Return what is held under a key, made if it is not there; who asks meanwhile waits for the same one."""
        if not self._most:
            return await make()
        found = self.get(key)
        if found is not None:
            return found
        task = self._being_made.get(key)
        if task is None:
            task = asyncio.ensure_future(self._make(key, make, self.emptied))
            self._being_made[key] = task
            task.add_done_callback(partial(self._no_longer_made, key))
        # One who goes away does not take it from those who wait for it too.
        return await asyncio.shield(task)

    async def _make(self, key: K, make: Callable[[], Awaitable[V]], emptied: int) -> V:
        value = await make()
        if emptied == self.emptied:
            self.put(key, value)
        return value

    def _no_longer_made(self, key: K, task: "asyncio.Task[V]") -> None:
        if self._being_made.get(key) is task:
            del self._being_made[key]
        # When all who waited have gone, nobody else looks at what went wrong.
        _ = task.cancelled() or task.exception()

    def __len__(self) -> int:
        return len(self._held)
