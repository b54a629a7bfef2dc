"""The answer to each question: a route a file, and its documentation from the same file."""

from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import APIRouter, Request, Response

from graph.catalog import Question
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
from service.answering import Answering
from service.contract import answer_contents, answer_model, openapi_parameters
from service.dependencies import CHANGED_HEADER, KNOWN_AT_HEADER
from service.errors import NotAcceptableError, documented
from service.routes.direct import DirectRoute

_PROBLEMS = (
    NotAcceptableError,
    InputError,
    DatabaseAwayError,
    DatabaseBusyError,
    SchemaError,
    QueryTimeoutError,
)


def questions_router(answering: Iterable[Answering]) -> APIRouter:
    """Return a route for every question, and one for each shorter path."""
    router = APIRouter(route_class=DirectRoute)
    for answer in answering:
        _add_question(router, answer)
    return router


def _add_question(router: APIRouter, answer: Answering) -> None:
    async def found(request: Request) -> Response:
        """Answer at the shorter path, where what nobody is known by is not found."""
        with _not_found(request.path_params):
            return await answer(request)

    _add_route(router, answer, answer.__call__)
    if answer.question.header.path:
        _add_route(router, answer, found, answer.question.header.path)


def _add_route(
    router: APIRouter,
    answer: Answering,
    endpoint: Callable[[Request], Coroutine[Any, Any, Response]],
    path: str | None = None,
) -> None:
    question = answer.question
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
        openapi_extra={"parameters": [*openapi_parameters(answer.model, in_path), *_HEADERS]},
    )


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
