"""Who may ask and who may write: the key that a request brings, whether it needs one, and what a key allows.

Reading needs a key from beyond this machine only, unless the settings open it; writing always does, which the routes
that write see to by `author_of` and `needs`.
"""

from functools import lru_cache
from ipaddress import ip_address
from typing import Any, cast

from fastapi import Request
from starlette import types as asgi

from graph.database import BOOKMARKS
from graph.errors import FoedusError
from graph.graph import Graph
from graph.keys import ApiKey, Scope
from service.dependencies import BOOKMARK_HEADER
from service.errors import ForbiddenError, UnauthenticatedError, problem
from service.middleware import header, without_port

BEARER: dict[str, Any] = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key that `foedus keys create` made: needed to write, and to read from beyond the service's "
        "own machine unless its settings open that.",
    }
}
"""The security scheme of the OpenAPI document."""
KEYED: dict[str, Any] = {"security": [{"bearer": []}]}
"""What goes into the `openapi_extra` of a route that always needs a key."""
KEYED_FROM_AFAR: dict[str, Any] = {"security": [{}, {"bearer": []}]}
"""The same for all other routes, as the document says it once for all of them."""

_OPEN = frozenset({"/", "/docs", "/openapi.json"})
_OPEN_BELOW = ("/docs/", "/health/")
# What a proxy adds to a request that it passes on; one on this machine would otherwise open the graph to the world.
_PASSED_ON = frozenset({b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via"})
_FORM_HINT = "Send `Authorization: Bearer KEY` once."


class Keyed:
    """Finds the key that a request brings, for `author_of` and `needs`, and refuses requests that lack one.

    The index, the documentation and the health routes are open to all, whatever they bring.
    """

    def __init__(self, app: asgi.ASGIApp, open_reads: bool) -> None:
        self._app = app
        self._open_reads = open_reads

    async def __call__(self, scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] == "http":
            try:
                scope["state"]["key"] = key = None if _is_open(scope) else await self._key(scope)
                BOOKMARKS.set(_bookmarks(scope) if key else ())
            except FoedusError as error:
                await problem(error, scope)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _key(self, scope: asgi.Scope) -> ApiKey | None:
        given = header(scope, b"authorization")
        if given:
            return await _found(scope, given)
        if not self._open_reads and not _is_from_here(scope):
            raise UnauthenticatedError(
                "From beyond this machine nothing is answered without a key.", _way_to(Scope.READ)
            )
        return None


def _bookmarks(scope: asgi.Scope) -> tuple[str, ...]:
    """Return what the client has seen written, in the database's own tokens.

    A read waits until the database has seen it too, and keeps a connection meanwhile: so it takes a key.
    """
    given = [one.decode("latin-1") for one in header(scope, BOOKMARK_HEADER.lower().encode())]
    return tuple(one.strip() for text in given for one in text.split(",") if one.strip())


def author_of(request: Request) -> str:
    """Return who writes: the name of the request's key. Raises UnauthenticatedError, or ForbiddenError."""
    return needs(request, Scope.WRITE).name


def needs(request: Request, scope: Scope) -> ApiKey:
    """Return the request's key. Raises UnauthenticatedError without one, ForbiddenError when it lacks the scope."""
    key = cast(ApiKey | None, request.scope["state"]["key"])
    if key is None:
        raise UnauthenticatedError(f"This needs a key with the scope {scope}.", _way_to(scope))
    if not key.allows(scope):
        raise ForbiddenError(f"The key {key.name!r} lacks the scope {scope}.", _way_to(scope))
    return key


async def still_good(request: Request) -> bool:
    """Return whether the key of a request, if it brought one, is good yet; for answers that go on for long."""
    if request.scope["state"]["key"] is None:
        return True
    try:
        await _found(request.scope, header(request.scope, b"authorization"))
    except UnauthenticatedError:
        return False
    except FoedusError:
        pass  # The database is away, and may be back before anybody notices.
    return True


def _way_to(scope: Scope) -> str:
    return f"`foedus keys create NAME --scope {scope}` makes a key; send it as `Authorization: Bearer KEY`."


async def _found(scope: asgi.Scope, given: list[bytes]) -> ApiKey:
    """Return the key that Authorization names. Raises UnauthenticatedError, which does not say why it is none."""
    if len(given) > 1:
        raise UnauthenticatedError("The request has more than one Authorization header.", _FORM_HINT)
    scheme, _, text = given[0].decode("latin-1").partition(" ")
    if scheme.lower() != "bearer":
        raise UnauthenticatedError("The Authorization header is not of the scheme Bearer.", _FORM_HINT)
    key = await cast(Graph, scope["app"].state.graph).keys.find(text.strip(" "))
    if key is None:
        needed = Scope.READ if scope["method"] in {"GET", "HEAD"} else Scope.WRITE
        raise UnauthenticatedError("That is no key, or one that is no longer good.", _way_to(needed))
    return key


def _is_open(scope: asgi.Scope) -> bool:
    path: str = scope["path"]
    return path in _OPEN or path.startswith(_OPEN_BELOW) or scope["method"] == "OPTIONS"


def _is_from_here(scope: asgi.Scope) -> bool:
    """Return whether a program on this machine asks, and not one elsewhere whose request was passed on by one here."""
    client, hosts = scope["client"], header(scope, b"host")
    return (
        client is not None
        and is_loopback(client[0])
        and _names_loopback(hosts[0])
        and _PASSED_ON.isdisjoint([name for name, _ in scope["headers"]])
    )


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """Return whether a name or an address is that of the machine itself."""
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


@lru_cache(maxsize=256)
def _names_loopback(host: bytes) -> bool:
    return is_loopback(without_port(host.decode("latin-1").lower()).strip("[]"))
