"""The answer to each question: a route a file, and its documentation from the same file."""

from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder

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
from service.contract import answer_contents, answer_schemas, openapi_parameters, openapi_schemas
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
    """Return a route for every question, and one for each shorter path; `document_questions` says the rest of them."""
    router = APIRouter(route_class=DirectRoute)
    for answer in answering:
        question = answer.question
        for path in _paths(question):
            router.add_api_route(
                path,
                answer.__call__,
                methods=["GET"],
                operation_id=question.name if path != question.header.path else f"{question.name}_at_path",
                tags=[question.topic],
                summary=question.header.title,
                description=question.header.about,
                response_model=None,
                responses=_responses(question, *([NotFoundError] if _in_path(question, path) else [])),
            )
    return router


def document_questions(document: dict[str, Any], answering: Sequence[Answering]) -> None:
    """Add to the OpenAPI document what is made of models: what each question takes, and what it answers as JSON.

    The models of all questions take seconds, and nobody needs them before somebody asks for the document. As in all of
    it, what is null is left out.
    """
    answered, schemas = jsonable_encoder(answer_schemas(answer.question for answer in answering), exclude_none=True)
    document["components"]["schemas"] |= schemas
    for answer in answering:
        question = answer.question
        document["components"]["schemas"] |= openapi_schemas(answer.model)
        for path in _paths(question):
            operation = document["paths"][path]["get"]
            taken = [*openapi_parameters(answer.model, _in_path(question, path)), *_HEADERS]
            operation["parameters"] = jsonable_encoder(taken, exclude_none=True)
            operation["responses"]["200"]["content"]["application/json"] = {"schema": answered[question.name]}


def _paths(question: Question) -> list[str]:
    """Return where a question is asked: at its name, and at a shorter path if it has one."""
    return [f"/questions/{question.name}", *filter(None, [question.header.path])]


def _in_path(question: Question, path: str) -> list[str]:
    return [name for name in question.header.in_path if f"{{{name}}}" in path]


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
