"""Must the DPRK help Russia? Article 4 of the treaty of 2024 asks for an armed attack and a state of war."""

from typing import Any

import pytest

from graph.graph import Graph
from tests.questions.conftest import CATALOG, ask

TREATY = "PRK-RUS.2024-strategic-partnership"
DEFENCE = f"{TREATY}.4.defence"
ATTACKED = {"bearer": "PRK", "beneficiary": "RUS", "attackers": "UKR", "incident": "armed_attack"}
AT_WAR = ATTACKED | {"state_of_war": "true"}


async def asked(graph: Graph, **values: Any) -> list[dict[str, Any]]:
    return (await ask(graph, CATALOG["obligation_test"], **values)).records


def of(rows: list[dict[str, Any]], part: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["part"] == part]


async def article_4(graph: Graph, **values: Any) -> tuple[str, str]:
    """Return the answer and the result of article 4."""
    rows = await asked(graph, **values)
    (row,) = (row for row in rows if row["fact"] == DEFENCE and row["part"] == "commitment")
    return rows[0]["answer"], row["result"]


@pytest.mark.parametrize(
    ("on", "further", "expected"),
    [
        ("2024-06-19", AT_WAR, ("cannot_tell", "not_met")),
        ("2024-12-03", AT_WAR, ("cannot_tell", "not_met")),
        ("2024-12-04", AT_WAR, ("must", "met")),
        ("2024-12-10", AT_WAR, ("must", "met")),
        ("2024-12-10", ATTACKED, ("cannot_tell", "cannot_tell")),
        ("2024-12-10", ATTACKED | {"state_of_war": "false"}, ("cannot_tell", "not_met")),
        ("2024-12-10", AT_WAR | {"incident": "threat"}, ("cannot_tell", "not_met")),
        ("2024-12-10", AT_WAR | {"incident": ""}, ("cannot_tell", "cannot_tell")),
        ("2024-12-10", AT_WAR | {"began": "2024-08-06"}, ("cannot_tell", "cannot_tell")),
        ("2024-12-10", AT_WAR | {"began": "2024-12-04"}, ("must", "met")),
    ],
)
async def test_article_4_is_owed_once_in_force_when_attacked_and_at_war(
    shipped_graph: Graph, on: str, further: dict[str, str], expected: tuple[str, str]
) -> None:
    assert await article_4(shipped_graph, on=on, **further) == expected


async def test_before_its_signature_nothing_is_known_and_nothing_is_denied(shipped_graph: Graph) -> None:
    rows = await asked(shipped_graph, on="2024-06-18", **AT_WAR)
    assert [(row["part"], row["answer"]) for row in rows] == [("answer", "cannot_tell"), ("open", None)]


async def test_the_chain_of_the_clause_stands_in_its_row(shipped_graph: Graph) -> None:
    rows = await asked(shipped_graph, on="2024-12-10", **AT_WAR)
    (row,) = (row for row in rows if row["fact"] == DEFENCE)
    assert (row["agreement"], row["article"], row["in_force"]) == (TREATY, "4", "presumed")
    assert {(act["day"], act["kind"], act["by"]) for act in row["acts"]} == {
        ("2024-12-04", "ratification", "PRK"),
        ("2024-12-04", "ratification", "RUS"),
        ("2024-12-04", "entry_into_force", None),
    }
    assert [(one["kind"], one["role"], one["value"]) for one in row["conditions"]] == [
        ("armed_attack", "trigger", "met"),
        ("state_of_war", "trigger", "met"),
        ("own_law", "manner", None),
        ("un_charter", "manner", None),
    ]
    assert {f"{DEFENCE}.armed-attack", f"{DEFENCE}.state-of-war"} <= set(row["rests_on"])
    assert rows[0]["evidence"] == row["evidence"]


async def test_the_promise_and_the_duty_to_consult_stand_beside(shipped_graph: Graph) -> None:
    rows = await asked(shipped_graph, on="2024-12-10", **AT_WAR)
    beside = {row["kind"]: (row["binding"], row["result"]) for row in of(rows, "commitment") if not row["decides"]}
    assert beside == {
        "consultation": ("legal", "met"),
        "non_use_of_territory": ("legal", "met"),
        "political_support": ("political", "met"),
    }


async def test_what_would_settle_it_is_told(shipped_graph: Graph) -> None:
    rows = await asked(shipped_graph, bearer="PRK", beneficiary="RUS", on="2024-12-10")
    settled_by = {row["fact"]: row["settled_by"] for row in of(rows, "open")}
    assert settled_by == {
        f"{DEFENCE}.armed-attack": ["incident"],
        f"{DEFENCE}.state-of-war": ["state_of_war"],
        "PRK": [],
    }


async def test_every_row_leads_to_something_recorded(shipped_graph: Graph) -> None:
    for row in await asked(shipped_graph, on="2024-12-10", **AT_WAR):
        for key in (row["fact"], *row["rests_on"]):
            if key not in {"PRK", "RUS"}:
                assert (await ask(shipped_graph, CATALOG["evidence_of_fact"], fact=key)).rows
