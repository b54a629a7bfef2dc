"""Texts made of the hostile ones by chance: judged, run where they are let through, and no trace is left.

FOEDUS_CASES sizes the run, FOEDUS_NEW seeds it, as `make prove` sets them.
"""

import asyncio
import os
from collections.abc import Callable
from random import Random
from time import monotonic

import pytest

from graph.database import GRACE_SECONDS
from graph.graph import Graph
from graph.guard import PLAN_SECONDS
from graph.settings import Settings
from graph.tokens import tokens_of
from tests.hostile.test_guard import AT_ONCE, leaving_no_trace, queries_of, run
from tests.hostile.texts import FILES, Hostile

TEXTS = 300 * int(os.environ.get("FOEDUS_CASES", "1"))
SEED = int(os.environ.get("FOEDUS_NEW") or 0)
SECONDS = 1.0
LONGEST_SECONDS = 2 * (PLAN_SECONDS + GRACE_SECONDS) + SECONDS + GRACE_SECONDS
"""A text is planned bare and in braces, and then run."""
_FORMS = {
    "a": "а",
    "e": "е",
    "o": "ο",
    "i": "ı",
    "s": "ſ",
    "k": "K",
    " ": "\u00a0",
    "(": "（",
    "\n": "\u2028",
    "-": "—",
}
_BREAKS = ("} //", "} RETURN 1 AS x //", "*/", "/*", "`", "'", '"', "}\n", "{", ";", "\\u007d", "\0", "} CALL () {")

Change = Callable[[Random, str, str], str]


def _spliced(chance: Random, text: str, other: str) -> str:
    return text[: chance.randrange(len(text) + 1)] + other[chance.randrange(len(other) + 1) :]


def _clause_doubled(chance: Random, text: str, other: str) -> str:
    lines = text.splitlines(keepends=True) or [text]
    at = chance.randrange(len(lines))
    return "".join([*lines[:at], *[lines[at]] * chance.randint(2, 40), *lines[at + 1 :]])


def _wrapped(chance: Random, text: str, other: str) -> str:
    before, after = chance.choice([
        ("CALL () { ", " } RETURN 1 AS one"), ("RETURN COLLECT { ", " } AS n"), ("RETURN EXISTS { ", " } AS n"),
        ("/* ", " */ RETURN 1 AS one"), ("{ ", " }"), ("WITH 1 AS one ", ""), ("", " UNION " + other),
    ])  # fmt: skip
    return before + text + after


def _renamed(chance: Random, text: str, other: str) -> str:
    names = [token.text for token in tokens_of(text) if token.is_name] or [text]
    others = [token.text for token in tokens_of(other) if token.is_name] or ["end"]
    name = chance.choice(names)
    return text.replace(name, chance.choice([*others, "end", "with", "else", "not"])) if name else text


def _broken_out(chance: Random, text: str, other: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(_BREAKS) + text[at:]


def _other_letters(chance: Random, text: str, other: str) -> str:
    return "".join(_FORMS.get(sign.lower(), sign) if chance.random() < 0.05 else sign for sign in text)


CHANGES: tuple[Change, ...] = (_spliced, _clause_doubled, _wrapped, _renamed, _broken_out, _other_letters)


def made(chance: Random, texts: list[Hostile]) -> Hostile:
    """Return a text of two others, changed a few times."""
    one, other = chance.choice(texts), chance.choice(texts)
    text, part = one.text.decode(errors="replace"), other.text.decode(errors="replace")
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(CHANGES)(chance, text, part)[:100_000]
    return Hostile(text.encode(errors="replace"), other.given | one.given, allowed=False, codes=frozenset())


@pytest.mark.prove
async def test_whatever_is_made_of_them_leaves_no_trace(shipped_graph: Graph, settings: Settings) -> None:
    chance, texts = Random(SEED), [Hostile.read(path) for path in FILES]  # noqa: S311 - not for secrets
    queries, turns = queries_of(shipped_graph, settings, SECONDS), asyncio.Semaphore(AT_ONCE)

    async def one(hostile: Hostile) -> float:
        async with turns:
            begun = monotonic()
            await run(shipped_graph, queries, hostile)
            took = monotonic() - begun
            assert took < LONGEST_SECONDS, hostile.text
            return took

    async with leaving_no_trace(shipped_graph):
        took = await asyncio.gather(*(one(made(chance, texts)) for _ in range(TEXTS)))
    assert len(took) == TEXTS
