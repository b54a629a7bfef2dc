"""One record at a time: read as it was written, put, patched, withdrawn, merged. The same routes for every label.

They are made from the models, so that a new label needs nothing here; `service/records.py` does the work.
"""

from collections.abc import Container, Mapping
from typing import Any

from fastapi import APIRouter

from graph.errors import (
    ConflictError,
    DatabaseAwayError,
    DatabaseBusyError,
    InputError,
    NotFoundError,
    QueryTimeoutError,
)
from graph.model import LABELS
from graph.model.records import Entity
from graph.settings import Settings
from service.contract import openapi_parameters
from service.dependencies import MERGED
from service.errors import UnauthenticatedError, documented
from service.examples import RECORDS
from service.receipts import ReceiptBody
from service.records import AsOf, Collection, Merging, RecordBody, Taking
from service.routes.direct import DirectRoute
from service.write_contract import (
    IF_MATCH,
    IF_NONE_MATCH,
    PATCH,
    in_path,
    json_body,
    receipts,
    record_ref,
    writes,
)
from service.writing import CHANGING, PROBLEMS, Explained, Tried, Turns

RECORDS_TAG = "records"
_PUT_IF = IF_MATCH | {"required": False}
_PATCHED = {"type": "object", "minProperties": 1, "description": "The fields to change; null takes one away."}
_READ = (
    UnauthenticatedError,
    InputError,
    NotFoundError,
    ConflictError,
    DatabaseAwayError,
    DatabaseBusyError,
    QueryTimeoutError,
)


def records_router(settings: Settings, turns: Turns, viewed: Container[str]) -> APIRouter:
    """Return the routes of all labels; `viewed` are the paths at which a question answers."""
    router = APIRouter(route_class=DirectRoute)
    for label, model in LABELS.items():
        collection = Collection(label, settings, turns)
        _add_reading(router, collection, has_view=collection.one in viewed)
        _add_writing(router, collection)
        if issubclass(model, Entity):
            _add_merging(router, collection)
        if "aliases" in model.model_fields:
            _add_aliases(router, collection)
    return router


def _add_reading(router: APIRouter, collection: Collection, *, has_view: bool) -> None:
    label, answers = collection.label, documented(*_READ, unchanged=True)
    answers |= {308: {"description": MERGED}}
    extra = {"parameters": [_key(label), *openapi_parameters(AsOf)]}
    paths = [collection.one + "/record", *([] if has_view else [collection.one])]
    for path in paths:
        router.add_api_route(
            path,
            collection.read,
            methods=["GET"],
            operation_id=f"{label.lower()}{'_record' if path.endswith('/record') else ''}",
            tags=[RECORDS_TAG],
            summary=f"{label}: the record as it was written",
            description="Content, version and tag of one record, as PUT takes it.",
            response_model=RecordBody,
            responses=answers,
            openapi_extra=extra,
        )


def _add_writing(router: APIRouter, collection: Collection) -> None:
    label, name = collection.label, collection.label.lower()
    content = {field: value for field, value in RECORDS[label].items() if field != "key"}
    answers = documented(*PROBLEMS, *CHANGING)
    put = writes(Explained, _key(label), _PUT_IF, IF_NONE_MATCH, body=json_body(record_ref(label, "Content"), content))
    patch = writes(Explained, _key(label), IF_MATCH, body=json_body(_PATCHED, {_some(content): None}, PATCH))
    delete = writes(Taking, _key(label), IF_MATCH)
    done = "Done, or unchanged, or a dry run."
    for method, endpoint, extra, created, summary, about in (
        ("PUT", collection.put, put, "Created.", "create or correct it", "Its whole content."),
        ("PATCH", collection.patch, patch, "", "correct some fields", "A JSON merge patch (RFC 7396)."),
        ("DELETE", collection.delete, delete, "", "withdraw it", "It stays in every earlier state of knowledge."),
    ):
        router.add_api_route(
            collection.one,
            endpoint,
            methods=[method],
            operation_id=f"{method.lower()}_{name}",
            tags=[RECORDS_TAG],
            summary=f"{label}: {summary}",
            description=about,
            response_model=ReceiptBody,
            responses=answers | receipts(created=created, done=done, tagged=True),
            openapi_extra=extra,
        )


def _add_merging(router: APIRouter, collection: Collection) -> None:
    label = collection.label
    body = json_body(Merging.model_json_schema(), {"into": "lavrov-sergey", "reason": "They are one."})
    router.add_api_route(
        collection.one + "/merge",
        collection.merge,
        methods=["POST"],
        operation_id=f"merge_{label.lower()}",
        tags=[RECORDS_TAG],
        summary=f"{label}: merge it into another",
        description=(
            "Whatever names it names the other from then on, and its key leads there (308). Undoing the change set "
            "parts them again exactly."
        ),
        response_model=ReceiptBody,
        responses=documented(*PROBLEMS, *CHANGING) | receipts(done="Merged, or a dry run.", tagged=True),
        openapi_extra=writes(Tried, _key(label), IF_MATCH, body=body),
    )


def _add_aliases(router: APIRouter, collection: Collection) -> None:
    label = collection.label
    alias = in_path("alias", "The other name.", minLength=1, maxLength=500)
    for method, endpoint, verb in (("PUT", collection.add_alias, "add"), ("DELETE", collection.retire_alias, "retire")):
        router.add_api_route(
            collection.one + "/aliases/{alias:path}",
            endpoint,
            methods=[method],
            operation_id=f"{verb}_alias_of_{label.lower()}",
            tags=[RECORDS_TAG],
            summary=f"{label}: {verb} an alias",
            description="Another name by which it is found.",
            response_model=ReceiptBody,
            responses=documented(*PROBLEMS, *CHANGING) | receipts(done="Done, or a dry run.", tagged=True),
            openapi_extra=writes(Explained, _key(label), alias, IF_MATCH),
        )


def _key(label: str) -> dict[str, Any]:
    return in_path(label.lower(), f"Key of the {label}.", pattern="^[A-Za-z0-9._~-]{1,200}$")


def _some(content: Mapping[str, Any]) -> str:
    """Return a field that an example can take away."""
    return next(iter(reversed(list(content))))
