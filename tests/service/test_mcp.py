"""`foedus mcp` as an assistant meets it: the SDK's own client before the real command."""

import asyncio
import json
import logging
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
import pytest_asyncio
from jsonschema_rs import Draft202012Validator, meta
from mcp import ClientSession, StdioServerParameters, types
from mcp.client.stdio import stdio_client

from graph.catalog import Catalog
from graph.errors import DatabaseAwayError
from graph.graph import Graph
from graph.parameters import as_texts, read_parameters
from service.answers import to_json
from service.assistants.server import answered, described
from service.assistants.tools import MOST_BYTES, MOST_ROWS, TOOLS, USUAL_ROWS, Tools
from tests.conftest import World
from tests.programs import READ_ALL
from tests.service.conftest import Run

COMMAND = [sys.executable, "-m", "service.cli", "mcp"]
BETWEEN = {"bearer": "PRK", "beneficiary": "RUS"}
KURSK = "contribution.PRK-RUS.troops-in-russia.in-kursk-oblast"
Environment = dict[str, str]
pytestmark = pytest.mark.usefixtures("shipped_graph")


@asynccontextmanager
async def assisted(environment: Environment) -> AsyncIterator[ClientSession]:
    server = StdioServerParameters(command=COMMAND[0], args=COMMAND[1:], env=environment)
    async with stdio_client(server) as (taken, given), ClientSession(taken, given) as session:
        yield session


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def assistant(environment: Environment, world: World) -> AsyncIterator[ClientSession]:
    """One client for the whole file; the SDK wants it opened and closed in the same task."""
    await world.shipped()
    opened: asyncio.Queue[ClientSession] = asyncio.Queue()
    over = asyncio.Event()

    async def hold() -> None:
        async with assisted(environment) as session:
            await session.initialize()
            opened.put_nowait(session)
            await over.wait()

    holding = asyncio.create_task(hold())
    getting = asyncio.create_task(opened.get())
    await asyncio.wait({holding, getting}, return_when=asyncio.FIRST_COMPLETED)
    if holding.done():
        getting.cancel()
        await holding
    yield await getting
    over.set()
    await holding


def told(result: types.CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    assert len(content.text.encode()) <= MOST_BYTES
    return content.text


async def called(assistant: ClientSession, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await assistant.call_tool(tool, arguments)
    assert not result.isError, told(result)
    found: dict[str, Any] = json.loads(told(result))
    return found


async def refused(assistant: ClientSession, tool: str, arguments: Mapping[str, Any]) -> str:
    result = await assistant.call_tool(tool, dict(arguments))
    assert result.isError, told(result)
    assert "Traceback" not in told(result)
    return told(result)


async def read(graph: Graph, name: str, **values: Any) -> dict[str, Any]:
    """Return what the reader answers, as JSON has it."""
    question = graph.catalog.find(name)
    asked = read_parameters(question.parameters, as_texts({"limit": USUAL_ROWS} | values))
    answer = await graph.reader.answer(await graph.reader.understand(question, asked))
    found: dict[str, Any] = json.loads(to_json(answer))
    return found


class TestWhatIsOffered:
    """The tools, before any of them is called."""

    async def test_the_tools_only_read(self, assistant: ClientSession) -> None:
        tools = (await assistant.list_tools()).tools
        assert [tool.name for tool in tools] == [*TOOLS]
        for tool in tools:
            assert tool.annotations == types.ToolAnnotations(
                readOnlyHint=True, destructiveHint=False, idempotentHint=True, openWorldHint=False
            )

    @pytest.mark.parametrize("tool", described(), ids=lambda tool: tool.name)
    def test_its_schema_says_what_it_takes(self, tool: types.Tool) -> None:
        assert meta.is_valid(tool.inputSchema)
        assert tool.description
        assert tool.inputSchema["additionalProperties"] is False
        assert all(one["description"] for one in tool.inputSchema["properties"].values())

    def test_the_parameters_of_a_question_are_values_and_lists_of_them(self) -> None:
        (schema,) = (tool.inputSchema for tool in described() if tool.name == "ask_question")
        valid = Draft202012Validator(schema).is_valid
        assert valid({"name": "x", "parameters": {"a": "b", "c": [1, True]}, "on": "2024-01-01"})
        assert not valid({"name": "x", "parameters": {"a": {"b": 1}}})
        assert not valid({"name": "x", "limit": MOST_ROWS + 1})

    async def test_all_questions_are_listed_briefly(self, assistant: ClientSession) -> None:
        listed = await called(assistant, "list_questions")
        assert [one["name"] for one in listed["questions"]] == [*Catalog.load()]
        assert all(one.keys() == {"name", "topic", "title"} for one in listed["questions"])

    async def test_a_topic_is_listed_with_its_parameters(self, assistant: ClientSession) -> None:
        listed = (await called(assistant, "list_questions", topic="commitments"))["questions"]
        assert {one["topic"] for one in listed} == {"commitments"}
        (between,) = (one for one in listed if one["name"] == "commitments_between_states")
        bearer = between["parameters"][0]
        assert (bearer["name"], bearer["type"], bearer["optional"], bearer["example"]) == (
            "bearer",
            "state",
            False,
            "PRK",
        )

    async def test_words_find_questions_the_best_first(self, assistant: ClientSession) -> None:
        listed = await called(assistant, "list_questions", words="never Ratified of")
        assert listed["questions"][0]["name"] == "agreements_never_ratified"
        assert listed["left_off"] > 0
        assert (await called(assistant, "list_questions", words="xyzzy"))["questions"] == []


class TestAnswers:
    """What the tools that ask the graph answer."""

    async def test_a_question_is_answered_as_the_reader_does(
        self, assistant: ClientSession, shipped_graph: Graph
    ) -> None:
        name, on = "commitments_between_states", "2024-12-04"
        found = await called(assistant, "ask_question", name=name, parameters=BETWEEN, on=on)
        assert found == await read(shipped_graph, name, on=on, **BETWEEN)
        assert found["rows"]
        assert found["permalink"].startswith(f"/questions/{name}?bearer=PRK&beneficiary=RUS&on={on}&known_at=")
        assert {"coverage", "sources", "known_at"} <= found.keys()

    async def test_lists_and_earlier_knowledge_can_be_asked_for(self, assistant: ClientSession) -> None:
        parameters = BETWEEN | {"in_force": ["definite", "presumed"], "compare_on": "2024-11-01"}
        found = await called(assistant, "ask_question", name="commitments_between_states", parameters=parameters)
        assert found["parameters"]["in_force"] == ["definite", "presumed"]
        assert found["compared_with"]["on"] == "2024-11-01"
        then = {"parameters": BETWEEN, "known_at": "2000-01-01T00:00:00Z"}
        assert not (await called(assistant, "ask_question", name="commitments_between_states", **then))["rows"]

    async def test_pages_go_on_to_the_end(self, assistant: ClientSession, shipped_graph: Graph) -> None:
        found = await called(assistant, "ask_question", name="states")
        assert (len(found["rows"]), found["truncated"]) == (USUAL_ROWS, True)
        rows, more = found["rows"], {"name": "states", "limit": MOST_ROWS}
        while found["next"]:
            found = await called(assistant, "ask_question", **more, after=found["next"])
            rows += found["rows"]
        assert rows == (await read(shipped_graph, "states", limit=1000))["rows"]

    async def test_a_name_is_found(self, assistant: ClientSession, shipped_graph: Graph) -> None:
        found = await called(assistant, "find", text="Лавров")
        assert found == await read(shipped_graph, "search", q="Лавров")
        assert found["rows"][0]["label"] == "Official"

    @pytest.mark.parametrize("text", ["Robert'}) DETACH DELETE n //", '") OR *:* AND (`\u202e', "$known_at", "{" * 200])
    async def test_a_hostile_name_is_only_a_name(self, assistant: ClientSession, text: str) -> None:
        assert (await called(assistant, "find", text=text))["parameters"] == {"q": text}

    async def test_evidence_is_told(self, assistant: ClientSession, shipped_graph: Graph) -> None:
        found = await called(assistant, "evidence", fact=KURSK)
        assert found == await read(shipped_graph, "evidence_of_fact", fact=KURSK)
        assert {"source", "claim_for"} <= {row["role"] for row in found["rows"]}

    async def test_a_text_is_judged_and_not_run(self, assistant: ClientSession) -> None:
        reads = await called(
            assistant,
            "check_query",
            text="MATCH (s:State {key: $key}) RETURN s.key AS state",
            parameters={"key": "RUS"},
        )
        assert (reads["allowed"], reads["columns"]) == (True, ["state"])
        writes = await called(assistant, "check_query", text="MATCH (s:State) DETACH DELETE s")
        assert not writes["allowed"]
        assert "writes" in {one["code"] for one in writes["refusals"]}

    async def test_many_calls_at_once_are_all_answered(self, assistant: ClientSession) -> None:
        found = await asyncio.gather(*(called(assistant, "find", text="Лавров") for _ in range(12)))
        assert all(one == found[0] for one in found)


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask_question", {"name": "commitments_between_state"}, "Did you mean commitments_between_states"),
        ("ask_question", {"name": "commitments_between_states", "parameters": {"bearer": "PRK"}}, "is missing."),
        (
            "ask_question",
            {"name": "commitments_between_states", "parameters": BETWEEN | {"bearer": "RUZ"}},
            "No state is known as 'RUZ'. Did you mean RUS (Russia)?",
        ),
        ("ask_question", {"name": "states", "limit": MOST_ROWS + 1}, "limit: input should be less than or equal to"),
        ("ask_question", {"name": "states", "parameters": {"limit": 1000}}, "limit is given 2 times. Give it once."),
        ("ask_question", {"name": "states", "parameters": {"region": {"a": 1}}}, "region is neither a text"),
        ("ask_question", {"name": "states", "on": "2024-01-01"}, "There is no parameter 'on' here."),
        ("ask_question", {"name": "states", "known_at": "yesterday"}, "known_at='yesterday'"),
        ("ask_question", {"name": "states", "after": "nonsense"}, "This cursor belongs to another question"),
        ("list_questions", {"topic": "commitment"}, "There is no topic 'commitment'. There are agreements, "),
        ("find", {"text": ""}, "text: "),
        ("find", {"tex": "a"}, "Did you mean text?"),
        ("evidence", {"fact": "nonsense"}, "No fact is known as 'nonsense'."),
        ("check_query", {"text": "RETURN $on AS on", "parameters": {"on": 1}}, "on is not given here."),
        ("delete_everything", {}, "There is no tool 'delete_everything'. There are list_questions, "),
    ],
)
async def test_a_mistake_is_told_with_its_way_out(
    assistant: ClientSession, tool: str, arguments: dict[str, Any], said: str
) -> None:
    assert said in await refused(assistant, tool, arguments)


async def test_rows_that_make_an_answer_too_long_are_left_for_the_next_page(
    shipped_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools, most = Tools(shipped_graph, 10.0), 15_000
    monkeypatch.setattr("service.assistants.tools.MOST_BYTES", most)
    rows: list[Any] = []
    more: dict[str, Any] = {"name": "states", "limit": MOST_ROWS}
    for _ in range(3):
        content = await tools.answer("ask_question", more)
        page = json.loads(content)
        assert most - 1000 < len(content) <= most
        assert page["truncated"]
        assert f"&limit={len(page['rows'])}&" in page["permalink"]
        rows, more = rows + page["rows"], more | {"after": page["next"]}
    assert rows == (await read(shipped_graph, "states", limit=len(rows)))["rows"]
    monkeypatch.setattr("service.assistants.tools.MOST_BYTES", 1000)
    refusal = await answered(tools, "ask_question", {"name": "states"})
    assert refusal.isError
    assert told(refusal).startswith("The next row alone is longer than the 1,000 bytes")


class Failing(Tools):
    """Tools that only fail."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def answer(self, name: str, arguments: Mapping[str, Any]) -> bytes:
        raise self._error


async def test_a_database_that_is_away_is_a_sentence() -> None:
    result = await answered(Failing(DatabaseAwayError("Neo4j cannot be reached.", "Start it.")), "find", {})
    assert (told(result), result.isError) == ("Neo4j cannot be reached. Start it.", True)


async def test_what_nobody_foresaw_is_told_plainly_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "foedus.assistants"):
        result = await answered(Failing(ZeroDivisionError("a secret detail")), "find", {})
    assert (told(result), result.isError) == ("foedus made a mistake. Its log on standard error says more.", True)
    assert "ZeroDivisionError" in caplog.text


@contextmanager
def spoken_to(environment: Environment, *messages: dict[str, Any]) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the command, and say these things to it after the usual beginning."""
    first = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    said: list[dict[str, Any]] = [
        {"id": 0, "method": "initialize", "params": first},
        {"method": "notifications/initialized"},
        *messages,
    ]
    with subprocess.Popen(
        COMMAND, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            assert process.stdin is not None
            process.stdin.write(b"".join(json.dumps({"jsonrpc": "2.0"} | one).encode() + b"\n" for one in said))
            process.stdin.flush()
            yield process
        finally:
            process.kill()


def calls(number: int, tool: str, **arguments: Any) -> list[dict[str, Any]]:
    params = {"name": tool, "arguments": arguments}
    return [{"id": one, "method": "tools/call", "params": params} for one in range(1, number + 1)]


def test_standard_output_carries_only_the_protocol_until_ctrl_c(environment: Environment) -> None:
    with spoken_to(environment, *calls(2, "find", text="Russia")) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(3)]
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert (process.wait(10), process.stdout.read()) == (0, b"")
        logged = process.stderr.read()
    found = [types.JSONRPCMessage.model_validate_json(line).root for line in lines]
    assert {one.id for one in found if isinstance(one, types.JSONRPCResponse)} == {0, 1, 2}
    assert b"Traceback" not in logged
    assert f"'{environment['FOEDUS_NEO4J_PASSWORD']}'".encode() not in logged


@pytest.mark.parametrize("goes", [False, True], ids=["told", "alone"])
def test_it_ends_while_it_answers(environment: Environment, goes: bool) -> None:
    """More is asked than a pipe holds, so that one answer is being written and others made when it ends.

    It is told to and the client takes nothing, or the client is gone.
    """
    with spoken_to(environment, *calls(10, "ask_question", name="states", limit=MOST_ROWS)) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        if goes:
            process.stdout.close()
            process.stdin.close()
        else:
            process.stdout.readline()
            process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert b"Traceback" not in process.stderr.read()


def test_what_keeps_it_from_beginning_is_a_sentence(foedus: Run) -> None:
    done = foedus("mcp", FOEDUS_NEO4J_URI="bolt://127.0.0.1:9")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("foedus: Neo4j cannot be reached.")
    assert len(done.stderr.splitlines()) == 1


def test_other_commands_do_without_the_sdk() -> None:
    code = READ_ALL + "sys.exit('mcp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
