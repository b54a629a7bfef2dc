"""Runs texts of one's own: what the guard lets through, in a transaction that only reads, for so long and so much."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

import orjson
from neo4j import AsyncTransaction
from neo4j.exceptions import BrokenRecordError, ClientError, CypherSyntaxError, Neo4jError, TransientError

from graph.catalog import Question
from graph.database import GRACE_SECONDS, REQUEST_ID, Database, translated
from graph.errors import InputError, Problem, QueryFailedError, QueryRefusedError, QueryTimeoutError, pointer
from graph.guard import RESERVED, Asked, Guard, wrapped
from graph.plain import plain
from graph.revision import Revision
from graph.schema import fingerprint
from graph.settings import Settings
from graph.verdict import Finding, Verdict

DEFAULT_ROWS = 1000
FETCHED_AT_ONCE = 100
_LEAST, _MOST = -(2**63), 2**63 - 1
_HIDDEN = ("Transaction", "Security", "General", "Database", "Request")


@dataclass(frozen=True)
class Found:
    """What a text returned: its rows in the order in which they came, as values that JSON has.

    `truncated` says that there is more, because of the number of rows or of bytes.
    """

    columns: tuple[str, ...]
    rows: list[list[Any]]
    on: date
    known_at: datetime
    truncated: bool
    warnings: tuple[Finding, ...] = ()

    @property
    def records(self) -> list[dict[str, Any]]:
        """The rows as one map each."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Queries:
    """Runs texts in one database. Nothing they do outlives them: no write, no transaction, no connection."""

    def __init__(self, database: Database, guard: Guard, revision: Revision, settings: Settings) -> None:
        self._database, self._guard, self.revision = database, guard, revision
        self._rows, self.most_bytes = settings.cypher_rows, settings.cypher_bytes
        self.seconds = settings.cypher_seconds

    async def asked(
        self, text: bytes, given: Mapping[str, Any], *, on: date | None = None, known_at: datetime | None = None
    ) -> Asked:
        """Return what is asked, as of today and the newest state of knowledge where none is named, and none later.

        Raises InputError for parameters that cannot be given.
        """
        if faults := [fault for name, value in given.items() if (fault := _fault(name, value))]:
            raise InputError(faults)
        newest = await self.revision.known_at(known_at)
        return Asked(text, given, on or datetime.now(UTC).date(), min(newest, known_at or newest))

    async def check(self, asked: Asked) -> Verdict:
        """Return the guard's verdict on a text; nothing is run."""
        return await self._guard.judge(asked)

    async def check_as_run(self, asked: Asked) -> Verdict:
        """Return the verdict on a text and on it within the braces in which it is run; nothing is run."""
        return await self._guard.judge(asked, wrapped(asked.text.decode(errors="replace")))

    async def verdict_on(self, question: Question, values: Mapping[str, Any]) -> Verdict:
        """Return the verdict on the text of a question, and on it as the reader runs it, with these values."""
        given = {name: value for name, value in values.items() if name not in RESERVED}
        known_at = values.get("known_at") or datetime.now(UTC)
        asked = Asked(question.text.encode(), given, values.get("on") or known_at.date(), known_at)
        return await self._guard.judge(asked, question.wrapped)

    async def see_that_allowed(self, question: Question, values: Mapping[str, Any]) -> None:
        """Raise QueryRefusedError unless the guard lets a question's text through with these values."""
        verdict = await self.verdict_on(question, values)
        if not verdict.allowed:
            raise refused(verdict)

    async def fingerprint(self) -> str:
        """Return what changes when verdicts may: the schema, and the server."""
        return await fingerprint(self._database)

    async def run(self, asked: Asked, *, limit: int | None = None) -> Found:
        """Run a text and return at most `limit` of its rows.

        Raises QueryRefusedError for a text that the guard does not let through, QueryFailedError for one that fails
        while it runs, QueryTimeoutError for one that takes too long, or another error of the database.
        """
        verdict = await self.check_as_run(asked)
        if not verdict.allowed:
            raise refused(verdict)
        most = min(limit or DEFAULT_ROWS, self._rows)
        values = asked.values | {"row_limit": most + 1}
        rows, truncated = await self._read(wrapped(asked.text.decode()), values, verdict.columns, most)
        assert asked.on is not None  # noqa: S101 - see `asked`
        return Found(verdict.columns, rows, asked.on, asked.known_at, truncated, verdict.warnings)

    async def _read(
        self, text: str, values: dict[str, Any], columns: tuple[str, ...], most: int
    ) -> tuple[list[list[Any]], bool]:
        """Read rows until there are enough of them, or of their bytes; and return whether there are more."""
        rows: list[list[Any]] = []
        size = 0
        async with self._transaction() as tx:
            # The text is somebody else's, and was judged.
            result = await tx.run(cast(Any, text), values)
            async for record in result:
                row = [plain(record[name]) for name in columns]
                size += len(orjson.dumps(row))
                if len(rows) == most or size > self.most_bytes:
                    return rows, True
                rows.append(row)
        return rows, False

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncTransaction]:
        """Open a transaction that is rolled back at the end, however that comes."""
        told = {"name": "query"} | ({"request_id": REQUEST_ID.get()} if REQUEST_ID.get() else {})
        try:
            async with asyncio.timeout(self.seconds + GRACE_SECONDS):
                with translated():
                    async with (
                        self._database.reading(fetch_size=FETCHED_AT_ONCE) as session,
                        await session.begin_transaction(metadata=told, timeout=self.seconds) as tx,
                    ):
                        try:
                            yield tx
                        except (Neo4jError, BrokenRecordError) as error:
                            tell(error)
                            raise
        except TimeoutError:
            raise QueryTimeoutError("The database did not answer in time.", "Ask for less.") from None


def refused(verdict: Verdict) -> QueryRefusedError:
    """Return the error for a text that may not be run; each of its problems has the code of a reason."""
    return QueryRefusedError(
        [Problem(pointer("text"), f"{one.message}{_where(one)}", one.hint, str(one.code)) for one in verdict.refusals]
    )


def _where(finding: Finding) -> str:
    return f" (line {finding.line}, column {finding.column})" if finding.line else ""


def tell(error: BaseException | None) -> None:
    """Raise QueryFailedError for what the driver says that is the text's own fault."""
    if isinstance(error, BrokenRecordError):
        message = "The query returned a day or an instant outside of the years 1 to 9999."
        raise QueryFailedError(message, "Return it as text, by toString().") from None
    code = (error.code or "") if isinstance(error, Neo4jError) else ""
    if isinstance(error, TransientError) and "Memory" in code:
        raise QueryFailedError("The query took more memory than one may have.", "Ask for less at once.") from None
    if isinstance(error, ClientError | CypherSyntaxError) and not any(f".{kind}." in code for kind in _HIDDEN):
        said = str(error.message or code).split("\n", 1)[0].strip()[:500]
        raise QueryFailedError(f"The query failed: {said.rstrip('.')}.", "Look at the values that it met.") from None


def _fault(name: str, value: Any) -> Problem | None:
    if isinstance(value, int) and not _LEAST <= value <= _MOST:
        return Problem(
            pointer("parameters", name), f"{name} holds a number of more than 64 bits.", "Give it as a text."
        )
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((fault for one in inner if (fault := _fault(name, one))), None)
