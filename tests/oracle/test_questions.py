"""The questions on commitments, alliances and agreements against the oracle, on seas of random treaties.

Worlds are taken in which the derivation and the oracle agree to the letter, which `test_oracle.py` sees to; here it is
the questions that are tried, on random days, in each of three states of knowledge. FOEDUS_SEAS sets how many seas,
FOEDUS_NEW the number of the first.
"""

import inspect
import os
import random
from datetime import datetime
from typing import Any

import pytest

from graph.catalog import Question
from graph.derive import derive
from graph.graph import Graph
from tests.oracle.naive import NAIVE, Told
from tests.oracle.readings import expected
from tests.oracle.records import UNIT, day_of, facts_of
from tests.oracle.seas import KINDS, STATES, Known, Sea, sea
from tests.oracle.test_oracle import answered
from tests.oracle.worlds import SHOWN, World, drawn
from tests.oracle.written import TooManyReadingsError
from tests.questions.conftest import CATALOG, ask

SEAS = int(os.environ.get("FOEDUS_SEAS", "1"))
TREATIES = 60
ASKED = 5
"""How often each question is asked in each state of knowledge of a sea."""
WITHOUT = frozenset({"succession"})
"""A state that ends would end in every treaty of a sea, and each is a world by itself."""
ELSEWHERE = {
    "obligation_test": "tests/graph/test_obligation.py has an oracle of its own",
    "political_promises": "made under no agreement; tests/world works them out by hand",
    "commitments_changed_by_reservation": "tests/world works them out by hand",
    "commitments_ending_soon": "tests/world works them out by hand",
    "agreements_replaced_or_amended": "tests/world works them out by hand",
    "agreement": "it shows what is recorded, and tests/world works it out by hand",
    "agreements": "it lists what is recorded, and tests/world works it out by hand",
    "commitment": "it shows what is recorded, and tests/world works it out by hand",
    "commitments": "it lists what is recorded, and tests/world works it out by hand",
}
"""Questions of these topics that are not asked of seas, and why."""


def fits(world: World) -> bool:
    """Return whether derivation and oracle agree to the letter on a world."""
    try:
        oracle = expected(world)
    except TooManyReadingsError:
        return False
    told = {(actor,): daily for actor, daily in oracle.parties.items()} | dict(oracle.owed)
    return _held(told) == _held(answered(derive(UNIT, facts_of(world))))


def _held(daily: dict[Any, list[str]]) -> dict[Any, list[str]]:
    return {who: words for who, words in daily.items() if set(words) != {"none"}}


def made(dice: random.Random) -> Sea:
    """Make a sea."""
    treaties: dict[str, World] = {}
    while len(treaties) < TREATIES:
        world = drawn(dice, WITHOUT)
        if fits(world):
            treaties[f"t{len(treaties)}"] = world
    return sea(dice, treaties, fits)


def told(one: Sea, known: Known) -> Told:
    """Work one state of knowledge out by the oracle."""
    oracles = {treaty: expected(world) for treaty, world in known.items()}
    parties = {(treaty, actor): daily for treaty, e in oracles.items() for actor, daily in e.parties.items()}
    owed = {
        (a, b, f"{treaty}.{clause}"): daily for treaty, e in oracles.items() for (a, b, clause), daily in e.owed.items()
    }
    return Told(one, known, parties, owed)


def asked(dice: random.Random, name: str, known: Known) -> dict[str, Any]:
    """Draw what a question is asked with, as the naive answer takes it."""
    found: dict[str, Any] = {}
    states = dice.sample(STATES, 2)
    for parameter in list(inspect.signature(NAIVE[name]).parameters.values())[2:]:
        optional = parameter.default is not inspect.Parameter.empty
        if optional and dice.random() < 0.5:
            continue
        found[parameter.name] = _drawn(dice, name, parameter.name, known, states)
    return found


def _drawn(dice: random.Random, question: str, name: str, known: Known, states: list[str]) -> Any:
    listed = name == "kind" and CATALOG[question].header.params["kind"].type.startswith("list of ")
    drawn_by: dict[str, Any] = {
        "agreement": lambda: dice.choice(sorted(known)),
        "words": lambda: f"treaty {dice.choice(sorted(known))}",
        "kind": lambda: sorted(set(dice.choices(KINDS, k=2))) if listed else dice.choice(KINDS),
        "in_force": lambda: dice.sample(["definite", "presumed", "possible"], 2),
        "depth": lambda: dice.randint(2, 4),
        "members": lambda: dice.randint(2, 4),
        "nothing_back": lambda: dice.random() < 0.5,
        "sureness": lambda: dice.random() < 0.5,
        "to": lambda: SHOWN - 2,
    }
    return drawn_by[name]() if name in drawn_by else states.pop()


async def compared(graph: Graph, one: Told, question: Question, given: dict[str, Any], known_at: datetime) -> None:
    """Ask the question and hold the answer against the naive one, column by column."""
    values = dict(given)
    day = values.pop("day")
    if question.name == "commitments_begun_or_ended":
        values |= {"from": day_of(day), "to": day_of(given["to"])}
    elif question.header.timeless is None:
        values |= {"on": day_of(day)}
    answer = await ask(graph, question, **values, known_at=known_at.isoformat(), limit=10_000)
    rows = [
        row
        for row in answer.records
        if question.name != "agreements_suspended_or_provisional" or not row["provisional"]
    ]
    wanted = NAIVE[question.name](one, **given)
    columns = list(wanted[0]) if wanted else []
    found = [{name: row[name] for name in columns} for row in rows]
    missing, surplus = [one for one in wanted if one not in found], [one for one in found if one not in wanted]
    assert _sorted(found) == _sorted(wanted), f"{question.name} {values}: missing {missing}, surplus {surplus}"


def _sorted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    # How the questions order a list within a row is for the golden answers.
    plain = [{name: sorted(value) if isinstance(value, list) else value for name, value in row.items()} for row in rows]
    return sorted(plain, key=repr)


def seeds() -> range:
    """Return the number of each sea: always the same ones, or new ones each time."""
    first = int(os.environ.get("FOEDUS_NEW") or 0)
    return range(first, first + SEAS)


@pytest.mark.parametrize("seed", seeds())
async def test_questions_answer_what_the_oracle_does(empty_graph: Graph, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - nothing secret hangs on it
    one = made(dice)
    instants = [(await empty_graph.writer.apply(change_set)).known_at for change_set in one.change_sets()]
    for known, known_at in zip(one.knowns, instants, strict=True):
        worked_out = told(one, known)
        for name in NAIVE:
            for _ in range(ASKED):
                given = asked(dice, name, known) | {"day": dice.randint(1, SHOWN - 2)}
                await compared(empty_graph, worked_out, CATALOG[name], given, known_at)


def test_every_question_of_these_topics_is_tried_or_says_why_not() -> None:
    topics = {"commitments", "alliances", "agreements"}
    names = {name for name, question in CATALOG.items() if question.topic in topics}
    assert names == NAIVE.keys() | ELSEWHERE.keys()
