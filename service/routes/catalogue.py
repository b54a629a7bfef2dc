"""The catalogue of questions, and the Cypher behind each: what can be asked, before anything is asked."""

from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from graph.catalog import Catalog, Question
from graph.errors import InputError, NotFoundError
from service.answers import columns_of
from service.contract import ColumnAbout
from service.dependencies import no_parameters
from service.errors import UnauthenticatedError, documented
from service.negotiation import has_already

CATALOGUE = "catalogue"


class ParameterAbout(BaseModel):
    """One parameter of a question."""

    name: str = Field(description="Its name.")
    type: str = Field(description="Type of its values.")
    about: str = Field(description="What it says.")
    optional: bool = Field(description="Whether it can be left out.")
    example: Any = Field(None, description="A value that makes sense.")


class QuestionAbout(BaseModel):
    """One question of the catalogue."""

    name: str = Field(description="Its name, which is its path.")
    topic: str = Field(description="What it is about.")
    title: str = Field(description="It in a few words.")
    about: str = Field(description="It in words.")
    parameters: list[ParameterAbout] = Field(description="Its own parameters.")
    columns: list[ColumnAbout] = Field(description="What each row of its answer has.")
    timeless: bool = Field(description="Whether it is about no single day, and so takes no `on`.")
    example: str = Field(description="Address that asks it with its example values.")
    source: str = Field(description="Address of the Cypher behind it.")


def catalogue_router(catalog: Catalog) -> APIRouter:
    """Return the routes that say what can be asked, and answer 404 for what cannot; to be added last."""
    router = APIRouter()
    _add_catalogue(router, catalog)
    for question in catalog.values():
        _add_source(router, question)
    _add_unknown(router, catalog)
    return router


def example_path(question: Question) -> str:
    """Return the path and query that ask a question with its example values."""
    query = urlencode(question.examples, doseq=True)
    return question.address + (f"?{query}" if query else "")


def about(question: Question) -> QuestionAbout:
    """Return what the catalogue says of a question."""
    parameters = [
        ParameterAbout(name=name, **spec.model_dump(include={"type", "about", "optional", "example"}))
        for name, spec in question.header.params.items()
    ]
    return QuestionAbout(
        name=question.name,
        topic=question.topic,
        title=question.header.title,
        about=question.header.about,
        parameters=parameters,
        columns=[ColumnAbout(**column) for column in columns_of(question)],
        timeless=question.header.timeless is not None,
        example=example_path(question),
        source=f"/questions/{question.name}/source",
    )


def _add_catalogue(router: APIRouter, catalog: Catalog) -> None:
    body = orjson.dumps([about(question).model_dump() for question in catalog.values()])
    headers = {"ETag": f'W/"{sha256(body).hexdigest()[:32]}"', "Cache-Control": "no-cache"}

    async def catalogue(request: Request) -> Response:
        if has_already(request.headers.get("If-None-Match"), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type="application/json")

    router.add_api_route(
        "/questions",
        catalogue,
        methods=["GET"],
        operation_id="questions",
        tags=[CATALOGUE],
        summary="All questions",
        description="Every question that can be asked, with its parameters, its columns and an example.",
        response_model=list[QuestionAbout],
        responses=documented(UnauthenticatedError, InputError, unchanged=True),
        dependencies=[Depends(no_parameters)],
    )


def _add_source(router: APIRouter, question: Question) -> None:
    text = question.for_browser()
    headers = {"ETag": f'W/"{question.digest[:32]}"', "Cache-Control": "no-cache"}

    async def source(request: Request) -> Response:
        if has_already(request.headers.get("If-None-Match"), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return PlainTextResponse(text, headers=headers)

    router.add_api_route(
        f"/questions/{question.name}/source",
        source,
        methods=["GET"],
        operation_id=f"{question.name}_source",
        tags=[question.topic],
        summary=f"{question.header.title}: the Cypher behind it",
        description="The text that is run, with example values, as it pastes into Neo4j Browser.",
        response_class=PlainTextResponse,
        responses=documented(UnauthenticatedError, InputError, unchanged=True),
        dependencies=[Depends(no_parameters)],
    )


def _add_unknown(router: APIRouter, catalog: Catalog) -> None:
    async def unknown(name: str) -> Response:
        catalog.find(name)
        raise NotFoundError("There is nothing of that name.")

    for path, methods in (("/questions/{name}", ["GET", "POST"]), ("/questions/{name}/source", ["GET"])):
        router.add_api_route(path, unknown, methods=methods, include_in_schema=False)
