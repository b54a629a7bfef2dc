"""How far an import is: a bar on a terminal, else a line every few seconds, on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from seed.importing.put import Told
from service.commands.common import say

EVERY_SECONDS = 5.0
Tell = Callable[[Told], None]


@contextmanager
def progress(name: str) -> Iterator[Tell]:
    """Show how far the import of a data set is while it goes on."""
    if sys.stderr.isatty():
        with _bar(name) as tell:
            yield tell
    else:
        yield _lines(name)


@contextmanager
def _bar(name: str) -> Iterator[Tell]:
    columns = (TextColumn(name), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda told: bar.update(task, completed=told.rows, total=told.of)


def _lines(name: str) -> Tell:
    last = monotonic()

    def tell(told: Told) -> None:
        nonlocal last
        if monotonic() - last >= EVERY_SECONDS:
            last = monotonic()
            say(f"{name}: {told.rows:,} of {told.of:,} rows, {told.records:,} records.")

    return tell
