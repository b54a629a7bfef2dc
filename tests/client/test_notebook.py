"""The example notebook runs against the service from its first cell to its last."""

from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

EXAMPLE = "docs/examples/who-owes-support.ipynb"


@pytest.fixture
def notebook(repository: Path) -> nbformat.NotebookNode:
    found: nbformat.NotebookNode = nbformat.read(repository / EXAMPLE, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(found)
    return found


def test_it_is_kept_without_outputs(notebook: nbformat.NotebookNode) -> None:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


def test_each_cell_has_a_sentence_before_it(notebook: nbformat.NotebookNode) -> None:
    kinds = [cell.cell_type for cell in notebook.cells]
    assert all(before == "markdown" for before, kind in pairwise(kinds) if kind == "code")


@pytest.fixture
def surroundings(service: str, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a kernel finds: the service, the client, warnings turned on, and folders of its own."""
    named = {"FOEDUS_URL": service, "PYTHONPATH": str(repository / "client"), "PYTHONWARNINGS": "default"}
    folders = dict.fromkeys(("IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_RUNTIME_DIR"), str(tmp_path))
    for name, value in (named | folders).items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("surroundings", "shipped_graph")
async def test_it_runs_and_draws(notebook: nbformat.NotebookNode) -> None:
    ran = await NotebookClient(notebook, timeout=60, kernel_name="python3").async_execute()
    outputs = [output for cell in ran.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [one for one in outputs if one.output_type in {"error", "stream"}] == [], "no fault, and no warning"
    assert {"image/png", "text/html"} <= {kind for one in outputs for kind in one.data}
