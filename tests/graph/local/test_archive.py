"""The file of a backup: what it says, and how a wrong one is told."""

import io
import tarfile
from pathlib import Path

import pytest

from graph.errors import LocalServerError
from graph.local import archive
from graph.local.archive import Description

ABOUT = Description("0.1.0", "5.26.30", 1, "shape", "2025-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00")
DUMP = bytes(range(256)) * 5000 + b"end"


def silent(size: int) -> None:
    del size


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.tar"
    with path.open("w+b") as opened:
        archive.write(opened, ABOUT, io.BytesIO(DUMP), silent)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(LocalServerError) as caught:
        archive.verify(path, silent)
    assert caught.value.hint
    return str(caught.value)


def test_a_backup_is_a_tar_of_its_description_and_the_dump(file: Path) -> None:
    about = archive.verify(file, silent)
    assert (about.size, about.line, about.known_at) == (len(DUMP), ABOUT.line, ABOUT.known_at)
    with tarfile.open(file) as tar:
        assert tar.getnames() == ["foedus.json", "neo4j.dump"]
        dump = tar.extractfile("neo4j.dump")
        assert dump is not None
        assert dump.read() == DUMP


@pytest.mark.parametrize("content", [b"", b"no tar", bytes(100_000)])
def test_another_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    assert refusal(path) == f"{path} is no backup that foedus wrote."


def test_another_tar_is_told(tmp_path: Path) -> None:
    path = tmp_path / "other.tar"
    with tarfile.open(path, "w") as tar:
        tar.add(__file__, "foedus.json")
    assert "is no backup" in refusal(path)


@pytest.mark.parametrize("size", [100, 3000, 4700, 100_000, 1_280_000])
def test_a_file_that_was_cut_off_is_told(file: Path, size: int) -> None:
    file.write_bytes(file.read_bytes()[:size])
    assert ("is cut off" if size > 5120 else "is no backup") in refusal(file)


def test_a_damaged_dump_is_told(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[600_000] ^= 1
    file.write_bytes(content)
    assert "checksum" in refusal(file)


def test_a_form_of_a_later_foedus_is_told(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b'"form": 1', b'"form": 2'))
    assert "a form that this foedus does not know" in refusal(file)
