"""The report of `foedus check` in its forms, made by hand; tests/graph/test_looking.py looks at what is counted."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result

from graph.quality import Count, Coverage, Part, Reach, Row
from service.commands import check as command
from service.commands.check import ALL_IS_WELL, SCHEMA, SOURCES_IN_TABLE, UNDERIVED, Report

FINE = Count(Part.MUST_BE_ZERO, "facts_without_source", "Facts that no source states.", 0)
WRONG = Count(
    Part.MUST_BE_ZERO, "days_reversed", "Days the wrong way round.", 2, (Row("treaty.1", "begins\x1b[31m, ends"),)
)
UNSEEN = Count(Part.MUST_BE_ZERO, "links_to_nothing", "Links to nothing.", unlooked="No time.")
MANY = Count(
    Part.WORTH_A_LOOK, "unknown_ends", "Ends that nobody knows.", 100_000, (Row("troops", "2003 to unknown"),), True
)
REACH = Reach("annals", 6, 1, "1899-05-01", "1911-01-01", {1899: 2, 1902: 1, 1911: 2})
AT = datetime(2026, 11, 29, tzinfo=UTC)


def _run(monkeypatch: pytest.MonkeyPatch, report: Report, form: str) -> Result:
    monkeypatch.setattr(command, "with_graph", lambda work: report)
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner().invoke(command.check, ["--format", form])


def _report(*counts: Count, unlooked: str | None = None) -> Report:
    return Report(AT, counts, Coverage(unlooked=unlooked) if unlooked else Coverage((REACH,)))


def test_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    done = _run(monkeypatch, _report(FINE, WRONG, MANY), "table")
    assert done.exit_code == 1
    lines = [line.rstrip() for line in done.stdout.splitlines() if line]
    assert lines == [
        "Counts that must be zero",
        "number  name                  about",
        "0       facts_without_source  Facts that no source states.",
        "2       days_reversed         Days the wrong way round.",
        "days_reversed, 1 of 2",
        "key       says",
        "treaty.1  begins\N{REPLACEMENT CHARACTER}[31m, ends",
        "Counts worth a look, none of them an error",
        "number          name          about",
        "100000 or more  unknown_ends  Ends that nobody knows.",
        "unknown_ends, 1 of 100000 or more",
        "key     says",
        "troops  2003 to unknown",
        "Coverage: facts by source, and by the decade of the day they speak of",
        "source  facts  first       last        decades",
        "annals  6      1899-05-01  1911-01-01  1890s 2, 1900s 1, 1910s 2, no day 1",
        "As known at 2026-11-29T00:00:00Z. Must be zero and is not: days_reversed.",
    ]


def test_nothing_wrong_is_said_and_worth_a_look_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    done = _run(monkeypatch, _report(FINE, replace(UNDERIVED, number=0), MANY), "table")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.endswith(f"{ALL_IS_WELL}\n")


def test_what_was_not_looked_at_is_told_and_is_no_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    also = replace(MANY, number=None, rows=(), more=False, unlooked="No time.")
    done = _run(monkeypatch, _report(FINE, UNSEEN, also, unlooked="No room."), "table")
    assert done.exit_code == 1
    assert done.stderr == "Not looked at: links_to_nothing, unknown_ends. No time.\nNot looked at: coverage. No room.\n"
    assert "?       links_to_nothing" in done.stdout
    assert done.stdout.endswith("Must be zero and was not looked at: links_to_nothing.\n")


def test_the_table_has_the_sources_that_state_most(monkeypatch: pytest.MonkeyPatch) -> None:
    small = [replace(REACH, source=f"small.{i}", facts=1) for i in range(SOURCES_IN_TABLE)]
    done = _run(monkeypatch, Report(AT, (FINE,), Coverage((*small, REACH))), "table")
    assert f"small.{SOURCES_IN_TABLE - 2} " in done.stdout
    assert f"small.{SOURCES_IN_TABLE - 1} " not in done.stdout
    assert "\nannals" in done.stdout
    assert "\n1 more sources are in `--format json` and `--format csv`.\n" in done.stdout


def test_parts_that_were_not_asked_for_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    done = _run(monkeypatch, Report(AT, (FINE,), None), "table")
    assert "worth a look" not in done.stdout
    assert "Coverage" not in done.stdout
    assert done.stdout.endswith("As known at 2026-11-29T00:00:00Z.\n")


def test_json_has_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    done = _run(monkeypatch, _report(WRONG, UNSEEN, MANY), "json")
    told = json.loads(done.stdout)
    assert told["known_at"] == "2026-11-29T00:00:00Z"
    assert [(one["part"], one["name"], one["number"], one["more"], one["unlooked"]) for one in told["counts"]] == [
        ("must_be_zero", "days_reversed", 2, False, None),
        ("must_be_zero", "links_to_nothing", None, False, "No time."),
        ("worth_a_look", "unknown_ends", 100_000, True, None),
    ]
    assert told["counts"][2]["rows"] == [{"key": "troops", "says": "2003 to unknown"}]
    assert told["coverage"]["sources"][0]["years"] == {"1899": 2, "1902": 1, "1911": 2}


def test_csv_has_a_line_for_each_count_row_and_year(monkeypatch: pytest.MonkeyPatch) -> None:
    done = _run(monkeypatch, _report(UNSEEN, MANY), "csv")
    assert list(csv.reader(io.StringIO(done.stdout))) == [
        ["part", "name", "number", "more", "key", "says"],
        ["must_be_zero", "links_to_nothing", "", "false", "", "No time."],
        ["worth_a_look", "unknown_ends", "100000", "true", "", "Ends that nobody knows."],
        ["worth_a_look", "unknown_ends", "", "", "troops", "2003 to unknown"],
        ["coverage", "annals", "2", "false", "1899", ""],
        ["coverage", "annals", "1", "false", "1902", ""],
        ["coverage", "annals", "2", "false", "1911", ""],
        ["coverage", "annals", "1", "false", "", "They speak of no known day."],
    ]


def test_a_fault_that_has_a_way_out_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    done = _run(monkeypatch, _report(replace(SCHEMA, number=1), replace(UNDERIVED, number=3), WRONG), "table")
    assert done.stderr.splitlines() == [
        "`foedus schema --apply` makes what the schema lacks.",
        "`foedus check --mend` derives anew.",
    ]
