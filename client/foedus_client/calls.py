"""What can be asked of the service: each call as path, query and body, and how its answer is read.

The only place that knows addresses and how values are written. Nothing is sent here: `session.py` makes requests of
calls, `Client` and `AsyncClient` send them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode

from foedus_client.answer import Answer, Question, Verdict, read_answer, read_questions, read_verdict
from foedus_client.errors import UsageError

T = TypeVar("T")
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Call(Generic[T]):
    """One request to be made, and how the JSON of its answer is read. All of them read, and may be sent again."""

    path: str
    read: Callable[[Any], T]
    query: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path


def ask(name: str, parameters: Values) -> Call[Answer]:
    """Ask a question of the catalogue."""
    return _answer(f"/questions/{_in_path(name)}", parameters)


def saved(name: str, revision: int | None, parameters: Values) -> Call[Answer]:
    """Ask a saved question, as it is or as one of its revisions was."""
    kept = "" if revision is None else f"/revisions/{revision}"
    return _answer(f"/saved-questions/{_in_path(name)}{kept}/answer", parameters)


def evidence(fact: str, parameters: Values) -> Call[Answer]:
    """Ask for sources, quotes, and claims for and against a fact."""
    return _answer(f"/facts/{_in_path(fact)}/evidence", parameters)


def history(fact: str, parameters: Values) -> Call[Answer]:
    """Ask for all versions of a fact."""
    return _answer(f"/facts/{_in_path(fact)}/history", parameters)


def questions() -> Call[list[Question]]:
    """Ask for the catalogue."""
    return Call("/questions", read_questions)


def query(text: str, parameters: Values | None, **given: Any) -> Call[Answer]:
    """Run a Cypher text of one's own."""
    return Call("/queries/run", read_answer, body=_json({"text": text, "parameters": parameters or {}} | _given(given)))


def check(text: str, parameters: Values | None) -> Call[Verdict]:
    """Have a Cypher text judged without running it."""
    return Call("/queries/check", read_verdict, body=_json({"text": text, "parameters": parameters or {}}))


def next_page(call: Call[Answer], answer: Answer) -> Call[Answer] | None:
    """Return the call for the page after an answer to this one; None where there is none."""
    if answer.next is None:
        return None
    again = tuple((name, text) for name, text in call.query if name != "after")
    return replace(call, query=(*again, ("after", answer.next)))


def _answer(path: str, parameters: Values) -> Call[Answer]:
    return Call(path, read_answer, tuple(_pairs(parameters)))


def _in_path(name: str) -> str:
    """Write a name or key as one step of a path."""
    # Dots alone lead elsewhere, and percent-encoded ones are the same to every reader of addresses.
    if not name.strip("."):
        raise UsageError(f"{name!r} is no name and no key.")
    return quote(name, safe="")


def _given(values: Values) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _pairs(parameters: Values) -> Iterator[tuple[str, str]]:
    """Yield parameters as a query has them: a list is a repeated name, and None is left out."""
    for given, value in _given(parameters).items():
        name = given.removesuffix("_")
        if name == "format":
            raise UsageError("An answer is read as JSON, so no format is given. Frames write CSV, Parquet and others.")
        several = isinstance(value, Iterable) and not isinstance(value, str)
        texts = [_text(one) for one in value] if several else [_text(value)]
        if not texts:
            raise UsageError(f"{name} is an empty list. Leave it out to ask for all, or give it a value.")
        for text in texts:
            yield name, text


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


def _instant(value: datetime) -> str:
    """Write an instant in UTC; a midnight of no time zone is a day, as pandas has days."""
    if value.tzinfo is not None:
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if value.time() != time():
        raise UsageError(f"{value} has no time zone. Give it one, such as tzinfo=UTC.")
    return value.date().isoformat()


def _json(body: Values) -> bytes:
    try:
        return json.dumps(body, default=_as_json, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise UsageError(f"A parameter cannot be written as JSON: {error}.") from None


def _as_json(value: Any) -> Any:
    """Write what JSON has no form of: days and instants as texts, any other collection as a list."""
    if isinstance(value, date):
        return _text(value)
    if isinstance(value, Iterable):
        return list(value)
    raise TypeError(f"it is a {type(value).__name__}")
