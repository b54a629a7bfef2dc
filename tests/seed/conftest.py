"""The shipped records, read once, and a copy of the case's files to damage."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Record
from seed.dprk_russia_2024 import FOLDER, case
from seed.load import shipped_records
from seed.rejects import Reject
from seed.states import states


@pytest.fixture(scope="session")
def shipped() -> dict[str, Record]:
    records, rejects = shipped_records()
    assert rejects == []
    return {record.key: record for record in records}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    shutil.copytree(FOLDER, folder)
    return folder


@pytest.fixture
def load(files: Path) -> Callable[[], tuple[dict[str, Record], list[Reject]]]:
    def read() -> tuple[dict[str, Record], list[Reject]]:
        records, rejects = case(frozenset(record.key for record in states()[0]), files)
        return {record.key: record for record in records}, rejects

    return read


@pytest.fixture
def edit(files: Path) -> Callable[[str, str, str], None]:
    """Replace a text that stands once in a file."""

    def replace(name: str, old: str, new: str) -> None:
        text = (files / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (files / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace
