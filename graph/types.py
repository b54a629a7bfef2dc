"""The types that a question's header may name, for parameters and for columns."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from graph.model.records import Day
from graph.model.vocabulary import VOCABULARIES, ConditionKind, ConditionRole, ReservationEffect, Truth

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}.*")
LIST_OF = "list of "


def _instant(value: Any) -> Any:
    if isinstance(value, str):
        try:
            instant = datetime.fromisoformat(value) if _INSTANT.fullmatch(value) else None
        except ValueError:
            instant = None
        if instant is None or instant.tzinfo is None:
            raise ValueError("write an instant as YYYY-MM-DDThh:mm:ssZ; an offset in place of Z begins with %2B or -")
        try:
            return instant.astimezone(UTC)
        except OverflowError:
            raise ValueError("in UTC that is not in the years 0001 to 9999") from None
    return value


def written_instant(instant: datetime) -> str:
    """Write an instant in UTC as it is read again: `2024-12-04T00:00:00Z`."""
    return instant.isoformat().replace("+00:00", "Z")


def _no_null_character(value: str) -> str:
    if "\0" in value:
        raise ValueError("a text cannot hold a null character")
    return value


Instant = Annotated[AwareDatetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})]
Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_no_null_character)]

LABEL_TYPES = {
    "state": "State",
    "organization": "Organization",
    "organ": "Organ",
    "official": "Official",
    "office": "Office",
    "actor": "Actor",
    "place": "Place",
    "agreement": "Agreement",
    "provision": "Provision",
    "source": "Source",
    "fact": "Fact",
    "commitment": "Commitment",
    "contribution": "Contribution",
    "event": "Event",
    "claim": "Claim",
    "thing": "Thing",
    "record": "Record",
}
"""Types that stand for the key of something with that label; as parameters they are resolved and must exist.

What kind a fact is stands on its versions; for everything else it is a label of the thing. A `record` is anything that
was ever recorded, what is withdrawn as well, and no label.
"""


ACTOR_TYPES = frozenset({"state", "organization", "organ", "official", "actor"})
"""Those of them that are actors: whatever can act, claim, sign or owe."""


class Evidence(BaseModel):
    """That a source states a fact."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(description="Key of the source.")
    locator: str | None = Field(None, description="Article, page, row or paragraph in it.")
    quote: str | None = Field(None, description="Its own words, where they are kept.")


class Was(BaseModel):
    """The earlier value of a column, where two answers are compared."""

    model_config = ConfigDict(extra="forbid")

    column: str = Field(description="Name of the column.")
    value: Any = Field(description="Its earlier value.")


class Condition(BaseModel):
    """What must be so for a commitment to be owed, or how it is carried out."""

    model_config = ConfigDict(extra="forbid")

    kind: ConditionKind = Field(description="What it is about.")
    sentence: str = Field(description="The condition in a sentence.")
    role: ConditionRole = Field(description="Whether it decides if something is owed, or only how.")
    negated: bool = Field(description="Whether it must not be so.")
    alternative: int = Field(description="Conditions with one number hold together; numbers are alternatives.")
    or_allies: bool = Field(description="Whether allies of those named count as well.")
    names: list[str] = Field(description="Keys of the states, organizations, places and events it names.")
    fact: str = Field(description="Key of the condition, for its evidence.")


class Linked(BaseModel):
    """Something that one thing is linked to: what it is, what it says in a few words, and its days where it has any."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(description="Key of the entity or the fact.")
    label: str = Field(description="What it is: `State`, `Provision`, `Act`.")
    says: str | None = Field(None, description="Its name, or what it says in a few words.")
    begins: str | None = Field(None, description="Its day, or its begin, as written or as a day.")
    ends: str | None = Field(None, description="Its end; nothing for what has one day.")


class JudgedCondition(BaseModel):
    """A condition of a commitment, and whether it is met in a case."""

    model_config = ConfigDict(extra="forbid")

    fact: str | None = Field(description="Key of the condition; none where the kind of the commitment implies it.")
    kind: ConditionKind = Field(description="What it is about.")
    role: ConditionRole = Field(description="Whether it decides if something is owed, or only how.")
    alternative: int | None = Field(
        description="Conditions with one number hold together; numbers are alternatives. None belongs to each."
    )
    negated: bool = Field(description="Whether it must not be so; its value has that in it.")
    sentence: str = Field(description="The condition in a sentence.")
    value: Truth | None = Field(description="Whether it is met; none where it says only how.")
    why: str = Field(description="Why it has that value.")


class DoneAct(BaseModel):
    """An act, or a participation, that puts something in force."""

    model_config = ConfigDict(extra="forbid")

    fact: str = Field(description="Its key.")
    kind: str = Field(description="What kind of act, or `participation`.")
    by: str | None = Field(description="Who acted; none where it is an act of the whole agreement.")
    day: str | None = Field(description="The day, or the begin of a participation, an EDTF date.")


class MadeReservation(BaseModel):
    """A reservation, a declaration, or an objection to one."""

    model_config = ConfigDict(extra="forbid")

    fact: str = Field(description="Its key.")
    effect: ReservationEffect = Field(description="What it does.")
    by: str = Field(description="Who made it.")
    text: str | None = Field(description="Its text, or a summary.")
    begins: str = Field(description="Its begin, an EDTF date, `unknown` or `unlimited`.")
    ends: str = Field(description="Its end, an EDTF date, `open`, `unknown` or `unlimited`.")


_PLAIN: dict[str, Any] = {
    "string": Text,
    "integer": Annotated[int, Field(ge=-(2**63), lt=2**63)],
    "number": Annotated[float, Field(allow_inf_nan=False)],
    "boolean": bool,
    "day": Day,
    "instant": Instant,
    "key": Text,
    **dict.fromkeys(LABEL_TYPES, Text),
    **VOCABULARIES,
}
_COLUMNS: dict[str, Any] = _PLAIN | {
    "string": str,
    "day": str,
    "instant": datetime,
    "evidence": Evidence,
    "condition": Condition,
    "linked": Linked,
    "was": Was,
    "judged_condition": JudgedCondition,
    "done_act": DoneAct,
    "made_reservation": MadeReservation,
}


def _known(types: dict[str, Any]) -> AfterValidator:
    def check(name: str) -> str:
        if name.removeprefix(LIST_OF) not in types:
            raise ValueError(f"there is no type {name!r}; known are {', '.join(sorted(types))}, and `list of` each")
        return name

    return AfterValidator(check)


ParameterType = Annotated[str, _known(_PLAIN)]
ColumnType = Annotated[str, _known(_COLUMNS)]


def parameter_annotation(name: str) -> Any:
    """Return the Python annotation that reads a parameter of this type."""
    return _annotation(_PLAIN, name)


def column_annotation(name: str) -> Any:
    """Return the Python annotation of a column of this type, for the schema of an answer."""
    return _annotation(_COLUMNS, name)


def holds_maps(name: str) -> bool:
    """Return whether the values of a column of this type are maps, as evidence is."""
    kind = _COLUMNS[name.removeprefix(LIST_OF)]
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def keys_of(wanted: Collection[str], types: Iterable[str], values: Iterable[Any]) -> Iterator[str]:
    """Yield the keys among values whose type is one of those wanted, or a list of it."""
    for name, value in zip(types, values, strict=True):
        if name.removeprefix(LIST_OF) in wanted:
            yield from (one for one in several(value) if one is not None)


def several(value: Any) -> list[Any]:
    """Return the values of a parameter or column that may be a list."""
    return value if isinstance(value, list) else [value]


def _annotation(types: dict[str, Any], name: str) -> Any:
    inner = types[name.removeprefix(LIST_OF)]
    return list[inner] if name.startswith(LIST_OF) else inner  # type: ignore[valid-type]


_IN_CURSOR: dict[str, type | tuple[type, ...]] = {"integer": int, "number": (int, float), "boolean": bool}


def stands_in_cursor(name: str) -> bool:
    """Return whether values of a column of this type can say where a page ended: no lists, no maps, no instants."""
    return not name.startswith(LIST_OF) and not holds_maps(name) and name != "instant"


def may_stand_in_cursor(name: str, value: Any) -> bool:
    """Return whether a value is one of a column of this type, as a cursor holds it; days and keys are texts there."""
    return isinstance(value, _IN_CURSOR.get(name, str)) and isinstance(value, bool) is (name == "boolean")
