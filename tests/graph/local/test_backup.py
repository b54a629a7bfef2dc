"""A graph that was backed up and restored is the same, and what goes wrong leaves everything as it was."""

import asyncio
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from graph import schema
from graph.errors import LocalServerError
from graph.graph import Graph, open_graph
from graph.local import backup as module
from graph.local.backup import backup, restore
from graph.local.fetch import fetch
from graph.local.folder import DataFolder, State
from graph.local.made import Made
from graph.local.offline import loading
from graph.local.server import LocalNeo4j
from graph.local.upgrading import upgrade
from graph.model import MODEL
from graph.settings import Settings
from tests.world.records import change_sets

NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS fields"
LINKS = """
MATCH (a)-[r]->(b)
RETURN type(r) AS type, labels(a) AS start, properties(a) AS left, labels(b) AS end, properties(b) AS right,
       properties(r) AS fields
"""
INDEXES = "SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint, state"
OLDER, NEWER = "5.26.30", "2026.08.1"


@dataclass(frozen=True)
class Kept:
    """A data folder with a graph, its backup, and all that is in it."""

    settings: Settings
    file: Path
    content: list[str]


def silent(sentence: str) -> None:
    del sentence


async def content(graph: Graph) -> list[str]:
    """Return all nodes, relationships and indexes with all their properties, in an order of their own."""
    async with graph.database.reading() as session:
        return sorted([_told(row) for text in (NODES, LINKS, INDEXES) async for row in await session.run(text)])


def _told(row: Any) -> str:
    return repr([_sorted(value) for value in row.values()])


def _sorted(value: Any) -> Any:
    return sorted(value.items()) if isinstance(value, dict) else sorted(value) if isinstance(value, list) else value


async def _written(graph: Graph) -> list[str]:
    await schema.apply(graph.database)
    for change_set in change_sets():
        await graph.writer.apply(change_set)
    return await content(graph)


async def _found(graph: Graph) -> list[str]:
    assert await graph.writer.underived() == (0, 0)
    assert (await schema.compared(graph.database)).error() is None
    return await content(graph)


def on(settings: Settings, work: Any) -> Any:
    async def run(uri: str, user: str, password: str) -> Any:
        async with open_graph(settings, uri, user, password) as graph:
            return await work(graph)

    with LocalNeo4j(settings, progress=False) as server:
        return asyncio.run(run(server.uri, server.user, server.password))


@pytest.fixture(scope="module")
def kept(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    place = tmp_path_factory.mktemp("backup")
    own = settings.model_copy(update={"data": place / "data", "heap_mb": 512, "line": OLDER})
    found = on(own, _written)
    backup(own, place / "a.tar", replace=False, progress=silent)
    return Kept(own, place / "a.tar", found)


def test_the_file_is_its_owners_alone_and_nothing_else_stays(kept: Kept) -> None:
    assert stat.S_IMODE(kept.file.stat().st_mode) == 0o600
    assert sorted(path.name for path in kept.file.parent.iterdir()) == ["a.tar", "data"]
    assert not DataFolder(kept.settings.data).held()


def test_a_restored_graph_is_the_same(kept: Kept, tmp_path: Path) -> None:
    new = kept.settings.model_copy(update={"data": tmp_path / "new"})
    done = restore(new, kept.file, replace=False, progress=silent)
    assert done.size == kept.file.stat().st_size
    assert len(kept.content) > 500
    assert on(new, _found) == kept.content
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


@pytest.mark.prove
def test_an_older_folder_is_backed_up_and_upgraded_and_goes_back(kept: Kept, tmp_path: Path) -> None:
    old = kept.settings.model_copy(update={"data": tmp_path / "data"})
    new = old.model_copy(update={"line": NEWER})
    restore(old, kept.file, replace=False, progress=silent)
    with pytest.raises(LocalServerError, match="not yet upgraded"):
        LocalNeo4j(new, progress=False).start()
    said: list[str] = []
    upgrade(new, said.append)
    assert len(said) >= 2
    (file,) = (tmp_path / "data" / "backups").iterdir()
    assert str(file) in said[-1]
    assert DataFolder(new.data).made() == Made(NEWER, MODEL)
    assert len(on(new, _found)) == len(kept.content)
    with pytest.raises(LocalServerError, match="cannot read what is newer"):
        upgrade(old, silent)
    restore(old, file, replace=True, progress=silent)
    assert on(old, _found) == kept.content
    assert file.exists()
    restore(new, file, replace=True, progress=silent)
    assert DataFolder(new.data).made() == Made(NEWER, MODEL)
    backup(new, tmp_path / "newer.tar", replace=False, progress=silent)
    with pytest.raises(LocalServerError, match="cannot read what is newer"):
        restore(old, tmp_path / "newer.tar", replace=True, progress=silent)


def test_a_graph_and_a_file_are_not_overwritten_unasked(kept: Kept) -> None:
    with pytest.raises(LocalServerError, match="has a graph already"):
        restore(kept.settings, kept.file, replace=False, progress=silent)
    with pytest.raises(LocalServerError, match="exists"):
        backup(kept.settings, kept.file, replace=False, progress=silent)


def test_a_folder_without_a_graph_has_nothing_to_back_up(kept: Kept, tmp_path: Path) -> None:
    with pytest.raises(LocalServerError, match="There is no graph"):
        backup(
            kept.settings.model_copy(update={"data": tmp_path / "none"}), tmp_path / "f", replace=False, progress=silent
        )
    assert not any(tmp_path.iterdir())


def test_a_folder_in_use_is_told(kept: Kept, tmp_path: Path) -> None:
    folder = DataFolder(kept.settings.data)
    lock = folder.lock()
    folder.write_state(State(os.getpid(), os.getpid(), "bolt://127.0.0.1:1", OLDER, ready=False))
    try:
        with pytest.raises(LocalServerError, match="is in use"):
            backup(kept.settings, tmp_path / "f", replace=False, progress=silent)
        with pytest.raises(LocalServerError, match="is in use"):
            restore(kept.settings, kept.file, replace=True, progress=silent)
    finally:
        folder.state_file.unlink()
        os.close(lock)
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_a_restore_that_fails_at_the_end_leaves_what_was_there(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, error: Any
) -> None:
    place = kept.settings.data.parent
    (kept.settings.data / "backups").mkdir(exist_ok=True)
    before = sorted(path.name for path in place.iterdir()), kept.settings.data.stat().st_ino
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if target == kept.settings.data and self.name == "data":
            raise error
        return rename(self, target)

    monkeypatch.setattr(module, "_fill", lambda settings, *_: settings.data.mkdir())
    monkeypatch.setattr(module, "_prove", lambda *_: None)
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(LocalServerError if isinstance(error, OSError) else KeyboardInterrupt):
        restore(kept.settings, kept.file, replace=True, progress=silent)
    assert (sorted(path.name for path in place.iterdir()), kept.settings.data.stat().st_ino) == before
    assert (kept.settings.data / "backups").exists()


def test_a_tool_that_fails_is_quoted(kept: Kept, tmp_path: Path) -> None:
    settings = kept.settings.model_copy(update={"data": tmp_path / "data"})
    folder = DataFolder(settings.data)
    folder.create()
    lock = folder.lock()
    installation = fetch(settings, Console(quiet=True))
    try:
        with (
            pytest.raises(LocalServerError, match="could not load the database") as caught,
            loading(settings, installation, folder, lock) as tool,
        ):
            tool.write(b"no dump" * 1000)
    finally:
        os.close(lock)
    assert "say why" not in str(caught.value)
