"""What all records share: keys, links, written days and spans, quantities, attestations.

A record is the whole content of one version. A field marked with `Link` becomes a relationship from the version to
the thing it names, one marked with `Reference` a key inside such a relationship; all others become properties.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    computed_field,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from graph import days
from graph.days import EndConvention, Span, SpanReversedError
from graph.model.rules import Rule, broken
from graph.model.vocabulary import Measure, QuantityBasis, Standing

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Key = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9._~-]{1,200}$",
        description="Identity in the whole graph: letters, digits, `.`, `_`, `~` and `-`.",
    ),
]
Text = Annotated[str, Field(min_length=1, max_length=10_000)]
Sentence = Annotated[str, Field(min_length=1, max_length=2_000)]
Name = Annotated[str, Field(min_length=1, max_length=500)]


def _day(value: Any) -> Any:
    # pydantic's own date would take 1730419200 for a day, and Python's 2024-W44-5.
    if isinstance(value, str):
        if not _DAY.fullmatch(value):
            raise ValueError("write a day as YYYY-MM-DD, year 0001 to 9999")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError("no such day; write YYYY-MM-DD, year 0001 to 9999") from None
    if not isinstance(value, date | None):
        raise ValueError("write a day as YYYY-MM-DD, year 0001 to 9999")
    return value


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
# Neo4j keeps whole numbers of 64 bits, and a fraction that is rounded on its way must stay within the bounds.
LARGEST = 10**18
LONGEST_LIST = 10_000
Number = Annotated[Decimal, Field(ge=-LARGEST, le=LARGEST)]
Count = Annotated[int, Field(le=LARGEST, strict=True)]
Flag = Annotated[bool, Field(strict=True)]


@dataclass(frozen=True, init=False)
class Reference:
    """Marks a field as the key of a thing that has one of these labels."""

    to: tuple[str, ...]

    def __init__(self, *to: str) -> None:
        object.__setattr__(self, "to", to)


@dataclass(frozen=True, init=False)
class Target(Reference):
    """Marks the field of a relationship that names the thing at its end."""


@dataclass(frozen=True, init=False)
class Link(Reference):
    """Marks a field as a relationship of this type to things that have one of these labels."""

    type: str

    def __init__(self, kind: str, *to: str) -> None:
        super().__init__(*to)
        object.__setattr__(self, "type", kind)


@dataclass(frozen=True)
class Flat:
    """Marks a nested field whose parts are stored under their own names, without its name in front."""


class Part(BaseModel):
    """Base of everything nested in a record."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class PartOrText(Part):
    """Base of parts for which a plain text may stand."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say so in the schema."""
        schema = handler.resolve_ref_schema(handler(core))
        whole = dict(schema)
        schema.clear()
        about = {name: whole.pop(name) for name in ("title", "description") if name in whole}
        schema |= about | {"anyOf": [{"type": "string", "minLength": 1}, whole]}
        return schema


class WrittenDay(PartOrText):
    """A day as a source wrote it, as EDTF text with the bounds that follow. A plain string stands for the text."""

    edtf: str = Field(description="EDTF date, levels 0 to 2: `2024-10`, `1964-XX-16`, `[2000-02-09..2024-12-03]`.")
    as_written: Sentence | None = Field(None, description="The source's own words for it, where they differ.")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"edtf": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        days.day_bounds(self.edtf)
        return self

    @computed_field(description="First day it may mean.")  # type: ignore[prop-decorator]
    @property
    def earliest(self) -> date:
        """First day it may mean."""
        return days.day_bounds(self.edtf)[0]

    @computed_field(description="Last day it may mean.")  # type: ignore[prop-decorator]
    @property
    def latest(self) -> date:
        """Last day it may mean."""
        return days.day_bounds(self.edtf)[1]


class WrittenSpan(PartOrText):
    """A begin and an end as a source wrote them, and the five days that follow (`graph.days.Span`).

    An EDTF interval such as `1949/..` stands for both; a single date stands for that day alone.
    """

    begins: str = Field(days.UNKNOWN, description="EDTF date, `unknown`, or `unlimited` (no limit of its own).")
    ends: str = Field(days.UNKNOWN, description="EDTF date, `open` (no end known), `unknown`, or `unlimited`.")
    ends_are: EndConvention = Field(
        EndConvention.NOT_SAID, description="What the source means by an end: the last day with, the first without."
    )
    verified_on: Day | None = Field(None, description="Latest day on which a source says that it holds.")
    as_written: Sentence | None = Field(None, description="The source's own words for it, where they differ.")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        begins, slash, ends = value.partition("/")
        if not slash:
            return {"begins": value, "ends": value, "ends_are": EndConvention.LAST_DAY_WITH}
        return {"begins": _edge(begins, days.UNLIMITED), "ends": _edge(ends, days.OPEN)}

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        try:
            self.bounds()
        except SpanReversedError as error:
            raise broken(Rule.SPAN_REVERSED, str(error)) from None
        return self

    def bounds(self) -> Span:
        """Return the five days."""
        return days.written_span(self.begins, self.ends, self.ends_are, self.verified_on)


def _edge(text: str, when_open: str) -> str:
    """Translate one side of an EDTF interval: `..` is open, nothing is unknown."""
    return when_open if text == ".." else text or days.UNKNOWN


UNLIMITED = WrittenSpan(begins=days.UNLIMITED, ends=days.UNLIMITED)


class Quantity(Part):
    """A range with what it counts. One stated number is the best, and low and high with it."""

    low: Number | None = Field(None, description="Lowest value; alone it says `at least`.")
    best: Number | None = Field(None, description="Value stated or thought best.")
    high: Number | None = Field(None, description="Highest value; alone it says `at most`.")
    text: Sentence | None = Field(None, description="As written, where it is no number: `thousands`.")
    unit: Name = Field(description="What is counted, with the price basis of money: `persons`, `USD current`.")
    basis: QuantityBasis = Field(description="Where the number comes from.")
    measure: Measure | None = Field(None, description="Whether those present or all sent within the span are counted.")

    @model_validator(mode="before")
    @classmethod
    def _one_number_is_all_three(cls, value: Any) -> Any:
        if isinstance(value, dict) and value.get("best") is not None:
            return {"low": value["best"], "high": value["best"]} | {k: v for k, v in value.items() if v is not None}
        return value

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        numbers = [n for n in (self.low, self.best, self.high) if n is not None]
        if numbers != sorted(numbers):
            raise broken(Rule.QUANTITY_DISORDERED, "A quantity needs low <= best <= high.")
        if not numbers and self.text is None:
            raise ValueError("A quantity needs a number or a text.")
        return self


class Attestation(Part):
    """That a source states a fact, and where in it."""

    source: Annotated[Key, Target("Source")] = Field(description="Key of the source.")
    locator: Sentence | None = Field(None, description="Article, page, row or paragraph in it.")
    quote: Text | None = Field(None, description="Its own words, where they are kept.")


class Contradiction(Part):
    """That a fact cannot hold together with another, and why."""

    fact: Annotated[Key, Target("Fact")] = Field(description="Key of the other fact.")
    reason: Sentence = Field(description="Why both cannot hold.")


class Record(BaseModel):
    """Base of every label: the whole content of one version of one thing."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    thing_labels: ClassVar[tuple[str, ...]]
    version_label: ClassVar[str]

    key: Key

    @model_validator(mode="after")
    def _lists_are_bounded(self) -> Self:
        for name, value in vars(self).items():
            if type(value) is tuple and len(value) > LONGEST_LIST:
                raise ValueError(f"{name} has {len(value)} entries; at most {LONGEST_LIST} are recorded.")
        return self

    @classmethod
    def label(cls) -> str:
        """Name of the label."""
        return cls.__name__


class Entity(Record):
    """Base of who and what: its thing carries the label, its versions are descriptions."""

    version_label = "Description"

    def __init_subclass__(cls, actor: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.thing_labels = ("Thing", cls.__name__, *(("Actor",) if actor else ()))


class Fact(Record):
    """Base of what holds, what happened and who says so: its version carries the label."""

    thing_labels = ("Thing", "Fact")

    attested_by: Annotated[tuple[Attestation, ...], Link("ATTESTED_BY", "Source")] = Field(
        min_length=1, description="The sources that state it."
    )
    contradicts: Annotated[tuple[Contradiction, ...], Link("CONTRADICTS", "Fact")] = Field(
        (), description="Facts it cannot hold together with."
    )
    standing: Standing = Field(Standing.ASSERTED, description="Asserted, or there only because claims are about it.")

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.version_label = cls.__name__


R = TypeVar("R", bound=Record)


def of_label(records: Iterable[Record], label: type[R]) -> list[R]:
    """Return the records of one label. pydantic answers `isinstance` in Python, ten times slower than types compare."""
    return [record for record in records if type(record) is label]


class PointFact(Fact):
    """Base of facts that have one day."""

    day: WrittenDay = Field(description="Its day.")


class SpanFact(Fact):
    """Base of facts that have a begin and an end."""

    span: Annotated[WrittenSpan, Flat()] = Field(description="From when to when it holds.")

    def verified_on(self) -> date:
        """Latest day on which a source says that it holds; the last possible day of its begin when nothing later is."""
        return self.span.verified_on or self.span.bounds().begins_latest
