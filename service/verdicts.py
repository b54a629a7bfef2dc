"""What is asked of the guard, and its verdict as it is told. The route and the assistants' tool use it."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from graph.graph import Graph
from graph.guard import LONGEST_BYTES


class Asking(BaseModel):
    """A text, and the values of its parameters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(description=f"One statement in Cypher that reads, {LONGEST_BYTES:,} bytes at most.")
    parameters: dict[str, Any] = Field(
        {}, description="Values of the parameters that it reads; `$on` (today) and `$known_at` (the newest) are there."
    )


async def judged(graph: Graph, asking: Asking) -> dict[str, Any]:
    """Return the verdict on a text as of today and the newest state of knowledge. Nothing is run."""
    known_at = await graph.revision.known_at()
    today = datetime.now(UTC).date()
    verdict = await graph.guard.judge(asking.text.encode(), asking.parameters, on=today, known_at=known_at)
    return {"allowed": verdict.allowed} | asdict(verdict)
