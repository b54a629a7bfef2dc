"""`foedus keys`, run as its users run it."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graph.graph import Graph
from graph.keys import Keys, Scope
from service.cli import main
from tests.service.conftest import Run

FORM = re.compile(r"foedus_([0-9a-f]{12})_[0-9a-f]{64}\n")


Invoke = Callable[..., Awaitable[Result]]


@pytest.fixture
def keys(environment: dict[str, str]) -> Invoke:
    """The command in a thread of this process: one of its own takes a second to start."""

    async def run(*arguments: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, main, ["keys", *arguments], env=environment)

    return run


async def listed(keys: Invoke) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((await keys("list", "--json")).stdout)
    return found


async def test_a_key_from_its_making_to_its_end(foedus: Run, keys: Invoke, empty_graph: Graph) -> None:
    made = foedus("keys", "create", "nightly", "--scope", "write", "--scope", "cypher")
    found = FORM.fullmatch(made.stdout)
    assert found, "the key alone is on standard output"
    text, key_id = made.stdout.strip(), found[1]
    assert text not in made.stderr
    assert f"foedus keys revoke {key_id}" in made.stderr
    key = await Keys(empty_graph.database).find(text)
    assert key
    assert (key.name, key.scopes) == ("nightly", (Scope.WRITE, Scope.CYPHER))
    (row,) = await listed(keys)
    assert (row["id"], row["name"], row["scopes"], row["state"]) == (key_id, "nightly", ["write", "cypher"], "live")
    assert row["revoked_at"] is None
    table = (await keys("list")).stdout
    assert table.splitlines()[0].split() == ["id", "name", "scopes", "state", "created_at", "expires_at", "revoked_at"]
    assert table.splitlines()[1].split()[:2] == [key_id, "nightly"]
    assert text.rpartition("_")[2] not in table + str(row)
    revoked = await keys("revoke", "nightly")
    assert (revoked.exit_code, revoked.stdout) == (0, f"nightly ({key_id}) is revoked.\n")
    (row,) = await listed(keys)
    assert row["state"] == "revoked"
    assert row["revoked_at"].endswith("Z")
    assert await Keys(empty_graph.database).find(text) is None


@pytest.mark.parametrize(
    ("options", "until"),
    [
        ([], timedelta(days=365)),
        (["--days", "7"], timedelta(days=7)),
        (["--until", "2999-12-31"], "2999-12-31T23:59:59Z"),
        (["--until", "9999-12-31"], "9999-12-31T23:59:59Z"),
        (["--never-expires"], None),
    ],
)
@pytest.mark.usefixtures("empty_graph")
async def test_how_long_a_key_is_good(keys: Invoke, options: list[str], until: timedelta | str | None) -> None:
    made = await keys("create", "nightly", *options)
    (row,) = await listed(keys)
    assert row["scopes"] == ["read"]
    if isinstance(until, timedelta):
        end = datetime.fromisoformat(row["expires_at"])
        assert abs(end - datetime.now(UTC) - until) < timedelta(minutes=1)
    else:
        assert row["expires_at"] == until
    assert ("good without end" if until is None else f"good until {row['expires_at']}") in made.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create",), "NAME"),
        (("create", "a", "--scope", "all"), "'all'"),
        (("create", "a", "--days", "0"), "--days"),
        (("create", "a", "--until", "tomorrow"), "--until"),
        (("create", "a", "--until", "2020-01-01"), "expired already"),
        (("create", "a", "--days", "7", "--never-expires"), "Give one of --days, --until and --never-expires."),
        (("create", "\t"), "1 to 100 characters"),
        (("revoke", "nobody"), "`foedus keys list` lists them."),
        (("revoke", f"foedus_{'0' * 12}_{'0' * 64}"), "No key has that id"),
        (("nonsense",), "nonsense"),
    ],
)
@pytest.mark.usefixtures("empty_graph")
async def test_a_mistake_is_a_sentence(keys: Invoke, arguments: tuple[str, ...], said: str) -> None:
    done = await keys(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "0" * 64 not in done.stderr
    assert await listed(keys) == []


@pytest.mark.usefixtures("empty_graph")
async def test_without_keys_the_list_says_how_to_make_one(keys: Invoke) -> None:
    done = await keys("list")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "foedus keys create" in done.stderr


async def test_no_key_goes_into_the_database_of_somebody_else(keys: Invoke, empty_graph: Graph) -> None:
    async with empty_graph.database.writing() as session:
        await (await session.run("CREATE (:Foreign)")).consume()
    done = await keys("create", "nightly")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "did not write" in done.stderr
    assert not await empty_graph.keys.listed()


def test_help_says_that_the_key_is_shown_once() -> None:
    text = CliRunner().invoke(main, ["keys", "create", "--help"]).stdout
    assert "this once" in text
    assert "[read|write|cypher|admin]" in text
