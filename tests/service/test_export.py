"""`foedus export` and `foedus import package`, run as their users run them, and wrongly on purpose."""

import csv
import json
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from seed.package import dyad_table
from seed.package.dyad_table import MissingLibraryError
from service.cli import main
from service.commands import export
from tests.service.conftest import Run


def said(*arguments: str, **environment: str) -> Result:
    """Run a command in this process."""
    return CliRunner(env=environment).invoke(main, arguments, prog_name="foedus")


@pytest.fixture
def here(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command in this process with the tests' database, so that it need not start each time."""
    monkeypatch.setattr(export, "ended_by_sigterm", lambda: None)
    return partial(said, **environment)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("export", "dyad-years", "d.xlsx"), "d.xlsx ends neither in .csv nor in .parquet, so its form is not known."),
        (("export", "dyad-years"), "Missing argument 'FILE.csv|FILE.parquet'."),
        (("export", "dyad-years", "d.csv", "--from", "0"), "0 is not in the range 1<=x<=9999."),
        (
            ("export", "dyad-years", "d.csv", "--least", "sure"),
            "'sure' is not one of 'definite', 'presumed', 'possible'",
        ),
        (("export", "--answer", "states"), "Missing argument 'FOLDER|FILE.zip'."),
        (("export", "a", "b"), "Got unexpected extra argument (b)"),
        (("import", "package", "no/such"), "no/such is missing."),
        (("import", "package", "."), ". has no manifest.json. A package is a folder or a ZIP file that"),
        (("import", "package", __file__), "cannot be read as a package: File is not a zip file."),
    ],
)
def test_what_cannot_be_understood_is_told_in_a_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    done = said(*arguments)
    assert done.exit_code in {1, 2}
    assert sentence in done.stderr
    assert "Traceback" not in done.output


def test_help_shows_both_forms_and_examples() -> None:
    assert "foedus export graph.zip" in said("export", "--help").stdout
    assert "dyad-years" in said("export").output
    assert "--answer" in said("export", "package", "--help").stdout


def test_without_polars_there_is_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingLibraryError) as raised:
        dyad_table._polars()
    assert raised.value.hint == "`pip install polars` installs it; or name a file that ends in .csv."


@pytest.mark.usefixtures("small_world")
def test_a_graph_goes_into_a_file_once(here: Callable[..., Result], foedus: Run, tmp_path: Path) -> None:
    file = tmp_path / "g.zip"
    done = foedus("export", str(file))
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1].endswith("derived relationships written.")
    before = file.read_bytes()
    again = here("export", str(file))
    assert (again.exit_code, again.stderr) == (1, f"foedus: {file} is there already. Name another, or say --replace.\n")
    assert here("export", str(file), "--replace").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["g.zip"]
    assert file.read_bytes() == before
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert {*manifest["files"], "manifest.json"} == {*archive.namelist()}
    assert here("import", "package", str(file)).stdout.startswith("0 created, 0 corrected, ")


@pytest.mark.usefixtures("small_world")
def test_what_an_answer_rests_on_goes_with_it(here: Callable[..., Result], tmp_path: Path) -> None:
    asked = "commitments_between_states?bearer=Alderland&beneficiary=BRE&on=1900-01-01"
    done = here("export", str(tmp_path / "p"), "--answer", asked)
    assert done.exit_code == 0, done.stderr
    manifest = json.loads((tmp_path / "p" / "manifest.json").read_bytes())
    with (tmp_path / "p" / "records" / "Commitment.csv").open(newline="") as file:
        assert "ALD-BRE.1892-crowns.1.defence" in {row["key"] for row in csv.DictReader(file)}
    assert (tmp_path / "p" / "answer.csv").read_text().startswith("kind,")
    again = here("export", str(tmp_path / "q"), "--answer", f"http://localhost:8000{manifest['answer']['permalink']}")
    assert again.exit_code == 0, again.stderr
    assert (tmp_path / "q" / "manifest.json").read_bytes() == (tmp_path / "p" / "manifest.json").read_bytes()


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("{}", "--answer", "states?region=Nowhere"), "That answer has no rows, so it rests on nothing."),
        (("{}", "--answer", "state"), "state is missing."),
        (("{}", "--answer", "statez"), "There is no question 'statez'."),
        (("{}", "--known-at", "yesterday"), "write an instant as YYYY-MM-DDThh:mm:ssZ"),
        (("{}/no/folder",), "cannot be written: No such file or directory."),
        (("dyad-years", "{}.csv", "--from", "2000", "--until", "1990"), "There is no year from 2000 until 1990."),
    ],
)
def test_what_cannot_be_done_leaves_nothing_behind(
    here: Callable[..., Result], arguments: tuple[str, ...], sentence: str, tmp_path: Path
) -> None:
    done = here("export", *(one.format(tmp_path / "x") for one in arguments))
    assert done.exit_code in {1, 2}
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
