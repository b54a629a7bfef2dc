"""What a person sees in a terminal."""

from datetime import UTC, datetime

import pytest

from graph.catalog import Catalog
from graph.understood import Answer
from service.answers import to_csv
from service.commands.common import Failure
from service.table import print_table
from tests.service.conftest import QUESTIONS

ESCAPES = "a\x1b]0;title\x07 \x1b[2Jb\x9b31m\n-- 2\r\nc\x7f\x00 \u202eabc\ttext, текст 동맹"


@pytest.mark.parametrize("columns", ["20", "400"])
def test_nothing_of_the_graph_commands_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    question = Catalog.load(QUESTIONS)["states_by_name_or_code"]
    row = ["RUS", ESCAPES, "near", 1]
    answer = Answer(question, {}, None, datetime(2026, 1, 1, tzinfo=UTC), [row])
    print_table(answer)
    out = capsys.readouterr().out
    assert not [one for one in out if one != "\n" and (ord(one) < 32 or 127 <= ord(one) < 160 or one == "\u202e")]
    if columns == "400":
        assert "a\ufffd]0;title\ufffd \ufffd[2Jb\ufffd31m -- 2 c\ufffd\ufffd \ufffdabc text, текст 동맹" in out
        assert len(out.splitlines()) == 3
    assert ESCAPES in to_csv(answer).decode(), "who reads it with a program gets what was recorded"


def test_nor_does_what_a_failure_tells_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    Failure(f"Did you mean {ESCAPES}?").show()
    assert "\x1b" not in capsys.readouterr().err


def test_the_table_says_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    question = Catalog.load(QUESTIONS)["states_by_name_or_code"]
    print_table(Answer(question, {}, None, datetime(2026, 1, 1, tzinfo=UTC), [["RUS", "Russia", "name", 0]], "bmV4dA"))
    assert capsys.readouterr().out.splitlines()[-1] == "There are more: add --after bmV4dA"


def test_each_thing_of_a_list_has_a_line_of_its_own(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    question = Catalog.load(QUESTIONS)["states_by_name_or_code"]
    judged = [{"value": "met", "sentence": "If so.", "why": "So."}, {"value": None, "sentence": "How.", "why": "Only."}]
    acts = [
        {"day": "2024-12-04", "kind": "ratification", "by": "PRK", "fact": "a"},
        {"day": None, "kind": "entry", "by": None, "fact": "b"},
    ]
    made = [
        {"effect": "declares", "by": "PRK", "fact": "r", "text": None},
        {"source": "s", "locator": "1", "quote": "q"},
    ]
    print_table(
        Answer(question, {}, None, datetime(2026, 1, 1, tzinfo=UTC), [[judged, acts, made, [{"a": 1, "b": []}]]])
    )
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    for line in ("met: If so. So.", "no condition: How. Only.", "2024-12-04 ratification by PRK", "s 1: q"):
        assert any(line in one for one in lines), (line, lines)
    assert any("declares by PRK (r)" in one for one in lines)
