"""`foedus load` and `foedus schema`: what foedus ships into the database, and what that lacks to hold it."""

from functools import partial
from pathlib import Path
from time import monotonic

import click

from graph import schema
from graph.catalog import NO_QUESTIONS
from graph.graph import Graph
from graph.settings import Settings
from seed.data_sets import DATA_SETS
from seed.load import Loaded, load_shipped
from seed.rejects import Reject, write_report
from service.commands.common import BadInput, counted, read_settings, say, with_graph
from service.commands.importing import anew, bring_in, in_words, opened, see_that_whole
from service.loading import SHIPPED

_SHIPPED_DATA_SETS = tuple(name for name, one in DATA_SETS.items() if one.shipped)


@click.command("load", short_help="Load what foedus ships.")
@click.argument("parts", nargs=-1, type=click.Choice([SHIPPED, *_SHIPPED_DATA_SETS]))
@click.option("--reject-report", type=click.Path(dir_okay=False, writable=True, path_type=Path), metavar="FILE",
              help="Write what was left out to FILE, as CSV with file, line, row and reason.")  # fmt: skip
def load(parts: tuple[str, ...], reject_report: Path | None) -> None:
    """Load what foedus ships, or PARTS of it; loading again changes nothing.

    `shipped` is the case, and the world's states and officials; the others are data sets, which FOEDUS_DATA_SETS names
    when no parts are. Applies the schema first. What was left out is counted, and listed in the reject report.
    """
    chosen = parts or (SHIPPED, *known_data_sets(read_settings()))
    with opened(reject_report) as report:
        rejects = list[Reject]()
        for part in chosen:
            rejects += _loaded(part)
        if report is not None:
            write_report(rejects, anew(report))
        elif rejects:
            say("`foedus load --reject-report FILE` lists what was left out, with file, line and reason.")


def known_data_sets(settings: Settings) -> tuple[str, ...]:
    """Return the data sets that the settings name. Raises BadInput for one that foedus does not bring along."""
    if unknown := sorted(set(settings.data_sets) - {*_SHIPPED_DATA_SETS}):
        raise BadInput(f"FOEDUS_DATA_SETS: there is no {unknown[0]!r}; there are {', '.join(_SHIPPED_DATA_SETS)}.")
    return tuple(settings.data_sets)


def _loaded(part: str) -> list[Reject]:
    """Load a part, say what became of it, and return what was left out."""
    if part == SHIPPED:
        loaded = with_graph(apply_and_load)
        click.echo(f"{counted(loaded.receipts)}, {len(loaded.rejects)} left out.")
        return list(loaded.rejects)
    begun = monotonic()
    done = with_graph(partial(bring_in, data_set=DATA_SETS[part], files=DATA_SETS[part].shipped), NO_QUESTIONS)
    for line in in_words(done, monotonic() - begun):
        click.echo(line)
    see_that_whole(done)
    return [*done.rejects, *done.left_out.values()]


async def apply_and_load(graph: Graph) -> Loaded:
    """Apply the schema, then write what foedus ships, telling how far it is."""
    await schema.apply(graph.database)
    return await load_shipped(graph.writer, progress=say)


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
