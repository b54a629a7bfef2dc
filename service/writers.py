"""An answer in the form that was asked for: one place that the routes and the command line write it with."""

import asyncio
from collections.abc import Callable

from graph.reader import Reader
from graph.understood import Answer
from service.answers import to_csv, to_json, to_ndjson
from service.calendars import to_ics
from service.citations import CITING
from service.forms import Format
from service.pictures import to_graph, to_graphml

WRITERS: dict[Format, Callable[[Answer], bytes]] = {
    Format.JSON: to_json,
    Format.CSV: to_csv,
    Format.NDJSON: to_ndjson,
    Format.GRAPH: to_graph,
    Format.GRAPHML: to_graphml,
    Format.ICS: to_ics,
}
"""The forms that need no more than the answer."""

# More are written while others are answered: ten thousand events of a calendar take seconds.
MOST_ROWS_AT_ONCE = 200


async def written(form: Format, answer: Answer, reader: Reader, service: str | None = None) -> bytes:
    """Write an answer; a citation reads what is known of its sources first.

    `service` is the address under which the service was asked, if it was.
    """
    if form in CITING:
        return CITING[form](answer, await reader.sources(answer), service)
    write = WRITERS[form]
    return write(answer) if len(answer.rows) <= MOST_ROWS_AT_ONCE else await asyncio.to_thread(write, answer)
