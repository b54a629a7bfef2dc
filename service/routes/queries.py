"""Texts of one's own: whether one may be run, and what it returns."""

from fastapi import APIRouter, Request, Response

from graph.errors import (
    InputError,
    QueryFailedError,
)
from graph.keys import Scope
from graph.model.reading import checked
from graph.settings import Settings
from graph.types import written_instant
from service.access import KEYED, needs
from service.answers import dumped
from service.bodies import json_of
from service.dependencies import KNOWN_AT_HEADER, graph_of, no_parameters
from service.errors import (
    OF_A_BODY,
    OF_THE_DATABASE,
    ForbiddenError,
    NotAcceptableError,
    UnauthenticatedError,
    documented,
)
from service.examples import QUERY
from service.forms import MEDIA_TYPES
from service.limits import Places, within
from service.negotiation import best_of
from service.queries import FORMS, Asking, FoundBody, Running, VerdictBody, asked_of, seconds_of, verdict_told, written
from service.routes.direct import DirectRoute
from service.write_contract import json_body
from service.writing import IN_BODY, pointing

TRUNCATED_HEADER = "Foedus-Truncated"
_PROBLEMS = (
    UnauthenticatedError,
    ForbiddenError,
    *OF_A_BODY,
    InputError,
    *OF_THE_DATABASE,
)
_KEPT_BY_NOBODY = {"Cache-Control": "no-store"}


def queries_router(settings: Settings, places: Places) -> APIRouter:
    """Return the two routes; `places` are the turns of all that comes from texts of one's own."""
    router = APIRouter(route_class=DirectRoute, tags=["queries"])

    async def check(request: Request) -> Response:
        needs(request, Scope.CYPHER)
        await no_parameters(request)
        asking = checked(Asking, await json_of(request, settings.cypher_body_bytes), "/body")
        queries = graph_of(request).queries
        with pointing(IN_BODY):
            async with places.taken():
                verdict = await queries.check(await asked_of(queries, asking))
        return Response(dumped(verdict_told(verdict)), headers=_KEPT_BY_NOBODY, media_type="application/json")

    async def run(request: Request) -> Response:
        needs(request, Scope.CYPHER)
        await no_parameters(request)
        by_type = {MEDIA_TYPES[form]: form for form in FORMS}
        media_type = best_of(request.headers.get("Accept"), [*by_type])
        running = checked(Running, await json_of(request, settings.cypher_body_bytes), "/body")
        queries = graph_of(request).queries
        with pointing(IN_BODY):
            async with places.taken(), within(seconds_of(settings)):
                found = await queries.run(await asked_of(queries, running), limit=running.limit)
        headers = {KNOWN_AT_HEADER: written_instant(found.known_at), TRUNCATED_HEADER: str(found.truncated).lower()}
        return Response(written(found, by_type[media_type]), headers=headers | _KEPT_BY_NOBODY, media_type=media_type)

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
        responses=documented(*_PROBLEMS),
        openapi_extra=_taking(Asking),
    )
    router.add_api_route(
        "/queries/run",
        run,
        methods=["POST"],
        operation_id="run_query",
        summary="Run a text of one's own",
        description=(
            "The rows that a Cypher text returns, as JSON, CSV or NDJSON by `Accept`. It must pass the gate of "
            "`/queries/check`; what does not is `query_refused`, with a reason for each fault. It runs in a "
            f"transaction that only reads, for so long and so much as the settings say; `{TRUNCATED_HEADER}` tells "
            "whether there is more. A day is text, a node its labels and properties."
        ),
        response_model=FoundBody,
        responses=documented(*_PROBLEMS, NotAcceptableError, QueryFailedError)
        | {
            200: {
                "description": "The rows.",
                "content": {MEDIA_TYPES[form]: {} for form in FORMS[1:]},
                "headers": _GIVEN,
            }
        },
        openapi_extra=_taking(Running),
    )
    return router


_GIVEN = {
    KNOWN_AT_HEADER: {"description": "The state of knowledge `$known_at`.", "schema": {"type": "string"}},
    TRUNCATED_HEADER: {"description": "`true` where there is more.", "schema": {"type": "string"}},
}


def _taking(model: type[Asking]) -> dict[str, object]:
    return KEYED | {"requestBody": {"required": True, "content": json_body(model.model_json_schema(), QUERY)}}
