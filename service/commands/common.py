"""What all commands share: the settings, the open graph, and errors told as one sentence with a way out.

And what those share that go on until they are told to end: their log, and what signals mean.
"""

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

import click
from pydantic import ValidationError
from pydantic_settings import SettingsError

from graph.catalog import Catalog
from graph.errors import FoedusError, InputError, NotFoundError
from graph.graph import Graph, open_graph
from graph.model.changes import Receipt
from graph.settings import Settings
from service.connection import Address, for_command
from service.texts import harmless, sentences

FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130
_COUNTED = ("created", "corrected", "unchanged")
T = TypeVar("T")


class Failure(click.ClickException):
    """A failure as the command line tells it: on standard error, a sentence a line, without a traceback."""

    exit_code = FAILED

    def show(self, file: Any = None) -> None:
        """Print it."""
        for line in self.message.splitlines():
            click.echo(f"foedus: {harmless(line)}", err=True, file=file)


class BadInput(Failure):
    """The same, where what the user gave is wrong."""

    exit_code = BAD_INPUT


class Commands(click.Group):
    """A group whose commands may raise foedus's own errors."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; Ctrl-C ends it quietly."""
        try:
            return super().invoke(ctx)
        except (InputError, NotFoundError) as error:
            raise BadInput("\n".join(sentences(error))) from None
        except FoedusError as error:
            raise Failure("\n".join(sentences(error))) from None
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)


def read_settings() -> Settings:
    """Read the settings from the environment. Raises BadInput that names the variable of a bad one."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        variable, reason = _variable(str(first["loc"][0])), first["msg"].removeprefix("Value error, ")
        message = f"{variable}={first['input']!r} is no setting: {reason[0].lower()}{reason[1:]}."
        raise BadInput(message) from None
    except SettingsError as error:
        field = next((name for name in Settings.model_fields if f'"{name}"' in str(error)), "")
        raise BadInput(f'{_variable(field)} is no JSON; write it as ["one", "two"].') from None


def _variable(field: str) -> str:
    return field if field.isupper() else f"FOEDUS_{field.upper()}"


def with_graph(work: Callable[[Graph], Awaitable[T]], catalog: Catalog | None = None) -> T:
    """Run some work on the graph that the settings lead to, and return what it returns."""
    settings = read_settings()
    with for_command(settings) as address:
        return asyncio.run(on_graph(settings, address, work, catalog))


async def on_graph(
    settings: Settings, address: Address, work: Callable[[Graph], Awaitable[T]], catalog: Catalog | None = None
) -> T:
    """Run some work on the graph at an address."""
    async with open_graph(settings, address.uri, address.user, address.password, catalog) as graph:
        return await work(graph)


def counted(receipts: Iterable[Receipt]) -> str:
    """Say how many records some change sets created, corrected, and found as they were."""
    every = list(receipts)
    return ", ".join(f"{sum(getattr(one, what) for one in every)} {what}" for what in _COUNTED)


def say(sentence: str) -> None:
    """Tell the user what goes on, beside what is printed as the result."""
    click.echo(sentence, err=True)


def ended_by_sigterm() -> None:
    """Have SIGTERM end a command like Ctrl-C: whatever has been begun is removed."""
    signal.signal(signal.SIGTERM, _terminated)


def _terminated(*_: object) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)


def log_to_standard_error() -> None:
    """Have what is logged written there."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # It tells a database that is away by warnings and tracebacks of its own, beside the error that we tell.
    logging.getLogger("neo4j").setLevel(logging.ERROR)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Turn SIGTERM into an ordinary end and Ctrl-C into a quiet one, whatever is going on."""

    def end(*_: object) -> NoReturn:
        raise SystemExit(0)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
