"""Records and derived relationships as rows of the import tool's tables, just as `cypher/write/` would have them."""

from datetime import datetime
from typing import Any

from graph.bulk.tables import Tables
from graph.derive import Piece
from graph.model import Record
from graph.model.stored import to_stored

THING, VERSION, HOUSE = "thing", "version", "house"
FIRST_VERSION = 1


class Rows:
    """Writes first versions, all recorded at one instant, into tables."""

    def __init__(self, tables: Tables, recorded_at: datetime, open_until: datetime) -> None:
        self._tables = tables
        self._recorded = {"recorded_from": recorded_at, "recorded_until": open_until}

    def record(self, record: Record) -> None:
        """Write a thing, its version and the version's links."""
        key, label, stored = record.key, record.version_label, to_stored(record)
        self._tables.node(THING, key, record.thing_labels, {})
        own = {"version": FIRST_VERSION, "content": stored.digest(label)}
        self._tables.node(VERSION, key, ("Version", label), stored.fields | own | self._recorded)
        self._tables.relationship("VERSION_OF", (VERSION, key), (THING, key))
        for link in stored.links:
            self._tables.relationship(link.type, (VERSION, key), (THING, link.to), link.fields)

    def piece(self, piece: Piece) -> None:
        """Write a derived relationship."""
        self._tables.relationship(
            piece.type, (THING, piece.start), (THING, piece.end), {**piece.fields, **self._recorded}
        )


def write_house(tables: Tables, change_set: dict[str, Any], recorded_at: datetime) -> None:
    """Write the node of the newest instant, and the one change set."""
    tables.node(HOUSE, "graph", ("Graph",), {"id": 1, "recorded_at": recorded_at}, stored="")
    tables.node(HOUSE, "change-set", ("ChangeSet",), change_set | {"recorded_at": recorded_at}, stored="")
