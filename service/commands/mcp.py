"""`foedus mcp`: the tools for assistants, over standard input and output."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from graph.database import GRACE_SECONDS
from graph.graph import Graph
from service.commands.common import ended_by_signals, log_to_standard_error, read_settings, with_graph


@click.command("mcp", short_help="Answer an assistant, over standard input and output.")
def serve_assistants() -> None:
    """Answer an assistant that speaks the Model Context Protocol, over standard input and output, until it ends.

    Its tools only read: questions of the catalogue, a search, the evidence of a fact, the verdict on a Cypher text. An
    assistant starts this command itself; docs/assistants.md tells how to have it do so.
    """
    # The SDK takes half a second to import, and no other command needs it.
    from service.assistants.server import converse  # noqa: PLC0415
    from service.assistants.tools import Tools  # noqa: PLC0415

    seconds = read_settings().query_seconds + GRACE_SECONDS
    log_to_standard_error()
    logging.getLogger("mcp").setLevel(logging.WARNING)
    with ended_by_signals(), _output_of_ones_own() as output:

        async def work(graph: Graph) -> None:
            await converse(Tools(graph, seconds), sys.stdin.fileno(), output)

        with_graph(work)


@contextmanager
def _output_of_ones_own() -> Iterator[int]:
    """Give what standard output is; whatever else writes there meanwhile writes to standard error."""
    usual, own = sys.stdout.fileno(), os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), usual)
    try:
        yield own
    finally:
        os.dup2(own, usual)
        os.close(own)
