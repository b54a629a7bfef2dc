"""`foedus query` and `foedus shell`: run as their users run them, and the prompt by a pipe in place of a keyboard."""

import asyncio
import io
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from graph.graph import Graph
from graph.statements import statement
from service.shell.completing import Completing
from service.shell.desk import Desk
from service.shell.loop import interactive, is_whole, piped, statements
from tests.programs import READ_ALL
from tests.service.conftest import Run, going_on

PARTNERS = "cypher/examples/partners.cypher"


@pytest.fixture
def desk(shipped_graph: Graph) -> Desk:
    return Desk(shipped_graph)


async def said(desk: Desk, text: str, *, keep_going: bool = False) -> tuple[int, str, str]:
    """Return the exit code of statements that are piped in, and what they print."""
    with printed() as (out, err):
        code = await piped(desk, text, keep_going=keep_going)
    return code, out(), err()


@contextmanager
def printed() -> Iterator[tuple[Callable[[], str], Callable[[], str]]]:
    """Catch what a block prints, and give what returns it: standard output and standard error."""
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", newline="", write_through=True) for _ in range(2)]
    with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
        out, err = (lambda stream=stream: stream.buffer.getvalue().decode() for stream in streams)
        yield out, err


@pytest.mark.usefixtures("shipped_graph")
async def test_a_file_is_run_and_judged(foedus: Run, tmp_path: Path) -> None:
    asked = ("query", PARTNERS, "--param", "state=RUS", "--on", "2024-12-04")
    done = foedus(*asked, "--format", "csv")
    assert (done.returncode, done.stdout) == (0, "bearer,commitments\nPRK,1\n")
    assert done.stderr.startswith("1 row, $on 2024-12-04, $known_at ")
    done = foedus(*asked, "--check")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "It may be run.")
    bad = tmp_path / "bad.cypher"
    bad.write_text("MATCH (s:State)\nDELETE s", "utf-8")
    done = foedus("query", str(bad))
    assert (done.returncode, done.stdout) == (2, "")
    assert "foedus: The text writes. Only what reads is run." in done.stderr


@pytest.mark.usefixtures("shipped_graph")
def test_a_wrong_name_is_told_in_a_line(foedus: Run, tmp_path: Path) -> None:
    text = tmp_path / "text.cypher"
    text.write_text("MATCH (s:Stat) RETURN s.key AS key", "utf-8")
    done = foedus("query", str(text))
    assert done.returncode == 0
    count, warning = done.stderr.splitlines()
    assert count.startswith("No rows, ")
    assert warning.startswith("Look at: ")
    assert warning.endswith("Did you mean State?")


async def test_an_empty_graph_is_told(empty_graph: Graph) -> None:
    code, out, err = await said(Desk(empty_graph), "MATCH (s:State) RETURN s.key AS key;")
    assert (code, out) == (2, "")
    assert err == "Nothing is recorded yet. `foedus load` loads the shipped case.\n"


async def test_statements_are_run_one_after_the_other(desk: Desk) -> None:
    text = ":param state RUS\n:on 2024-12-04\n:format ndjson\n" + statement("examples/partners") + ";\nRETURN 1 AS one;"
    code, out, err = await said(desk, text)
    assert code == 0, err
    assert [json.loads(line) for line in out.splitlines()] == [{"bearer": "PRK", "commitments": 1}, {"one": 1}]
    assert (desk.parameters, str(desk.on), desk.form) == ({"state": "RUS"}, "2024-12-04", "ndjson")


async def test_odd_names_and_maps_are_shown(desk: Desk) -> None:
    code, out, err = await said(desk, "RETURN {role: 'a', sentence: 'b'} AS x, 1 AS `[/]`;")
    assert code == 0, err
    assert '"role":"a"' in out
    assert "[/]" in out


def test_statements_end_where_a_line_does() -> None:
    text = ":on today\nRETURN ';' AS a;\nRETURN 1\nAS b;\n\nRETURN 2 AS c"
    assert list(statements(text)) == [":on today", "RETURN ';' AS a;", "RETURN 1\nAS b;", "\nRETURN 2 AS c"]


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("MATCH (s:State) SET s.key = 'x';", 2, "The text writes."),
        ("RETURN 1 AS x\nRETRUN 2;", 2, "  RETRUN 2;\n  ^\n"),
        ("RETURN 1 / 0 AS x;", 1, "The query failed: "),
        (":colour red", 2, "There is no command :colour. :help lists them."),
        (":param state", 2, "state has no value."),
        (":on yesterday", 2, "on='yesterday'"),
        (":format xml", 2, "There is no form 'xml'."),
        (":ask nothing", 2, "There is no question 'nothing'."),
        (":ask commitments_owed_to_state state", 2, "'state' is not NAME=VALUE."),
        (":ask commitments_owed_to_state 'state=Ru", 2, "The line cannot be read: No closing quotation."),
    ],
)
async def test_what_goes_wrong_is_a_sentence_and_ends_it(desk: Desk, text: str, code: int, told: str) -> None:
    assert (await said(desk, f"{text}\nRETURN 1 AS after;"))[:2] == (code, "")
    found, out, err = await said(desk, f"{text}\n:format csv\nRETURN 1 AS after;", keep_going=True)
    assert (found, out) == (code, "after\r\n1\r\n")
    assert told in err
    assert "Traceback" not in err


async def test_commands_do_what_help_says(desk: Desk) -> None:
    _, out, _ = await said(
        desk, ':help\n:param n {"a": 1}\n:param m=2\n:param -m\n:param o NaN\n:limit 7\n:params\n:check RETURN $n AS x;'
    )
    assert ":known-at INSTANT | newest" in out
    assert "$n = {'a': 1}\n$o = 'NaN'\n$on = today, $known_at = newest, limit 7, table\n" in out
    assert "It may be run." in out
    _, out, _ = await said(desk, ":list owed to\n:show commitments_owed_to_state\n:on 2024-12-04\n:format csv\n"
                                 ":ask commitments_owed_to_state state='Russian Federation'\n:quit\n:list")  # fmt: skip
    assert "commitments_owed_to_state " in out
    assert ":param state => 'RUS';" in out
    assert "bearer,bearer_name," in out
    assert out.count("commitments_owed_to_state ") == 1


@pytest.mark.parametrize(
    ("text", "some"),
    [
        (":he", {"help"}),
        (":format n", {"ndjson"}),
        (":ask commitments_owed_to", {"commitments_owed_to_state"}),
        (":ask commitments_owed_to_state st", {"state="}),
        ("MATCH (s:Sta", {"State", "Statehood"}),
        ("MATCH (a)-[c:COMM", {"COMMITS_TO"}),
        ("RETURN s.holds_f", {"holds_from"}),
        ("RETURN $known", {"known_at"}),
        ("RETURN $colo", {"colour"}),
        ("match (s) ret", {"RETURN"}),
        ("RETURN toupp", {"toupper"}),
    ],
)
def test_what_may_come_next_is_offered(desk: Desk, text: str, some: set[str]) -> None:
    desk.parameters["colour"] = "red"
    found = {one.text for one in Completing(desk).get_completions(Document(text), CompleteEvent())}
    assert found >= some
    word = text.rsplit(" ", maxsplit=1)[-1].lstrip(":$").split(":")[-1].split(".")[-1]
    assert all(one.casefold().startswith(word.casefold()) for one in found)


@pytest.mark.parametrize(
    ("text", "whole"),
    [("RETURN 1 AS x", False), ("RETURN 1 AS x;", True), (":help", True), ("", True), ("RETURN 1 AS x\n", True)],
)
def test_enter_ends_what_is_whole(text: str, whole: bool) -> None:
    assert is_whole(Document(text)) is whole


@pytest.fixture
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


async def test_the_prompt_goes_on_and_keeps_what_it_should(desk: Desk, keyboard: PipeInput, tmp_path: Path) -> None:
    history = tmp_path / "deep" / "shell_history"
    keyboard.send_text(":format csv\rRETURN 1\rAS one;\rRETRUN 1;\r RETURN 'secret' AS s;\rRETURN 2 AS two\r\r\x04")
    with printed() as (out, err):
        await interactive(desk, history)
    for shown in ("one\r\n1", "s\r\nsecret", "two\r\n2"):
        assert shown in out()
    assert "^" in err()
    kept = history.read_text("utf-8")
    assert "RETURN 2 AS two" in kept
    assert "secret" not in kept
    assert stat.S_IMODE(history.stat().st_mode) == 0o600


async def test_ctrl_c_stops_what_runs_and_not_the_shell(desk: Desk, keyboard: PipeInput, tmp_path: Path) -> None:
    slow = statement("examples/slow")
    slow = slow[slow.index("UNWIND") :].replace("\n", " ")
    keyboard.send_text(f":format csv\r{slow};\r")
    with printed() as (out, err):
        shell = asyncio.create_task(interactive(desk, tmp_path / "history"))
        async with asyncio.timeout(20):
            while not await going_on(desk.graph):  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.05)
            os.kill(os.getpid(), signal.SIGINT)
            while await going_on(desk.graph):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            keyboard.send_text("RETURN 'there still' AS x;\r:quit\r")
            await shell
    assert "Stopped." in err()
    assert "there still" in out()


def test_no_other_command_imports_what_draws_the_prompt() -> None:
    code = READ_ALL + "sys.exit('prompt_toolkit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0
