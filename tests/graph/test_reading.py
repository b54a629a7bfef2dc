"""What somebody sends, read: each rule has its code and its pointer, and whatever is wrong is listed."""

from typing import Any

import pytest

from graph.differences import Recorded, compare, still_named
from graph.errors import InputError, Problem, StaleVersionError
from graph.model.changes import ChangeSet
from graph.model.reading import read_change_set
from graph.model.rules import INVALID, SENTENCES, Rule

STATE = frozenset({"Thing", "State", "Actor", "Version", "Description"})
RECORDED = {
    "RUS": Recorded(STATE, 3, "", withdrawn=False),
    "PRK": Recorded(STATE, 1, "", withdrawn=False),
    "s": Recorded(frozenset({"Thing", "Source", "Version", "Description"}), 1, "", withdrawn=False),
}
SAID = [{"source": "s"}]


def put(label: str, key: str, if_version: int | None = None, **fields: Any) -> dict[str, Any]:
    return {"op": "put", "label": label, "record": {"key": key} | fields, "if_version": if_version}


def withdraw(key: str) -> dict[str, Any]:
    return {"op": "withdraw", "key": key, "reason": "An error."}


def event(key: str = "visit", **fields: Any) -> dict[str, Any]:
    return put("Event", key, **({"kind": "visit", "text": "x", "span": "2024", "attested_by": SAID} | fields))


def promise(**fields: Any) -> dict[str, Any]:
    named = {"bearers": "named", "beneficiaries": "named", "owed_by": ["RUS"], "owed_to": ["PRK"], "voiced_at": "visit"}
    return put("Commitment", "promise", **({"kind": "transit", "attested_by": SAID} | named | fields))


def read(*operations: Any) -> ChangeSet:
    return read_change_set({"reason": "x", "operations": list(operations)}, author="a test", most=10)


def problems(document: Any, most: int = 10) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        read_change_set(document, author="a test", most=most)
    return [(problem.pointer, problem.code) for problem in caught.value.problems]


def refused(operations: list[Any]) -> list[Problem]:
    """Return what is wrong with a change set, on a graph where RUS names PRK."""
    try:
        change_set = read(*operations)
        compare(change_set, RECORDED)
        still_named(change_set, {"PRK": ["RUS"]})
    except (InputError, StaleVersionError) as error:
        return list(error.problems)
    return []


BROKEN: dict[Rule, tuple[list[Any], str]] = {
    Rule.SOURCE_MISSING: ([event(attested_by=[])], "/operations/0/record/attested_by"),
    Rule.SPAN_REVERSED: ([event(span="2024/2023")], "/operations/0/record/span"),
    Rule.QUANTITY_DISORDERED: (
        [promise(extent="stated_quantity", quantity={"low": 2, "high": 1, "unit": "t", "basis": "reported"})],
        "/operations/0/record/quantity",
    ),
    Rule.ENDS_MISFIT: ([event(), promise(owed_by=[])], "/operations/1/record"),
    Rule.REFERENCE_UNKNOWN: ([event(at="nowhere")], "/operations/0/record/at"),
    Rule.REFERENCE_MISFIT: ([event(at="RUS")], "/operations/0/record/at"),
    Rule.KEY_UNKNOWN: ([withdraw("nothing")], "/operations/0/key"),
    Rule.KEY_IN_USE: ([put("Official", "RUS", name="x")], "/operations/0/record/key"),
    Rule.WRITTEN_TWICE: ([event(), withdraw("RUS"), withdraw("RUS")], "/operations/1"),
    Rule.STILL_NAMED: ([event(), withdraw("PRK")], "/operations/1/key"),
    Rule.STALE_VERSION: ([put("State", "RUS", 2, name="x")], "/operations/0/if_version"),
}


@pytest.mark.parametrize("rule", list(Rule))
def test_each_rule_says_where_it_is_broken(rule: Rule) -> None:
    operations, pointer = BROKEN[rule]
    first = refused(operations)[0]
    assert (first.code, first.pointer) == (rule, pointer)
    assert first.message.endswith(".")
    assert SENTENCES[rule].endswith(".")


def test_what_breaks_no_rule_is_read() -> None:
    assert refused([event(), promise(), put("State", "RUS", 3, name="Russia")]) == []
    assert refused([withdraw("PRK"), put("State", "RUS", name="x")]) == []


def test_every_fault_of_every_operation_is_listed_and_none_twice() -> None:
    operations = [
        event(span="2024/2023", attested_by=[], colour="red", participants=[{"actor": "RUS"}, {"role": "king"}]),
        {"op": "erase"},
        {"label": "State"},
        "put",
        put("Stat", "x"),
        {"op": "put", "label": "State"},
        {"op": "withdraw", "key": "no key", "if_version": 0},
        promise(quantity={"low": "many", "unit": "", "basis": "x"}),
    ]
    assert problems({"reason": "", "operations": operations, "author": "me"}) == [
        ("/reason", INVALID),
        ("/author", INVALID),
        ("/operations/0/record/attested_by", "source_missing"),
        ("/operations/0/record/span", "span_reversed"),
        ("/operations/0/record/participants/1/actor", INVALID),
        ("/operations/0/record/participants/1/role", INVALID),
        ("/operations/0/record/colour", INVALID),
        ("/operations/1/op", INVALID),
        ("/operations/2/op", INVALID),
        ("/operations/3", INVALID),
        ("/operations/4/label", INVALID),
        ("/operations/5/record", INVALID),
        ("/operations/6/key", INVALID),
        ("/operations/6/reason", INVALID),
        ("/operations/6/if_version", INVALID),
        ("/operations/7/record/quantity/low", INVALID),
        ("/operations/7/record/quantity/unit", INVALID),
        ("/operations/7/record/quantity/basis", INVALID),
    ]


def test_all_that_the_graph_shows_is_listed_too() -> None:
    wrong = [event(at="nowhere", concerns=["RUS", "nothing"]), event("RUS"), withdraw("gone"), withdraw("gone")]
    assert [(one.pointer, one.code) for one in refused(wrong)] == [
        ("/operations/2", "written_twice"),
        ("/operations/3", "written_twice"),
        ("/operations/1/record/key", "key_in_use"),
        ("/operations/2/key", "key_unknown"),
        ("/operations/3/key", "key_unknown"),
        ("/operations/0/record/at", "reference_unknown"),
        ("/operations/0/record/concerns/1", "reference_unknown"),
    ]
    stale = [put("State", "RUS", 2, name="x"), put("State", "PRK", 0, name="x"), put("State", "new", 1, name="x")]
    assert [(one.pointer, one.code) for one in refused(stale)] == [
        ("/operations/0/if_version", "stale_version"),
        ("/operations/1/if_version", "key_in_use"),
        ("/operations/2/if_version", "stale_version"),
    ]


@pytest.mark.parametrize(
    ("document", "pointer"),
    [([], ""), (None, ""), ({"reason": "x"}, "/operations"), ({"reason": "x", "operations": {}}, "/operations")],
)
def test_what_is_no_change_set_is_said_once(document: Any, pointer: str) -> None:
    assert problems(document) == [(pointer, INVALID)]


def test_no_more_operations_are_read_than_may_be() -> None:
    assert problems({"reason": "x", "operations": [None] * 11}) == [("/operations", INVALID)]


def test_a_name_that_is_nearly_right_is_suggested() -> None:
    with pytest.raises(InputError) as caught:
        read(put("Stat", "x"), put("State", "x", name="x", alias=["y"]), {"op": "putt"})
    assert [problem.hint for problem in caught.value.problems] == [
        "Did you mean State?",
        "Did you mean aliases?",
        "Did you mean put?",
    ]
