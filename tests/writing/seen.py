"""What a graph holds and answers, in forms that can be compared byte for byte."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from graph.catalog import Catalog
from graph.database import Database
from graph.errors import InputError
from graph.parameters import read_parameters
from graph.reader import Reader
from graph.understood import Understood
from tests.writing.universe import FACTS

CATALOG = Catalog.load()
DAY = "2004-07-01"
QUESTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("commitments_in_force", {"on": DAY}),
    ("parties_to_agreement", {"on": DAY, "agreement": "treaty-t"}),
    ("agreement_timeline", {"on": DAY, "agreement": "treaty-u"}),
    ("chains_between_states", {"on": DAY, "bearer": "state-a", "beneficiary": "state-c"}),
    ("evidence_of_fact", {"fact": "act-4"}),
    ("search", {"q": "Alpha"}),
    ("history_of_fact", {"fact": "clause-1"}),
)
"""Few, since planning a text is most of what it costs: derived, recorded, made by a function, found by a name."""
HISTORY = 6
_NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS fields"
_LINKS = """
MATCH (a)-[r]->(b)
RETURN a.key AS start, a.version AS version, type(r) AS type, properties(r) AS fields, b.key AS end
"""


@dataclass(frozen=True)
class Content:
    """Everything that a graph holds: every node and relationship with all its properties."""

    nodes: list[dict[str, Any]]
    links: list[dict[str, Any]]

    @classmethod
    async def of(cls, database: Database) -> "Content":
        """Read it."""
        async with database.reading() as session:
            nodes = [record.data() for record in await (await session.run(_NODES)).fetch(100_000)]
            links = [record.data() for record in await (await session.run(_LINKS)).fetch(100_000)]
        return cls(*([_native(row) for row in rows] for rows in (nodes, links)))

    def whole(self) -> list[bytes]:
        """Return all of it in order."""
        return _in_order([*self.nodes, *self.links])

    def known_at(self, instant: datetime) -> list[bytes]:
        """Return the versions and derived relationships that stood in a state of knowledge."""
        return _in_order(_without(row, "recorded_until") for row in self._standing(instant, "Version"))

    def said_at(self, instant: datetime) -> list[bytes]:
        """Return the same but for withdrawals, numbers and instants: what was said, whatever way it came to be."""
        rows = self._standing(instant, "Description", *FACTS)
        return _in_order(_without(row, "recorded_until", "content", "version", "recorded_from") for row in rows)

    def _standing(self, instant: datetime, *labels: str) -> Iterator[dict[str, Any]]:
        """Yield versions with one of these labels that stood, links that start at them, and what was derived."""
        stood = set()
        for row in self.nodes:
            if not {*labels}.isdisjoint(row["labels"]) and _stands(row, instant):
                stood.add((row["fields"]["key"], row["fields"]["version"]))
                yield row
        for link in self.links:
            if (link["start"], link["version"]) in stood or (link["version"] is None and _stands(link, instant)):
                yield link


def _stands(row: dict[str, Any], instant: datetime) -> bool:
    return bool(row["fields"]["recorded_from"] <= instant < row["fields"]["recorded_until"])


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    fields = {name: value for name, value in row["fields"].items() if name not in names}
    return {name: value for name, value in row.items() if name not in names} | {"fields": fields}


def _native(row: dict[str, Any]) -> dict[str, Any]:
    fields = {k: v.to_native() if hasattr(v, "to_native") else v for k, v in row["fields"].items()}
    return row | {"fields": fields} | ({"labels": sorted(row["labels"])} if "labels" in row else {})


def _in_order(rows: Iterable[dict[str, Any]]) -> list[bytes]:
    return sorted(orjson.dumps(row, option=orjson.OPT_SORT_KEYS, default=str) for row in rows)


async def answers(reader: Reader, known_at: datetime, before: datetime) -> list[bytes | None]:
    """Return the answers to all questions in a state of knowledge, then one page by page and one against an earlier.

    None stands for what cannot be asked since nothing has the name.
    """
    asked = [_answer(reader, number, known_at) for number in range(len(QUESTIONS))]
    return list(await asyncio.gather(*asked, _pages(reader, known_at), _difference(reader, known_at, before)))


async def _answer(reader: Reader, number: int, known_at: datetime) -> bytes | None:
    name, values = QUESTIONS[number]
    try:
        understood = await _understood(reader, name, **values, known_at=known_at)
    except InputError:
        return None
    answer = await reader.answer(understood)
    sources = await reader.sources(answer) if number == 0 else []
    return dumped([answer.known_at, answer.parameters, answer.on, answer.rows, answer.covered, sources])


async def _pages(reader: Reader, known_at: datetime) -> bytes:
    name, values = QUESTIONS[0]
    pages = reader.pages(await _understood(reader, name, **values, known_at=known_at, limit=1))
    return dumped([page.rows async for page in pages])


async def _difference(reader: Reader, known_at: datetime, before: datetime) -> bytes:
    name, values = QUESTIONS[0]
    understood = await _understood(reader, name, **values, known_at=known_at, compare_known_at=before)
    return dumped((await reader.answer(understood)).rows)


async def rows(reader: Reader) -> bytes:
    """Return the rows of the first question in the newest state of knowledge."""
    name, values = QUESTIONS[0]
    return dumped((await reader.answer(await _understood(reader, name, **values))).rows)


async def _understood(reader: Reader, name: str, **values: Any) -> Understood:
    question = CATALOG.find(name)
    asked = read_parameters(question.parameters, [(key, _text(value)) for key, value in values.items()])
    return await reader.understand(question, asked)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def restored(found: list[bytes | None]) -> list[Any]:
    """Return what answers have in common with those before a change that was undone: all but the instants."""
    told = [None if one is None else orjson.loads(one)[1:] for one in found[: len(QUESTIONS)]]
    return [*(one for i, one in enumerate(told) if i != HISTORY), found[len(QUESTIONS)]]


def dumped(value: Any) -> bytes:
    """Return the bytes of an answer or of a part of it."""
    return orjson.dumps(value, default=_plain)


def _plain(value: Any) -> Any:
    return str(value.to_native() if hasattr(value, "to_native") else value)
