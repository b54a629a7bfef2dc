"""`foedus export`: the graph, or what an answer rests on, as a package of files; and a table of dyad-years."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace as changed
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import click
from pydantic import BaseModel

from graph.days import InForce
from graph.dyads import FIRST_YEAR, SUREST_FIRST, Wanted
from graph.errors import ConflictError, NotFoundError
from graph.graph import Graph
from graph.model import Record
from graph.outgoing import Outgoing
from graph.parameters import LARGEST_LIMIT, read_parameters
from graph.provenance import named_anywhere
from graph.types import Instant
from seed.package.dyad_table import PARQUET, write_dyad_years
from seed.package.place import pack, placed
from seed.package.writing import Contents, write_package
from service.answers import to_csv
from service.commands.common import BadInput, Commands, ended_by_sigterm, say, with_graph
from service.permalink import permalink

ZIP = ".zip"
PACKAGE = "package"


class Exporting(Commands):
    """A group whose first word is a form, or else the place of a package: `foedus export FOLDER`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what names no form for the arguments of a package."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [PACKAGE, *args]
        return super().parse_args(ctx, args)


_REPLACE = click.option("--replace", is_flag=True, help="Replace what is there already.")
_KNOWN_AT = click.option("--known-at", metavar="INSTANT", help="State of knowledge to export. [the newest]")


@click.group("export", cls=Exporting, short_help="Write the graph, or a part of it, to files.")
def export() -> None:
    """Write the graph to files: a package (`foedus export FOLDER`), or a table of dyad-years.

    \b
    foedus export graph.zip
    foedus export article-4 --answer 'commitments_between_states?bearer=PRK&beneficiary=RUS&on=2024-12-04'
    foedus export dyad-years alliances.csv --from 1945 --until 2018
    """


@export.command(PACKAGE, short_help="Everything, or what an answer rests on; `foedus export FOLDER` is the same.")
@click.argument("target", type=click.Path(path_type=Path), metavar="FOLDER|FILE.zip")
@click.option("--answer", metavar="NAME?PARAMETERS",
              help="Only what an answer rests on: its permalink, or a question with its parameters.")  # fmt: skip
@_KNOWN_AT
@_REPLACE
def export_package(target: Path, answer: str | None, known_at: str | None, replace: bool) -> None:
    """Write every record and all that is derived to FOLDER or FILE.zip, as CSV and JSON-LD.

    It is one state of knowledge, the newest or that of --known-at: earlier versions, withdrawn records and who wrote
    them stay behind, as do keys, saved questions and erasures. `foedus import package` makes an equal graph of it.
    With --answer it is the facts that the rows of an answer rest on, and all that these name.
    """

    async def work(graph: Graph) -> None:
        with placed(target, replace=replace) as made:
            is_zip = target.suffix.lower() == ZIP
            folder = made.with_name("folder") if is_zip else made
            contents = await _contents(graph, answer, known_at)
            erasures = graph.revision.erasures
            manifest = await write_package(folder, contents, say)
            await graph.revision.known_at(contents.known_at)
            if graph.revision.erasures != erasures:
                raise ConflictError("Something was erased while this was written.", "Export it again.")
            if is_zip:
                pack(folder, made)
        click.echo(f"{len(manifest.files)} files as known at {manifest.known_at} in {target}.")

    ended_by_sigterm()
    with_graph(work)


@export.command("dyad-years", short_help="Who was bound to whom in which year, as CSV or Parquet.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.csv|FILE.parquet")
@click.option("--by-agreement", is_flag=True, help="A row for each agreement by itself.")
@click.option("--from", "first", type=click.IntRange(1, 9999), metavar="YEAR", default=FIRST_YEAR, show_default=True,
              help="First year.")  # fmt: skip
@click.option("--until", "last", type=click.IntRange(1, 9999), metavar="YEAR",
              help="Last year. [that of the state of knowledge]")  # fmt: skip
@click.option("--least", type=click.Choice([str(one) for one in SUREST_FIRST]), default=str(InForce.PRESUMED),
              show_default=True, help="How sure it must be that something is owed, for it to count.")  # fmt: skip
@click.option("--political", is_flag=True, help="Count what binds politically, or is contested, as well.")
@_KNOWN_AT
@_REPLACE
def export_dyad_years(
    file: Path, first: int, last: int | None, least: str, known_at: str | None, **flags: bool
) -> None:
    """Write directed dyad-years to FILE: bearer, beneficiary, year, and which of five obligations the one owed.

    A year counts when both are bound on one same day of it. What nobody says has ended is presumed to go on, up to the
    last year; `--least definite` stops where the sources stop. docs/export.md tells how to read it in R, Stata and
    pandas.
    """
    if file.suffix.lower() not in {".csv", PARQUET}:
        raise BadInput(f"{file} ends neither in .csv nor in {PARQUET}, so its form is not known.")

    async def work(graph: Graph) -> None:
        instant = await _instant(graph, known_at)
        wanted = Wanted(instant, first, last or instant.year, InForce(least), flags["political"], flags["by_agreement"])
        if wanted.first > wanted.last:
            raise BadInput(f"There is no year from {wanted.first} until {wanted.last}.")
        with placed(file, replace=flags["replace"]) as made:
            parquet = file.suffix.lower() == PARQUET
            rows = await write_dyad_years(made, graph.database, wanted, parquet=parquet)
        click.echo(f"{rows} dyad-years from {wanted.first} until {wanted.last} in {file}.")

    ended_by_sigterm()
    with_graph(work)


async def _contents(graph: Graph, answer: str | None, known_at: str | None) -> Contents:
    if answer is not None:
        return await _of_answer(graph, answer, known_at)
    outgoing = Outgoing(graph.database, await _instant(graph, known_at))
    return Contents(outgoing.known_at, outgoing.records(), outgoing.pieces())


async def _of_answer(graph: Graph, address: str, known_at: str | None) -> Contents:
    """Return what an answer rests on, with its rows and the address that asks for it again."""
    parts = urlsplit(address)
    question = graph.catalog.find(parts.path.rsplit("/", 1)[-1])
    pairs = [(name, text) for name, text in parse_qsl(parts.query, keep_blank_values=True) if name != "format"]
    asked = read_parameters(question.parameters, [*pairs, *([("known_at", known_at)] if known_at else [])])
    await graph.revision.recorded()
    understood = await graph.reader.understand(question, asked)
    if "limit" not in asked.model_fields_set:
        understood = changed(understood, limit=LARGEST_LIMIT)
    answer = await graph.reader.answer(understood)
    if not answer.rows:
        raise NotFoundError("That answer has no rows, so it rests on nothing.", "`foedus ask` shows it.")
    if answer.truncated:
        say(f"The answer has more than {len(answer.rows)} rows; the package is of these.")
    records = await Outgoing(graph.database, answer.known_at).reached(named_anywhere(answer.question, answer.rows))
    told = {
        "question": question.name,
        "asked": dict(answer.again),
        "permalink": permalink(question, answer.again),
        "rows": len(answer.rows),
        "truncated": answer.truncated,
    }
    return Contents(answer.known_at, _one_page(records), answer=told, more={"answer.csv": to_csv(answer)})


async def _one_page(records: Sequence[Record]) -> AsyncIterator[Sequence[Record]]:
    yield records


class _Told(BaseModel):
    known_at: Instant | None = None


async def _instant(graph: Graph, text: str | None) -> datetime:
    """Return the state of knowledge that is asked for, and no later one than there is."""
    newest = await graph.revision.recorded()
    told = read_parameters(_Told, [("known_at", text)] if text is not None else [])
    return min(newest, told.known_at or newest)
