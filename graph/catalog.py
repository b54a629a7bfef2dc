"""The questions of `cypher/questions/`: each file read into a Question, refused when header and text disagree.

From a Question come the route, its entry in OpenAPI, the command, the catalogue page and the tests made from files.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from graph.errors import CatalogError, NotFoundError
from graph.header import COMPARED, Header
from graph.parameters import Asked, AskedOverDays, parameter_model
from graph.soundness import disagreements, parameters_of
from graph.statements import FOLDER, statement
from graph.then import FUNCTIONS, Then
from graph.types import LIST_OF

# libyaml reads the headers of a whole catalogue in a quarter of the time; not every platform has it.
_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEADER = re.compile(r"\s*/\*(?P<header>.*?)\*/\s*(?P<text>.*)", re.DOTALL)


@dataclass(frozen=True)
class Question:
    """One question: its name and topic (file and folder), header, Cypher text, and the function after it, if any."""

    name: str
    topic: str
    header: Header
    text: str
    digest: str
    function: Then | None = None
    elsewhere: str | None = None

    @property
    def address(self) -> str:
        """Path at which it is answered over HTTP; what is saved is answered elsewhere than the catalogue's."""
        return self.elsewhere or f"/questions/{self.name}"

    @property
    def described(self) -> str:
        """What it is called and about, in small letters, to look for words in."""
        return f"{self.name} {self.topic} {self.header.title} {self.header.about}".casefold()

    @property
    def columns(self) -> list[str]:
        """Names of the columns in their order."""
        return list(self.header.returns)

    @cached_property
    def wrapped(self) -> str:
        """The text as the reader runs it: one record with all rows, in the header's order, after a cursor.

        The text stands between braces, and the server plans it as one with them. Before a function rows come whole.
        """
        fetched = self.function.takes if self.function else self.columns
        parts = {"<columns>": ", ".join(fetched), "<order>": ", ".join(self.header.order), "<text>": self.text}
        page = statement("read/whole" if self.function else "read/page")
        for place, part in parts.items():
            page = page.replace(place, part)
        return page

    @cached_property
    def reads(self) -> frozenset[str]:
        """Names of the parameters that the text reads; a function after it may read others as well."""
        return parameters_of(self.text)

    @cached_property
    def parameters(self) -> type[Asked]:
        """Model of what can be asked, with the reserved parameters that every question has."""
        base = Asked if self.header.timeless else AskedOverDays
        return parameter_model(self.name, base, self.header.params)

    @property
    def examples(self) -> dict[str, Any]:
        """The example value of each parameter that has one."""
        return {name: spec.example for name, spec in self.header.params.items() if spec.example is not None}

    @property
    def identity(self) -> list[str]:
        """Columns by which two rows, of two days or two states of knowledge, are about the same thing."""
        return self.header.identity or self.header.order

    @cached_property
    def compared(self) -> "Question":
        """The question as the differences of two answers are told: after what changed come its own columns."""
        returns, order = COMPARED | self.header.returns, [*self.header.order, "compared"]
        return replace(self, header=self.header.model_copy(update={"returns": returns, "order": order}))

    def for_browser(self) -> str:
        """Return the text for Neo4j Browser, with `:param` lines from the examples and the order as its last line.

        What a function makes of the rows, and the order of those, is not in it.
        """
        values = dict.fromkeys(self.header.params) | self.examples
        lines = [
            f":param {name} => {_literal(value, self.header.params[name].type)};" for name, value in values.items()
        ]
        if not self.header.timeless:
            lines.append(":param on => date();")
        lines.append(":param known_at => datetime();")
        lines += [":param after => null;", ":param row_limit => 1000;"] if self.header.pages else []
        order = [] if self.header.pages or self.function else ["ORDER BY " + ", ".join(self.header.order)]
        return "\n".join([*lines, "", self.text.rstrip(), *order]) + "\n"


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
        questions = list(questions)
        for question in sorted(questions, key=lambda q: (q.topic, q.name)):
            if question.name in self._questions:
                raise CatalogError(f"Two question files have the name {question.name}.")
            self._questions[question.name] = question
        # What is in braces stands for anything, however it is called.
        paths = Counter(
            re.sub(r"\{\w+\}", "{}", question.header.path) for question in questions if question.header.path
        )
        if twice := [path for path, number in paths.items() if number > 1]:
            raise CatalogError(f"Two question files have the path {twice[0]}.")

    @classmethod
    def load(cls, folder: Path = FOLDER / "questions") -> "Catalog":
        """Read every question file. Raises CatalogError naming the file and what is wrong with it."""
        questions = [read_question(path) for path in sorted(folder.glob("*/*.cypher"))]
        if draft := next((question for question in questions if question.header.draft), None):
            raise CatalogError(f"{draft.name} is a draft, and is shipped.", "Take `draft` out of its header.")
        return cls(questions)

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


def read_question(path: Path, functions: Mapping[str, Then] = FUNCTIONS) -> Question:
    """Read one question file. Raises CatalogError when it is not of the form of `cypher/README.md`."""
    return question_of(path.parent.name, path.stem, path.read_text(encoding="utf-8"), str(path), functions)


def question_of(topic: str, name: str, content: str, where: str, functions: Mapping[str, Then] = FUNCTIONS) -> Question:
    """Return the question that the content of a file is. Raises CatalogError, which begins with where it stands."""
    parts = _HEADER.fullmatch(content)
    if parts is None:
        raise CatalogError(f"{where}: a question starts with its header in /* */.")
    header = _header(where, parts["header"])
    function = functions.get(header.then) if header.then else None
    if header.then and function is None:
        raise CatalogError(
            f"{where}: there is no function {header.then!r}; known are {', '.join(functions) or 'none'}."
        )
    disagreement = next(disagreements(name, header, parts["text"], function), None)
    if disagreement:
        raise CatalogError(f"{where}: {disagreement}")
    digest = sha256(content.encode() + (_rules() if function else b"")).hexdigest()
    return Question(name, topic, header, parts["text"], digest, function)


@cache
def _rules() -> bytes:
    """Return a digest of all Python of this floor, with which the rows that functions make may change."""
    return sha256(b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py")))).digest()


def _header(where: str, text: str) -> Header:
    try:
        if "&" in text and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, _YAML)):
            raise CatalogError(f"{where}: the header has an alias, with which a few lines can hold very much.")
        return Header.model_validate(yaml.load(text, _YAML))  # noqa: S506 - a safe loader, in C where there is one
    except yaml.YAMLError as error:
        raise CatalogError(f"{where}: the header is no YAML: {' '.join(str(error).split())}") from error
    except RecursionError:
        raise CatalogError(f"{where}: the header is nested too deep.") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        hint = "A text with a comma or a colon needs quotes." if first["type"] == "extra_forbidden" else None
        raise CatalogError(f"{where}: the header cannot be read: {place}: {first['msg']}", hint) from error


NO_QUESTIONS = Catalog(())
"""For whoever opens a graph and asks nothing by name: reading all questions takes a tenth of a short command."""
