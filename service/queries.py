"""What is sent with a text of one's own, and what is told of it. Routes, commands and the assistants' tools use it."""

import csv
import io
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from graph.database import GRACE_SECONDS
from graph.guard import Asked
from graph.legible import LONGEST_BYTES
from graph.model.records import Day
from graph.queries import DEFAULT_ROWS, Found, Queries
from graph.settings import Settings
from graph.types import Instant
from graph.verdict import Verdict
from service.answers import cell, dumped, lines_of
from service.forms import Format

FORMS = (Format.JSON, Format.CSV, Format.NDJSON)
"""Forms in which the rows of a text of one's own are given; whoever asks for none gets the first."""


class Asking(BaseModel):
    """A text, and the values of its parameters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(description=f"One statement in Cypher that reads, {LONGEST_BYTES:,} bytes at most.")
    parameters: dict[str, Any] = Field(
        {}, description="Values of the parameters that it reads; `$on` and `$known_at` are there without being given."
    )
    on: Day | None = Field(None, description="The day `$on`; today in UTC when left out.")
    known_at: Instant | None = Field(
        None, description="The state of knowledge `$known_at`; the newest when left out, and never later than that."
    )


class Running(Asking):
    """The same, to be run."""

    limit: int = Field(
        DEFAULT_ROWS, ge=1, description="Most rows; the setting FOEDUS_CYPHER_ROWS holds, if that is fewer."
    )


class FindingBody(BaseModel):
    """One thing said of a text."""

    code: str = Field(description="Its stable name: a reason of the gate, or the GQL status of a warning.")
    message: str = Field(description="What it is.")
    hint: str | None = Field(None, description="A way out.")
    line: int | None = Field(None, description="The line it is about, from 1.")
    column: int | None = Field(None, description="The column in that line, from 1.")


class VerdictBody(BaseModel):
    """Whether a text may be run, and what the plan tells of it; of one that is not planned that is nothing."""

    allowed: bool = Field(description="Whether it may be run.")
    refusals: list[FindingBody] = Field(description="Why it may not; empty when it may.")
    warnings: list[FindingBody] = Field(description="What to look at, such as names that nothing here has.")
    columns: list[str] = Field(description="What it returns, in order.")
    parameters: list[str] = Field(description="Parameters that it reads.")
    labels: list[str] = Field(description="Labels that the plan names.")
    types: list[str] = Field(description="Relationship types that the plan names.")
    operators: list[str] = Field(description="What the plan is made of.")
    lengths: list[str] = Field(description="Variable lengths of patterns, as the plan has them.")
    estimated_rows: float | None = Field(description="The largest number of rows expected anywhere in the plan.")


class FoundBody(BaseModel):
    """What a text returned."""

    columns: list[str] = Field(description="Names of the columns, in the order in which the text returns them.")
    rows: list[dict[str, Any]] = Field(description="The rows, in the order in which they came.")
    on: Day = Field(description="The day `$on`.")
    known_at: Instant = Field(description="The state of knowledge `$known_at`.")
    truncated: bool = Field(description="Whether there is more: more rows than `limit`, or more bytes than are given.")
    warnings: list[FindingBody] = Field(description="What to look at, such as names that nothing here has.")


def seconds_of(settings: Settings) -> float:
    """Return the longest time that a text of one's own may take, with all that is said of it before it is run."""
    return settings.cypher_seconds + 2 * GRACE_SECONDS


async def asked_of(queries: Queries, asking: Asking) -> Asked:
    """Return what somebody asks, with what is left out filled in. Raises InputError."""
    return await queries.asked(asking.text.encode(), asking.parameters, on=asking.on, known_at=asking.known_at)


def verdict_told(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as it is told."""
    return {"allowed": verdict.allowed} | asdict(verdict)


def written(found: Found, form: Format) -> bytes:
    """Write what a text returned in one of FORMS."""
    if form is Format.NDJSON:
        return b"".join(lines_of(found.records))
    if form is Format.CSV:
        return _to_csv(found)
    told = {"columns": found.columns, "rows": found.records, "on": found.on, "known_at": found.known_at}
    return dumped(told | {"truncated": found.truncated, "warnings": [asdict(one) for one in found.warnings]})


def _to_csv(found: Found) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([cell(name) for name in found.columns])
    writer.writerows(map(cell, row) for row in as_shown(found))
    return out.getvalue().encode()


def as_shown(found: Found) -> list[list[Any]]:
    """Return the rows for people and spreadsheets: a map, and a list of them, as JSON."""
    return [[_shown(value) for value in row] for row in found.rows]


def _shown(value: Any) -> Any:
    inner = value if isinstance(value, list) else [value]
    return dumped(value).decode() if any(isinstance(one, dict | list) for one in inner) else value
