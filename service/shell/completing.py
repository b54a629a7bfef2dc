"""What may come next at the prompt: names of the graph, words of the language, parameters, commands, questions."""

import re
from collections.abc import Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from graph.functions import FUNCTIONS
from graph.schema import known_names
from service.shell.commands import COMMANDS
from service.shell.desk import SHOWN, Desk

KEYWORDS = (
    "AND", "AS", "ASC", "CALL", "CASE", "COLLECT", "CONTAINS", "COUNT", "DESC", "DISTINCT", "ELSE", "END", "ENDS",
    "EXISTS", "IN", "IS", "LIMIT", "MATCH", "NOT", "NULL", "OPTIONAL", "OR", "ORDER", "BY", "RETURN", "SKIP",
    "STARTS", "THEN", "UNION", "UNWIND", "WHEN", "WHERE", "WITH",
)  # fmt: skip
_LAST = re.compile(r"(?P<before>[:$.]?)(?P<word>[\w-]*)\Z")


class Completing(Completer):
    """Completes what stands before the cursor."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._names = known_names()

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Yield what begins as the word at the cursor does."""
        text = document.text_before_cursor
        found = _LAST.search(text)
        word = found["word"] if found else ""
        for one in sorted(set(self._fitting(text, found["before"] if found else "")), key=str.casefold):
            if one.casefold().startswith(word.casefold()) and (
                word or not one[0].isupper() or (found and found["before"])
            ):
                yield Completion(one, -len(word))

    def _fitting(self, text: str, before: str) -> Iterable[str]:
        line = text.lstrip()
        if line.startswith(":"):
            return self._of_command(line)
        if before == "$":
            return [*self._desk.parameters, "on", "known_at"]
        if before == ".":
            return self._names["properties"]
        if before == ":":
            # Within brackets stands a relationship, within parentheses a node.
            return self._names["types" if text.rfind("[") > text.rfind("(") else "labels"]
        return [*KEYWORDS, *FUNCTIONS]

    def _of_command(self, line: str) -> Iterable[str]:
        name, space, rest = line[1:].partition(" ")
        if not space:
            return COMMANDS
        if name == "format":
            return SHOWN
        if name == "show" or (name == "ask" and " " not in rest):
            return self._desk.graph.catalog
        question = self._desk.graph.catalog.get(rest.split(" ", maxsplit=1)[0]) if name == "ask" else None
        return [f"{one}=" for one in question.header.params] if question else self._desk.parameters
