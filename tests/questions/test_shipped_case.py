"""What the product was made to say about the treaty of 2024, asked as a caller asks."""

from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError
from graph.graph import Graph
from tests.questions.conftest import CATALOG, ask

TREATY = "PRK-RUS.2024-strategic-partnership"
PROMISE = "commitment.A02.political-support"
DEFENCE = f"{TREATY}.4.defence"
DEPLOYMENT = "contribution.PRK-RUS.troops-in-russia"
PAIR = {"bearer": "PRK", "beneficiary": "RUS"}


async def rows(graph: Graph, question: str, **values: Any) -> list[dict[str, Any]]:
    return (await ask(graph, CATALOG[question], **values)).records


async def between(graph: Graph, **values: Any) -> dict[str, dict[str, Any]]:
    found = await rows(graph, "commitments_between_states", **PAIR | values)
    return {row["fact"]: row for row in found}


@pytest.mark.parametrize(("on", "promise"), [("2024-11-01", "definite"), ("2024-12-03", "presumed")])
async def test_before_its_entry_into_force_the_treaty_is_pending_and_the_promise_holds(
    shipped_graph: Graph, on: str, promise: str
) -> None:
    found = await between(shipped_graph, on=on)
    held = {fact: row["in_force"] for fact, row in found.items()}
    assert held.pop(PROMISE) == promise
    assert found[PROMISE]["until"] == "the day of victory"
    assert found[PROMISE]["agreement"] is None
    assert set(held.values()) == {"pending"}
    assert len(held) == 5
    assert found[DEFENCE]["awaits"] == ["ratification by PRK", "ratification by RUS", "entry into force"]
    definite = await between(shipped_graph, on=on, in_force="definite")
    assert TREATY not in {row["agreement"] for row in definite.values()}


@pytest.mark.parametrize(
    "pair", [{"bearer": "PRK", "beneficiary": "RUS"}, {"bearer": "RUS", "beneficiary": "PRK"}], ids=["given", "owed"]
)
async def test_from_its_entry_into_force_article_4_is_definite_in_both_directions(
    shipped_graph: Graph, pair: dict[str, str]
) -> None:
    row = (await between(shipped_graph, on="2024-12-04", **pair))[DEFENCE]
    assert (row["in_force"], row["article"], row["kind"]) == ("definite", "4", "defence")
    assert len(row["conditions"]) == 4
    assert "attack" in row["conditions"][0] or "war" in row["conditions"][0]
    assert {one["source"] for one in row["evidence"]} >= {"nhk-world-2024-06-20", "interfax-2024-11-06", "rt-2024-11"}
    assert all(one["locator"] for one in row["evidence"])


@pytest.mark.parametrize(
    ("on", "in_force"),
    [("2024-06-18", None), ("2024-06-19", "pending"), ("2024-12-05", "definite"), ("2024-12-06", "presumed"),
     ("2030-01-01", "presumed")],
)  # fmt: skip
async def test_each_day_has_its_answer(shipped_graph: Graph, on: str, in_force: str | None) -> None:
    found = await between(shipped_graph, on=on, kind="defence")
    assert [row["in_force"] for row in found.values()] == ([in_force] if in_force else [])


async def test_before_the_load_nothing_was_known(shipped_graph: Graph) -> None:
    assert await between(shipped_graph, on="2024-12-04", known_at="2024-12-31T00:00:00Z") == {}


async def test_a_known_at_of_the_future_is_what_is_known_now(shipped_graph: Graph) -> None:
    answer = await ask(shipped_graph, CATALOG["political_promises"], known_at="9998-01-01T00:00:00Z")
    assert answer.known_at == await shipped_graph.revision.known_at()


async def test_the_treaty_is_signed_and_not_in_force_until_it_is(shipped_graph: Graph) -> None:
    signed = await rows(shipped_graph, "agreements_signed_not_in_force", on="2024-11-01")
    assert [(row["agreement"], row["signatory"]) for row in signed] == [(TREATY, "PRK"), (TREATY, "RUS")]
    assert await rows(shipped_graph, "agreements_signed_not_in_force", on="2024-12-05") == []


async def test_estimates_of_the_deployment_stand_side_by_side(shipped_graph: Graph) -> None:
    found = await rows(shipped_graph, "quantity_estimates", contribution=DEPLOYMENT)
    numbers = {row["fact"]: (row["low"], row["best"], row["high"], row["unit"], row["part_of"]) for row in found}
    assert numbers == {
        "claim.A08": (12000, 12000, 12000, "persons", None),
        "claim.A09": (500, 500, 500, "officers", DEPLOYMENT),
        "claim.A10": (3, 3, 3, "generals", DEPLOYMENT),
        "claim.A11": (8000, None, None, "persons", DEPLOYMENT),
        "claim.C01": (3000, 3000, 3000, "persons", None),
        "claim.C02": (10000, 10000, 10000, "persons", DEPLOYMENT),
        "claim.C04": (12000, 12000, 12000, "persons", None),
        "claim.C05": (11000, None, 12000, "persons", None),
        "claim.C06": (10000, None, None, "persons", DEPLOYMENT),
        "claim.C10": (14000, 14000, 14000, "persons", None),
    }
    claimants = {key for row in found for key in (*row["by"], *row["on_behalf_of"])}
    assert claimants >= {"UKR.military-intelligence", "blinken-antony", "USA.department-of-defense", "KOR.officials"}
    places = {row["fact"]: row["place"] for row in found}
    assert places["claim.A11"] == places["claim.C06"] == "kursk-oblast"
    assert all(row["made_on"] and row["evidence"] for row in found)
    measures = {row["fact"]: row["measure"] for row in found}
    assert measures.pop("claim.C10") == "sent"
    assert set(measures.values()) == {"present"}
    contested = {row["about"] for row in found if row["contested"]}
    assert contested == {f"{DEPLOYMENT}.in-kursk-oblast"}


async def test_evidence_tells_for_from_against(shipped_graph: Graph) -> None:
    found = await rows(shipped_graph, "evidence_of_fact", fact=f"{DEPLOYMENT}.in-kursk-oblast")
    by_role: dict[str, set[str]] = {}
    for row in found:
        by_role.setdefault(row["role"], set()).add(row["claim"] or row["source"])
    assert by_role["claim_against"] == {"claim.C07"}
    assert by_role["claim_for"] == {"claim.A11", "claim.C03", "claim.C06"}


@pytest.mark.parametrize(
    "text", ["RUS", "rus", "RU", "Russia", "russia", "Russian Federation", "Россия", "wikidata:Q159", "iso2:ru"]
)
async def test_a_state_may_be_named_in_many_ways(shipped_graph: Graph, text: str) -> None:
    answer = await ask(shipped_graph, CATALOG["commitments_owed_to_state"], state=text, on="2024-12-04")
    assert answer.parameters["state"] == "RUS"
    assert len(answer.rows) == 6


@pytest.mark.parametrize(
    ("text", "suggested"),
    [("RUZ", "RUS (Russia)"), ("Rusia", "RUS (Russia)"), ("North Corea", "PRK"), ("((", None), ("OR NOT", "")],
)
async def test_what_names_no_state_is_refused_with_suggestions(
    shipped_graph: Graph, text: str, suggested: str | None
) -> None:
    with pytest.raises(InputError) as caught:
        await ask(shipped_graph, CATALOG["commitments_owed_to_state"], state=text)
    (problem,) = caught.value.problems
    assert problem.pointer == "/query/state"
    assert text in problem.message
    assert suggested is None or suggested in (problem.hint or "")


@pytest.mark.parametrize(
    ("name", "values", "suggested"),
    [
        ("agreement_timeline", {"agreement": "PRK-RUS.2024-strategic"}, TREATY),
        ("evidence_of_fact", {"fact": f"{TREATY}.4.defense"}, DEFENCE),
        ("evidence_of_fact", {"fact": "RUS"}, ""),
    ],
)
async def test_what_is_the_key_of_nothing_is_refused_with_suggestions(
    shipped_graph: Graph, name: str, values: dict[str, str], suggested: str
) -> None:
    with pytest.raises(InputError) as caught:
        await ask(shipped_graph, CATALOG[name], **values)
    assert suggested in (caught.value.problems[0].hint or "")


def test_the_golden_answers_hold_no_estimate_that_the_data_lack(repository: Path) -> None:
    text = (repository / "seed/data/dprk-russia-2024/claims.csv").read_text(encoding="utf-8")
    golden = (repository / "tests/answers/quantity_estimates.csv").read_text(encoding="utf-8")
    for number in ("3000", "10000", "11000", "14000"):
        assert number in text
        assert f",{number}," in golden
