"""How the server itself refuses what is no HTTP, before any route could: with the one body of every failure too."""

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.errors import KINDS, MEDIA_TYPE, MalformedError

_BODY = orjson.dumps(
    {
        "type": f"urn:foedus:problem:{MalformedError.code}",
        "title": KINDS[MalformedError].title,
        "status": 400,
        "code": MalformedError.code,
        "detail": "The request is not HTTP.",
        "instance": "/",
        "hint": "Percent-encode whatever in the address is not ASCII: curl -G --data-urlencode state=Россия …",
    }
)
_HEAD = (
    f"HTTP/1.1 400 Bad Request\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-length: {len(_BODY)}\r\n"
    "cache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
).encode("ascii")


class Protocol(HttpToolsProtocol):
    """Uvicorn's reader of HTTP with our own refusal."""

    def send_400_response(self, msg: str) -> None:
        """Answer what cannot be read, and close the connection."""
        self.transport.write(_HEAD + _BODY)
        self.transport.close()
