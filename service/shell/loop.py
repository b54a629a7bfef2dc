"""The shell itself: reads what is typed or piped in, statement by statement, and goes on after what went wrong."""

import asyncio
import re
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.graph import CypherLexer

from graph.errors import FoedusError, InputError, NotFoundError
from service.commands.common import BAD_INPUT, FAILED
from service.shell.commands import Leave, obey
from service.shell.completing import Completing
from service.shell.desk import Desk
from service.texts import harmless, sentences

PROMPT, MORE = "foedus> ", "   ...> "
_PLACE = re.compile(r"\(line (\d+), column (\d+)\)")


async def interactive(desk: Desk, history: Path) -> None:
    """Read from a terminal until it is left by :quit or Ctrl-D."""
    session: PromptSession[str] = PromptSession(
        history=_history(history),
        completer=Completing(desk),
        complete_while_typing=False,
        lexer=PygmentsLexer(CypherLexer),
        multiline=True,
        prompt_continuation=MORE,
        key_bindings=_keys(),
    )
    click.echo("Cypher ends in ; or an empty line. :help lists the commands, :quit leaves.")
    while True:
        try:
            text = await session.prompt_async(PROMPT)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        try:
            await _stoppable(desk, text)
        except Leave:
            return


async def piped(desk: Desk, text: str, *, keep_going: bool) -> int:
    """Run statements that were piped in, to the first that fails, and return the exit code."""
    code = 0
    for one in statements(text):
        try:
            failed = await told(desk, one)
        except Leave:
            break
        code = failed or code
        if failed and not keep_going:
            break
    return code


def statements(text: str) -> Iterator[str]:
    """Yield what stands before each `;` at the end of a line, and each line that begins with a colon."""
    lines: list[str] = []
    for line in text.splitlines():
        if not lines and line.lstrip().startswith(":"):
            yield line.strip()
            continue
        lines.append(line)
        if line.rstrip().endswith(";"):
            yield "\n".join(lines)
            lines = []
    if "".join(lines).strip():
        yield "\n".join(lines)


async def told(desk: Desk, text: str) -> int:
    """Do what a text says, tell what goes wrong on standard error, and return the exit code that fits."""
    content = text.strip()
    try:
        if content.startswith(":"):
            await obey(desk, content)
        elif content.rstrip(";").strip():
            await desk.run(content.rstrip().removesuffix(";"))
    except FoedusError as error:
        for sentence in sentences(error):
            for line in _pointed_at(content, sentence):
                click.echo(line, err=True)
        return BAD_INPUT if isinstance(error, InputError | NotFoundError) else FAILED
    return 0


async def _stoppable(desk: Desk, text: str) -> None:
    """Do what a text says; Ctrl-C stops that, and its transaction, and not the shell."""
    task, loop = asyncio.create_task(told(desk, text)), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        if not task.cancelled():
            raise
        click.echo("Stopped.", err=True)
    finally:
        loop.remove_signal_handler(signal.SIGINT)


def _pointed_at(text: str, sentence: str) -> Iterable[str]:
    """Return a sentence, and before it the line that it is about, with a mark under the place."""
    found, lines = _PLACE.search(sentence), text.splitlines()
    if found and 0 < int(found[1]) <= len(lines):
        yield f"  {harmless(lines[int(found[1]) - 1])}"
        yield f"  {' ' * (int(found[2]) - 1)}^"
    yield harmless(sentence)


def _keys() -> KeyBindings:
    """Enter ends a text that is whole: a command, one that ends in `;`, or one after which an empty line follows."""
    keys = KeyBindings()

    @keys.add("enter")
    def _enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if is_whole(buffer.document):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return keys


def is_whole(document: Document) -> bool:
    """Return whether Enter ends a text."""
    text = document.text
    ends = text.rstrip().endswith(";") or text.lstrip().startswith(":") or not text.strip()
    return ends or (document.current_line.strip() == "" and document.is_cursor_at_the_end)


class _Kept(FileHistory):
    """A history that does not keep what begins with a space, since a text may hold what nobody should read."""

    def store_string(self, string: str) -> None:
        if not string.startswith(" "):
            super().store_string(string)


def _history(path: Path) -> History:
    """Return the history in a file that nobody else reads; where there can be none it is forgotten at the end."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o600)
        path.chmod(0o600)
    except OSError as error:
        click.echo(f"No history is kept: {path} cannot be written: {error.strerror}.", err=True)
        return InMemoryHistory()
    return _Kept(str(path))
