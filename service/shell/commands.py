"""What the shell does that is no Cypher: lines that begin with a colon. `COMMANDS` lists them."""

import shlex
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import click

from graph.errors import InputError, NotFoundError, Problem
from graph.parameters import read_parameters
from service.commands.ask import print_answer
from service.shell.desk import NEWEST, SHOWN, Desk, pair_of, value_of

Doing = Callable[[Desk, str], Awaitable[None]]


class Leave(Exception):  # noqa: N818 - no error: somebody leaves
    """The shell is left."""


@dataclass(frozen=True)
class Command:
    """One command: what it takes, what it does in words, and how."""

    takes: str
    about: str
    do: Doing


async def obey(desk: Desk, line: str) -> None:
    """Do what a line that begins with a colon says. Raises InputError, NotFoundError, or Leave."""
    name, _, rest = line.strip().removeprefix(":").partition(" ")
    command = COMMANDS.get(name.lower())
    if command is None:
        raise NotFoundError(f"There is no command :{name}.", ":help lists them.")
    await command.do(desk, rest.strip())


async def _help(_: Desk, __: str) -> None:
    click.echo("Cypher ends in ; or an empty line. It only reads, and goes through the gate (docs/queries.md).")
    for name, command in COMMANDS.items():
        click.echo(f"  {f':{name} {command.takes}'.rstrip():36} {command.about}")


async def _param(desk: Desk, rest: str) -> None:
    if rest.startswith("-") and len(rest) > 1:
        desk.parameters.pop(rest[1:].strip(), None)
    elif not rest:
        await _params(desk, rest)
    else:
        name, value = pair_of(rest) if "=" in rest.split(" ", maxsplit=1)[0] else _two(rest, ":param state RUS")
        desk.parameters[name] = value_of(value)


async def _params(desk: Desk, _: str) -> None:
    for name, value in desk.parameters.items():
        click.echo(f"${name} = {value!r}")
    click.echo(f"$on = {desk.on or 'today'}, $known_at = {desk.known_at or NEWEST}, limit {desk.limit}, {desk.form}")


async def _on(desk: Desk, rest: str) -> None:
    if rest in {"", "today"}:
        desk.on = None
    else:
        desk.settle("on", rest)


async def _known_at(desk: Desk, rest: str) -> None:
    if rest in {"", NEWEST}:
        desk.known_at = None
    else:
        desk.settle("known_at", rest)


async def _limit(desk: Desk, rest: str) -> None:
    desk.settle("limit", rest)


async def _format(desk: Desk, rest: str) -> None:
    desk.show_as(rest)


async def _check(desk: Desk, rest: str) -> None:
    await desk.check(rest.removesuffix(";"))


async def _ask(desk: Desk, rest: str) -> None:
    try:
        name, *given = shlex.split(rest) or [""]
    except ValueError as error:
        raise InputError(
            [Problem("", f"The line cannot be read: {error}.", 'Quote as in name="Sergey Lavrov".')]
        ) from None
    question = desk.graph.catalog.find(name)
    pairs = [pair_of(one) for one in given]
    said = {name for name, _ in pairs}
    if desk.on is not None and "on" not in said and not question.header.timeless:
        pairs.append(("on", desk.on.isoformat()))
    if desk.known_at is not None and "known_at" not in said:
        pairs.append(("known_at", desk.known_at.isoformat()))
    await print_answer(desk.graph.reader, question, read_parameters(question.parameters, pairs), desk.form)


async def _show(desk: Desk, rest: str) -> None:
    click.echo(desk.graph.catalog.find(rest).for_browser(), nl=False)


async def _list(desk: Desk, rest: str) -> None:
    words = rest.casefold().split()
    for question in desk.graph.catalog.values():
        if all(word in question.described for word in words):
            click.echo(f"{question.name:38} {question.header.title}")


async def _leave(_: Desk, __: str) -> None:
    raise Leave


def _two(rest: str, example: str) -> tuple[str, str]:
    name, _, value = rest.partition(" ")
    if not value.strip():
        raise InputError([Problem("", f"{name} has no value.", f"For example {example}.")])
    return name, value.strip()


COMMANDS: dict[str, Command] = {
    "help": Command("", "this list", _help),
    "param": Command("NAME VALUE | -NAME", "set a parameter, or take it away; a value is JSON, or else text", _param),
    "params": Command("", "what a text is run with", _params),
    "on": Command("YYYY-MM-DD | today", "the day $on", _on),
    "known-at": Command(f"INSTANT | {NEWEST}", "the state of knowledge $known_at", _known_at),
    "limit": Command("NUMBER", "most rows", _limit),
    "format": Command("|".join(SHOWN), "how rows are shown", _format),
    "check": Command("TEXT", "judge a text without running it", _check),
    "ask": Command("QUESTION NAME=VALUE...", "ask a question of the catalogue", _ask),
    "show": Command("QUESTION", "the Cypher of a question", _show),
    "list": Command("WORDS", "questions of the catalogue that have these words", _list),
    "quit": Command("", "leave", _leave),
}
