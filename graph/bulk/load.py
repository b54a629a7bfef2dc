"""Loads parcels of records into an empty data folder: tables, import tool, schema; all of it or nothing.

The folder is built beside its place and moved there at the end, so that no half-filled one is ever seen. What is loaded
is what a writer would have recorded in one change set, but for the digest of the change set.
"""

import asyncio
import os
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from rich.console import Console

from graph import schema
from graph.bulk.rows import Rows, write_house
from graph.bulk.tables import BETWEEN_ITEMS, Tables, arguments
from graph.catalog import NO_QUESTIONS
from graph.database import translated, unhurried
from graph.derive import derive
from graph.errors import LocalServerError
from graph.graph import Graph, open_graph
from graph.local.fetch import fetch
from graph.local.importing import import_files, make_room
from graph.local.server import LocalNeo4j
from graph.model import LABELS, Record
from graph.model.changes import Outcome, Receipt
from graph.model.facts import Succession
from graph.model.stored import list_properties
from graph.revision import OPEN_UNTIL
from graph.settings import Settings
from graph.statements import statement
from graph.units import units

AT_ONCE = 100
"""Parcels that one process makes before it tells how far it is."""
LEAST_HEAP_MB, LEAST_PAGE_CACHE_MB = 2048, 1024


@dataclass(frozen=True)
class Parcel:
    """Records that are derived from together; `successions` are recorded elsewhere and count for them."""

    records: Sequence[Record]
    successions: Sequence[Succession] = ()


MakesParcel = Callable[[], Parcel]
"""Makes a parcel in whatever process it is called, so it must be one that can be pickled."""


def load(
    settings: Settings, parcels: Sequence[MakesParcel], *, author: str, reason: str, progress: Callable[[str], None]
) -> Receipt:
    """Load everything into `settings.data`, which must be missing or empty, and return what was written.

    Raises LocalServerError when it is not, or when loading fails; nothing stays behind then.
    """
    target = settings.data.expanduser().absolute()
    make_room(target)
    installation = fetch(settings, Console(stderr=True, soft_wrap=True, markup=False, highlight=False))
    recorded_at = datetime.now(UTC)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as place:
            tables, data = Path(place) / "tables", Path(place) / "data"
            tables.mkdir()
            receipt = _write_tables(tables, parcels, recorded_at, progress)
            body = f"{author}: {reason}"
            change_set = {"author": author, "reason": reason, "body": body, "answer": Outcome(receipt).kept()}
            _write_house(tables, change_set, recorded_at)
            built = settings.model_copy(update={"data": data})
            progress("Neo4j's import tool reads the tables.")
            import_files(built, installation, tables, arguments(tables), BETWEEN_ITEMS)
            _remove(tables)
            progress("Constraints and indexes are made.")
            asyncio.run(_finished(built))
            _move(data, target)
    except OSError as error:
        raise LocalServerError(
            f"The graph could not be loaded into {target}: {error.strerror}.",
            "A million commitments take 20 GB of room while they are loaded, and 10 GB afterwards.",
        ) from error
    return receipt


def _write_tables(
    folder: Path, parcels: Sequence[MakesParcel], recorded_at: datetime, progress: Callable[[str], None]
) -> Receipt:
    """Write all parcels on all processors, and count what was written."""
    things = derived = done = told = 0
    for some, (more_things, more_derived) in _in_processes(folder, parcels, recorded_at):
        things, derived, done = things + more_things, derived + more_derived, done + some
        if (percent := 100 * done // len(parcels)) >= told + 10:
            told = percent
            progress(f"{percent} % of the records are made: {things:,}, from which {derived:,} relationships follow.")
    return Receipt(recorded_at, created=things, derived_opened=derived)


def _in_processes(
    folder: Path, parcels: Sequence[MakesParcel], recorded_at: datetime
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield (parcels, (records, derived relationships)) as they are written."""
    pool = ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=_left_to_the_owner)
    batches = [parcels[i : i + AT_ONCE] for i in range(0, len(parcels), AT_ONCE)]
    try:
        sizes: dict[Future[tuple[int, int]], int] = {
            pool.submit(_write_some, folder, batch, recorded_at): len(batch) for batch in batches
        }
        for future in as_completed(sizes):
            yield sizes[future], future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _left_to_the_owner() -> None:
    """Leave Ctrl-C to the process that owns this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _write_some(folder: Path, parcels: Iterable[MakesParcel], recorded_at: datetime) -> tuple[int, int]:
    tables = Tables(folder)
    rows = Rows(tables, recorded_at, OPEN_UNTIL)
    things = derived = 0
    for make in parcels:
        parcel = make()
        for record in parcel.records:
            rows.record(record)
        things += len(parcel.records)
        for unit, facts in units(parcel.records, parcel.successions).items():
            for piece in derive(unit, facts):
                rows.piece(piece)
                derived += 1
    tables.flush()
    return things, derived


def _write_house(folder: Path, change_set: dict[str, Any], recorded_at: datetime) -> None:
    tables = Tables(folder)
    write_house(tables, change_set, recorded_at)
    tables.flush()


def _remove(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


async def _finished(settings: Settings) -> None:
    """Start the server for the first time, set what the import tool cannot, and apply the schema."""
    roomy = settings.model_copy(
        update={
            "heap_mb": max(settings.heap_mb, LEAST_HEAP_MB),
            "page_cache_mb": max(settings.page_cache_mb, LEAST_PAGE_CACHE_MB),
        }
    )
    with LocalNeo4j(roomy) as server:
        async with open_graph(roomy, server.uri, server.user, server.password, NO_QUESTIONS) as graph:
            await _set_empty_lists(graph)
            await schema.apply(graph.database)


async def _set_empty_lists(graph: Graph) -> None:
    lists = [{"label": label, "name": name} for label, model in LABELS.items() for name in list_properties(model)]
    with translated():
        async with graph.database.writing() as session:
            await (await session.run(unhurried(statement("bulk/lists")), lists=lists)).consume()
            await (await session.run(unhurried(statement("bulk/awaits")))).consume()


def _move(data: Path, target: Path) -> None:
    if target.exists():
        target.rmdir()
    data.rename(target)
