"""The answers to a question asked for many sets of parameters at once: NDJSON in, NDJSON out."""

import io
from contextlib import AsyncExitStack, suppress
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import StreamingResponse
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from graph.catalog import Catalog, Question
from graph.database import GRACE_SECONDS
from graph.errors import InputError, Problem, pointer
from graph.parameters import as_texts, read_parameters
from graph.settings import Settings
from service.batches import Batch, ForAllLines
from service.bodies import body_of, see_type
from service.contract import batch_contents, batch_parameters
from service.dependencies import KNOWN_AT_HEADER, at_least_of, graph_of, see_that_known
from service.errors import (
    OF_A_BODY,
    OF_THE_DATABASE,
    NotAcceptableError,
    TooLargeError,
    UnauthenticatedError,
    documented,
)
from service.forms import NDJSON_TYPE
from service.limits import Places, soon, within
from service.negotiation import best_of, query_pairs
from service.routes.direct import DirectRoute

SEND_SECONDS = 60.0
_TYPES = frozenset({NDJSON_TYPE, "application/ndjson", "application/jsonl"})
_ABOUT = (
    "Each line of the body is a JSON object of parameters; each line of the answer is the envelope of its answer with "
    "the number of its `line`, or that number and a problem as `error`. They come in the order of the lines, and all "
    "are of one state of knowledge. Lines name neither `known_at` nor `after`; a blank one is left out."
)
_PROBLEMS = (
    UnauthenticatedError,
    NotAcceptableError,
    *OF_A_BODY,
    InputError,
    *OF_THE_DATABASE,
)


class _Held(StreamingResponse):
    """A response that gives back what was taken for it when it ends, however it ends."""

    def __init__(self, content: Any, held: AsyncExitStack, headers: dict[str, str]) -> None:
        super().__init__(content, headers=headers, media_type=NDJSON_TYPE)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        async with self._held:
            with suppress(TimeoutError, ClientDisconnect):
                await super().__call__(scope, receive, soon(send, SEND_SECONDS))


def batches_router(catalog: Catalog, settings: Settings) -> APIRouter:
    """Return a route for batches of every question of a catalogue."""
    router = APIRouter(route_class=DirectRoute)
    places = Places(settings.batches, settings.acquire_seconds, "batches")
    for question in catalog.values():
        _add_batch(router, question, settings, places)
    return router


def document_batches(document: dict[str, Any], catalog: Catalog) -> None:
    """Add to the OpenAPI document what a batch of each question takes, which is made of its model."""
    for question in catalog.values():
        taken = jsonable_encoder(batch_parameters(question, ForAllLines), exclude_none=True)
        document["paths"][_path(question)]["post"] |= taken


def _path(question: Question) -> str:
    return f"/questions/{question.name}"


def _add_batch(router: APIRouter, question: Question, settings: Settings, places: Places) -> None:
    async def answers(request: Request) -> Response:
        common = read_parameters(ForAllLines, query_pairs(request.scope["query_string"]))
        best_of(request.headers.get("Accept"), [NDJSON_TYPE])
        see_type(request, _TYPES, f"Send {NDJSON_TYPE}: one JSON object a line, in UTF-8, not compressed.")
        async with AsyncExitStack() as held:
            await held.enter_async_context(places.taken())
            # It is read whole before the first answer is sent. A client that sends all of it before it reads would
            # otherwise wait for us to read on, and we for it; and what is wrong with it would have no status.
            body = await body_of(request, settings.batch_bytes, "Send several batches; see FOEDUS_BATCH_BYTES.")
            _see_lines(body, settings.batch_lines)
            batch = await _batch(request, question, common, settings.query_seconds + GRACE_SECONDS)
            headers = {"Cache-Control": "no-store", **dict(as_texts({KNOWN_AT_HEADER: batch.known_at}))}
            return _Held(batch.answers(io.BytesIO(body), settings.batch_at_once), held.pop_all(), headers)

    router.add_api_route(
        _path(question),
        answers,
        methods=["POST"],
        operation_id=f"{question.name}_batch",
        tags=[question.topic],
        summary=f"{question.header.title}: many at once",
        description=_ABOUT,
        response_class=Response,
        responses=documented(*_PROBLEMS) | batch_contents(),
    )


async def _batch(request: Request, question: Question, common: ForAllLines, seconds: float) -> Batch:
    graph, at_least = graph_of(request), at_least_of(request)
    async with within(seconds):
        newest = await graph.revision.known_at(common.known_at or at_least)
    see_that_known(newest, at_least if common.known_at is None else None)
    return Batch(graph.reader, question, common, newest, request.scope["path"], request.scope["state"], seconds)


def _see_lines(body: bytes, most: int) -> None:
    if not body.strip():
        raise InputError([Problem(pointer("body"), "The body has no line.", 'Send {"name": "value"} a line.')])
    if body.rstrip().count(b"\n") >= most:
        raise TooLargeError(f"The body has more than {most} lines.", "Send several batches; see FOEDUS_BATCH_LINES.")
