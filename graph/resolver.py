"""Texts that name things turned into keys: `RU`, `Russia`, `wikidata:Q159` into `RUS`.

The reader asks it for every parameter whose type is a label. What nobody knows, or two things answer to, is an
InputError with suggestions. What was found in a state of knowledge is kept.
"""

import re
import unicodedata
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from graph.database import Reads
from graph.errors import UNKNOWN, InputError, Problem, pointer
from graph.model.facts import FACTS
from graph.recent import Recent
from graph.revision import OPEN_UNTIL
from graph.statements import statement
from graph.types import LABEL_TYPES, LIST_OF

MOST_KEPT = 10_000

_WITHOUT_NAMES = {"Fact", *(fact.version_label for fact in FACTS)}

Row = Mapping[str, Any]
FindState = Callable[[str, date, datetime], Awaitable[list[Row]]]


class Resolver:
    """Finds keys. `find_state` asks the question `states_by_name_or_code`."""

    def __init__(self, database: Reads, find_state: FindState) -> None:
        self._database = database
        self._find_state = find_state
        self._kept: Recent[_Named, str] = Recent(MOST_KEPT)

    def forget(self) -> None:
        """Look everything up anew, as after an erasure."""
        self._kept.clear()

    async def resolve(
        self, types: Mapping[str, str], values: Mapping[str, Any], on: date, states: tuple[datetime, ...]
    ) -> dict[str, Any]:
        """Return the values with every parameter of a label type as keys. Raises InputError listing every failure.

        `states` are the states of knowledge in which a text may name something; the first in which it does counts, and
        suggestions are of the first.
        """
        found, problems = dict(values), list[Problem]()
        for name, kind in types.items():
            label = LABEL_TYPES.get(kind.removeprefix(LIST_OF))
            if label is None or values.get(name) is None:
                continue
            listed = kind.startswith(LIST_OF)
            keys = list[str]()
            for text in values[name] if listed else [values[name]]:
                try:
                    keys.append(await self._one(_Named(name, label, text, on, states)))
                except InputError as error:
                    problems += error.problems
            found[name] = keys if listed else next(iter(keys), None)
        if problems:
            raise InputError(problems)
        return found

    async def _one(self, named: "_Named") -> str:
        # Kept by the states of knowledge too: while one look-up waits, another of a later state may end.
        key = self._kept.get(named)
        if key is None:
            emptied = self._kept.emptied
            key = await (self._state(named) if named.label == "State" else self._other(named))
            if emptied == self._kept.emptied:
                self._kept.put(named, key)
        return key

    async def _state(self, named: "_Named") -> str:
        near: list[Row] = []
        for known_at in named.states:
            rows = await self._find_state(named.text, named.on, known_at)
            exact = [row for row in rows if row["matched_by"] != "near"]
            best = {str(row["state"]): row["name"] for row in exact if row["rank"] == exact[0]["rank"]}
            if len(best) > 1:
                raise InputError([named.ambiguous(best.items())])
            if best:
                return str(next(iter(best)))
            near = near or rows
        raise await self._unknown(named, [(row["state"], row["name"]) for row in near])

    async def _other(self, named: "_Named") -> str:
        """Find what is no state: by its key, else by its code or name, else by words that only one has in a name."""
        for known_at in named.states:
            given = {"label": named.label, "known_at": known_at, "key": named.text}
            if await self._rows("read/labelled", given):
                return named.text
        gone = await self._replaced(named)
        for known_at in named.states if not gone else ():
            if found := await self._named(named, known_at):
                if len(found) > 1:
                    raise InputError([named.ambiguous(found.items())])
                return next(iter(found))
        near = {"near": _fuzzy(named.text), "start": named.text[: max(3, len(named.text) * 2 // 3)]}
        rows = await self._rows("read/near", {"label": named.label, "known_at": named.states[0]} | near)
        raise await self._unknown(named, [(row["key"], row["name"]) for row in rows])

    async def _unknown(self, named: "_Named", near: Iterable[tuple[Any, Any]]) -> InputError:
        """Say that nobody is known by a text; of what was merged into another the other is what may be meant."""
        return InputError([named.unknown(await self._replaced(named) or near)])

    async def _replaced(self, named: "_Named") -> list[tuple[Any, Any]]:
        """Return what took the place of what went by a key; nothing where it is no such key."""
        rows = await self._rows("read/replaced", {"key": named.text, "open": OPEN_UNTIL})
        return [(row["replaced_by"], None) for row in rows]

    async def _named(self, named: "_Named", known_at: datetime) -> dict[str, str]:
        if named.label in _WITHOUT_NAMES:
            return {}
        scheme, _, code = named.text.partition(":")
        given = {"label": named.label, "known_at": known_at, "on": named.on, "text": named.text}
        words = " ".join(re.findall(r"\w+", named.text.lower())[:10]) or r"\-"
        rows = await self._rows("read/named", given | {"words": words, "scheme": scheme, "code": code})
        exact = [row for row in rows if any(plain(name) == plain(named.text) for name in row["names"])]
        wanted = set(re.findall(r"\w+", plain(named.text)))
        held = [row for row in rows if any(wanted <= set(re.findall(r"\w+", plain(one))) for one in row["names"])]
        return {row["key"]: row["name"] or row["key"] for row in exact or (held if wanted else [])}

    async def _rows(self, name: str, values: dict[str, Any]) -> Sequence[Row]:
        return [record.data() for record in await self._database.read(name, statement(name), values)]


def plain(text: str) -> str:
    """Return a name without case, accents and differences of apostrophes, as names are compared."""
    letters = (letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))
    return re.sub("[’‘ʼ]", "'", "".join(letters)).strip()


def _fuzzy(text: str) -> str:
    """Make a full-text query that finds words near those of a text; nothing of it is read as query syntax."""
    words = re.findall(r"\w+", text.lower())[:10]
    return " ".join(f"{word}~{1 if len(word) < 5 else 2}" for word in words) or r"\-"


@dataclass(frozen=True)
class _Named:
    """A text that names something with a label, on a day and in states of knowledge, given as the parameter `name`."""

    name: str = field(compare=False)
    label: str
    text: str
    on: date
    states: tuple[datetime, ...]

    def unknown(self, near: Iterable[tuple[Any, Any]]) -> Problem:
        listed = _listed(near)
        hint = f"Did you mean {listed}?" if listed else "The question `search` looks in all names, codes and titles."
        message = f"No {self.label.lower()} is known as {self.text!r}."
        return Problem(pointer("query", self.name), message, hint, UNKNOWN)

    def ambiguous(self, candidates: Iterable[tuple[Any, Any]]) -> Problem:
        message = f"{self.text!r} names more than one {self.label.lower()}."
        return Problem(pointer("query", self.name), message, f"Say which: {_listed(candidates)}.")


def _listed(candidates: Iterable[tuple[Any, Any]]) -> str:
    texts = [f"{key} ({label})" if label else str(key) for key, label in dict(candidates).items()]
    return ", ".join(texts[:5])
