"""Each hostile text gets the verdict that stands beside it; and what is let through is run, and leaves no trace."""

import asyncio
import resource
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

from graph.errors import FoedusError, InputError
from graph.graph import Graph
from graph.guard import Asked, Guard
from graph.queries import Queries
from graph.settings import Settings
from graph.verdict import Reason, Verdict
from tests.conftest import World
from tests.hostile.texts import FILES, Hostile, dump, left_over, rows
from tests.questions.conftest import CATALOG

ON = date(2024, 12, 4)
AT_ONCE = 4
SECONDS = 2.0
MOST_ROWS, MOST_BYTES = 100, 100_000
MOST_MEMORY_KB = 200 * 1024
"""Memory that the process may take on while all texts are judged and run."""
ORDINARY = "MATCH (s:State) RETURN count(s) AS states"

Judged = dict[Path, "Verdict | None"]


async def judge(graph: Graph, hostile: Hostile) -> Verdict | None:
    """Return the verdict on a text, or nothing where what is given with it cannot be given.

    A check, which plans less, must say what is said before the text is run.
    """
    known_at = await graph.revision.known_at()
    try:
        asked = Asked(hostile.text, hostile.given, ON, known_at)
        checked, verdict = await graph.queries.check(asked), await graph.queries.check_as_run(asked)
        assert checked.allowed == verdict.allowed, hostile.text
        return verdict
    except InputError:
        return None


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def judged(world: World) -> Judged:
    """The verdicts on all texts, judged some at a time."""
    graph = await world.shipped()
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(path: Path) -> "tuple[Path, Verdict | None]":
        async with turns:
            return path, await judge(graph, Hostile.read(path))

    return dict(await asyncio.gather(*map(one, FILES)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_text_gets_the_verdict_that_is_right(judged: Judged, path: Path) -> None:
    hostile, verdict = Hostile.read(path), judged[path]
    if verdict is None:
        assert Reason.PARAMETER in hostile.codes
        return
    told = {str(one.code) for one in verdict.refusals}
    assert verdict.allowed == hostile.allowed, verdict.refusals
    assert verdict.allowed or told & hostile.codes, f"{told} and not {set(hostile.codes)}: {verdict.refusals}"


@contextmanager
def listening() -> Iterator[tuple[int, socket.socket]]:
    """Listen on this machine, and give the port; whoever connects waits in the socket."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        yield listener.getsockname()[1], listener


@asynccontextmanager
async def asking_all_the_while(graph: Graph) -> AsyncIterator[list[object]]:
    """Ask an ordinary question again and again, in a session of its own, and collect the answers."""
    answers: list[object] = []

    async def ask() -> None:
        while True:
            answers.extend(await rows(graph.database, ORDINARY))
            await asyncio.sleep(0.1)

    asking = asyncio.create_task(ask())
    yield answers
    await asyncio.sleep(0.2)
    assert not asking.done(), asking.exception()
    asking.cancel()


def to_port(hostile: Hostile, port: int) -> Hostile:
    """Let a text name the port at which somebody listens, wherever it names this machine."""
    text = hostile.text
    for named in (b"127.0.0.1:7474", b"127.0.0.1:8080", b"127.0.0.1/", b"2130706433/", b"[::ffff:127.0.0.1]:7474"):
        host = named.split(b"/")[0] if named.endswith(b"/") else named.rpartition(b":")[0]
        text = text.replace(named, host + f":{port}".encode() + (b"/" if named.endswith(b"/") else b""))
    return replace(hostile, text=text)


async def run(graph: Graph, queries: Queries, hostile: Hostile) -> bool:
    """Run a text, if it is let through; return whether it was run to its end. Raises what is no error of foedus."""
    known_at = await graph.revision.known_at()
    try:
        await queries.run(Asked(hostile.text, hostile.given, ON, known_at), limit=MOST_ROWS)
    except FoedusError:
        return False
    return True


def queries_of(graph: Graph, settings: Settings, seconds: float) -> Queries:
    """Return what runs texts within small limits."""
    limits = {"cypher_seconds": seconds, "cypher_rows": MOST_ROWS, "cypher_bytes": MOST_BYTES}
    return Queries(graph.database, Guard(graph.database), graph.revision, settings.model_copy(update=limits))


@asynccontextmanager
async def leaving_no_trace(graph: Graph) -> AsyncIterator[None]:
    """See that what is done in a block leaves the graph, its schema, the server and this process as they were."""
    before = await dump(graph.database)
    started = "CALL dbms.queryJmx('java.lang:type=Runtime') YIELD attributes RETURN attributes.StartTime.value AS at"
    born, memory = await rows(graph.database, started), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with asking_all_the_while(graph) as answers:
        yield
    assert answers
    assert all(answer == answers[0] for answer in answers)
    assert await dump(graph.database) == before
    assert await left_over(graph.database) == []
    assert await rows(graph.database, started) == born
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < MOST_MEMORY_KB


async def test_what_is_let_through_is_run_and_leaves_no_trace(shipped_graph: Graph, settings: Settings) -> None:
    queries, turns = queries_of(shipped_graph, settings, SECONDS), asyncio.Semaphore(AT_ONCE)

    async def one(hostile: Hostile) -> bool:
        async with turns:
            return await run(shipped_graph, queries, hostile)

    with listening() as (port, listener):
        async with leaving_no_trace(shipped_graph):
            ended = await asyncio.gather(*(one(to_port(Hostile.read(path), port)) for path in FILES))
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert sum(ended) > len(FILES) // 20


@pytest.mark.parametrize("name", CATALOG)
async def test_every_shipped_question_passes_as_if_it_were_a_strangers(shipped_graph: Graph, name: str) -> None:
    question = CATALOG[name]
    given = dict.fromkeys(question.header.params) | question.examples
    known_at = await shipped_graph.revision.known_at()
    verdict = await shipped_graph.queries.check(Asked(question.text.encode(), given, ON, known_at))
    assert verdict.refusals == ()
    # Each takes a while to be planned, so this is where its columns are held against its header as well.
    assert list(verdict.columns) == list(question.function.takes if question.function else question.columns)
