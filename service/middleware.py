"""What happens around every request: id, line in the log, the check of Host and Origin, compression, a last resort.

Plain ASGI, because Starlette's BaseHTTPMiddleware costs a task and two queues a request.
"""

import logging
import re
import time
from collections.abc import Sequence
from secrets import token_hex
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.database import REQUEST_ID
from graph.errors import FoedusError
from service.errors import HostError, MalformedError, OriginError, UriTooLongError, problem, unexpected
from service.loading import still_to_come
from service.negotiation import takes_gzip

ACCESS = logging.getLogger("foedus.access")
ERRORS = logging.getLogger("foedus.errors")
LONGEST_ADDRESS = 8192
LOADING_HEADER = "Foedus-Loading"
"""What foedus ships and is still to be loaded, by name, on every answer until all of it is there."""
_SANE_ID = re.compile(rb"[A-Za-z0-9._:-]{1,100}")
_PORT = re.compile(r":\d{0,5}$")


class Compression(GZipMiddleware):
    """Compresses for clients that take it; Starlette's own looks for the word alone, so `gzip;q=0` is a wish to it.

    Whoever comes after it finds `gzip` in Accept-Encoding, or no such header.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            taken = [(b"accept-encoding", b"gzip")] if takes_gzip(Headers(scope=scope).get("Accept-Encoding")) else []
            scope["headers"] = [*(pair for pair in scope["headers"] if pair[0] != b"accept-encoding"), *taken]
        await super().__call__(scope, receive, send)


class Watched:
    """Gives every request its id and its line in the log, and answers 500 when nobody else answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, status, begun = _request_id(scope), 0, time.perf_counter()
        loading = still_to_come(scope["app"])
        scope.setdefault("state", {}).update(request_id=request_id, loading=loading)
        REQUEST_ID.set(request_id)
        added = [
            (b"x-request-id", request_id.encode("ascii")),
            (b"x-content-type-options", b"nosniff"),
            *_loading(loading),
        ]

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        try:
            # HEAD is GET without the body, which the server leaves out.
            inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
            scope["state"]["head_only"] = inner is not scope
            await self._app(inner, receive, send_named)
        except Exception:  # noqa: BLE001 - the last resort: whatever it is, it is logged and answered
            ERRORS.exception("%s was not foreseen", request_id)
            if not status:
                await unexpected(scope)(scope, receive, send_named)
        finally:
            ms = (time.perf_counter() - begun) * 1000
            # The raw path is percent-encoded, so nothing in it can begin a new line of the log.
            path = scope.get("raw_path", b"").decode("latin-1")
            ACCESS.info("%s %s %s %d %.1f ms", request_id, scope["method"], path, status, ms)


def _loading(parts: Sequence[str]) -> list[tuple[bytes, bytes]]:
    """Return the header that says what of the shipped data is not there yet; none when all is."""
    return [(LOADING_HEADER.lower().encode(), ", ".join(parts).encode())] if parts else []


def _request_id(scope: Scope) -> str:
    given = header(scope, b"x-request-id")
    return given[0].decode("ascii") if len(given) == 1 and _SANE_ID.fullmatch(given[0]) else token_hex(8)


def header(scope: Scope, name: bytes) -> list[bytes]:
    """Return every value that a request gives for a header, whose name is in lower case."""
    return [value for key, value in scope["headers"] if key == name]


def without_port(host: str) -> str:
    """Return the name or address in a Host header."""
    return _PORT.sub("", host)


class Guarded:
    """Lets in only requests for our own hosts, by our own page, by pages of allowed origins, or by no page at all.

    So a page in somebody's browser cannot read from a service on the loopback, neither by its address nor by a name of
    its own that it lets point here. Nor can it embed an image or a script from here: that is asked for without an
    Origin, but browsers tell the loopback, and whatever is served with TLS, by `Sec-Fetch-Site`. A link that leads here
    may be followed.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str], origins: Sequence[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (problem(refusal, scope) if refusal else self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> FoedusError | None:
        hosts = header(scope, b"host")
        if len(hosts) != 1:
            return MalformedError("A request has one Host header.")
        host = hosts[0].decode("latin-1").lower()
        if "*" not in self._hosts and without_port(host) not in self._hosts:
            return HostError(f"This service does not answer for {host!r}.", "FOEDUS_ALLOWED_HOSTS lists its hosts.")
        origins = [origin.decode("latin-1") for origin in header(scope, b"origin")]
        for origin in origins:
            if not self._allows(origin, host):
                return OriginError(f"Pages of {origin!r} may not ask.", "See FOEDUS_CORS_ORIGINS.")
        if not origins and "*" not in self._origins and _is_embedded_elsewhere(scope):
            return OriginError("Pages of other sites may not embed this.", "See FOEDUS_CORS_ORIGINS.")
        length = len(scope.get("raw_path", b"")) + len(scope["query_string"])
        if length > LONGEST_ADDRESS:
            return UriTooLongError(f"Path and query have {length} bytes.", f"At most {LONGEST_ADDRESS} are read.")
        return None

    def _allows(self, origin: str, host: str) -> bool:
        if origin in self._origins or "*" in self._origins:
            return True
        try:
            return urlsplit(origin).netloc.lower() == host
        except ValueError:
            return False


def _is_embedded_elsewhere(scope: Scope) -> bool:
    """Return whether a browser says that a page of another origin asks, for more than to be left for this address."""
    site, mode = header(scope, b"sec-fetch-site"), header(scope, b"sec-fetch-mode")
    return bool({b"cross-site", b"same-site"} & set(site)) and mode != [b"navigate"]
