"""Saved questions: found, saved, asked, removed, and taken in and out as files."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from graph.errors import (
    ConflictError,
    InputError,
    NotFoundError,
    QueryFailedError,
    StaleVersionError,
)
from graph.graph import Graph
from graph.keys import Scope
from graph.model.reading import checked
from graph.parameters import read_parameters
from graph.reader import Reader
from graph.recent import Recent
from graph.savable import LONGEST_FILE
from graph.saved import DEFAULT_TOPIC, Saved, Who
from graph.settings import Settings
from service.access import KEYED, needs
from service.answering import Answering
from service.answers import dumped
from service.bodies import body_of, json_of, see_type
from service.contract import openapi_parameters
from service.dependencies import graph_of, no_parameters
from service.errors import (
    OF_A_BODY,
    OF_THE_DATABASE,
    ForbiddenError,
    MalformedError,
    NotAcceptableError,
    PreconditionError,
    UnauthenticatedError,
    documented,
)
from service.examples import SAVED
from service.forms import MEDIA_TYPES, Format
from service.limits import Places
from service.negotiation import query_pairs
from service.preconditions import tag_of, version_to_put, version_to_replace
from service.queries import seconds_of
from service.routes.direct import DirectRoute
from service.saved import (
    FilesBody,
    ImportedBody,
    ListBody,
    Listing,
    SavedBody,
    Topic,
    imported,
    see_that_read,
    told,
    who_asks,
)
from service.write_contract import IF_MATCH, IF_NONE_MATCH, in_path, json_body
from service.writing import IN_BODY, pointing

TEXT = "text/plain"
_TEXT_HINT = f"Send {TEXT}: the file as it is, in UTF-8, not compressed."
_KEPT_ANSWERINGS = 200
_READ = (UnauthenticatedError, InputError, *OF_THE_DATABASE)
_WRITE = (*_READ, ForbiddenError, ConflictError, *OF_A_BODY)
_NAME = in_path("name", "Name of the saved question.", pattern="^[a-z][a-z0-9_]*$")
_REVISION = in_path("revision", "Number of the revision.", type="integer", minimum=1)
_BELOW: list[list[dict[str, Any]]] = [[_NAME], [_NAME, _REVISION]]


def saved_router(settings: Settings, places: Places) -> APIRouter:
    """Return the routes; `places` are the turns of all that comes from texts of one's own."""
    router = APIRouter(route_class=DirectRoute, tags=["saved questions"])
    _add_list(router)
    _add_reading(router)
    _add_answers(router, settings, places)
    _add_writing(router, places)
    _add_files(router, settings, places)
    return router


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    content = dumped(body.model_dump())
    return Response(content, status, {"Cache-Control": "no-store"} | (headers or {}), "application/json")


def _add_list(router: APIRouter) -> None:
    async def listed(request: Request) -> Response:
        asked = read_parameters(Listing, query_pairs(request.scope["query_string"]))
        limit = asked.limit + 1
        found = await graph_of(request).saved.listed(who_asks(request), asked.filters, limit=limit, after=asked.after)
        more = found[asked.limit - 1].name if len(found) == limit else None
        return _json(ListBody(saved_questions=[told(one) for one in found[: asked.limit]], next=more))

    router.add_api_route(
        "/saved-questions",
        listed,
        methods=["GET"],
        operation_id="saved_questions",
        summary="Saved questions",
        description="Questions that people saved, by name: those open to everybody, and one's own drafts.",
        response_model=ListBody,
        responses=documented(*_READ),
        openapi_extra={"parameters": openapi_parameters(Listing)},
    )


def _add_reading(router: APIRouter) -> None:
    async def one(request: Request) -> Response:
        saved = await _found(request)
        return _json(told(saved), headers={"ETag": tag_of(saved.revision)})

    async def source(request: Request) -> Response:
        saved = await _found(request)
        headers = {"ETag": tag_of(saved.revision), "Cache-Control": "no-store"}
        return PlainTextResponse(saved.content, headers=headers)

    for parameters in _BELOW:
        path, kind = _path(parameters)
        said: dict[str, Any] = {
            "methods": ["GET"],
            "responses": documented(*_READ, NotFoundError),
            "openapi_extra": {"parameters": parameters},
        }
        router.add_api_route(
            path,
            one,
            operation_id=f"saved_{kind}",
            summary=f"One saved {kind}",
            description="What it asks, who owns it, and which revision it is, which is its ETag.",
            response_model=SavedBody,
            **said,
        )
        router.add_api_route(
            f"{path}/source",
            source,
            operation_id=f"saved_{kind}_source",
            summary=f"The file of a saved {kind}",
            description="Its file, of the form of those that ship: it may be put into `cypher/questions/` as it is.",
            response_class=PlainTextResponse,
            **said,
        )


def _add_answers(router: APIRouter, settings: Settings, places: Places) -> None:
    known: Recent[str, Answering] = Recent(_KEPT_ANSWERINGS)
    seconds = seconds_of(settings)

    def answering(saved: Saved) -> Answering:
        key = f"{saved.address} {saved.question.digest}"
        if (found := known.get(key)) is None:
            found = Answering(saved.question, seconds, _guarded)
            known.put(key, found)
        return found

    async def answer(request: Request) -> Response:
        saved = await _found(request)
        see_that_read(saved)
        # Its name and its revision are no parameters of the question.
        request.scope["path_params"] = {}
        async with places.taken():
            response = await answering(saved)(request)
        if saved.question.header.deprecated:
            response.headers["Deprecation"] = "true"
        if saved.question.header.draft:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    for parameters in _BELOW:
        path, kind = _path(parameters)
        router.add_api_route(
            f"{path}/answer",
            answer,
            methods=["GET"],
            operation_id=f"saved_{kind}_answer",
            summary=f"The answer to a saved {kind}",
            description=(
                "As the catalogue's questions are answered, in every form: its own parameters, `on`, `known_at`, "
                "`limit`, `after`, `format`, `compare_on` and `compare_known_at`. Its text goes through the gate each "
                "time."
            ),
            responses=documented(*_READ, NotFoundError, NotAcceptableError, QueryFailedError, unchanged=True)
            | {200: {"description": "The answer.", "content": {MEDIA_TYPES[form]: {} for form in Format}}},
            openapi_extra={"parameters": parameters},
        )


def _guarded(graph: Graph) -> Reader:
    return graph.saved.reader


def _add_writing(router: APIRouter, places: Places) -> None:
    async def put(request: Request) -> Response:
        who = _analyst(request)
        topic = read_parameters(Topic, query_pairs(request.scope["query_string"])).topic
        replaces = version_to_put(request)
        see_type(request, {TEXT}, _TEXT_HINT)
        content = _text(await body_of(request, LONGEST_FILE, "Give long lists as parameters."))
        name, saved = request.path_params["name"], graph_of(request).saved
        async with places.taken():
            if topic is None and replaces:
                topic = (await saved.get(name, who)).topic
            with pointing(IN_BODY):
                made, warnings = await saved.save(name, topic or DEFAULT_TOPIC, content, who, replaces)
        headers = {"ETag": tag_of(made.revision), "Location": f"/saved-questions/{name}"}
        return _json(told(made, warnings), 201 if made.revision == 1 else 200, headers)

    async def remove(request: Request) -> Response:
        who = _analyst(request)
        await no_parameters(request)
        await graph_of(request).saved.remove(request.path_params["name"], who, version_to_replace(request))
        return Response(status_code=204)

    said: dict[str, Any] = {"description": "Its revision.", "schema": {"type": "string"}}
    router.add_api_route(
        "/saved-questions/{name}",
        put,
        methods=["PUT"],
        operation_id="save_question",
        summary="Save a question",
        description=(
            "A file of the form of `cypher/questions/`: a header, and the text below it, which must pass the gate. New "
            "with `If-None-Match: *`, a further revision with `If-Match` of the newest."
        ),
        response_model=SavedBody,
        responses=documented(*_WRITE, StaleVersionError, PreconditionError, MalformedError)
        | {status: {"model": SavedBody, "description": about, "headers": {"ETag": said}}
           for status, about in ((200, "A further revision."), (201, "A new question."))},
        openapi_extra=KEYED
        | {"parameters": [_NAME, *openapi_parameters(Topic), IF_MATCH | {"required": False}, IF_NONE_MATCH]}
        | {"requestBody": {"required": True, "content": {TEXT: {"schema": {"type": "string"}, "example": SAVED}}}},
    )  # fmt: skip
    router.add_api_route(
        "/saved-questions/{name}",
        remove,
        methods=["DELETE"],
        operation_id="remove_question",
        summary="Remove a saved question",
        description="With all its revisions. To mark what should no longer be asked, put `deprecated` into its header.",
        status_code=204,
        response_class=Response,
        responses=documented(*_WRITE, NotFoundError, StaleVersionError, PreconditionError, MalformedError),
        openapi_extra=KEYED | {"parameters": [_NAME, IF_MATCH]},
    )


def _add_files(router: APIRouter, settings: Settings, places: Places) -> None:
    async def export(request: Request) -> Response:
        asked = read_parameters(Listing, query_pairs(request.scope["query_string"]))
        every = graph_of(request).saved.every(who_asks(request), asked.filters, asked.after)
        files = {one.file: one.content async for one in every}
        return _json(FilesBody.model_construct(files=files))

    async def load(request: Request) -> Response:
        who = _analyst(request)
        await no_parameters(request)
        body = checked(FilesBody, await json_of(request, settings.change_bytes), "/body")
        async with places.taken():
            with pointing(IN_BODY):
                done = await graph_of(request).saved.load(body.files, who)
        return _json(imported(done))

    router.add_api_route(
        "/saved-question-files",
        export,
        methods=["GET"],
        operation_id="export_questions",
        summary="Saved questions as files",
        description="All that the filters leave, whatever `limit`, as they stand in a folder; import takes them so.",
        response_model=FilesBody,
        responses=documented(*_READ),
        openapi_extra={"parameters": openapi_parameters(Listing)},
    )
    router.add_api_route(
        "/saved-question-files",
        load,
        methods=["POST"],
        operation_id="import_questions",
        summary="Save a folder of questions",
        description="Saves each file, all or none. What is as it was stays as it is; what is new becomes one's own.",
        response_model=ImportedBody,
        responses=documented(*_WRITE, StaleVersionError),
        openapi_extra=KEYED
        | {
            "requestBody": {
                "required": True,
                "content": json_body(FilesBody.model_json_schema(), {"files": {"alliances/guarantors.cypher": SAVED}}),
            }
        },
    )


def _path(parameters: list[dict[str, Any]]) -> tuple[str, str]:
    return ("/saved-questions/{name}", "question") if len(parameters) == 1 else (
        "/saved-questions/{name}/revisions/{revision}", "revision")  # fmt: skip


async def _found(request: Request) -> Saved:
    """Return the saved question that the path names. Raises NotFoundError."""
    revision = request.path_params.get("revision")
    if revision is not None and not (revision.isdecimal() and revision.isascii() and len(revision) < 10):
        raise NotFoundError(f"{revision!r} is no number of a revision.", "They count from 1.")
    number = None if revision is None else int(revision)
    return await graph_of(request).saved.get(request.path_params["name"], who_asks(request), number)


def _analyst(request: Request) -> Who:
    needs(request, Scope.CYPHER)
    return who_asks(request)


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise MalformedError("The file is not UTF-8.", _TEXT_HINT) from None
