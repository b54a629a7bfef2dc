"""The shipped records, read once, and a copy of the case's files to damage."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Record
from seed.dprk_russia_2024 import FOLDER, case
from seed.importing.codes import Codes
from seed.load import shipped_records
from seed.rejects import Reject
from seed.states import states


@pytest.fixture(scope="session")
def everything() -> tuple[dict[str, Record], list[Reject]]:
    records, rejects = shipped_records()
    return {record.key: record for record in records}, rejects


@pytest.fixture(scope="session")
def shipped(everything: tuple[dict[str, Record], list[Reject]]) -> dict[str, Record]:
    return everything[0]


@pytest.fixture(scope="session")
def codes(shipped: dict[str, Record]) -> Codes:
    return Codes.of(shipped.values())


@pytest.fixture(scope="session")
def left_out(everything: tuple[dict[str, Record], list[Reject]]) -> list[Reject]:
    return everything[1]


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


@pytest.fixture
def add_row(tmp_path: Path) -> Callable[[Path, str, dict[str, str]], Path]:
    """Return a copy of a folder of data in which a file has one more row; cells that are not given are empty."""

    def add(folder: Path, name: str, cells: dict[str, str]) -> Path:
        copied = tmp_path / folder.name
        if not copied.exists():
            shutil.copytree(folder, copied)
        with (copied / name).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert set(cells) <= set(header)
        ended = (copied / name).read_bytes().endswith(b"\n")
        with (copied / name).open("a", encoding="utf-8", newline="") as file:
            file.write("" if ended else "\n")
            csv.DictWriter(file, header, restval="", lineterminator="\n").writerow(cells)
        return copied

    return add
