"""Whether the service lives, and whether it can answer: for whatever starts and watches it."""

import asyncio
from datetime import datetime

import orjson
from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field
from starlette.datastructures import State

from graph import schema
from graph.errors import DatabaseAwayError, DatabaseBusyError, InputError, QueryTimeoutError, SchemaError
from graph.graph import Graph
from service.dependencies import graph_of, no_parameters
from service.errors import WarmingUpError, documented

LONGEST_SECONDS = 5.0


class Live(BaseModel):
    """The process answers."""

    status: str = Field("live", description="Always `live`.")


class Ready(BaseModel):
    """Questions can be answered."""

    status: str = Field("ready", description="Always `ready`.")
    known_at: datetime = Field(description="Instant of the last change; year 1 when nothing is recorded yet.")
    questions: int = Field(description="Number of questions that can be asked.")
    loading: list[str] = Field(
        description="What foedus ships and is still to be loaded, in its order: `shipped`, then data sets."
    )


def health_router() -> APIRouter:
    """Return the two routes."""
    router = APIRouter(prefix="/health", tags=["health"], dependencies=[Depends(no_parameters)])

    @router.get("/live", operation_id="live", response_model=Live, responses=documented(InputError))
    async def live() -> Response:
        """Say that the process answers; asks no database."""
        return _uncached(Live())

    answers = documented(
        InputError, DatabaseAwayError, DatabaseBusyError, SchemaError, WarmingUpError, QueryTimeoutError
    )

    @router.get("/ready", operation_id="ready", response_model=Ready, responses=answers)
    async def ready(request: Request) -> Response:
        """Say that the database answers, has every constraint and index, and has planned every question, or 503."""
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                return _uncached(await _ready(graph_of(request), request.app.state))
        except TimeoutError:
            raise DatabaseAwayError(f"Neo4j did not answer within {LONGEST_SECONDS:g} seconds.") from None

    return router


async def _ready(graph: Graph, state: State) -> Ready:
    if error := (await schema.compared(graph.database)).error():
        raise error
    if state.warming.going_on:
        raise WarmingUpError("The questions are being asked for the first time.", "Ask again in a moment.")
    known_at, still = await graph.revision.known_at(), list(state.loading.remaining)
    return Ready(known_at=known_at, questions=len(graph.catalog), loading=still)


def _uncached(body: BaseModel) -> Response:
    content = orjson.dumps(body.model_dump(), option=orjson.OPT_UTC_Z)
    return Response(content, headers={"Cache-Control": "no-store"}, media_type="application/json")
