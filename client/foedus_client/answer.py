"""What the service answers, as typed values: answers, the catalogue of questions, and verdicts on texts.

`read_…` make them of JSON; what the service may say beyond them is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from foedus_client import frames

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Json = Mapping[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column: its name, the type of its values and what it says.

    The columns of a text of one's own have neither type nor description.
    """

    name: str
    type: str | None = None
    about: str | None = None


@dataclass(frozen=True)
class Coverage:
    """Which sources mean to state all of what was asked, and so what no rows mean: `none` or `not_covered`."""

    sources: tuple[str, ...]
    empty_means: str


@dataclass(frozen=True)
class Moment:
    """A day and a state of knowledge."""

    on: date | None
    known_at: datetime


@dataclass(frozen=True)
class Finding:
    """One thing said of a text: why it is refused, or what to look at; `line` and `column` count from 1."""

    code: str
    message: str
    hint: str | None = None
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, repr=False)
class Answer:
    """Rows, and all that the service says beside them.

    `on` is the day that it is about (none for a question about no day), `known_at` the state of knowledge that it was
    answered from, `parameters` what was understood. In `rows` days and instants are texts, as the service writes them.
    `permalink` and `cite` are path and query: the first asks for this very answer again, the second tells how to cite
    it. With `compared_with` the rows are what differs from then. An answer to a text of one's own has no question,
    coverage, permalink or sources; it may have `warnings`.
    """

    question: str | None
    columns: tuple[Column, ...]
    rows: list[Row]
    on: date | None
    known_at: datetime
    truncated: bool
    next: str | None = None
    coverage: Coverage | None = None
    permalink: str | None = None
    cite: str | None = None
    sources: tuple[str, ...] = ()
    parameters: Mapping[str, Any] | None = None
    digest: str | None = None
    changed: bool = False
    compared_with: Moment | None = None
    warnings: tuple[Finding, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __repr__(self) -> str:
        day = f" on {self.on}" if self.on else ""
        more = ", and there are more" if self.truncated else ""
        count = "1 row" if len(self) == 1 else f"{len(self)} rows"
        return f"<Answer {self.question or 'to a text'}: {count}{more}{day}, as known at {self.known_at}>"

    def to_pandas(self) -> "pd.DataFrame":
        """Return the rows as a frame of pandas, whose columns are those of the answer, without rows too.

        Days are `datetime64[s]` and instants `datetime64[us, UTC]`; a column in which some text is no day of the years
        1 to 9999 stays text. Whole numbers and truths keep their nulls (`Int64`, `boolean`); lists and maps are
        objects. Raises UsageError where pandas is not installed.
        """
        return frames.to_pandas(self._typed(), self.rows)

    def to_polars(self) -> "pl.DataFrame":
        """Return the rows as a frame of polars, whose columns are those of the answer, without rows too.

        Days are `Date` and instants `Datetime`; a column in which some text is no day of the years 1 to 9999 stays
        text. Lists are `List`, maps `Struct`; what is of many kinds is `Object`. Raises UsageError where polars is not
        installed.
        """
        return frames.to_polars(self._typed(), self.rows)

    def _typed(self) -> dict[str, str | None]:
        return {column.name: column.type for column in self.columns}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question."""

    name: str
    type: str
    about: str
    optional: bool
    example: Any = None


@dataclass(frozen=True)
class Question:
    """One question of the catalogue: what it asks, with what, and what each row of its answer has.

    `timeless` ones are about no single day and take no `on`. `example` and `source` are path and query: the question
    asked with its example values, and the Cypher behind it.
    """

    name: str
    topic: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    timeless: bool
    example: str
    source: str


@dataclass(frozen=True)
class Verdict:
    """Whether a text may be run, why not, and what its plan tells; of one that cannot be planned that is nothing."""

    allowed: bool
    refusals: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    columns: tuple[str, ...]
    parameters: tuple[str, ...]
    labels: tuple[str, ...]
    types: tuple[str, ...]
    operators: tuple[str, ...]
    lengths: tuple[str, ...]
    estimated_rows: float | None


def read_answer(body: Json) -> Answer:
    """Read the envelope of an answer to a question, or to a text of one's own."""
    return Answer(
        question=body.get("question"),
        columns=tuple(map(_column, body["columns"])),
        rows=list(body["rows"]),
        on=_day(body["on"]),
        known_at=datetime.fromisoformat(body["known_at"]),
        truncated=body["truncated"],
        next=body.get("next"),
        coverage=_coverage(body.get("coverage")),
        permalink=body.get("permalink"),
        cite=body.get("cite"),
        sources=tuple(body.get("sources", ())),
        parameters=body.get("parameters"),
        digest=body.get("digest"),
        changed=body.get("changed", False),
        compared_with=_moment(body.get("compared_with")),
        warnings=_findings(body.get("warnings", ())),
    )


def read_questions(body: Sequence[Json]) -> list[Question]:
    """Read the catalogue."""
    return [
        Question(
            name=one["name"],
            topic=one["topic"],
            title=one["title"],
            about=one["about"],
            parameters=tuple(_parameter(spec) for spec in one["parameters"]),
            columns=tuple(map(_column, one["columns"])),
            timeless=one["timeless"],
            example=one["example"],
            source=one["source"],
        )
        for one in body
    ]


def read_verdict(body: Json) -> Verdict:
    """Read the verdict on a text."""
    return Verdict(
        allowed=body["allowed"],
        refusals=_findings(body["refusals"]),
        warnings=_findings(body["warnings"]),
        columns=tuple(body["columns"]),
        parameters=tuple(body["parameters"]),
        labels=tuple(body["labels"]),
        types=tuple(body["types"]),
        operators=tuple(body["operators"]),
        lengths=tuple(body["lengths"]),
        estimated_rows=body["estimated_rows"],
    )


def _column(told: Json | str) -> Column:
    return Column(told) if isinstance(told, str) else Column(told["name"], told["type"], told["about"])


def _parameter(told: Json) -> Parameter:
    return Parameter(told["name"], told["type"], told["about"], told["optional"], told.get("example"))


def _coverage(told: Json | None) -> Coverage | None:
    return Coverage(tuple(told["sources"]), told["empty_means"]) if told else None


def _moment(told: Json | None) -> Moment | None:
    return Moment(_day(told["on"]), datetime.fromisoformat(told["known_at"])) if told else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _findings(told: Sequence[Json]) -> tuple[Finding, ...]:
    return tuple(
        Finding(one["code"], one["message"], one.get("hint"), one.get("line"), one.get("column")) for one in told
    )
