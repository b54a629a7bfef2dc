"""`foedus erase`: told first, confirmed, and done once."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from click.testing import CliRunner, Result

from graph.graph import Graph
from graph.model.changes import ChangeSet
from graph.model.entities import Official, Source, State
from graph.model.facts import Event
from service.cli import main
from service.commands import erase as command

ERASE = ("erase", "ana-gray", "--reason", "She asked for it.")


async def recorded(graph: Graph) -> None:
    meeting = Event(
        key="e",
        kind="meeting",
        text="Ana Gray came.",
        span="2024",
        participants=[{"actor": "ana-gray"}],
        attested_by=[{"source": "s"}],
    )
    records = [
        State(key="RUS", name="Russia"),
        Source(key="s", title="A note on Ana Gray", kind="news"),
        Official(key="ana-gray", name="Ana Gray", aliases=("Li",)),
        meeting,
    ]
    await graph.writer.apply(ChangeSet.of(records, author="a test", reason="to see"))


async def people(graph: Graph) -> int:
    async with graph.database.reading() as session:
        record = await (await session.run("MATCH (o:Official) RETURN count(o) AS people")).single(strict=True)
    return int(record["people"])


Erase = Callable[..., Awaitable[Result]]


@pytest.fixture
def run(environment: dict[str, str]) -> Erase:
    """The command, run in this process, with what is answered where it asks."""

    async def invoke(*arguments: str, answer: str | None = None) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, main, arguments, input=answer, env=environment)

    return invoke


async def test_it_is_told_refused_without_a_terminal_and_done(run: Erase, empty_graph: Graph) -> None:
    await recorded(empty_graph)
    told = await run(*ERASE, "--dry-run")
    assert (told.exit_code, told.stderr) == (0, "Nothing was erased.\n")
    assert "Of ana-gray would go: 1 things, 1 versions, 1 links, 0 derived, 1 changed, 1 texts; " in told.stdout
    assert "Names too short to be looked for:\n  Li\nTo be looked at by hand:\n  s\n" in told.stdout
    refused = await run(*ERASE)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--yes confirms it, --dry-run only tells." in refused.stderr
    assert await people(empty_graph) == 1
    done = await run(*ERASE, "--yes")
    assert (done.exit_code, done.stderr, done.stdout.startswith("Of ana-gray went: 1 things")) == (0, "", True)
    assert await people(empty_graph) == 0
    for key, said in (
        ("ana-gray", "What went by ana-gray was erased at "),
        ("nobody", "Nothing is recorded under the key nobody."),
        ("RUS", "RUS is no person but a State;"),
        ("ana gray", "key: "),
    ):
        wrong = await run("erase", key, "--reason", "x", "--yes")
        assert (wrong.exit_code, wrong.stdout, len(wrong.stderr.splitlines())) == (2, "", 1)
        assert said in wrong.stderr


@pytest.mark.parametrize(("answer", "left"), [("n\n", 1), ("y\n", 0)])
async def test_it_asks_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, run: Erase, empty_graph: Graph, answer: str, left: int
) -> None:
    await recorded(empty_graph)
    monkeypatch.setattr(command, "_can_ask", lambda: True)
    done = await run(*ERASE, answer=answer)
    assert "Erase it?" in done.stderr
    assert "would go" in done.stdout
    assert await people(empty_graph) == left
