"""Every row of the five files becomes something, and each row of the article what cases of its kind must become."""

import csv
from dataclasses import dataclass

import pytest

from graph.model import Fact, Record
from graph.model.entities import Source
from graph.model.facts import Act, Claim, Commitment, Contribution, Event
from seed.dprk_russia_2024 import FOLDER, all_recipes
from seed.dprk_russia_2024.tables import ARTICLE, SOURCES, TABLES, Sources
from seed.reading import Table

S17 = "news-article-on-the-choe-lavrov-meeting-2024-11"
TROOPS = "contribution.PRK-RUS.troops-in-russia"
TREATY = "PRK-RUS.2024-strategic-partnership"
COMBAT = "event.prk-troops-in-combat"
UNNAMED: tuple[str, ...] = ()


def _cells(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _locators(shipped: dict[str, Record]) -> set[str]:
    return {
        seen.locator or "" for record in shipped.values() if isinstance(record, Fact) for seen in record.attested_by
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_every_row_is_where_some_fact_is_attested(table: Table, shipped: dict[str, Record]) -> None:
    found = _locators(shipped)
    rows = [table.row_id(cells) for cells in _cells(table.file)]
    assert [row for row in rows if f"dprk-russia-2024/{table.file}, row {row}" not in found] == []
    assert (
        len(rows) == len(set(rows)) == {"clauses": 7, "events": 9, "claims": 16, "article-facts": 23}[table.file[:-4]]
    )


def test_every_source_attests_a_fact(shipped: dict[str, Record]) -> None:
    cited = {seen.source for record in shipped.values() if isinstance(record, Fact) for seen in record.attested_by}
    listed = {record.address: key for key, record in shipped.items() if isinstance(record, Source)}
    rows = _cells(SOURCES.file)
    assert len(rows) == 17
    assert [row["source_id"] for row in rows if listed[row["url"] or None] not in cited] == []


def test_the_mapping_names_no_row_that_is_not_there() -> None:
    named = {row for recipe in all_recipes(Sources({})) for row in recipe.rows}
    assert named == {table.row_id(cells) for table in TABLES for cells in _cells(table.file)}
    assert ARTICLE in {cells["source_id"] for cells in _cells(SOURCES.file)}


@dataclass(frozen=True)
class Expected:
    """A claim as a person would write it down from the row."""

    stance: str
    about: tuple[str, ...]
    by: tuple[str, ...] = UNNAMED
    on_behalf_of: tuple[str | None, ...] = ()
    low: int | None = None
    high: int | None = None
    towards: str = "sentence"


FOR_PRK, FOR_UKR = ("PRK",), ("UKR",)
CLAIMS = {
    "A03": Expected("asserts", ("PRK", "RUS"), ("choe-son-hui",), FOR_PRK),
    "A04": Expected("asserts", ("PRK", "RUS", "putin-vladimir"), ("choe-son-hui",), FOR_PRK),
    "A08": Expected("asserts", (TROOPS,), ("UKR.military-intelligence",), (None,), 12000, 12000, "fact"),
    "A09": Expected("asserts", (f"{TROOPS}.officers",), ("UKR.military-intelligence",), (None,), 500, 500, "fact"),
    "A10": Expected("asserts", (f"{TROOPS}.generals",), ("UKR.military-intelligence",), (None,), 3, 3, "fact"),
    "A11": Expected(
        "asserts",
        (f"{TROOPS}.in-kursk-oblast",),
        ("blinken-antony", "USA.officials"),
        ("USA", None),
        8000,
        None,
        "fact",
    ),
    "A12": Expected("expects", (COMBAT,), ("zelensky-volodymyr",), FOR_UKR, towards="fact"),
    "A13": Expected("denies", (COMBAT,), towards="fact"),
    "A14": Expected("expects", (TROOPS,), ("UKR.defence-officials",), (None,)),
    "A15": Expected("assesses", ("RUS", TROOPS), (S17,), (None,)),
    "A16": Expected("assesses", ("PRK", "RUS"), ("zelensky-volodymyr",), FOR_UKR),
    "A17": Expected("requests", ("UKR",), ("zelensky-volodymyr",), FOR_UKR),
    "A18": Expected("questions", (TROOPS,)),
    "A19": Expected("accuses", ("USA", "KOR"), ("choe-son-hui",), FOR_PRK),
    "A20": Expected("assesses", ("PRK", "RUS", "event.2024-11-01-choe-lavrov"), (S17,), (None,)),
    "A21": Expected("suspects", ("contribution.RUS-PRK.arms",), (S17,), (None,), towards="fact"),
    "A22": Expected("asserts", ("PRK", "USA", "KOR"), (S17,), (None,)),
    "A23": Expected("expects", ("UKR", "RUS"), (S17,), (None,)),
}


@pytest.mark.parametrize("row", CLAIMS)
def test_claim_of_the_article(row: str, shipped: dict[str, Record]) -> None:
    claim = shipped[f"claim.{row}"]
    assert isinstance(claim, Claim)
    number = claim.quantity
    found = Expected(
        claim.stance,
        claim.about,
        tuple(one.actor for one in claim.by),
        tuple(one.on_behalf_of for one in claim.by),
        int(number.low) if number and number.low is not None else None,
        int(number.high) if number and number.high is not None else None,
        claim.towards,
    )
    assert found == CLAIMS[row]
    assert [seen.source for seen in claim.attested_by] == [S17]


@pytest.mark.parametrize(
    ("row", "written"),
    [("A13", "reports"), ("A18", "analysts"), ("A15", "the article"), ("A17", "Volodymyr Zelensky for UKR")],
)
def test_claimant_as_written(row: str, written: str, shipped: dict[str, Record]) -> None:
    claim = shipped[f"claim.{row}"]
    assert isinstance(claim, Claim)
    assert claim.claimant_as_written == written


def test_a_meeting_of_both_on_behalf_of_their_states(shipped: dict[str, Record]) -> None:
    """Row A01."""
    meeting = shipped["event.2024-11-01-choe-lavrov"]
    assert isinstance(meeting, Event)
    assert (meeting.kind, meeting.at, meeting.span.begins, meeting.span.ends) == (
        "meeting", "moscow", "2024-11-01", "2024-11-01",
    )  # fmt: skip
    assert {(one.actor, one.on_behalf_of) for one in meeting.participants} == {
        ("choe-son-hui", "PRK"),
        ("lavrov-sergey", "RUS"),
    }


def test_a_political_promise_until_the_day_of_victory(shipped: dict[str, Record]) -> None:
    """Row A02."""
    promise = shipped["commitment.A02.political-support"]
    assert isinstance(promise, Commitment)
    assert (promise.kind, promise.binding, promise.until) == ("political_support", "political", "the day of victory")
    assert (promise.owed_by, promise.owed_to, promise.voiced_at, promise.under) == (
        ("PRK",), ("RUS",), "event.2024-11-01-choe-lavrov", None,
    )  # fmt: skip
    adversary = shipped["commitment.A02.political-support.adversary"].model_dump()
    assert (adversary["kind"], adversary["role"], adversary["names"]) == ("adversary", "trigger", ("UKR",))


def test_troops_are_prepared_without_a_number(shipped: dict[str, Record]) -> None:
    """Row A05."""
    troops = shipped["contribution.PRK-RUS.troops-prepared"]
    assert isinstance(troops, Contribution)
    assert (troops.stage, troops.by, troops.to, troops.at) == ("prepared", ("PRK",), ("RUS",), ("russia",))
    assert troops.quantity is not None
    assert (troops.quantity.text, troops.quantity.unit, troops.quantity.low) == ("thousands", "persons", None)


def test_the_article_attests_the_treaty_and_adds_nothing(shipped: dict[str, Record]) -> None:
    """Row A06."""
    attested = {
        record.key
        for record in shipped.values()
        if isinstance(record, Fact) and any((s.locator or "").endswith("row A06") for s in record.attested_by)
    }
    assert attested == {f"{TREATY}.signature.PRK", f"{TREATY}.signature.RUS", f"{TREATY}.4.defence"}


def test_parliament_in_october_contradicts_the_upper_house(shipped: dict[str, Record]) -> None:
    """Row A07."""
    act = shipped[f"{TREATY}.parliament.RUS"]
    assert isinstance(act, Act)
    assert (act.kind, act.by, act.day.edtf) == ("parliament", "RUS.federal-assembly", "2024-10")
    assert [one.fact for one in act.contradicts] == [f"{TREATY}.upper-house.RUS"]


def test_what_is_asked_for_is_no_promise(shipped: dict[str, Record]) -> None:
    """Row A17."""
    request = shipped["claim.A17"]
    assert isinstance(request, Claim)
    assert (request.addressed_as_written, request.addressed_to) == ("allies of UKR", ())
    to_ukraine = [
        record.key
        for record in shipped.values()
        if (isinstance(record, Commitment) and "UKR" in record.owed_to)
        or (isinstance(record, Contribution) and "UKR" in record.to)
    ]
    assert to_ukraine == []


def test_an_accusation_without_evidence(shipped: dict[str, Record]) -> None:
    """Row A19."""
    evidence = {key: record.evidence for key, record in shipped.items() if isinstance(record, Claim)}
    assert [key for key, offered in evidence.items() if offered != "not_said"] == ["claim.A19"]
    assert evidence["claim.A19"] == "not_offered"


def test_suspected_arms_are_only_claimed(shipped: dict[str, Record]) -> None:
    """Row A21, and the combat of A12 and A13."""
    only = {key for key, record in shipped.items() if isinstance(record, Fact) and record.standing == "only_claimed"}
    assert only == {"contribution.RUS-PRK.arms", COMBAT}
    arms = shipped["contribution.RUS-PRK.arms"]
    assert isinstance(arms, Contribution)
    assert (arms.kind, arms.by, arms.to) == ("arms", ("RUS",), ("PRK",))


def test_quotes_are_those_of_the_file(shipped: dict[str, Record]) -> None:
    quotes = {row["fact_id"]: row["quote"] for row in _cells("article-facts.csv") if row["quote"]}
    assert set(quotes) == {"A02", "A03", "A12", "A16", "A20"}
    for row, quote in quotes.items():
        record = shipped["commitment.A02.political-support" if row == "A02" else f"claim.{row}"]
        assert isinstance(record, Fact)
        assert [seen.quote for seen in record.attested_by] == [quote]
        assert not isinstance(record, Claim) or record.quote == quote
