"""API keys: made once, found by their text, ended, and never kept or shown whole."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import neo4j
import pytest

from graph import keys as module
from graph import schema
from graph.database import Database
from graph.errors import DatabaseBusyError, InputError, NotFoundError
from graph.graph import Graph
from graph.keys import ApiKey, Keys, KeyState, NewKey, Scope
from graph.schema import Compared
from graph.statements import statement

SOON = datetime.now(UTC) + timedelta(days=1)


async def made(graph: Graph, name: str = "nightly", *scopes: Scope, expires_at: datetime | None = SOON) -> NewKey:
    return await graph.keys.create(name, scopes or [Scope.READ], expires_at)


async def nodes(graph: Graph) -> list[dict[str, Any]]:
    return [dict(record["k"]) for record in await graph.database.read("test", "MATCH (k:ApiKey) RETURN k")]


async def expire(graph: Graph) -> None:
    async with graph.database.writing() as session:
        await (await session.run("MATCH (k:ApiKey) SET k.expires_at = datetime()")).consume()


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        (Scope.READ, {Scope.READ}),
        (Scope.WRITE, {Scope.READ, Scope.WRITE}),
        (Scope.CYPHER, {Scope.READ, Scope.CYPHER}),
        (Scope.ADMIN, set(Scope)),
    ],
)
def test_what_a_scope_includes(scope: Scope, allowed: set[Scope]) -> None:
    key = ApiKey("1", "a", (scope,), datetime.now(UTC))
    assert {one for one in Scope if key.allows(one)} == allowed


def test_several_scopes_allow_what_each_does() -> None:
    key = ApiKey("1", "a", (Scope.WRITE, Scope.CYPHER), datetime.now(UTC))
    assert [one for one in Scope if not key.allows(one)] == [Scope.ADMIN]


async def test_a_key_is_found_by_its_text(empty_graph: Graph) -> None:
    new = await made(empty_graph, "  nightly load  ", Scope.CYPHER, Scope.WRITE)
    assert await empty_graph.keys.find(new.text) == new.key == (await empty_graph.keys.listed())[0]
    assert (new.key.name, new.key.scopes, new.key.expires_at) == ("nightly load", (Scope.WRITE, Scope.CYPHER), SOON)
    endless = await made(empty_graph, expires_at=None)
    assert (await Keys(empty_graph.database).find(endless.text)) == endless.key
    assert endless.key.expires_at is None


async def test_the_secret_is_nowhere_but_in_the_text(empty_graph: Graph, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "foedus"):
        new = await made(empty_graph)
        await empty_graph.keys.find(new.text)
        await empty_graph.keys.find(new.text[:-1] + ("0" if new.text[-1] != "0" else "1"))
    secret = new.text.rpartition("_")[2]
    assert len(secret) == 64
    (node,) = await nodes(empty_graph)
    shown = [repr(new), repr(await empty_graph.keys.listed()), str(node), caplog.text]
    assert not [text for text in shown if secret in text]
    assert node["hash"] not in caplog.text + shown[0] + shown[1]


async def test_why_a_key_is_none_is_in_the_log_alone(empty_graph: Graph, caplog: pytest.LogCaptureFixture) -> None:
    one, other = await made(empty_graph), await made(empty_graph)
    with_another_secret = f"foedus_{one.key.id}_{other.text.rpartition('_')[2]}"
    unknown = f"foedus_{'0' * 12}_{'0' * 64}"
    with caplog.at_level(logging.INFO, "foedus.keys"):
        for text in (unknown, with_another_secret):
            assert await empty_graph.keys.find(text) is None
        await empty_graph.keys.revoke(one.key.id)
        await expire(empty_graph)
        for text in (one.text, other.text):
            assert await Keys(empty_graph.database).find(text) is None
    said = [record.getMessage().partition(" is ")[2] for record in caplog.records if record.name == "foedus.keys"]
    assert said == ["unknown", "given with a wrong secret", "revoked", "expired"]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the database is asked from now on."""
    found: list[str] = []
    run = neo4j.AsyncSession.run

    async def noted(session: neo4j.AsyncSession, query: Any, *arguments: Any, **values: Any) -> neo4j.AsyncResult:
        found.append(str(query.metadata["name"] if isinstance(query, neo4j.Query) and query.metadata else query))
        return await run(session, query, *arguments, **values)

    monkeypatch.setattr(neo4j.AsyncSession, "run", noted)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "foedus",
        f"foedus_{'a' * 12}_{'a' * 63}",
        f"foedus_{'a' * 12}_{'a' * 64}\n",
        f"foedus_{'A' * 12}_{'a' * 64}",
        f"foedus_{'a' * 12}_{'é' * 64}",
        "x" * 100_000,
    ],
)
async def test_what_cannot_be_a_key_asks_no_database(empty_graph: Graph, sent: list[str], text: str) -> None:
    assert await empty_graph.keys.find(text) is None
    assert sent == []


async def test_a_key_is_looked_up_once_a_second(
    empty_graph: Graph, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    new, now = await made(empty_graph), 10.0
    monkeypatch.setattr(module, "monotonic", lambda: now)
    keys = Keys(empty_graph.database)
    sent.clear()
    assert await asyncio.gather(*(keys.find(new.text) for _ in range(20))) == [new.key] * 20
    now = 10.99
    assert await keys.find(new.text) == new.key
    assert sent == ["keys/find"]
    await keys.revoke(new.key.id)
    assert await keys.find(new.text) == new.key, "what is kept is still taken for live"
    now = 11.0
    assert await keys.find(new.text) is None


async def test_what_is_kept_expires_to_the_instant(empty_graph: Graph) -> None:
    new = await made(empty_graph, expires_at=datetime.now(UTC) + timedelta(milliseconds=300))
    assert await empty_graph.keys.find(new.text) == new.key
    await asyncio.sleep(0.3)
    assert await empty_graph.keys.find(new.text) is None


async def test_a_flood_of_wrong_keys_keeps_nothing_and_takes_few_connections(
    empty_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, read, at_once, most = Keys(empty_graph.database), Database.read, 0, 0

    async def counted(database: Database, *arguments: Any) -> list[neo4j.Record]:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        try:
            return await read(database, *arguments)
        finally:
            at_once -= 1

    monkeypatch.setattr(Database, "read", counted)
    wrong = [f"foedus_{number:012x}_{'0' * 64}" for number in range(300)]
    assert set(await asyncio.gather(*map(keys.find, wrong))) == {None}
    assert most == module.LOOKUPS_AT_ONCE
    assert not keys._recent
    monkeypatch.setattr(module, "LOOKUP_SECONDS", 0.0)
    with pytest.raises(DatabaseBusyError):
        await keys.find(wrong[0])


async def test_the_plan_seeks(empty_graph: Graph) -> None:
    text = "EXPLAIN " + statement("keys/find")
    async with empty_graph.database.reading() as session:
        summary = await (await session.run(text, id="a")).consume()
    assert "NodeUniqueIndexSeek" in str(summary.plan)


async def test_revoking_by_id_by_text_and_by_the_name_of_one_live_key(empty_graph: Graph) -> None:
    keys = empty_graph.keys
    first, second, third = [await made(empty_graph, name) for name in ("a", "a", "b")]
    with pytest.raises(InputError, match=f"{first.key.id}, {second.key.id}"):
        await keys.revoke("a")
    assert await keys.revoke(first.key.id) == first.key
    assert await keys.revoke("a") == second.key
    assert await keys.revoke(third.text) == third.key
    instants = [key.revoked_at for key in await keys.listed()]
    assert None not in instants
    await keys.revoke(first.key.id)
    assert [key.revoked_at for key in await keys.listed()] == instants, "when it ended stays"
    for which in ("a", "b", "0" * 12, third.text[:-1]):
        with pytest.raises(NotFoundError) as caught:
            await keys.revoke(which)
        assert which not in f"{caught.value} {caught.value.hint}" or len(which) == 1
    assert {key.state for key in await keys.listed()} == {KeyState.REVOKED}


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\nb", "a\0b", "a\u202eb", "\udcff"])
async def test_a_name_that_is_none(empty_graph: Graph, name: str) -> None:
    with pytest.raises(InputError, match="1 to 100 characters"):
        await made(empty_graph, name)
    assert not await nodes(empty_graph)


@pytest.mark.parametrize("name", ["x" * 100, "Отдел 4", "o'Neill, nightly"])
async def test_a_name_that_is_one(empty_graph: Graph, name: str) -> None:
    assert (await made(empty_graph, name)).key.name == name


async def test_everything_wrong_is_said_at_once(empty_graph: Graph) -> None:
    with pytest.raises(InputError) as caught:
        await empty_graph.keys.create("", [], datetime.now(UTC))
    assert [one.pointer for one in caught.value.problems] == ["/name", "/scopes", "/expires_at"]


async def test_a_key_may_come_before_everything_else(empty_graph: Graph) -> None:
    await made(empty_graph)
    await schema.apply(empty_graph.database)
    assert await schema.compared(empty_graph.database) == Compared([], {})
