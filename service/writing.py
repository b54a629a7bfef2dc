"""What all routes that write share: one change set at a time in a process, and problems that point into the request."""

import json
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field

from graph.errors import (
    ConflictError,
    FoedusError,
    InputError,
    NotFoundError,
    ReplayedKeyError,
    StaleVersionError,
)
from graph.model.changes import Outcome
from graph.settings import Settings
from graph.writer import Wish
from service.bodies import JSON_TYPES, json_of
from service.dependencies import graph_of
from service.errors import (
    OF_A_BODY,
    OF_THE_DATABASE,
    ForbiddenError,
    PreconditionError,
    UnauthenticatedError,
)
from service.limits import Places
from service.negotiation import query_pairs
from service.receipts import previewed, written

PROBLEMS: tuple[type[FoedusError], ...] = (
    UnauthenticatedError,
    ForbiddenError,
    *OF_A_BODY,
    InputError,
    ReplayedKeyError,
    ConflictError,
    *OF_THE_DATABASE,
)
"""What every route that writes can answer."""
CHANGING = (NotFoundError, StaleVersionError, PreconditionError)
"""What those that change one record can answer besides."""
BODIES_AT_ONCE = 4
NO_REASON = "No reason given."


class Tried(BaseModel):
    """What the query of a write may say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dry_run: bool = Field(
        False, description="Do everything, say what would be written and what would follow, and take it back."
    )


class Explained(Tried):
    """The same, where the reason does not stand in the body."""

    reason: str = Field(NO_REASON, min_length=1, max_length=2000, description="Why; it is kept with the change set.")


@dataclass(frozen=True)
class Turns:
    """Whose turn it is to write; the rest wait here, where they hold no connection to the database.

    So many bodies are read at once, and no more are in memory before they are understood.
    """

    places: Places
    bodies: Places
    most_bytes: int

    @classmethod
    def of(cls, settings: Settings) -> "Turns":
        """Return the turns of a process."""
        writes = Places(1, settings.write_wait_seconds, "change sets")
        return cls(writes, Places(BODIES_AT_ONCE, settings.write_wait_seconds, "bodies"), settings.change_bytes)

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Wait for one's turn, and keep it for a block. Raises DatabaseBusyError."""
        async with self.places.taken():
            yield

    async def body(self, request: Request, types: Collection[str] = JSON_TYPES) -> Any:
        """Read the body of a request as JSON. Raises the errors of a body, or DatabaseBusyError."""
        async with self.bodies.taken():
            return await json_of(request, self.most_bytes, types)

    async def carried_out(
        self, request: Request, wish: Wish, *, dry_run: bool, answer: Callable[[Outcome], Response] = written
    ) -> Response:
        """Write a change set, or try it, and answer."""
        writer = graph_of(request).writer
        async with self.taken():
            if dry_run:
                return previewed(await writer.preview(wish.build))
            return answer(await writer.write(wish))


def digest_of(request: Request, *parts: Any) -> str:
    """Return the hash of what a request asks for, to tell a replay from another use of its idempotency key."""
    query = [pair for pair in query_pairs(request.scope["query_string"]) if pair[0] != "dry_run"]
    asked = [request.method, request.scope["path"], sorted(query), *parts]
    # Numbers of a body may be larger than 64 bits.
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


IN_BODY = {"": "/body", "/header": "/header"}
"""Where problems with a body stand in the request, for `pointing`."""


@contextmanager
def pointing(places: Mapping[str, str]) -> Iterator[None]:
    """Make problems inside a block point into the request: what begins with one pointer begins with another instead.

    A place that ends in `!` stands for all that is below it.
    """
    try:
        yield
    except (InputError, StaleVersionError) as error:
        raise type(error)([replace(one, pointer=_moved(one.pointer, places)) for one in error.problems]) from None


def _moved(pointer: str, places: Mapping[str, str]) -> str:
    begins = max((one for one in places if pointer.startswith(one)), key=len, default=None)
    if begins is None:
        return pointer
    return places[begins][:-1] if places[begins].endswith("!") else places[begins] + pointer[len(begins) :]
