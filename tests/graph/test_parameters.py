"""What callers write for parameters: read into values, or refused with every fault named."""

import base64
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError, Problem
from graph.header import Parameter
from graph.parameters import AskedOverDays, Cursor, parameter_model, read_parameters

MODEL = parameter_model(
    "example",
    AskedOverDays,
    {
        "state": Parameter(type="state", about="A state", example="RUS"),
        "kind": Parameter(type="commitment_kind", about="A kind", optional=True),
        "in_force": Parameter(type="list of in_force", about="Answers", optional=True),
        "least": Parameter(type="integer", about="A number", optional=True),
        "depth": Parameter(type="integer", about="A number", optional=True, bounds=(1, 10)),
    },
)


def faults(pairs: list[tuple[str, str]]) -> list[Problem]:
    try:
        read_parameters(MODEL, pairs)
    except InputError as error:
        return list(error.problems)
    return []


def problems(*pairs: tuple[str, str]) -> list[Problem]:
    found = faults(list(pairs))
    assert found
    return found


@pytest.mark.parametrize(
    ("depth", "bound"), [("0", "greater than or equal to 1"), ("11", "less than or equal to 10"), ("-9", "equal to 1")]
)
def test_a_number_out_of_its_bounds_is_refused(depth: str, bound: str) -> None:
    (problem,) = problems(("state", "RUS"), ("depth", depth))
    assert problem.pointer == "/query/depth"
    assert problem.message.startswith(f"depth='{depth}': ")
    assert problem.message.endswith(f"{bound}.")


def test_a_list_in_one_text_is_refused_with_the_way_to_give_one() -> None:
    (problem,) = problems(("state", "RUS"), ("in_force", "definite,presumed"))
    assert problem.message == "'definite,presumed' is no value of in_force."
    assert problem.hint == "Give in_force once for each value."


def test_texts_become_values() -> None:
    asked = read_parameters(
        MODEL,
        [
            ("state", "RUS"),
            ("kind", "defence"),
            ("in_force", "definite"),
            ("in_force", "presumed"),
            ("on", "2024-12-04"),
            ("known_at", "2024-12-04T10:00:00+02:00"),
            ("least", "3"),
            ("limit", "5"),
        ],
    )
    assert isinstance(asked, AskedOverDays)
    assert asked.on == date(2024, 12, 4)
    assert asked.known_at == datetime(2024, 12, 4, 8, tzinfo=UTC)
    assert asked.model_dump(include={"kind", "in_force", "least", "limit"}) == {
        "kind": "defence",
        "in_force": ["definite", "presumed"],
        "least": 3,
        "limit": 5,
    }


@pytest.mark.parametrize(
    ("pair", "message", "hint"),
    [
        (("stat", "RUS"), "There is no parameter 'stat' here.", "Did you mean state?"),
        (("kind", "defense"), "'defense' is no value of kind.", "Did you mean defence?"),
        (("in_force", "certain"), "'certain' is no value of in_force.", "Known are definite, presumed"),
        (("on", "2024-13-01"), "on='2024-13-01': no such day; write YYYY-MM-DD", None),
        (("on", "1730419200"), "on='1730419200': write a day as YYYY-MM-DD", None),
        (("on", "2024-W44-5"), "on='2024-W44-5': write a day as YYYY-MM-DD", None),
        (("known_at", "2024-12-04T10:00:00"), "write an instant as", None),
        (("known_at", "2024-13-04T10:00:00Z"), "write an instant as", None),
        (("known_at", "1730419200"), "write an instant as", None),
        (("known_at", "0001-01-01T00:00:00+14:00"), "in UTC that is not in the years 0001 to 9999.", None),
        (("known_at", "9999-12-31T23:59:59-14:00"), "in UTC that is not in the years 0001 to 9999.", None),
        (("least", "many"), "least='many'", None),
        (("limit", "0"), "limit='0'", None),
        (("limit", "10001"), "limit='10001'", None),
        (("kind", ""), "kind is empty.", "leave it out"),
    ],
)
def test_a_bad_value_is_one_problem_that_names_it(pair: tuple[str, str], message: str, hint: str | None) -> None:
    (problem,) = problems(("state", "RUS"), pair)
    assert problem.pointer == f"/query/{pair[0]}"
    assert message in problem.message
    assert hint is None or hint in (problem.hint or "")


def test_what_is_missing_comes_with_an_example() -> None:
    assert problems() == [Problem("/query/state", "state is missing.", "For example state=RUS.")]


def test_a_scalar_given_twice_is_refused() -> None:
    assert problems(("state", "RUS"), ("state", "PRK"))[0].message == "state is given 2 times."


def test_all_faults_are_listed_at_once() -> None:
    found = problems(("on", "x"), ("nothing", "1"), ("kind", ""), ("limit", "x"))
    assert sorted(problem.pointer for problem in found) == [
        "/query/kind",
        "/query/limit",
        "/query/nothing",
        "/query/on",
        "/query/state",
    ]


@pytest.mark.parametrize("text", ["a\0b", "x" * 201])
def test_a_text_that_no_name_can_have_is_refused(text: str) -> None:
    assert problems(("state", text))[0].pointer == "/query/state"


@given(st.lists(st.tuples(st.sampled_from([*MODEL.model_fields, "zz"]), st.text(max_size=30)), max_size=6))
def test_whatever_is_written_is_read_or_refused(pairs: list[tuple[str, str]]) -> None:
    assert all(problem.message and problem.pointer for problem in faults(pairs))


THEN = datetime(2026, 1, 1, tzinfo=UTC)
CURSOR = Cursor(bound_to="b", on=date(2024, 12, 4), known_at=THEN, named_at=THEN, position=["RUS", 3, 0.5])


def test_a_cursor_leads_back_to_its_row() -> None:
    assert Cursor.read(CURSOR.text()) == CURSOR


@pytest.mark.parametrize("text", ["", "x", "????", CURSOR.text()[:-3], "bnVsbA", "W10", "ыы"])
def test_a_damaged_cursor_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="cursor"):
        Cursor.read(text)


def test_a_cursor_holds_no_number_that_the_database_cannot() -> None:
    forged = base64.urlsafe_b64encode(CURSOR.model_dump_json().replace("3,", f"{2**63},").encode()).decode()
    assert isinstance(Cursor.read(forged).position[1], float)


@pytest.mark.parametrize("field", ["known_at", "named_at"])
def test_a_cursor_holds_no_instant_that_nobody_can_know_of(field: str) -> None:
    outside = CURSOR.model_dump(mode="json") | {field: "0001-01-01T00:00:00+14:00"}
    with pytest.raises(InputError, match="cursor"):
        Cursor.read(base64.urlsafe_b64encode(json.dumps(outside).encode()).decode())
    within = CURSOR.model_dump(mode="json") | {field: "2026-01-01T02:00:00+02:00"}
    assert Cursor.read(base64.urlsafe_b64encode(json.dumps(within).encode()).decode()) == CURSOR


def test_the_schema_of_optional_parameters_has_no_null() -> None:
    properties = MODEL.model_json_schema()["properties"]
    assert "anyOf" not in properties["kind"]
    assert "anyOf" not in properties["in_force"]
