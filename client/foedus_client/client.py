"""The client for programs that wait for each answer: notebooks and scripts."""

import time
from collections.abc import Iterator
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


class Client(Base[httpx.Client]):
    """Asks a foedus service. Use it as a context manager, or close it.

    A key is given as `key`, else taken from the environment variable FOEDUS_KEY; it is shown nowhere, and not sent
    over plain http to another machine unless `key_in_the_open` says so. `connect_seconds` and `seconds` are how long
    reaching the service and one answer may take; `patience` is how often a request is sent again that found the
    service busy, away or not reachable.

    No answer is from an earlier state of knowledge than those before it, through whichever process of the service it
    comes, unless `remember` is False or `known_at` asks for one.

    Parameters are given by their names, one that is a word of Python with an underscore behind it (`from_`): days,
    instants with a time zone, numbers, truths and lists of them as Python has them, and None is left out. `on`,
    `known_at`, `compare_on`, `compare_known_at`, `limit` and `after` go with any question as the service takes them.

    What goes wrong is a FoedusError: `foedus_client.errors` draws the tree.
    """

    def _opened(self, timeout: httpx.Timeout, trust_env: bool) -> httpx.Client:
        return httpx.Client(timeout=timeout, follow_redirects=True, trust_env=trust_env)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(self, name: str, /, **parameters: Any) -> Answer:
        """Ask a question of the catalogue; an answer has a page of rows, by default 1,000."""
        return self._result(calls.ask(name, parameters))

    def pages(self, name: str, /, **parameters: Any) -> Iterator[Answer]:
        """Ask a question page by page, each when it is needed; all are of one state of knowledge."""
        call: Call[Answer] | None = calls.ask(name, parameters)
        while call:
            answer = self._result(call)
            yield answer
            call = calls.next_page(call, answer)

    def rows(self, name: str, /, **parameters: Any) -> Iterator[Row]:
        """Yield all rows of all pages, `limit` of them fetched at a time."""
        for answer in self.pages(name, **parameters):
            yield from answer

    def saved(self, name: str, /, revision: int | None = None, **parameters: Any) -> Answer:
        """Ask a saved question, as it is or as a revision of it was."""
        return self._result(calls.saved(name, revision, parameters))

    def evidence(self, fact: str, /, **parameters: Any) -> Answer:
        """Ask who says so: sources, quotes, and claims for and against a fact."""
        return self._result(calls.evidence(fact, parameters))

    def history(self, fact: str, /, **parameters: Any) -> Answer:
        """Ask for all versions of a fact, and why each changed."""
        return self._result(calls.history(fact, parameters))

    def questions(self) -> list[Question]:
        """Return all questions that can be asked, with their parameters and columns."""
        return self._result(calls.questions())

    def query(
        self,
        text: str,
        parameters: Values | None = None,
        *,
        on: date | str | None = None,
        known_at: datetime | str | None = None,
        limit: int | None = None,
    ) -> Answer:
        """Run a Cypher text of one's own, which takes a key of the scope `cypher`. Raises QueryRefusedError too.

        Its columns have no types, so that days come as texts, in frames as well.
        """
        return self._result(calls.query(text, parameters, on=on, known_at=known_at, limit=limit))

    def check(self, text: str, parameters: Values | None = None) -> Verdict:
        """Have a Cypher text judged without running it, which takes a key of the scope `cypher`."""
        return self._result(calls.check(text, parameters))

    def _result(self, call: Call[T]) -> T:
        talk = self._session.talk(call)
        heard: Heard = None
        while True:
            try:
                step = talk.send(heard)
            except StopIteration as end:
                result: T = end.value
                return result
            if isinstance(step, Sending):
                heard = self._sent(step)
            else:
                time.sleep(step)
                heard = None

    def _sent(self, sending: Sending) -> Heard:
        try:
            return self._http.request(sending.method, sending.url, headers=sending.headers, content=sending.content)
        except httpx.RequestError as error:
            return error
