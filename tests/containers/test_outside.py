"""The fixtures that other projects copy, used as such a project uses them: in a folder of its own, without foedus."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.containers.conftest import FOEDUS_IMAGE
from tests.servers import image_of

pytestmark = pytest.mark.containers
OUTSIDE = Path(__file__).parent / "outside"


def test_another_project_tests_itself_with_the_copied_fixtures(tmp_path: Path, line: str) -> None:
    for name in ("foedus_fixtures.py", "test_world_of_ones_own.py"):
        shutil.copy(OUTSIDE / name, tmp_path)
    (tmp_path / "conftest.py").write_text("from foedus_fixtures import foedus\n", "utf-8")
    images = {"NEO4J_IMAGE": image_of(line), "FOEDUS_IMAGE": FOEDUS_IMAGE}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "--rootdir", tmp_path, "-p", "no:cacheprovider", tmp_path],
        cwd=tmp_path,
        env=os.environ | images,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert "1 passed" in done.stdout
