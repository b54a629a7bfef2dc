"""Every row of the article of November 2024 is found over HTTP, through the question that asks for its kind."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CASE = "seed/data/dprk-russia-2024"
ARTICLE = "news-article-on-the-choe-lavrov-meeting-2024-11"
TREATY = "PRK-RUS.2024-strategic-partnership"
DEFENCE = f"{TREATY}.4.defence"
MEETING = "event.2024-11-01-choe-lavrov"
COMBAT = "event.prk-troops-in-combat"
PROMISE = "commitment.A02.political-support"
PREPARED = "contribution.PRK-RUS.troops-prepared"
TROOPS = "contribution.PRK-RUS.troops-in-russia"
KURSK = f"{TROOPS}.in-kursk-oblast"
ARMS = "contribution.RUS-PRK.arms"
PARLIAMENT = f"{TREATY}.parliament.RUS"
BY_ARTICLE = {"by": [ARTICLE], "claimant": "the article"}
BY_CHOE = {"by": ["choe-son-hui"], "on_behalf_of": ["PRK"]}
BY_ZELENSKY = {"by": ["zelensky-volodymyr"], "on_behalf_of": ["UKR"]}
BY_INTELLIGENCE = {"by": ["UKR.military-intelligence"], "claimant": "Ukraine's military intelligence"}

Rows = list[dict[str, Any]]
Answer = Callable[..., Rows]

# The row, the question that returns it, what it is asked with, and what the answer says of it.
FOUND: list[tuple[str, str, dict[str, str], dict[str, Any]]] = [
    ("A01", "meetings_between_states", {"state": "PRK", "other": "RUS"},
     {"fact": MEETING, "begins": "2024-11-01", "place": "moscow", "for_state": ["choe-son-hui"],
      "for_others": ["lavrov-sergey"], "on_behalf_of": ["PRK", "RUS"], "kind": "meeting", "standing": "asserted"}),
    ("A01", "meetings_of_official", {"official": "choe-son-hui"},
     {"fact": MEETING, "others": ["lavrov-sergey"], "on_behalf_of": "PRK", "others_on_behalf_of": ["RUS"]}),
    ("A02", "political_promises", {"on": "2024-11-01"},
     {"fact": PROMISE, "bearer": "PRK", "beneficiary": "RUS", "until": "the day of victory", "in_force": "definite",
      "conditions": ["Against Ukraine."], "voiced_at": MEETING}),
    ("A02", "commitments_between_states", {"bearer": "PRK", "beneficiary": "RUS", "on": "2024-11-01"},
     {"fact": PROMISE, "binding": "political", "agreement": None, "kind": "political_support"}),
    ("A02", "commitments_owed_by_state", {"state": "PRK", "on": "2024-11-01"},
     {"fact": PROMISE, "beneficiary": "RUS", "agreement": None}),
    ("A03", "claims_about", {"thing": "PRK"},
     {**BY_CHOE, "fact": "claim.A03", "stance": "asserts", "about": ["PRK", "RUS"], "made_on": "2024-11-01",
      "quote": "invincible military comradeship"}),
    ("A04", "claims_about", {"thing": "putin-vladimir"},
     {**BY_CHOE, "fact": "claim.A04", "stance": "asserts", "about": ["PRK", "RUS", "putin-vladimir"]}),
    ("A05", "troop_provisions", {"giver": "PRK", "receiver": "RUS", "stage": "prepared"},
     {"fact": PREPARED, "quantity": "thousands", "unit": "persons", "low": None, "high": None,
      "place": ["russia"], "begins": "2024-11"}),
    ("A06", "commitments_under_agreement", {"agreement": TREATY, "on": "2024-12-04"},
     {"fact": DEFENCE, "kind": "defence", "article": "4", "owed_by": "each_party", "owed_to": "each_other_party",
      "bearers": ["PRK", "RUS"], "beneficiaries": ["PRK", "RUS"], "in_force": ["definite"]}),
    ("A06", "facts_stated_by_source", {"source": ARTICLE, "label": "Act"},
     {"fact": f"{TREATY}.signature.PRK", "day": "2024-06-19"}),
    ("A06", "facts_stated_by_source", {"source": ARTICLE, "label": "Act"},
     {"fact": f"{TREATY}.signature.RUS", "day": "2024-06-19"}),
    ("A06", "facts_stated_by_source", {"source": ARTICLE, "label": "Commitment"}, {"fact": DEFENCE}),
    ("A07", "agreement_timeline", {"agreement": TREATY},
     {"fact": PARLIAMENT, "kind": "parliament", "day": "2024-10", "by": "RUS.federal-assembly", "contested": True,
      "contradicts": [f"{TREATY}.upper-house.RUS"]}),
    ("A07", "disputed_facts", {"thing": TREATY, "dispute": "contradiction"},
     {"fact": PARLIAMENT, "other_fact": f"{TREATY}.upper-house.RUS", "sources": [ARTICLE],
      "other_sources": ["interfax-2024-11-06", "rt-2024-11"]}),
    ("A08", "quantity_estimates", {"contribution": TROOPS},
     {**BY_INTELLIGENCE, "fact": "claim.A08", "about": TROOPS, "best": 12000, "quantity": "nearly 12000",
      "basis": "estimated", "part_of": None}),
    ("A09", "quantity_estimates", {"contribution": TROOPS},
     {**BY_INTELLIGENCE, "fact": "claim.A09", "about": f"{TROOPS}.officers", "low": 500, "best": 500, "high": 500,
      "unit": "officers", "part_of": TROOPS}),
    ("A10", "quantity_estimates", {"contribution": TROOPS},
     {**BY_INTELLIGENCE, "fact": "claim.A10", "about": f"{TROOPS}.generals", "low": 3, "best": 3, "high": 3,
      "unit": "generals", "part_of": TROOPS}),
    ("A11", "quantity_estimates", {"contribution": TROOPS},
     {"fact": "claim.A11", "about": KURSK, "low": 8000, "best": None, "high": None, "place": "kursk-oblast",
      "by": ["USA.officials", "blinken-antony"], "on_behalf_of": ["USA"], "part_of": TROOPS}),
    ("A12", "claims_about", {"thing": COMBAT},
     {**BY_ZELENSKY, "fact": "claim.A12", "stance": "expects",
      "quote": "We expect North Korean forces to engage within days"}),
    ("A13", "denials", {}, {"fact": "claim.A13", "denies": COMBAT, "claimant": "reports", "by": [], "towards": "fact",
                            "denied_standing": "only_claimed"}),
    ("A14", "claims_about", {"thing": TROOPS},
     {"fact": "claim.A14", "stance": "expects", "by": ["UKR.defence-officials"]}),
    ("A15", "claims_about", {"thing": "RUS"}, {**BY_ARTICLE, "fact": "claim.A15", "stance": "assesses"}),
    ("A16", "claims_about", {"thing": "PRK"},
     {**BY_ZELENSKY, "fact": "claim.A16", "stance": "assesses", "about": ["PRK", "RUS"],
      "quote": "a war of two countries against one"}),
    ("A17", "requests_for_support", {"by": "UKR"},
     {**BY_ZELENSKY, "fact": "claim.A17", "addressed": "allies of UKR", "addressed_to": [], "about": ["UKR"],
      "followed_by": []}),
    ("A18", "claims_about", {"thing": TROOPS},
     {"fact": "claim.A18", "stance": "questions", "claimant": "analysts", "by": []}),
    ("A19", "accusations_without_evidence", {},
     {**BY_CHOE, "fact": "claim.A19", "about": ["KOR", "USA"], "offered": "not_offered", "made_on": "2024-11-01"}),
    ("A20", "claims_about", {"thing": MEETING},
     {**BY_ARTICLE, "fact": "claim.A20", "stance": "assesses", "quote": "Phase Two"}),
    ("A21", "claims_about", {"thing": ARMS}, {**BY_ARTICLE, "fact": "claim.A21", "stance": "suspects"}),
    ("A22", "claims_about", {"thing": "KOR"},
     {**BY_ARTICLE, "fact": "claim.A22", "stance": "asserts", "about": ["KOR", "PRK", "USA"]}),
    ("A23", "claims_about", {"thing": "UKR"},
     {**BY_ARTICLE, "fact": "claim.A23", "stance": "expects", "about": ["RUS", "UKR"]}),
]  # fmt: skip


def the_one(rows: Rows, **values: Any) -> dict[str, Any]:
    """Return the one row that has these values."""
    (found,) = [row for row in rows if all(row[name] == value for name, value in values.items())]
    return found


def disputes(answer: Answer, **values: str) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {(row["dispute"], row["fact"], row["other_fact"]): row for row in answer("disputed_facts", **values)}


@pytest.mark.parametrize(("row", "asked_by", "values", "said"), FOUND, ids=[f"{one[0]}-{one[1]}" for one in FOUND])
def test_a_row_of_the_article_is_found(
    answer: Answer, row: str, asked_by: str, values: dict[str, str], said: dict[str, Any]
) -> None:
    found = the_one(answer(asked_by, **values), fact=said["fact"])
    assert {name: found[name] for name in said} == said
    of_the_row = f"dprk-russia-2024/article-facts.csv, row {row}"
    assert (ARTICLE, of_the_row) in {(one["source"], one["locator"]) for one in found["evidence"]}


def test_no_row_of_the_article_is_left_out(repository: Path) -> None:
    with (repository / CASE / "article-facts.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["fact_id"] for row in csv.DictReader(file)}
    assert rows == {f"A{number:02}" for number in range(1, 24)}
    assert {one[0] for one in FOUND} == rows


def test_what_is_only_claimed_is_shown_so(answer: Answer) -> None:
    """A12, A13 and A21 are about a combat and arms that nobody states: the answers say so."""
    stated = answer("facts_stated_by_source", source=ARTICLE)
    assert {row["fact"] for row in stated if row["standing"] == "only_claimed"} == {COMBAT, ARMS}


def test_a_request_makes_no_commitment_and_no_contribution(answer: Answer) -> None:
    """A17 asks Ukraine's allies for military aid; nobody owes any by it."""
    assert answer("commitments_owed_to_state", state="UKR", on="2024-11-02") == []
    assert answer("troop_provisions", receiver="UKR") == []


def test_the_article_dates_the_ratification_otherwise_than_the_events(answer: Answer) -> None:
    """A07 says October; events.csv has the upper house on 6 November."""
    found = disputes(answer)["contradiction", PARLIAMENT, f"{TREATY}.upper-house.RUS"]
    assert "both chambers" in found["reason"]
    assert "2024-10" in found["says"]
    assert "2024-11-06" in found["other_says"]
    assert found["about"] == TREATY
    assert "events.csv, row E05" in found["other_evidence"][0]["locator"]


def test_two_agencies_date_the_decree_of_the_dprk_otherwise(answer: Answer) -> None:
    """E07 and C15: 11 or 12 November."""
    sides = (f"{TREATY}.decree.PRK.per-al-mayadeen", f"{TREATY}.decree.PRK.per-tass")
    found = disputes(answer)
    for dispute in ("competing_acts", "contradiction"):
        row = found[dispute, *sides]
        assert "different days" in row["reason"]
        assert ("2024-11-12" in row["says"], "2024-11-11" in row["other_says"]) == (True, True)
        assert (row["sources"], row["other_sources"]) == (["al-mayadeen-english-2024-12-05"], ["tass-2024-12-05"])


def test_the_deployment_is_denied(answer: Answer) -> None:
    """C07 denies what A11, C03 and C06 state."""
    found = disputes(answer)
    row = found["denial", KURSK, "claim.C07"]
    assert "denies" in row["reason"]
    assert row["says"] == "DPRK troops in Kursk Oblast."
    assert row["other_says"].startswith("Russia and DPRK (denies): ")
    assert set(row["sources"]) == {"mosaic-2024-11", ARTICLE, "voz-2024-10-28"}
    assert row["other_sources"] == ["al-mayadeen-english-2024-12-05"]
    opposed = {one for dispute, one, other in found if (dispute, other) == ("opposed_claims", "claim.C07")}
    assert opposed == {"claim.A11", "claim.C03", "claim.C06"}


def test_the_number_of_troops_is_disputed(answer: Answer) -> None:
    """C01 and C04: 3,000 or 12,000 in the same month; no other pair of numbers is without a common value."""
    found = disputes(answer, dispute="disjoint_quantities")
    assert list(found) == [("disjoint_quantities", "claim.C01", "claim.C04")]
    (row,) = found.values()
    assert row["about"] == TROOPS
    assert ("Pentagon" in row["says"], "3000 persons" in row["says"]) == (True, True)
    assert ("Ukraine" in row["other_says"], "12000 persons" in row["other_says"]) == (True, True)
    assert row["rests_on"] == ["claim.C01", "claim.C04", TROOPS]


@pytest.mark.parametrize(
    ("thing", "count"), [(TREATY, 3), (KURSK, 4), (TROOPS, 6), ("PRK", 6), ("kursk-oblast", 4), ("UKR", 1), ("NATO", 1)]
)
def test_disputes_are_found_by_what_they_are_about(answer: Answer, thing: str, count: int) -> None:
    assert len(disputes(answer, thing=thing)) == count
