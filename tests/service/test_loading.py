"""What `foedus serve` loads behind its answers, and that it loads nothing where nothing shipped is wanted."""

import asyncio
import json

import httpx
import pytest

from graph.catalog import Catalog
from graph.settings import Settings
from service import loading
from service.app import create_app
from service.connection import Address
from service.loading import Loading
from tests.service.conftest import served

MAY_COME = (
    "Or it may be in what is not loaded yet, shipped, us-foreign-aid: `loading` of /health/ready tells when all is."
)


@pytest.mark.parametrize("parts", [("shipped", "aid"), ()])
async def test_what_is_shipped_follows_what_comes_before_unless_it_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch, parts: tuple[str, ...]
) -> None:
    done: list[str] = []

    async def load(part: str) -> bool:
        done.append(part)
        assert behind.remaining == parts[parts.index(part) :]
        return True

    async def before() -> None:
        done.append("before")

    async def then() -> None:
        done.append("then")

    monkeypatch.setattr(loading, "_run", load)
    behind = Loading(parts)
    behind.start(after=before, then=then)
    async with asyncio.timeout(5):
        while "then" not in done:  # noqa: ASYNC110
            await asyncio.sleep(0)
    assert done == ["before", *parts, "then"]
    assert behind.remaining == ()


async def test_nothing_follows_what_failed_and_it_stays_named(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    async def load(part: str) -> bool:
        done.append(part)
        return False

    async def before() -> None: ...

    async def then() -> None:
        done.append("then")

    monkeypatch.setattr(loading, "_run", load)
    behind = Loading(("shipped", "aid"))
    behind.start(after=before, then=then)
    async with asyncio.timeout(5):
        while "then" not in done:  # noqa: ASYNC110
            await asyncio.sleep(0)
    assert (done, behind.remaining) == (["shipped", "then"], ("shipped", "aid"))


async def test_answers_say_what_is_still_to_come(address: Address, settings: Settings) -> None:
    app = create_app(settings, address, Catalog.load())
    with served(app) as url:
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            assert "foedus-loading" not in (await client.get("/health/live")).headers
            before = await hints(client)
            app.state.loading.remaining = ("shipped", "us-foreign-aid")
            assert (await client.get("/health/live")).headers["foedus-loading"] == "shipped, us-foreign-aid"
            assert (await client.get("/nowhere")).headers["foedus-loading"] == "shipped, us-foreign-aid"
            assert (await client.get("/health/ready")).json()["loading"] == ["shipped", "us-foreign-aid"]
            assert await hints(client) == {about: f"{hint} {MAY_COME}".strip() for about, hint in before.items()}
            for path in ("/states?limit=0", "/nowhere", "/questions/nothing", "/change-sets/2020-01-01T00:00:00Z"):
                assert "not loaded" not in (await client.get(path)).json().get("hint", "")


async def hints(client: httpx.AsyncClient) -> dict[str, str]:
    """Ask in every way for what nobody knows, and return the way out that is told."""
    asked = {
        "question": "/questions/parties_to_agreement?agreement=Kyoto Protocol",
        "path": "/agreements/ggo.1",
        "record": "/facts/ggo.1/history",
    }
    found = {about: (await client.get(path)).json() for about, path in asked.items()}
    line, ndjson = b'{"agreement": "Kyoto Protocol"}', {"Content-Type": "application/x-ndjson"}
    batch = await client.post("/questions/parties_to_agreement", content=line, headers=ndjson)
    found["batch"] = json.loads(batch.content)["error"]
    assert all(body["code"] in {"invalid_input", "not_found"} for body in found.values())
    return {about: body.get("hint", "") for about, body in found.items()}
