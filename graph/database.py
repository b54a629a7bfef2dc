"""The one driver of a process, and the translation of its exceptions into foedus's own.

Reader, writer and schema use it; nothing above them sees an exception of the driver.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from importlib.util import find_spec
from time import monotonic
from typing import Any, Generic, Protocol, TypeVar, cast

import neo4j
import neo4j.exceptions as driver_errors
from neo4j import (
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncSession,
    Bookmarks,
    NotificationMinimumSeverity,
    Query,
    Record,
)
from neo4j.api import AsyncBookmarkManager

from graph.errors import (
    DatabaseAwayError,
    DatabaseBusyError,
    FoedusError,
    InputError,
    Problem,
    QueryTimeoutError,
    SchemaError,
    pointer,
)
from graph.settings import Settings

LOG = logging.getLogger("foedus.database")
# What the server notices about a text, the guard tells; the driver would log it, with the text.
logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)
_AUTH_HINT = "Check FOEDUS_NEO4J_USER, and FOEDUS_NEO4J_PASSWORD or FOEDUS_NEO4J_PASSWORD_FILE."
_BOOKMARK_HINT = "Send back Foedus-Bookmark of an earlier answer as it was."
_FORGOTTEN = "Neo4j no longer knows what this process has seen of it, as after a backup was restored."
_NAME_HINT = "FOEDUS_NEO4J_DATABASE names it."
_WRITTEN_HINT = "It may have been written: send it again with the same Idempotency-Key."
_AWAY_HINT = "Start Neo4j, or check FOEDUS_NEO4J_URI, FOEDUS_NEO4J_USER and FOEDUS_NEO4J_PASSWORD."

# What a read comes to that a commit overtakes. The driver tries only whole units of work again.
_OVERTAKEN = "Neo.TransientError.Transaction.Outdated"
READ_TRIES = 3
AGAIN_SECONDS = 1.0
# Longer than the database's own limit, for a database that no longer answers at all.
GRACE_SECONDS = 5.0

T = TypeVar("T")

REQUEST_ID: ContextVar[str] = ContextVar("REQUEST_ID", default="")
"""Id of the request that is being served; whoever begins one sets it, and every read of it carries it."""


BOOKMARKS: ContextVar[tuple[str, ...]] = ContextVar("BOOKMARKS", default=())
"""What the request that is being served has seen written, in the database's own tokens: reads of it come after that."""


@dataclass(frozen=True)
class Made(Generic[T]):
    """What a transaction made, and the database's token for it; empty when nothing was kept of it."""

    answer: T
    bookmark: str = ""


class _RolledBack(Exception):  # noqa: N818 - it carries an answer out of a transaction that must leave no trace
    def __init__(self, made: Any) -> None:
        super().__init__()
        self.made = made


class Reads(Protocol):
    """What texts that read are run with: the database, or one transaction of it."""

    async def read(self, name: str, text: str, values: Mapping[str, Any] | None = None) -> list[Record]:
        """Run one text, as it is, and return its records."""
        ...


class Many(list[T]):
    """A parameter of many values. The driver writes all parameters out for its log, also where nobody keeps it."""

    def __repr__(self) -> str:
        return f"[{len(self)} values]"


@dataclass(frozen=True)
class InTransaction:
    """Reads inside one transaction, so that what it has written and not committed is there."""

    tx: AsyncManagedTransaction

    async def read(self, name: str, text: str, values: Mapping[str, Any] | None = None) -> list[Record]:
        """Run one text, as it is, and return its records; the name is the transaction's own."""
        return [record async for record in await self.tx.run(cast(Any, text), dict(values or {}))]


@dataclass(frozen=True)
class Database:
    """An open driver, the name of the database behind it, and the longest times in seconds of a read and a write.

    With `seen`, whatever one session has seen the next one sees as well, whichever member of a cluster answers it.
    """

    driver: AsyncDriver
    name: str
    seconds: float
    write_seconds: float
    seen: AsyncBookmarkManager | None = None

    async def read(self, name: str, text: str, values: Mapping[str, Any] | None = None) -> list[Record]:
        """Run one text that reads, as it is, and return its records.

        The database's own list of transactions shows `name` and the id of the request. Raises QueryTimeoutError when it
        takes longer than a read may, or another error of the database. Nothing waits for longer, so that a server that
        falls silent keeps no connection, whoever has gone meanwhile.
        """
        query = Query(text, timeout=self.seconds, metadata=_metadata(name))
        try:
            async with asyncio.timeout(self.seconds + GRACE_SECONDS):
                return await self._records(query, dict(values or {}))
        except TimeoutError:
            raise QueryTimeoutError("The database did not answer in time.", "Ask again later.") from None

    async def write(self, name: str, work: Callable[[AsyncManagedTransaction], Awaitable[tuple[T, bool]]]) -> "Made[T]":
        """Run some work in one transaction that writes; what it returns, and whether that is to be kept.

        The work is done again where the database asks for that, so it keeps nothing of an attempt. Raises
        QueryTimeoutError when it takes longer than a write may, or another error of the database; after these it may
        have been written all the same.
        """

        async def attempt(tx: AsyncManagedTransaction) -> T:
            made, kept = await work(tx)
            if not kept:
                raise _RolledBack(made)
            return made

        try:
            async with asyncio.timeout(self.write_seconds + GRACE_SECONDS):
                return await self._written(neo4j.unit_of_work(_metadata(name), self.write_seconds)(attempt))
        except TimeoutError:
            raise QueryTimeoutError("The database did not answer in time.", _WRITTEN_HINT) from None

    async def _written(self, attempt: Callable[[AsyncManagedTransaction], Awaitable[T]]) -> "Made[T]":
        with translated():
            async with self.writing() as session:
                try:
                    made = await session.execute_write(attempt)
                except _RolledBack as rolled_back:
                    return Made(rolled_back.made)
                return Made(made, ",".join(sorted((await session.last_bookmarks()).raw_values)))

    async def _records(self, query: Query, values: dict[str, Any], tries: int = READ_TRIES) -> list[Record]:
        with translated():
            try:
                async with self.reading() as session:
                    result = await session.run(query, values)
                    return [record async for record in result]
            except driver_errors.TransientError as error:
                if error.code != _OVERTAKEN or tries == 1:
                    raise
        return await self._records(query, values, tries - 1)

    def reading(self, **config: Any) -> AsyncSession:
        """Open a session that reads; the server refuses any write in it. Raises InputError for what is no bookmark."""
        try:
            brought = Bookmarks.from_raw_values(BOOKMARKS.get()) if BOOKMARKS.get() else None
        except ValueError:
            raise _no_bookmark() from None
        return self._session(default_access_mode=neo4j.READ_ACCESS, bookmarks=brought, **config)

    def planning(self) -> AsyncSession:
        """Open a session that reads, and is told whatever the server notices about a text."""
        told = NotificationMinimumSeverity.INFORMATION
        return self._session(default_access_mode=neo4j.READ_ACCESS, notifications_min_severity=told)

    def writing(self) -> AsyncSession:
        """Open a session that writes."""
        return self._session(default_access_mode=neo4j.WRITE_ACCESS)

    def _session(self, **config: Any) -> AsyncSession:
        return self.driver.session(database=self.name, bookmark_manager=self.seen, **config)

    async def close(self) -> None:
        """Close all connections."""
        await self.driver.close()

    async def __aenter__(self) -> "Database":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _metadata(name: str) -> dict[str, str]:
    return {"name": name} | ({"request_id": REQUEST_ID.get()} if REQUEST_ID.get() else {})


async def open_database(settings: Settings, uri: str, user: str, password: str) -> Database:
    """Connect to a server and see that its database answers, waiting for it as long as the settings say.

    Raises DatabaseAwayError with the way out when it does not.
    """
    _assert_quick_driver()
    if not uri.startswith(("bolt://", "bolt+s", "neo4j://", "neo4j+s")):
        raise DatabaseAwayError(
            f"{uri} is not an address of Neo4j's Bolt protocol.", "It begins with bolt:// or neo4j://."
        )
    try:
        driver = AsyncGraphDatabase.driver(
            uri,
            auth=(user, password),
            max_connection_pool_size=settings.pool_size,
            connection_acquisition_timeout=settings.acquire_seconds,
            connection_timeout=settings.acquire_seconds,
            max_transaction_retry_time=10,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
        )
    except (driver_errors.ConfigurationError, ValueError) as error:
        raise DatabaseAwayError(f"{uri} is not an address of a Neo4j: {error}", _AWAY_HINT) from None
    chained = uri.startswith("neo4j") if settings.neo4j_chained is None else settings.neo4j_chained
    seen = AsyncGraphDatabase.bookmark_manager() if chained else None
    database = Database(driver, settings.neo4j_database, settings.query_seconds, settings.write_seconds, seen)
    async with AsyncExitStack() as unused:
        unused.push_async_callback(database.close)
        with translated():
            async with asyncio.timeout(settings.neo4j_wait_seconds + GRACE_SECONDS + settings.acquire_seconds):
                await _answering(database, uri, settings.neo4j_wait_seconds)
        unused.pop_all()
    return database


async def _answering(database: Database, uri: str, seconds: float) -> None:
    """Return once the database itself is open, which is some moments after its port is."""
    deadline, told = monotonic() + seconds, False
    while True:
        try:
            async with database.reading() as session, await session.begin_transaction():
                return
        except (driver_errors.Neo4jError, driver_errors.DriverError) as error:
            if not error.is_retryable() or monotonic() >= deadline:
                raise
        if not told:
            LOG.warning("Neo4j at %s does not answer yet; waiting for it up to %g seconds.", uri, seconds)
            told = True
        await asyncio.sleep(AGAIN_SECONDS)


def _assert_quick_driver() -> None:
    """The Rust extension is imported silently when it is there; without it answers take twice as long."""
    if find_spec("neo4j._rust") is None:
        raise DatabaseAwayError(
            "The package neo4j-rust-ext is missing or does not fit the driver.", "Install requirements.lock again."
        )


def unhurried(text: str) -> Query:
    """Return a statement that may take as long as a large graph needs, whatever limit the server has for others."""
    return Query(text, timeout=0)


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the driver raises into foedus's own errors."""
    try:
        yield
    except driver_errors.AuthError as error:
        raise DatabaseAwayError("Neo4j does not accept the user name or the password.", _AUTH_HINT) from error
    except driver_errors.Neo4jError as error:
        raise _from_server(error) from error
    except driver_errors.DriverError as error:
        raise _from_driver(error) from error
    except OSError as error:
        raise DatabaseAwayError("Neo4j cannot be reached.", _AWAY_HINT) from error


def _from_server(error: driver_errors.Neo4jError) -> FoedusError:
    code = error.code or ""
    if "TransactionTimedOut" in code or code.endswith(("LockClientStopped", "Terminated")):
        return QueryTimeoutError(
            "The query was stopped because it ran out of time.", "Ask for less, or ask again later."
        )
    if code.endswith(("DatabaseNotFound", "DatabaseUnavailable")):
        return DatabaseAwayError("Neo4j does not have that database, or it is not available.", _NAME_HINT)
    if "Memory" in code or "Transient" in code:
        why = "has no room for this" if "Memory" in code else f"cannot do this ({code})"
        return DatabaseBusyError(f"Neo4j {why} now.", "Ask again in a moment.")
    if code.endswith(("InvalidBookmark", "InvalidBookmarkMixture")):
        return _no_bookmark() if BOOKMARKS.get() else DatabaseAwayError(_FORGOTTEN, "Start the service anew.")
    if code.endswith(("ProcedureCallFailed", "IndexNotFound")):
        return SchemaError("A procedure failed in the database.", "Run `foedus schema --apply`.")
    # What the server says may quote a value.
    return FoedusError(f"Neo4j refused the query: {code}")


def _no_bookmark() -> InputError:
    return InputError([Problem(pointer("header", "Foedus-Bookmark"), "That is no bookmark.", _BOOKMARK_HINT)])


def _from_driver(error: driver_errors.DriverError) -> FoedusError:
    if isinstance(error, driver_errors.IncompleteCommit):
        return DatabaseAwayError("Neo4j went away while it was writing.", _WRITTEN_HINT)
    if isinstance(error, driver_errors.ServiceUnavailable | driver_errors.SessionExpired):
        return DatabaseAwayError("Neo4j cannot be reached.", _AWAY_HINT)
    if "acquire" in str(error) or "acquisition" in str(error):
        return DatabaseBusyError("All connections to Neo4j are in use.", "Ask again in a moment.")
    return DatabaseAwayError(f"Neo4j cannot be used: {error}", _AWAY_HINT)
