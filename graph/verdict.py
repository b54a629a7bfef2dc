"""What is said of a text that somebody else wrote: whether it may be run, and why not. The guard says it."""

from dataclasses import dataclass
from enum import StrEnum

MOST_TOLD = 20
"""So many refusals, and so many warnings, are told of a text."""


class Reason(StrEnum):
    """Why a text may not be run."""

    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    ESCAPE = "escape"
    PREFIX = "prefix"
    PARAMETER = "parameter"
    SYNTAX = "syntax"
    UNPLANNABLE = "unplannable"
    WRITES = "writes"
    ADMINISTERS = "administers"
    OPERATOR = "operator"
    PROCEDURE = "procedure"
    FUNCTION = "function"
    HOUSE = "house"
    UNBOUNDED = "unbounded"
    TOO_COSTLY = "too_costly"
    GROWS = "grows"
    BREAKS_OUT = "breaks_out"


@dataclass(frozen=True)
class Finding:
    """One thing said of a text: why it is refused, or what to look at; `line` and `column` count from 1."""

    code: str
    message: str
    hint: str | None = None
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Verdict:
    """Whether a text may be run, why not, and what the plan tells of it; of one that cannot be planned that is nothing.

    `estimated_rows` is the largest number of rows that the database expects anywhere in the plan.
    """

    refusals: tuple[Finding, ...]
    warnings: tuple[Finding, ...] = ()
    columns: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()
    estimated_rows: float | None = None

    @property
    def allowed(self) -> bool:
        """Whether it may be run."""
        return not self.refusals
