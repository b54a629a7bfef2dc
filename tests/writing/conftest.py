"""Everything that is written to, for each test anew, and how a test shows its figures."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from rich.console import Console
from rich.table import Table

from tests.writing.processes import System, running

Show = Callable[[str, Mapping[str, object]], None]


@pytest.fixture
def system() -> Iterator[System]:
    with TemporaryDirectory(prefix="foedus-writing-") as folder, running(Path(folder)) as system:
        yield system
        for service in system.services:
            assert not service.mistake(), service.mistake()


@pytest.fixture
def show(capsys: pytest.CaptureFixture[str]) -> Show:
    """Print figures, whatever pytest captures."""

    def show(title: str, figures: Mapping[str, object]) -> None:
        table = Table(title=title, show_header=False, title_justify="left")
        for name, figure in figures.items():
            table.add_row(name, str(figure))
        with capsys.disabled():
            Console().print("", table)

    return show
