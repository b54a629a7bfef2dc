"""What would be answered if a change set were written: read by eye on the shipped case, and nothing remains."""

from typing import Any

import pytest

from graph.derivation import Move
from graph.errors import InputError
from graph.graph import Graph
from graph.model.changes import ChangeSet
from graph.model.reading import read_change_set
from graph.parameters import read_parameters
from graph.what_if import Supposed, suppose
from service.examples import DENOUNCES
from tests.graph.writes import withdrawn
from tests.questions.conftest import CATALOG, ask, pairs

SUPPOSED = read_change_set(DENOUNCES, author="a test", most=10)


async def supposed(graph: Graph, change_set: ChangeSet, name: str, **values: Any) -> Supposed:
    question = CATALOG[name]
    asked = read_parameters(question.parameters, pairs(values))
    return await suppose(graph, change_set, question, asked)


async def test_russia_denounces_the_treaty_who_loses_which_commitment(shipped_graph: Graph) -> None:
    found = await supposed(shipped_graph, SUPPOSED, "commitments_in_force", on="2026-06-01")
    lost = [(row["compared"], row["bearer"], row["beneficiary"], row["kind"]) for row in found.difference.records]
    assert lost == [
        ("removed", "PRK", "RUS", "consultation"),
        ("removed", "RUS", "PRK", "consultation"),
        ("removed", "PRK", "RUS", "defence"),
        ("removed", "RUS", "PRK", "defence"),
        ("removed", "PRK", "RUS", "joint_defence_measures"),
        ("removed", "RUS", "PRK", "joint_defence_measures"),
        ("removed", "PRK", "RUS", "no_hostile_agreements"),
        ("removed", "RUS", "PRK", "no_hostile_agreements"),
        ("removed", "PRK", "RUS", "non_use_of_territory"),
        ("removed", "RUS", "PRK", "non_use_of_territory"),
    ]
    assert {tuple(row["because"]) for row in found.difference.records} == {("act.RUS-denounces",)}
    # The promise of 2024 is political and under no treaty.
    assert [row["kind"] for row in found.after.records] == ["political_support"]
    assert len(found.before.rows) == 11
    assert found.done.outcome.receipt.created == 2
    assert {piece.move for piece in found.done.pieces} == {Move.CHANGES}


async def test_a_denunciation_tells_that_it_was_in_force_until_then(shipped_graph: Graph) -> None:
    found = await supposed(shipped_graph, SUPPOSED, "commitments_in_force", on="2025-12-31")
    assert {(row["compared"], row["in_force"]) for row in found.difference.records} == {("changed", "definite")}
    assert {row["was"][0]["value"] for row in found.difference.records} == {"presumed"}


async def test_what_others_read_and_keep_knows_nothing_of_it(shipped_graph: Graph) -> None:
    chain = {"bearer": "RUS", "beneficiary": "PRK", "on": "2026-06-01"}
    question = CATALOG["chains_between_states"]
    found = await supposed(shipped_graph, SUPPOSED, question.name, **chain)
    assert (len(found.before.rows), len(found.after.rows)) == (1, 0)
    assert (await ask(shipped_graph, question, **chain)).rows == found.before.rows
    assert (await ask(shipped_graph, question, **chain, known_at="9999-01-01T00:00:00Z")).rows == found.before.rows
    with pytest.raises(InputError, match="No fact is known as 'act"):
        await ask(shipped_graph, CATALOG["evidence_of_fact"], fact="act.RUS-denounces")


async def test_what_is_only_supposed_can_be_asked_about(shipped_graph: Graph) -> None:
    found = await supposed(shipped_graph, SUPPOSED, "evidence_of_fact", fact="act.RUS-denounces")
    assert (found.before.rows, [row["source"] for row in found.after.records]) == ([], ["supposed"])


async def test_what_cannot_be_written_cannot_be_supposed(shipped_graph: Graph) -> None:
    with pytest.raises(InputError, match="RUS cannot be withdrawn"):
        await supposed(shipped_graph, withdrawn("RUS"), "commitments_in_force", on="2026-06-01")
