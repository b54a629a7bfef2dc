"""The whole interface against its own document: whatever fits it, or just does not, gets an answer that it names.

`make prove` runs it, with `CASES` examples of each operation and the boundary values of all that is written, and prints
how many requests that came to.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from graph.graph import Graph
from graph.keys import Scope
from graph.settings import Settings
from service.app import create_app
from service.connection import Address
from tests.service.conftest import served

CASES = os.environ.get("FOEDUS_CASES", "10")
SEED = os.environ.get("FOEDUS_NEW") or "1"
# One example of each operation is for a quick look, and so is one label of all that are written alike.
WRITES = r"^/(change-sets|changes|what-if|erasures|acts" + (
    r"|claims|commitments|officials|states)" if CASES != "1" else ")"
)
HERE = Path(__file__).parent
FOUND = re.compile(r"^\s+(\d+) generated", re.MULTILINE)


@pytest.fixture(scope="module")
def url(settings: Settings, address: Address) -> Iterator[str]:
    with served(create_app(settings, address)) as url:
        httpx.get(f"{url}/openapi.json", timeout=60).raise_for_status()
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def schemathesis(url: str, changeable_graph: Graph) -> Any:
    """The command that tries the service over the shipped world, with a key that may do everything."""
    key = await changeable_graph.keys.create("schemathesis", [Scope.ADMIN], None)
    return [
        Path(sys.executable).parent / "schemathesis", "--config-file", HERE / "schemathesis.toml", "run",
        f"{url}/openapi.json", "--header", f"Authorization: Bearer {key.text}",
        "--checks", "all", "--no-color", "--max-examples", CASES, "--seed", SEED,
    ]  # fmt: skip


@pytest.mark.prove
@pytest.mark.parametrize("tried", ["--phases=examples,fuzzing", f"--phases=coverage --include-path-regex={WRITES}"])
def test_every_answer_is_one_that_the_document_names(
    schemathesis: list[str], tried: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hooks = {"SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(HERE)}
    command = [*schemathesis, *tried.split()]
    run = subprocess.run(command, cwd=tmp_path, env=os.environ | hooks, capture_output=True, text=True, check=False)
    generated = FOUND.findall(run.stdout)
    assert (run.returncode, len(generated)) == (0, 1), run.stdout[-20_000:] + run.stderr[-2_000:]
    with capsys.disabled():
        sys.stdout.write(f"\n{tried.split(maxsplit=1)[0]}: {generated[0]} requests answered as documented\n")
