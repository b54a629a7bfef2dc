"""Records survive being stored: what is written is what is read back."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from graph.model import FACTS, LABELS
from graph.model.entities import State
from graph.model.facts import Act, Claim, Commitment, Contribution, Event
from graph.model.records import Quantity, Record, WrittenSpan
from graph.model.stored import from_stored, names, references, to_stored
from graph.model.vocabulary import FactLabel

SOURCE: Any = [{"source": "s", "locator": "article 4", "quote": "q"}, {"source": "t"}]
EXAMPLES: list[Record] = [
    State(key="RUS", name="Russia", aliases=("Russian Federation", "Россия")),
    Act(key="a", kind="signature", day="2024-06-19", on="T", by="RUS", signed_by=["p", "q"], attested_by=SOURCE),
    Commitment(
        key="c",
        kind="troop_provision",
        bearers="named",
        beneficiaries="each_other_party",
        owed_by=["RUS"],
        under="T",
        extent="stated_quantity",
        quantity={"low": 8000, "unit": "persons", "basis": "official"},
        attested_by=SOURCE,
    ),
    Claim(
        key="d",
        stance="denies",
        towards="fact",
        sentence="No.",
        made_on={"edtf": "2024-10", "as_written": "in autumn"},
        speaks_of="2024-10/..",
        quantity={"best": 3, "unit": "generals", "basis": "estimated"},
        about=["c"],
        by=[{"actor": "lavrov", "on_behalf_of": "RUS"}],
        attested_by=SOURCE,
    ),
    Contribution(
        key="e",
        kind="troops",
        text="t",
        stage="delivered",
        by=["PRK"],
        to=["RUS"],
        span="[2024-10-01..2024-10-31]/",
        contradicts=[{"fact": "d", "reason": "both cannot be"}],
        attested_by=SOURCE,
    ),
    Event(
        key="f",
        kind="meeting",
        text="t",
        span="2024-11-01",
        attested_by=SOURCE,
        participants=[{"actor": "choe", "on_behalf_of": "PRK"}, {"actor": "lavrov", "role": "host"}],
    ),
]


(CONTRIBUTION,) = (one for one in EXAMPLES if isinstance(one, Contribution))


@pytest.mark.parametrize("record", EXAMPLES, ids=lambda record: record.label())
def test_a_record_reads_back_as_it_was_written(record: Record) -> None:
    stored = to_stored(record)
    assert from_stored(type(record), record.key, stored.fields, [asdict(link) for link in stored.links]) == record


def test_the_digest_ignores_the_order_of_links_and_nothing_else() -> None:
    one, other = (Event(**EXAMPLES[5].model_dump() | {"participants": p}) for p in _both_orders())
    assert to_stored(one).digest("Event") == to_stored(other).digest("Event")
    assert to_stored(one).digest("Event") != to_stored(one).digest("Claim")
    assert to_stored(one).digest("Event") != to_stored(one.model_copy(update={"text": "u"})).digest("Event")


def _both_orders() -> list[list[dict[str, str]]]:
    people = [{"actor": "choe"}, {"actor": "lavrov"}]
    return [people, people[::-1]]


def test_references_have_pointers_and_the_labels_that_may_stand_there() -> None:
    found = list(references(EXAMPLES[3]))
    assert ("/by/0/on_behalf_of", "RUS", ("Actor",)) in found
    assert ("/attested_by/1/source", "t", ("Source",)) in found
    assert ("/about/0", "c", ("Thing",)) in found


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"low": 3, "best": 2, "unit": "persons", "basis": "reported"}, "low <= best <= high"),
        ({"unit": "persons", "basis": "reported"}, "a number or a text"),
    ],
)
def test_a_quantity_out_of_order_or_empty_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Quantity(**fields)


@pytest.mark.parametrize("number", ["1e30", "-1e30", "1e999999999", 2**63, "Infinity", "NaN", float("inf")])
def test_a_number_that_nothing_can_keep_is_refused(number: Any) -> None:
    with pytest.raises(ValidationError, match=r"should be (less|greater) than or equal to -?10{18}|finite number"):
        Quantity(best=number, unit="persons", basis="reported")


@pytest.mark.parametrize("number", [10**18, -(10**18), "999999999999999999.5", "1e-400", "0.1"])
def test_every_other_number_is_kept_and_read_back(number: Any) -> None:
    quantity = {"best": number, "unit": "persons", "basis": "reported"}
    stored = to_stored(CONTRIBUTION.model_copy(update={"quantity": Quantity.model_validate(quantity)}))
    assert stored.digest("Contribution")
    links = [{"type": one.type, "to": one.to, "fields": one.fields} for one in stored.links]
    back = from_stored(Contribution, "e", stored.fields, links)
    assert isinstance(back, Contribution)
    assert back.quantity is not None
    assert float(back.quantity.best or 0) == pytest.approx(float(number))


def test_one_stated_number_is_all_three() -> None:
    quantity = Quantity(best=10_000, unit="persons", basis="official")
    assert quantity.low == quantity.best == quantity.high == Decimal(10_000)


@pytest.mark.parametrize(
    ("label", "fields", "message"),
    [
        (
            "Commitment",
            {"kind": "defence", "bearers": "named", "beneficiaries": "named", "owed_to": ["B"], "under": "T"},
            "owed_by",
        ),
        ("Commitment", {"kind": "defence", "bearers": "each_party", "beneficiaries": "each_other_party"}, "under"),
        (
            "Commitment",
            {"kind": "other", "bearers": "each_party", "beneficiaries": "community", "under": "T"},
            "other_code",
        ),
        ("Act", {"kind": "revocation", "day": "2000", "on": "T"}, "revokes"),
        ("Act", {"kind": "signature", "day": "1972-06-31", "on": "T"}, "is not a day"),
        (
            "Claim",
            {"stance": "denies", "sentence": "x", "made_on": "2000", "towards": "fact", "about": ["f"]},
            "who makes it",
        ),
        ("Event", {"kind": "meeting", "text": "x", "span": "1990/1980"}, "ends before it begins"),
    ],
)
def test_what_a_version_can_get_wrong_by_itself_is_refused(label: str, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        LABELS[label].model_validate({"key": "k", "attested_by": SOURCE} | fields)


@pytest.mark.parametrize("label", [name for name, model in LABELS.items() if "attested_by" in model.model_fields])
def test_a_fact_without_a_source_is_refused(label: str) -> None:
    with pytest.raises(ValidationError) as caught:
        LABELS[label].model_validate({"key": "k", "attested_by": []})
    assert ("attested_by",) in [error["loc"] for error in caught.value.errors()]


@pytest.mark.parametrize("key", ["", "a b", "a/b", "ключ", "x" * 201])
def test_a_key_that_cannot_stand_in_an_address_is_refused(key: str) -> None:
    with pytest.raises(ValidationError):
        State(key=key, name="x")


def test_every_field_of_every_label_is_described() -> None:
    bare = [
        f"{label}.{name}"
        for label, model in LABELS.items()
        for name, field in model.model_fields.items()
        if not field.description and name not in ("key", "aliases", "spell")
    ]
    assert bare == []
    assert [label for label, model in LABELS.items() if not model.__doc__] == []


def test_every_name_under_which_records_are_stored_is_known_to_the_schema() -> None:
    labels, types, properties = names(LABELS.values())
    for record in EXAMPLES:
        stored = to_stored(record)
        assert set(stored.fields) <= properties
        assert {link.type for link in stored.links} <= types
        assert {name for link in stored.links for name in link.fields} <= properties
        assert {*record.thing_labels, record.version_label} <= labels


def test_an_interval_of_edtf_stands_for_a_span() -> None:
    span = WrittenSpan.model_validate("1949/..")
    assert (span.begins, span.ends) == ("1949", "open")
    assert WrittenSpan.model_validate("/1990").begins == "unknown"


def test_the_labels_that_a_source_may_cover_are_those_of_facts() -> None:
    assert {str(word) for word in FactLabel} == {fact.__name__ for fact in FACTS}
