"""Takes the most frequent requests past the framework's search for a route, which can take longer than their answer."""

from collections.abc import Awaitable, Callable, Mapping

from fastapi import Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from graph.errors import FoedusError
from service.errors import problem

Answer = Callable[[Request], Awaitable[Response]]


class Shortcut:
    """Answers GET at addresses without parameters in them as their routes would; everything else goes on to the app.

    The routes stay what OpenAPI is made from, and what refuses other methods.
    """

    def __init__(self, app: ASGIApp, answers: Mapping[str, Answer]) -> None:
        self._app = app
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        answer = self._answers.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if answer is None:
            await self._app(scope, receive, send)
            return
        try:
            response = await answer(Request(scope, receive))
        except FoedusError as error:
            response = problem(error, scope)
        await response(scope, receive, send)
