"""Takes requests for questions past the framework's search for a route, which takes longer than a kept answer."""

from collections.abc import Iterable

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from graph.errors import FoedusError
from service.answering import Answering
from service.errors import problem


class Shortcut:
    """Answers GET at the addresses of questions as their routes would; everything else goes on to the app.

    The routes stay what OpenAPI is made from, and what refuses other methods.
    """

    def __init__(self, app: ASGIApp, answering: Iterable[Answering]) -> None:
        self._app = app
        self._fixed: dict[str, Answering] = {}
        self._named: dict[str, tuple[str, Answering]] = {}
        for answer in answering:
            self._fixed[f"/questions/{answer.question.name}"] = answer
            self._add(answer.question.header.path, answer)

    def _add(self, path: str | None, answer: Answering) -> None:
        match answer.question.header.in_path:
            case [] if path:
                self._fixed[path] = answer
            case [name] if path and path.split("/")[2] == f"{{{name}}}":
                self._named[_without_name(path)] = name, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        answer = self._found(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if answer is None:
            await self._app(scope, receive, send)
            return
        try:
            response = await answer(Request(scope, receive))
        except FoedusError as error:
            response = problem(error, scope)
        await response(scope, receive, send)

    def _found(self, scope: Scope) -> Answering | None:
        path = scope["path"]
        if path in self._fixed:
            return self._fixed[path]
        name, answer = self._named.get(_without_name(path), ("", None))
        if answer is not None:
            scope["path_params"] = {name: path.split("/")[2]}
        return answer


def _without_name(path: str) -> str:
    """Return a path without its second part, which names something: `/states/RUS` and `/facts/a/history`."""
    parts = path.split("/")
    return "/".join([*parts[:2], "", *parts[3:]]) if len(parts) > 2 and parts[2] else ""
