"""Change sets: written whole, told, undone; and the feed of all of them, as pages and as server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from graph.database import BOOKMARKS
from graph.errors import (
    DatabaseAwayError,
    DatabaseBusyError,
    FoedusError,
    InputError,
    NotFoundError,
    QueryTimeoutError,
    StaleVersionError,
)
from graph.feed import Entry, WrittenWhy
from graph.graph import Graph
from graph.model.reading import checked, read_change_set
from graph.model.records import Sentence
from graph.parameters import read_parameters
from graph.revision import NOTHING_YET
from graph.settings import Settings
from graph.types import Instant, written_instant
from graph.undoing import undo
from graph.writer import Wish
from service.access import author_of, still_good
from service.answers import dumped
from service.contract import openapi_parameters
from service.dependencies import KNOWN_AT_HEADER, at_least_of, graph_of, instant_in_header, see_that_known
from service.errors import LOG, NotAcceptableError, UnauthenticatedError, documented
from service.limits import Places, soon
from service.negotiation import best_of, query_pairs
from service.preconditions import idempotency_key
from service.receipts import Counts, ReceiptBody, WrittenBody, counts
from service.routes.direct import DirectRoute
from service.write_contract import change_set_schema, header, in_path, json_body, put_of, receipts, writes
from service.writing import PROBLEMS, Tried, Turns, digest_of, pointing

TAG = "changes"
EVENTS = "text/event-stream"
EVENT_IDS = "Last-Event-ID"
LOOK_SECONDS = 0.25
LOOKS_AT_KEY = 20
"""After so many looks the key is looked for again: a stream ends some seconds after it is revoked."""
SILENT_SECONDS = 15.0
SEND_SECONDS = 60.0
_INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant)
_READING = (UnauthenticatedError, InputError, DatabaseAwayError, DatabaseBusyError, QueryTimeoutError)
_IN_BODY = {"": "/body"}
_NOTHING = "A dry run, or nothing was to be written: it is recorded like that already."
_EXAMPLE = {"reason": "What Interfax reports.", "operations": [put_of("Source"), put_of("Act")]}
_IN_PATH = in_path("instant", "Instant of the change set.", format="date-time")
_RESUMED = header(EVENT_IDS, "Of events: the id of the last one received; those after it follow.", format="date-time")
_EVENT_HEADERS = {"Cache-Control": "no-store", "Vary": "Accept"}
_EVENT = {
    "type": "string",
    "description": "Events `change-set`: the id is the instant, the data a change set as the pages have it.",
}


class ChangeSetBody(Counts):
    """One change set, without what it wrote."""

    author: str = Field(description="Who wrote it: the name of the key.")
    reason: str | None = Field(description="Why.")
    request_id: str | None = Field(description="Id of the request that wrote it, as the log has it.")


class WrittenWhyBody(WrittenBody):
    """A version that a change set wrote."""

    reason: str | None = Field(description="Why the thing was withdrawn, where it was.")
    replaced_by: str | None = Field(description="What took its place, where it was merged into another.")


class WholeChangeSetBody(ChangeSetBody):
    """One change set with what it wrote."""

    versions: list[WrittenWhyBody] = Field(description="The versions that it wrote, by key.")
    warnings: list[dict[str, Any]] = Field(description="What it was warned of: rows of the question `disputed_facts`.")


class ChangesBody(BaseModel):
    """A page of the feed."""

    changes: list[ChangeSetBody] = Field(description="Change sets, the earliest first.")
    known_at: datetime = Field(description="The newest state of knowledge.")
    next: datetime | None = Field(
        description="`after=` this leads to the change sets that follow, now or later; null before the first."
    )


class Since(BaseModel):
    """What can be asked of the feed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: Instant | None = Field(
        None, description="Only change sets after this instant; without it from the first, and events from now on."
    )
    limit: int = Field(100, ge=1, le=1000, description="Most change sets of a page.")


class Undoing(BaseModel):
    """Why a change set is undone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Sentence = Field(description="Why; it is kept with the change set that undoes.")


def change_sets_router(settings: Settings, turns: Turns) -> APIRouter:
    """Return the routes."""
    router = APIRouter(route_class=DirectRoute, tags=[TAG])
    _add_post(router, settings, turns)
    _add_one(router)
    _add_undo(router, settings, turns)
    _add_feed(router, Places(settings.event_streams, settings.acquire_seconds, "event streams"))
    return router


def _add_post(router: APIRouter, settings: Settings, turns: Turns) -> None:
    async def post(request: Request) -> Response:
        author = author_of(request)
        tried = read_parameters(Tried, query_pairs(request.scope["query_string"]))
        key = idempotency_key(request, author)
        document = await turns.body(request)
        read = partial(read_change_set, document, author=author, most=settings.change_operations, idempotency_key=key)
        with pointing(_IN_BODY):
            wish = await asyncio.to_thread(lambda: Wish.of(read()))
            return await turns.carried_out(request, wish, dry_run=tried.dry_run)

    router.add_api_route(
        "/change-sets",
        post,
        methods=["POST"],
        operation_id="write_change_set",
        summary="Write a change set",
        description=(
            "Many records in one transaction, all of them or none. What is wrong is listed, each with a pointer and "
            "the code of the rule that is broken. What is recorded like that already is left alone. A read that brings "
            f"`{KNOWN_AT_HEADER}` of the answer sees the write, in another process too."
        ),
        response_model=ReceiptBody,
        responses=documented(*PROBLEMS, StaleVersionError)
        | receipts(created="Written; `Location` says where it is told.", done=_NOTHING),
        openapi_extra=writes(Tried, body=json_body(change_set_schema(settings.change_operations), _EXAMPLE)),
    )


def _add_one(router: APIRouter) -> None:
    async def one(request: Request) -> Response:
        graph, instant = graph_of(request), _instant_of(request)
        entry = await graph.feed.at(instant)
        if entry is None:
            raise _no_change_set(instant)
        versions = [_why(one) for one in await graph.feed.written(instant)]
        told = _entry(entry) | {"versions": versions, "warnings": entry.warnings}
        return Response(dumped(told), headers={"Cache-Control": "no-cache"}, media_type="application/json")

    router.add_api_route(
        "/change-sets/{instant}",
        one,
        methods=["GET"],
        operation_id="change_set",
        summary="A change set",
        description="Who wrote it, when, why, and what.",
        response_model=WholeChangeSetBody,
        responses=documented(NotFoundError, *_READING),
        openapi_extra={"parameters": [_IN_PATH]},
    )


def _add_undo(router: APIRouter, settings: Settings, turns: Turns) -> None:
    async def post(request: Request) -> Response:
        author = author_of(request)
        tried = read_parameters(Tried, query_pairs(request.scope["query_string"]))
        key, instant = idempotency_key(request, author), _instant_of(request)
        undoing = checked(Undoing, given := await turns.body(request), "/body")
        wish = Wish(undo(instant, author, undoing.reason), digest_of(request, given), key)
        with pointing({"": "/path/instant!"}):
            return await turns.carried_out(request, wish, dry_run=tried.dry_run)

    router.add_api_route(
        "/change-sets/{instant}/undo",
        post,
        methods=["POST"],
        operation_id="undo_change_set",
        summary="Undo a change set",
        description=(
            "Opens what it closed and ends what it opened, by a change set that can be undone in turn. 409 when "
            "something that it wrote was written again since."
        ),
        response_model=ReceiptBody,
        responses=documented(*PROBLEMS, NotFoundError, StaleVersionError)
        | receipts(created="Undone; `Location` says where that is told.", done=_NOTHING),
        openapi_extra=writes(Tried, _IN_PATH, body=json_body(Undoing.model_json_schema(), {"reason": "A mistake."})),
    )


def _add_feed(router: APIRouter, places: Places) -> None:
    async def feed(request: Request) -> Response:
        graph, at_least = graph_of(request), at_least_of(request)
        since = read_parameters(Since, query_pairs(request.scope["query_string"]))
        last = instant_in_header(request, EVENT_IDS, "no id of an event", "Send it as it came.")
        wanted = best_of(request.headers.get("Accept"), ["application/json", EVENTS])
        known_at = await graph.revision.known_at(at_least)
        see_that_known(known_at, at_least)
        if wanted == EVENTS:
            if request.scope["state"].get("head_only"):
                return EventSourceResponse(iter(()), headers=_EVENT_HEADERS)
            # It has been waited for; from here on the instant is read for all streams at once.
            BOOKMARKS.set(())
            return _Events(request, last or since.after or known_at, places)
        after = since.after or NOTHING_YET
        entries = await graph.feed.after(after, known_at, since.limit)
        reached = entries[-1].receipt.known_at if entries else since.after
        told = {"changes": [_entry(one) for one in entries], "known_at": known_at, "next": reached}
        headers = {"Cache-Control": "no-cache", KNOWN_AT_HEADER: written_instant(known_at), "Vary": "Accept"}
        return Response(dumped(told), headers=headers, media_type="application/json")

    router.add_api_route(
        "/changes",
        feed,
        methods=["GET"],
        operation_id="changes",
        summary="What was written, in order",
        description=(
            "Change sets, the earliest first: pages, and with `Accept: text/event-stream` events, as each is written; "
            f"`{EVENT_IDS}` resumes after the last one that was received."
        ),
        response_model=ChangesBody,
        responses=documented(NotAcceptableError, *_READING) | {200: {"content": {EVENTS: {"schema": _EVENT}}}},
        openapi_extra={"parameters": [*openapi_parameters(Since), _RESUMED]},
    )


class _Events(EventSourceResponse):
    """The feed as events. A client that takes nothing for a while loses its place."""

    def __init__(self, request: Request, after: datetime, places: Places) -> None:
        super().__init__(_events(request, after), headers=_EVENT_HEADERS)
        self._places = places

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Send events until the client goes, or the service ends."""
        async with self._places.taken():
            with suppress(TimeoutError):
                await super().__call__(scope, receive, soon(send, SEND_SECONDS))


async def _events(request: Request, after: datetime) -> AsyncIterator[bytes]:
    graph, silent, looked = graph_of(request), 0.0, 0
    yield KEEPALIVE_COMMENT
    while not request.app.state.stopping:
        try:
            entries = await _newer(graph, after)
        except FoedusError as error:
            # The database may be back before the client has noticed.
            LOG.warning("The feed waits: %s", error)
            entries = []
        for entry in entries:
            after = entry.receipt.known_at
            yield format_sse_event(
                data_str=dumped(_entry(entry)).decode(), event="change-set", id=written_instant(after)
            )
        silent = 0.0 if entries else silent + LOOK_SECONDS
        if silent >= SILENT_SECONDS:
            silent = 0.0
            yield KEEPALIVE_COMMENT
        if (looked := looked + 1) % LOOKS_AT_KEY == 0 and not await still_good(request):
            return
        await asyncio.sleep(LOOK_SECONDS)


async def _newer(graph: Graph, after: datetime) -> list[Entry]:
    known_at = await graph.revision.known_at()
    return await graph.feed.after(after, known_at, 100) if known_at > after else []


def _entry(entry: Entry) -> dict[str, Any]:
    told = {"author": entry.author, "reason": entry.reason, "request_id": entry.request_id}
    return counts(entry.receipt) | told


def _why(one: WrittenWhy) -> dict[str, Any]:
    return asdict(one.written) | {"reason": one.reason, "replaced_by": one.replaced_by}


def _instant_of(request: Request) -> datetime:
    given = request.path_params["instant"]
    try:
        return _INSTANT.validate_python(given)
    except ValidationError:
        raise NotFoundError(f"{given!r} is no instant of a change set.", "GET /changes lists them.") from None


def _no_change_set(instant: datetime) -> NotFoundError:
    return NotFoundError(f"There is no change set of {written_instant(instant)}.", "GET /changes lists them.")
