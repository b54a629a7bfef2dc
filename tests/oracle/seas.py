"""Several worlds around one sea: treaties between the same states, told in three change sets.

Each treaty is a world by itself at each state of knowledge: as first known, with one thing less or more as known later,
or withdrawn. `knowns` says which; `change_sets` tells them to the graph. Nothing here knows how an answer is derived.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.model import Record
from graph.model.changes import ChangeSet, Operation, Put, Withdraw
from graph.model.entities import Agreement, Provision, Source, State
from graph.model.facts import Commitment, Condition
from graph.model.records import Fact
from graph.model.stored import references
from tests.oracle.records import SOURCE, UNIT, facts_of
from tests.oracle.smaller import smaller
from tests.oracle.worlds import World

STATES = ("A", "B", "C", "D", "E", "F", "X", "Z")
KINDS = ("defence", "defence", "defence", "neutrality", "non_aggression", "consultation", "military_aid")
ARTICLES = ("1", "2")

Known = Mapping[str, World]
"""The treaties of one state of knowledge, by key."""


@dataclass(frozen=True)
class Sea:
    """Treaties in three states of knowledge, and the kind of each clause by the key of its commitment."""

    knowns: tuple[Known, Known, Known]
    kinds: Mapping[str, str]
    conditions: Mapping[str, tuple[str, ...]]
    """The sentences of the conditions of some commitments."""

    def change_sets(self) -> Iterator[ChangeSet]:
        """Yield what is written from one state of knowledge to the next."""
        before: dict[str, Record] = {}
        for known in self.knowns:
            now = {record.key: record for record in self._records(known)}
            operations: list[Operation] = [Put(record=one) for key, one in now.items() if before.get(key) != one]
            operations += [Withdraw(key=key, reason="It is not known any more.") for key in before.keys() - now.keys()]
            yield ChangeSet(author="a test", reason="A sea.", operations=tuple(operations))
            before = now

    def _records(self, known: Known) -> Iterator[Record]:
        yield Source(key="s", title="A source", kind="data_set")
        yield from (State(key=name, name=f"State {name}") for name in STATES)
        for treaty, world in known.items():
            yield Agreement(key=treaty, title=f"Treaty {treaty}")
            yield from (Provision(key=f"{treaty}.article.{n}", article=n, of=treaty) for n in ARTICLES)
            for fact in facts_of(world):
                renamed = self._renamed(fact, treaty)
                yield renamed
                if isinstance(renamed, Commitment):
                    yield from self._conditions(renamed.key)

    def _conditions(self, key: str) -> Iterator[Condition]:
        for number, sentence in enumerate(self.conditions.get(key, ())):
            yield Condition(key=f"{key}.condition.{number}", kind="other", sentence=sentence, role="trigger", of=key,
                            attested_by=SOURCE)  # fmt: skip

    def _renamed(self, fact: Fact, treaty: str) -> Fact:
        """Return a fact as of this treaty: whatever is no state and no source gets the treaty's name in front."""
        names = {key: treaty if key == UNIT else f"{treaty}.{key}" for _, key, _ in references(fact)}
        names = {key: name for key, name in names.items() if key not in (*STATES, "s")}
        values = {name: _replaced(getattr(fact, name), names) for name in type(fact).model_fields}
        values["key"] = f"{treaty}.{fact.key}"
        if isinstance(fact, Commitment):
            values["kind"] = self.kinds[values["key"]]
        return type(fact).model_validate(values)


def _replaced(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_replaced(one, names) for one in value)
    return names.get(value, value) if isinstance(value, str) else value


def sea(dice: random.Random, treaties: Mapping[str, World], fits: Callable[[World], bool]) -> Sea:
    """Make a sea of these treaties; `fits` says which worlds may be in it.

    At first some treaties are not known and some lack a fact; at last some have been withdrawn and some lack another.
    """
    first: dict[str, World] = {}
    last: dict[str, World] = {}
    for key, world in treaties.items():
        roll = dice.random()
        if roll > 0.2:
            first[key] = _lacking(dice, world, fits) if roll > 0.6 else world
        roll = dice.random()
        if roll > 0.1:
            last[key] = _lacking(dice, world, fits) if roll > 0.6 else world
    commitments = sorted({f"{key}.{clause.key}" for key, world in treaties.items() for clause in world.clauses})
    kinds = {key: dice.choice(KINDS) for key in commitments}
    conditions = {key: (f"Something about {key}.",) for key in commitments if dice.random() < 0.3}
    return Sea((first, dict(treaties), last), kinds, conditions)


def _lacking(dice: random.Random, world: World, fits: Callable[[World], bool]) -> World:
    others = [one for one in smaller(world) if fits(one)]
    return dice.choice(others) if others else world
