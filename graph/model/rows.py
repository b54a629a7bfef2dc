"""A record as a row of texts, and back: one column a field, in the order of the model.

A nested part takes a column for each of its fields, and for what is computed of them, which is not read back. What is
a list is JSON, and so is a link with fields of its own. Used by packages (`seed.package`).
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import orjson

from graph.model import LABELS
from graph.model.records import Part, Record
from graph.model.stored import Shape, inner_type, part_fields, part_names, plain, shapes, values_of

Reads = Callable[[str], Any]
Column = tuple[tuple[str, ...], Reads | None]
"""Where in a record the value of a column stands, and what reads its cells; None where it follows from the others."""


def _flag(text: str) -> Any:
    return {"true": True, "false": False}.get(text, text)


_READS: dict[Any, Reads] = {bool: _flag, int: int, float: float}


@cache
def columns(model: type[Record]) -> Mapping[str, Column]:
    """Return the columns of a label in their order."""
    return dict(column for shape in shapes(model) for column in _columns(model, shape))


def _columns(model: type[Record], shape: Shape) -> Iterator[tuple[str, Column]]:
    if shape.part is not None and shape.link is None:
        for name in part_names(shape.part):
            info = shape.part.model_fields.get(name)
            reads = _READS.get(inner_type(info.annotation)[0], str) if info else None
            yield shape.prefix + name, ((shape.name, name), reads)
        return
    inner, _ = inner_type(model.model_fields[shape.name].annotation)
    is_json = shape.many or shape.part is not None
    yield shape.name, ((shape.name,), json.loads if is_json else _READS.get(inner, str))


def fingerprint() -> str:
    """Return a hash of all labels with their columns: two models with the same one have the same tables."""
    told = {name: list(columns(model)) for name, model in LABELS.items()}
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def content(record: Record) -> dict[str, Any]:
    """Return what a record says as plain values, without what it leaves out; links are in an order of their own."""
    found = {}
    for shape in shapes(type(record)):
        values = [_value(value) for value in values_of(getattr(record, shape.name))]
        if shape.link is not None:
            values = sorted(values, key=_as_json)
        if values:
            found[shape.name] = values if shape.many else values[0]
    return found


def _value(value: Any) -> Any:
    if not isinstance(value, Part):
        return plain(value)
    told = value.model_dump(exclude_none=True, exclude_computed_fields=True)
    return {name: plain(one) for name, one in told.items()}


def to_row(record: Record) -> dict[str, str]:
    """Return the cells of a record, an empty one where nothing stands."""
    told = content(record)
    cells = dict.fromkeys(columns(type(record)), "")
    for shape in shapes(type(record)):
        value = getattr(record, shape.name)
        if shape.part is not None and shape.link is None:
            named = {} if value is None else part_fields(value)
            cells |= {shape.prefix + name: _text(plain(one)) for name, one in named.items()}
        elif shape.name in told:
            cells[shape.name] = _text(told[shape.name])
    return cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return _as_json(value) if isinstance(value, bool | int | float | list | dict) else str(value)


def _as_json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def from_row(model: type[Record], cells: Mapping[str, str]) -> Record:
    """Return the record that a row tells; a column that is missing tells nothing.

    Raises ValueError, pydantic's or a plain one, for what is none.
    """
    found: dict[str, Any] = {}
    for name, (place, reads) in columns(model).items():
        if reads is None or not (text := cells.get(name)):
            continue
        inside = found
        for outer in place[:-1]:
            inside = inside.setdefault(outer, {})
        inside[place[-1]] = reads(text)
    return model.model_validate(found)
