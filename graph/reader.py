"""The one way to read: a question, asked in one read transaction, its text unchanged and its values as parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import orjson

from graph.catalog import Catalog, Question
from graph.database import Database
from graph.parameters import Asked, Cursor, as_understood, misplaced_cursor
from graph.resolver import Resolver, Row
from graph.revision import Revision

NAMES_STATES = "states_by_name_or_code"


@dataclass(frozen=True)
class Answer:
    """What a question answered: its rows in order, each a list in the order of the question's columns."""

    question: Question
    parameters: dict[str, Any]
    on: date | None
    known_at: datetime
    rows: list[list[Any]]
    next: str | None = None

    @property
    def truncated(self) -> bool:
        """Whether there are more rows than these."""
        return self.next is not None

    @property
    def records(self) -> list[dict[str, Any]]:
        """The rows as one map each."""
        columns = self.question.columns
        return [dict(zip(columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Understood:
    """What was asked, with every default and every name resolved: the identity of an answer.

    `named_at` is the state of knowledge in which names were resolved: the newest when the first page was asked for.
    """

    question: Question
    values: dict[str, Any]
    parameters: dict[str, Any]
    on: date | None
    known_at: datetime
    named_at: datetime
    limit: int
    after: list[Any] | None = field(default=None)

    def etag(self) -> str:
        """Return the digest of question file, resolved parameters and state of knowledge."""
        parts = [self.question.digest, self.parameters, self.on, self.known_at, self.limit, self.after]
        return sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]

    def bound(self) -> str:
        """Return the digest that ties a cursor to this question, these parameters and this state of knowledge."""
        parts = [self.question.digest, self.parameters, self.on, self.known_at]
        return sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]

    def cursor(self, row: list[Any]) -> str:
        """Return the text that leads to the page after a row."""
        columns = self.question.columns
        position = [row[columns.index(name)] for name in self.question.header.order]
        cursor = Cursor(
            bound_to=self.bound(), on=self.on, known_at=self.known_at, named_at=self.named_at, position=position
        )
        return cursor.text()


def _each_once(*instants: datetime) -> tuple[datetime, ...]:
    return tuple(dict.fromkeys(instants))


def _page(
    question: Question, rows: list[list[Any]], values: Mapping[str, Any], after: list[Any] | None
) -> list[list[Any]]:
    """Make the rows of an answer with the question's function, and return those after a position in their order."""
    assert question.function is not None  # noqa: S101 - the caller has looked
    places = [question.columns.index(name) for name in question.header.order]
    made = sorted((list(row) for row in question.function.work(rows, values)), key=lambda row: [row[i] for i in places])
    return made if after is None else [row for row in made if [row[i] for i in places] > after]


class Reader:
    """Asks questions of one database."""

    def __init__(self, database: Database, catalog: Catalog, revision: Revision) -> None:
        self._database = database
        self._catalog = catalog
        self._revision = revision
        self._resolver = Resolver(database, self._find_state)

    async def understand(self, question: Question, asked: Asked, *, at_least: datetime | None = None) -> Understood:
        """Fill in day and state of knowledge and resolve names. Raises InputError for what nobody is known by.

        A page after another is of the same day and state of knowledge, and what its parameters name is what they named
        then, whatever happened between. A `known_at` later than the last committed instant is that instant: nobody can
        know what is not recorded yet. What is named may be known now, or then.
        """
        newest = await self._revision.known_at(at_least)
        cursor = Cursor.read(asked.after) if asked.after else None
        # What was the newest when the first page was asked for stays it for all pages.
        named_at = min(newest, cursor.named_at) if cursor else newest
        known_at = min(named_at, asked.known_at or (cursor.known_at if cursor else newest))
        today = datetime.now(UTC).date()
        on = (
            None if question.header.timeless else getattr(asked, "on", None) or (cursor.on if cursor else None) or today
        )
        types = {name: spec.type for name, spec in question.header.params.items()}
        given = {name: getattr(asked, name) for name in types}
        resolved = await self._resolver.resolve(types, given, on or today, _each_once(named_at, known_at))
        parameters = as_understood(asked, resolved)
        understood = Understood(question, resolved, parameters, on, known_at, named_at, asked.limit)
        if cursor is None:
            return understood
        if cursor.bound_to != understood.bound() or len(cursor.position) != len(question.header.order):
            raise misplaced_cursor()
        return replace(understood, after=cursor.position)

    async def answer(self, understood: Understood) -> Answer:
        """Ask what was understood."""
        rows = await self.ask(
            understood.question,
            understood.values | {"on": understood.on, "known_at": understood.known_at},
            limit=understood.limit + 1,
            after=understood.after,
        )
        kept = rows[: understood.limit]
        cursor = understood.cursor(kept[-1]) if len(rows) > len(kept) else None
        return Answer(understood.question, understood.parameters, understood.on, understood.known_at, kept, cursor)

    async def ask(
        self,
        question: Question,
        values: dict[str, Any],
        *,
        limit: int,
        after: list[Any] | None = None,
    ) -> list[list[Any]]:
        """Run a question's text with these values, as they are, and return at most `limit` rows."""
        paged = values | {"after": after, "row_limit": limit}
        (record,) = await self._database.read(question.name, question.wrapped, paged)
        rows: list[list[Any]] = record["rows"]
        return rows if question.function is None else _page(question, rows, values, after)[:limit]

    async def _find_state(self, text: str, on: date, known_at: datetime) -> list[Row]:
        question = self._catalog.find(NAMES_STATES)
        rows = await self.ask(question, {"text": text, "on": on, "known_at": known_at}, limit=20)
        return [dict(zip(question.columns, row, strict=True)) for row in rows]
