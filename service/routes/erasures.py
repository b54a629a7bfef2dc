"""Lawful erasure over HTTP, for keys with the scope `admin`; `foedus erase` is the same on the command line."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from graph.erasures import Demand
from graph.errors import NotFoundError
from graph.keys import Scope
from graph.model.reading import checked
from graph.parameters import read_parameters
from graph.settings import Settings
from graph.types import Instant
from service.access import KEYED, needs
from service.answers import dumped
from service.contract import openapi_parameters
from service.dependencies import graph_of
from service.errors import documented
from service.negotiation import query_pairs
from service.routes.direct import DirectRoute
from service.write_contract import json_body
from service.writing import PROBLEMS, Turns, pointing


class Trying(BaseModel):
    """What the query of an erasure may say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dry_run: bool = Field(False, description="Only say what would go. Do this first: an erasure cannot be undone.")


class ErasedBody(BaseModel):
    """What an erasure removed, and what it left to be looked at by hand."""

    dry_run: bool = Field(description="Whether it was only tried: then everything is still there.")
    key: str = Field(description="Key of the person.")
    known_at: Instant = Field(description="Instant from which it can be read; of a dry run the newest there is.")
    things: int = Field(description="Things that went, with all their versions.")
    versions: int = Field(description="Versions that went.")
    links: int = Field(description="Links that went.")
    derived: int = Field(description="Derived relationships that went.")
    changed: int = Field(description="Versions that stay and were changed.")
    texts: int = Field(description="Texts in which a name was replaced.")
    own: list[str] = Field(description="Keys of the person's identifiers, memberships and tenures.")
    alone: list[str] = Field(description="Keys of what said nothing without the person, and went too.")
    replaced: list[str] = Field(description="The names that were replaced.")
    not_looked_for: list[str] = Field(description="Names too short to be looked for.")
    by_hand: list[str] = Field(description="Keys of things in whose texts or keys something of the names is left.")
    change_sets_by_hand: list[str] = Field(description="Instants of change sets of which the same is true.")


def erasures_router(settings: Settings, turns: Turns) -> APIRouter:
    """Return the route."""
    router = APIRouter(route_class=DirectRoute, tags=["changes"])

    async def post(request: Request) -> Response:
        author = needs(request, Scope.ADMIN).name
        trying = read_parameters(Trying, query_pairs(request.scope["query_string"]))
        given = await turns.body(request)
        with pointing({"": "/body"}):
            demand = checked(Demand, given | {"author": author} if isinstance(given, dict) else given)
            async with turns.taken():
                erased = await graph_of(request).eraser.erase(demand, dry_run=trying.dry_run)
        return Response(
            dumped({"dry_run": trying.dry_run} | asdict(erased)),
            headers={"Cache-Control": "no-store"},
            media_type="application/json",
        )

    router.add_api_route(
        "/erasures",
        post,
        methods=["POST"],
        operation_id="erase_person",
        summary="Erase a person's data",
        description=(
            "Takes a person out of all states of knowledge, where law demands it, and leaves hashes so that nothing "
            "brings it back. Needs the scope `admin`. It is the only work that changes what was recorded."
        ),
        response_model=ErasedBody,
        responses=documented(*PROBLEMS, NotFoundError),
        openapi_extra=KEYED
        | {
            "parameters": openapi_parameters(Trying),
            "requestBody": {
                "required": True,
                "content": json_body(_schema(), {"key": "rudenko-andrey", "reason": "GDPR 17, asked on 2026-11-01."}),
            },
        },
    )
    return router


def _schema() -> dict[str, Any]:
    schema = Demand.model_json_schema()
    del schema["properties"]["author"]
    schema["required"].remove("author")
    return schema
