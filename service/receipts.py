"""What became of a change set, as HTTP tells it: the body, its model for OpenAPI, and the headers beside it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from fastapi import Response
from pydantic import BaseModel, ConfigDict, Field

from graph.derivation import Move
from graph.model.changes import Change, Outcome, Receipt
from graph.transaction import Done
from graph.types import written_instant
from service.answers import dumped
from service.dependencies import BOOKMARK_HEADER, KNOWN_AT_HEADER
from service.preconditions import tag_of

MOST_PIECES = 1000


class WrittenBody(BaseModel):
    """A version that was written."""

    key: str = Field(description="Key of the thing.")
    label: str = Field(description="Its label.")
    version: int = Field(description="Number of the version: its ETag.")
    change: Change = Field(description="What became of the thing: created, corrected or withdrawn.")


class DerivedBody(BaseModel):
    """What followed from it."""

    opened: int = Field(description="Derived relationships that were opened.")
    closed: int = Field(description="Derived relationships that were closed; a change closes and opens.")


class PieceBody(BaseModel):
    """Derived relationships between two things, of one agreement and fact, that would be others than they are."""

    move: Move = Field(description="Whether they would appear, change or end.")
    type: str = Field(description="PARTY_TO, COMMITS_TO, HELD or BELONGED_TO.")
    start: str = Field(description="Key of the thing they start at.")
    end: str = Field(description="Key of the thing they lead to.")
    before: list[dict[str, Any]] = Field(description="The pieces there are, in the order of their days.")
    after: list[dict[str, Any]] = Field(description="The pieces there would be.")


class Counts(BaseModel):
    """How much a change set came to."""

    model_config = ConfigDict(extra="forbid")

    known_at: datetime = Field(
        description="The instant from which it can be read; its token. Of a dry run one that never comes."
    )
    created: int = Field(description="Things that were recorded for the first time.")
    corrected: int = Field(description="Things of which another version was recorded.")
    withdrawn: int = Field(description="Things that were withdrawn.")
    unchanged: int = Field(description="Operations that changed nothing, since it was recorded like that.")
    derived: DerivedBody = Field(description="How much followed from it.")


class ReceiptBody(Counts):
    """What became of a change set."""

    dry_run: bool = Field(description="Whether it was only tried: then nothing of it remains.")
    versions: list[WrittenBody] = Field(description="The versions that were written, by key.")
    warnings: list[dict[str, Any]] = Field(
        description="Rows of the question `disputed_facts` of which a side was written: what sources say, odd as it is."
    )
    pieces: list[PieceBody] | None = Field(
        None, description=f"Of a dry run: the derived relationships that it would move, at most {MOST_PIECES}."
    )
    pieces_truncated: bool | None = Field(None, description="Of a dry run: whether there are more of them.")


def counts(receipt: Receipt) -> dict[str, Any]:
    """Return what `Counts` describes."""
    told = asdict(receipt)
    derived = {"opened": told.pop("derived_opened"), "closed": told.pop("derived_closed")}
    return told | {"derived": derived}


def receipt_body(outcome: Outcome) -> dict[str, Any]:
    """Return what `ReceiptBody` describes."""
    return counts(outcome.receipt) | {
        "dry_run": False,
        "versions": [asdict(one) for one in outcome.versions],
        "warnings": outcome.warnings,
    }


def preview_body(done: Done) -> dict[str, Any]:
    """Return the same of a dry run."""
    pieces = [asdict(one) for one in done.pieces[:MOST_PIECES]]
    tried = {"dry_run": True, "pieces": pieces, "pieces_truncated": len(done.pieces) > MOST_PIECES}
    return receipt_body(done.outcome) | tried


def written(outcome: Outcome) -> Response:
    """Answer a change set: 201 with where it is told, or 200 when it changed nothing."""
    known_at, changed = outcome.receipt.known_at, outcome.receipt.changed > 0
    headers = {"Location": f"/change-sets/{written_instant(known_at)}"} if changed else {}
    return _response(receipt_body(outcome), 201 if changed else 200, tokens(outcome) | headers)


def written_one(outcome: Outcome, key: str, version: int) -> Response:
    """Answer a write of one thing, with its tag: 201 when it was created. `version` is what it has if unchanged."""
    mine = next((one for one in outcome.versions if one.key == key), None)
    created = mine is not None and mine.change is Change.CREATED
    tag = {"ETag": tag_of(mine.version if mine else version)}
    return _response(receipt_body(outcome), 201 if created else 200, tokens(outcome) | tag)


def previewed(done: Done) -> Response:
    """Answer a dry run."""
    return _response(preview_body(done), 200, {})


def _response(body: Mapping[str, Any], status: int, headers: Mapping[str, str]) -> Response:
    return Response(dumped(body), status, {"Cache-Control": "no-store", **headers}, "application/json")


def tokens(outcome: Outcome) -> dict[str, str]:
    """Return the headers that a read brings along to see a write."""
    headers = {KNOWN_AT_HEADER: written_instant(outcome.receipt.known_at)}
    return headers | ({BOOKMARK_HEADER: outcome.bookmark} if outcome.bookmark else {})
