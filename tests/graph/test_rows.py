"""Records survive being a row of texts, whatever stands in them."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from graph.model import LABELS
from graph.model.entities import Place, Source
from graph.model.facts import Claim, Contribution
from graph.model.records import Record
from graph.model.rows import columns, content, fingerprint, from_row, to_row
from graph.model.stored import to_stored
from tests.world.records import first_records

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(lambda text: text.strip())


def again(record: Record) -> Record:
    """Write a record as CSV and read it."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([columns(type(record)), to_row(record).values()])
    header, cells = csv.reader(io.StringIO(file.getvalue(), newline=""), strict=True)
    return from_row(type(record), dict(zip(header, cells, strict=True)))


def same(one: Record, other: Record) -> bool:
    return to_stored(one).digest(one.label()) == to_stored(other).digest(other.label())


def test_every_record_of_the_small_world_is_read_again() -> None:
    for record in first_records():
        assert same(again(record), record)
        assert to_row(again(record)) == to_row(record)


@given(TEXTS, st.lists(TEXTS, max_size=3), TEXTS)
def test_any_text_is_read_again(title: str, names: list[str], citation: str) -> None:
    source = Source(key="s", title=title, kind="news", citation=citation)
    place = Place(key="p", name=title, aliases=tuple(names), latitude=0.1, longitude=-180.0, within=("b", "a"))
    assert again(source) == source
    assert same(again(place), place)


@given(st.integers(-(10**18), 10**18) | st.floats(-1e15, 1e15))
def test_any_number_is_read_again(number: float) -> None:
    quantity = {"low": number, "unit": "persons", "basis": "reported"}
    told = {"kind": "troops", "text": "t", "stage": "prepared", "by": ["a"], "to": ["b"], "span": "2024/.."}
    record = Contribution.model_validate(
        {"key": "c", "attested_by": [{"source": "s"}], "quantity": quantity, "parts_disjoint": True} | told
    )
    assert same(again(record), record)


def test_what_follows_from_the_rest_stands_in_the_row_and_is_not_read() -> None:
    claim = next(record for record in first_records() if isinstance(record, Claim))
    row = to_row(claim)
    assert row["made_on_earliest"] == str(claim.made_on.earliest)
    assert from_row(Claim, row | {"made_on_earliest": "1000-01-01"}) == from_row(Claim, row)


def test_a_list_stands_in_an_order_of_its_own() -> None:
    sources = [{"source": "b"}, {"source": "a", "locator": "2"}, {"source": "a", "locator": "1"}]
    claim = next(record for record in first_records() if isinstance(record, Claim))
    one, other = (
        Claim.model_validate(claim.model_dump(exclude_computed_fields=True) | {"attested_by": order})
        for order in (sources, sources[::-1])
    )
    assert to_row(one) == to_row(other)
    assert content(one) == content(other)


def test_no_column_stands_for_two_things() -> None:
    for model in LABELS.values():
        places = [place for place, _ in columns(model).values()]
        assert len(places) == len(set(places))
    assert len(fingerprint()) == 64
