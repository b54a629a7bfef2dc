"""Nothing stale is ever served: what another process writes shows, though answers are kept."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import pytest_asyncio

from graph.catalog import Catalog
from graph.erasures import Demand
from graph.graph import Graph
from graph.model.changes import ChangeSet
from graph.model.entities import Official, Source, State
from graph.model.facts import Event, Statehood
from graph.settings import Settings
from graph.types import written_instant
from service.app import create_app
from service.connection import Address
from service.dependencies import KNOWN_AT_HEADER
from tests.questions.conftest import CATALOG
from tests.service.conftest import served

QUESTION = "/questions/statehood_of?state=A"
ASKED = Catalog(
    CATALOG[name] for name in ("statehood_of", "evidence_of_fact", "history_of_fact", "states_by_name_or_code")
)
"""The questions that are asked here, and the one by which states are found; a service of all takes seconds to make."""
SOURCE: Any = [{"source": "s", "locator": "row 1"}]
KEPT_MS = 250


async def write(graph: Graph, *records: Any) -> str:
    receipt = await graph.writer.apply(ChangeSet.of(records, author="a test", reason="to see"))
    return receipt.known_at.isoformat().replace("+00:00", "Z")


def episode(begins: str) -> Statehood:
    return Statehood(key="a.1", of="A", span={"begins": begins, "ends": "open"}, attested_by=SOURCE)


@pytest_asyncio.fixture(loop_scope="session", params=[KEPT_MS, 600_000], ids=["for a moment", "for long"])
async def client(
    request: pytest.FixtureRequest, settings: Settings, address: Address, empty_graph: Graph
) -> AsyncIterator[httpx.AsyncClient]:
    """A service with a cache that reads the newest instant again after so many milliseconds."""
    await write(empty_graph, Source(key="s", title="A source", kind="other"), State(key="A", name="A"), episode("1950"))
    app = create_app(settings.model_copy(update={"known_at_ms": request.param}), address, ASKED)
    entered = served(app)
    url = await asyncio.to_thread(entered.__enter__)
    try:
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            yield client
    finally:
        await asyncio.to_thread(entered.__exit__, None, None, None)


async def begins(client: httpx.AsyncClient, **headers: str) -> str:
    response = await client.get(QUESTION, headers=headers)
    assert response.status_code == 200, response.text
    (row,) = response.json()["rows"]
    return str(row["begins"])


async def test_what_another_process_writes_shows_at_once_with_its_token(
    client: httpx.AsyncClient, empty_graph: Graph
) -> None:
    for year in ("1951", "1952", "1953"):
        assert await begins(client) == await begins(client)
        token = await write(empty_graph, episode(year))
        assert await begins(client, **{KNOWN_AT_HEADER: token}) == year
        assert await begins(client) == year, "and then for everybody"


async def test_without_it_it_shows_when_the_instant_is_read_again(
    client: httpx.AsyncClient, empty_graph: Graph, request: pytest.FixtureRequest
) -> None:
    if request.node.callspec.params["client"] != KEPT_MS:
        assert await begins(client) == "1950"
        await write(empty_graph, episode("1960"))
        assert await begins(client) == "1950", "an instant is not read again before its time"
        return
    for year in ("1961", "1962", "1963"):
        await begins(client)
        await write(empty_graph, episode(year))
        await asyncio.sleep(KEPT_MS / 1000)
        assert await begins(client) == year


async def test_what_was_erased_is_gone_from_kept_answers_of_earlier_states_too(
    client: httpx.AsyncClient, empty_graph: Graph
) -> None:
    quoted: Any = [{"source": "s", "quote": "So says Ana Gray."}]
    meeting = Event(
        key="e", kind="meeting", text="t", span="1950", participants=[{"actor": "ana-gray"}], attested_by=quoted
    )
    then = await write(empty_graph, Official(key="ana-gray", name="Ana Gray"), meeting)
    path = f"/questions/evidence_of_fact?fact=e&known_at={then}"
    before = [await client.get(path, headers={KNOWN_AT_HEADER: then}) for _ in range(2)]
    assert "Ana Gray" in before[1].text
    erased = await empty_graph.eraser.erase(Demand(key="ana-gray", author="a test", reason="to see"))
    token = {KNOWN_AT_HEADER: written_instant(erased.known_at)}
    await client.get(QUESTION, headers=token)
    after = await client.get(path, headers={"If-None-Match": before[1].headers["ETag"]})
    assert (after.status_code, "[erased]" in after.text, "Gray" in after.text) == (200, True, False)
    assert after.headers["ETag"] != before[1].headers["ETag"]


async def test_who_asks_at_once_gets_one_state_of_knowledge(client: httpx.AsyncClient, empty_graph: Graph) -> None:
    token = await write(empty_graph, episode("1970"))
    asked = [begins(client, **{KNOWN_AT_HEADER: token}) for _ in range(20)]
    assert set(await asyncio.gather(*asked)) == {"1970"}


async def test_a_kept_answer_is_the_same_to_the_byte_and_compressed_where_asked(client: httpx.AsyncClient) -> None:
    plain, again = [await client.get(QUESTION, headers={"Accept-Encoding": "identity"}) for _ in range(2)]
    assert plain.content == again.content
    small = [await client.get(QUESTION, headers={"Accept-Encoding": "gzip"}) for _ in range(2)]
    assert {one.headers.get("Content-Encoding") for one in small} == {"gzip"}
    assert {one.content for one in small} == {plain.content}
    assert small[0].headers["ETag"] == plain.headers["ETag"]
    assert "Accept-Encoding" in small[0].headers["Vary"]
    tagged = await client.get(QUESTION, headers={"If-None-Match": plain.headers["ETag"]})
    assert (tagged.status_code, tagged.content) == (304, b"")


async def test_a_name_of_today_leads_to_the_next_page_of_what_was_known_then(
    client: httpx.AsyncClient, empty_graph: Graph
) -> None:
    """The pages are of one state of knowledge and the name is of a later one, by when the first page was kept."""
    second = Statehood(key="a.2", of="A", span={"begins": "1900", "ends": "1910"}, attested_by=SOURCE)
    then = await write(empty_graph, second)
    path = f"/questions/statehood_of?known_at={then}&limit=1&state="
    await client.get(f"{path}A", headers={KNOWN_AT_HEADER: then})
    named = {KNOWN_AT_HEADER: await write(empty_graph, State(key="A", name="Newly named"))}
    first = await client.get(f"{path}Newly named", headers=named)
    following = await client.get(first.links["next"]["url"], headers=named)
    assert (following.status_code, len(following.json()["rows"])) == (200, 1), following.text


async def test_a_state_of_knowledge_that_another_process_told_of_is_known_by_its_name(
    client: httpx.AsyncClient, empty_graph: Graph
) -> None:
    """Nothing but the address tells of it: a permalink, a record as of then, the next page."""
    await begins(client)
    then = await write(empty_graph, episode("1980"))
    known = (await client.get(f"{QUESTION}&known_at={then}")).json()
    assert (known["known_at"], known["rows"][0]["begins"]) == (then, "1980")
    then = await write(empty_graph, episode("1981"))
    record = (await client.get(f"/statehoods/a.1/record?known_at={then}")).json()
    assert record["record"]["span"]["begins"] == "1981"


async def test_the_next_page_is_found_by_another_process(
    client: httpx.AsyncClient, settings: Settings, address: Address, empty_graph: Graph
) -> None:
    await begins(client)
    then = await write(empty_graph, Statehood(key="a.2", of="A", span="1900/1910", attested_by=SOURCE))
    entered = served(create_app(settings, address, ASKED))
    other = await asyncio.to_thread(entered.__enter__)
    try:
        async with httpx.AsyncClient(base_url=other, timeout=30) as asked:
            first = await asked.get(f"{QUESTION}&limit=1")
    finally:
        await asyncio.to_thread(entered.__exit__, None, None, None)
    following = await client.get(first.links["next"]["url"])
    assert following.status_code == 200, following.text
    assert (following.json()["known_at"], len(following.json()["rows"])) == (then, 1)


@pytest.mark.parametrize("name", ["Ангола", "Angola\r\nX-Smuggled: 1", "Angola?"])
async def test_whatever_names_something_in_a_path_the_next_page_is_found(
    client: httpx.AsyncClient, empty_graph: Graph, name: str
) -> None:
    await write(empty_graph, State(key="A", name="Angola X Smuggled 1", aliases=("Ангола",)))
    seen = {KNOWN_AT_HEADER: await write(empty_graph, State(key="A", name="Angola, X Smuggled 1", aliases=("Ангола",)))}
    first = await client.get(f"/facts/{quote(name, safe='')}/history?limit=1", headers=seen)
    assert (first.status_code, "X-Smuggled" in first.headers) == (200, False), first.text
    following = await client.get(first.links["next"]["url"], headers=seen)
    assert (following.status_code, len(following.json()["rows"])) == (200, 1), following.text
