"""What a text is run with, and how what it returns is shown: parameters, day, state of knowledge, rows, form."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import click
import orjson
from pydantic import BaseModel, ConfigDict, Field

from graph.errors import InputError, Problem, pointer
from graph.graph import Graph
from graph.guard import Asked
from graph.model.records import Day
from graph.parameters import read_parameters
from graph.queries import DEFAULT_ROWS, Found
from graph.types import Instant
from graph.verdict import Finding, Verdict
from service.answers import as_text
from service.forms import Format
from service.queries import FORMS, as_shown, written
from service.table import print_rows

TABLE = "table"
SHOWN = (TABLE, *(str(form) for form in FORMS))
NEWEST = "newest"


class Settled(BaseModel):
    """Day, state of knowledge, most rows and form, as they are read from texts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: Day | None = None
    known_at: Instant | None = None
    limit: int = Field(DEFAULT_ROWS, ge=1)


@dataclass
class Desk:
    """Runs and judges texts on an open graph, and prints what comes of it."""

    graph: Graph
    parameters: dict[str, Any] = field(default_factory=dict)
    on: date | None = None
    known_at: datetime | None = None
    limit: int = DEFAULT_ROWS
    form: str = TABLE

    def settle(self, name: str, text: str) -> None:
        """Set day, state of knowledge or most rows from a text. Raises InputError."""
        setattr(self, name, getattr(read_parameters(Settled, [(name, text)]), name))

    def show_as(self, form: str) -> None:
        """Set the form. Raises InputError for one that there is not."""
        if form not in SHOWN:
            raise InputError(
                [Problem(pointer("format"), f"There is no form {form!r}.", f"There are {', '.join(SHOWN)}.")]
            )
        self.form = form

    async def run(self, text: str) -> None:
        """Run a text and print its rows; what there is to say beside them goes to standard error."""
        found = await self.graph.queries.run(await self._asked(text), limit=self.limit)
        if self.form == TABLE:
            print_rows(list(found.columns), as_shown(found))
        else:
            content = written(found, Format(self.form))
            click.echo(content, nl=not content.endswith(b"\n"))
        for line in _beside(found):
            click.echo(line, err=True)

    async def check(self, text: str) -> bool:
        """Judge a text, print the verdict in words, and return whether it may be run."""
        verdict = await self.graph.queries.check(await self._asked(text))
        for line in in_words(verdict):
            click.echo(line)
        return verdict.allowed

    async def _asked(self, text: str) -> Asked:
        # A graph in which nothing is recorded knows none of the names, and would warn of all.
        await self.graph.revision.recorded()
        asked = self.graph.queries.asked
        return await asked(text.encode(), self.parameters, on=self.on, known_at=self.known_at)


def value_of(text: str) -> Any:
    """Return the value of a parameter: what is JSON as that, anything else as text; `NaN` is no JSON."""
    try:
        return orjson.loads(text)
    except ValueError:
        return text


def pair_of(text: str) -> tuple[str, str]:
    """Return name and value of a parameter. Raises InputError for what is not NAME=VALUE."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise InputError([Problem("", f"{text!r} is not NAME=VALUE.", "For example state=RUS.")])
    return name, value


def in_words(verdict: Verdict) -> Iterator[str]:
    """Say a verdict in lines."""
    yield "It may be run." if verdict.allowed else "It may not be run."
    for one in verdict.refusals:
        yield f"  {_said(one)}"
    for one in verdict.warnings:
        yield f"Look at: {_said(one)}"
    told = ("columns", "parameters", "labels", "types", "lengths", "operators")
    for name in told:
        if values := getattr(verdict, name):
            yield f"{name}: {', '.join(values)}"
    if verdict.estimated_rows is not None:
        yield f"estimated rows: {verdict.estimated_rows:,.0f}"


def _said(one: Finding) -> str:
    where = f" (line {one.line}, column {one.column})" if one.line else ""
    return f"{one.message}{where}" + (f" {one.hint}" if one.hint else "")


def _beside(found: Found) -> Iterator[str]:
    rows = len(found.rows)
    count = {0: "No rows", 1: "1 row"}.get(rows, f"{rows} rows")
    yield f"{count}, $on {found.on}, $known_at {as_text(found.known_at)}."
    if found.truncated:
        yield "There are more: ask for more with a larger limit, or for less."
    for warning in found.warnings:
        yield f"Look at: {_said(warning)}"
