"""The client for programs that do other things while they wait, on asyncio."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from foedus_client import calls
from foedus_client.answer import Answer, Question, Row, Verdict
from foedus_client.base import Base
from foedus_client.calls import Call, Values
from foedus_client.session import Heard, Sending

T = TypeVar("T")


class AsyncClient(Base[httpx.AsyncClient]):
    """`Client` with the same calls and settings, to be awaited; it can be asked many things at once."""

    def _opened(self, timeout: httpx.Timeout, trust_env: bool) -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=timeout, follow_redirects=True, trust_env=trust_env)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def ask(self, name: str, /, **parameters: Any) -> Answer:
        """As `Client.ask`."""
        return await self._result(calls.ask(name, parameters))

    async def pages(self, name: str, /, **parameters: Any) -> AsyncIterator[Answer]:
        """As `Client.pages`."""
        call: Call[Answer] | None = calls.ask(name, parameters)
        while call:
            answer = await self._result(call)
            yield answer
            call = calls.next_page(call, answer)

    async def rows(self, name: str, /, **parameters: Any) -> AsyncIterator[Row]:
        """As `Client.rows`."""
        async for answer in self.pages(name, **parameters):
            for row in answer:
                yield row

    async def saved(self, name: str, /, revision: int | None = None, **parameters: Any) -> Answer:
        """As `Client.saved`."""
        return await self._result(calls.saved(name, revision, parameters))

    async def evidence(self, fact: str, /, **parameters: Any) -> Answer:
        """As `Client.evidence`."""
        return await self._result(calls.evidence(fact, parameters))

    async def history(self, fact: str, /, **parameters: Any) -> Answer:
        """As `Client.history`."""
        return await self._result(calls.history(fact, parameters))

    async def questions(self) -> list[Question]:
        """As `Client.questions`."""
        return await self._result(calls.questions())

    async def query(
        self,
        text: str,
        parameters: Values | None = None,
        *,
        on: date | str | None = None,
        known_at: datetime | str | None = None,
        limit: int | None = None,
    ) -> Answer:
        """As `Client.query`."""
        return await self._result(calls.query(text, parameters, on=on, known_at=known_at, limit=limit))

    async def check(self, text: str, parameters: Values | None = None) -> Verdict:
        """As `Client.check`."""
        return await self._result(calls.check(text, parameters))

    async def _result(self, call: Call[T]) -> T:
        talk = self._session.talk(call)
        heard: Heard = None
        while True:
            try:
                step = talk.send(heard)
            except StopIteration as end:
                result: T = end.value
                return result
            if isinstance(step, Sending):
                heard = await self._sent(step)
            else:
                await asyncio.sleep(step)
                heard = None

    async def _sent(self, sending: Sending) -> Heard:
        try:
            return await self._http.request(
                sending.method, sending.url, headers=sending.headers, content=sending.content
            )
        except httpx.RequestError as error:
            return error
