"""Judges a text that somebody else wrote, by its words and by the plan that the database makes of it. Nothing is run.

A text that is only checked must pass by itself; one that is run must pass inside the braces in which it is run as well,
so that none breaks out of them.
`graph/operators.py` lists what a plan may be made of, `graph/functions.py` what may be called, and `graph.growth`
measures what no plan shows.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from time import monotonic
from typing import Any, TypeVar

import orjson
from neo4j import Query
from neo4j.exceptions import ClientError, Neo4jError

from graph import legible
from graph.database import GRACE_SECONDS, Database, translated
from graph.errors import InputError, Problem, pointer
from graph.growth.measure import excess
from graph.plan import EXPLAIN, Plan, behind_explain
from graph.recent import Recent
from graph.schema import fingerprint
from graph.statements import statement
from graph.tokens import Kind, closed, tokens_of
from graph.verdict import MOST_TOLD, Finding, Reason, Verdict

K = TypeVar("K", bound=Hashable)
PLAN_SECONDS = 10.0
KEPT = 1000
LONGEST_KEPT = 2000
"""Bytes of values with which a verdict is kept."""
LOOK_SECONDS = 10.0
"""Age at which it is read again whether the schema or the database is another one."""
RESERVED = frozenset({"on", "known_at", "after", "row_limit", "format", "limit"})
"""Parameters that nobody gives: the first four are there for every text, the others say how an answer is given."""
_LITERALS = frozenset({"true", "false", "null", "inf", "infinity", "nan"})
_UNPLANNABLE = "The database did not plan the text in time."
_PAGING = {"after": None, "row_limit": 1}
_OF_THE_TEXT = re.compile(r"\.(?:Statement|Transaction|Schema|Procedure)\.|OutOfMemory|DatabaseError")
_PLACE = re.compile(r"\(line (\d+), column (\d+) \(offset: \d+\)\)")


@dataclass(frozen=True)
class Asked:
    """What is to be judged: a text, the values that are given with it, its day and its state of knowledge.

    Raises InputError when a reserved parameter is given.
    """

    text: bytes
    given: Mapping[str, Any]
    on: date | None
    known_at: datetime

    def __post_init__(self) -> None:
        if reserved := sorted(RESERVED & self.given.keys()):
            problems = [
                Problem(pointer("parameters", name), f"{name} is not given here.", "Take another name.")
                for name in reserved
            ]
            raise InputError(problems)

    @property
    def values(self) -> dict[str, Any]:
        """All values that the text may read."""
        return {**self.given, **_PAGING, "on": self.on, "known_at": self.known_at}


def wrapped(text: str) -> str:
    """Return a text as it is run: one statement in braces, of which one row more than is wanted is taken."""
    return statement("read/adhoc").replace("<text>", text)


class Guard:
    """Judges texts for one database.

    A verdict is kept for the same values, and what a plan says for the same names of parameters, until the schema or
    the database is another.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._verdicts: Recent[tuple[bytes, bytes, str | None], Verdict] = Recent(KEPT)
        self._planned_verdicts: Recent[tuple[bytes, tuple[str, ...], str | None], Verdict] = Recent(KEPT)
        self._schema, self._looked_at = "", -LOOK_SECONDS

    async def judge(self, asked: Asked, inside: str | None = None) -> Verdict:
        """Return the verdict on a text by itself and, where it is about to be run, on it as that is done: `inside`.

        Raises an error of the database that is not about the text.
        """
        await self._look()
        if len(asked.text) > legible.LONGEST_BYTES:
            return await self._measured(asked, inside)
        values = orjson.dumps(asked.given, default=str)
        if len(values) > LONGEST_KEPT:
            return await self._measured(asked, inside)
        return await _kept(self._verdicts, (asked.text, values, inside), lambda: self._measured(asked, inside))

    async def _measured(self, asked: Asked, inside: str | None) -> Verdict:
        text, refusal = legible.read(asked.text)
        if refusal is not None:
            return Verdict((refusal,))
        # In a thread: a long text takes some hundredths of a second, in which others can be served.
        grown = await asyncio.to_thread(excess, text, asked.given)
        if grown is not None:
            told = Finding(grown.reason, grown.message, grown.hint, *legible.place(text, grown.at))
            return Verdict((told,), parameters=tuple(sorted(parameters_of(text))))
        names = (asked.text, tuple(sorted(asked.given)), inside)
        return await _kept(self._planned_verdicts, names, lambda: self._judged(text, asked.values, inside))

    async def _look(self) -> None:
        """Forget all verdicts when the schema, or the database, is no longer what it was."""
        if monotonic() - self._looked_at < LOOK_SECONDS:
            return
        self._looked_at = monotonic()
        if (now := await fingerprint(self._database)) != self._schema:
            self._verdicts.clear()
            self._planned_verdicts.clear()
            self._schema = now

    async def _judged(self, text: str, values: Mapping[str, Any], inside: str | None) -> Verdict:
        parameters = tuple(sorted(parameters_of(text)))
        bare, within = await self._plans(text, values, inside)
        if isinstance(bare, Finding):
            return Verdict((bare,), parameters=parameters)
        missing = [
            Finding(Reason.PARAMETER, f"${name} is not given.", "Give it a value.")
            for name in parameters
            if name not in values
        ]
        found = (*missing, *bare.refusals())
        verdict = bare.told(Verdict(found[:MOST_TOLD], parameters=parameters))
        return verdict if found else replace(verdict, refusals=_broken_out(within))

    async def _plans(
        self, text: str, values: Mapping[str, Any], inside: str | None
    ) -> "tuple[Plan | Finding, Plan | Finding | None]":
        """Have a text planned by itself, and as it is run where that is asked for or may say more."""
        if inside is not None:
            both = self._planned(text, values), self._planned(inside, values)
            return await asyncio.gather(*both)
        bare = await self._planned(text, values)
        if isinstance(bare, Finding) or _same_in_braces(text, bare.columns):
            return bare, None
        return bare, await self._planned(wrapped(text), values)

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
                    code = error.code or ""
                    if (error.is_retryable() and "OutOfMemory" not in code) or not _OF_THE_TEXT.search(code):
                        raise
                    return _against(error)


async def _kept(verdicts: "Recent[K, Verdict]", key: K, make: Callable[[], Awaitable[Verdict]]) -> Verdict:
    """Return the verdict that is held under a key, or make it, and hold it unless a busy database is why."""
    if (held := verdicts.get(key)) is not None:
        return held
    verdict = await make()
    if not any(one.message == _UNPLANNABLE for one in verdict.refusals):
        verdicts.put(key, verdict)
    return verdict


def _same_in_braces(text: str, columns: tuple[str, ...]) -> bool:
    """Return whether a text that can be planned is planned alike in braces: it returns names and stays within them."""
    named = all(column.isidentifier() and column.lower() not in _LITERALS for column in columns)
    return named and closed(text) and any(token.says("RETURN") for token in tokens_of(text))


def _broken_out(within: "Plan | Finding | None") -> tuple[Finding, ...]:
    """Return what speaks against a text that passed by itself, where it stands when it is run."""
    if within is None:
        return ()
    if isinstance(within, Finding):
        hint = "Write one statement that ends in RETURN with a name for each column."
        return (replace(within, code=Reason.BREAKS_OUT, hint=hint, line=None, column=None),)
    return tuple(
        replace(one, code=Reason.BREAKS_OUT, message=f"In the braces in which it is run: {one.message}")
        for one in within.refusals()
    )


def parameters_of(text: str) -> frozenset[str]:
    """Return the names of the parameters that a text reads; what stands in quotes and comments is none."""
    return frozenset(token.text for token in tokens_of(text) if token.kind is Kind.PARAMETER)


def _against(error: Neo4jError) -> Finding:
    """Return what the database has against a text, without what it quotes of it."""
    said = error.message or ""
    place = _PLACE.search(said)
    at = behind_explain(int(place[1]), int(place[2])) if place else (None, None)
    sentence = said.split("\n", 1)[0].split(" (line ", 1)[0].strip()[:500]
    if isinstance(error, ClientError) and "Transaction" not in (error.code or ""):
        return Finding(Reason.SYNTAX, sentence, None, *at)
    return _unplannable()


def _unplannable() -> Finding:
    return Finding(Reason.UNPLANNABLE, _UNPLANNABLE, "Ask again in a moment, or write it shorter.")
