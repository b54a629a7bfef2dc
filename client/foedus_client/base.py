"""What both clients are made with, and what they know without asking; `Client` and `AsyncClient` build on it."""

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

import httpx

from foedus_client.session import Patience, Session

LOCAL = "http://127.0.0.1:8000"
PATIENT = Patience()
H = TypeVar("H")


class Base(ABC, Generic[H]):
    """A session with a service, and the connections to it."""

    def __init__(
        self,
        url: str = LOCAL,
        *,
        key: str | None = None,
        key_in_the_open: bool = False,
        connect_seconds: float = 5.0,
        seconds: float = 60.0,
        patience: Patience = PATIENT,
        remember: bool = True,
    ) -> None:
        self._session = Session(url, key, key_in_the_open=key_in_the_open, patience=patience, remember=remember)
        # What is on this machine is not asked through a proxy, which would not find it and would see the key.
        self._http = self._opened(httpx.Timeout(seconds, connect=connect_seconds), not self._session.is_loopback)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._session.url!r})"

    @abstractmethod
    def _opened(self, timeout: httpx.Timeout, trust_env: bool) -> H: ...

    @property
    def known_at(self) -> str | None:
        """The newest state of knowledge that an answer came from: what `Foedus-Known-At` said."""
        return self._session.known_at

    def saw(self, known_at: str, bookmark: str | None = None) -> None:
        """See what was written elsewhere: the headers `Foedus-Known-At` and `Foedus-Bookmark` of the write.

        Raises UsageError for what is no instant.
        """
        self._session.saw(known_at, bookmark)
