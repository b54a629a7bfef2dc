"""What a question would answer if a change set were written: asked before and after inside one transaction, undone."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from graph.catalog import Question
from graph.database import InTransaction
from graph.errors import QueryTimeoutError
from graph.graph import Graph
from graph.model.changes import ChangeSet
from graph.parameters import Asked
from graph.reader import Reader
from graph.revision import Fixed
from graph.transaction import Done, Locked
from graph.understood import Answer
from graph.writer import Wish

BECAUSE = "because"


@dataclass(frozen=True)
class Supposed:
    """What was supposed, and a question's answers: before, after, and what differs with the facts that cause it."""

    done: Done
    before: Answer
    after: Answer
    difference: Answer


async def suppose(graph: Graph, change_set: ChangeSet, question: Question, asked: Asked) -> Supposed:
    """Write a change set, ask a question, and take it back. Nothing remains, and nobody else writes meanwhile.

    Names among the parameters are looked up as they would then be. Raises what the writer and the reader raise, and
    QueryTimeoutError when the answers take longer than three questions may.
    """
    seconds = 3 * graph.database.seconds

    async def look(locked: Locked, done: Done) -> Supposed:
        now = done.outcome.receipt.known_at
        # A reader of its own, so that nothing of what never was is kept for others.
        reader = Reader(InTransaction(locked.tx), graph.catalog, Fixed(now))

        async def answer(**when: datetime) -> Answer:
            values: Mapping[str, Any] = {"known_at": now} | when
            return await reader.answer(await reader.understand(question, asked.model_copy(update=values)))

        # Everybody who writes waits for these answers.
        try:
            async with asyncio.timeout(seconds):
                before = await answer(known_at=locked.known_at)
                difference = await answer(compare_known_at=locked.known_at)
                return Supposed(done, before, await answer(), _caused(difference, done))
        except TimeoutError:
            raise QueryTimeoutError("The question took too long to be supposed.", "Ask for less.") from None

    return await graph.writer.rehearse(Wish.of(change_set).build, look)


def _caused(difference: Answer, done: Done) -> Answer:
    """Return a difference whose rows name what was supposed as their cause, wherever they follow from it.

    What is no longer there names no fact that ended it; the derived relationships that moved do.
    """
    causes = _causes(done)
    because = difference.question.columns.index(BECAUSE)
    rows = []
    for row in difference.rows:
        found = {fact for key in _keys(row) for fact in causes.get(key, ())}
        rows.append([*row[:because], sorted(found) or row[because], *row[because + 1 :]])
    return replace(difference, rows=rows)


def _causes(done: Done) -> dict[str, set[str]]:
    """Return the facts that were written and move a derived relationship, by the fact or unit of that relationship."""
    written = {one.key for one in done.outcome.versions}
    found: dict[str, set[str]] = {key: {key} for key in written}
    for piece in done.pieces:
        for fields in (*piece.before, *piece.after):
            about = fields.get("fact", fields["unit"])
            found.setdefault(about, set()).update(written.intersection((*fields["rests_on"], about)))
    return found


def _keys(row: list[Any]) -> Iterator[str]:
    """Yield whatever in a row may be a key."""
    for value in row:
        if isinstance(value, str):
            yield value
