"""Makes a world that shows a fault smaller, one fact at a time, so that it can be read."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.oracle.worlds import Act, Clause, Limits, Reserve, World


def made_smaller(world: World, fails: Callable[[World], bool]) -> World:
    """Return a world from which nothing can be left out without losing the failure."""
    return next((made_smaller(other, fails) for other in smaller(world) if fails(other)), world)


def smaller(world: World) -> list[World]:
    """Return the world with each fact left out in turn, and with each thing said about a fact left unsaid."""
    found: list[World] = []
    for name in ("acts", "parts", "endings", "clauses", "reserves"):
        held = getattr(world, name)
        for i, fact in enumerate(held):
            left_out: list[dict[str, Any]] = [{name: held[:i] + held[i + 1 :]}]
            left_out += [{name: (*held[:i], other, *held[i + 1 :])} for other in _plainer(fact)]
            found += [replace(world, **less) for less in left_out]
    found += [replace(world, renews=False)] if world.renews else []
    found += [replace(world, signature_binds=False)] if world.signature_binds else []
    found += [replace(world, duration=None)] if world.duration is not None else []
    keys = {fact.key for name in ("acts", "clauses", "reserves") for fact in getattr(world, name)}
    return [_closed(one) for one in found if keys]


def _plainer(fact: object) -> list[object]:
    other: list[object] = []
    if isinstance(fact, Act):
        other += [replace(fact, denied=False)] if fact.denied else []
        other += [replace(fact, verified=None)] if fact.verified is not None else []
        other += [replace(fact, effect=None)] if fact.effect is not None else []
        other += [replace(fact, binds=False)] if fact.binds else []
        other += [replace(fact, day=(fact.day[0], fact.day[0]))] if fact.day[0] != fact.day[1] else []
    elif isinstance(fact, Clause):
        other += [replace(fact, limits=Limits())] if fact.limits != Limits() else []
        other += [replace(fact, replaces=None)] if fact.replaces else []
    elif isinstance(fact, Reserve):
        other += [replace(fact, limits=Limits())] if fact.limits != Limits() else []
    return other


def _closed(world: World) -> World:
    """Leave out what points at a fact that is no longer there."""
    keys = {fact.key for fact in world.acts}
    acts = tuple(act for act in world.acts if act.revokes is None or act.revokes in keys)
    clauses = {clause.key for clause in world.clauses}
    left = tuple(replace(one, replaces=one.replaces if one.replaces in clauses else None) for one in world.clauses)
    reserves = {reserve.key for reserve in world.reserves}
    kept = tuple(one for one in world.reserves if not one.effect.startswith("objects") or one.to in reserves)
    return replace(world, acts=acts, clauses=left, reserves=kept)
