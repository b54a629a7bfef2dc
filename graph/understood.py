"""What was asked, with everything filled in, and what was answered: what passes between the reader and its callers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

import orjson

from graph.catalog import Question
from graph.coverage import NOT_ASKED, Covered
from graph.parameters import Cursor, as_texts
from graph.provenance import named_sources
from graph.types import may_stand_in_cursor


@dataclass(frozen=True)
class Against:
    """The day and the state of knowledge with which an answer is compared."""

    on: date | None
    known_at: datetime


@dataclass(frozen=True)
class Answer:
    """What a question answered: its rows in order, each a list in the order of the question's columns.

    `again` are the names and texts that ask for this very answer; `changed` says that it was asked for with the digest
    of another file than the question has now.
    """

    question: Question
    parameters: dict[str, Any]
    on: date | None
    known_at: datetime
    rows: list[list[Any]]
    next: str | None = None
    covered: Covered = NOT_ASKED
    against: Against | None = None
    again: Sequence[tuple[str, str]] = ()
    changed: bool = False

    @property
    def truncated(self) -> bool:
        """Whether there are more rows than these."""
        return self.next is not None

    @property
    def records(self) -> list[dict[str, Any]]:
        """The rows as one map each."""
        columns = self.question.columns
        return [dict(zip(columns, row, strict=True)) for row in self.rows]

    @property
    def sources(self) -> list[str]:
        """Keys of the sources that the rows name, in the order in which they do."""
        return named_sources(self.question, self.rows)


@dataclass(frozen=True)
class Understood:
    """What was asked, with every default and every name resolved: the identity of an answer.

    `named_at` is the state of knowledge in which names were resolved: the newest when the first page was asked for.
    `erasures` is how often something had been erased: each may have changed what was known at any instant.
    """

    question: Question
    values: dict[str, Any]
    parameters: dict[str, Any]
    on: date | None
    known_at: datetime
    named_at: datetime
    limit: int
    after: list[Any] | None = None
    against: Against | None = None
    changed: bool = False
    erasures: int = 0

    @property
    def shown(self) -> Question:
        """The question with the columns that the answer has."""
        return self.question.compared if self.against else self.question

    @cached_property
    def etag(self) -> str:
        """The digest of all that decides the answer: question file, resolved parameters, state of knowledge, page."""
        return self._digest(self.limit, self.after, self.changed, self.erasures)[:32]

    def bound(self) -> str:
        """Return the digest that ties a cursor to this question, these parameters and this state of knowledge."""
        return self._digest()[:16]

    def _digest(self, *page: Any) -> str:
        parts = [self.question.digest, self.parameters, self.on, self.known_at, self.against, *page]
        return sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()

    def cursor(self, row: list[Any]) -> str:
        """Return the text that leads to the page after a row."""
        return self._cursor_at(place(self.shown, row))

    def following(self, row: list[Any]) -> "Understood":
        """Return the same, asked for the page after a row."""
        return replace(self, after=place(self.shown, row))

    def _cursor_at(self, position: list[Any]) -> str:
        cursor = Cursor(
            bound_to=self.bound(),
            on=self.on,
            known_at=self.known_at,
            named_at=self.named_at,
            position=position,
        )
        return cursor.text()

    def again(self) -> Iterator[tuple[str, str]]:
        """Yield the names and texts that ask for this very answer, whatever is recorded later."""
        yield from as_texts(self.parameters)
        if self.on is not None:
            yield "on", self.on.isoformat()
        yield from as_texts({"known_at": self.known_at, "limit": self.limit})
        if self.against:
            compared = {"compare_on": self.against.on, "compare_known_at": self.against.known_at}
            yield from as_texts({name: value for name, value in compared.items() if value is not None})
        if self.after is not None:
            yield "after", self._cursor_at(self.after)
        yield "digest", self.question.digest


def place(question: Question, row: Sequence[Any]) -> list[Any]:
    """Return where a row stands in the order of an answer."""
    return [row[question.columns.index(name)] for name in question.header.order]


def is_place(question: Question, position: Sequence[Any]) -> bool:
    """Return whether a row could stand there: whoever makes a cursor up may write anything into it."""
    kinds = [question.header.returns[name].type for name in question.header.order]
    return len(kinds) == len(position) and all(map(may_stand_in_cursor, kinds, position))
