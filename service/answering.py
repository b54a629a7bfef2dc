"""One question answered as HTTP asks for it: what is asked, in which form, and from the cache where it is there.

The routes call it. A request that came before, in the same state of knowledge, is not even read again.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import cast
from urllib.parse import quote, urlencode

from fastapi import Request, Response

from graph.catalog import Question
from graph.errors import UNKNOWN, InputError, NotFoundError, NotRecordedError, pointer
from graph.graph import Graph
from graph.parameters import LARGEST_LIMIT, Asked, read_parameters
from graph.reader import Reader
from graph.recent import Recent
from graph.types import written_instant
from graph.understood import Understood
from service.cache import Kept, answer_cache, kept_response
from service.contract import asked_model
from service.dependencies import CHANGED_HEADER, KNOWN_AT_HEADER, at_least_of, graph_of, moved, see_that_known
from service.forms import MEDIA_TYPES, Format, offered
from service.limits import within
from service.negotiation import best_of, has_already, query_pairs
from service.permalink import FOREVER, permalink, pins_everything
from service.streams import streamed
from service.writers import written

REMEMBERED = 4000
"""How many requests are known again without being read."""
LONGEST_REMEMBERED = 2000


@dataclass(frozen=True)
class Wanted:
    """What a request comes to: what was understood, in which form it is wanted, whole or by the page, and its head."""

    understood: Understood
    form: Format
    whole: bool
    headers: dict[str, str]


@dataclass(frozen=True)
class RequestKey:
    """All of a request that decides what it comes to, in one state of knowledge on one day."""

    path: str
    query: bytes
    accept: str | None
    host: str | None
    newest: datetime
    today: date
    digest: str


class Answers:
    """What this process remembers of requests and answers."""

    def __init__(self, most_bytes: int) -> None:
        self.cache = answer_cache(most_bytes)
        self.wanted: Recent[RequestKey, Wanted] = Recent(REMEMBERED if most_bytes else 0)

    def clear(self) -> None:
        """Remember nothing any more, as after an erasure."""
        self.cache.clear()
        self.wanted.clear()

    def remember(self, request: RequestKey, wanted: Wanted) -> None:
        """Know a request again, unless it is so long that many of its kind would fill the memory."""
        if len(request.path) + len(request.query) + len(request.accept or "") <= LONGEST_REMEMBERED:
            self.wanted.put(request, wanted)


class Answering:
    """Answers one question, of the catalogue if no other reader is named. No answer takes longer than some seconds."""

    def __init__(self, question: Question, seconds: float, reader: Callable[[Graph], Reader] | None = None) -> None:
        self.question = question
        self._seconds = seconds
        self._reader = reader or (lambda graph: graph.reader)

    @cached_property
    def model(self) -> type[Asked]:
        """The model of what can be asked; made when somebody asks, since all of them take a second."""
        return asked_model(self.question)

    async def __call__(self, request: Request) -> Response:
        """Answer a request, whose parameters stand in its path and its query.

        What nobody is known by is not found in a path, and misunderstood in a query.
        """
        try:
            with _not_found(request.path_params):
                return await self._answered(request)
        except NotFoundError:
            # What was merged into another is found there.
            for key in request.path_params.values():
                if instead := await graph_of(request).records.replaced_by(key):
                    return moved(request, instead)
            raise

    async def _answered(self, request: Request) -> Response:
        graph, answers = graph_of(request), cast(Answers, request.app.state.answers)
        at_least = at_least_of(request)
        async with within(self._seconds):
            asked_as = RequestKey(
                request.scope["path"],
                request.scope["query_string"],
                request.headers.get("Accept"),
                request.headers.get("Host"),
                await graph.revision.known_at(at_least),
                datetime.now(UTC).date(),
                self.question.digest,
            )
            wanted = answers.wanted.get(asked_as)
            if wanted is None or at_least is not None:
                wanted = await self._wanted(request, graph, at_least)
                answers.remember(asked_as, wanted)
            if has_already(request.headers.get("If-None-Match"), wanted.headers["ETag"]):
                return Response(status_code=304, headers=wanted.headers)
            if wanted.whole:
                pages = self._reader(graph).pages(replace(wanted.understood, limit=LARGEST_LIMIT))
                return await streamed(request, pages, wanted.headers, self._seconds)
            # Where the next page leads holds the state of knowledge in which names were looked up; the tag does not.
            named_at = wanted.understood.named_at.isoformat()
            key = f"{wanted.headers['ETag']} {named_at} {asked_as.host} {asked_as.path}"
            kept = await answers.cache.made(key, lambda: _made(request, self._reader(graph), wanted))
        return _response(request, kept, wanted)

    async def _wanted(self, request: Request, graph: Graph, at_least: datetime | None) -> Wanted:
        """Read a request. Raises InputError, NotAcceptableError or MalformedError for what cannot be understood."""
        pairs = [*request.path_params.items(), *query_pairs(request.scope["query_string"])]
        asked = read_parameters(self.model, pairs)
        form = _form(request, self.question, asked)
        # Rows alone have no `next`, so they are sent to the end unless the caller says where that is.
        whole = form is Format.NDJSON and "limit" not in asked.model_fields_set
        understood = await self._reader(graph).understand(self.question, asked, at_least=at_least)
        # Who names a state of knowledge, by itself or with a page of it, asks for no later one.
        pinned = asked.known_at is not None or asked.after is not None
        see_that_known(understood.known_at, None if pinned else at_least)
        return Wanted(understood, form, whole, _headers(understood, asked, form, whole))


@contextmanager
def _not_found(names: Iterable[str]) -> Iterator[None]:
    """Tell that nothing is known by what stands in the path as a 404; what else is wrong stays a 422."""
    try:
        yield
    except InputError as error:
        in_path = {pointer("query", name) for name in names}
        if all(problem.pointer in in_path and problem.code == UNKNOWN for problem in error.problems):
            raise NotRecordedError(error.problems[0].message, error.problems[0].hint) from None
        raise


async def _made(request: Request, reader: Reader, wanted: Wanted) -> Kept:
    found = await reader.answer(wanted.understood)
    return Kept(await written(wanted.form, found, reader, str(request.base_url)), found.next)


def _response(request: Request, kept: Kept, wanted: Wanted) -> Response:
    headers = wanted.headers
    if kept.next:
        headers = headers | {"Link": _joined(f'<{_next_page(request, kept.next)}>; rel="next"', headers.get("Link"))}
    return kept_response(request, kept, headers, MEDIA_TYPES[wanted.form])


def _form(request: Request, question: Question, asked: Asked) -> Format:
    """Return the form that is asked for by `format`, else by Accept."""
    given: Format | None = getattr(asked, "format", None)
    by_type = {MEDIA_TYPES[form]: form for form in offered(question)}
    return given or by_type[best_of(request.headers.get("Accept"), [*by_type])]


def _headers(understood: Understood, asked: Asked, form: Format, whole: bool) -> dict[str, str]:
    again = [(name, text) for name, text in understood.again() if not (whole and name == "limit")]
    canonical = permalink(understood.question, again, form)
    return {
        # A weak tag, because a compressed answer has other bytes and the same tag.
        "ETag": f'W/"{understood.etag}-{form}{"-whole" if whole else ""}"',
        "Cache-Control": FOREVER if pins_everything(asked, understood) else "no-cache",
        "Vary": "Accept",
        KNOWN_AT_HEADER: written_instant(understood.known_at),
        **({"Link": f'<{canonical}>; rel="canonical"'} if canonical else {}),
        **({CHANGED_HEADER: "true"} if understood.changed else {}),
    }


def _joined(*links: str | None) -> str:
    return ", ".join(filter(None, links))


def _next_page(request: Request, after: str) -> str:
    """Return the address of the next page; `after` carries the day and the state of knowledge of this one."""
    pairs = [(name, text) for name, text in query_pairs(request.scope["query_string"]) if name != "after"]
    # The path comes decoded: what stands in it may be in any script, and must not end the path or the header.
    return f"{quote(request.scope['path'], safe='/:')}?{urlencode([*pairs, ('after', after)])}"
