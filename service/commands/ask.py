"""`foedus ask NAME`: one command for each question, its options and help made from the question's file."""

import shlex
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import cached_property
from typing import BinaryIO

import click

from graph.catalog import Catalog, Question
from graph.database import GRACE_SECONDS
from graph.errors import InputError, Problem, pointer
from graph.graph import Graph
from graph.header import Parameter
from graph.model.vocabulary import VOCABULARIES
from graph.parameters import DEFAULT_LIMIT, LARGEST_LIMIT, Asked, read_parameters
from graph.reader import Reader
from graph.types import LIST_OF, several
from service.answers import to_ndjson
from service.batches import Batch, ForAllLines
from service.commands.common import read_settings, with_graph
from service.forms import Format, offered
from service.table import print_table
from service.writers import written

TABLE = "table"
_METAVARS = {"day": "YYYY-MM-DD", "instant": "INSTANT", "integer": "NUMBER", "number": "NUMBER"}


class Asking(click.Group):
    """A group with a command for each question of the catalogue."""

    @cached_property
    def catalog(self) -> Catalog:
        """The questions, read once they are needed: help asks for every one of them."""
        return Catalog.load()

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the questions."""
        return list(self.catalog)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Make the command of a question. Raises NotFoundError that suggests near names."""
        return command(self.catalog.find(cmd_name), self.catalog)


@click.group("ask", cls=Asking, subcommand_metavar="NAME [--PARAMETER VALUE]...", short_help="Ask a question.")
def ask() -> None:
    """Ask the question NAME and print its answer.

    `foedus ask NAME --help` tells what a question takes. States may be given by any code or name.
    """


def command(question: Question, catalog: Catalog) -> click.Command:
    """Return the command that asks one question."""
    own = [_option(name, spec) for name, spec in question.header.params.items()]
    return click.Command(
        question.name,
        params=[*own, *_reserved(question)],
        callback=_callback(question, catalog),
        help=f"{question.header.title}.\n\n{question.header.about}",
        short_help=question.header.title,
        epilog=f"For example: {example(question)}",
        # `--in_force` is the same as `--in-force`, because everywhere else it is in_force.
        context_settings={"token_normalize_func": lambda token: token.replace("_", "-"), "max_content_width": 110},
    )


def example(question: Question) -> str:
    """Return the command line that asks a question with its example values."""
    values = [(name, one) for name, value in question.examples.items() for one in several(value)]
    return " ".join(
        [f"foedus ask {question.name}", *(f"{_flag(name)} {shlex.quote(str(value))}" for name, value in values)]
    )


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _option(name: str, spec: Parameter) -> click.Option:
    """Return the option of a parameter; its text is read by the same reader as HTTP's."""
    inner = spec.type.removeprefix(LIST_OF)
    words = [str(word) for word in VOCABULARIES[inner]] if inner in VOCABULARIES else []
    notes = [f"one of {', '.join(words)}"] if words else []
    notes += ["may be repeated"] if spec.type.startswith(LIST_OF) else []
    notes += [] if spec.optional else ["required"]
    notes += [f"e.g. {', '.join(map(str, several(spec.example)))}"] if spec.example is not None else []
    help_text = f"{spec.about.rstrip('.')}." + (f" [{'; '.join(notes)}]" if notes else "")
    return _text_option(name, _METAVARS.get(inner, inner.upper()), help_text)


def _text_option(name: str, metavar: str, help_text: str) -> click.Option:
    # Repeatable even where a single value is meant, so that a second one is refused and not taken for the first.
    return click.Option([_flag(name), name], metavar=metavar, multiple=True, help=help_text)


def _reserved(question: Question) -> list[click.Option]:
    days = [
        _text_option("on", "YYYY-MM-DD", "Day the answer is about. [today]"),
        _text_option("compare_on", "YYYY-MM-DD", "Another day; the rows are then what differs since that one."),
    ]
    return [
        *([] if question.header.timeless else days),
        _text_option("known_at", "INSTANT", "State of knowledge to answer from. [the newest]"),
        _text_option("compare_known_at", "INSTANT", "Another state of knowledge; the rows are then what differs."),
        _text_option("limit", "NUMBER", f"Most rows, at most {LARGEST_LIMIT}. [{DEFAULT_LIMIT}]"),
        _text_option("after", "CURSOR", "`next` of the page before, to get the page after it."),
        click.Option(
            ["--format", "form"],
            type=click.Choice([TABLE, *(str(form) for form in offered(question))]),
            default=TABLE,
            show_default=True,
            help="Form of the answer.",
        ),
        click.Option(
            ["--batch"],
            type=click.File("rb"),
            metavar="FILE",
            help="Ask for each line of FILE (- is standard input), a JSON object of parameters; an answer a line.",
        ),
    ]


def _callback(question: Question, catalog: Catalog) -> Callable[..., None]:
    def run(form: str, batch: BinaryIO | None, **given: tuple[str, ...]) -> None:
        pairs = [(name, text) for name, texts in given.items() for text in texts]
        if batch is not None:
            with_graph(_asking_all(question, read_parameters(ForAllLines, pairs), batch), catalog)
            return
        asked = read_parameters(question.parameters, pairs)
        with_graph(_asking(question, asked, form), catalog)

    return run


def _asking_all(question: Question, common: ForAllLines, lines: BinaryIO) -> Callable[[Graph], Awaitable[None]]:
    async def work(graph: Graph) -> None:
        settings = read_settings()
        seconds = settings.query_seconds + GRACE_SECONDS
        newest = await graph.revision.recorded()
        state = {"request_id": "foedus ask"}
        batch = Batch(graph.reader, question, common, newest, f"/questions/{question.name}", state, seconds)
        async for answer in batch.answers(lines, settings.batch_at_once):
            click.echo(answer, nl=False)
        if batch.failed:
            raise InputError([Problem(pointer("body"), f"Lines that could not be answered: {batch.failed}.")])

    return work


def _asking(question: Question, asked: Asked, form: str) -> Callable[[Graph], Awaitable[None]]:
    async def work(graph: Graph) -> None:
        await graph.revision.recorded()
        await print_answer(graph.reader, question, asked, form)

    return work


async def print_answer(reader: Reader, question: Question, asked: Asked, form: str) -> None:
    """Ask a question by some reader, and print the answer in a form; as lines it goes to its end if no limit is set."""
    understood = await reader.understand(question, asked)
    if form == Format.NDJSON and "limit" not in asked.model_fields_set:
        async for page in reader.pages(replace(understood, limit=LARGEST_LIMIT)):
            click.echo(to_ndjson(page), nl=False)
        return
    answer = await reader.answer(understood)
    if form == TABLE:
        print_table(answer)
    else:
        content = await written(Format(form), answer, reader)
        click.echo(content, nl=not content.endswith(b"\n"))
