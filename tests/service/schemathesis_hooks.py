"""How schemathesis writes and reads NDJSON, which it does not know of itself."""

import json
from typing import Any

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def to_ndjson(_: Any, value: Any) -> bytes:
    return json.dumps(value).encode() + b"\n"


@schemathesis.deserializer("application/x-ndjson")
def from_ndjson(_: Any, response: Any) -> Any:
    lines = [json.loads(line) for line in response.content.splitlines()]
    return lines[0] if lines else {}
