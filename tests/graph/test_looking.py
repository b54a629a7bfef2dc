"""The quality of a graph: what is counted in the small world, and that each count finds what it is for.

`damage/` holds what is done to the small world, one file a count, and in its first lines what is then found there.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
from neo4j import AsyncManagedTransaction

from graph.database import InTransaction
from graph.errors import DatabaseBusyError
from graph.graph import Graph
from graph.looking import MOST, NO_ROOM, NO_TIME, TOO_LONG, Looking, TimeLeft, about, found, names
from graph.model import LABELS
from graph.model.stored import needed, to_stored
from graph.quality import Count, Coverage, Part, Row
from graph.revision import OPEN_UNTIL
from tests.conftest import SmallWorld
from tests.world.records import first_records

DAMAGE = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(__file__).with_name("damage").glob("*.cypher"))
}
_FINDS = re.compile(r"^// (.*?) \| (.*)$", re.MULTILINE)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")

WORTH_A_LOOK = {
    "agreements_without_parties": ("dykes.1976-articles",),
    "contributions_only_claimed": ("arms", "herring.rumour"),
    "entities_named_by_nothing": ("high-plain", "port-lumen"),
    "facts_outside_the_window_of_their_source": ("boats.pledge", "herring.request", "keel", "wharf"),
    "negative_quantities": ("money.fy2004.delivered", "wharf"),
    "only_claimed_without_claim": ("ALD-BRE.1969-ferries.secret", "dykes.1976-articles.replaces"),
    "sources_that_state_nothing": ("sea-almanac",),
    "sources_without_day_of_retrieval": (
        "annals", "archive", "chronicle", "courier", "fish-house", "gazette", "herald", "ledger", "register",
        "sea-almanac",
    ),
    "sources_without_licence": (
        "archive", "chronicle", "courier", "fish-house", "gazette", "herald", "ledger", "register", "sea-almanac",
    ),
    "states_without_code": ("CAS", "DRK", "KHE", "NIM", "ORG", "SKJ", "ULV", "VLM"),
    "unknown_ends": (
        "lights.1925-convention.BRE", "tenure.reve.secretary", "tolls.1930-convention.NTA", "membership.QUI",
        "herring.pledge", "arms", "troops.withdrawn", "troops.prepared", "troops.authorised", "DRK-ULV.2008-pact.DRK",
        "DRK-ULV.2008-pact.ULV",
    ),
    "competing_acts": (
        "MOR-NTA.2001-partnership.ratification.NTA.a", "tolls.1930-convention.accession.BRE.a",
        "tolls.1930-convention.withdrawal.STA.a",
    ),
    "contradiction": ("MOR-NTA.2001-partnership.decree",),
    "denial": (
        "MOR-NTA.2001-partnership.denunciation.NTA", "dykes.1960-convention.termination",
        "tolls.1930-convention.ratification.DOR", "troops",
    ),
    "disjoint_quantities": ("claim.01",),
    "opposed_claims": ("claim.01", "claim.02", "claim.13"),
    "overlapping_tenures": ("tenure.kor",),
    "unauthorised_signature": ("DOR-QUI.1972-fisheries.signature.QUI",),
}  # fmt: skip
"""What the small world has of each; nothing of all others."""


def _looking(graph: Graph, known_at: datetime, rows: int = 100, seconds: float = 60) -> Looking:
    return Looking(graph.database, known_at, rows, TimeLeft(seconds), lambda name: None)


async def _counts(looking: Looking) -> list[Count]:
    return [one for part in Part for one in await looking.counts(part)]


def _by_name(counts: list[Count]) -> Mapping[str, Count]:
    assert len({one.name for one in counts}) == len(counts)
    return {one.name: one for one in counts}


async def test_what_is_counted_in_the_small_world(small_world: SmallWorld) -> None:
    counts = await _counts(_looking(small_world.graph, small_world.instants[-1]))
    told = {one.name: tuple(row.key for row in one.rows) for one in counts if one.number != 0}
    assert told == WORTH_A_LOOK
    assert all(one.number == len(one.rows) and not (one.more or one.unlooked or one.is_fault) for one in counts)
    assert {one.name for one in counts if one.part is Part.MUST_BE_ZERO} == set(names(Part.MUST_BE_ZERO))


async def test_what_was_known_earlier_is_counted_as_it_was_known(small_world: SmallWorld) -> None:
    """The archive was known at first, and what it states only later."""
    reads, part, name = small_world.graph.database, Part.WORTH_A_LOOK, "sources_that_state_nothing"
    keys = [[row.key for row in await found(reads, part, name, at, MOST)] for at in small_world.instants]
    assert keys[0] == ["archive", "sea-almanac"]
    assert keys[-1] == ["sea-almanac"]


async def test_the_coverage_of_the_small_world(small_world: SmallWorld) -> None:
    coverage = await _looking(small_world.graph, small_world.instants[-1]).coverage()
    reach = {one.source: one for one in coverage.sources}
    assert len(reach) == 9
    fish_house, archive = reach["fish-house"], reach["archive"]
    assert (fish_house.facts, fish_house.undated) == (20, 1)
    assert fish_house.years == {1973: 8, 1974: 8, 1975: 1, 1979: 2}
    assert (fish_house.first, fish_house.last) == ("1973-03-01", "1979-12-01")
    assert (archive.facts, archive.undated, archive.years) == (1, 0, {1962: 1})


@pytest.mark.parametrize("name", DAMAGE)
async def test_a_count_finds_what_it_is_for(small_world: SmallWorld, name: str) -> None:
    known_at = small_world.instants[-1]
    part = next(part for part in Part if name in names(part))
    async with small_world.graph.database.writing() as session, await session.begin_transaction() as tx:
        reads = InTransaction(cast(AsyncManagedTransaction, tx))
        before = await found(reads, part, name, known_at, MOST)
        await reads.read(name, DAMAGE[name], {"known_at": known_at, "open": OPEN_UNTIL})
        after = await found(reads, part, name, known_at, MOST)
        await tx.rollback()
    new = [Row(row.key, _INSTANT.sub("INSTANT", row.says)) for row in after if row not in before]
    assert new == [Row(key, says) for key, says in _FINDS.findall(DAMAGE[name])]
    assert new


def test_every_count_has_something_to_find() -> None:
    assert set(names(Part.MUST_BE_ZERO)) <= set(DAMAGE)
    assert set(names(Part.WORTH_A_LOOK)) <= set(DAMAGE) | set(WORTH_A_LOOK)


def test_every_count_says_what_it_counts() -> None:
    sentences = [about(part, name) for part in Part for name in names(part)]
    assert all(re.fullmatch(r"[A-Z][^/]*\.", sentence) for sentence in sentences)
    assert len(set(sentences)) == len(sentences)


async def test_rows_are_kept_as_wanted_and_all_are_counted(small_world: SmallWorld) -> None:
    looking = _looking(small_world.graph, small_world.instants[-1], rows=2)

    async def read(_: object) -> list[Row]:
        return [Row(str(i), "") for i in range(5)]

    one = Count(Part.WORTH_A_LOOK, "some", "Some.")
    whole, cut = await looking.counted(one, read), await looking.counted(one, read, most=4)
    assert (whole.number, whole.more, [row.key for row in whole.rows]) == (5, False, ["0", "1"])
    assert (cut.number, cut.more) == (4, True)


async def test_what_there_is_no_time_for_is_told(small_world: SmallWorld) -> None:
    known_at = small_world.instants[-1]
    late = _looking(small_world.graph, known_at, seconds=0)
    counts = _by_name(await _counts(late))
    assert {(one.number, one.unlooked) for one in counts.values()} == {(None, NO_TIME)}
    assert {one.part for one in counts.values() if one.is_fault} == {Part.MUST_BE_ZERO}
    assert await late.coverage() == Coverage(unlooked=NO_TIME)


async def test_what_takes_too_long_or_finds_no_room_is_told(small_world: SmallWorld) -> None:
    looking, one = _looking(small_world.graph, small_world.instants[-1]), Count(Part.WORTH_A_LOOK, "some", "Some.")

    async def slow(_: object) -> list[Row]:
        text = "UNWIND range(1, 100000000) AS a UNWIND range(1, 1000) AS b RETURN count(a + b) AS key"
        await TimeLeft(0.2).of(looking.database).read("slow", text)  # type: ignore[union-attr]
        return []

    async def crowded(_: object) -> list[Row]:
        raise DatabaseBusyError("Full.")

    assert (await looking.counted(one, slow)).unlooked == TOO_LONG
    assert (await looking.counted(one, crowded)).unlooked == NO_ROOM


def test_every_record_has_what_its_label_needs() -> None:
    """Of the small world, which has all labels: so what the model says of itself is what is stored."""
    records = first_records()
    assert {record.label() for record in records} == set(LABELS)
    for record in records:
        properties, links = needed(type(record))
        stored = to_stored(record)
        assert set(properties) <= set(stored.fields), record.key
        assert set(links) <= {link.type for link in stored.links}, record.key
