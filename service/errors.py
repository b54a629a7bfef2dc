"""What goes wrong, as HTTP says it: RFC 9457 problem bodies, and the one table from error class to status."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Scope

from graph.errors import (
    UNKNOWN,
    ConflictError,
    DatabaseAwayError,
    DatabaseBusyError,
    FoedusError,
    InputError,
    NotFoundError,
    NotRecordedError,
    NotYoursError,
    QueryFailedError,
    QueryTimeoutError,
    ReplayedKeyError,
    SchemaError,
    StaleVersionError,
)

OF_THE_DATABASE = (DatabaseAwayError, DatabaseBusyError, QueryTimeoutError)
"""What every route can answer that asks the database; for `documented`."""
MEDIA_TYPE = "application/problem+json"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
LOG = logging.getLogger("foedus.errors")


@dataclass(frozen=True)
class Kind:
    """What all errors of one class have in common."""

    status: int
    title: str
    retry_after: int | None = None
    challenge: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """What the status asks for beside it."""
        given = {"Retry-After": self.retry_after, "WWW-Authenticate": self.challenge}
        return {name: str(value) for name, value in given.items() if value is not None}


class MalformedError(FoedusError):
    """A request is not well-formed, so that nothing in it can be read."""

    code = "malformed"


class NotAcceptableError(FoedusError):
    """The Accept header admits none of the forms an answer can take."""

    code = "not_acceptable"


class TooLargeError(FoedusError):
    """A body is larger, or has more lines, than may be sent at once."""

    code = "too_large"


class UnsupportedTypeError(FoedusError):
    """A body is of a type, or coded in a way, that is not read here."""

    code = "unsupported_type"


class SlowBodyError(FoedusError):
    """A body did not arrive in the time that it has."""

    code = "slow_body"


class UnauthenticatedError(FoedusError):
    """A request needs a key and brings none, or brings what is no key."""

    code = "unauthenticated"


class ForbiddenError(FoedusError):
    """The key of a request does not have the scope that is needed."""

    code = "forbidden"


class UriTooLongError(FoedusError):
    """Path and query are longer than anything that could be asked."""

    code = "uri_too_long"


class HostError(FoedusError):
    """The Host header names none of the hosts that this service answers for."""

    code = "host_not_allowed"


class OriginError(FoedusError):
    """A page of another origin asks, which the settings do not allow."""

    code = "origin_not_allowed"


class PreconditionError(FoedusError):
    """A change does not say which version it replaces."""

    code = "precondition_required"


class WarmingUpError(FoedusError):
    """The service has just started, and its first answers would be slow."""

    code = "warming_up"


KINDS: dict[type[FoedusError], Kind] = {
    MalformedError: Kind(400, "The request is malformed"),
    UnauthenticatedError: Kind(401, "A key is needed", challenge="Bearer"),
    ForbiddenError: Kind(403, "The key does not allow it"),
    OriginError: Kind(403, "Pages of that origin may not ask"),
    NotFoundError: Kind(404, "There is no such thing"),
    NotAcceptableError: Kind(406, "None of the accepted forms is there"),
    SlowBodyError: Kind(408, "The body took too long"),
    NotYoursError: Kind(403, "It is somebody else's"),
    ConflictError: Kind(409, "It disagrees with what is recorded"),
    StaleVersionError: Kind(412, "It is no longer the current version"),
    TooLargeError: Kind(413, "The body is too large"),
    UriTooLongError: Kind(414, "The address is too long"),
    UnsupportedTypeError: Kind(415, "Bodies of that type are not read here"),
    HostError: Kind(421, "This host is not answered for"),
    InputError: Kind(422, "What was asked cannot be understood"),
    QueryFailedError: Kind(422, "The query failed"),
    ReplayedKeyError: Kind(422, "That idempotency key was used before"),
    PreconditionError: Kind(428, "The version is not named"),
    FoedusError: Kind(500, "Something went wrong in the service"),
    DatabaseAwayError: Kind(503, "The database is away", retry_after=5),
    DatabaseBusyError: Kind(503, "The database is busy", retry_after=1),
    SchemaError: Kind(503, "The database is not ready", retry_after=5),
    WarmingUpError: Kind(503, "The service is not ready", retry_after=1),
    QueryTimeoutError: Kind(504, "The query ran out of time"),
}
"""Status and title of each class; a class that is not listed is what its nearest base is."""

OF_A_BODY = (SlowBodyError, TooLargeError, UnsupportedTypeError)
"""What every route can answer that reads a body; for `documented`."""
_EVERYWHERE: tuple[type[FoedusError], ...] = (MalformedError, OriginError, UriTooLongError, HostError, FoedusError)
UNCHANGED = "The answer is still the one that has the ETag of If-None-Match."


class Fault(BaseModel):
    """One thing wrong with an input."""

    pointer: str = Field(description="Where: a JSON pointer that starts with /path, /query, /header or /body.")
    message: str = Field(description="What is wrong.")
    code: str = Field(
        description="`unknown` where nothing goes by that name or key; the name of the rule that is broken where one "
        "is (the README lists them), or the reason why a text may not be run; else `invalid`."
    )
    hint: str | None = Field(None, description="A way out.")


class ProblemBody(BaseModel):
    """The one body of every failure (RFC 9457)."""

    type: str = Field(description="A name for this kind of problem, made from its code.")
    title: str = Field(description="What kind of problem it is, in words.")
    status: int = Field(description="The HTTP status.")
    code: str = Field(description="The stable name of this kind of problem, to be compared by programs.")
    detail: str = Field(description="What went wrong this time.")
    instance: str = Field(description="Path of the request.")
    hint: str | None = Field(None, description="A way out.")
    errors: list[Fault] | None = Field(None, description="For bad input: everything that is wrong with it.")


def kind_of(error: type[FoedusError]) -> Kind:
    """Return status and title of an error class."""
    return next(KINDS[base] for base in error.__mro__ if base in KINDS)


def problem(error: FoedusError, scope: Scope) -> Response:
    """Answer an error. What is our own mistake is logged and told without its details."""
    return _response(told(error, scope), kind_of(type(error)).headers)


def unexpected(scope: Scope) -> Response:
    """Answer what nobody foresaw, without its details; those are in the log beside the request id."""
    return _response(told_without_details(scope))


def told(error: FoedusError, scope: Scope) -> dict[str, Any]:
    """Return the problem body of an error. What is our own mistake is logged and told without its details."""
    kind = kind_of(type(error))
    own_mistake = kind.status == HTTPStatus.INTERNAL_SERVER_ERROR
    # Whoever waits for readiness asks often, and is told often.
    if kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, WarmingUpError):
        LOG.error("%s %s: %s", scope["state"]["request_id"], type(error).__name__, error, exc_info=own_mistake)
    if own_mistake:
        return told_without_details(scope)
    faults = [_fault(one) for one in error.problems]
    hint = " ".join(filter(None, [error.hint, _yet_to_come(error, scope)]))
    return _body(scope, kind.status, error.code, kind.title, detail=str(error), hint=hint, errors=faults)


def _yet_to_come(error: FoedusError, scope: Scope) -> str | None:
    """Say of what is not known that it may be in what is not loaded yet, where that is so."""
    parts = scope["state"].get("loading")
    unknown = isinstance(error, NotRecordedError) or any(one.code == UNKNOWN for one in error.problems)
    if not (parts and unknown):
        return None
    return f"Or it may be in what is not loaded yet, {', '.join(parts)}: `loading` of /health/ready tells when all is."


def told_without_details(scope: Scope) -> dict[str, Any]:
    """Return the problem body of what nobody foresaw."""
    hint = f"The log of the service says more about request {scope['state']['request_id']}."
    title = KINDS[FoedusError].title
    return _body(scope, 500, "internal", title, detail="The service made a mistake.", hint=hint)


def _fault(one: Any) -> dict[str, str]:
    found = {"pointer": one.pointer, "message": one.message, "code": one.code}
    return found | ({"hint": one.hint} if one.hint else {})


def _body(scope: Scope, status: int, code: str, title: str, /, detail: str, **said: Any) -> dict[str, Any]:
    body = {"type": f"urn:foedus:problem:{code}", "title": title, "status": status, "code": code}
    body |= {"detail": detail, "instance": scope["path"]}
    return body | {name: value for name, value in said.items() if value}


def _response(body: dict[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    content = orjson.dumps(body)
    return Response(content, body["status"], {"Cache-Control": "no-store"} | dict(headers or {}), MEDIA_TYPE)


async def _foedus_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, FoedusError)  # noqa: S101 - registered for nothing else
    return problem(error, request.scope)


async def _http_error(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses: an address nobody serves, a method it does not have."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    status = HTTPStatus(error.status_code)
    headers = dict(error.headers or {})
    detail, hint = status.description or status.phrase, None
    if status == HTTPStatus.NOT_FOUND:
        return problem(NotFoundError(f"Nothing is at {request.url.path}.", "GET / lists what there is."), request.scope)
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_allowed(request))
        detail, hint = f"{request.url.path} does not take {request.method}.", f"It takes {headers['Allow']}."
    body = _body(request.scope, status, status.name.lower(), status.phrase, detail=detail, hint=hint)
    return _response(body, headers)


def _allowed(request: Request) -> list[str]:
    """Return the methods that an address takes; a route by itself knows only its own."""
    asked = [{**request.scope, "method": method} for method in _METHODS]
    found = [one["method"] for one in asked if any(route.matches(one)[0] is Match.FULL for route in request.app.routes)]
    return ["GET", "HEAD", *found[1:]] if "GET" in found else found


def install(app: FastAPI) -> None:
    """Make every failure of an app answer with a problem body."""
    app.add_exception_handler(FoedusError, _foedus_error)
    app.add_exception_handler(HTTPException, _http_error)


def documented(*classes: type[FoedusError], unchanged: bool = False) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI responses of a route for the problems that it can answer, and those that every route can.

    With `unchanged` also for an answer that the client has already.
    """
    found: dict[int, str] = {405: "The method is not one of this route"}
    for kind in map(kind_of, (*_EVERYWHERE, *classes)):
        found[kind.status] = f"{found[kind.status]}; {kind.title}" if kind.status in found else kind.title
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}}
    answers: dict[int | str, dict[str, Any]] = {304: {"description": UNCHANGED}} if unchanged else {}
    return answers | {
        status: {"description": f"{title}.", "content": content} for status, title in sorted(found.items())
    }
