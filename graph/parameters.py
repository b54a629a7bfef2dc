"""What a caller asks with a question: names and texts read into values, every fault listed at once.

One reader of parameters for HTTP, the command line and whatever comes later.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema, create_model
from pydantic_core import ErrorDetails

from graph.errors import InputError, Problem, pointer
from graph.model.records import Day
from graph.types import Instant, parameter_annotation, written_instant

RESERVED = frozenset({"on", "known_at", "limit", "after", "format", "compare_on", "compare_known_at", "digest"})
DEFAULT_LIMIT = 1000
LARGEST_LIMIT = 10_000
M = TypeVar("M", bound=BaseModel)
_DIGEST = re.compile(r"[0-9a-f]{64}")


def _digest(value: str) -> str:
    if not _DIGEST.fullmatch(value):
        raise ValueError("write the `digest` of an answer, 64 hexadecimal digits")
    return value


Digest = Annotated[str, AfterValidator(_digest), WithJsonSchema({"type": "string", "pattern": f"^{_DIGEST.pattern}$"})]


class Asked(BaseModel):
    """The parameters that every question has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    known_at: Instant | None = Field(
        None, description="State of knowledge to answer from; the newest when left out. Never later than that."
    )
    limit: Annotated[int, Field(ge=1, le=LARGEST_LIMIT)] = Field(
        DEFAULT_LIMIT, description="Most rows in this page; `next` of the answer leads to the page after it."
    )
    after: str | None = Field(None, max_length=4000, description="`next` of the page before this one.")
    compare_known_at: Instant | None = Field(
        None, description="Another state of knowledge; the rows are then what differs since that one, and why."
    )
    digest: Digest | None = Field(
        None, description="`digest` of an earlier answer; this one says whether the question's file is another since."
    )


class AskedOverDays(Asked):
    """The same, for questions about one day."""

    on: Day | None = Field(None, description="The day the answer is about; today in UTC when left out.")
    compare_on: Day | None = Field(
        None, description="Another day; the rows are then what differs since that one, and why."
    )


class _Declared(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def example(self) -> Any: ...
    @property
    def optional(self) -> bool: ...
    @property
    def bounds(self) -> tuple[int, int] | None: ...


def parameter_model(name: str, base: type[Asked], declared: Mapping[str, _Declared]) -> type[Asked]:
    """Make the model of a question's parameters."""
    fields: dict[str, Any] = {key: _field(spec) for key, spec in declared.items()}
    return create_model(name.title().replace("_", "") + "Parameters", __base__=base, **fields)


def _field(spec: _Declared) -> tuple[Any, Any]:
    annotation: Any = parameter_annotation(spec.type)
    if spec.bounds:
        annotation = Annotated[int, Field(ge=spec.bounds[0], le=spec.bounds[1])]
    examples = None if spec.example is None else [spec.example]
    default = None if spec.optional else ...
    # An optional one keeps its plain type, so that null is no value of it in OpenAPI.
    return annotation, Field(default, description=spec.about, examples=examples)


def read_parameters(model: type[M], pairs: Iterable[tuple[str, str]]) -> M:
    """Read (name, text) pairs; a list is a repeated name. Raises InputError that lists every fault."""
    given: dict[str, list[str]] = {}
    for name, text in pairs:
        given.setdefault(name, []).append(text)
    problems = [problem for name, texts in given.items() for problem in _misused(model, name, texts)]
    bad = {problem.pointer for problem in problems}
    values = {
        name: texts if _is_list(model, name) else texts[0]
        for name, texts in given.items()
        if name in model.model_fields and pointer("query", name) not in bad
    }
    try:
        asked = model.model_validate(values)
    except ValidationError as error:
        found = [_problem(model, details) for details in error.errors()]
        problems += [problem for problem in found if problem.pointer not in bad]
    if problems:
        raise InputError(problems)
    return asked


def _is_list(model: type[BaseModel], name: str) -> bool:
    field = model.model_fields.get(name)
    return field is not None and getattr(field.annotation, "__origin__", None) is list


def _misused(model: type[BaseModel], name: str, texts: list[str]) -> Iterable[Problem]:
    if name not in model.model_fields:
        near = get_close_matches(name, model.model_fields, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(model.model_fields)}."
        yield Problem(pointer("query", name), f"There is no parameter {name!r} here.", hint)
    elif len(texts) > 1 and not _is_list(model, name):
        yield Problem(pointer("query", name), f"{name} is given {len(texts)} times.", "Give it once.")
    elif "" in texts:
        yield Problem(pointer("query", name), f"{name} is empty.", "Give it a value, or leave it out.")


_PLAINLY = {
    "bool_parsing": "write true or false, or leave it out where it is not known",
    "int_parsing": "write a whole number in digits",
    "float_parsing": "write a number in digits",
}


def _problem(model: type[BaseModel], details: ErrorDetails) -> Problem:
    name = str(details["loc"][0])
    given = details["input"]
    if details["type"] == "missing":
        examples = model.model_fields[name].examples
        return Problem(
            pointer("query", name), f"{name} is missing.", f"For example {name}={examples[0]}." if examples else None
        )
    if details["type"] == "enum":
        words = [str(word) for word in _vocabulary(model, name)]
        near = get_close_matches(str(given), words, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(words)}."
        if "," in str(given) and _is_list(model, name):
            hint = f"Give {name} once for each value."
        return Problem(pointer("query", name), f"{given!r} is no value of {name}.", hint)
    reason = _PLAINLY.get(details["type"]) or details["msg"].removeprefix("Value error, ")
    return Problem(pointer("query", name), f"{name}={given!r}: {reason[0].lower()}{reason[1:]}.")


def _vocabulary(model: type[BaseModel], name: str) -> Iterable[Any]:
    annotation: Any = model.model_fields[name].annotation
    return annotation.__args__[0] if _is_list(model, name) else annotation  # type: ignore[no-any-return]


class Cursor(BaseModel):
    """Where a page ended: bound to question and parameters, and carrying the day and the state of knowledge.

    `named_at` is the state of knowledge in which the names among the parameters were resolved.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    bound_to: str
    on: Day | None
    known_at: Instant
    named_at: Instant
    position: list[Annotated[int, Field(ge=-(2**63), lt=2**63)] | float | str | bool]

    def text(self) -> str:
        """Return it as the opaque text of `next`."""
        return base64.urlsafe_b64encode(self.model_dump_json().encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Read such a text. Raises InputError when it is damaged."""
        try:
            return cls.model_validate_json(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (binascii.Error, ValueError):
            raise misplaced_cursor() from None


def misplaced_cursor() -> InputError:
    """Return the error for a cursor that is damaged or belongs to another question or other parameters."""
    message = "This cursor belongs to another question or other parameters, or is damaged."
    return InputError(
        [Problem(pointer("query", "after"), message, "Take `next` of the page before, and ask the same again.")]
    )


def see_that_days_fit(values: Mapping[str, Any]) -> None:
    """Raise InputError for days that end before they begin."""
    begins, ends = values.get("from"), values.get("to")
    if isinstance(begins, date) and isinstance(ends, date) and begins > ends:
        message = f"from={begins} is later than to={ends}."
        raise InputError([Problem(pointer("query", "to"), message, "Give them the other way round.")])


def too_much_to_compare() -> InputError:
    """Return the error for two answers of which one has more rows than are compared."""
    message = f"One of the two answers has more than {LARGEST_LIMIT:,} rows, which are too many to compare."
    return InputError(
        [Problem(pointer("query", "compare_known_at"), message, "Ask for less, as of one state or kind.")]
    )


def as_texts(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the (name, text) pairs that `read_parameters` reads into these values again."""
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            yield name, _as_text(one)


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return written_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_understood(asked: Asked, resolved: Mapping[str, Any]) -> dict[str, Any]:
    """Return the question's own parameters as they were understood, without those left out."""
    own = {name: resolved.get(name, getattr(asked, name)) for name in type(asked).model_fields if name not in RESERVED}
    return {name: value for name, value in own.items() if value is not None}
