"""Judges a text that somebody else wrote, by the plan that the database makes of it. Nothing of it is run.

The bare text must pass by itself and then inside the braces in which it would be run, so that none breaks out of them.
`graph/operators.py` lists what a plan may be made of.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from neo4j import Query
from neo4j.exceptions import ClientError, Neo4jError

from graph.database import GRACE_SECONDS, Database, translated
from graph.errors import InputError, Problem, pointer
from graph.plan import EXPLAIN, Plan, behind_explain
from graph.recent import Recent
from graph.statements import statement
from graph.verdict import MOST_TOLD, Finding, Reason, Verdict

LONGEST_BYTES = 65_536
PREFIX_LENGTH = 100
"""So many letters may a word at the beginning have, each of them escaped."""
PLAN_SECONDS = 10.0
KEPT = 1000
RESERVED = frozenset({"on", "known_at", "after", "row_limit", "format", "limit"})
"""Parameters that nobody gives: the first four are there for every text, the others say how an answer is given."""


class Guard:
    """Judges texts for one database; a verdict is kept, and given again for the same text and the same parameters."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: Recent[tuple[bytes, tuple[str, ...]], Verdict] = Recent(KEPT)

    async def judge(self, text: bytes, given: Mapping[str, Any], *, on: date, known_at: datetime) -> Verdict:
        """Return the verdict on a text with the parameters that are given for it, `$on` and `$known_at` besides.

        Raises InputError when a reserved parameter is given, or an error of the database that is not about the text.
        """
        if reserved := sorted(RESERVED & given.keys()):
            problems = [
                Problem(pointer("parameters", name), f"{name} is not given here.", "Take another name.")
                for name in reserved
            ]
            raise InputError(problems)
        key = (text, tuple(sorted(given)))
        if (kept := self._kept.get(key)) is not None:
            return kept
        paging = {"after": None, "row_limit": 1}
        verdict = await self._judged(text, {**given, **paging, "on": on, "known_at": known_at})
        self._kept.put(key, verdict)
        return verdict

    async def _judged(self, content: bytes, values: Mapping[str, Any]) -> Verdict:
        text, refusals = _readable(content)
        if refusals:
            return Verdict(refusals)
        parameters = tuple(sorted(parameters_of(text)))
        bare = await self._planned(text, values)
        if isinstance(bare, Finding):
            return Verdict((bare,), parameters=parameters)
        missing = [
            Finding(Reason.PARAMETER, f"${name} is not given.", "Give it a value.")
            for name in parameters
            if name not in values
        ]
        found = (*missing, *bare.refusals())
        verdict = bare.told(Verdict(found[:MOST_TOLD], parameters=parameters))
        return verdict if found else replace(verdict, refusals=await self._inside(text, bare.columns, values))

    async def _inside(self, text: str, columns: tuple[str, ...], values: Mapping[str, Any]) -> tuple[Finding, ...]:
        """Judge a text that passed where it would stand when it is run."""
        planned = await self._planned(wrapped(text, columns), values)
        if isinstance(planned, Finding):
            hint = "Write one statement that ends in RETURN with a name for each column."
            return (replace(planned, code=Reason.BREAKS_OUT, hint=hint, line=None, column=None),)
        return tuple(
            replace(one, code=Reason.BREAKS_OUT, message=f"In the braces in which it is run: {one.message}")
            for one in planned.refusals()
        )

    async def _planned(self, text: str, values: Mapping[str, Any]) -> "Plan | Finding":
        """Have a text planned, and return the plan, or what the database has against the text."""
        query = Query(EXPLAIN + text, timeout=PLAN_SECONDS, metadata={"name": "guard"})
        try:
            async with asyncio.timeout(PLAN_SECONDS + GRACE_SECONDS):
                return await self._explained(query, values)
        except TimeoutError:
            return _unplannable()

    async def _explained(self, query: Query, values: Mapping[str, Any]) -> "Plan | Finding":
        with translated():
            async with self._database.planning() as session:
                try:
                    result = await session.run(query, dict(values))
                    columns = tuple(result.keys())
                    return Plan(columns, await result.consume())
                except Neo4jError as error:
                    if error.is_retryable():
                        raise
                    return _against(error)


_SKIPPED = re.compile(r"(?:[\s\ufeff\u200b-\u200f\u2060]|//[^\n\r]*|/\*.*?\*/)*", re.DOTALL)
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")
_PREFIX = re.compile(r"(?:EXPLAIN|PROFILE|CYPHER|USE)\b", re.IGNORECASE)
_PLACE = re.compile(r"\(line (\d+), column (\d+) \(offset: \d+\)\)")
_QUOTED = re.compile(
    # What is never closed goes on to the end; else each of many beginnings would be looked through to there.
    r"'(?:[^'\\]|\\.)*(?:'|\Z)|\"(?:[^\"\\]|\\.)*(?:\"|\Z)|//[^\n\r]*|/\*.*?(?:\*/|\Z)|\$?`(?:[^`]|``)*(?:`|\Z)",
    re.DOTALL,
)
_PARAMETER = re.compile(r"\$\s*(?:([^\W\d]\w*|\d+)|`((?:[^`]|``)*)`)")


def wrapped(text: str, columns: tuple[str, ...]) -> str:
    """Return a text as it is run: one statement in braces, of which one row more than is wanted is taken."""
    names = ", ".join(f"`{name.replace('`', '``')}`" for name in columns)
    return statement("read/adhoc").replace("<columns>", names).replace("<text>", text)


def parameters_of(text: str) -> frozenset[str]:
    """Return the names of the parameters that a text reads; what stands in quotes and comments is none."""
    bare = _QUOTED.sub(lambda found: found[0] if found[0].startswith("$") else " ", text)
    return frozenset(plain or quoted.replace("``", "`") for plain, quoted in _PARAMETER.findall(bare))


def _readable(content: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of what was sent, and what speaks against reading it at all."""
    if len(content) > LONGEST_BYTES:
        message = f"The text has {len(content):,} bytes; {LONGEST_BYTES:,} are the most."
        return "", (Finding(Reason.TOO_LONG, message, "Give long lists as parameters."),)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return "", (Finding(Reason.NO_TEXT, "The text is not UTF-8."),)
    start = _SKIPPED.match(text)
    at = start.end() if start else 0
    if "\0" in text or at == len(text):
        return "", (Finding(Reason.NO_TEXT, "There is no text, or there is a NUL in it."),)
    # The database reads its prefixes with escapes resolved.
    if prefix := _PREFIX.match(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text[at : at + PREFIX_LENGTH])):
        message = f"The text begins with {prefix[0].upper()}."
        return "", (Finding(Reason.PREFIX, message, "Begin with the first clause.", *_place(text, at)),)
    return text, ()


def _place(text: str, at: int) -> tuple[int, int]:
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _against(error: Neo4jError) -> Finding:
    """Return what the database has against a text, without what it quotes of it."""
    said = error.message or ""
    place = _PLACE.search(said)
    at = behind_explain(int(place[1]), int(place[2])) if place else (None, None)
    sentence = said.split("\n", 1)[0].split(" (line ", 1)[0].strip()[:500]
    if isinstance(error, ClientError):
        return Finding(Reason.SYNTAX, sentence, None, *at)
    return _unplannable()


def _unplannable() -> Finding:
    return Finding(Reason.UNPLANNABLE, "The database cannot plan the text.", "Write it shorter, or less deep.")
