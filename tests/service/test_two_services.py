"""Two services before one database share nothing but the database: what one writes, the other answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack

import httpx
import pytest_asyncio

from graph.graph import Graph
from graph.keys import Scope
from graph.settings import Settings
from service.dependencies import BOOKMARK_HEADER, KNOWN_AT_HEADER
from tests.service.test_serve import serving

SOURCE = "/sources/two.services"
Two = tuple[httpx.Client, httpx.Client]


@pytest_asyncio.fixture(loop_scope="session")
async def two(environment: dict[str, str], changeable_graph: Graph) -> AsyncIterator[Two]:
    """A client of each, with a key to write with."""
    key = (await changeable_graph.keys.create("two services", [Scope.WRITE], None)).text
    with ExitStack() as opened:
        alone = environment | {"FOEDUS_SHIPPED": "false"}
        urls = [opened.enter_context(serving(alone))[1] for _ in range(2)]
        headers = {"Authorization": f"Bearer {key}"}
        one, other = (opened.enter_context(httpx.Client(base_url=url, headers=headers, timeout=60)) for url in urls)
        yield one, other


def write(client: httpx.Client, title: str) -> dict[str, str]:
    """Give the source a title, and return the tokens of that."""
    record = {"key": "two.services", "title": title, "kind": "other"}
    operations = [{"op": "put", "label": "Source", "record": record}]
    written = client.post("/change-sets", json={"reason": "To be read elsewhere.", "operations": operations})
    assert written.is_success, written.text
    return {name: written.headers[name] for name in (KNOWN_AT_HEADER, BOOKMARK_HEADER)}


def title(client: httpx.Client, **tokens: str) -> str:
    answer = client.get(SOURCE, headers=tokens)
    assert answer.status_code == 200, answer.text
    (row,) = answer.json()["rows"]
    return str(row["title"])


async def test_what_one_writes_the_other_answers(two: Two) -> None:
    for number, (writes, reads) in enumerate([two, two[::-1]] * 3):
        write(writes, f"before {number}")
        await asyncio.sleep(Settings().known_at_ms / 1000)
        assert title(reads) == f"before {number}", "seen by whoever waits that long"

        tokens = write(writes, f"after {number}")
        assert title(reads, **{KNOWN_AT_HEADER: tokens[KNOWN_AT_HEADER]}) == f"after {number}", "at once with its token"
        tokens = write(writes, f"at last {number}")
        assert title(reads, **tokens) == f"at last {number}", "and with the bookmark that a cluster needs"
