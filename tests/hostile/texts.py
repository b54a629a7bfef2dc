"""The hostile texts of this folder, and what must hold of the database whatever of them is judged and run."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graph.database import Database
from graph.verdict import Reason

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/*.yaml"))


@dataclass(frozen=True)
class Hostile:
    """A text, what is given with it, and what must become of it."""

    text: bytes
    given: dict[str, Any]
    allowed: bool
    codes: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> "Hostile":
        """Read a text, or raise what is wrong with its file."""
        told = yaml.safe_load(path.read_text("utf-8"))
        assert told.keys() <= {"about", "text", "repeat", "hex", "given", "verdict", "codes"}
        assert told["about"].endswith(".")
        codes = frozenset(told.get("codes", ()))
        assert codes <= {str(reason) for reason in Reason}
        assert told["verdict"] == ("refused" if codes else "allowed")
        return cls(_content(told), told.get("given", {}), not codes, codes)


def _content(told: dict[str, Any]) -> bytes:
    if "hex" in told:
        return bytes.fromhex(told["hex"])
    if "repeat" in told:
        parts = told["repeat"]
        return str(parts.get("before", "") + parts["part"] * parts["times"] + parts.get("after", "")).encode()
    return str(told["text"]).encode()


async def rows(database: Database, text: str) -> list[Any]:
    """Return what a text of the tests reads."""
    async with database.reading() as session:
        return [list(record.values()) async for record in await session.run(text)]


async def dump(database: Database) -> list[Any]:
    """Return all that the database holds, and its schema, in an order of its own."""
    nodes = "MATCH (n) RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS held ORDER BY id"
    links = (
        "MATCH (a)-[r]->(b) RETURN elementId(r) AS id, type(r) AS type, elementId(a) AS a, elementId(b) AS b, "
        "properties(r) AS held ORDER BY id"
    )
    indexes = "SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties RETURN * ORDER BY name"
    constraints = "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties RETURN * ORDER BY name"
    return [await rows(database, text) for text in (nodes, links, indexes, constraints)]


async def left_over(database: Database) -> list[Any]:
    """Return the transactions of strangers' texts that are open."""
    shown = await rows(database, "SHOW TRANSACTIONS YIELD metaData, currentQuery RETURN metaData, currentQuery")
    return [one for one in shown if one[0].get("name") in {"query", "guard"}]
