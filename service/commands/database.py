"""`foedus load`, `foedus check` and `foedus schema`: what is in the database, and whether it is as it must be."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from graph import schema
from graph.graph import Graph
from graph.model.changes import Receipt
from seed.check import find_faults
from seed.load import Loaded, load_shipped, shipped_records
from seed.rejects import write_report
from service.commands.common import FAILED, BadInput, say, with_graph


@click.command("load")
@click.option("--reject-report", type=click.Path(dir_okay=False, writable=True, path_type=Path), metavar="FILE",
              help="Write what could not be read to FILE, as CSV with file, line, row and reason.")  # fmt: skip
def load(reject_report: Path | None) -> None:
    """Load the shipped case; loading again changes nothing.

    Applies the schema first. What could not be read is counted, and listed in the reject report.
    """
    with _opened(reject_report) as report:
        loaded = with_graph(apply_and_load)
        click.echo(in_words(loaded))
        if report is not None:
            write_report(loaded.rejects, report)
        elif loaded.rejects:
            say("`foedus load --reject-report FILE` lists what was left out, with file, line and reason.")


async def apply_and_load(graph: Graph) -> Loaded:
    """Apply the schema, then write what foedus ships, telling how far it is."""
    await schema.apply(graph.database)
    return await load_shipped(graph.writer, progress=say)


def in_words(loaded: Loaded) -> str:
    """Say what became of a load."""
    created, corrected, unchanged = (
        sum(getattr(receipt, what) for receipt in loaded.receipts) for what in ("created", "corrected", "unchanged")
    )
    return f"{created} created, {corrected} corrected, {unchanged} unchanged, {len(loaded.rejects)} left out."


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO | None]:
    """Open the report before anything is written, so that a load does not end with a file that cannot be had."""
    if path is None:
        yield None
        return
    try:
        file = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from None
    with file:
        yield file


@click.command("check", short_help="Check the database and the shipped data.")
@click.option("--mend", is_flag=True, help="Derive anew what does not follow from the facts.")
@click.pass_context
def check(ctx: click.Context, mend: bool) -> None:
    """Check the database and the shipped data; exit code 1 when something is wrong.

    The schema is complete, every derived relationship follows from the facts and none is missing, the text of every
    saved question passes the gate on this schema and this Neo4j, and the shipped records fit together.
    """
    if mend:
        receipt = with_graph(_mended)
        click.echo(f"{receipt.derived_opened} derived relationships opened, {receipt.derived_closed} closed.")
    found = [*with_graph(_faults), *find_faults(shipped_records()[0]).sentences()]
    for fault in found:
        click.echo(fault)
    if found:
        say("`foedus schema --apply` makes what the schema lacks, `foedus check --mend` derives anew.")
        ctx.exit(FAILED)
    click.echo("The schema is complete, what is derived follows from the facts, and the shipped records fit together.")


async def _mended(graph: Graph) -> Receipt:
    return await graph.writer.rebuild()


async def _faults(graph: Graph) -> list[str]:
    compared = await schema.compared(graph.database)
    missing = [f"The schema lacks {name}." for name in compared.missing]
    missing += [f"The schema has {one} in the way of {name}." for name, one in compared.in_the_way.items()]
    surplus, lacking = await graph.writer.underived()
    derived = [f"{surplus} derived relationships follow from no fact."] if surplus else []
    derived += [f"{lacking} derived relationships are missing."] if lacking else []
    # Where the schema is not whole, that is what is wrong with them too.
    broken = [] if missing else await graph.saved.check_all()
    return [*missing, *derived, *(f"The saved question {one.name} is broken: {' '.join(one.broken)}" for one in broken)]


@click.command("schema", short_help="List what the schema lacks, or make it.")
@click.option("--apply", is_flag=True, help="Make what is missing.")
def show_schema(apply: bool) -> None:
    """List the constraints and indexes that the database lacks; exit code 1 when it lacks some.

    What has the name of one and is about something else is in its way: it is named, and has to be dropped by hand.
    """
    compared = with_graph(_applied if apply else _compared)
    for name in sorted({*compared.missing, *compared.in_the_way}):
        click.echo(name)
    if error := compared.error():
        raise error
    click.echo(f"All {len(schema.expected())} constraints and indexes are there.")


async def _compared(graph: Graph) -> schema.Compared:
    return await schema.compared(graph.database)


async def _applied(graph: Graph) -> schema.Compared:
    await schema.apply(graph.database)
    return await schema.compared(graph.database)
