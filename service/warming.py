"""Makes the first answers as quick as the later ones: every question is asked before the service says it is ready.

A database plans a text when it first runs it, once for each set of types of its parameters: given or left out. Before
it is ready each question is asked with no more than it needs, and once all is loaded with all its examples as well.
"""

import logging
from typing import Any

from graph.catalog import Question
from graph.errors import FoedusError
from graph.graph import Graph
from graph.parameters import as_texts, read_parameters

LOG = logging.getLogger("foedus.warming")
Pairs = list[tuple[str, str]]


class Warming:
    """Whether the questions are being asked for the first time; a service that nobody warms up is ready at once."""

    def __init__(self) -> None:
        self.going_on = False

    def announce(self) -> None:
        """Say that it will be warmed up, before anybody can ask whether it is ready."""
        self.going_on = True

    async def warm_up(self, graph: Graph) -> None:
        """Ask every question with no more than it needs. What fails will fail again."""
        try:
            # One after the other, so that somebody who asks already does not wait for all of them.
            for question in graph.catalog.values():
                await _ask(graph, question, [*as_texts(_needed(question))])
        finally:
            self.going_on = False

    async def go_on(self, graph: Graph) -> None:
        """Ask every question that has more examples than it needs with all of them, behind the answers to others."""
        for question in graph.catalog.values():
            if question.examples != _needed(question):
                await _ask(graph, question, [*as_texts(question.examples)])


async def _ask(graph: Graph, question: Question, pairs: Pairs) -> None:
    try:
        asked = read_parameters(question.parameters, pairs)
        await graph.reader.answer(await graph.reader.understand(question, asked))
    except FoedusError:
        return
    except Exception:
        # Whatever it is, the other questions do not lack for it, nor what is loaded after them.
        LOG.exception("%s could not be asked", question.name)


def _needed(question: Question) -> dict[str, Any]:
    """Return the examples of those parameters that must be given."""
    return {name: value for name, value in question.examples.items() if not question.header.params[name].optional}
