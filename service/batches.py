"""A question asked for many sets of parameters at once: a line each in, an answer each out, in their order.

Used by the route and by the command line. The lines are NDJSON: JSON objects with the names that a query has, a list
as an array. All are answered from one state of knowledge, and of one day where a line names none.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from graph.catalog import Question
from graph.errors import FoedusError, InputError, Problem, pointer
from graph.parameters import read_parameters
from graph.reader import Reader
from graph.types import Instant
from service.answers import dumped, envelope
from service.bodies import parsed
from service.errors import LOG, MalformedError, told, told_without_details
from service.limits import within
from service.negotiation import MOST_PAIRS

LONGEST_LINE = 65_536
_ELSEWHERE = {
    "known_at": "It is given once for all lines, in the query or as an option.",
    "after": "Take further pages by themselves, with `next` of the line's answer.",
}
_NESTED = "neither a text, a number, true or false, nor a list of them"
_HINT = 'Write one object a line, as {"name": "value"}.'
_WORDS = {True: "true", False: "false"}


class ForAllLines(BaseModel):
    """What is given once for all lines."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    known_at: Instant | None = Field(None, description="State of knowledge to answer from; the newest when left out.")


@dataclass
class Batch:
    """What the lines of one batch have in common, and how many could not be answered.

    `newest` is the state of knowledge that was the newest when it began, in which names are looked up; `today` is the
    day of lines that name none. `path` and `state` are those of the request, for problems. No line takes longer than
    some seconds.
    """

    reader: Reader
    question: Question
    common: ForAllLines
    newest: datetime
    path: str
    state: Mapping[str, Any]
    seconds: float
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    failed: int = field(default=0, init=False)

    @property
    def known_at(self) -> datetime:
        """The state of knowledge that is asked about."""
        return min(self.newest, self.common.known_at or self.newest)

    async def answers(self, lines: Iterable[bytes], at_once: int) -> AsyncIterator[bytes]:
        """Yield the answers to lines, each as a line, in their order; so many are asked at once.

        No more answers than that are ever in memory: when they are not taken, no further line is asked.
        """
        asked: deque[asyncio.Task[bytes]] = deque()
        try:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                asked.append(asyncio.create_task(self.answer(number, line)))
                if len(asked) == at_once:
                    yield await asked.popleft()
            while asked:
                yield await asked.popleft()
        finally:
            for task in asked:
                task.cancel()

    async def answer(self, number: int, line: bytes) -> bytes:
        """Return the answer to one line: its number, and the envelope or a problem as `error`."""
        scope = {"path": self.path, "state": self.state}
        try:
            async with within(self.seconds):
                found = await self._envelope(line)
            return dumped({"line": number} | found) + b"\n"
        except FoedusError as error:
            body = told(_in_body(error), scope)
        except Exception:  # noqa: BLE001 - the head is sent: whatever it is, it is logged and told in its line
            LOG.exception("%s line %d was not foreseen", self.state["request_id"], number)
            body = told_without_details(scope)
        self.failed += 1
        return dumped({"line": number, "error": body}) + b"\n"

    async def _envelope(self, line: bytes) -> dict[str, Any]:
        asked = read_parameters(self.question.parameters, pairs_of(line, _ELSEWHERE))
        common: dict[str, Any] = {"known_at": self.known_at}
        if getattr(asked, "on", self.today) is None:
            common["on"] = self.today
        pinned = asked.model_copy(update=common)
        understood = await self.reader.understand(self.question, pinned, newest=self.newest)
        return envelope(await self.reader.answer(understood))


def _in_body(error: FoedusError) -> FoedusError:
    """Return an error that points into the line instead of into a query."""
    if not isinstance(error, InputError):
        return error
    moved = [replace(one, pointer=one.pointer.replace("/query/", "/body/", 1)) for one in error.problems]
    return InputError(moved)


class _Object(list[tuple[str, Any]]):
    """A JSON object as its pairs, so that a name that is given twice is not lost."""


def pairs_of(line: bytes, elsewhere: Mapping[str, str]) -> list[tuple[str, str]]:
    """Read a JSON object into (name, text) pairs as a query has them, numbers as they are written.

    `elsewhere` says of names that are no parameters here why not. Raises MalformedError or InputError.
    """
    found = _object(line)
    problems = [Problem(pointer("query", name), f"{name}: {why}") for name, _ in found if (why := elsewhere.get(name))]
    problems += [Problem(pointer("query", name), f"{name} is {_NESTED}.") for name, value in found if _nests(value)]
    if problems:
        raise InputError(problems)
    pairs = [(name, _text(one)) for name, value in found if value is not None for one in _several(value)]
    if len(pairs) > MOST_PAIRS:
        raise MalformedError(f"The line has more than {MOST_PAIRS} values.", "Ask for them in several lines.")
    return pairs


def _object(line: bytes) -> _Object:
    if len(line) > LONGEST_LINE:
        raise MalformedError(f"The line has {len(line)} bytes.", f"At most {LONGEST_LINE} are read.")
    try:
        found = parsed(line, _Object, numbers=str)
    except (ValueError, RecursionError):
        raise MalformedError("The line is not JSON in UTF-8.", _HINT) from None
    if not isinstance(found, _Object):
        raise MalformedError("The line is JSON and no object.", _HINT)
    return found


def _several(value: Any) -> list[Any]:
    # An empty list is read as an empty value, which is refused as it is in a query.
    return value or [""] if type(value) is list else [value]


def _nests(value: Any) -> bool:
    """Return whether a value is more than null, a text, a number, true or false, or a list of these without null."""
    return value is not None and not all(isinstance(one, str | bool) for one in _several(value))


def _text(value: str | bool) -> str:
    return value if isinstance(value, str) else _WORDS[value]
