"""`foedus saved`, run as its users run it."""

import json
from pathlib import Path

import pytest

from graph.graph import Graph
from graph.saved import Who
from service.examples import SAVED
from tests.service.conftest import Run

pytestmark = pytest.mark.usefixtures("nothing_saved")

OPERATOR = Who("operator", everything=True)


async def test_a_folder_is_taken_in_asked_and_given_back(foedus: Run, tmp_path: Path) -> None:
    folder, other = tmp_path / "mine", tmp_path / "theirs"
    (folder / "alliances").mkdir(parents=True)
    (folder / "alliances" / "guarantors.cypher").write_text(SAVED, "utf-8")
    (folder / "plain.cypher").write_text(SAVED, "utf-8")
    done = foedus("saved", "import", str(folder), "--as", "ann")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "created\talliances/guarantors.cypher\trevision 1",
        "created\tplain.cypher\trevision 1",
    ]
    told = json.loads(foedus("saved", "list", "guarantors", "--topic", "alliances", "--format", "json").stdout)
    assert [(one["name"], one["owner"], one["topic"]) for one in told] == [("guarantors", "ann", "alliances")]
    asked = ("saved", "run", "guarantors", "--param", "state=Russia", "--on", "2024-12-04", "--format", "csv")
    assert foedus(*asked).stdout == "bearer,commitments\nPRK,1\n"
    assert foedus("saved", "export", str(other)).returncode == 0
    files = {path.relative_to(other).as_posix(): path.read_text("utf-8") for path in other.rglob("*.cypher")}
    assert files == {"alliances/guarantors.cypher": SAVED, "saved/plain.cypher": SAVED}
    assert foedus("saved", "import", str(other)).stdout.count("unchanged") == 2
    done = foedus("saved", "remove", "guarantors")
    assert (done.returncode, done.stderr) == (0, "guarantors is removed, with 1 revision.\n")


async def test_what_is_wrong_is_told_in_a_sentence(foedus: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.cypher"
    bad.write_text(SAVED.replace("RETURN bearer", "SET bearer.key = 'x'\nRETURN bearer"), "utf-8")
    for arguments, code, said in (
        (("import", str(bad)), 2, "The text writes."),
        (("run", "nothing", "--param", "state"), 2, "is not NAME=VALUE"),
        (("remove", "nothing"), 2, "There is no saved question 'nothing'."),
    ):
        done = foedus("saved", *arguments)
        assert (done.returncode, done.stdout) == (code, ""), done
        assert said in done.stderr
        assert "Traceback" not in done.stderr


async def test_check_tells_what_is_broken(foedus: Run, shipped_graph: Graph) -> None:
    await shipped_graph.saved.save("guarantors", "alliances", SAVED, OPERATOR, 0)
    assert await shipped_graph.saved.check_all() == []
    async with shipped_graph.database.writing() as session:
        text = "MATCH (q:SavedQuestion) SET q.content = replace(q.content, 'MATCH', 'MERGE')"
        await (await session.run(text)).consume()
    done = foedus("check", "--part", "must_be_zero")
    assert done.returncode == 1
    assert "The saved question guarantors is broken: " in done.stdout
