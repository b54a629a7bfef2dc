"""The tools that assistants have: what each takes, and what it answers, as JSON and never longer than may be told.

They ask the catalogue's questions through the reader, as HTTP and the command line do. What of the protocol is
about them stands in `server`.
"""

import json
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from graph.catalog import Catalog, Question
from graph.errors import FoedusError, InputError, NotFoundError, Problem, pointer
from graph.graph import Graph
from graph.model.reading import checked
from graph.parameters import as_texts, read_parameters
from graph.understood import Answer, Understood
from service.answers import dumped, to_json
from service.batches import pairs_of
from service.limits import Places, within
from service.queries import Asking, asked_of, verdict_told
from service.routes.catalogue import about

USUAL_ROWS = 50
MOST_ROWS = 200
MOST_BYTES = 100_000
MOST_LISTED = 20
READS_AT_ONCE = 2
WAIT_SECONDS = 60.0
"""Longest wait for one of those reads: an assistant may ask ten things at once, and has them all answered."""
SEARCH, EVIDENCE = "search", "evidence_of_fact"
# No error that quotes what was given is longer than an answer may be.
_Short = Annotated[str, Field(min_length=1, max_length=200)]
_VALUES = {
    "type": "object",
    "additionalProperties": {
        "type": ["string", "number", "boolean", "array"],
        "items": {"type": ["string", "number", "boolean"]},
    },
}


class LargeRowError(FoedusError):
    """One row alone is larger than an answer to an assistant may be."""

    code = "row_too_large"


class _Taken(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ListQuestions(_Taken):
    """Which questions are looked for."""

    topic: _Short | None = Field(None, description="Only questions of this topic, such as commitments or claims.")
    words: _Short | None = Field(
        None, description="Only questions whose name, title or description holds some of these words, the best first."
    )


class AskQuestion(_Taken):
    """A question, and what is asked with it."""

    name: _Short = Field(description="Name of the question, from list_questions.")
    parameters: Annotated[dict[str, Any], WithJsonSchema(_VALUES)] = Field(
        {},
        description=(
            "The question's own parameters by name, as list_questions tells them; a list as an array. compare_on (a "
            "day) and compare_known_at (an instant) go here too: the rows are then what differs since, and why."
        ),
    )
    on: _Short | None = Field(
        None, description="The day the answer is about, YYYY-MM-DD; today when left out. Timeless questions take none."
    )
    known_at: _Short | None = Field(
        None, description="State of knowledge to answer from, an instant with its zone; the newest when left out."
    )
    limit: int = Field(USUAL_ROWS, ge=1, le=MOST_ROWS, description="Most rows of this answer.")
    after: str | None = Field(
        None,
        max_length=4000,
        description="`next` of a truncated answer; with all else the same, the rows after it are answered.",
    )


class Find(_Taken):
    """What is looked for."""

    text: _Short = Field(
        description="A name in any script, a code such as RU or wikidata:Q159, a title, or the start of a key."
    )


class Evidence(_Taken):
    """The fact that is asked about."""

    fact: _Short = Field(description="Key of the fact, from a row of an answer, or from find.")


class Tools:
    """Answers the calls of one assistant, over one graph. No answer takes longer than some seconds."""

    def __init__(self, graph: Graph, seconds: float) -> None:
        self._graph, self._seconds = graph, seconds
        self._places = Places(READS_AT_ONCE, WAIT_SECONDS, "questions")

    async def answer(self, name: str, arguments: Mapping[str, Any]) -> bytes:
        """Return what a tool answers. Raises a FoedusError for what it refuses."""
        if (tool := TOOLS.get(name)) is None:
            raise NotFoundError(f"There is no tool {name[:80]!r}.", f"There are {', '.join(TOOLS)}.")
        return await tool.answer(self, checked(tool.takes, arguments))

    async def list_questions(self, asked: ListQuestions) -> bytes:
        """List questions: all of them briefly, or those that fit with all that is needed to ask them."""
        found = _fitting(self._graph.catalog, asked)
        said = {"name", "topic", "title"}
        if (asked.topic, asked.words) != (None, None):
            said |= {"about", "parameters", "timeless"}
        shown = found if asked.words is None else found[:MOST_LISTED]
        told = [about(question).model_dump(include=said, exclude_none=True) for question in shown]
        return dumped({"questions": told, "left_off": len(found) - len(shown)})

    async def ask_question(self, asked: AskQuestion) -> bytes:
        """Answer a question; what is given beside its parameters and among them is given twice."""
        beside = asked.model_dump(include={"on", "known_at", "limit", "after"}, exclude_none=True)
        pairs = pairs_of(json.dumps(asked.parameters).encode(), {})
        return await self._asked(asked.name, [*pairs, *as_texts(beside)])

    async def find(self, asked: Find) -> bytes:
        """Find things by a text that names them."""
        return await self._asked(SEARCH, as_texts({"q": asked.text, "limit": USUAL_ROWS}))

    async def evidence(self, asked: Evidence) -> bytes:
        """Tell what a fact rests on."""
        return await self._asked(EVIDENCE, as_texts({"fact": asked.fact, "limit": USUAL_ROWS}))

    async def check_query(self, asked: Asking) -> bytes:
        """Judge a text without running it."""
        async with self._places.taken(), within(self._seconds):
            queries = self._graph.queries
            return dumped(verdict_told(await queries.check(await asked_of(queries, asked))))

    async def _asked(self, name: str, pairs: Iterable[tuple[str, str]]) -> bytes:
        question = self._graph.catalog.find(name)
        asked = read_parameters(question.parameters, pairs)
        async with self._places.taken(), within(self._seconds):
            await self._graph.revision.recorded()
            understood = await self._graph.reader.understand(question, asked)
            return fitted(understood, await self._graph.reader.answer(understood))


def _fitting(catalog: Catalog, asked: ListQuestions) -> list[Question]:
    """Return the questions of a topic, those first that hold most of some words; who holds none is left out."""
    topics = list(dict.fromkeys(question.topic for question in catalog.values()))
    if asked.topic is not None and asked.topic not in topics:
        message, hint = f"There is no topic {asked.topic!r}.", f"There are {', '.join(topics)}."
        raise InputError([Problem(pointer("topic"), message, hint)])
    questions = [question for question in catalog.values() if asked.topic in {None, question.topic}]
    if asked.words is None:
        return questions
    words = asked.words.casefold().split()
    held = {question.name: sum(word in question.described for word in words) for question in questions}
    return sorted((one for one in questions if held[one.name]), key=lambda one: -held[one.name])


def fitted(understood: Understood, answer: Answer) -> bytes:
    """Write an answer, without the rows at its end that would make it too long; it is then a shorter page.

    Raises LargeRowError when not even one row fits.
    """
    whole = to_json(answer)
    if len(whole) <= MOST_BYTES:
        return whole
    numbers = range(1, len(answer.rows))
    fits = bisect_left(numbers, True, key=lambda number: len(to_json(_begin(understood, answer, number))) > MOST_BYTES)
    if not fits:
        message = f"The next row alone is longer than the {MOST_BYTES:,} bytes that an answer may have here."
        raise LargeRowError(message, "Ask for it over HTTP or with `foedus ask`, or ask for something narrower.")
    return to_json(_begin(understood, answer, fits))


def _begin(understood: Understood, answer: Answer, number: int) -> Answer:
    """Return the first rows of an answer as the page that a smaller limit would have made."""
    rows, page = answer.rows[:number], replace(understood, limit=number)
    return replace(answer, rows=rows, next=page.cursor(rows[-1]), again=tuple(page.again()))


@dataclass(frozen=True)
class Tool:
    """A tool: what is said of it, what it takes, and how it is answered."""

    about: str
    takes: type[BaseModel]
    answer: Callable[[Tools, Any], Awaitable[bytes]]


_ENVELOPE = (
    "The answer says `on` and `known_at`, what `coverage` makes of no rows (`empty_means`), `sources`, a `permalink` "
    "to cite, the columns and the rows."
)
_GO_ON = "Where `truncated` is true, ask_question goes on: its `question` and `parameters`, and `next` as `after`."
TOOLS = {
    "list_questions": Tool(
        "Which questions the graph answers. Without arguments: name, topic and title of all. With a topic or words: "
        "those that fit, with what each is about and the parameters it takes. Begin here.",
        ListQuestions,
        Tools.list_questions,
    ),
    "ask_question": Tool(
        "Ask a question of the catalogue. States and other things may be given by key, code or name; a name that fits "
        f"several is refused with the keys to choose from. {_ENVELOPE} When `truncated` is true, call again with all "
        "the same and `after` set to `next`: rows beyond the limit, or that made the answer longer than "
        f"{MOST_BYTES:,} bytes, are left for the next page.",
        AskQuestion,
        Tools.ask_question,
    ),
    "find": Tool(
        "Find the keys of states, officials, agreements, facts and all else by what they are called, in any script. "
        f"Use it instead of guessing a code. {_ENVELOPE} {_GO_ON}",
        Find,
        Tools.find,
    ),
    "evidence": Tool(
        "What a fact rests on: the sources that state it, where and in which words, and the claims for it, against it "
        f"and about it. {_ENVELOPE} {_GO_ON}",
        Evidence,
        Tools.evidence,
    ),
    "check_query": Tool(
        "Judge a Cypher text of your own without running it: whether it only reads and may be run, why not, what it "
        "returns, and names in it that the graph does not have.",
        Asking,
        Tools.check_query,
    ),
}
