"""`foedus generate` as a command: what it refuses, and that nothing of it stays behind when it is ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.programs import until

COMMAND = [sys.executable, "-m", "service.cli", "generate", "--agreements", "20000", "--commitments", "200000"]


def test_a_folder_with_data_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "foedus.lock").touch()
    done = subprocess.run([*COMMAND, "--into", str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.endswith(
        "is not empty, and what is recorded is never overwritten. Name a new or empty folder.\n"
    )
    assert done.stderr.count("\n") == 1


@pytest.fixture
def heeded() -> Iterator[None]:
    """Undo what a shell does to what it runs in the background: that ignores Ctrl-C, and so does all it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded")
def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [*COMMAND, "--into", str(tmp_path / "data")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            assert until(lambda: any(tmp_path.glob("*/tables/*")), 120)
            os.killpg(process.pid, signal.SIGINT)  # as a terminal sends it: to every process of the command
            _, told = process.communicate(timeout=120)
        finally:
            process.kill()
    assert process.returncode == 130
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []
