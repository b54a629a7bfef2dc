"""`foedus import`: data sets from files, those that foedus knows and a CSV of one's own, each row accounted for."""

import csv
import gc
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, TextIO

import click

from graph import schema
from graph.catalog import NO_QUESTIONS
from graph.graph import Graph
from seed.data_sets import DATA_SETS
from seed.importing.mapped import DataSet
from seed.importing.own_csv import own_data_set
from seed.importing.put import Imported, import_data_set
from seed.package.reading import load_package, read_package
from seed.rejects import write_report
from service.commands.common import BadInput, Commands, Failure, counted, say, with_graph
from service.progress import progress

_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)
_OPTIONS = (
    click.Option(["--dry-run"], is_flag=True, help="Say what would become of it, and write nothing."),
    click.Option(["--again"], is_flag=True, help="Look at each row although these very files were imported before."),
    click.Option(["--withdraw"], is_flag=True, help="Withdraw what is no longer in it, even more than a tenth."),
    click.Option(["--reject-report"], type=_FILE, metavar="FILE",
                 help="Write what is left out to FILE, as CSV with file, line, row and reason."),
    click.Option(["--merge-report"], type=_FILE, metavar="FILE",
                 help="Write the rows that say what others say to FILE, as CSV with file, line, row and into."),
)  # fmt: skip


@dataclass(frozen=True)
class Reports:
    """Where it is written what was left out and what was merged, if anywhere."""

    rejects: TextIO | None
    merges: TextIO | None

    def write(self, done: Imported) -> None:
        """Write both."""
        if self.rejects:
            write_report([*done.rejects, *done.left_out.values()], anew(self.rejects))
        if self.merges:
            rows = csv.writer(anew(self.merges), lineterminator="\n")
            rows.writerow(["file", "line", "row", "into"])
            rows.writerows((one.file, one.line, one.row, one.into) for one in done.merged)


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO | None]:
    """Open a report before anything is written, so that an import does not end with a file that cannot be had.

    What is in the file stays until `anew`, so that an import that fails leaves the report of the one before.
    """
    if path is None:
        yield None
        return
    try:
        file = path.open("a", encoding="utf-8", newline="")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from None
    with file:
        yield file


def anew(report: TextIO) -> TextIO:
    """Empty a report that is about to be written, and return it; what is no plain file has nothing to be emptied of."""
    if stat.S_ISREG(os.fstat(report.fileno()).st_mode):
        report.truncate(0)
    return report


@click.group("import", cls=Commands, short_help="Take in data sets from files.")
def take_in() -> None:
    """Take in data sets from files: a second time nothing changes, a newer edition corrects what changed.

    What a newer edition no longer has is withdrawn; earlier states of knowledge still show it. An import that was
    stopped is gone on with by the next. Every row is loaded, merged with another, or rejected with a reason.
    """


def import_files(
    data_set: DataSet,
    files: Sequence[Path],
    *,
    dry_run: bool,
    again: bool,
    withdraw: bool,
    reject_report: Path | None,
    merge_report: Path | None,
) -> None:
    """Import the files of a data set and say what became of each row."""
    _see_that_apart([*files, *filter(None, (reject_report, merge_report))])
    with ExitStack() as stack:
        reports = Reports(stack.enter_context(opened(reject_report)), stack.enter_context(opened(merge_report)))
        begun = monotonic()
        work = partial(bring_in, data_set=data_set, files=files, dry_run=dry_run, again=again, withdraw=withdraw)
        done = with_graph(work, NO_QUESTIONS)
        for line in in_words(done, monotonic() - begun, dry_run=dry_run):
            click.echo(line)
        reports.write(done)
        if done.rejects and not reject_report:
            say("--reject-report FILE lists what is left out, with file, line and reason.")
    see_that_whole(done)


def see_that_whole(done: Imported) -> None:
    """Raise Failure for an import that did not come to its end, or lost a row."""
    if done.withheld:
        raise Failure(
            f"{done.withheld:,} records are no longer in it, more than a tenth, and were not withdrawn. "
            "Is a file cut off? --withdraw withdraws them."
        )
    if lost := done.unaccounted():
        raise Failure("\n".join(f"{file}: {rows:+,} rows are not accounted for." for file, rows in lost.items()))


def _see_that_apart(paths: Sequence[Path]) -> None:
    """Raise BadInput where a report would be written over a file that is read, or over the other."""
    for path in paths:
        if sum(path.absolute() == other.absolute() for other in paths) > 1:
            raise BadInput(f"{path} is named twice.")


async def bring_in(
    graph: Graph,
    *,
    data_set: DataSet,
    files: Sequence[Path],
    dry_run: bool = False,
    again: bool = False,
    withdraw: bool = False,
) -> Imported:
    """Apply the schema, then import, telling how far it is."""
    # A hundred thousand records come and go; looked through as often as usual for what refers to itself, they take a
    # sixth longer.
    gc.freeze()
    gc.set_threshold(20_000)
    if not dry_run:
        await schema.apply(graph.database)
    with progress(data_set.name) as tell:
        return await import_data_set(graph, data_set, files, dry_run=dry_run, again=again, withdraw=withdraw, tell=tell)


def in_words(done: Imported, seconds: float, *, dry_run: bool = False) -> Iterator[str]:
    """Say what became of an import, in lines."""
    if done.current:
        yield f"{done.data_set}: these very files are there already; --again looks at each row all the same."
        return
    for file, rows in done.rows.items():
        loaded, merged, rejected = done.fates(file)
        yield f"{file}: {rows:,} rows = {loaded:,} loaded + {merged:,} merged + {rejected:,} rejected."
    yield from (f"{number:,} times: {what}" for what, number in sorted(done.noted.items()))
    counts = ", ".join(f"{done.count(what):,} {what}" for what in ("created", "corrected", "withdrawn", "unchanged"))
    derived = "" if dry_run else f" {done.count('derived_opened'):,} derived relationships opened."
    yield f"Records: {counts}.{derived} {seconds:.1f} s." + (" Nothing was written." if dry_run else "")
    if done.left_out:
        first = next(iter(done.left_out.values()))
        yield f"{len(done.left_out):,} records are left out, the first {first.row}: {first.reason}"
    if done.kept:
        yield f"{done.kept:,} records that are no longer in it are kept, since others name or state them."


@take_in.command("package", short_help="Take in what `foedus export` wrote.")
@click.argument("path", type=click.Path(path_type=Path), metavar="FOLDER|FILE.zip")
def import_package(path: Path) -> None:
    """Write the records of a package, and derive what follows from them.

    The package is checked as a whole first. What is recorded already is left alone, so that the same again changes
    nothing; into an empty graph it makes one that equals the one it came from, in its newest state of knowledge.
    """

    package = read_package(path)

    async def work(graph: Graph) -> None:
        await schema.apply(graph.database)
        receipts = await load_package(graph.writer, package, say)
        click.echo(f"{counted(receipts)}.")

    with_graph(work, NO_QUESTIONS)


def _command(data_set: DataSet) -> click.Command:
    """Return the command that imports a data set from its files, or from those that foedus brings along."""
    named = " ".join(data_set.files)

    def run(files: tuple[Path, ...], **options: Any) -> None:
        chosen = files or data_set.shipped
        if len(chosen) != len(data_set.files):
            hint = " Without any, those that foedus brings along are read." if data_set.shipped else ""
            raise BadInput(f"{data_set.name} needs {len(data_set.files)} files, in this order: {named}.{hint}")
        import_files(data_set, chosen, **options)

    shipped = " Without files, those that foedus brings along are read." if data_set.shipped else ""
    licence = f" Licence: {data_set.source.licence}." if data_set.source.licence else ""
    return click.Command(
        data_set.name,
        callback=run,
        help=f"Import {named}, plain or as .gz or .xz.{shipped}\n\n{data_set.source.title}.{licence}",
        short_help=data_set.source.title,
        params=[
            click.Argument(["files"], nargs=-1, type=click.Path(path_type=Path), metavar=f"[{named}]"),
            *_OPTIONS,
        ],
    )


def _own() -> click.Command:
    def run(file: Path, mapping: Path, **options: Any) -> None:
        import_files(own_data_set(mapping), (file,), **options)

    return click.Command(
        "csv",
        callback=run,
        short_help="A CSV file of one's own, by a mapping.",
        help="Import FILE.csv as the mapping says, a small TOML file that docs/importing.md describes.",
        params=[
            click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE.csv"),
            click.Option(["--mapping"], required=True, type=click.Path(path_type=Path), metavar="MAPPING.toml",
                         help="Which records the rows become."),
            *_OPTIONS,
        ],
    )  # fmt: skip


for _one in (*map(_command, DATA_SETS.values()), _own()):
    take_in.add_command(_one)
