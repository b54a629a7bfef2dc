"""One session with a service, without its network: what is sent, what is remembered, and whether to send again.

`Client` and `AsyncClient` drive `Session.talk`, which decides all there is to decide.
"""

import os
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from ipaddress import ip_address
from itertools import count
from typing import Any, TypeVar

import httpx

from foedus_client.calls import Call
from foedus_client.errors import Fault, Problem, UnreachableError, UnreadableError, UsageError, error_of

T = TypeVar("T")
KEY_VARIABLE = "FOEDUS_KEY"
KNOWN_AT_HEADER = "Foedus-Known-At"
BOOKMARK_HEADER = "Foedus-Bookmark"
_PROBLEM_TYPE = "application/problem+json"
_AGAIN = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
# A service that is slow to answer is asked once: each further time would take as long.
_BROKEN = (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout)
_FIRST_PAUSE = 0.25
_LONG_AGO = "0001-01-01T00:00:00Z"
# What httpx takes; the service itself takes less, and says so.
_LONGEST_ADDRESS = 65_536


@dataclass(frozen=True)
class Patience:
    """How often a request is sent at most, and how many seconds are spent on waiting between."""

    tries: int = 4
    seconds: float = 30.0


@dataclass(frozen=True)
class Sending:
    """A request to be sent; its headers may hold the key and are shown nowhere."""

    method: str
    url: str
    headers: dict[str, str] = field(repr=False)
    content: bytes | None = None


Heard = httpx.Response | httpx.RequestError | None
Talk = Generator[Sending | float, Heard, T]
"""Yields what to send, or the seconds to wait; is sent the response, what went wrong with it, or None after a wait."""


class Session:
    """What two drivers have in common: address, key, patience, and the newest state of knowledge seen."""

    def __init__(self, url: str, key: str | None, *, key_in_the_open: bool, patience: Patience, remember: bool) -> None:
        self.url, self.is_loopback = _address(url)
        self._authorization = _authorization(key)
        self._patience, self._remember = patience, remember
        self.known_at: str | None = None
        self.bookmark: str | None = None
        if self._authorization and not (self.url.startswith("https:") or self.is_loopback or key_in_the_open):
            raise UsageError(
                f"The key would be sent to {self.url} for all on the way to read. Use an address with https, or say "
                "key_in_the_open=True."
            )

    def saw(self, known_at: str | None, bookmark: str | None = None) -> None:
        """Remember the tokens of a write or a read, unless newer ones are remembered. Raises UsageError."""
        if known_at and _instant(known_at) >= _instant(self.known_at or _LONG_AGO):
            self.known_at, self.bookmark = known_at, bookmark or self.bookmark

    def talk(self, call: Call[T]) -> Talk[T]:
        """Ask, and ask again where that is worth it. Raises FoedusError."""
        waited = 0.0
        for tried in count(1):
            heard = yield self._sending(call)
            pause = _pause(heard, tried)
            if pause is None or tried >= self._patience.tries or waited + pause > self._patience.seconds:
                return self._understood(call, heard)
            yield pause
            waited += pause
        raise AssertionError("counting has no end")

    def _sending(self, call: Call[Any]) -> Sending:
        headers = {"Accept": "application/json"} | self._authorization
        if call.body is not None:
            headers["Content-Type"] = "application/json"
        if self._remember:
            tokens = {KNOWN_AT_HEADER: self.known_at, BOOKMARK_HEADER: self.bookmark}
            headers |= {name: token for name, token in tokens.items() if token}
        url = self.url + call.target
        if len(url) > _LONGEST_ADDRESS:
            raise UsageError("The parameters are longer than an address may be. Ask for fewer at a time.")
        return Sending("GET" if call.body is None else "POST", url, headers, call.body)

    def _understood(self, call: Call[T], heard: Heard) -> T:
        if not isinstance(heard, httpx.Response):
            raise self._unreachable(heard) from heard
        if not heard.is_success:
            raise error_of(_problem(heard))
        try:
            understood = call.read(heard.json())
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            raise _unreadable(heard) from None
        if self._remember:
            self.saw(heard.headers.get(KNOWN_AT_HEADER), heard.headers.get(BOOKMARK_HEADER))
        return understood

    def _unreachable(self, error: httpx.RequestError | None) -> UnreachableError:
        if isinstance(error, httpx.TimeoutException):
            return UnreachableError(f"{self.url} did not answer in time. Ask for less, or give it more seconds.")
        return UnreachableError(
            f"{self.url} cannot be reached ({str(error) or type(error).__name__}). Is the service running there?"
        )


def _address(url: str) -> tuple[str, bool]:
    """Return an address without its last slash, and whether it is of this machine. Raises UsageError."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise UsageError(f"That is no address: {error}.") from None
    if parsed.userinfo:
        raise UsageError("The address holds a password. A foedus service takes a key: give it as key=.")
    if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.query or parsed.fragment:
        raise UsageError(f"{url!r} is no address of a service. Write it as http://127.0.0.1:8000.")
    return url.rstrip("/"), _names_loopback(parsed.host)


def _names_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return bool((getattr(address, "ipv4_mapped", None) or address).is_loopback)


def _authorization(key: str | None) -> dict[str, str]:
    """Return the header for a key, or for that of the environment. Raises UsageError, which does not show the key."""
    text = (os.environ.get(KEY_VARIABLE, "") if key is None else key).strip()
    # What a header cannot hold would be shown by the error of whoever sends it.
    if not all("!" <= one <= "~" for one in text):
        raise UsageError("The key holds characters that no key of foedus has.")
    return {"Authorization": f"Bearer {text}"} if text else {}


def _pause(heard: Heard, tried: int) -> float | None:
    """Return the seconds to wait before it is worth asking again; None where it is not."""
    if isinstance(heard, _BROKEN):
        return _FIRST_PAUSE * (1 << (tried - 1))
    if isinstance(heard, httpx.Response) and heard.status_code in _AGAIN:
        return _retry_after(heard)
    return None


def _retry_after(response: httpx.Response) -> float | None:
    """Return the seconds of Retry-After, which has seconds or a date (RFC 9110); None without a good one."""
    text: str = response.headers.get("Retry-After", "")
    if text.isdecimal():
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (at.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _problem(response: httpx.Response) -> Problem:
    """Read a problem. Raises UnreadableError for what is none, such as a page of a proxy."""
    if _media_type(response) != _PROBLEM_TYPE:
        raise _unreadable(response)
    try:
        told = response.json()
        faults = [Fault(one["pointer"], one["message"], one["code"], one.get("hint")) for one in told.get("errors", ())]
        return Problem(
            status=response.status_code,
            code=told["code"],
            detail=told["detail"],
            title=told["title"],
            hint=told.get("hint"),
            errors=tuple(faults),
            request_id=response.headers.get("X-Request-Id"),
            retry_after=_retry_after(response),
        )
    except (AttributeError, LookupError, TypeError, ValueError):
        raise _unreadable(response) from None


def _unreadable(response: httpx.Response) -> UnreadableError:
    what = f"{response.status_code} and {_media_type(response) or 'no type'}"
    return UnreadableError(
        f"{response.url.copy_with(query=None)} answered with {what}, which is nothing that foedus says. "
        "Is that its address, and does a proxy answer in its place?",
        response.status_code,
    )


def _media_type(response: httpx.Response) -> str:
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _instant(text: str) -> datetime:
    try:
        # Without a time zone this is one of this machine; the service writes them in UTC.
        return datetime.fromisoformat(text).astimezone(UTC)
    except (OverflowError, ValueError):
        raise UsageError(f"{text!r} is no instant. Give {KNOWN_AT_HEADER} of an answer as it was.") from None
