"""What somebody sends, turned into records and change sets: every fault is listed, each with a pointer and a code.

Used by the service. What a record shows by itself is checked here; what it takes the graph to know, by the writer.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from graph.errors import InputError, Problem, pointer
from graph.model import LABELS
from graph.model.changes import ChangeSet, Operation, Put, Withdraw
from graph.model.records import Fact, Record, Sentence
from graph.model.rules import INVALID, SENTENCES, Rule

M = TypeVar("M", bound=BaseModel)
MOST_FAULTS = 1000
"""So many faults are told of a body and no more; one of megabytes could hold millions."""
OPERATIONS: dict[str, type[Put | Withdraw]] = {"put": Put, "withdraw": Withdraw}
_RULES = {rule.value for rule in Rule}
_PLAINLY = {
    "missing": "it is required",
    "extra_forbidden": "there is no such field",
    "model_type": "it is no object",
    "model_attributes_type": "it is no object",
    "tuple_type": "it is no array",
    "string_type": "it is no text",
}


def read_record(label: str, content: Any, at: str = "") -> Record:
    """Return a record of a label from its content in JSON. Raises InputError with pointers that begin with `at`."""
    return checked(LABELS[label], content, at)


def checked(model: type[M], content: Any, at: str = "") -> M:
    """Return a model of some content in JSON. Raises InputError, its pointers beginning with `at`."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[:MOST_FAULTS]
        raise InputError([_problem(model, details, at) for details in found]) from None


class _Sent(BaseModel):
    """A change set as it is sent, its operations not yet read."""

    model_config = ConfigDict(extra="forbid")

    reason: Sentence
    operations: list[Any]


def read_change_set(document: Any, *, author: str, most: int, idempotency_key: str | None = None) -> ChangeSet:
    """Return the change set that a document describes: `reason`, and at most so many `operations`.

    A put is `{"op": "put", "label": …, "record": …}`, a withdrawal `{"op": "withdraw", "key": …, "reason": …}`; both
    may have `if_version`. Raises InputError that lists every fault of every operation, up to that in which the
    MOST_FAULTS-th is.
    """
    faults = list[Problem]()
    sent = _checked(_Sent, document, "", faults)
    operations = document.get("operations") if isinstance(document, dict) else None
    if not isinstance(operations, list):
        operations = []
    if len(operations) > most:
        message = f"There are {len(operations)} operations; a change set has {most} at most."
        raise InputError([Problem(pointer("operations"), message, "Send several change sets.")])
    read = tuple(_operations(operations, faults))
    if faults or sent is None:
        raise InputError(faults)
    return ChangeSet(author=author, reason=sent.reason, idempotency_key=idempotency_key, operations=read)


def _operations(operations: list[Any], faults: list[Problem]) -> Iterator[Operation]:
    for i, operation in enumerate(operations):
        if len(faults) >= MOST_FAULTS:
            return
        try:
            yield _operation(operation, pointer("operations", str(i)))
        except InputError as error:
            faults += error.problems


def _operation(operation: Any, at: str) -> Operation:
    if not isinstance(operation, dict):
        raise InputError(
            [Problem(at, "An operation is an object.", 'Write {"op": "put", …} or {"op": "withdraw", …}.')]
        )
    kind = operation.get("op")
    if not isinstance(kind, str) or kind not in OPERATIONS:
        raise InputError([_unknown(at + "/op", kind, list(OPERATIONS), "operation")])
    faults = list[Problem]()
    fields = {name: value for name, value in operation.items() if name != "op"}
    if kind == "put":
        fields = _put_fields(fields, at, faults)
    made = _checked(OPERATIONS[kind], fields, at, faults)
    if faults or made is None:
        raise InputError(faults)
    return made


def _put_fields(fields: dict[str, Any], at: str, faults: list[Problem]) -> dict[str, Any]:
    """Return the fields of a put with its record read; `label` is no field of it, but says what the record is."""
    label, content = fields.pop("label", None), fields.pop("record", None)
    if not isinstance(label, str) or label not in LABELS:
        raise InputError([_unknown(at + "/label", label, list(LABELS), "label")])
    try:
        return fields | {"record": read_record(label, content, at + "/record")}
    except InputError as error:
        faults += error.problems
        return fields | {"record": None}


def _checked(model: type[M], content: Any, at: str, faults: list[Problem]) -> M | None:
    """Return the same, or None with the faults added; of what something was said already nothing is said again."""
    told = [fault.pointer for fault in faults]
    try:
        return checked(model, content, at)
    except InputError as error:
        faults += [one for one in error.problems if not any(before.startswith(one.pointer) for before in told)]
        return None


def _unknown(at: str, given: Any, names: list[str], what: str) -> Problem:
    near = get_close_matches(str(given), names, 1, cutoff=0.6) if given is not None else []
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(names)}."
    return Problem(
        at, f"There is no {what} {str(given)[:80]!r}." if given is not None else f"The {what} is missing.", hint
    )


def _problem(model: type[BaseModel], details: ErrorDetails, at: str) -> Problem:
    where = [str(part) for part in details["loc"]]
    told = at + pointer(*where)
    code, hint = details["type"], None
    reason = _PLAINLY.get(code) or details["msg"].removeprefix("Value error, ")
    if (
        issubclass(model, Fact)
        and where[:1] == ["attested_by"]
        and len(where) == 1
        and code in {"missing", "too_short"}
    ):
        return Problem(
            told, SENTENCES[Rule.SOURCE_MISSING], 'Say {"attested_by": [{"source": KEY}]}.', Rule.SOURCE_MISSING
        )
    if code == "extra_forbidden" and len(where) == 1:
        near = get_close_matches(where[0], list(model.model_fields), 1)
        hint = f"Did you mean {near[0]}?" if near else f"{model.__name__} has {', '.join(model.model_fields)}."
    if code in _RULES:
        return Problem(told, reason, SENTENCES[Rule(code)], code)
    name = ".".join(where)
    return Problem(told, f"{name}: {reason[0].lower()}{reason[1:].rstrip('.')}." if name else reason, hint, INVALID)
