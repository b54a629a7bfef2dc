"""Change sets about one record, and JSON merge patches as RFC 7396 has them."""

import json
from typing import Any

import pytest

from graph.errors import InputError, NotFoundError, StaleVersionError
from graph.graph import Graph
from graph.model.changes import Outcome, Withdraw
from graph.model.records import Record
from graph.single import merge_patch
from graph.writer import Build, Wish
from tests.graph.writes import BASE, change, meeting, one, puts

APPENDIX = [
    ('{"a":"b"}', '{"a":"c"}', '{"a":"c"}'),
    ('{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'),
    ('{"a":"b"}', '{"a":null}', "{}"),
    ('{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'),
    ('{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'),
    ('{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'),
    ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'),
    ('{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'),
    ('["a","b"]', '["c","d"]', '["c","d"]'),
    ('{"a":"b"}', '["c"]', '["c"]'),
    ('{"a":"foo"}', "null", "null"),
    ('{"a":"foo"}', '"bar"', '"bar"'),
    ('{"e":null}', '{"a":1}', '{"e":null,"a":1}'),
    ("[1,2]", '{"a":"b","c":null}', '{"a":"b"}'),
    ("{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'),
]
"""The examples of appendix A of the RFC."""


@pytest.mark.parametrize(("content", "patch", "result"), APPENDIX)
def test_a_merge_patch_is_that_of_the_rfc(content: str, patch: str, result: str) -> None:
    assert merge_patch(json.loads(content), json.loads(patch)) == json.loads(result)


async def write(graph: Graph, build: Build) -> Outcome:
    return await graph.writer.write(Wish(build, ""))


async def read(graph: Graph, key: str) -> Any:
    version = await graph.records.version(key, await graph.revision.known_at())
    assert version is not None
    return version.record


async def test_one_record_is_put_patched_and_withdrawn(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE))
    await write(empty_graph, one("Event", "meeting", 0).put(meeting()))
    patch = {"text": "They met again.", "span": {"as_written": "November"}, "concerns": ["T"], "at": None}
    assert (await write(empty_graph, one("Event", "meeting").patch(patch))).receipt.corrected == 1
    record = await read(empty_graph, "meeting")
    assert (record.text, record.concerns) == ("They met again.", ("T",))
    assert (record.span.begins, record.span.as_written) == ("2024-11-01", "November")
    await write(empty_graph, one("Event", "meeting", 2).patch({"span": {"as_written": None}, "concerns": None}))
    assert await read(empty_graph, "meeting") == meeting("They met again.")
    await write(empty_graph, one("Event", "meeting", 3).withdraw())
    assert await read(empty_graph, "meeting") is None


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"key": "other"}, "/operations/0/record/key"),
        ({"key": None}, "/operations/0/record/key"),
        ({"text": None}, "/operations/0/record/text"),
        ({"span": {"begins": "2025"}}, "/operations/0/record/span"),
        ({"at": "nowhere"}, "/operations/0/record/at"),
        ({"participants": [{"actor": "RUS"}, {"who": "PRK"}]}, "/operations/0/record/participants/1/actor"),
    ],
)
async def test_what_a_patch_makes_of_a_record_must_hold(empty_graph: Graph, patch: Any, pointer: str) -> None:
    await empty_graph.writer.apply(puts(*BASE, meeting()))
    with pytest.raises(InputError) as caught:
        await write(empty_graph, one("Event", "meeting").patch(patch))
    assert caught.value.problems[0].pointer == pointer


async def test_names_are_added_and_retired(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE))
    state = one("State", "RUS")
    assert (await write(empty_graph, state.add_alias("Россия"))).receipt.corrected == 1
    again = one("State", "RUS", 2)
    assert (await write(empty_graph, again.add_alias("Россия"))).receipt.unchanged == 1
    assert (await read(empty_graph, "RUS")).aliases == ("Россия",)
    with pytest.raises(NotFoundError, match="no alias 'Rus'"):
        await write(empty_graph, again.retire_alias("Rus"))
    await write(empty_graph, again.retire_alias("Россия"))
    assert await read(empty_graph, "RUS") == BASE[0]


async def test_what_is_not_there_or_no_longer_is_said(empty_graph: Graph) -> None:
    await empty_graph.writer.apply(puts(*BASE, meeting()))
    with pytest.raises(NotFoundError, match="There is no Event under the key nothing"):
        await write(empty_graph, one("Event", "nothing").withdraw())
    with pytest.raises(NotFoundError, match="There is no Official under the key RUS"):
        await write(empty_graph, one("Official", "RUS").withdraw())
    with pytest.raises(StaleVersionError, match="meeting is at version 1, not 7"):
        await write(empty_graph, one("Event", "meeting", 7).patch({"text": "x"}))
    await empty_graph.writer.apply(change(Withdraw(key="meeting", reason="Twice.", replaced_by="T")))
    with pytest.raises(NotFoundError, match="meeting was withdrawn: Twice") as caught:
        await write(empty_graph, one("Event", "meeting", 2).patch({"text": "x"}))
    assert caught.value.hint == "T took its place."


async def test_who_reads_no_newer_version_overwrites_nothing(empty_graph: Graph) -> None:
    records: list[Record] = [*BASE, meeting()]
    await empty_graph.writer.apply(puts(*records))
    await write(empty_graph, one("Event", "meeting").patch({"text": "First."}))
    for build in (one("Event", "meeting").patch({"text": "Second."}), one("Event", "meeting").withdraw()):
        with pytest.raises(StaleVersionError):
            await write(empty_graph, build)
    assert (await read(empty_graph, "meeting")).text == "First."
