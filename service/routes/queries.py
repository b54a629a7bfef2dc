"""Texts of one's own: whether one may be run, and what the database would do with it. Nothing is run."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from graph.errors import DatabaseAwayError, DatabaseBusyError, InputError, QueryTimeoutError
from graph.keys import Scope
from graph.model.reading import checked
from graph.settings import Settings
from service.access import KEYED, needs
from service.answers import dumped
from service.bodies import json_of
from service.dependencies import graph_of, no_parameters
from service.errors import (
    ForbiddenError,
    SlowBodyError,
    TooLargeError,
    UnauthenticatedError,
    UnsupportedTypeError,
    documented,
)
from service.limits import Places
from service.routes.direct import DirectRoute
from service.verdicts import Asking, judged
from service.write_contract import json_body

JUDGED_AT_ONCE = 4
EXAMPLE = {"text": "MATCH (s:State)\nWHERE s.key = $state\nRETURN s.key AS state", "parameters": {"state": "RUS"}}


class FindingBody(BaseModel):
    """One thing said of a text."""

    code: str = Field(description="Its stable name: a reason of the gate, or the GQL status of a warning.")
    message: str = Field(description="What it is.")
    hint: str | None = Field(None, description="A way out.")
    line: int | None = Field(None, description="The line it is about, from 1.")
    column: int | None = Field(None, description="The column in that line, from 1.")


class VerdictBody(BaseModel):
    """Whether a text may be run, and what the plan tells of it; of one that cannot be planned that is nothing."""

    allowed: bool = Field(description="Whether it may be run.")
    refusals: list[FindingBody] = Field(description="Why it may not; empty when it may.")
    warnings: list[FindingBody] = Field(description="What to look at, such as names that nothing here has.")
    columns: list[str] = Field(description="What it returns, in order.")
    parameters: list[str] = Field(description="Parameters that it reads.")
    labels: list[str] = Field(description="Labels that the plan names.")
    types: list[str] = Field(description="Relationship types that the plan names.")
    operators: list[str] = Field(description="What the plan is made of.")
    lengths: list[str] = Field(description="Variable lengths of patterns, as the plan has them.")
    estimated_rows: float | None = Field(description="The largest number of rows expected anywhere in the plan.")


def queries_router(settings: Settings) -> APIRouter:
    """Return the route."""
    router = APIRouter(route_class=DirectRoute, tags=["queries"])
    places = Places(JUDGED_AT_ONCE, settings.acquire_seconds, "checks of texts")

    async def check(request: Request) -> Response:
        needs(request, Scope.CYPHER)
        await no_parameters(request)
        asking = checked(Asking, await json_of(request, settings.batch_bytes), "/body")
        async with places.taken():
            told = await judged(graph_of(request), asking)
        return Response(dumped(told), headers={"Cache-Control": "no-store"}, media_type="application/json")

    router.add_api_route(
        "/queries/check",
        check,
        methods=["POST"],
        operation_id="check_query",
        summary="Judge a text without running it",
        description=(
            "The verdict on a Cypher text of one's own: whether it may be run, why not, and what the database would do "
            "with it. Only what reads may, by operators that are known to be harmless; a text with a fault is answered "
            "with 200 and the verdict."
        ),
        response_model=VerdictBody,
        responses=documented(
            UnauthenticatedError,
            ForbiddenError,
            SlowBodyError,
            TooLargeError,
            UnsupportedTypeError,
            InputError,
            DatabaseAwayError,
            DatabaseBusyError,
            QueryTimeoutError,
        ),
        openapi_extra=KEYED
        | {"requestBody": {"required": True, "content": json_body(Asking.model_json_schema(), EXAMPLE)}},
    )
    return router
