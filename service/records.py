"""The records of one label over HTTP: read as they were written, put, patched, withdrawn, merged.

`service/routes/records.py` gives each label its routes.
"""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field

from graph.errors import InputError, Problem, pointer
from graph.merging import merge
from graph.model.reading import checked, read_record
from graph.model.records import Key, Sentence
from graph.parameters import read_parameters
from graph.settings import Settings
from graph.single import RECORD, VERSION, One, found
from graph.types import Instant, written_instant
from graph.writer import Build, Wish
from service.access import author_of
from service.answers import dumped
from service.bodies import PATCH_TYPES
from service.dependencies import KNOWN_AT_HEADER, at_least_of, graph_of, moved, see_that_known
from service.negotiation import has_already, query_pairs
from service.preconditions import IN_HEADER, idempotency_key, tag_of, version_to_put, version_to_replace
from service.receipts import written_one
from service.writing import Explained, Tried, Turns, digest_of, pointing


class AsOf(BaseModel):
    """What can be asked of one record."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    known_at: Instant | None = Field(None, description="State of knowledge to read it from; the newest when left out.")


class Taking(Explained):
    """Why a record is withdrawn, in the query since DELETE has no body."""

    reason: str = Field(min_length=1, max_length=2000, description="Why it is withdrawn; it is kept.")


class Merging(BaseModel):
    """Which entity takes the place of the one that is merged, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    into: Key = Field(description="Key of the entity that stays, of the same label.")
    reason: Sentence = Field(description="Why; it is kept.")


class RecordBody(BaseModel):
    """A record as it was written."""

    key: str = Field(description="Its key.")
    label: str = Field(description="Its label.")
    version: int = Field(description="Number of this version: its ETag, and what If-Match names.")
    recorded_from: Instant = Field(description="When this version was recorded.")
    record: dict[str, Any] = Field(description="The content, as PUT takes it; what is not said is left out.")


@dataclass(frozen=True)
class Collection:
    """The records of one label, under one path."""

    label: str
    settings: Settings
    turns: Turns

    @property
    def name(self) -> str:
        """The name of one record in a path: the label in small letters."""
        return self.label.lower()

    @property
    def one(self) -> str:
        """The path of one record, as a question that shows it has it too."""
        return f"/{self.name}s/{{{self.name}}}"

    @property
    def _places(self) -> dict[str, str]:
        """Where in a request each problem with it is, by what the problem points to."""
        return {
            RECORD: "/body",
            VERSION: "/header/If-Match",
            IN_HEADER: IN_HEADER,
            "/operations/0/key": f"/path/{self.name}",
            "": "/body",
        }

    async def read(self, request: Request) -> Response:
        """Answer the record as it was written."""
        graph, at_least, key = graph_of(request), at_least_of(request), request.path_params[self.name]
        asked = read_parameters(AsOf, query_pairs(request.scope["query_string"]))
        newest = await graph.revision.known_at(asked.known_at or at_least)
        see_that_known(newest, None if asked.known_at else at_least)
        known_at = min(newest, asked.known_at or newest)
        version = await graph.records.version(key, known_at)
        if version is not None and version.replaced_by and version.label == self.label:
            return moved(request, version.replaced_by)
        record = found(version, self.label, key)
        assert version is not None  # noqa: S101 - it was found
        headers = {
            "ETag": tag_of(version.version),
            "Cache-Control": "no-cache",
            KNOWN_AT_HEADER: written_instant(known_at),
        }
        # An erasure changes what a version says and leaves its number, so what a client kept may be another.
        if not graph.revision.erasures and has_already(request.headers.get("If-None-Match"), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        told = {"key": key, "label": self.label, "version": version.version, "recorded_from": version.recorded_from}
        content = record.model_dump(exclude_computed_fields=True, exclude_none=True)
        return Response(dumped(told | {"record": content}), headers=headers, media_type="application/json")

    async def put(self, request: Request) -> Response:
        """Record the whole content: the first version, or a correction."""
        author, key = author_of(request), request.path_params[self.name]
        version = version_to_put(request)
        explained = read_parameters(Explained, query_pairs(request.scope["query_string"]))
        given = await self.turns.body(request)
        said = "/header/If-Match" if version else "/header/If-None-Match"
        content = _keyed(given, key)
        with pointing(self._places | {VERSION: said, f"{RECORD}/key": f"/path/{self.name}"}):
            record = await asyncio.to_thread(read_record, self.label, content, RECORD)
            one = One(self.label, key, version, author, explained.reason)
            return await self._write(request, one, one.put(record), given, dry_run=explained.dry_run)

    async def patch(self, request: Request) -> Response:
        """Correct some fields."""
        one, explained = self._one(request)
        given = await self.turns.body(request, PATCH_TYPES)
        if not isinstance(given, dict):
            raise InputError([Problem(pointer("body"), "A merge patch is an object.", 'Send {"field": value}.')])
        with pointing(self._places):
            return await self._write(request, one, one.patch(given), given, dry_run=explained.dry_run)

    async def delete(self, request: Request) -> Response:
        """Withdraw it."""
        one, taking = self._one(request, Taking)
        with pointing(self._places):
            return await self._write(request, one, one.withdraw(), None, dry_run=taking.dry_run)

    async def add_alias(self, request: Request) -> Response:
        """Add another name."""
        one, explained = self._one(request)
        with pointing(self._places):
            build = one.add_alias(request.path_params["alias"])
            return await self._write(request, one, build, None, dry_run=explained.dry_run)

    async def retire_alias(self, request: Request) -> Response:
        """Take another name away."""
        one, explained = self._one(request)
        with pointing(self._places):
            build = one.retire_alias(request.path_params["alias"])
            return await self._write(request, one, build, None, dry_run=explained.dry_run)

    async def merge(self, request: Request) -> Response:
        """Merge it into another entity."""
        author, key = author_of(request), request.path_params[self.name]
        version = version_to_replace(request)
        tried = read_parameters(Tried, query_pairs(request.scope["query_string"]))
        given = await self.turns.body(request)
        with pointing(self._places):
            merging = checked(Merging, given)
            one = One(self.label, key, version, author, merging.reason)
            build = merge(one, merging.into, self.settings.change_operations)
            return await self._write(request, one, build, given, dry_run=tried.dry_run)

    def _one(self, request: Request, model: type[Explained] = Explained) -> tuple[One, Explained]:
        author, key = author_of(request), request.path_params[self.name]
        version = version_to_replace(request)
        explained = read_parameters(model, query_pairs(request.scope["query_string"]))
        return One(self.label, key, version, author, explained.reason), explained

    async def _write(self, request: Request, one: One, build: Build, given: Any, *, dry_run: bool) -> Response:
        digest = digest_of(request, one.if_version, given)
        wish = Wish(build, digest, idempotency_key(request, one.author))
        answer = partial(written_one, key=one.key, version=one.if_version)
        return await self.turns.carried_out(request, wish, dry_run=dry_run, answer=answer)


def _keyed(given: Any, key: str) -> Any:
    """Return a content with the key of its path, which it may repeat."""
    if not isinstance(given, dict):
        return given
    if {"record", "label"} <= given.keys():
        raise InputError([Problem(RECORD, "That is an answer of /record.", "Send what stands under `record` in it.")])
    if given.get("key", key) != key:
        raise InputError([Problem(pointer("body", "key"), f"The path says {key}.", "Leave the key out of the body.")])
    return given | {"key": key}
