"""The plain forms of an answer: JSON, NDJSON and CSV. Used by the routes and by the command line."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson

from graph.catalog import Question
from graph.revision import native
from graph.types import written_instant
from graph.understood import Answer
from service.forms import Format
from service.permalink import permalink

# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def columns_of(question: Question) -> list[dict[str, str]]:
    """Return name, type and description of each column."""
    return [{"name": name, "type": spec.type, "about": spec.about} for name, spec in question.header.returns.items()]


def about(answer: Answer) -> dict[str, Any]:
    """Return what an answer says beside its rows: what was understood, and how to ask for it again and cite it."""
    again = answer.again
    return {
        "question": answer.question.name,
        "digest": answer.question.digest,
        "changed": answer.changed,
        "parameters": answer.parameters,
        "on": answer.on,
        "known_at": answer.known_at,
        "compared_with": answer.against,
        "coverage": {"sources": answer.covered.sources, "empty_means": answer.covered.empty_means},
        "permalink": permalink(answer.question, again),
        "cite": permalink(answer.question, again, Format.CITATION),
        "sources": answer.sources,
        "truncated": answer.truncated,
        "next": answer.next,
    }


def envelope(answer: Answer) -> dict[str, Any]:
    """Return an answer as JSON has it: what it says beside its rows, the columns, and the rows as objects."""
    return about(answer) | {"columns": columns_of(answer.question), "rows": answer.records}


def dumped(value: Any) -> bytes:
    """Write a value as JSON, with instants of the database or of Python in UTC."""
    return orjson.dumps(value, default=_plainly, option=orjson.OPT_UTC_Z)


def to_json(answer: Answer) -> bytes:
    """Write the envelope."""
    return dumped(envelope(answer))


def to_ndjson(answer: Answer) -> bytes:
    """Write the rows as objects, one a line, and nothing else."""
    return b"".join(lines_of(answer.records))


def lines_of(records: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Write objects, one a line."""
    for record in records:
        yield dumped(record) + b"\n"


def to_csv(answer: Answer) -> bytes:
    """Write the rows as RFC 4180 has it, in UTF-8, after a row with the names of the columns.

    A list is joined by `; `, evidence is `source locator: quote`, a condition `number role kind: sentence
    (names)`, something linked `key: what it says (begin/end)`,
    null is nothing. A text that a spreadsheet would take for a formula is preceded by an apostrophe; who wants every
    character as it is takes JSON.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(answer.question.columns)
    writer.writerows([cell(value) for value in row] for row in answer.rows)
    return out.getvalue().encode()


def cell(value: Any) -> str:
    """Write one value as a cell of CSV."""
    text = as_text(value)
    return f"'{text}" if isinstance(value, str | list | dict) and text.startswith(_FORMULA) else text


def as_text(value: Any) -> str:
    """Write one value of a row on one line, as the cells of CSV and of a table have it."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str() | int() | float():
            return str(value)
        case list():
            return "; ".join(map(as_text, value))
        case dict():
            return _map(value)
        case _:
            return written_instant(native(value))


def _map(value: dict[str, Any]) -> str:
    """Write what belongs together on one line; what kind of thing it is shows in its names."""
    for names, written in _WRITTEN:
        if names <= value.keys():
            return written(value)
    return ", ".join(f"{name} {as_text(one)}" for name, one in value.items())


def _evidence(value: dict[str, Any]) -> str:
    where = _joined(" ", (value.get("source"), value.get("locator")))
    return _joined(": ", (where, value.get("quote")))


def _condition(value: dict[str, Any]) -> str:
    """Write `2 trigger adversary: sentence (names or allies)`: the number says which conditions hold together."""
    kind = f"not {value['kind']}" if value["negated"] else value["kind"]
    named = " ".join([*value["names"], *(["or allies"] if value["or_allies"] else [])])
    sentence = f"{value['sentence']} ({named})" if named else value["sentence"]
    return f"{value['alternative']} {value['role']} {kind}: {sentence}"


def _linked(value: dict[str, Any]) -> str:
    days = _joined("/", (value.get("begins"), value.get("ends")))
    return _joined(" ", (_joined(": ", (value["key"], value.get("says"))), f"({days})" if days else None))


def _judged(value: dict[str, Any]) -> str:
    return f"{value['value'] or 'no condition'}: {value['sentence']} {value['why']}"


def _reservation(value: dict[str, Any]) -> str:
    return f"{value['effect']} by {value['by']} ({value['fact']})"


def _act(value: dict[str, Any]) -> str:
    return _joined(" ", (value["day"], value["kind"], value["by"] and f"by {value['by']}"))


_WRITTEN: tuple[tuple[set[str], Callable[[dict[str, Any]], str]], ...] = (
    ({"source"}, _evidence),
    ({"value", "sentence", "why"}, _judged),
    ({"role", "sentence"}, _condition),
    ({"key", "label"}, _linked),
    ({"fact", "effect", "by"}, _reservation),
    ({"fact", "kind", "by", "day"}, _act),
)
"""How each kind of thing is written, by the names that tell it."""


def _joined(by: str, parts: Iterable[Any]) -> str:
    return by.join(str(part) for part in parts if part)


def _plainly(value: object) -> datetime | int | float:
    """Turn the only values that are no JSON, exact numbers and the database's instants, into what is."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return native(value)
