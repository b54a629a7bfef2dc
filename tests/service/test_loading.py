"""What `foedus serve` loads behind its answers, and that it loads nothing where nothing shipped is wanted."""

import asyncio

import pytest

from service import loading
from service.loading import Loading


@pytest.mark.parametrize("shipped", [True, False])
async def test_what_is_shipped_follows_what_comes_before_unless_it_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch, shipped: bool
) -> None:
    done: list[str] = []

    async def load() -> None:
        done.append("shipped")

    async def before() -> None:
        done.append("before")

    async def then() -> None:
        done.append("then")

    monkeypatch.setattr(loading, "_run", load)
    behind = Loading(shipped)
    behind.start(after=before, then=then)
    async with asyncio.timeout(5):
        while "then" not in done:  # noqa: ASYNC110
            await asyncio.sleep(0)
    assert done == (["before", "shipped", "then"] if shipped else ["before", "then"])
    assert not behind.going_on
