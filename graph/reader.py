"""The one way to read: a question, asked in one read transaction, its text unchanged and its values as parameters."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import orjson

from graph.catalog import Catalog, Question
from graph.compare import differences
from graph.coverage import Coverage, Covered
from graph.database import Reads
from graph.parameters import (
    LARGEST_LIMIT,
    Asked,
    Cursor,
    as_understood,
    misplaced_cursor,
    see_that_days_fit,
    too_much_to_compare,
)
from graph.provenance import named_sources, named_things
from graph.recent import Recent
from graph.resolver import Resolver, Row
from graph.revision import NOTHING_YET, Knows
from graph.statements import statement
from graph.then import Then
from graph.understood import Against, Answer, Understood, is_place, place

Rows = Sequence[Sequence[Any]]
MOST_FETCHED = 200_000
"""How many rows that texts fetched for functions are kept, together; a list in a row counts as so many. It holds the
pairs in force of some days, at about 300 bytes a pair."""
SOURCES = "read/sources"
NAMES_STATES = "states_by_name_or_code"


def _each_once(*instants: datetime) -> tuple[datetime, ...]:
    return tuple(dict.fromkeys(instants))


def _weight(rows: Rows) -> int:
    return sum(1 + sum(len(cell) for cell in row if isinstance(cell, list)) for row in rows)


def _page(question: Question, rows: Iterable[list[Any]], after: list[Any] | None, limit: int) -> list[list[Any]]:
    """Return at most `limit` of these rows in the order of an answer, those after a position in it."""
    placed = sorted(((place(question, row), row) for row in rows), key=lambda one: one[0])
    return [row for at, row in placed if after is None or at > after][:limit]


def _made(
    question: Question,
    function: Then,
    rows: Rows,
    values: dict[str, Any],
    *,
    after: list[Any] | None,
    limit: int,
) -> list[list[Any]]:
    """Return what a function makes of rows, as a page; it may take long, so nobody else waits for it."""
    return _page(question, (list(row) for row in function.work(rows, values)), after, limit)


def _told(asked: Asked, cursor: Cursor | None) -> datetime:
    """Return the latest state of knowledge that is asked for by name."""
    named = (asked.known_at, asked.compare_known_at, cursor and cursor.named_at)
    return max((one for one in named if one), default=NOTHING_YET)


def _against(asked: Asked, understood: Understood) -> Against | None:
    """Return what an answer is to be compared with, where anything was said; what is left out is that of the answer."""
    on, known_at = getattr(asked, "compare_on", None), asked.compare_known_at
    if on is None and known_at is None:
        return None
    return Against(on or understood.on, min(known_at or understood.known_at, understood.named_at))


def _among(changed: Mapping[str, Collection[str]], facts: Iterable[str]) -> frozenset[str]:
    return frozenset(key for fact in facts for key in changed.get(fact, ()))


class Reader:
    """Asks questions of one database."""

    def __init__(self, database: Reads, catalog: Catalog, revision: Knows) -> None:
        self._database = database
        self._catalog = catalog
        self._revision = revision
        self._resolver = Resolver(database, self._find_state)
        self._coverage = Coverage(database)
        self._fetched: Recent[tuple[str, bytes], Rows] = Recent(MOST_FETCHED, _weight, MOST_FETCHED // 2)
        for empty in (self._fetched.clear, self._resolver.forget, self._coverage.forget):
            revision.on_erasure(empty)

    async def understand(
        self,
        question: Question,
        asked: Asked,
        *,
        at_least: datetime | None = None,
        newest: datetime | None = None,
    ) -> Understood:
        """Fill in day and state of knowledge and resolve names. Raises InputError for what nobody is known by.

        `newest` is the newest state of knowledge, where the caller has read it for several questions at once.

        A page after another is of the same day and state of knowledge, and what its parameters name is what they named
        then, whatever happened between. A `known_at` later than the last committed instant is that instant: nobody can
        know what is not recorded yet. What is named may be known now, or then.
        """
        cursor = Cursor.read(asked.after) if asked.after else None
        told = max(_told(asked, cursor), at_least or NOTHING_YET)
        # Another process may have told of what this one has not read yet.
        if newest is None or newest < told:
            newest = await self._revision.known_at(told)
        erasures = self._revision.erasures
        # What was the newest when the first page was asked for stays it for all pages.
        named_at = min(newest, cursor.named_at) if cursor else newest
        known_at = min(named_at, asked.known_at or (cursor.known_at if cursor else newest))
        today = datetime.now(UTC).date()
        on = (
            None if question.header.timeless else getattr(asked, "on", None) or (cursor.on if cursor else None) or today
        )
        types = {name: spec.type for name, spec in question.header.params.items()}
        given = {name: getattr(asked, name) for name in types}
        see_that_days_fit(given)
        resolved = await self._resolver.resolve(types, given, on or today, _each_once(named_at, known_at))
        parameters = as_understood(asked, resolved)
        changed = asked.digest not in {None, question.digest}
        understood = Understood(question, resolved, parameters, on, known_at, named_at, asked.limit, changed=changed)
        understood = replace(understood, against=_against(asked, understood), erasures=erasures)
        if cursor is None:
            return understood
        if cursor.bound_to != understood.bound() or not is_place(understood.shown, cursor.position):
            raise misplaced_cursor()
        return replace(understood, after=cursor.position)

    async def answer(self, understood: Understood) -> Answer:
        """Ask what was understood. Raises InputError when what is to be compared is too much."""
        asked_for = understood.limit + 1
        if understood.against:
            found = await self._differences(understood, understood.against)
            rows = _page(understood.shown, found, understood.after, asked_for)
        else:
            rows = await self._rows(understood, understood, limit=asked_for, after=understood.after)
        kept = rows[: understood.limit]
        return Answer(
            understood.shown,
            understood.parameters,
            understood.on,
            understood.known_at,
            kept,
            understood.cursor(kept[-1]) if len(rows) > len(kept) else None,
            await self._covered(understood),
            understood.against,
            tuple(understood.again()),
            understood.changed,
        )

    async def pages(self, understood: Understood) -> AsyncIterator[Answer]:
        """Yield the answer page by page to its end, all of one day and state of knowledge.

        Nothing is held between two pages, neither a connection nor the rows of the page before.
        """
        wanted: Understood | None = understood
        while wanted is not None:
            page = await self.answer(wanted)
            wanted = wanted.following(page.rows[-1]) if page.next else None
            yield page
            # It does not stay in memory until the next one is there.
            del page

    async def sources(self, answer: Answer) -> list[dict[str, Any]]:
        """Return the sources of an answer's rows as they were known then, by key.

        Those that a row names, and of a row that names none those that attest the facts and entities it names.
        """
        sourceless = [row for row in answer.rows if not named_sources(answer.question, [row])]
        things = named_things(answer.question, sourceless)
        values = {"sources": answer.sources, "things": things, "known_at": answer.known_at}
        return [record.data() for record in await self._database.read(SOURCES, statement(SOURCES), values)]

    async def ask(
        self,
        question: Question,
        values: dict[str, Any],
        *,
        limit: int,
        after: list[Any] | None = None,
    ) -> list[list[Any]]:
        """Run a question's text with these values, as they are, and return at most `limit` rows.

        `known_at` is no later than the last committed instant.
        """
        if question.function is None:
            return await self._run(question, values | {"after": after, "row_limit": limit})
        rows = await self._whole(question, values)
        return await asyncio.to_thread(_made, question, question.function, rows, values, after=after, limit=limit)

    async def _run(self, question: Question, values: dict[str, Any]) -> list[list[Any]]:
        (record,) = await self._database.read(question.name, question.wrapped, values)
        rows: list[list[Any]] = record["rows"]
        return rows

    async def _whole(self, question: Question, values: dict[str, Any]) -> Rows:
        """Return all that the text before a function fetches, kept while others ask the same text the same.

        What is known at an instant never changes but by an erasure, which empties this; and what only the function
        reads makes no difference to the text.
        """
        read = {name: values[name] for name in sorted(question.reads)}
        key = question.wrapped, orjson.dumps(read)
        return await self._fetched.made(key, lambda: self._run(question, values))

    async def _covered(self, understood: Understood) -> Covered:
        """Return what covers an answer; where two are compared, what covers both."""
        question, values, against = understood.question, understood.values, understood.against
        covered = await self._coverage.of(question, values, understood.on, understood.known_at)
        if against is None:
            return covered
        return covered.and_also(await self._coverage.of(question, values, against.on, against.known_at))

    async def _rows(
        self, understood: Understood, when: Understood | Against, *, limit: int, after: list[Any] | None = None
    ) -> list[list[Any]]:
        values = understood.values | {"on": when.on, "known_at": when.known_at}
        return await self.ask(understood.question, values, limit=limit, after=after)

    async def _differences(self, understood: Understood, against: Against) -> list[list[Any]]:
        """Return what differs between the answer as of `against` and the one asked for, in no particular order."""
        earlier, later = [await self._rows(understood, when, limit=LARGEST_LIMIT + 1) for when in (against, understood)]
        if max(len(earlier), len(later)) > LARGEST_LIMIT:
            raise too_much_to_compare()
        found = await asyncio.to_thread(lambda: list(differences(understood.question, earlier, later)))
        changed = await self._changed(frozenset().union(*(one.facts for one in found)), understood, against)
        return [[one.compared, one.was, one.because(_among(changed, one.facts)), *one.row] for one in found]

    async def _changed(
        self, facts: frozenset[str], understood: Understood, against: Against
    ) -> Mapping[str, Collection[str]]:
        """Return which facts changed between two states of knowledge, by the fact that each is or speaks of."""
        if not facts or understood.known_at == against.known_at:
            return {}
        first, last = sorted((understood.known_at, against.known_at))
        values = {"keys": sorted(facts), "earlier": first, "later": last}
        records = await self._database.read("read/changed", statement("read/changed"), values)
        return {record["key"]: record["changed"] for record in records}

    async def _find_state(self, text: str, on: date, known_at: datetime) -> list[Row]:
        question = self._catalog.find(NAMES_STATES)
        rows = await self.ask(question, {"text": text, "on": on, "known_at": known_at}, limit=20)
        return [dict(zip(question.columns, row, strict=True)) for row in rows]
