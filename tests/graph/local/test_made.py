"""What is decided about a folder by what made it."""

from pathlib import Path

import pytest

from graph.errors import LocalServerError
from graph.local.folder import DataFolder
from graph.local.made import Made, must_upgrade

HERE = Path("here")


@pytest.mark.parametrize(
    ("made", "needed"),
    [(Made("5.26.30", 2), False), (Made("5.26.9", 2), True), (Made("4.4.0", 2), True), (Made("5.26.30", 1), True)],
)
def test_older_data_is_upgraded(made: Made, needed: bool) -> None:
    assert must_upgrade(made, Made("5.26.30", 2), HERE) is needed


@pytest.mark.parametrize(
    ("made", "said"), [(Made("2026.08.1", 2), "Neo4j 2026.08.1"), (Made("5.26.30", 3), "a newer foedus")]
)
def test_newer_data_is_refused(made: Made, said: str) -> None:
    with pytest.raises(LocalServerError, match=said) as caught:
        must_upgrade(made, Made("5.26.30", 2), HERE)
    assert caught.value.hint


def test_a_folder_that_says_nothing_of_its_model_has_the_first(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    assert folder.made() is None
    folder.create()
    folder.write_private("line", "5.26.30")
    assert folder.made() == Made("5.26.30", 1)
    folder.note_made(Made("2026.08.1", 4))
    assert folder.made() == Made("2026.08.1", 4)
