"""API keys: made, listed and revoked by the command, found by the service for a request that brings one.

The text of a key is `foedus_<id>_<secret>`. It is shown when it is made and is nowhere afterwards: the graph holds a
hash of the secret, on a node that is joined to nothing.
"""

import asyncio
import hmac
import logging
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from hashlib import sha256
from secrets import token_hex
from time import monotonic
from typing import Any

from neo4j import Record

from graph.database import REQUEST_ID, Database, translated
from graph.errors import DatabaseBusyError, InputError, NotFoundError, Problem, pointer
from graph.recent import Recent
from graph.revision import native
from graph.statements import statement

LOG = logging.getLogger("foedus.keys")
LONGEST_NAME = 100
KEPT_SECONDS = 1.0
"""How long a key may be taken for live after it was read, and so how long revoking it may take."""
MOST_KEPT = 1000
LOOKUPS_AT_ONCE = 4
LOOKUP_SECONDS = 5.0
_ID_BYTES, _SECRET_BYTES = 6, 32
_FORM = re.compile(rf"foedus_(?P<id>[0-9a-f]{{{2 * _ID_BYTES}}})_(?P<secret>[0-9a-f]{{{2 * _SECRET_BYTES}}})")


class Scope(StrEnum):
    """What a key allows: to read from beyond this machine; to write; to run Cypher of one's own; everything."""

    READ = "read"
    WRITE = "write"
    CYPHER = "cypher"
    ADMIN = "admin"

    def includes(self, other: "Scope") -> bool:
        """Return whether whoever has this scope needs no other for what that one allows."""
        return self in {other, Scope.ADMIN} or other is Scope.READ


class KeyState(StrEnum):
    """Whether a key can still be used."""

    LIVE = "live"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class ApiKey:
    """A key as it can be shown, without its secret; one that never expires has no `expires_at`."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def allows(self, scope: Scope) -> bool:
        """Return whether it has a scope, or one that includes it."""
        return any(own.includes(scope) for own in self.scopes)

    @property
    def state(self) -> KeyState:
        """Whether it can be used now."""
        if self.revoked_at is not None:
            return KeyState.REVOKED
        expired = self.expires_at is not None and self.expires_at <= datetime.now(UTC)
        return KeyState.EXPIRED if expired else KeyState.LIVE


@dataclass(frozen=True)
class NewKey:
    """A key that was just made, and its text, which nobody can ask for again."""

    key: ApiKey
    text: str = field(repr=False)


@dataclass(frozen=True)
class _Stored:
    key: ApiKey
    hash: str = field(repr=False)


class _UnknownKeyError(LookupError):
    """No key has that id; raised, because what is returned would be kept."""


class Keys:
    """The API keys of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._recent: Recent[tuple[str, int], _Stored] = Recent(MOST_KEPT)
        self._turns = asyncio.Semaphore(LOOKUPS_AT_ONCE)

    async def create(self, name: str, scopes: Collection[Scope], expires_at: datetime | None) -> NewKey:
        """Make a key; names need not be unique. Raises InputError for a name, scopes or an end that make no sense."""
        now, secret = datetime.now(UTC), token_hex(_SECRET_BYTES)
        key = ApiKey(token_hex(_ID_BYTES), name.strip(), tuple(s for s in Scope if s in scopes), now, expires_at)
        if faults := _faults(key):
            raise InputError(faults)
        await self._write("keys/create", {**vars(key), "hash": _hashed(secret)})
        return NewKey(key, f"foedus_{key.id}_{secret}")

    async def listed(self) -> list[ApiKey]:
        """Return all keys, the oldest first, those that have ended among them."""
        return [_key(record) for record in await self._database.read("keys/list", statement("keys/list"))]

    async def revoke(self, which: str) -> ApiKey:
        """End a key that is named by its id, its text, or its name where one live key has it; return it as it was.

        A process that has just found it may take it for live for another second. Raises NotFoundError, or InputError
        where several live keys have the name.
        """
        key = _named(which, await self.listed())
        await self._write("keys/revoke", {"id": key.id, "revoked_at": datetime.now(UTC)})
        return key

    async def find(self, text: str) -> ApiKey | None:
        """Return the live key that has this text. Only the log says why there is none."""
        parts = _FORM.fullmatch(text)
        if parts is None:
            return None
        try:
            # A new second is another name of what is kept, so nothing is taken for live for longer.
            kept_as = parts["id"], int(monotonic() / KEPT_SECONDS)
            stored = await self._recent.made(kept_as, partial(self._read, parts["id"]))
            fault = _fault(stored, parts["secret"])
        except _UnknownKeyError:
            fault = "unknown"
        if fault is not None:
            LOG.info("%s key %s is %s", REQUEST_ID.get(), parts["id"], fault)
            return None
        return stored.key

    async def _read(self, key_id: str) -> _Stored:
        """Look a key up; a few at once, so that a flood of wrong keys leaves the other connections to those who ask."""
        try:
            async with asyncio.timeout(LOOKUP_SECONDS), self._turns:
                records = await self._database.read("keys/find", statement("keys/find"), {"id": key_id})
        except TimeoutError:
            raise DatabaseBusyError("No key can be looked up now.", "Ask again in a moment.") from None
        if not records:
            raise _UnknownKeyError
        return _Stored(_key(records[0]), records[0]["hash"])

    async def _write(self, name: str, values: dict[str, Any]) -> None:
        with translated():
            async with self._database.writing() as session:
                await (await session.run(statement(name), values)).consume()


def _hashed(secret: str) -> str:
    # A slow hash makes up for secrets that can be guessed. Nobody guesses 256 random bits, and requests would wait.
    return sha256(secret.encode("ascii")).hexdigest()


def _fault(stored: _Stored, secret: str) -> str | None:
    if not hmac.compare_digest(stored.hash, _hashed(secret)):
        return "given with a wrong secret"
    return None if stored.key.state is KeyState.LIVE else stored.key.state


def _key(record: Record) -> ApiKey:
    scopes = tuple(Scope(word) for word in record["scopes"])
    instants = {name: record[name] and native(record[name]) for name in ("created_at", "expires_at", "revoked_at")}
    return ApiKey(record["id"], record["name"], scopes, **instants)


def _faults(key: ApiKey) -> list[Problem]:
    """List what is wrong with a key that is to be made; what was given is not repeated, in case it is a key's text."""
    faults = []
    if not (1 <= len(key.name) <= LONGEST_NAME and key.name.isprintable()):
        message = f"The name of a key has 1 to {LONGEST_NAME} characters, all of them printable."
        faults.append(Problem(pointer("name"), message, "It stands as the author of what is written with the key."))
    if not key.scopes:
        faults.append(
            Problem(pointer("scopes"), "A key without a scope allows nothing.", f"There are {', '.join(Scope)}.")
        )
    if key.state is not KeyState.LIVE:
        faults.append(Problem(pointer("expires_at"), "A key that has expired already is none.", "Name a later day."))
    return faults


def _named(which: str, keys: Collection[ApiKey]) -> ApiKey:
    parts = _FORM.fullmatch(which)
    key_id, name = parts["id"] if parts else which, which.strip()
    found = [key for key in keys if key.id == key_id] or [
        key for key in keys if key.name == name and key.state is KeyState.LIVE
    ]
    if not found:
        raise NotFoundError("No key has that id, and no live one that name.", "`foedus keys list` lists them.")
    if len(found) > 1:
        ids = ", ".join(key.id for key in found)
        raise InputError([Problem(pointer("name"), f"Several live keys have that name: {ids}.", "Give one's id.")])
    return found[0]
