"""The story told in small steps, one kind of fact after another, and taken back the same way.

After each step what is derived must equal a rebuild from nothing: a write has to find every agreement, promise and
office that it touches.
"""

from collections.abc import Iterator

from graph.model import FACTS, Fact, Record
from graph.model.changes import ChangeSet, Withdraw
from graph.model.stored import references
from tests.conftest import World
from tests.world.records import first_records


def steps() -> Iterator[list[Record]]:
    """Yield the story so that each step refers to what was told before: entities, then facts of one label at a time."""
    facts = [record for record in first_records() if isinstance(record, Fact)]
    entities = [record for record in first_records() if not isinstance(record, Fact)]
    yield entities
    told = {record.key for record in entities}
    while facts:
        ready = [fact for fact in facts if all(key in told for _, key, _ in references(fact))]
        label = min((type(fact) for fact in ready), key=_last_in_the_model)
        step = [fact for fact in ready if type(fact) is label]
        yield list(step)
        told |= {fact.key for fact in step}
        facts = [fact for fact in facts if fact.key not in told]


def _last_in_the_model(label: type[Fact]) -> int:
    """Tell what depends on agreements before their acts, so that each step changes what is derived already."""
    return -FACTS.index(label)


async def test_each_step_there_and_back_derives_what_a_rebuild_does(world: World) -> None:
    graph = await world.empty()
    told = list(steps())
    for step in told:
        await graph.writer.apply(ChangeSet.of(step, author="a test", reason="a step"))
        assert await graph.writer.underived() == (0, 0), type(step[0]).__name__
    for step in reversed(told[1:]):
        back = tuple(Withdraw(key=record.key, reason="a step back") for record in step)
        await graph.writer.apply(ChangeSet(author="a test", reason="a step back", operations=back))
        assert await graph.writer.underived() == (0, 0), type(step[0]).__name__
    async with graph.database.reading() as session:
        left = "MATCH ()-[p]->() WHERE p.unit IS NOT NULL AND p.recorded_until > datetime() RETURN count(p) AS n"
        assert (await (await session.run(left)).single(strict=True))["n"] == 0
