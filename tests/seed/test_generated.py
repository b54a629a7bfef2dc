"""A generated world: as large as asked for, the same each time, whole, and of the shapes that are claimed of it."""

from collections import Counter
from datetime import date

import pytest

from graph.derive import derive
from graph.model import Record
from graph.model.entities import Agreement, State
from graph.model.facts import Act, Commitment, Condition
from graph.model.vocabulary import CommitmentKind
from graph.units import units
from seed.check import find_faults
from seed.generated import parcels
from seed.generated.draft import party_numbers
from seed.generated.size import Size

SIZE = Size(states=120, agreements=150, commitments=3_000)


def made(size: Size) -> list[Record]:
    return [record for make in parcels(size) for record in make().records]


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return made(SIZE)


def test_it_has_as_many_as_asked_for(records: list[Record]) -> None:
    count = Counter(type(record) for record in records)
    assert (count[State], count[Agreement], count[Commitment]) == (120, 150, 3_000)


def test_the_same_seed_gives_the_same_world_and_another_seed_another(records: list[Record]) -> None:
    assert made(SIZE) == records
    assert made(Size(120, 150, 3_000, seed=2)) != records


def test_a_larger_number_of_commitments_leaves_the_parties_as_they_are() -> None:
    larger = Size(120, 150, 9_000)
    assert all(party_numbers(SIZE, number).states == party_numbers(larger, number).states for number in range(150))


def test_every_reference_leads_to_what_it_must(records: list[Record]) -> None:
    assert find_faults(records).sentences() == []


@pytest.mark.parametrize("size", [Size(10, 1, 0), Size(10, 3, 40), Size(70, 2, 500)])
def test_small_ones_are_whole_too(size: Size) -> None:
    assert find_faults(made(size)).sentences() == []


def test_most_agreements_have_two_parties_and_few_states_have_most_of_them() -> None:
    drawn = [party_numbers(Size(), number).states for number in range(5_000)]
    two = [states for states in drawn if len(states) == 2]
    assert 0.77 < len(two) / len(drawn) < 0.83
    places = Counter(state.rank for states in two for state in states)
    ten, fifty = (sum(places[rank] for rank in range(1, last + 1)) for last in (10, 50))
    assert 0.3 < ten / places.total() < 0.45
    assert 0.65 < fifty / places.total() < 0.85
    assert max(len(states) for states in drawn) > 100


def test_it_has_all_that_can_be_in_force(records: list[Record]) -> None:
    found: Counter[str] = Counter()
    for make in parcels(SIZE):
        parcel = make()
        for unit, facts in units(parcel.records, parcel.successions).items():
            found += Counter(
                str(piece.fields["in_force"]) for piece in derive(unit, facts) if piece.type == "COMMITS_TO"
            )
    assert set(found) == {"definite", "presumed", "possible", "suspended", "pending"}
    assert 1.5 < found.total() / SIZE.commitments < 4


def test_kinds_conditions_and_days_are_as_claimed(records: list[Record]) -> None:
    kinds = Counter(record.kind for record in records if isinstance(record, Commitment))
    assert kinds[CommitmentKind.DEFENCE] > kinds[CommitmentKind.OFFENCE] > 0
    conditions = [record for record in records if isinstance(record, Condition)]
    assert 0.05 < len({one.of for one in conditions}) / SIZE.commitments < 0.15
    days = [record.day.earliest for record in records if isinstance(record, Act)]
    assert date(1815, 1, 1) < min(days) <= max(days) < date(2100, 1, 1)
