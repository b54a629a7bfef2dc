"""The answer to each question: a route a file, and its documentation from the same file."""

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter

from graph.catalog import Question
from graph.errors import (
    DatabaseAwayError,
    DatabaseBusyError,
    FoedusError,
    InputError,
    NotFoundError,
    QueryTimeoutError,
    SchemaError,
)
from service.answering import Answering
from service.contract import answer_contents, answer_model, openapi_parameters
from service.dependencies import CHANGED_HEADER, KNOWN_AT_HEADER, MERGED
from service.errors import NotAcceptableError, UnauthenticatedError, documented
from service.routes.direct import DirectRoute

_PROBLEMS = (
    UnauthenticatedError,
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
        name, shorter = answer.question.name, answer.question.header.path
        _add_route(router, answer, f"/questions/{name}", name)
        if shorter:
            _add_route(router, answer, shorter, f"{name}_at_path")
    return router


def _add_route(router: APIRouter, answer: Answering, path: str, operation_id: str) -> None:
    question = answer.question
    in_path = [name for name in question.header.in_path if f"{{{name}}}" in path]
    router.add_api_route(
        path,
        answer.__call__,
        methods=["GET"],
        operation_id=operation_id,
        tags=[question.topic],
        summary=question.header.title,
        description=question.header.about,
        response_model=answer_model(question),
        responses=_responses(question, *([NotFoundError] if in_path else [])),
        openapi_extra={"parameters": [*openapi_parameters(answer.model, in_path), *_HEADERS]},
    )


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
    merged = {308: {"description": MERGED}} if NotFoundError in further else {}
    return (
        documented(*_PROBLEMS, *further, unchanged=True)
        | merged
        | {
            200: {
                "description": "The answer; one without rows when nothing is known.",
                "content": answer_contents(question),
                "headers": {"ETag": tag, "Link": link, KNOWN_AT_HEADER: known_at, CHANGED_HEADER: changed},
            },
        }
    )
