"""Decoys: for each record one of the same key and label that says something else wherever it may."""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ValidationError

from graph.model.records import Quantity, Record, Reference, WrittenDay, WrittenSpan

ELSEWHEN = WrittenDay(edtf="1800-01-01")
ELSE_SPAN = WrittenSpan(begins="1800-01-01", ends="1800-01-02")


def decoy(record: Record) -> Record:
    """Return another content for the same thing: other texts, days, words and numbers; the links stay."""
    changed = record
    for name, info in type(record).model_fields.items():
        linked = any(isinstance(marker, Reference) for marker in info.metadata)
        if name != "key":
            value = getattr(record, name)
            changed = _with(changed, name, _other_texts(value) if linked else _other(value))
    return changed


def _with(record: Record, name: str, value: Any) -> Record:
    """Change one field where the model allows that value; an act that revokes, for example, must go on doing so."""
    values = {field: getattr(record, field) for field in type(record).model_fields} | {name: value}
    try:
        return type(record).model_validate(values)
    except ValidationError:
        return record


def _other_texts(links: Any) -> Any:
    """Change what links say beside whom they lead to."""
    parts = [item.model_copy(update=_texts(item)) for item in links or () if isinstance(item, BaseModel)]
    return tuple(parts) or links


def _other(value: Any) -> Any:
    if isinstance(value, tuple):
        return ("DECOY",) if value else value
    for kind, other in _OTHERS:
        if isinstance(value, kind):
            return other(value)
    return value


def _next_word(value: StrEnum) -> StrEnum:
    words = list(type(value))
    return words[(words.index(value) + 1) % len(words)]


_OTHERS: list[tuple[type, Callable[[Any], Any]]] = [
    (bool, lambda value: not value),
    (StrEnum, _next_word),
    (str, lambda _: "DECOY"),
    (int, lambda value: value + 1),
    (float, lambda value: value + 1),
    (WrittenDay, lambda _: ELSEWHEN),
    (WrittenSpan, lambda _: ELSE_SPAN),
    (
        Quantity,
        lambda value: value.model_copy(update=dict.fromkeys(("low", "best", "high"), Decimal(1)) | {"unit": "decoys"}),
    ),
]


def _texts(part: BaseModel) -> dict[str, str]:
    return {name: "DECOY" for name in ("locator", "quote", "reason") if name in type(part).model_fields}
