"""A record as it lies in the graph, and back: properties and labels of a version, and the links that start at it.

Nested parts are stored flat, `quantity_low` for the low of a quantity; computed bounds are stored and not read back.
Used by the writer, the derivation's read and whatever shows a thing whole.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import orjson
from annotated_types import MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from graph.days import Span
from graph.model.records import Flat, Link, Part, Record, Reference, Target, WrittenSpan

M = TypeVar("M")
Properties = dict[str, Any]
_BOUNDS = tuple(bound.name for bound in dataclass_fields(Span))


@dataclass(frozen=True)
class StoredLink:
    """A relationship from a version to the thing with key `to`."""

    type: str
    to: str
    fields: Properties = field(default_factory=dict)


@dataclass(frozen=True)
class Stored:
    """The content of a version as properties and links."""

    fields: Properties
    links: list[StoredLink]

    def digest(self, label: str) -> str:
        """Hash of the content: the same for the same record, whatever the order of its links."""
        links = sorted((vars(link) for link in self.links), key=_canonical)
        return hashlib.sha256(_canonical([label, self.fields, links])).hexdigest()


def _canonical(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


@dataclass(frozen=True)
class Shape:
    """How one field of a model is stored: as a link, as a nested part under a prefix, or plainly (neither)."""

    name: str
    many: bool
    link: Link | None = None
    part: type[Part] | None = None
    prefix: str = ""


def inner_type(annotation: Any) -> tuple[Any, bool]:
    """Take off `None`, `Annotated` and `tuple[..., ...]`; say whether it was a tuple."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return inner_type(next(a for a in args if a is not type(None)))
    if origin is Annotated:
        return inner_type(args[0])
    if origin is tuple:
        return inner_type(args[0])[0], True
    return annotation, False


def _marker(info: FieldInfo, kind: type[M]) -> M | None:
    return next((m for m in info.metadata if isinstance(m, kind)), None)


@cache
def shapes(model: type[BaseModel]) -> tuple[Shape, ...]:
    """Return how each field of a model is stored, in their order."""
    return tuple(_shape(name, info) for name, info in model.model_fields.items())


def _shape(name: str, info: FieldInfo) -> Shape:
    inner, many = inner_type(info.annotation)
    part = inner if isinstance(inner, type) and issubclass(inner, Part) else None
    prefix = "" if _marker(info, Flat) else f"{name}_"
    return Shape(name, many, _marker(info, Link), part, prefix)


@cache
def _target(part: type[Part]) -> str:
    return next(name for name, info in part.model_fields.items() if _marker(info, Target))


@cache
def _beside_target(part: type[Part]) -> tuple[str, ...]:
    return tuple(name for name in part.model_fields if name != _target(part))


@cache
def named_in(part: type[Part]) -> dict[str, Reference]:
    """Return the fields of a link that are keys: of the thing at its end, and of others."""
    return {name: marker for name, info in part.model_fields.items() if (marker := _marker(info, Reference))}


def names(models: Iterable[type[Record]]) -> tuple[set[str], set[str], set[str]]:
    """Return the labels, relationship types and property names under which records of these models are stored."""
    labels: set[str] = set()
    types: set[str] = set()
    properties: set[str] = set()
    for model in models:
        labels |= {*model.thing_labels, model.version_label}
        for shape in shapes(model):
            inner = part_names(shape.part) if shape.part else ()
            if shape.link:
                types.add(shape.link.type)
                properties |= set(inner)
            else:
                properties |= {shape.prefix + name for name in inner} or {shape.name}
    return labels, types, properties


def needed(model: type[Record]) -> tuple[list[str], list[str]]:
    """Return the properties and the types of the links without which there is no record of a label, but for its key."""
    properties: list[str] = []
    links: list[str] = []
    for shape in shapes(model):
        info = model.model_fields[shape.name]
        # A span has its bounds even where it is left out.
        if shape.name == "key" or (not info.is_required() and _marker(info, Flat) is None):
            continue
        if shape.link is not None:
            links.append(shape.link.type)
        else:
            properties += [shape.prefix + name for name in _needed_of(shape.part)] if shape.part else [shape.name]
    return properties, links


def _needed_of(part: type[Part]) -> list[str]:
    bounds = _BOUNDS if issubclass(part, WrittenSpan) else ()
    required = [name for name, info in part.model_fields.items() if info.is_required()]
    return [*required, *part.model_computed_fields, *bounds]


def link_ends(model: type[Record]) -> dict[str, set[str]]:
    """Return the labels, any of which a thing must have that a link of this type leads to."""
    ends: dict[str, set[str]] = {}
    for shape in shapes(model):
        if shape.link is not None:
            named = named_in(shape.part)[_target(shape.part)].to if shape.part else shape.link.to
            ends.setdefault(shape.link.type, set()).update(named)
    return ends


def list_properties(model: type[Record]) -> list[str]:
    """Return the names of the properties of a label that are lists, and are stored even when they are empty."""
    return [shape.name for shape in shapes(model) if shape.many and shape.link is None]


def part_names(part: type[Part]) -> tuple[str, ...]:
    """Return the names under which a nested part is stored: its fields, and what is computed of them."""
    return (*_own_names(part), *(_BOUNDS if issubclass(part, WrittenSpan) else ()))


@cache
def _own_names(part: type[Part]) -> tuple[str, ...]:
    """Return the names of a nested part's fields and of what is computed of them, but for the bounds of a span."""
    return (*part.model_fields, *part.model_computed_fields)


@cache
def free_texts(model: type[Record]) -> frozenset[str]:
    """Return the names of the properties, of versions of a label and of their links, in which anything may stand.

    All others are keys, days, numbers and words of a vocabulary.
    """
    found = set[str]()
    for shape in shapes(model):
        inner = {shape.name: model.model_fields[shape.name]} if shape.part is None else shape.part.model_fields
        prefix = shape.prefix if shape.part and not shape.link else ""
        found |= {prefix + name for name, info in inner.items() if _is_free(info.annotation, info.metadata)}
    return frozenset(found)


def _is_free(annotation: Any, marks: Iterable[Any]) -> bool:
    """Tell a text from a key, a day and a word: it alone may be as long as some limit."""
    if isinstance(annotation, type):
        return annotation is str and any(isinstance(mark, MaxLen) for mark in marks)
    inner, *more = get_args(annotation)
    if get_origin(annotation) is Annotated:
        return _is_free(
            inner, [one for mark in more for one in (mark.metadata if isinstance(mark, FieldInfo) else [mark])]
        )
    return any(_is_free(one, marks) for one in (inner, *more) if one is not Ellipsis)


def references(record: Record) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """Yield every key the record names, as (JSON pointer within the record, key, labels it may have)."""
    for shape in shapes(type(record)):
        if shape.link is None:
            continue
        for i, value in enumerate(values_of(getattr(record, shape.name))):
            pointer = f"/{shape.name}/{i}" if shape.many else f"/{shape.name}"
            if shape.part is None:
                yield pointer, value, shape.link.to
                continue
            for name, marker in named_in(shape.part).items():
                if (key := getattr(value, name)) is not None:
                    yield f"{pointer}/{name}", key, marker.to


def relinked(record: Record, old: str, new: str) -> Record:
    """Return a record that names another thing wherever it named one; what it then says twice it says once.

    Raises pydantic's ValidationError where no such record can be.
    """
    content = record.model_dump(exclude_computed_fields=True)
    for shape in shapes(type(record)):
        if shape.link is not None and content[shape.name] is not None:
            named = [_renamed(shape.part, value, old, new) for value in values_of(content[shape.name])]
            once = [value for i, value in enumerate(named) if value not in named[:i]]
            content[shape.name] = tuple(once) if shape.many else once[0]
    return type(record).model_validate(content)


def _renamed(part: type[Part] | None, value: Any, old: str, new: str) -> Any:
    """Replace a key, or the keys among the fields of a link; a locator or a role may read like one."""
    if part is None:
        return new if value == old else value
    return value | {name: new for name in named_in(part) if value[name] == old}


def values_of(value: Any) -> tuple[Any, ...]:
    """Return the values of a field that may have none, one or several."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def to_stored(record: Record) -> Stored:
    """Turn a record into properties and links; the key is neither."""
    fields: Properties = {}
    links: list[StoredLink] = []
    for shape in shapes(type(record)):
        value = getattr(record, shape.name)
        if value is None:
            continue
        if shape.link is not None:
            links += [_to_link(shape.link.type, shape.part, item) for item in values_of(value)]
        elif shape.part is not None:
            named = part_fields(value).items()
            fields |= {shape.prefix + name: plain(item) for name, item in named if item is not None}
        elif shape.name != "key":
            fields[shape.name] = plain(value)
    return Stored(fields, links)


def part_fields(part: Part) -> Properties:
    """Return the values of a nested part by the names under which they are stored, but for the prefix."""
    own = {name: getattr(part, name) for name in _own_names(type(part))}
    if not isinstance(part, WrittenSpan):
        return own
    span = part.bounds()
    return own | {name: getattr(span, name) for name in _BOUNDS}


def _to_link(kind: str, part: type[Part] | None, value: Any) -> StoredLink:
    if part is None:
        return StoredLink(kind, value)
    target, others = _target(part), _beside_target(part)
    said = ((name, getattr(value, name)) for name in others)
    return StoredLink(kind, getattr(value, target), {name: plain(one) for name, one in said if one is not None})


def plain(value: Any) -> Any:
    """Turn a value into what Neo4j keeps: an enum to its word, an exact number to a plain one, a tuple to a list."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def from_stored(label: type[Record], key: str, fields: Mapping[str, Any], links: Iterable[Mapping[str, Any]]) -> Record:
    """Turn properties and links of a version back into the record they came from."""
    by_type: dict[str, list[Mapping[str, Any]]] = {}
    # In no order of their own, so in that of what they lead to.
    for link in sorted(links, key=lambda one: one["to"]):
        by_type.setdefault(link["type"], []).append(link)
    values: Properties = {"key": key}
    for shape in shapes(label):
        if shape.link is not None:
            found = [_from_link(shape, link) for link in by_type.get(shape.link.type, ())]
            values[shape.name] = tuple(found) if shape.many else next(iter(found), None)
        elif shape.part is not None:
            values[shape.name] = _from_part(shape, fields)
        elif shape.name in fields:
            values[shape.name] = _native(fields[shape.name])
    return label.model_validate(values)


def _from_link(shape: Shape, link: Mapping[str, Any]) -> Any:
    if shape.part is None:
        return link["to"]
    return {_target(shape.part): link["to"], **link["fields"]}


def _from_part(shape: Shape, fields: Mapping[str, Any]) -> Properties | None:
    assert shape.part is not None  # noqa: S101 - the caller has looked
    found = {
        name: _native(fields[shape.prefix + name]) for name in shape.part.model_fields if shape.prefix + name in fields
    }
    return found or None


def _native(value: Any) -> Any:
    """Turn the driver's own date into Python's."""
    return value if isinstance(value, date) or not hasattr(value, "to_native") else value.to_native()


def native_values(fields: Mapping[str, Any]) -> Properties:
    """Turn the driver's own dates among properties into Python's."""
    return {name: _native(value) for name, value in fields.items()}
