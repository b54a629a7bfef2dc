"""Which sources and facts the rows of an answer name, read out of the rows without asking anything."""

from collections.abc import Container, Iterable, Iterator
from typing import Any

from graph.catalog import Question
from graph.types import LABEL_TYPES, LIST_OF, holds_maps, keys_of, several

_KEYS = frozenset({*LABEL_TYPES, "key"}) - {"source"}
_SOURCE = frozenset({"source"})
_KEYS_IN_MAPS = frozenset({"by", "fact", "key", "names", "source"})


def named_sources(question: Question, rows: Iterable[list[Any]]) -> list[str]:
    """Return the keys of the sources that rows name, in their columns and in their evidence, each once."""
    kinds = _kinds(question)
    bearing = [place for place, kind in enumerate(kinds) if kind == "source" or holds_maps(kind)]
    found: dict[str, None] = {}
    for row in rows:
        for place in bearing:
            # Evidence is what most rows have, and every answer is looked through.
            if kinds[place] == "evidence":
                found.update((one["source"], None) for one in several(row[place]) if one is not None)
            else:
                found.update((key, None) for key in _under(_SOURCE, kinds[place], row[place]))
    return list(found)


def named_things(question: Question, rows: Iterable[list[Any]]) -> list[str]:
    """Return the keys of facts and entities that rows name, each once."""
    kinds = _kinds(question)
    return list(dict.fromkeys(key for row in rows for key in keys_of(_KEYS, kinds, row)))


def named_anywhere(question: Question, rows: Iterable[list[Any]]) -> list[str]:
    """Return the keys of sources, facts and entities that rows name, in their columns and inside of maps, each once."""
    rows = list(rows)
    maps = [place for place, kind in enumerate(_kinds(question)) if holds_maps(kind)]
    inside = [key for row in rows for place in maps for key in _under(_KEYS_IN_MAPS, "", row[place])]
    return list(dict.fromkeys([*named_sources(question, rows), *named_things(question, rows), *inside]))


def _under(names: Container[str], name: str, value: Any) -> Iterator[str]:
    """Yield what stands under any of these names in a value that stands under one itself, however deep."""
    if isinstance(value, list):
        for one in value:
            yield from _under(names, name, one)
    elif isinstance(value, dict):
        for inner, one in value.items():
            yield from _under(names, inner, one)
    elif name in names and value is not None:
        yield value


def _kinds(question: Question) -> list[str]:
    return [spec.type.removeprefix(LIST_OF) for spec in question.header.returns.values()]
