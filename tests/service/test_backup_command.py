"""`foedus backup` and `foedus restore` where they cannot work."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("FOEDUS_NEO4J_URI", raising=False)
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_database_that_is_not_ours_is_left_to_its_own_tool(
    command: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOEDUS_NEO4J_URI", "bolt://127.0.0.1:1")
    done = CliRunner().invoke(main, [command, "file"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "docs/containers.md" in done.stderr
    assert not data.exists()


def test_what_is_not_there_is_told(data: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["restore", str(tmp_path / "none.tar")])
    assert (done.exit_code, done.stderr) == (2, f"foedus: {tmp_path / 'none.tar'} does not exist.\n")
    done = CliRunner().invoke(main, ["backup", str(tmp_path / "file.tar")])
    assert done.exit_code == 1
    assert done.stderr.startswith(f"foedus: There is no graph in {data}.")
    assert not any(tmp_path.iterdir())
