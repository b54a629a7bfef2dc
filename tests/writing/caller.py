"""One who asks the services over HTTP, any of them, until an answer comes. Writers and readers use it."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from random import Random
from typing import Any, Self

import httpx

from tests.writing.ledger import Ledger, instant_of

KNOWN_AT = "Foedus-Known-At"
AGAIN_SECONDS = 0.1
# A connection that idles is closed by the service after five seconds, which may cross a request.
_LIMITS = httpx.Limits(keepalive_expiry=2)


class Caller:
    """Asks one service after another; with `killed`, one that does not answer is no fault.

    Whatever else a caller must not meet fails at once: an answer of 5xx but for 503 with Retry-After.
    """

    def __init__(self, urls: Sequence[str], key: str, ledger: Ledger, *, killed: bool = False) -> None:
        self.ledger = ledger
        self.chance = Random()  # noqa: S311 - nothing secret hangs on it
        self._killed = killed
        self._open = AsyncExitStack()
        headers = {"Authorization": f"Bearer {key}"}
        self._clients = [
            httpx.AsyncClient(base_url=url, headers=headers, timeout=120, limits=_LIMITS, trust_env=False)
            for url in urls
        ]

    async def __aenter__(self) -> Self:
        for client in self._clients:
            await self._open.enter_async_context(client)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    async def ask(self, method: str, path: str, **sent: Any) -> httpx.Response:
        """Return the first answer that is not "come again"."""
        while True:
            response = await self._asked(method, path, **sent)
            if response is not None and response.status_code < 500:
                return response
            await asyncio.sleep(AGAIN_SECONDS)

    async def get(self, path: str, **sent: Any) -> httpx.Response:
        """Return a good answer."""
        response = await self.ask("GET", path, **sent)
        assert response.status_code == 200, f"{path}: {response.status_code} {response.text}"
        return response

    async def newest(self, path: str) -> Any:
        """Return what is there now, whoever wrote it: the newest acknowledged instant is brought along."""
        headers = {KNOWN_AT: self.ledger.newest.isoformat()} if self.ledger.newest else {}
        response = await self.get(path, headers=headers)
        if self.ledger.newest and headers:
            assert instant_of(response.headers[KNOWN_AT]) >= instant_of(headers[KNOWN_AT])
        return response.json()

    async def _asked(self, method: str, path: str, **sent: Any) -> httpx.Response | None:
        try:
            response = await self.chance.choice(self._clients).request(method, path, **sent)
        except httpx.TransportError as error:
            if not self._killed:
                raise AssertionError(f"{method} {path} was not answered") from error
            self.ledger.counts["unanswered"] += 1
            return None
        told = f"{method} {path}: {response.status_code} {response.text}"
        assert response.status_code < 500 or response.status_code == 503, told
        if response.status_code == 503:
            assert int(response.headers["Retry-After"]) > 0, told
            assert "Deadlock" not in response.text, told
            self.ledger.counts[f"503: {response.json()['detail']}"] += 1
        return response
