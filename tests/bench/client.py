"""The least that speaks HTTP/1.1 on kept connections, so that it measures the server and not itself.

A throughput is measured from a process of its own; `throughput` is what that process runs.
"""

import re
import selectors
import socket
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field

CHUNK = 1 << 18
IDLE_SECONDS = 2.0


@dataclass(frozen=True)
class Request:
    """What is sent: the path, and for a POST the body with its type and who asks."""

    path: str
    body: bytes = b""
    kind: str = ""
    accept: str = "*/*"
    user: tuple[str, str] | None = None

    def wire(self, port: int) -> bytes:
        """Return the bytes of the request."""
        head = [f"{'POST' if self.body else 'GET'} {self.path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
        head += [f"Accept: {self.accept}"]
        if self.user:
            head += ["Authorization: Basic " + b64encode(":".join(self.user).encode()).decode()]
        if self.body:
            head += [f"Content-Type: {self.kind}", f"Content-Length: {len(self.body)}"]
        return "\r\n".join([*head, "", ""]).encode("ascii") + self.body


@dataclass
class _Received:
    """An answer while it arrives."""

    data: bytearray = field(default_factory=bytearray)
    body_at: int = -1
    length: int | None = None
    fine: bool = True

    def add(self, some: bytes) -> bool:
        """Add what arrived, and say whether the answer is there."""
        if not some:
            raise SystemExit(f"The server closed the connection: {bytes(self.data[:300])!r}")
        self.data += some
        if self.body_at < 0:
            self._read_head()
        if self.body_at < 0:
            return False
        if self.length is None:
            return self.data.endswith(b"0\r\n\r\n")
        return len(self.data) >= self.body_at + self.length

    def _read_head(self) -> None:
        end = self.data.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self.data[:end]).lower()
        self.body_at = end + 4
        self.fine = re.match(rb"http/1.1 2\d\d ", head) is not None
        length = re.search(rb"content-length: (\d+)", head)
        self.length = int(length[1]) if length else None

    @property
    def body(self) -> bytes:
        """The body, chunks and all where it came in chunks."""
        return bytes(self.data[self.body_at :])


class Client:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connect()

    def _connect(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self._port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._used = time.monotonic()

    def get(self, path: str) -> bytes:
        """Return the body of an answer, which must be 200."""
        return self.ask(Request(path))

    def ask(self, request: Request) -> bytes:
        """Return the body of an answer to any request, which must succeed."""
        received = self._received(request)
        if not received.fine:
            raise SystemExit(f"{request.path}: {received.body.decode(errors='replace')}")
        return received.body

    def succeeds(self, path: str) -> bool:
        """Return whether the answer is 200."""
        return self._received(Request(path)).fine

    def _received(self, request: Request) -> _Received:
        self._send(request)
        received = _Received()
        while not received.add(self._socket.recv(CHUNK)):
            pass
        return received

    def _send(self, request: Request) -> None:
        # A server closes what has been idle for some seconds.
        if time.monotonic() - self._used > IDLE_SECONDS:
            self._socket.close()
            self._connect()
        self._socket.sendall(request.wire(self._port))
        self._used = time.monotonic()

    def stream(self, request: Request) -> Iterator[bytes]:
        """Yield an answer in pieces as they arrive, its head and the lengths of its chunks among them."""
        self._send(request)
        last = b""
        while not last.endswith(b"\r\n0\r\n\r\n"):
            piece = self._socket.recv(CHUNK)
            if not piece:
                raise SystemExit("The server closed the connection.")
            last = (last + piece)[-16:]
            yield piece


def throughput(port: int, request: Request, connections: int, seconds: float) -> float:
    """Return answers a second over so many connections, each of which asks again once it has its answer."""
    wire, waiting = request.wire(port), selectors.DefaultSelector()
    for _ in range(connections):
        one = socket.create_connection(("127.0.0.1", port))
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        waiting.register(one, selectors.EVENT_READ, _Received())
        one.sendall(wire)
    begun, answers = time.perf_counter(), 0
    while (lasted := time.perf_counter() - begun) < seconds:
        for key, _ in waiting.select(1):
            assert isinstance(key.fileobj, socket.socket)
            if key.data.add(key.fileobj.recv(CHUNK)):
                if not key.data.fine:
                    raise SystemExit(f"{request.path}: {key.data.body.decode(errors='replace')}")
                answers += 1
                waiting.modify(key.fileobj, selectors.EVENT_READ, _Received())
                key.fileobj.sendall(wire)
    for key in list(waiting.get_map().values()):
        assert isinstance(key.fileobj, socket.socket)
        key.fileobj.close()
    return answers / lasted
