"""An answer as a person reads it in a terminal: a table, or one block a row where a table would not fit."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from graph.coverage import EmptyMeans
from graph.understood import Answer
from service.answers import as_text
from service.texts import harmless

# A column narrower than this breaks words into pieces.
NARROWEST = 16


def print_table(answer: Answer) -> None:
    """Print the rows and, below them, how many they are and what they are about."""
    console = print_rows(answer.question.columns, answer.rows)
    for line in summary(answer):
        # Not wrapped, so that what is to be copied stays in one piece.
        console.print(Text(line), soft_wrap=True)


def print_rows(columns: list[str], rows: list[list[Any]]) -> Console:
    """Print rows, and return the console for what is to stand below them."""
    console = Console(highlight=False, soft_wrap=False)
    cells = [[_lines(value) for value in row] for row in rows]
    if cells and _fits(console, columns, cells):
        console.print(table_of(columns, cells))
    else:
        for number, row in enumerate(cells, 1):
            console.print(_block(number, columns, row))
    return console


def _lines(value: Any) -> str:
    """Write a value on one line, and of a list of what belongs together each on its own."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "\n".join(harmless(as_text(one)) for one in value)
    return harmless(as_text(value))


def table_of(columns: list[str], cells: list[list[str]]) -> Table:
    """Return a table of these cells, with nothing drawn around them."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(Text(harmless(name)), overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    return table


def _fits(console: Console, columns: list[str], cells: list[list[str]]) -> bool:
    """Return whether every column can have its natural width, or one in which words stay whole."""
    widths = []
    for name, values in zip(columns, zip(*cells, strict=True), strict=True):
        natural = max(
            Measurement.get(console, console.options, Text(text)).maximum for text in (harmless(name), *values)
        )
        widths.append(max(len(name), min(natural, NARROWEST)))
    return sum(widths) + 2 * len(widths) <= console.width


def _block(number: int, columns: list[str], row: list[str]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, title=f"-- {number}", title_justify="left")
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in zip(columns, row, strict=True):
        if text:
            table.add_row(Text(harmless(name)), Text(text))
    return table


def summary(answer: Answer) -> Iterator[str]:
    """Say how many rows there are, for which day and from which state of knowledge, and how to get more."""
    rows = len(answer.rows)
    count = {0: "No rows", 1: "1 row"}.get(rows, f"{rows} rows")
    day = f" on {answer.on}" if answer.on else ""
    since = f", compared with {_then(answer)}" if answer.against else ""
    yield f"{count}{day}, as known at {as_text(answer.known_at)}{since}."
    if not answer.rows and not answer.against and answer.covered.empty_means is EmptyMeans.NOT_COVERED:
        yield "That need not mean none: no source recorded here says that it covers this."
    if answer.next:
        yield f"There are more: add --after {answer.next}"


def _then(answer: Answer) -> str:
    """Say with what an answer is compared: the day, the state of knowledge, or both where both are others."""
    then = answer.against
    assert then is not None  # noqa: S101 - the caller has looked
    day = [str(then.on)] if then.on != answer.on else []
    known = [f"what was known at {as_text(then.known_at)}"] if then.known_at != answer.known_at else []
    return " by ".join(day + known) or "itself"
