"""What routes take from a request beside its parameters, named once.

Plain functions where an answer's time counts: to be resolved by the framework costs as much as writing the answer.
"""

from datetime import datetime
from typing import cast
from urllib.parse import quote

from fastapi import Request, Response
from pydantic import TypeAdapter, ValidationError

from graph.errors import InputError, Problem, pointer
from graph.graph import Graph
from graph.types import Instant
from service.negotiation import query_pairs

KNOWN_AT_HEADER = "Foedus-Known-At"
BOOKMARK_HEADER = "Foedus-Bookmark"
MERGED = "It was merged into another, which is at `Location`."
CHANGED_HEADER = "Foedus-Changed"
_INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant)


def graph_of(request: Request) -> Graph:
    """Return the open graph of this process."""
    return cast(Graph, request.app.state.graph)


def at_least_of(request: Request) -> datetime | None:
    """Return the state of knowledge that the client has seen already, if it says so. Raises InputError."""
    hint = f"Send back {KNOWN_AT_HEADER} of an earlier answer as it was."
    return instant_in_header(request, KNOWN_AT_HEADER, "no instant", hint)


def instant_in_header(request: Request, name: str, fault: str, hint: str) -> datetime | None:
    """Return the instant in a header, if it is there. Raises InputError that says what it is instead, and a way out."""
    given = request.headers.get(name)
    try:
        return None if given is None else _INSTANT.validate_python(given)
    except ValidationError:
        raise InputError([Problem(pointer("header", name), f"{given!r} is {fault}.", hint)]) from None


def see_that_known(known_at: datetime, at_least: datetime | None) -> None:
    """Refuse to answer from a state of knowledge earlier than the client has seen. Raises InputError."""
    if at_least is not None and known_at < at_least:
        message = f"Nothing as late as {at_least.isoformat()} is recorded here; the last is {known_at}."
        raise InputError(
            [Problem(pointer("header", KNOWN_AT_HEADER), message, "Ask the database that gave this instant.")]
        )


def moved(request: Request, key: str) -> Response:
    """Lead to where a thing is now that was merged into another: the same path and query, with the other's key."""
    _, collection, _, *rest = request.scope["path"].split("/")
    query = request.scope["query_string"].decode("latin-1")
    path = "/".join(["", collection, quote(key), *rest])
    return Response(
        status_code=308, headers={"Location": f"{path}?{query}" if query else path, "Cache-Control": "no-cache"}
    )


async def no_parameters(request: Request) -> None:
    """Refuse every query parameter. Raises InputError that lists them."""
    if request.scope["query_string"]:
        pairs = query_pairs(request.scope["query_string"])
        problems = [Problem(pointer("query", name), f"There is no parameter {name!r} here.") for name, _ in pairs]
        if problems:
            raise InputError(problems)
