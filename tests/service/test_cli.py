"""The command `foedus`, run as its users run it."""

import csv
import io
import json
import re
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph import schema
from graph.catalog import Catalog
from graph.graph import Graph
from graph.model.changes import ChangeSet
from graph.model.entities import State
from service.cli import main
from service.commands.ask import example
from tests.service.conftest import Run

BETWEEN = ("ask", "commitments_between_states", "--bearer", "PRK", "--beneficiary", "RUS", "--on", "2024-12-04")


@pytest.mark.parametrize(
    "command",
    [
        "",
        "serve",
        "mcp",
        "list",
        "show",
        "ask",
        "load",
        "check",
        "export",
        "export dyad-years",
        "import package",
        "erase",
        "schema",
        "keys",
        "keys create",
        "query",
        "shell",
        "saved",
        "saved run",
    ],
)
def test_help_is_everywhere(command: str) -> None:
    done = CliRunner().invoke(main, [*command.split(), "--help"], prog_name="foedus")
    assert done.exit_code == 0
    assert f"Usage: foedus {command}" in done.stdout


def test_the_version_is_known(foedus: Run) -> None:
    assert foedus("--version").stdout.startswith("foedus, version ")


def test_list_names_every_question(foedus: Run) -> None:
    done = foedus("list", FOEDUS_NEO4J_URI="bolt://127.0.0.1:9")
    for question in Catalog.load().values():
        assert f"{question.name} " in done.stdout
        assert question.header.title in done.stdout
        assert question.topic in done.stdout


def test_show_prints_what_pastes_into_the_browser(foedus: Run) -> None:
    done = foedus("show", "commitments_between_states", FOEDUS_NEO4J_URI="bolt://127.0.0.1:9")
    assert done.stdout == Catalog.load()["commitments_between_states"].for_browser()


def test_the_help_of_a_question_tells_what_it_takes(foedus: Run) -> None:
    text = foedus("ask", "commitments_between_states", "--help").stdout
    for word in ("--bearer STATE", "required", "--in-force", "definite", "may be repeated", "--known-at", "--format"):
        assert word in text
    assert "foedus ask commitments_between_states --bearer" in text


@pytest.mark.parametrize("value", ["North Korea", "Côte d'Ivoire", "$(id)", "a\\b", "`id`", "x;y"])
def test_the_example_of_a_question_is_what_a_shell_reads(value: str) -> None:
    question = Catalog.load()["states_by_name_or_code"]
    parameter = question.header.params["text"].model_copy(update={"example": value})
    header = question.header.model_copy(update={"params": {"text": parameter}})
    words = shlex.split(example(replace(question, header=header)))
    assert words == ["foedus", "ask", "states_by_name_or_code", "--text", value]


@pytest.mark.usefixtures("shipped_graph")
class TestTheShippedCase:
    """Commands that read the shipped case."""

    async def test_a_table_says_how_much_it_shows(self, foedus: Run) -> None:
        done = foedus(*BETWEEN)
        assert (done.returncode, done.stderr) == (0, "")
        assert "PRK-RUS.2024-strategic-partnership" in done.stdout
        assert "on 2024-12-04, as known at 2" in done.stdout.splitlines()[-1]

    async def test_two_days_and_two_states_of_knowledge_can_be_compared(self, foedus: Run) -> None:
        done = foedus(*BETWEEN, "--kind", "defence", "--compare-on", "2024-11-01")
        assert (done.returncode, done.stderr) == (0, "")
        assert "changed" in done.stdout
        assert "compared with 2024-11-01." in done.stdout.splitlines()[-1]
        then = foedus(*BETWEEN, "--compare-known-at", "2000-01-01T00:00:00Z", "--format", "csv")
        assert then.stdout.startswith("compared,was,because,")

    async def test_a_narrow_terminal_gets_a_block_a_row(self, foedus: Run) -> None:
        done = foedus(*BETWEEN, COLUMNS="60")
        *blocks, summary = done.stdout.splitlines()
        assert blocks[0].startswith("-- 1")
        assert max(map(len, blocks)) <= 60
        assert " rows on 2024-12-04, as known at " in summary

    async def test_json_and_csv_are_those_of_http(self, foedus: Run) -> None:
        body = json.loads(foedus(*BETWEEN, "--format", "json").stdout)
        assert body["parameters"]["bearer"] == "PRK"
        rows = list(csv.DictReader(io.StringIO(foedus(*BETWEEN, "--format", "csv").stdout)))
        assert [row["fact"] for row in rows] == [row["fact"] for row in body["rows"]]

    async def test_lists_are_repeated_and_underscores_are_dashes(self, foedus: Run) -> None:
        done = foedus(*BETWEEN, "--in_force", "definite", "--in-force", "presumed", "--format", "json")
        assert json.loads(done.stdout)["parameters"]["in_force"] == ["definite", "presumed"]

    async def test_an_empty_answer_is_fine(self, foedus: Run) -> None:
        done = foedus(*BETWEEN[:-1], "1900-01-01")
        assert (done.returncode, done.stdout[:7]) == (0, "No rows")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("ask", "commitments_between_state"), "Did you mean commitments_between_states"),
            (("show", "commitments_between_state"), "Did you mean commitments_between_states"),
            (BETWEEN[:4], "beneficiary is missing."),
            ((*BETWEEN, "--bearer", "RUS"), "bearer is given 2 times."),
            ((*BETWEEN[:-1], "yesterday"), "write a day as YYYY-MM-DD"),
            (("ask", "commitments_between_states", "--bearer", "RUZ", "--beneficiary", "RUS"), "RUS"),
            ((*BETWEEN, "--nonsense", "1"), "--nonsense"),
            ((*BETWEEN, "--in-force", "certain"), "'certain' is no value of in_force."),
            ((*BETWEEN, "--format", "xml"), "'xml'"),
            ((*BETWEEN, "--limit", "0"), "limit"),
            (("nonsense",), "nonsense"),
            (("lode",), "Did you mean 'load'?"),
        ],
    )
    async def test_a_mistake_is_a_sentence(self, foedus: Run, arguments: tuple[str, ...], said: str) -> None:
        done = foedus(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
        assert "Traceback" not in done.stderr

    async def test_check_finds_nothing(self, foedus: Run) -> None:
        done = foedus("check", "--part", "must_be_zero", "--part", "coverage")
        assert (done.returncode, done.stderr) == (0, "")
        assert "\nggo-states  743  0301-09-03  2011-07-09  300s 1, 680s 1, " in re.sub(" {2,}", "  ", done.stdout)
        assert done.stdout.endswith("and the shipped records fit together.\n")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"FOEDUS_NEO4J_URI": "bolt://127.0.0.1:9"}, "Neo4j cannot be reached."),
        ({"FOEDUS_NEO4J_URI": "nonsense"}, "nonsense is not an address of Neo4j's Bolt protocol"),
        ({"FOEDUS_NEO4J_PASSWORD": "wrong ✓"}, "does not accept the user name or the password"),
    ],
)
def test_a_database_that_cannot_be_used_is_a_sentence(foedus: Run, changed: dict[str, str], said: str) -> None:
    done = foedus("schema", **changed)
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PORT", "abc"), ("PORT", "70000"), ("FOEDUS_HEAP_MB", "1"), ("FOEDUS_ALLOWED_HOSTS", "x"), ("FOEDUS_LINE", "4")],
)
def test_a_bad_setting_is_a_sentence_with_its_variable(foedus: Run, variable: str, value: str) -> None:
    done = foedus("schema", **{variable: value})
    assert done.returncode == 2
    assert done.stderr.startswith(f"foedus: {variable}")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("content", [None, b"", b"\xff"])
def test_a_bad_password_file_is_a_sentence(foedus: Run, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "password"
    if content is not None:
        path.write_bytes(content)
    done = foedus("schema", FOEDUS_NEO4J_PASSWORD="", FOEDUS_NEO4J_PASSWORD_FILE=str(path))
    assert done.returncode == 1
    assert str(path) in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.usefixtures("empty_graph")
async def test_a_graph_with_nothing_in_it_is_no_empty_answer(foedus: Run) -> None:
    done = foedus(*BETWEEN)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "foedus: Nothing is recorded yet. `foedus load` loads the shipped case.\n"


async def test_load_says_what_became_of_it(foedus: Run, empty_graph: Graph, tmp_path: Path) -> None:
    report = tmp_path / "rejects.csv"
    first = foedus("load", "--reject-report", str(report))
    assert first.returncode == 0
    assert " 0 corrected, 0 unchanged" in first.stdout
    assert report.read_text(encoding="utf-8").splitlines()[0] == "file,line,row,reason"
    second = foedus("load")
    assert second.stdout.startswith("0 created, 0 corrected, ")
    assert foedus("load", "--reject-report", str(tmp_path / "no" / "such")).returncode == 2
    empty_graph.revision.forget()


async def test_schema_lists_and_makes_what_is_missing(foedus: Run, empty_graph: Graph) -> None:
    assert foedus("schema").returncode == 0
    async with empty_graph.database.writing() as session:
        await (await session.run("DROP INDEX names")).consume()
    try:
        lacking = foedus("schema")
        assert (lacking.returncode, lacking.stdout) == (1, "names\n")
        assert "foedus schema --apply" in lacking.stderr
        checked = foedus("check")
        assert checked.returncode == 1
        assert "The schema lacks names." in checked.stdout
        assert checked.stderr.endswith("`foedus schema --apply` makes what the schema lacks.\n")
        async with empty_graph.database.writing() as session:
            await (await session.run("CREATE INDEX names FOR (n:Thing) ON (n.name)")).consume()
        for arguments, listed in ((["schema"], "names\n"), (["schema", "--apply"], "")):
            in_the_way = foedus(*arguments)
            assert (in_the_way.returncode, in_the_way.stdout) == (1, listed)
            assert "Drop it (DROP INDEX names), and run `foedus schema --apply`." in in_the_way.stderr
        assert "The schema has INDEX names in the way of names." in foedus("check").stdout
        async with empty_graph.database.writing() as session:
            await (await session.run("DROP INDEX names")).consume()
        assert foedus("schema", "--apply").returncode == 0
        assert foedus("check", "--part", "coverage").returncode == 0
    finally:
        await schema.apply(empty_graph.database)


async def test_check_finds_what_does_not_follow(foedus: Run, empty_graph: Graph) -> None:
    both = [State(key=key, name=key) for key in ("a", "b")]
    await empty_graph.writer.apply(ChangeSet.of(both, author="a test", reason="Two states."))
    async with empty_graph.database.writing() as session:
        unfounded = (
            "MATCH (g:Graph), (a:State {key: 'a'}), (b:State {key: 'b'}) CREATE (a)-[:COMMITS_TO {unit: 'u', "
            "fact: 'f', bearer: 'a', beneficiary: 'b', rests_on: ['f'], holds_from: date('2000-01-01'), "
            "holds_until: date('2001-01-01'), recorded_from: g.recorded_at, "
            "recorded_until: datetime('9999-12-31T00:00:00Z')}]->(b)"
        )
        await (await session.run(unfounded)).consume()
    done = foedus("check", "--part", "must_be_zero", "--format", "json")
    wrong = {one["name"]: one["number"] for one in json.loads(done.stdout)["counts"] if one["part"] == "must_be_zero"}
    assert {name: number for name, number in wrong.items() if number} == {
        "derived_from_nothing": 1,
        "pieces_that_rest_on_nothing": 1,
    }
    assert (done.returncode, done.stderr) == (1, "`foedus check --mend` derives anew.\n")
    mended = foedus("check", "--mend", "--part", "must_be_zero")
    assert (mended.returncode, mended.stderr) == (0, "0 derived relationships opened, 1 closed.\n")
    assert foedus("check", "--mend", "--part", "coverage").stderr == "0 derived relationships opened, 0 closed.\n"
