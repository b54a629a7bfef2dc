"""`foedus import` and `foedus load` as commands: reports, counts, and what is said of wrong files and names."""

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.graph import Graph
from seed.data_sets import DATA_SETS
from seed.importing.put import Imported
from service.cli import main
from service.commands.common import Failure
from service.commands.importing import see_that_whole
from tests.service.conftest import Run

STATES = """
[source]
key = "mine"
title = "Mine"
kind = "data_set"

[[record]]
label = "State"
key = "{code}"
name = "{name}"

[[record]]
label = "Identifier"
key = "{code}.iso3"
scheme = "iso3"
code = "{code}"
of = "{code}"
span = "1900/.."
"""
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "import"


async def test_a_file_of_ones_own_and_its_reports(foedus: Run, empty_graph: Graph, tmp_path: Path) -> None:
    mapping = tmp_path / "states.toml"
    mapping.write_text(STATES, encoding="utf-8")
    states = tmp_path / "states.csv"
    rows = ["code,name", *(f"{code},{code}" for code in ("EGY", "LBN", "SYR", "TUR")), "TUR,TUR", "X Y,Nowhere"]
    states.write_text("\n".join(rows), encoding="utf-8")
    rejects, merges = tmp_path / "rejects.csv", tmp_path / "merges.csv"
    command = ("import", "csv", str(states), "--mapping", str(mapping))
    done = foedus(*command, "--reject-report", str(rejects), "--merge-report", str(merges))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(
        "states.csv: 6 rows = 4 loaded + 1 merged + 1 rejected.\nRecords: 9 created, 1 corrected,"
    )
    assert rejects.read_text(encoding="utf-8").splitlines()[1].startswith('states.csv,7,,"key: String should match')
    assert merges.read_text(encoding="utf-8").splitlines() == ["file,line,row,into", "states.csv,6,line 6,TUR"]
    told = rejects.read_text(encoding="utf-8")
    assert foedus("import", "us-foreign-aid", "no.csv", "--reject-report", str(rejects)).returncode == 1
    assert rejects.read_text(encoding="utf-8") == told
    again = foedus(*command, "--reject-report", "/dev/null", "--merge-report", str(merges))
    assert merges.read_text(encoding="utf-8") == "file,line,row,into\n"
    assert again.stdout == "mine: these very files are there already; --again looks at each row all the same.\n"
    members = foedus(
        "import", "csv", str(EXAMPLE / "members.csv"), "--mapping", str(EXAMPLE / "members.toml"), "--dry-run"
    )
    assert "members.csv: 5 rows = 4 loaded + 0 merged + 1 rejected." in members.stdout
    assert members.stdout.endswith("Nothing was written.\n")
    empty_graph.revision.forget()


@pytest.mark.parametrize("name", [*DATA_SETS, "csv", "package"])
def test_help_tells_the_files(name: str) -> None:
    done = CliRunner().invoke(main, ["import", name, "--help"], prog_name="foedus")
    assert done.exit_code == 0
    for file in DATA_SETS[name].files if name in DATA_SETS else ():
        assert file in done.stdout


@pytest.mark.parametrize(
    ("arguments", "given", "told"),
    [
        (("import", "atop", "one.csv"), {}, "atop needs 2 files, in this order: ATOP_A.csv ATOP_M.csv."),
        (("import", "us-foreign-aid", "no.csv"), {}, "no.csv cannot be read: No such file or directory."),
        (("import", "csv", "no.csv", "--mapping", "no.toml"), {}, "no.toml cannot be read: No such file or directory."),
        (("import", "atop"), {}, "atop needs 2 files"),
        (("import", "us-foreign-aid", "a.csv", "--reject-report", "a.csv"), {}, "a.csv is named twice."),
        (("load",), {"FOEDUS_DATA_SETS": '["aid"]'}, "FOEDUS_DATA_SETS: there is no 'aid'; there are ggo-agreements, "),
        (("load",), {"FOEDUS_DATA_SETS": "aid"}, 'FOEDUS_DATA_SETS is no JSON; write it as ["one", "two"].'),
    ],
)
async def test_what_is_wrong_is_a_sentence(
    foedus: Run, arguments: tuple[str, ...], given: dict[str, str], told: str
) -> None:
    done = foedus(*arguments, **given)
    assert done.returncode != 0
    assert done.stdout == ""
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_what_did_not_come_to_its_end_or_lost_a_row_is_a_failure() -> None:
    see_that_whole(Imported("x", rows=Counter({"a.csv": 2}), loaded=Counter({"a.csv": 2})))
    with pytest.raises(Failure, match="3 records are no longer in it, more than a tenth, and were not withdrawn"):
        see_that_whole(Imported("x", withheld=3))
    with pytest.raises(Failure, match=r"a\.csv: \+1 rows are not accounted for"):
        see_that_whole(Imported("x", rows=Counter({"a.csv": 3}), loaded=Counter({"a.csv": 2})))
