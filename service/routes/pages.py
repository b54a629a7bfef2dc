"""What a person finds first: the index, and the page on which each question can be tried without any network."""

import asyncio
from hashlib import sha256
from importlib.resources import files

import orjson
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from graph.recent import Recent
from service.cache import Kept, kept_response
from service.dependencies import no_parameters
from service.negotiation import has_already

_WEB = files("service") / "web"
_FILES = {
    "/docs": ("docs.html", "text/html"),
    "/docs/docs.css": ("docs.css", "text/css"),
    "/docs/docs.js": ("docs.js", "text/javascript"),
}
# The page needs nothing from elsewhere, and nothing from elsewhere may run in it or show it in a frame.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_INDEX = orjson.dumps(
    {
        "name": "foedus",
        "about": "Who commits support to whom, under which treaty, on which day, and who says so.",
        "docs": "/docs",
        "questions": "/questions",
        "openapi": "/openapi.json",
        "live": "/health/live",
        "ready": "/health/ready",
    }
)


class Document:
    """The OpenAPI document of the service: made when it is first asked for, beside the event loop, and kept."""

    def __init__(self) -> None:
        self._kept: Recent[str, Kept] = Recent(1)

    async def __call__(self, request: Request) -> Response:
        """Answer it."""
        kept = await self._kept.made("", lambda: asyncio.to_thread(_document, request.app))
        headers = {"ETag": f'W/"{sha256(kept.body).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
        if has_already(request.headers.get("If-None-Match"), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return kept_response(request, kept, headers, "application/json")


def _document(app: FastAPI) -> Kept:
    return Kept(orjson.dumps(app.openapi()))


def pages_router() -> APIRouter:
    """Return the index and the files of the page."""
    router = APIRouter(dependencies=[Depends(no_parameters)], include_in_schema=False)

    @router.get("/")
    async def index(request: Request) -> Response:
        """Lead browsers to the page, and tell programs what there is."""
        if "text/html" in request.headers.get("Accept", ""):
            return RedirectResponse("/docs", headers={"Vary": "Accept"})
        return Response(_INDEX, headers={"Vary": "Accept"}, media_type="application/json")

    router.add_api_route("/openapi.json", Document(), methods=["GET"])
    for path, (name, media_type) in _FILES.items():
        _add_file(router, path, (_WEB / name).read_bytes(), media_type)
    return router


def _add_file(router: APIRouter, path: str, content: bytes, media_type: str) -> None:
    headers = {
        "Content-Security-Policy": _POLICY,
        "Cache-Control": "no-cache",
    }

    async def file() -> Response:
        return Response(content, headers=headers, media_type=media_type)

    router.add_api_route(path, file, methods=["GET"])
