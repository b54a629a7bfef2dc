"""What a question is understood as while things are recorded, corrected and withdrawn between requests."""

from pathlib import Path
from typing import Any

import pytest

from graph.catalog import read_question
from graph.errors import InputError
from graph.graph import Graph
from graph.model.changes import ChangeSet, Operation, Put, Withdraw
from graph.model.entities import Source, State
from graph.model.facts import Event
from graph.model.records import Record
from graph.parameters import read_parameters
from graph.then import Then
from graph.understood import Answer

SOURCE: Any = [{"source": "s"}]


async def write(graph: Graph, *operations: Operation | Record) -> str:
    """Write, and return the instant before it as a caller writes it."""
    before = await graph.revision.known_at()
    listed = tuple(Put(record=one) if isinstance(one, Record) else one for one in operations)
    await graph.writer.apply(ChangeSet(author="a test", reason="to see", operations=listed))
    return before.isoformat()


async def ask(graph: Graph, name: str, **given: str) -> Answer:
    question = graph.catalog.find(name)
    asked = read_parameters(question.parameters, given.items())
    return await graph.reader.answer(await graph.reader.understand(question, asked))


def meeting(key: str) -> Event:
    return Event(key=key, kind="meeting", text="They met.", span="2024-11-01", attested_by=SOURCE)


async def test_what_is_withdrawn_can_be_asked_for_as_it_was_known(empty_graph: Graph) -> None:
    await write(empty_graph, Source(key="s", title="A source", kind="news"), meeting("meeting"))
    before = await write(empty_graph, Withdraw(key="meeting", reason="It never was."))
    evidence = await ask(empty_graph, "evidence_of_fact", fact="meeting", known_at=before)
    assert evidence.records[0]["source"] == "s"
    with pytest.raises(InputError, match="No fact is known as 'meeting'"):
        await ask(empty_graph, "evidence_of_fact", fact="meeting")


async def test_a_name_is_looked_up_now_and_then(empty_graph: Graph) -> None:
    await write(empty_graph, State(key="AAA", name="Old name"), State(key="BBB", name="Another"))
    before = await write(empty_graph, State(key="AAA", name="New name"), State(key="CCC", name="A third"))
    for name in ("Old name", "New name"):
        answer = await ask(empty_graph, "commitments_owed_to_state", state=name, known_at=before)
        assert answer.parameters["state"] == "AAA", name
    with pytest.raises(InputError, match="No state is known as 'Old name'"):
        await ask(empty_graph, "commitments_owed_to_state", state="Old name")


async def test_nothing_that_is_withdrawn_is_suggested(empty_graph: Graph) -> None:
    await write(empty_graph, Source(key="s", title="A source", kind="news"), meeting("meeting.1"), meeting("meeting.2"))
    await write(empty_graph, Withdraw(key="meeting.1", reason="It never was."))
    with pytest.raises(InputError) as caught:
        await ask(empty_graph, "evidence_of_fact", fact="meeting.1")
    assert caught.value.hint == "Did you mean meeting.2?"


@pytest.mark.parametrize("when", ["left out", "before", "later than anything"])
async def test_a_page_is_of_what_was_named_when_the_first_was_asked_for(empty_graph: Graph, when: str) -> None:
    await write(empty_graph, State(key="AAA", name="A name"))
    before = await write(empty_graph, State(key="AAA", name="A newer name"))
    pinned = {"before": before, "later than anything": "9999-01-01T00:00:00Z"}
    question, reader = empty_graph.catalog.find("commitments_owed_to_state"), empty_graph.reader
    given = [("state", "A newer name"), *([("known_at", pinned[when])] if when in pinned else [])]
    first = await reader.understand(question, read_parameters(question.parameters, given))
    await write(empty_graph, State(key="AAA", name="The newest name"), State(key="BBB", name="A newer name"))
    after = first.cursor(["x"] * len(question.columns))
    second = await reader.understand(question, read_parameters(question.parameters, [*given, ("after", after)]))
    assert second.values["state"] == first.values["state"] == "AAA"
    assert second.known_at == first.known_at


async def test_what_a_function_makes_is_ordered_and_paged_like_any_answer(empty_graph: Graph, tmp_path: Path) -> None:
    """The text gives 1 to 9, the function the last digits of their squares, each once."""
    text = """/*
title: Digits
about: Which digits do squares end in?
params: {}
returns:
  digit: {type: integer, about: A digit}
order: [digit]
timeless: Numbers have no day.
then: last_digits
*/
UNWIND range(1, 9) AS number
WITH number
WHERE $known_at IS NOT NULL
RETURN number AS number
"""
    path = tmp_path / "digits.cypher"
    path.write_text(text, encoding="utf-8")
    work = Then(("number",), lambda rows, values: {(row[0] ** 2 % 10,) for row in rows if values["known_at"]})
    question = read_question(path, {"last_digits": work})
    pages, after = [], None
    while True:
        asked = read_parameters(question.parameters, [("limit", "2"), *([("after", after)] if after else [])])
        answer = await empty_graph.reader.answer(await empty_graph.reader.understand(question, asked))
        pages.append([row["digit"] for row in answer.records])
        after = answer.next
        if after is None:
            break
    assert pages == [[1, 4], [5, 6], [9]]


async def test_days_that_end_before_they_begin_are_refused(empty_graph: Graph) -> None:
    with pytest.raises(InputError, match="from=2025-01-02 is later than to=2025-01-01"):
        await ask(empty_graph, "successions", **{"from": "2025-01-02", "to": "2025-01-01"})
    await ask(empty_graph, "successions", **{"from": "2025-01-01", "to": "2025-01-01"})
