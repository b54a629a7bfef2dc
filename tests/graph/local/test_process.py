"""What happens between a look at a process and a signal to it."""

import subprocess
from pathlib import Path

import pytest

from graph.local import process
from graph.local.folder import DataFolder


def test_a_server_that_ends_before_the_signal_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen(["true"]) as ended:
        ended.wait()
    looks = iter([True, False])
    monkeypatch.setattr(process, "alive", lambda _: True)
    monkeypatch.setattr(DataFolder, "held", lambda _: next(looks))
    process._stop_orphan(ended.pid, DataFolder(tmp_path))
