"""Planted faults are found, and the shipped records have none."""

from graph.model import Record
from graph.model.entities import Agreement, Source, State
from graph.model.facts import Act
from graph.model.records import Attestation
from graph.model.vocabulary import ActKind, SourceKind
from seed.check import Faults, find_faults

SEEN = (Attestation(source="paper"),)
PAPER = Source(key="paper", title="A paper", kind=SourceKind.NEWS)
LAND, PACT = State(key="AAA", name="Land"), Agreement(key="pact", title="Pact")


def _signature(on: str, by: str) -> Act:
    return Act(key="act", kind=ActKind.SIGNATURE, day="2024-06-19", on=on, by=by, attested_by=SEEN)


def test_shipped_records_have_no_faults(shipped: dict[str, Record]) -> None:
    assert find_faults(shipped.values()) == Faults()


def test_a_sound_set_has_no_faults() -> None:
    assert find_faults([PAPER, LAND, PACT, _signature("pact", "AAA")]).sentences() == []


def test_a_dangling_key_is_found() -> None:
    faults = find_faults([PAPER, PACT, _signature("pact", "AAA")])
    assert faults == Faults(dangling_keys=("act/by -> AAA",))
    assert faults.sentences() == ["act/by -> AAA names nothing."]


def test_a_wrong_label_is_found() -> None:
    assert find_faults([PAPER, LAND, PACT, _signature("AAA", "pact")]) == Faults(
        wrong_labels=("act/on -> AAA", "act/by -> pact")
    )


def test_a_duplicate_key_is_found() -> None:
    assert find_faults([PAPER, LAND, LAND]) == Faults(duplicate_keys=("AAA",))
