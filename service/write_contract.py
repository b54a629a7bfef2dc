"""What OpenAPI says of the routes that write, made from the models: bodies with examples, headers, answers."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from graph.model import LABELS
from graph.model.changes import Withdraw
from graph.model.records import LARGEST
from service.access import KEYED
from service.contract import REF, openapi_parameters
from service.dependencies import BOOKMARK_HEADER, KNOWN_AT_HEADER
from service.examples import RECORDS
from service.receipts import ReceiptBody

JSON, PATCH = "application/json", "application/merge-patch+json"
_TEXT = {"type": "string"}
_TOKENS = {
    KNOWN_AT_HEADER: {
        "description": "Token of the write: a read that brings it sees it.",
        "schema": {"type": "string"},
    },
    BOOKMARK_HEADER: {"description": "The database's own token for it, for clusters.", "schema": _TEXT},
}
_TAG = {"ETag": {"description": "The number of the version, for If-Match.", "schema": _TEXT}}


def header(name: str, about: str, **schema: Any) -> dict[str, Any]:
    """Return the parameter of a header."""
    required = schema.pop("required", False)
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": about,
        "schema": _TEXT | schema,
    }


def in_path(name: str, about: str, **schema: Any) -> dict[str, Any]:
    """Return the parameter of a part of a path."""
    return {"name": name, "in": "path", "required": True, "description": about, "schema": _TEXT | schema}


IDEMPOTENCY_KEY = header(
    "Idempotency-Key",
    "A name for this write, chosen by the client: the same again gives the first answer and writes nothing.",
    pattern=r"^[\x21-\x7e]{1,200}$",
)
IF_MATCH = header(
    "If-Match",
    'The ETag of the version that is replaced, such as `"3"`.',
    required=True,
    pattern='^"[1-9][0-9]{0,17}"$',
)
IF_NONE_MATCH = header(
    "If-None-Match", "`*` to create: there must be no such thing yet. Else send If-Match.", enum=["*"]
)


def record_schemas() -> dict[str, Any]:
    """Return the schemas of all records and what they are made of, by the names that the bodies refer to."""
    found: dict[str, Any] = {}
    for label, model in LABELS.items():
        schema = model.model_json_schema(ref_template=REF)
        found |= schema.pop("$defs", {})
        found[f"{label}Record"] = schema
        fields = {name: spec for name, spec in schema["properties"].items() if name != "key"}
        required = [name for name in schema["required"] if name != "key"]
        found[f"{label}Content"] = schema | {
            "title": f"{label}Content",
            "properties": fields,
            "required": required,
        }
    return found


def record_ref(label: str, kind: str) -> dict[str, str]:
    """Return the reference to the schema of a label: its `Record`, with the key, or its `Content`, without."""
    return {"$ref": REF.format(model=f"{label}{kind}")}


def writes(
    query: type[BaseModel],
    *parameters: Mapping[str, Any],
    body: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the `openapi_extra` of a route that writes: a key, its parameters, and its body by media type."""
    found = KEYED | {"parameters": [*parameters, *openapi_parameters(query), IDEMPOTENCY_KEY]}
    return found | ({"requestBody": {"required": True, "content": dict(body)}} if body else {})


def receipts(*, created: str = "", done: str, tagged: bool = False) -> dict[int | str, dict[str, Any]]:
    """Return the answers of a route that writes: 200, and 201 where it can create."""
    headers = _TOKENS | (_TAG if tagged else {})
    found: dict[int | str, dict[str, Any]] = {200: {"model": ReceiptBody, "description": done, "headers": headers}}
    return found | ({201: {"model": ReceiptBody, "description": created, "headers": headers}} if created else {})


def change_set_schema(most: int) -> dict[str, Any]:
    """Return the schema of a change set as it is sent."""
    about = "Number of the version it replaces; 0: it must be new."
    version = {"type": ["integer", "null"], "minimum": 0, "maximum": LARGEST, "description": about}
    puts = [
        {
            "type": "object",
            "title": f"Put{label}",
            "required": ["op", "label", "record"],
            "additionalProperties": False,
            "properties": {
                "op": {"const": "put"},
                "label": {"const": label},
                "record": record_ref(label, "Record"),
                "if_version": version,
            },
        }
        for label in LABELS
    ]
    withdraw = Withdraw.model_json_schema()
    withdraw["properties"] = {"op": {"const": "withdraw"}} | withdraw["properties"]
    withdraw["required"] = ["op", *withdraw["required"]]
    return {
        "type": "object",
        "required": ["reason", "operations"],
        "additionalProperties": False,
        "properties": {
            "reason": {"type": "string", "minLength": 1, "maxLength": 2000, "description": "Why; it is kept."},
            "operations": {"type": "array", "maxItems": most, "items": {"oneOf": [*puts, withdraw]}},
        },
    }


def json_body(schema: Mapping[str, Any], example: Any, media_type: str = JSON) -> dict[str, Any]:
    """Return the content of a body in JSON."""
    return {media_type: {"schema": dict(schema), "example": example}}


def put_of(label: str) -> dict[str, Any]:
    """Return the example of a put."""
    return {"op": "put", "label": label, "record": RECORDS[label]}
