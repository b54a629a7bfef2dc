"""The answer to each question: a route a file, and its documentation from the same file."""

from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from graph.catalog import Catalog, Question
from graph.errors import (
    UNKNOWN,
    DatabaseAwayError,
    DatabaseBusyError,
    FoedusError,
    InputError,
    NotFoundError,
    QueryTimeoutError,
    SchemaError,
    pointer,
)
from graph.parameters import LARGEST_LIMIT, Asked, read_parameters
from graph.reader import Answer, Understood
from service.contract import answer_contents, answer_model, openapi_parameters
from service.dependencies import CHANGED_HEADER, KNOWN_AT_HEADER, at_least_of, graph_of, see_that_known
from service.errors import NotAcceptableError, documented
from service.forms import MEDIA_TYPES, Format, offered
from service.limits import within
from service.negotiation import best_of, has_already, query_pairs
from service.permalink import FOREVER, permalink, pins_everything
from service.routes.direct import DirectRoute
from service.streams import streamed
from service.writers import written

_PROBLEMS = (
    NotAcceptableError,
    InputError,
    DatabaseAwayError,
    DatabaseBusyError,
    SchemaError,
    QueryTimeoutError,
)


def questions_router(catalog: Catalog, models: Mapping[str, type[Asked]], seconds: float) -> APIRouter:
    """Return a route for every question of a catalogue; no answer takes longer than some seconds.

    `models` are those of what can be asked (`asked_model`), by question.
    """
    router = APIRouter(route_class=DirectRoute)
    for question in catalog.values():
        _add_question(router, question, models[question.name], seconds)
    return router


def _add_question(router: APIRouter, question: Question, model: type[Asked], seconds: float) -> None:
    async def answer(request: Request) -> Response:
        pairs = query_pairs(request.scope["query_string"])
        return await _answered(request, question, model, pairs, seconds)

    async def found(request: Request) -> Response:
        """Answer at the shorter path, where what nobody is known by is not found."""
        in_path = list(request.path_params.items())
        pairs = [*in_path, *query_pairs(request.scope["query_string"])]
        with _not_found(name for name, _ in in_path):
            return await _answered(request, question, model, pairs, seconds)

    _add_route(router, question, model, answer)
    if question.header.path:
        _add_route(router, question, model, found, question.header.path)


def _add_route(
    router: APIRouter,
    question: Question,
    model: type[Asked],
    endpoint: Callable[[Request], Coroutine[Any, Any, Response]],
    path: str | None = None,
) -> None:
    in_path = question.header.in_path if path else []
    router.add_api_route(
        path or f"/questions/{question.name}",
        endpoint,
        methods=["GET"],
        operation_id=f"{question.name}_at_path" if path else question.name,
        tags=[question.topic],
        summary=question.header.title,
        description=question.header.about,
        response_model=answer_model(question),
        responses=_responses(question, *([NotFoundError] if in_path else [])),
        openapi_extra={"parameters": [*openapi_parameters(model, in_path), *_HEADERS]},
    )


async def _answered(
    request: Request, question: Question, model: type[Asked], pairs: list[tuple[str, str]], seconds: float
) -> Response:
    asked = read_parameters(model, pairs)
    form = _form(request, question, asked)
    reader, at_least = graph_of(request).reader, at_least_of(request)
    # Rows alone have no `next`, so they are sent to the end unless the caller says where that is.
    whole = form is Format.NDJSON and "limit" not in asked.model_fields_set
    async with within(seconds):
        understood = await reader.understand(question, asked, at_least=at_least)
        # Who names a state of knowledge, by itself or with a page of it, asks for no later one.
        pinned = asked.known_at is not None or asked.after is not None
        see_that_known(understood.known_at, None if pinned else at_least)
        headers = _headers(understood, asked, form, whole)
        if has_already(request.headers.get("If-None-Match"), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        if whole:
            pages = reader.pages(replace(understood, limit=LARGEST_LIMIT))
            return await streamed(request, pages, headers, seconds)
        found = await reader.answer(understood)
        content = await written(form, found, reader, str(request.base_url))
    if found.next:
        headers["Link"] = _joined(f'<{_next_page(request, found)}>; rel="next"', headers.get("Link"))
    return Response(content, headers=headers, media_type=MEDIA_TYPES[form])


def _form(request: Request, question: Question, asked: Asked) -> Format:
    """Return the form that is asked for by `format`, else by Accept."""
    given: Format | None = getattr(asked, "format", None)
    by_type = {MEDIA_TYPES[form]: form for form in offered(question)}
    return given or by_type[best_of(request.headers.get("Accept"), [*by_type])]


@contextmanager
def _not_found(names: Iterable[str]) -> Iterator[None]:
    """Tell that nothing is known by what stands in the path as a 404; what else is wrong stays a 422."""
    in_path = {pointer("query", name) for name in names}
    try:
        yield
    except InputError as error:
        if all(problem.pointer in in_path and problem.code == UNKNOWN for problem in error.problems):
            raise NotFoundError(error.problems[0].message, error.problems[0].hint) from None
        raise


def _headers(understood: Understood, asked: Asked, form: Format, whole: bool) -> dict[str, str]:
    again = [(name, text) for name, text in understood.again() if not (whole and name == "limit")]
    canonical = permalink(understood.question.name, again, form)
    return {
        # A weak tag, because a compressed answer has other bytes and the same tag.
        "ETag": f'W/"{understood.etag}-{form}{"-whole" if whole else ""}"',
        "Cache-Control": FOREVER if pins_everything(asked, understood) else "no-cache",
        "Vary": "Accept",
        KNOWN_AT_HEADER: _instant(understood.known_at),
        **({"Link": f'<{canonical}>; rel="canonical"'} if canonical else {}),
        **({CHANGED_HEADER: "true"} if understood.changed else {}),
    }


def _joined(*links: str | None) -> str:
    return ", ".join(filter(None, links))


def _instant(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _next_page(request: Request, answer: Answer) -> str:
    """Return the address of the next page; `after` carries the day and the state of knowledge of this one."""
    return f"{request.url.path}?{request.url.include_query_params(after=answer.next).query}"


_HEADERS = [
    {
        "name": KNOWN_AT_HEADER,
        "in": "header",
        "required": False,
        "description": "That header of an earlier answer: the answer is from this state of knowledge or a later one.",
        "schema": {"type": "string", "format": "date-time"},
    },
    {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "ETag of an earlier answer; when it would be the same again, the answer is 304.",
        "schema": {"type": "string"},
    },
]


def _responses(question: Question, *further: type[FoedusError]) -> dict[int | str, dict[str, Any]]:
    link = {
        "description": "`canonical`: the permalink; `next`: the next page, when there is one.",
        "schema": {"type": "string"},
    }
    changed = {
        "description": "`true` where the question's file is another than the one `digest` names.",
        "schema": {"type": "string"},
    }
    tag = {"description": "Changes when the answer may.", "schema": {"type": "string"}}
    known_at = {"description": "The state of knowledge of the answer.", "schema": {"type": "string"}}
    return documented(*_PROBLEMS, *further, unchanged=True) | {
        200: {
            "description": "The answer; one without rows when nothing is known.",
            "content": answer_contents(question),
            "headers": {"ETag": tag, "Link": link, KNOWN_AT_HEADER: known_at, CHANGED_HEADER: changed},
        },
    }
