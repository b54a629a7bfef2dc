"""Asks questions whose texts somebody else wrote: as the catalogue's are asked, and each time through the guard."""

from dataclasses import replace
from typing import Any

import orjson

from graph.catalog import Catalog, Question
from graph.database import Database
from graph.errors import FoedusError, QueryFailedError
from graph.plain import plain
from graph.queries import Queries, tell
from graph.reader import Reader


class GuardedReader(Reader):
    """Reads as the catalogue's reader does, and lets each text through the guard before."""

    def __init__(self, database: Database, catalog: Catalog, queries: Queries) -> None:
        super().__init__(replace(database, seconds=queries.seconds), catalog, queries.revision)
        self._queries = queries

    async def _run(self, question: Question, values: dict[str, Any]) -> list[list[Any]]:
        await self._queries.see_that_allowed(question, values)
        try:
            found = await super()._run(question, values)
        except FoedusError as error:
            tell(error.__cause__)
            raise
        rows = [[plain(value) for value in row] for row in found]
        if len(orjson.dumps(rows)) > self._queries.most_bytes:
            message = f"The rows come to more than {self._queries.most_bytes:,} bytes."
            raise QueryFailedError(message, "Ask for fewer with limit=.")
        return rows
