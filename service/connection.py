"""Which Neo4j a command works with: the one the settings name, the one that runs here already, or one of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from graph.errors import DatabaseAwayError, FoedusError
from graph.local.server import LocalNeo4j, running
from graph.local.upgrading import upgrade
from graph.settings import Settings


def _nobody_knows() -> None:
    return None


@dataclass(frozen=True)
class Address:
    """How to reach a Neo4j.

    `ended` says that it is gone for good; of one that somebody else runs it knows nothing and says None.
    """

    uri: str
    user: str
    password: str = field(repr=False)
    ended: Callable[[], FoedusError | None] = field(default=_nobody_knows, repr=False, compare=False)


@contextmanager
def for_command(settings: Settings) -> Iterator[Address]:
    """Give the Neo4j of the settings, else the one another foedus runs on the data folder, else one for this block."""
    own = running(settings) if settings.neo4j_uri is None else None
    if own is not None:
        yield Address(own.uri, own.user, own.password)
        return
    with for_service(settings) as address:
        yield address


@contextmanager
def for_service(settings: Settings) -> Iterator[Address]:
    """Give the Neo4j of the settings, else one for this block, its data upgraded where an older one made it.

    Raises LocalServerError when the folder is in use, or made by a newer one.
    """
    if settings.neo4j_uri is not None:
        yield Address(settings.neo4j_uri, settings.neo4j_user, _password(settings))
        return
    upgrade(settings, _say)
    server = LocalNeo4j(settings)
    with server as own:
        yield Address(own.uri, own.user, own.password, server.ended)


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


def _password(settings: Settings) -> str:
    hint = "FOEDUS_NEO4J_PASSWORD_FILE names a file whose first line is the password."
    try:
        return settings.password()
    except OSError as error:
        raise DatabaseAwayError(f"{settings.neo4j_password_file} cannot be read: {error.strerror}.", hint) from None
    except (IndexError, UnicodeDecodeError):
        raise DatabaseAwayError(f"{settings.neo4j_password_file} holds no password.", hint) from None
