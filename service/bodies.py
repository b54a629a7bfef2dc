"""The body of a request: of a type that is read here, no larger than it may be, and JSON that says each thing once."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

from fastapi import Request
from starlette.requests import ClientDisconnect

from service.errors import MalformedError, SlowBodyError, TooLargeError, UnsupportedTypeError

BODY_SECONDS = 60.0
DEEPEST = 32
"""How deep a body may be nested, several times what any needs: what is read later would run out of stack."""
JSON_TYPES = frozenset({"application/json"})
PATCH_TYPES = frozenset({"application/merge-patch+json", "application/json"})


def see_type(request: Request, types: Collection[str], hint: str) -> None:
    """Refuse a body of another type, or one that is coded. Raises UnsupportedTypeError."""
    given = request.headers.get("Content-Type")
    if given is None or given.partition(";")[0].strip().lower() not in types:
        message = f"A body of type {given} is not read here." if given else "The request has no body with a type."
        raise UnsupportedTypeError(message, hint)
    if (coding := request.headers.get("Content-Encoding", "identity")).lower() != "identity":
        raise UnsupportedTypeError(f"A body with the coding {coding} is not read here.", hint)


async def body_of(request: Request, most: int, hint: str) -> bytes:
    """Read a body. Raises TooLargeError with a hint when it has more bytes, SlowBodyError, or MalformedError."""
    too_large = TooLargeError(f"The body has more than {most} bytes.", hint)
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > most:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                if len(body) + len(part) > most:
                    raise too_large
                body += part
    except TimeoutError:
        raise SlowBodyError(f"The body did not arrive within {BODY_SECONDS:g} seconds.", "Send it again.") from None
    except ClientDisconnect:
        raise MalformedError("The body ended before it was whole.") from None
    return bytes(body)


async def json_of(request: Request, most: int, types: Collection[str] = JSON_TYPES) -> Any:
    """Read a body as JSON (RFC 8259), whose objects name nothing twice. Raises the errors of a body.

    It is read beside the event loop, since a large one takes long.
    """
    see_type(request, types, f"Send {max(types)} in UTF-8, not compressed.")
    body = await body_of(request, most, "Send less at once; see FOEDUS_CHANGE_BYTES.")
    return await asyncio.to_thread(_read, body)


def parsed(
    text: bytes, objects: Callable[[list[tuple[str, Any]]], Any], numbers: Callable[[str], Any] | None = None
) -> Any:
    """Read JSON in UTF-8; what becomes of objects and numbers may be said. Raises ValueError or RecursionError."""
    decoded = text.decode()
    found = json.loads(
        decoded, object_pairs_hook=objects, parse_int=numbers, parse_float=numbers, parse_constant=_refuse
    )
    if "\\u" in decoded:
        # Such an escape can name half of a character, which no UTF-8 can hold.
        json.dumps(found, ensure_ascii=False).encode()
    return found


def _read(body: bytes) -> Any:
    try:
        found = parsed(body, _object)
    except (ValueError, RecursionError) as error:
        twice = str(error) if isinstance(error, _TwiceError) else ""
        raise MalformedError(twice or "The body is not JSON in UTF-8.", "Send one JSON object.") from None
    _see_depth(found)
    return found


def _see_depth(found: Any) -> None:
    """Raise MalformedError for what is nested too deep."""
    level = [found]
    for _ in range(DEEPEST):
        inner = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list))
        if not (level := [value for values in inner for value in values]):
            return
    raise MalformedError(f"The body is nested more than {DEEPEST} levels deep.", "Nothing that is read here is.")


class _TwiceError(ValueError):
    """An object names one field twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise _TwiceError(f"An object of the body names {twice!r} twice.")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
