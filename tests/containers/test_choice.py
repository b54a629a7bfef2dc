"""Which Neo4j a run of the tests asks, and that nothing of it is passed over in silence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

A_SKIPPED_TEST = """
import pytest

def test_nothing():
    pytest.skip("for a reason")
"""


def run(folder: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    named = {"FOEDUS_TEST_NEO4J_URI", "FOEDUS_TEST_NEO4J", "CI"}
    environment = {name: value for name, value in os.environ.items() if name not in named} | settings
    # All plugins that are installed take longer to be read than what is tried here.
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    plugins = ("no:cacheprovider", "xdist.plugin", "pytest_asyncio.plugin")
    chosen = [word for plugin in plugins for word in ("-p", plugin)]
    command = [sys.executable, "-P", "-m", "pytest", *chosen, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


NO_ENGINE = {"DOCKER_HOST": "unix:///nowhere/docker.sock"}


@pytest.mark.parametrize(
    ("asked", "settings", "said"),
    [
        (
            "tests/containers/test_files.py",
            NO_ENGINE | {"FOEDUS_TEST_NEO4J": "container"},
            "NEO4J=container needs a container engine, and none answers",
        ),
        ("-m containers tests/containers", NO_ENGINE, "make containers needs a container engine, and none answers"),
        (
            "tests/containers/test_files.py",
            {"FOEDUS_TEST_NEO4J": "podman"},
            "NEO4J=podman is neither local nor container.",
        ),
    ],
)
def test_what_cannot_be_is_said_once_and_before_any_test(
    repository: Path, asked: str, settings: dict[str, str], said: str
) -> None:
    done = run(repository, "-n", "2", *asked.split(), **settings)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert done.stderr.count(said) == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert "passed" not in done.stdout


@pytest.mark.parametrize(("ci", "code"), [("true", pytest.ExitCode.TESTS_FAILED), ("", pytest.ExitCode.OK)])
def test_a_skipped_test_fails_where_ci_runs(tmp_path: Path, repository: Path, ci: str, code: pytest.ExitCode) -> None:
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_sessionfinish\n", "utf-8")
    (tmp_path / "test_skipped.py").write_text(A_SKIPPED_TEST, "utf-8")
    done = run(tmp_path, "-n", "1", PYTHONPATH=str(repository), CI=ci)
    assert done.returncode == code, done.stdout + done.stderr
    assert ("in CI is a failure" in done.stdout) == bool(ci)
