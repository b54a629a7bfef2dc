"""What a person finds first: the index, and the page on which each question can be tried without any network."""

from importlib.resources import files

import orjson
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from service.dependencies import no_parameters

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


def pages_router() -> APIRouter:
    """Return the index and the files of the page."""
    router = APIRouter(dependencies=[Depends(no_parameters)], include_in_schema=False)

    @router.get("/")
    async def index(request: Request) -> Response:
        """Lead browsers to the page, and tell programs what there is."""
        if "text/html" in request.headers.get("Accept", ""):
            return RedirectResponse("/docs", headers={"Vary": "Accept"})
        return Response(_INDEX, headers={"Vary": "Accept"}, media_type="application/json")

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
