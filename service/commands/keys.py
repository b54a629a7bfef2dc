"""`foedus keys`: the API keys of the service, made and shown once, listed, and revoked."""

from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime, time, timedelta
from typing import Any

import click
from rich.console import Console

from graph import schema
from graph.graph import Graph
from graph.keys import ApiKey, NewKey, Scope
from service.answers import as_text, dumped
from service.commands.common import BadInput, say, with_graph
from service.table import table_of

GOOD_DAYS = 365
LONGEST_DAYS = 36_525
_COLUMNS = ["id", "name", "scopes", "state", "created_at", "expires_at", "revoked_at"]


@click.group("keys", short_help="Make, list and revoke API keys.")
def keys() -> None:
    """Make, list and revoke the API keys of the service, also while it runs.

    Reading on this machine needs no key; reading from beyond it does, and so does writing from anywhere.
    """


@keys.command("create", short_help="Make a key and print it, this once.")
@click.argument("name")
@click.option("--scope", "scopes", type=click.Choice([str(scope) for scope in Scope]), multiple=True,
              default=[str(Scope.READ)], show_default=True,
              help="What it allows; may be repeated. write and cypher include read, admin includes all.")  # fmt: skip
@click.option("--days", type=click.IntRange(1, LONGEST_DAYS), help=f"For how many days it is good. [{GOOD_DAYS}]")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="The last day, in UTC, on which it is good; instead of --days.")  # fmt: skip
@click.option("--never-expires", is_flag=True, help="It is good until it is revoked; instead of --days.")
def create(name: str, scopes: Collection[str], days: int | None, until: datetime | None, never_expires: bool) -> None:
    """Make a key for NAME and print it on standard output, this once: only a hash of it is kept.

    NAME stands as the author of what is written with the key.
    """
    new = with_graph(_making(name, [Scope(one) for one in scopes], _end(days, until, never_expires)))
    key = new.key
    end = f"until {as_text(key.expires_at)}" if key.expires_at else "without end"
    say(f"{key.name} has a key with the scope {', '.join(key.scopes)}, good {end}. It is shown this once:")
    click.echo(new.text)
    say(f"Send it as `Authorization: Bearer KEY`. `foedus keys revoke {key.id}` ends it.")


def _end(days: int | None, until: datetime | None, never: bool) -> datetime | None:
    if sum((days is not None, until is not None, never)) > 1:
        raise BadInput("Give one of --days, --until and --never-expires.")
    if until is not None:
        return datetime.combine(until, time(23, 59, 59), UTC)
    return None if never else datetime.now(UTC).replace(microsecond=0) + timedelta(days=days or GOOD_DAYS)


def _making(name: str, scopes: Collection[Scope], expires_at: datetime | None) -> Callable[[Graph], Awaitable[NewKey]]:
    async def work(graph: Graph) -> NewKey:
        # The first key may come before the first `foedus serve`, and must not go into the database of somebody else.
        await schema.apply(graph.database)
        return await graph.keys.create(name, scopes, expires_at)

    return work


@keys.command("list", short_help="List all keys, without their secrets.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_keys(as_json: bool) -> None:
    """List all keys, the oldest first, those that have expired or are revoked among them."""
    shown = [_shown(key) for key in with_graph(_listed)]
    if as_json:
        click.echo(dumped(shown))
    elif shown:
        cells = [[_cell(row[name]) for name in _COLUMNS] for row in shown]
        Console(highlight=False).print(table_of(_COLUMNS, cells))
    else:
        say("There are no keys yet. `foedus keys create NAME` makes one.")


async def _listed(graph: Graph) -> list[ApiKey]:
    return await graph.keys.listed()


def _shown(key: ApiKey) -> dict[str, Any]:
    return {name: list(key.scopes) if name == "scopes" else getattr(key, name) for name in _COLUMNS}


def _cell(value: Any) -> str:
    """Write one value of the table; of an instant the day is enough there."""
    return value.date().isoformat() if isinstance(value, datetime) else as_text(value)


@keys.command("revoke", short_help="End a key.")
@click.argument("which", metavar="ID|NAME")
def revoke(which: str) -> None:
    """End the key that has this ID, or this NAME where one live key has it.

    A second later at most the service answers it no more. The whole key in place of its ID does too.
    """
    key = with_graph(_revoking(which))
    click.echo(f"{key.name} ({key.id}) is revoked.")


def _revoking(which: str) -> Callable[[Graph], Awaitable[ApiKey]]:
    async def work(graph: Graph) -> ApiKey:
        return await graph.keys.revoke(which)

    return work
