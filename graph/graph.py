"""Everything that one process needs of one database, opened and closed together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from graph.catalog import Catalog
from graph.database import Database, open_database
from graph.erasing import Eraser
from graph.feed import Feed
from graph.guard import Guard
from graph.keys import Keys
from graph.queries import Queries
from graph.reader import Reader
from graph.recorded import Records
from graph.revision import Revision
from graph.saved import SavedQuestions
from graph.settings import Settings
from graph.writer import Writer


@dataclass(frozen=True)
class Graph:
    """An open graph: reader and writer, records by key, the feed, the keys, and the instant up to which it is known."""

    database: Database
    catalog: Catalog
    revision: Revision
    reader: Reader
    writer: Writer
    records: Records
    feed: Feed
    keys: Keys
    eraser: Eraser
    queries: Queries
    saved: SavedQuestions


@asynccontextmanager
async def open_graph(
    settings: Settings, uri: str, user: str, password: str, catalog: Catalog | None = None
) -> AsyncIterator[Graph]:
    """Connect, and close again at the end. Raises DatabaseAwayError when the server does not answer."""
    async with await open_database(settings, uri, user, password) as database:
        catalog = Catalog.load() if catalog is None else catalog
        revision = Revision(database, settings.known_at_ms)
        reader = Reader(database, catalog, revision)
        writer, eraser = Writer(database, revision), Eraser(database, revision)
        records, feed, keys = Records(database), Feed(database), Keys(database)
        queries = Queries(database, Guard(database), revision, settings)
        yield Graph(
            database,
            catalog,
            revision,
            reader,
            writer,
            records,
            feed,
            keys,
            eraser,
            queries,
            SavedQuestions(database, catalog, queries),
        )
