"""What the comment at the head of a question file may say, key by key.

`graph.catalog` reads it and holds it against the text below it.
"""

import re
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from graph.model.vocabulary import FactLabel
from graph.types import ColumnType, ParameterType

_IN_BRACES = re.compile(r"\{(\w+)\}")
_PATH = r"^(/[a-z][a-z-]*)(/[a-z][a-z-]*|/\{[a-z_]+\})*$"


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Parameter(_Spec):
    """One parameter of a question."""

    type: ParameterType
    about: str = Field(min_length=1)
    example: Any = None
    optional: bool = False
    bounds: tuple[int, int] | None = Field(None, description="Least and largest value of an integer.")

    @model_validator(mode="after")
    def _bound_is_a_number(self) -> Self:
        if self.bounds and self.type != "integer":
            raise ValueError("only an integer has bounds")
        return self


class Column(_Spec):
    """One column of a question's answer; it may be null only if optional."""

    type: ColumnType
    about: str = Field(min_length=1)
    optional: bool = False


class Compared(StrEnum):
    """What became of a row from one answer to another."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


COMPARED: dict[str, Column] = {
    "compared": Column(
        type="string", about="added, removed or changed since the day or the state of knowledge compared with"
    ),
    "was": Column(type="list of was", about="The earlier values of what changed"),
    "because": Column(type="list of key", about="The facts that made the change, or by whose days it came"),
}
"""The columns that stand before a question's own where two answers are compared."""


class Reach(StrEnum):
    """What an answer rests on beside its day and those it is asked about."""

    EARLIER_DAYS = "earlier_days"
    OTHERS = "others"


class Edge(_Spec):
    """How a row is drawn: from which thing to which, and what stands beside the line."""

    start: str = Field(alias="from", description="A column, or a parameter as `$name`.")
    end: str = Field(alias="to", description="A column, or a parameter as `$name`.")
    label: str = Field(description="A column.")


class Calendar(_Spec):
    """How a row stands in a calendar: on which day, and what is written there."""

    day: str = Field(description="A column that holds a day; a row without one is left out.")
    summary: str = Field(description="A column.")
    description: str | None = Field(None, description="A column.")


class Header(_Spec):
    """What the comment at the head of a question file says."""

    title: str = Field(min_length=1)
    about: str = Field(min_length=1)
    params: dict[str, Parameter]
    returns: dict[str, Column] = Field(min_length=1)
    order: list[str] = Field(min_length=1)
    identity: list[str] = Field(
        [], description="Columns by which rows of two answers are about the same thing; `order` when left out."
    )
    path: Annotated[str, Field(pattern=_PATH)] | None = Field(
        None, description="A shorter address of the same answer; what is in braces is a parameter."
    )
    then: str | None = Field(
        None, description="The function of `graph.then` that makes the rows from those of the text."
    )
    edge: Edge | None = Field(None, description="How a row is drawn.")
    calendar: Calendar | None = Field(None, description="How a row stands in a calendar.")
    pages: Literal["own"] | None = Field(
        None, description="`own` where the text itself seeks by $after and $row_limit."
    )
    covered_by: frozenset[FactLabel] = Field(
        frozenset(),
        description="Labels of which a source must state all, for no rows to mean none; its topic's if empty.",
    )
    reaches: frozenset[Reach] = Field(
        frozenset(), description="What a source must state all of as well, for no rows to mean none."
    )
    timeless: str | None = Field(None, description="Why it is not about one day; it has no `on`.")
    scans: str | None = Field(None, description="Why it may scan a whole label or index.")
    budget: int | None = Field(None, gt=0, description="Most db hits its example may cost.")
    tags: list[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,49}$")]] = Field(
        [], max_length=20, description="Words by which it is found among others."
    )
    draft: bool = Field(False, description="Whether only its owner sees it yet; none that is shipped is one.")
    deprecated: str | None = Field(None, min_length=1, description="Why it should no longer be asked.")
    successor: str | None = Field(None, min_length=1, description="Name of the question to ask instead.")

    @model_validator(mode="after")
    def _successor_of_what_is_deprecated(self) -> Self:
        if self.successor and not self.deprecated:
            raise ValueError("only what is deprecated, with a reason, has a successor")
        return self

    @property
    def in_path(self) -> list[str]:
        """Names of the parameters that stand in the shorter address."""
        return _IN_BRACES.findall(self.path or "")
