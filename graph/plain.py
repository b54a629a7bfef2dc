"""What the database returns for a text of one's own, as values that JSON has. Used by `graph.queries`."""

from itertools import chain
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import DateTime

from graph.errors import QueryFailedError
from graph.revision import native
from graph.types import written_instant

DEEPEST = 100
"""Lists and maps that a value may have within each other."""


def plain(value: Any, depth: int = 0) -> Any:
    """Return a value of the database as one that JSON has.

    Days, times and durations are texts of ISO 8601, a node is its labels and properties, a relationship its type and
    properties, a path its nodes and relationships in turn, a point its coordinates and the number of their system. A
    number that JSON does not have, such as infinity, is null. Raises QueryFailedError for what is nested too deep.
    """
    if depth > DEEPEST:
        raise QueryFailedError(f"A value is nested more than {DEEPEST} levels deep.", "Return it flatter.")
    match value:
        case None | bool() | str():
            return value
        case int() | float():
            return value if value - value == 0 else None
        case list():
            return [plain(one, depth + 1) for one in value]
        case dict():
            return {name: plain(one, depth + 1) for name, one in value.items()}
        case DateTime() if value.tzinfo is not None:
            return written_instant(native(value))
    return _of_the_graph(value)


def _of_the_graph(value: Any) -> Any:
    match value:
        case Node():
            return {"labels": sorted(value.labels), "properties": plain(dict(value))}
        case Relationship():
            return {"type": value.type, "properties": plain(dict(value))}
        case Path():
            between = zip(value.relationships, value.nodes[1:], strict=True)
            return [plain(one) for one in (value.nodes[0], *chain.from_iterable(between))]
        case bytes() | bytearray():
            return value.hex()
        case Point():
            return {"srid": value.srid, "coordinates": list(value)}
    return str(value.iso_format())
