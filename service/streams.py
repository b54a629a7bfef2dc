"""An answer that is sent while it is read: its rows line by line, page after page, to the end."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Scope

from graph.errors import FoedusError
from graph.understood import Answer
from service.answers import dumped, to_ndjson
from service.errors import LOG, told, told_without_details
from service.forms import NDJSON_TYPE
from service.limits import within

LINES_AT_ONCE = 500


async def streamed(request: Request, pages: AsyncIterator[Answer], headers: dict[str, str], seconds: float) -> Response:
    """Answer with all rows of all pages; no page takes longer than some seconds.

    The first page is read before anything is sent, so that what goes wrong until then is a problem with its status. A
    later error is the last line, `{"error": …}`; so an answer of several pages has no tag, and nobody keeps it.
    """
    async with within(seconds):
        first = await anext(pages)
    if first.next is None:
        return Response(to_ndjson(first), headers=headers, media_type=NDJSON_TYPE)
    kept = {name: value for name, value in headers.items() if name != "ETag"} | {"Cache-Control": "no-store"}
    # Whoever asks for the head alone does not cause the work of the rest.
    rest = _none() if request.scope["state"].get("head_only") else pages
    return StreamingResponse(_lines(first, rest, request.scope, seconds), headers=kept, media_type=NDJSON_TYPE)


async def _lines(
    page: Answer | None, rest: AsyncIterator[Answer], scope: Scope, seconds: float
) -> AsyncIterator[bytes]:
    try:
        while page is not None:
            for chunk in _chunks(page):
                yield chunk
            page = None  # One page is in memory at a time.
            async with within(seconds):
                page = await anext(rest, None)
    except FoedusError as error:
        yield error_line(told(error, scope))
    except Exception:  # noqa: BLE001 - the head is sent: whatever it is, it is logged and told in the last line
        LOG.exception("%s was not foreseen", scope["state"]["request_id"])
        yield error_line(told_without_details(scope))


def error_line(body: dict[str, Any]) -> bytes:
    """Write a problem as a line among others."""
    return dumped({"error": body}) + b"\n"


def _chunks(page: Answer) -> Iterator[bytes]:
    for start in range(0, len(page.rows), LINES_AT_ONCE):
        yield to_ndjson(replace(page, rows=page.rows[start : start + LINES_AT_ONCE]))


async def _none() -> AsyncIterator[Answer]:
    for page in list[Answer]():
        yield page
