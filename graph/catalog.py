"""The questions of `cypher/questions/`: each file read into a Question, refused when header and text disagree.

From a Question come the route, its entry in OpenAPI, the command, the catalogue page and the tests made from files.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.errors import CatalogError, NotFoundError
from graph.parameters import RESERVED, Asked, AskedOverDays, parameter_model
from graph.statements import FOLDER, statement
from graph.types import LIST_OF, ColumnType, ParameterType

_HEADER = re.compile(r"\s*/\*(?P<header>.*?)\*/\s*(?P<text>.*)", re.DOTALL)
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")
_ALIAS = re.compile(r"\bAS\s+(\w+)\s*(?:,|$)", re.MULTILINE)
_NESTED = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|\([^()]*\)")
_LITERAL = re.compile(r"//[^\n]*|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Parameter(_Spec):
    """One parameter of a question."""

    type: ParameterType
    about: str = Field(min_length=1)
    example: Any = None
    optional: bool = False


class Column(_Spec):
    """One column of a question's answer; it may be null only if optional."""

    type: ColumnType
    about: str = Field(min_length=1)
    optional: bool = False


class Header(_Spec):
    """What the comment at the head of a question file says."""

    title: str = Field(min_length=1)
    about: str = Field(min_length=1)
    params: dict[str, Parameter]
    returns: dict[str, Column] = Field(min_length=1)
    order: list[str] = Field(min_length=1)
    timeless: str | None = Field(None, description="Why it is not about one day; it has no `on`.")
    scans: str | None = Field(None, description="Why it may scan a whole label or index.")
    budget: int | None = Field(None, gt=0, description="Most db hits its example may cost.")


@dataclass(frozen=True)
class Question:
    """One question: its name and topic (file and folder), header, and Cypher text."""

    name: str
    topic: str
    header: Header
    text: str
    digest: str

    @property
    def columns(self) -> list[str]:
        """Names of the columns in their order."""
        return list(self.header.returns)

    @cached_property
    def wrapped(self) -> str:
        """The text as the reader runs it: one record with all rows, in the header's order, after a cursor.

        The text stands between braces, and the server plans it as one with them.
        """
        parts = {"<columns>": ", ".join(self.columns), "<order>": ", ".join(self.header.order), "<text>": self.text}
        page = statement("read/page")
        for place, part in parts.items():
            page = page.replace(place, part)
        return page

    @cached_property
    def parameters(self) -> type[Asked]:
        """Model of what can be asked, with the reserved parameters that every question has."""
        base = Asked if self.header.timeless else AskedOverDays
        return parameter_model(self.name, base, self.header.params)

    @property
    def examples(self) -> dict[str, Any]:
        """The example value of each parameter that has one."""
        return {name: spec.example for name, spec in self.header.params.items() if spec.example is not None}

    def for_browser(self) -> str:
        """Return the text for Neo4j Browser, with `:param` lines from the examples and the order as its last line."""
        values = dict.fromkeys(self.header.params) | self.examples
        lines = [
            f":param {name} => {_literal(value, self.header.params[name].type)};" for name, value in values.items()
        ]
        if not self.header.timeless:
            lines.append(":param on => date();")
        lines.append(":param known_at => datetime();")
        return "\n".join([*lines, "", self.text.rstrip(), "ORDER BY " + ", ".join(self.header.order)]) + "\n"


def _literal(value: Any, kind: str) -> str:
    """Write an example of a parameter of some type as Cypher; YAML reads one of a day or an instant as such."""
    inner = kind.removeprefix(LIST_OF)
    if value is None:
        return "null"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(one, inner) for one in value) + "]"
    if isinstance(value, bool | int | float):
        return str(value).lower()
    text = value.isoformat() if isinstance(value, date) else str(value)
    quoted = "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    function = {"day": "date", "instant": "datetime"}.get(inner)
    return f"{function}({quoted})" if function else quoted


class Catalog(Mapping[str, Question]):
    """All questions by name, in the order of topics and names."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._questions: dict[str, Question] = {}
        for question in sorted(questions, key=lambda q: (q.topic, q.name)):
            if question.name in self._questions:
                raise CatalogError(f"Two question files have the name {question.name}.")
            self._questions[question.name] = question

    @classmethod
    def load(cls, folder: Path = FOLDER / "questions") -> "Catalog":
        """Read every question file. Raises CatalogError naming the file and what is wrong with it."""
        return cls(read_question(path) for path in sorted(folder.glob("*/*.cypher")))

    def __getitem__(self, name: str) -> Question:
        return self._questions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._questions)

    def __len__(self) -> int:
        return len(self._questions)

    def find(self, name: str) -> Question:
        """Return a question by name. Raises NotFoundError that suggests near names."""
        if name in self._questions:
            return self._questions[name]
        near = get_close_matches(name, self._questions, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else "GET /questions, or `foedus list`, names them all."
        raise NotFoundError(f"There is no question {name!r}.", hint)


def read_question(path: Path) -> Question:
    """Read one question file. Raises CatalogError when it is not of the form of `cypher/README.md`."""
    content = path.read_text(encoding="utf-8")
    parts = _HEADER.fullmatch(content)
    if parts is None:
        raise CatalogError(f"{path}: a question starts with its header in /* */.")
    try:
        header = Header.model_validate(yaml.safe_load(parts["header"]))
    except yaml.YAMLError as error:
        raise CatalogError(f"{path}: the header is no YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        hint = "A text with a comma or a colon needs quotes." if first["type"] == "extra_forbidden" else None
        raise CatalogError(f"{path}: the header cannot be read: {place}: {first['msg']}", hint) from error
    question = Question(path.stem, path.parent.name, header, parts["text"], sha256(content.encode()).hexdigest())
    disagreement = next(_disagreements(question), None)
    if disagreement:
        raise CatalogError(f"{path}: {disagreement}")
    return question


def _disagreements(question: Question) -> Iterator[str]:
    header = question.header
    bare = _LITERAL.sub("", question.text)
    if not _NAME.match(question.name):
        yield "its name is not snake_case"
    if ";" in bare:
        yield "it has a `;`; a question is one statement"
    yield from _parameters_disagree(header, set(_PARAMETER.findall(bare)))
    aliases = _aliases(bare)
    if aliases != list(header.returns):
        yield f"it returns {aliases}, the header says {list(header.returns)}"
    for name in header.order:
        if name not in header.returns or header.returns[name].optional:
            yield f"it is ordered by {name}, which is no column that is always there"


def _aliases(bare: str) -> list[str]:
    """Return the aliases of the last RETURN that starts a line, without those of anything nested in it."""
    *_, returned = re.split(r"^RETURN\b", bare, flags=re.MULTILINE)
    nested = 1
    while nested:
        returned, nested = _NESTED.subn("", returned)
    return _ALIAS.findall(returned)


def _parameters_disagree(header: Header, used: set[str]) -> Iterator[str]:
    if reserved := RESERVED & set(header.params):
        yield f"it declares reserved parameters: {', '.join(sorted(reserved))}"
    if undeclared := used - set(header.params) - {"known_at", "on"}:
        yield f"it uses parameters that the header does not declare: {', '.join(sorted(undeclared))}"
    if unused := set(header.params) - used:
        yield f"it declares parameters that it does not use: {', '.join(sorted(unused))}"
    if "known_at" not in used:
        yield "it does not use $known_at, so it would mix states of knowledge"
    if ("on" in used) == bool(header.timeless):
        yield "a question uses $on, or says in `timeless` why not"
    missing = [name for name, spec in header.params.items() if spec.example is None and not spec.optional]
    if missing:
        yield f"parameters without an example: {', '.join(missing)}"
