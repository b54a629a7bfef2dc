"""`foedus check`: a report on the quality of the graph, in a terminal or for a program.

What Cypher counts is in `graph/looking.py`; here are what else must be right (the schema, what is derived, saved
questions, the shipped records) and the forms of the report.
"""

import csv
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import click
import orjson
from rich.console import Console

from graph import schema
from graph.database import Database
from graph.graph import Graph
from graph.looking import Looking, TimeLeft
from graph.model.changes import Receipt
from graph.quality import Count, Coverage, Part, Reach, Row
from graph.types import written_instant
from graph.writer import Writer
from seed.check import find_faults
from seed.load import shipped_records
from service.commands.common import FAILED, say, with_graph
from service.table import print_rows

TABLE, JSON, CSV = "table", "json", "csv"
COVERAGE = "coverage"
PARTS = (*(str(part) for part in Part), COVERAGE)
ALL_IS_WELL = "The schema is complete, what is derived follows from the facts, and the shipped records fit together."
SOURCES_IN_TABLE = 30
_CSV_HEADER = ("part", "name", "number", "more", "key", "says")

SCHEMA = Count(
    Part.MUST_BE_ZERO, "missing_from_schema", "Constraints and indexes that are missing, or have others in their way."
)
UNFOUNDED = Count(Part.MUST_BE_ZERO, "derived_from_nothing", "Derived relationships that do not follow from the facts.")
UNDERIVED = Count(Part.MUST_BE_ZERO, "not_derived", "Derived relationships that follow from the facts and are missing.")
SAVED = Count(
    Part.MUST_BE_ZERO, "broken_saved_questions", "Saved questions that do not pass the gate on this schema and Neo4j."
)
SHIPPED = Count(Part.MUST_BE_ZERO, "faults_of_shipped_records", "Records foedus ships that do not fit together.")

_SCHEMA_FIRST = "The schema is not whole, and until it is nothing else is looked at."
_WAYS_OUT = {
    "`foedus schema --apply` makes what the schema lacks.": {SCHEMA.name},
    "`foedus check --mend` derives anew.": {UNFOUNDED.name, UNDERIVED.name},
}


@dataclass(frozen=True)
class Report:
    """What was found, as it was known at an instant; the coverage is None where it was not asked for."""

    known_at: datetime
    counts: Sequence[Count]
    coverage: Coverage | None

    @property
    def faults(self) -> list[Count]:
        """The counts that must be zero and are not, or may not be."""
        return [one for one in self.counts if one.is_fault]

    @property
    def unlooked(self) -> list[str]:
        """What nobody looked at, a sentence for each reason."""
        by_reason: dict[str, list[str]] = {}
        for one in self.counts:
            if one.unlooked:
                by_reason.setdefault(one.unlooked, []).append(one.name)
        if self.coverage and self.coverage.unlooked:
            by_reason.setdefault(self.coverage.unlooked, []).append(COVERAGE)
        return [f"Not looked at: {', '.join(names)}. {reason}" for reason, names in by_reason.items()]

    @property
    def hints(self) -> list[str]:
        """The ways out of the faults that have one."""
        return [
            hint for hint, names in _WAYS_OUT.items() if any(one.number and one.name in names for one in self.counts)
        ]


@click.command("check", short_help="Report on the quality of the graph.")
@click.option("--mend", is_flag=True, help="First derive anew what does not follow from the facts.")
@click.option("--part", "parts", multiple=True, type=click.Choice(PARTS), help="Only this part. [may be repeated]")
@click.option("--rows", default=5, show_default=True, type=click.IntRange(0, 1_000),
              help="So many rows of each count, the worst first.")  # fmt: skip
@click.option("--seconds", default=300.0, show_default=True, type=click.FloatRange(0),
              help="Longest time for all counts; what is not looked at in it is told.")  # fmt: skip
@click.option("--format", "form", type=click.Choice([TABLE, JSON, CSV]), default=TABLE, show_default=True,
              help="Form of the report.")  # fmt: skip
@click.pass_context
def check(ctx: click.Context, /, mend: bool, form: str, **wanted: Any) -> None:
    """Report on the quality of the graph; exit code 1 when a count that must be zero is not, or was not looked at.

    Counts that must be zero, of what cannot be right; counts worth a look, of what sources say, odd as it is; and how
    many facts each source states, by the year they speak of. JSON and CSV have every year, the table decades.
    """
    if mend:
        receipt = with_graph(_mended)
        say(f"{receipt.derived_opened} derived relationships opened, {receipt.derived_closed} closed.")
    with _progress() as tell:
        report = with_graph(partial(_report, tell=tell, **wanted))
    _FORMS[form](report)
    for sentence in report.unlooked:
        say(sentence)
    for hint in report.hints:
        say(hint)
    if report.faults:
        ctx.exit(FAILED)


async def _mended(graph: Graph) -> Receipt:
    return await graph.writer.rebuild()


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Show what is being looked at, where somebody watches."""
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    with Console(stderr=True).status("") as status:
        yield lambda name: status.update(f"{name.replace('_', ' ')} …")


async def _report(
    graph: Graph, *, parts: Collection[str], rows: int, seconds: float, tell: Callable[[str], None]
) -> Report:
    known_at = await graph.revision.known_at()
    missing = await _lacking(graph.database)
    counts = [replace(SCHEMA, number=len(missing), rows=missing[:rows])]
    if missing:
        # Whatever else is wrong may be so for that, and without indexes looking takes long.
        return Report(known_at, counts, Coverage(unlooked=_SCHEMA_FIRST))
    looking, parts = Looking(graph.database, known_at, rows, TimeLeft(seconds), tell), parts or PARTS
    if Part.MUST_BE_ZERO in parts:
        counts += [await looking.counted(SAVED, partial(_saved, graph)), await looking.counted(SHIPPED, _shipped)]
    for part in Part:
        counts += await looking.counts(part) if part in parts else []
    coverage = await looking.coverage() if COVERAGE in parts else None
    if Part.MUST_BE_ZERO in parts:
        # Last, since it takes longest and holds up all who write.
        counts += await _derived(graph, looking)
    return Report(known_at, sorted(counts, key=lambda one: list(Part).index(one.part)), coverage)


async def _lacking(database: Database) -> list[Row]:
    found = await schema.compared(database)
    missing = [Row(name, f"The schema lacks {name}.") for name in found.missing]
    return missing + [
        Row(name, f"The schema has {one} in the way of {name}.") for name, one in found.in_the_way.items()
    ]


async def _saved(graph: Graph, _: Database) -> list[Row]:
    broken = await graph.saved.check_all()
    return [Row(one.name, f"The saved question {one.name} is broken: {' '.join(one.broken)}") for one in broken]


async def _shipped(_: Database) -> list[Row]:
    return [Row("", fault) for fault in find_faults(shipped_records()[0]).sentences()]


async def _derived(graph: Graph, looking: Looking) -> list[Count]:
    """Derive all anew beside what there is, and count what differs."""
    found, unlooked = await looking.in_time(
        "derived relationships", lambda database: Writer(database, graph.revision).underived()
    )
    if found is None:
        return [replace(one, unlooked=unlooked) for one in (UNFOUNDED, UNDERIVED)]
    surplus, lacking = found
    return [
        _number(UNFOUNDED, surplus, f"{surplus} derived relationships follow from no fact."),
        _number(UNDERIVED, lacking, f"{lacking} derived relationships are missing."),
    ]


def _number(what: Count, number: int, sentence: str) -> Count:
    return replace(what, number=number, rows=(Row("", sentence),) if number else ())


def _print_table(report: Report) -> None:
    for part in Part:
        counts = [one for one in report.counts if one.part is part]
        if not counts:
            continue
        _title(part.about)
        print_rows(["number", "name", "about"], [[_written(one), one.name, one.about] for one in counts])
        for one in counts:
            if one.rows:
                _title(f"{one.name}, {len(one.rows)} of {_written(one)}")
                print_rows(["key", "says"], [[row.key, row.says] for row in one.rows])
    if report.coverage and not report.coverage.unlooked:
        _print_coverage(report.coverage)
    click.echo()
    click.echo(f"As known at {written_instant(report.known_at)}. {_verdict(report)}".rstrip())


def _print_coverage(coverage: Coverage) -> None:
    """Print the sources that state most; there may be one for each agreement."""
    _title("Coverage: facts by source, and by the decade of the day they speak of")
    largest = sorted(coverage.sources, key=lambda one: -one.facts)[:SOURCES_IN_TABLE]
    print_rows(
        ["source", "facts", "first", "last", "decades"],
        [[one.source, one.facts, one.first or "", one.last or "", _decades(one)] for one in largest],
    )
    if more := len(coverage.sources) - len(largest):
        click.echo(f"{more} more sources are in `--format json` and `--format csv`.")


def _title(text: str) -> None:
    click.echo()
    click.secho(text, bold=True)


def _written(count: Count) -> str:
    if count.number is None:
        return "?"
    return f"{count.number} or more" if count.more else str(count.number)


def _decades(reach: Reach) -> str:
    """Write how many facts speak of each decade."""
    decades: dict[int, int] = {}
    for year, facts in reach.years.items():
        decades[year // 10 * 10] = decades.get(year // 10 * 10, 0) + facts
    told = [f"{decade}s {facts}" for decade, facts in sorted(decades.items())]
    return ", ".join(told + ([f"no day {reach.undated}"] if reach.undated else []))


def _verdict(report: Report) -> str:
    wrong = [one.name for one in report.faults if one.number is not None]
    unseen = [one.name for one in report.faults if one.number is None]
    told = [f"Must be zero and is not: {', '.join(wrong)}."] if wrong else []
    told += [f"Must be zero and was not looked at: {', '.join(unseen)}."] if unseen else []
    return " ".join(told) or (ALL_IS_WELL if any(one.name == UNDERIVED.name for one in report.counts) else "")


def _print_json(report: Report) -> None:
    told = orjson.dumps(asdict(report), option=orjson.OPT_NON_STR_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z)
    click.echo(told)


def _print_csv(report: Report) -> None:
    """Print a line for each count and below it one for each of its rows; of a source one for each year."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_CSV_HEADER)
    for one in report.counts:
        writer.writerow((one.part, one.name, one.number, str(one.more).lower(), "", one.unlooked or one.about))
        writer.writerows((one.part, one.name, "", "", row.key, row.says) for row in one.rows)
    for source in report.coverage.sources if report.coverage else ():
        writer.writerows(("coverage", source.source, facts, "false", year, "") for year, facts in source.years.items())
        if source.undated:
            writer.writerow(("coverage", source.source, source.undated, "false", "", "They speak of no known day."))


_FORMS: dict[str, Callable[[Report], None]] = {TABLE: _print_table, JSON: _print_json, CSV: _print_csv}
