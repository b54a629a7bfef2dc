"""`foedus serve`: a Neo4j, its schema, the shipped case, and the service; started together and stopped together."""

import asyncio
import errno
import logging
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import click
import uvicorn
from fastapi import FastAPI
from starlette.datastructures import State

from graph import schema
from graph.catalog import Catalog
from graph.disputes import plan_ahead
from graph.errors import FoedusError
from graph.graph import Graph
from graph.keys import KeyState, Scope
from graph.revision import NOTHING_YET
from graph.settings import Settings
from seed.load import load_case
from service.access import is_loopback
from service.app import create_app, reached_as
from service.commands.common import Failure, ended_by_signals, log_to_standard_error, on_graph, read_settings, say
from service.commands.database import known_data_sets
from service.connection import for_service
from service.protocol import Protocol
from service.routes.catalogue import example_path

LOG = logging.getLogger("foedus.serving")
SHOWN_FIRST = "commitments_between_states"
GOODBYE_SECONDS = 3
LOOK_SECONDS = 0.5
_IN_USE = "Another program listens at {where}; choose another port: PORT={other}."


@click.command("serve", short_help="Serve HTTP, with a Neo4j of one's own.")
def serve() -> None:
    """Serve HTTP, with a Neo4j of one's own unless FOEDUS_NEO4J_URI names one. Ctrl-C stops everything.

    Applies the schema, and loads the shipped case into a graph in which nothing is recorded; the world's states and
    officials, and the data sets of FOEDUS_DATA_SETS, follow while it answers already. PORT sets the port. It ends with
    exit code 1 when its own Neo4j ends.
    """
    settings = read_settings()
    known_data_sets(settings)
    log_to_standard_error()
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    catalog = Catalog.load()
    with ended_by_signals(), _reserved(settings) as listener, for_service(settings) as address:
        has_writer = asyncio.run(on_graph(settings, address, partial(_prepare, shipped=settings.shipped), catalog))
        app = create_app(settings, address, catalog)
        config = uvicorn.Config(
            app,
            loop="uvloop",
            http=Protocol,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=GOODBYE_SECONDS,
        )
        welcome = _welcome(settings, listener, catalog)
        server = Server(config, app, welcome if has_writer else f"{welcome}\n{_first_key()}", address.ended)
        server.run([listener])
        if server.failure is not None:
            raise server.failure


class Server(uvicorn.Server):
    """A server that says when it answers, makes the first answers quick, loads the world, and ends with its Neo4j.

    `ended` says that the Neo4j is gone for good; `failure` is then what it said.
    """

    def __init__(
        self, config: uvicorn.Config, app: FastAPI, welcome: str, ended: Callable[[], FoedusError | None]
    ) -> None:
        super().__init__(config)
        self._app, self._welcome, self._ended = app, welcome, ended
        self._watching: asyncio.Task[None] | None = None
        self.failure: FoedusError | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        self._app.state.warming.announce()
        await super().startup(sockets)
        if self.should_exit:
            return
        click.echo(self._welcome)
        sys.stdout.flush()
        state = self._app.state
        state.loading.start(after=partial(state.warming.warm_up, state.graph), then=partial(_warm_the_rest, state))
        self._watching = asyncio.create_task(self._watch())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, streams that would go on for ever first."""
        self._app.state.stopping = True
        if self._watching is not None:
            self._watching.cancel()
        await self._app.state.loading.stop()
        await super().shutdown(sockets)

    async def _watch(self) -> None:
        while self.failure is None:
            await asyncio.sleep(LOOK_SECONDS)
            self.failure = self._ended()
        self.should_exit = True


async def _warm_the_rest(state: State) -> None:
    """Have planned what the first change set would wait for, judged what was saved on another schema, and the rest."""
    with suppress(FoedusError):
        await plan_ahead(state.graph.database, await state.graph.revision.known_at())
        for broken in await state.graph.saved.check_all(again=False):
            LOG.warning("The saved question %s is broken: %s", broken.name, " ".join(broken.broken))
    await state.warming.go_on(state.graph)


def _welcome(settings: Settings, listener: socket.socket, catalog: Catalog) -> str:
    base = f"http://{reached_as(settings)}:{listener.getsockname()[1]}"
    shown = catalog.get(SHOWN_FIRST) or next(iter(catalog.values()), None)
    return f"foedus answers at {base}" + (f" — try {base}{example_path(shown)}" if shown else "")


def _first_key() -> str:
    """Say how to make a key, by the command as it can be called from here: `make serve` puts it beside its Python."""
    beside = Path(sys.executable).with_name("foedus")
    is_here = beside.exists() and beside.is_relative_to(Path.cwd())
    command = beside.relative_to(Path.cwd()) if is_here else "foedus"
    return f"Nobody has a key to write with yet; {command} keys create NAME --scope {Scope.WRITE} makes one."


@contextmanager
def _reserved(settings: Settings) -> Iterator[socket.socket]:
    """Take the port before anything slow is started. Raises Failure naming the way out when it cannot be had."""
    listener = _bound(settings)
    with listener:
        if not is_loopback(settings.host):
            say(
                f"foedus listens at {settings.host} for anyone who can reach it. {_who_may(settings)} "
                "It answers for that host and those in FOEDUS_ALLOWED_HOSTS."
            )
        try:
            yield listener
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise _cannot_listen(settings, error) from None
            raise


def _who_may(settings: Settings) -> str:
    if settings.open_reads:
        return "FOEDUS_OPEN_READS lets them all read; writing needs a key."
    return "From beyond this machine nothing is answered without a key, which only TLS before it keeps from being read."


def _bound(settings: Settings) -> socket.socket:
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(settings, error) from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
    except OSError as error:
        listener.close()
        raise _cannot_listen(settings, error) from None
    return listener


def _cannot_listen(settings: Settings, error: OSError) -> Failure:
    where = f"{settings.host}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        return Failure(_IN_USE.format(where=where, other=settings.port % 65535 + 1))
    return Failure(f"foedus cannot listen at {where}: {error.strerror}. FOEDUS_HOST and PORT say where.")


async def _prepare(graph: Graph, *, shipped: bool) -> bool:
    """Apply the schema, and put the case into a graph in which nothing is recorded; the world follows behind.

    Return whether there is a key to write with.
    """
    await schema.apply(graph.database)
    if shipped and await graph.revision.known_at() == NOTHING_YET:
        say("Nothing is recorded yet; loading the shipped case.")
        await load_case(graph.writer, progress=say)
    return any(key.state is KeyState.LIVE and key.allows(Scope.WRITE) for key in await graph.keys.listed())
