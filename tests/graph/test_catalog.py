"""Question files: what is read from one, and every way in which header and text can disagree."""

from pathlib import Path

import pytest

from graph.catalog import Catalog, read_question
from graph.errors import CatalogError, NotFoundError
from graph.header import Header
from graph.statements import statements
from graph.then import Then

GOOD = """/*
title: States
about: Which states are there? See https://example.org/a;b
params:
  text: {type: string, about: A name, example: Russia}
  kind: {type: list of commitment_kind, about: Kinds, optional: true, example: [defence]}
returns:
  state: {type: state, about: The state}
  name: {type: string, about: Its name, optional: true}
order: [state]
*/
// a comment with $nothing; and https://example.org
MATCH (s:State)
WHERE s.name = $text AND $on > date() AND $known_at > 0 AND ($kind IS NULL OR s.x IN $kind) AND s.y <> '$not;'
RETURN s.key AS state,
       s.name AS name
"""


def write(folder: Path, text: str, name: str = "states") -> Path:
    path = folder / "topic" / f"{name}.cypher"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_question_is_its_file(tmp_path: Path) -> None:
    question = read_question(write(tmp_path, GOOD))
    assert (question.name, question.topic, question.columns) == ("states", "topic", ["state", "name"])
    assert question.examples == {"text": "Russia", "kind": ["defence"]}
    assert "ORDER BY state\nLIMIT $row_limit" in question.wrapped
    assert question.text in question.wrapped


def test_for_the_browser_it_comes_with_its_parameters_and_order(tmp_path: Path) -> None:
    text = read_question(write(tmp_path, GOOD)).for_browser()
    assert text.startswith(":param text => 'Russia';\n:param kind => ['defence'];\n:param on => date();\n")
    assert text.endswith("s.name AS name\nORDER BY state\n")


OWN = GOOD.replace("order: [state]", "order: [state]\npages: own").replace(
    "RETURN s.key", "  AND ($after IS NULL OR s.key > $after[0])\nRETURN s.key"
) + "ORDER BY s.key\nLIMIT $row_limit\n"  # fmt: skip
SHORTER = GOOD.replace("order: [state]", "order: [state]\npath: /things/{text}")
DRAWN = GOOD.replace("order: [state]", "order: [state]\nedge: {from: $text, to: state, label: name}")
ALL_NAMES = Then(("state", "name"), lambda rows, _: rows)


def test_a_question_may_seek_its_pages_itself(tmp_path: Path) -> None:
    question = read_question(write(tmp_path, OWN))
    assert "LIMIT $row_limit\n\n}" in question.wrapped
    assert question.for_browser().endswith("LIMIT $row_limit\n")
    assert ":param row_limit => 1000;" in question.for_browser()


def test_a_question_may_have_a_shorter_path_and_be_drawn(tmp_path: Path) -> None:
    assert read_question(write(tmp_path, SHORTER)).header.in_path == ["text"]
    edge = read_question(write(tmp_path, DRAWN)).header.edge
    assert edge is not None
    assert (edge.start, edge.end, edge.label) == ("$text", "state", "name")


def test_two_questions_cannot_have_one_path(tmp_path: Path) -> None:
    write(tmp_path, SHORTER)
    write(tmp_path, SHORTER.replace("{text}", "{name}").replace("text", "name"), "others")
    with pytest.raises(CatalogError, match=r"Two question files have the path /things/\{\}"):
        Catalog.load(tmp_path)


def test_before_a_function_rows_come_whole(tmp_path: Path) -> None:
    text = GOOD.replace("order: [state]", "order: [state]\nthen: all_names").replace("s.name AS name", "s.x AS name")
    question = read_question(write(tmp_path, text), {"all_names": ALL_NAMES})
    assert "LIMIT" not in question.wrapped
    assert "ORDER BY" not in question.for_browser()
    with pytest.raises(CatalogError, match="there is no function 'all_names'; known are none"):
        read_question(write(tmp_path, text), {})
    with pytest.raises(CatalogError, match=r"it returns \['state', 'name'\], its function takes \['other'\]"):
        read_question(write(tmp_path, text), {"all_names": Then(("other",), lambda rows, _: rows)})


def test_a_parameter_may_be_read_by_the_function_alone(tmp_path: Path) -> None:
    text = GOOD.replace("order: [state]", "order: [state]\nthen: f").replace(" AND ($kind IS NULL OR s.x IN $kind)", "")
    works = Then(("state", "name"), lambda rows, _: rows, uses=frozenset({"kind"}))
    assert read_question(write(tmp_path, text), {"f": works}).function is works
    with pytest.raises(CatalogError, match="parameters that it does not use: kind"):
        read_question(write(tmp_path, text), {"f": ALL_NAMES})


def test_every_key_of_a_header_is_told_on_the_page(repository: Path) -> None:
    page = (repository / "cypher" / "README.md").read_text(encoding="utf-8")
    names = [field.alias or name for name, field in Header.model_fields.items()]
    assert [name for name in names if f"| `{name}` |" not in page] == []


@pytest.mark.parametrize(
    ("kind", "example", "literal"),
    [
        ("day", "2024-01-01", "date('2024-01-01')"),
        ("list of day", "['2024-01-01', 2024-01-02]", "[date('2024-01-01'), date('2024-01-02')]"),
        ("instant", "2024-01-01T10:00:00Z", "datetime('2024-01-01T10:00:00+00:00')"),
        ("integer", "3", "3"),
        ("boolean", "true", "true"),
        ("string", '"it\'s \\\\ it"', "'it\\'s \\\\ it'"),
        ("string", "'2024-01-01'", "'2024-01-01'"),
    ],
)
def test_an_example_stands_in_the_browser_as_a_value_of_its_type(
    tmp_path: Path, kind: str, example: str, literal: str
) -> None:
    text = GOOD.replace("list of commitment_kind", kind).replace("[defence]", example)
    assert f":param kind => {literal};\n" in read_question(write(tmp_path, text)).for_browser()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: States\n", "", "title"),
        ("order: [state]", "order: [state]\nflavour: mild", "flavour"),
        ("type: string, about: A name", "type: text, about: A name", "no type 'text'"),
        ("about: A name", "about: ''", "at least 1 character"),
        ("order: [state]", "order: [name]", "ordered or told apart by name"),
        ("order: [state]", "order: [state]\nidentity: [name]", "ordered or told apart by name"),
        ("state: {type: state", "state: {type: list of state", "ordered by state, of whose type no cursor"),
        ("state: {type: state", "state: {type: instant", "ordered by state, of whose type no cursor"),
        ("state: {type: state", "state: {type: evidence", "ordered by state, of whose type no cursor"),
        ("order: [state]", "order: [state]\nedge: {from: text, to: state, label: name}", "is drawn by text"),
        ("order: [state]", "order: [state]\nedge: {from: $text, to: state, label: $text}", "labelled by"),
        ("order: [state]", "order: [state]\npath: /things/{kind}", "no parameter that is always given: kind"),
        ("order: [state]", "order: [state]\npath: things", "path: String should match"),
        ("order: [state]", "order: [state]\nedge: {from: state, to: $what, label: name}", r"drawn by \$what"),
        ("order: [state]", "order: [state]\ncalendar: {day: x, summary: name}", "calendar shows x, which is no column"),
        ("order: [state]", "order: [state]\ncalendar: {day: name, summary: name}", "by name, which is no day"),
        ("order: [state]", "order: [state]\npages: own", "does not use after, row_limit"),
        ("order: [state]", "order: [other]", "ordered or told apart by other"),
        ("  name: {type: string, about: Its name, optional: true}\n", "", "it returns"),
        ("s.name = $text", "s.name = $txt", "does not declare: txt"),
        ("s.name = $text AND", "", "does not use: text"),
        ("AND $known_at > 0", "", r"\$known_at"),
        ("AND $on > date()", "", r"\$on"),
        ("order: [state]", "order: [state]\ntimeless: it says so", r"\$on"),
        ("text: {type: string", "limit: {type: string", "reserved"),
        (", example: Russia", "", "without an example: text"),
        ("AND s.y <> '$not;'", "; MATCH (n)", "one statement"),
        ("/*\n", "", "starts with its header"),
        ("about: Which", "about: [", "no YAML"),
    ],
)
def test_a_header_that_disagrees_with_its_text_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(CatalogError, match=message) as caught:
        read_question(path)
    assert str(path) in str(caught.value)


def test_a_name_that_is_not_snake_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="snake_case"):
        read_question(write(tmp_path, GOOD, "States-All"))


def test_two_files_with_one_name_are_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    other = tmp_path / "other" / "states.cypher"
    other.parent.mkdir()
    other.write_text(GOOD, encoding="utf-8")
    with pytest.raises(CatalogError, match="Two question files"):
        Catalog.load(tmp_path)


def test_an_unknown_name_gets_suggestions(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    with pytest.raises(NotFoundError) as caught:
        Catalog.load(tmp_path).find("state")
    assert caught.value.hint == "Did you mean states?"


def test_a_comment_does_not_cut_an_address_or_a_statement() -> None:
    texts = statements("schema/constraints")
    assert all(text.startswith("CREATE CONSTRAINT") and ";" not in text for text in texts)
