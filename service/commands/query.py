"""`foedus query` and `foedus shell`: texts of one's own from a file, from standard input, or typed."""

import json
import sys
from collections.abc import Callable, Coroutine
from typing import Any, BinaryIO, TextIO

import click

from graph.errors import InputError, Problem
from graph.graph import Graph
from service.commands.common import BAD_INPUT, BadInput, read_settings, with_graph
from service.shell.desk import NEWEST, SHOWN, TABLE, Desk, pair_of, value_of

Work = Callable[[Desk], Coroutine[Any, Any, int]]


def _with_desk(work: Work, given: dict[str, Any], settled: dict[str, str | None], form: str) -> None:
    async def run(graph: Graph) -> int:
        desk = Desk(graph, given)
        desk.show_as(form)
        for name, text in settled.items():
            if text is not None and not (name == "known_at" and text == NEWEST):
                desk.settle(name, text)
        return await work(desk)

    if code := with_graph(run):
        sys.exit(code)


_PARAM = click.option("--param", "given", multiple=True, metavar="NAME=VALUE",
                      help="A parameter; may be repeated. VALUE is JSON if it can be read so, else text.")  # fmt: skip
_PARAM_FILE = click.option("--param-file", type=click.File("r", encoding="utf-8"), metavar="FILE",
                           help="Parameters as a JSON object.")  # fmt: skip
_ON = click.option("--on", metavar="YYYY-MM-DD", help="The day $on. [today]")
_KNOWN_AT = click.option("--known-at", metavar="INSTANT", help="The state of knowledge $known_at. [the newest]")
_LIMIT = click.option("--limit", metavar="NUMBER", help="Most rows. [1000]")
_FORMAT = click.option("--format", "form", type=click.Choice(SHOWN), default=TABLE, show_default=True,
                       help="How rows are shown.")  # fmt: skip


@click.command("query", short_help="Run a Cypher text of your own.")
@click.argument("file", type=click.File("rb"))
@_PARAM
@_PARAM_FILE
@_ON
@_KNOWN_AT
@_LIMIT
@_FORMAT
@click.option("--check", is_flag=True, help="Judge the text and run nothing; exit code 2 when it may not be run.")
def query(
    file: BinaryIO, given: tuple[str, ...], param_file: TextIO | None, form: str, *, check: bool, **settled: str | None
) -> None:
    """Run the Cypher text in FILE (- is standard input) and print its rows.

    It only reads, and goes through the same gate as over HTTP; docs/queries.md tells what may be asked.
    """
    text = _text(file)

    async def work(desk: Desk) -> int:
        if check:
            return 0 if await desk.check(text) else BAD_INPUT
        await desk.run(text)
        return 0

    _with_desk(work, _parameters(given, param_file), settled, form)


@click.command("shell", short_help="Ask and run Cypher at a prompt.")
@_PARAM
@_PARAM_FILE
@_ON
@_KNOWN_AT
@_LIMIT
@_FORMAT
@click.option("--keep-going", is_flag=True, help="Go on after what fails, where statements are piped in.")
def shell(
    given: tuple[str, ...], param_file: TextIO | None, form: str, *, keep_going: bool, **settled: str | None
) -> None:
    """Run Cypher and ask questions at a prompt, with history and completion. `:help` lists what else there is.

    Statements that are piped in are run to the first that fails.
    """
    # What draws the prompt is slow to import, and no other command needs it.
    from service.shell.loop import interactive, piped  # noqa: PLC0415

    history = read_settings().data / "shell_history"

    async def work(desk: Desk) -> int:
        if not sys.stdin.isatty():
            return await piped(desk, sys.stdin.read(), keep_going=keep_going)
        await interactive(desk, history)
        return 0

    _with_desk(work, _parameters(given, param_file), settled, form)


def _text(file: BinaryIO) -> str:
    try:
        return file.read().decode()
    except UnicodeDecodeError:
        raise BadInput(f"{file.name} is not UTF-8.") from None


def _parameters(given: tuple[str, ...], file: TextIO | None) -> dict[str, Any]:
    return _read(file) | {name: value_of(value) for name, value in map(pair_of, given)}


def _read(file: TextIO | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        found = json.load(file)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise InputError([Problem("", f"{file.name} is no JSON object.", 'Write {"name": value}.')])
    return found
