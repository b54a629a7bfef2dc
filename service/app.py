"""Puts the service together: routes made from the catalogue, one open graph a process, and what surrounds a request."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from importlib.metadata import version
from ipaddress import ip_address
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from graph.catalog import Catalog
from graph.database import GRACE_SECONDS
from graph.graph import open_graph
from graph.settings import Settings
from service.access import BEARER, KEYED_FROM_AFAR, Keyed
from service.answering import Answering, Answers
from service.connection import Address
from service.contract import REF, Drawn
from service.dependencies import BOOKMARK_HEADER, CHANGED_HEADER, KNOWN_AT_HEADER
from service.errors import ProblemBody, install
from service.limits import Places
from service.loading import SHIPPED, Loading
from service.middleware import LOADING_HEADER, Compression, Guarded, Watched
from service.routes.batches import batches_router, document_batches
from service.routes.catalogue import catalogue_router
from service.routes.change_sets import change_sets_router
from service.routes.erasures import erasures_router
from service.routes.health import health_router
from service.routes.pages import pages_router
from service.routes.queries import TRUNCATED_HEADER, queries_router
from service.routes.questions import document_questions, questions_router
from service.routes.records import records_router
from service.routes.saved import saved_router
from service.routes.what_if import what_if_router
from service.shortcut import Shortcut
from service.warming import Warming
from service.write_contract import record_schemas
from service.writing import Turns

ABOUT = (
    "Who commits support to whom, under which treaty, on which day, and who says so. Every question is a route; every "
    "row can be traced to its sources. Every failure has one body (RFC 9457, `application/problem+json`), told apart "
    "by its `code`. In CSV a list is joined by `; `, evidence is `source locator: quote`, and a text that a "
    "spreadsheet would take for a formula is preceded by an apostrophe."
)

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
_TAKEN_HEADERS = [
    KNOWN_AT_HEADER, BOOKMARK_HEADER, "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match",
    "Last-Event-ID", "X-Request-Id",
]  # fmt: skip
_GIVEN_HEADERS = [
    BOOKMARK_HEADER, CHANGED_HEADER, "Deprecation", "ETag", KNOWN_AT_HEADER, "Link", LOADING_HEADER, "Location",
    "Retry-After", TRUNCATED_HEADER, "WWW-Authenticate", "X-Request-Id",
]  # fmt: skip


def create_app(settings: Settings, address: Address, catalog: Catalog | None = None) -> FastAPI:
    """Return the service for the Neo4j at an address; it connects when it is started."""
    catalog = Catalog.load() if catalog is None else catalog
    parts = (SHIPPED, *settings.data_sets) if settings.shipped else ()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_graph(settings, address.uri, address.user, address.password, catalog) as graph:
            app.state.graph, app.state.loading = graph, Loading(parts)
            graph.revision.on_erasure(app.state.answers.clear)
            yield

    seconds = settings.query_seconds + GRACE_SECONDS
    answering = [Answering(question, seconds) for question in catalog.values()]
    app = FastAPI(
        title="foedus",
        version=version("foedus"),
        summary="A diplomatic-relations knowledge graph.",
        description=ABOUT,
        lifespan=lifespan,
        middleware=[*_middleware(settings), Middleware(Shortcut, answering=answering)],
        # Its own route for the document makes it on the event loop, which takes seconds.
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Its own measuring costs a sixth of a small answer.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.stopping = False
    app.state.warming, app.state.answers = Warming(), Answers(settings.cache_mb * 2**20)
    install(app)
    app.include_router(questions_router(answering))
    app.include_router(batches_router(catalog, settings))
    turns = Turns.of(settings)
    viewed = {path for question in catalog.values() if (path := question.header.path)}
    app.include_router(change_sets_router(settings, turns))
    app.include_router(what_if_router(settings, turns))
    app.include_router(erasures_router(settings, turns))
    places = Places(settings.cypher_at_once, settings.acquire_seconds, "queries of one's own")
    app.include_router(queries_router(settings, places))
    app.include_router(saved_router(settings, places))
    app.include_router(records_router(settings, turns, viewed))
    app.include_router(catalogue_router(catalog))
    app.include_router(health_router())
    app.include_router(pages_router())
    _complete_openapi(app, catalog, answering)
    return app


def reached_as(settings: Settings) -> str:
    """Return the host under which the service is reached from here, as it stands in an address."""
    try:
        address = ip_address(settings.host)
    except ValueError:
        return settings.host
    if address.is_unspecified:
        return "127.0.0.1"
    return f"[{settings.host}]" if address.version == 6 else settings.host


def _middleware(settings: Settings) -> list[Middleware]:
    around = [
        Middleware(Watched),
        Middleware(Guarded, hosts=[*settings.allowed_hosts, reached_as(settings)], origins=settings.cors_origins),
    ]
    if settings.cors_origins:
        around.append(
            Middleware(
                CORSMiddleware,
                allow_origins=settings.cors_origins,
                allow_methods=_METHODS,
                allow_headers=_TAKEN_HEADERS,
                expose_headers=_GIVEN_HEADERS,
            )
        )
    compressed = Middleware(Compression, minimum_size=1024, compresslevel=5)
    return [*around, compressed, Middleware(Keyed, open_reads=settings.open_reads)]


def _complete_openapi(app: FastAPI, catalog: Catalog, answering: Sequence[Answering]) -> None:
    """Make the document hold what is made of models, and what that refers to; it is made once, when asked for."""
    plain = app.openapi

    @cache
    def openapi() -> dict[str, Any]:
        document = plain() | KEYED_FROM_AFAR
        document.setdefault("components", {})["securitySchemes"] = BEARER
        schemas = document["components"].setdefault("schemas", {})
        document_questions(document, answering)
        document_batches(document, catalog)
        for name, schema in record_schemas().items():
            schemas.setdefault(name, schema)
        for kind in (ProblemBody, Drawn):
            schema = kind.model_json_schema(ref_template=REF)
            schemas.update(schema.pop("$defs"))
            schemas[kind.__name__] = schema
        return document

    app.openapi = openapi  # type: ignore[method-assign]
