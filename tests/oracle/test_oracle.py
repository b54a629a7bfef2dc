"""The derivation against the slow oracle, on thousands of small worlds.

FOEDUS_WORLDS sets how many worlds are tried; with FOEDUS_NEW they are new ones each time, otherwise always the same.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from graph.derive import Piece, derive
from tests.oracle.clauses import ANSWERS
from tests.oracle.readings import MEANT, Expected, expected
from tests.oracle.records import UNIT, day_of, facts_of, number_of
from tests.oracle.settled import Choices
from tests.oracle.smaller import made_smaller
from tests.oracle.worlds import FAR, SHOWN, World, worlds
from tests.oracle.written import TooManyReadingsError

WORLDS = int(os.environ.get("FOEDUS_WORLDS", "600"))
WITHOUT = frozenset(filter(None, os.environ.get("FOEDUS_WITHOUT", "").split(",")))

try_worlds = settings(
    max_examples=WORLDS,
    derandomize=not os.environ.get("FOEDUS_NEW"),
    deadline=None,
    database=None,
    # A failing world is made smaller by leaving out its facts, which is quicker and gives plainer worlds.
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)

ALSO_RIGHT = {
    "chronological": True,
    "ended_since_consent": True,
    "denied_is_not_yet": True,
    "own_entry_alone": True,
    "unknown_is_unknown": True,
    "earliest_verifies": True,
    "entry_verifies": False,
    "left_in_all": True,
    "denied_end_shows": True,
    "signed_before": True,
    "perhaps_stays": True,
    "left_before": True,
    "only_acts_are_steps": True,
}
"""Readings of the design that may stand in for the one meant, each alone or with another.

None of them makes it right to be surer that something holds than the reading meant is."""
CERTAINTY = ("definite", "presumed", "possible")

Difference = tuple[tuple[str, ...], int, str, str]
"""Of whom, the day's number, what is expected and what was derived."""


@try_worlds
@given(worlds(WITHOUT | {"one_left"}))
def test_the_derivation_says_what_all_readings_say(world: World) -> None:
    """Where somebody is always left to be a party with."""
    fail_smallest(world, surer if is_hull(world) else differences, told)


@settings(try_worlds, max_examples=max(1, WORLDS // 2))
@given(worlds(WITHOUT))
def test_the_derivation_is_never_surer_than_all_readings_are(world: World) -> None:
    """Of everything that a world may hold, also of one party left alone, where uncertain days are read as hulls."""
    fail_smallest(world, surer, told)


@settings(try_worlds, max_examples=max(1, WORLDS // 5))
@given(worlds(WITHOUT))
def test_pieces_hold_on_days_without_overlap_and_rest_on_facts(world: World) -> None:
    fail_smallest(world, broken, lambda world, faults: "\n".join([str(world), *faults[:5]]))


def fail_smallest(world: World, faults: Callable[[World], list[Any]], write: Callable[[World, list[Any]], str]) -> None:
    """Raise an AssertionError with the smallest world that still shows a fault; none when the world shows none."""
    if faults(world):
        least = made_smaller(world, lambda one: bool(faults(one)))
        raise AssertionError(write(least, faults(least)))


def differences(world: World, meant: Choices = MEANT) -> list[Difference]:
    """Return where the derivation and the oracle disagree, and how."""
    try:
        oracle = expected(world, meant)
    except TooManyReadingsError:
        return []
    found = derive(UNIT, facts_of(world))
    derived = answered(found)
    differ = list(_compared(oracle, derived))
    if any(_sure(got) > _sure(want) for _, _, want, got in differ):
        return differ
    matter = []
    for name, value in ALSO_RIGHT.items():
        if not differ:
            break
        other = expected(world, replace(meant, **{name: value}))
        if other != oracle:
            matter.append(name)
            differ = _still(differ, other, derived)
    for names in combinations(matter, 2):
        if differ:
            both = replace(meant, **{name: ALSO_RIGHT[name] for name in names})
            differ = _still(differ, expected(world, both), derived)
    return differ


def surer(world: World) -> list[Difference]:
    """Return where the derivation is more certain than all readings allow."""
    return [one for one in differences(world) if _sure(one[3]) > _sure(one[2])]


def is_hull(world: World) -> bool:
    """Whether a term counts from an uncertain entry into force while more than one begin depends on it.

    Each of them and the end are then read as hulls by themselves, and the answer is less sure than it might be.
    """
    entries = [act for act in world.acts if act.kind == "entry_into_force" and not act.not_yet]
    doubtful = any(act.denied or act.day[0] < act.day[1] for act in entries) or len(entries) > 1
    return doubtful and isinstance(world.duration, int)


def _still(differ: list[Difference], other: Expected, derived: dict[tuple[str, ...], list[str]]) -> list[Difference]:
    """Return the differences that another reading of the design does not do away with."""
    still = {one[:2] for one in _compared(other, derived)}
    return [one for one in differ if one[:2] in still]


def _sure(answer: str) -> int:
    """Return how much an answer says that something holds."""
    return {"definite": 2, "presumed": 1}.get(answer, 0)


def _compared(oracle: Expected, derived: dict[tuple[str, ...], list[str]]) -> Iterator[Difference]:
    wanted: dict[tuple[str, ...], list[str]] = {(actor,): days for actor, days in oracle.parties.items()}
    wanted.update(oracle.owed)  # type: ignore[arg-type]
    nothing = ["none"] * SHOWN
    for who in sorted(wanted.keys() | derived.keys()):
        for day, (want, got) in enumerate(zip(wanted.get(who, nothing), derived.get(who, nothing), strict=True)):
            if want != got and not (got in CERTAINTY and _between(want, got, oracle.at_most[who][day])):
                yield who, day, want, got


def _between(least: str, got: str, most: str) -> bool:
    return ANSWERS.index(most) <= ANSWERS.index(got) <= ANSWERS.index(least)


def answered(pieces: list[Piece]) -> dict[tuple[str, ...], list[str]]:
    """Return the derived answer of each day, for each party and each (bearer, beneficiary, commitment)."""
    found: dict[tuple[str, ...], list[str]] = {}
    for piece in pieces:
        who = (piece.start,) if piece.type == "PARTY_TO" else (piece.start, piece.end, str(piece.fields["fact"]))
        days = found.setdefault(who, ["none"] * SHOWN)
        first, until = (min(number_of(piece.fields[name]), SHOWN) for name in ("holds_from", "holds_until"))  # type: ignore[arg-type]
        for day in range(first, until):
            assert days[day] == "none", f"two pieces on one day: {who}, {day_of(day)}"
            days[day] = str(piece.fields["in_force"])
    return found


def broken(world: World) -> list[str]:
    """Return what is wrong with the form of the pieces of a world."""
    facts = facts_of(world)
    keys = {fact.key for fact in facts}
    return [f"{fault}: {piece}" for piece in derive(UNIT, facts) for fault in _faults(piece, keys)]


def _faults(piece: Piece, keys: set[str]) -> Iterator[str]:
    fields: dict[str, Any] = dict(piece.fields)
    if not fields["holds_from"] < fields["holds_until"]:
        yield "holds on no day"
    if bool(fields["awaits"]) != (fields["in_force"] == "pending"):
        yield "waits for nothing, or waits though it holds"
    if not fields["rests_on"] or not set(fields["rests_on"]) <= keys:
        yield "rests on nothing, or on a fact that is not there"


def told(world: World, differ: list[Difference]) -> str:
    """Write a world with its differences."""
    lines = [f"  {', '.join(who)} on {day_of(day)} (day {day}): expected {want}, derived {got}"
             for who, day, want, got in differ[:12]]  # fmt: skip
    return "\n".join(["the derivation and the readings disagree in", str(world), *lines, f"  (far is day {FAR})"])
