"""What a question would answer if a change set were written. Nothing of it remains."""

import asyncio
import json
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from graph.errors import NotFoundError, StaleVersionError
from graph.model.reading import checked, read_change_set
from graph.parameters import read_parameters
from graph.settings import Settings
from graph.what_if import Supposed, suppose
from service.access import KEYED, author_of
from service.answers import dumped, envelope
from service.batches import pairs_of
from service.dependencies import graph_of, no_parameters
from service.errors import documented
from service.examples import DENOUNCES, TREATY
from service.receipts import ReceiptBody, preview_body
from service.routes.direct import DirectRoute
from service.write_contract import change_set_schema, json_body
from service.writing import PROBLEMS, Turns, pointing

_ELSEWHERE = dict.fromkeys(
    ("known_at", "after", "compare_known_at", "compare_on", "digest"),
    "What is asked is about now, before and after the change set.",
)
EXAMPLE = {
    "change_set": DENOUNCES,
    "question": "commitments_under_agreement",
    "parameters": {"agreement": TREATY, "on": "2026-01-01"},
}


class Supposing(BaseModel):
    """What is supposed, and what is asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    change_set: Any = Field(description="A change set, as `POST /change-sets` takes it.")
    question: str = Field(description="Name of a question.")
    parameters: dict[str, Any] = Field({}, description="Its parameters, a list as an array.")


class SupposedBody(BaseModel):
    """The answers before and after, and what differs."""

    change_set: ReceiptBody = Field(description="What the change set would come to, as a dry run tells it.")
    before: dict[str, Any] = Field(description="The answer as it is.")
    after: dict[str, Any] = Field(description="The answer as it would be.")
    difference: dict[str, Any] = Field(
        description="Rows that would be added, removed or changed, each with its earlier values and the facts that "
        "cause it (`because`)."
    )


def what_if_router(settings: Settings, turns: Turns) -> APIRouter:
    """Return the route."""
    router = APIRouter(route_class=DirectRoute, tags=["changes"])

    async def post(request: Request) -> Response:
        author = author_of(request)
        await no_parameters(request)
        supposing = checked(Supposing, await turns.body(request), "/body")
        graph = graph_of(request)
        question = graph.catalog.find(supposing.question)
        read = partial(read_change_set, supposing.change_set, author=author, most=settings.change_operations)
        with pointing({"": "/body/change_set", "/query": "/body/parameters"}):
            asked = read_parameters(
                question.parameters, pairs_of(json.dumps(supposing.parameters).encode(), _ELSEWHERE)
            )
            change_set = await asyncio.to_thread(read)
            async with turns.taken():
                supposed = await suppose(graph, change_set, question, asked)
        return Response(dumped(_told(supposed)), headers={"Cache-Control": "no-store"}, media_type="application/json")

    router.add_api_route(
        "/what-if",
        post,
        methods=["POST"],
        operation_id="what_if",
        summary="Ask as if a change set were written",
        description=(
            "Writes a change set, asks a question before and after it, and takes everything back: who would lose which "
            "commitment if Russia denounced the treaty? It needs a key that may write, since others wait meanwhile."
        ),
        response_model=SupposedBody,
        responses=documented(*PROBLEMS, NotFoundError, StaleVersionError),
        openapi_extra=KEYED
        | {"requestBody": {"required": True, "content": json_body(_schema(settings.change_operations), EXAMPLE)}},
    )
    return router


def _schema(most: int) -> dict[str, Any]:
    schema = Supposing.model_json_schema()
    schema["properties"]["change_set"] = change_set_schema(most)
    return schema


def _told(supposed: Supposed) -> dict[str, Any]:
    answers = {"before": supposed.before, "after": supposed.after, "difference": supposed.difference}
    told = {name: _not_kept(envelope(answer)) for name, answer in answers.items()}
    return {"change_set": preview_body(supposed.done), **told}


def _not_kept(told: dict[str, Any]) -> dict[str, Any]:
    """Take away what would lead to an answer that nobody can have again."""
    return told | {"permalink": None, "cite": None, "next": None}
