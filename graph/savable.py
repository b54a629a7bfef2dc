"""What may be saved as a question: a file of the shipped form, read and judged. Used by `graph.saved`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pydantic import BaseModel

from graph.catalog import Catalog, Question, question_of
from graph.errors import CatalogError, InputError, Problem, QueryRefusedError
from graph.parameters import as_texts, read_parameters
from graph.queries import Queries, refused

LONGEST_NAME = 100
LONGEST_FILE = 64_000
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PARAMETER = re.compile(r"(?!model_)[a-z][a-z0-9_]{0,49}")


@dataclass(frozen=True)
class Draft:
    """A file that is about to be saved, read and judged, and the revision that it replaces; 0 for none."""

    topic: str
    question: Question
    content: str
    replaces: int = 0
    warnings: tuple[str, ...] = field(default=(), compare=False)


async def read_draft(topic: str, name: str, content: str, catalog: Catalog, queries: Queries) -> Draft:
    """Read and judge a file. Raises InputError or QueryRefusedError for what is no question that may be saved."""
    if faults := list(_unfit(topic, name, content, catalog)):
        raise InputError(faults)
    try:
        question = question_of(topic, name, content, name)
    except CatalogError as error:
        message = str(error).removeprefix(f"{name}: ")
        raise InputError([Problem("", f"{message[0].upper()}{message[1:]}", error.hint, "header")]) from None
    if fault := _unsavable(question):
        raise InputError([Problem("", fault, None, "header")])
    verdict = await queries.verdict_on(question, _example_values(question))
    if not verdict.allowed:
        raise QueryRefusedError([replace(one, pointer="") for one in refused(verdict).problems])
    return Draft(topic, question, content, 0, tuple(one.message for one in verdict.warnings))


def stored(draft: Draft) -> dict[str, Any]:
    """Return what the database keeps of a file, and what it is found by."""
    header, name = draft.question.header, draft.question.name
    words = " ".join([name, name.replace("_", " "), header.title, header.about, *header.tags]).casefold()
    kept = {"name": name, "topic": draft.topic, "content": draft.content, "replaces": draft.replaces, "words": words}
    return kept | {"tags": header.tags, "draft": header.draft, "deprecated": header.deprecated}


def _unfit(topic: str, name: str, content: str, catalog: Catalog) -> Iterable[Problem]:
    for what, text in (("name", name), ("topic", topic)):
        if len(text) > LONGEST_NAME or not _NAME.fullmatch(text):
            yield Problem(
                "", f"The {what} {text[:LONGEST_NAME]!r} is not snake_case of at most {LONGEST_NAME} letters."
            )
    if name in catalog:
        yield Problem("", f"A shipped question is called {name}.", "Take another name.")
    if len(content.encode("utf-8", "replace")) > LONGEST_FILE:
        yield Problem("", f"The file has more than {LONGEST_FILE:,} bytes.", "Give long lists as parameters.")


def _example_values(question: Question) -> dict[str, Any]:
    """Return the values of a question's parameters as its examples give them. Raises InputError for odd ones."""
    if odd := [name for name in question.header.params if not _PARAMETER.fullmatch(name) or hasattr(BaseModel, name)]:
        raise InputError([Problem("", f"No parameter can be called {odd[0]}.", "Take another name.", "header")])
    for name, value in question.examples.items():
        if not all(
            isinstance(one, str | int | float | date) for one in (value if isinstance(value, list) else [value])
        ):
            raise InputError([Problem("", f"The example of {name} is no value that can be given.", None, "header")])
    asked = read_parameters(question.parameters, as_texts(question.examples))
    return {name: getattr(asked, name) for name in question.header.params}


def _unsavable(question: Question) -> str | None:
    if question.header.path:
        return "A saved question has no `path` of its own; it is answered at /saved-questions/NAME/answer."
    if question.function:
        return (
            "A saved question has no `then`: a function takes all rows, and only shipped texts are known to have few."
        )
    return None
