"""Every question paged to its end while others write: no row is skipped, none comes twice, none is of another time."""

import asyncio
from itertools import count
from typing import Any

from graph.catalog import Question
from graph.graph import Graph
from graph.model.changes import ChangeSet, Operation, Put, Withdraw
from graph.model.facts import Claim, Commitment, Event
from tests.questions.conftest import CATALOG, ask, golden_values

MOST_PAGES = 3
TREATY = "PRK-RUS.2024-strategic-partnership"
SOURCE: Any = [{"source": "mosaic-2024-11", "locator": "a page"}]


def noise(number: int) -> list[Operation]:
    """Return what is written at one time: things before and after what is listed by key, and withdrawals."""
    keys = [f"0.noise.{number}", f"zz.noise.{number}"]
    records = [
        record
        for key in keys
        for record in (
            Event(key=f"{key}.event", kind="meeting", text="They met.", span="2024-11-02", attested_by=SOURCE,
                  participants=[{"actor": "PRK"}, {"actor": "RUS"}], concerns=[TREATY]),
            Claim(key=f"{key}.claim", stance="denies", sentence="It is not so.", made_on="2024-11-02", towards="fact",
                  by=[{"actor": "RUS"}], about=[f"{TREATY}.4.defence"], attested_by=SOURCE),
            Commitment(key=f"{key}.owed", kind="defence", under=TREATY, bearers="each_party",
                       beneficiaries="each_other_party", attested_by=SOURCE),
        )
    ]  # fmt: skip
    gone = [f"{key}.{what}" for key in (f"0.noise.{number - 2}",) for what in ("claim", "owed", "event")]
    withdrawn = [Withdraw(key=key, reason="It never was.") for key in gone] if number >= 2 else []
    return [*(Put(record=record) for record in records), *withdrawn]


async def write_on(graph: Graph) -> None:
    for number in count():
        operations = tuple(noise(number))
        await graph.writer.apply(ChangeSet(author="a test", reason="to see", operations=operations))
        # Each write wakes every reader of the newest instant; a breath leaves some of the machine for reading.
        await asyncio.sleep(0.05)


async def paged(graph: Graph, question: Question, limit: int) -> tuple[list[list[Any]], str]:
    """Return all rows, page by page, and the state of knowledge they are of."""
    page = await ask(graph, question, **golden_values(question), limit=limit)
    rows, known_at = list(page.rows), page.known_at
    while page.next:
        page = await ask(graph, question, **golden_values(question), limit=limit, after=page.next)
        assert page.known_at == known_at
        rows += page.rows
    return rows, known_at.isoformat()


async def test_pages_make_one_whole_answer_while_others_write(changeable_graph: Graph) -> None:
    writing = asyncio.create_task(write_on(changeable_graph))
    try:
        for question in CATALOG.values():
            size = len((await ask(changeable_graph, question, **golden_values(question))).rows)
            rows, known_at = await paged(changeable_graph, question, max(1, -(-size // MOST_PAGES)))
            whole = await ask(changeable_graph, question, **golden_values(question), known_at=known_at, limit=10_000)
            assert rows == whole.rows, question.name
            assert not writing.done(), writing
    finally:
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
