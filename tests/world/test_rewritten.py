"""What was known of the small world stays known when all of it was rewritten with nonsense and put back later on."""

from graph.model import Record
from graph.model.changes import ChangeSet, Put
from tests.conftest import World
from tests.questions.decoys import decoy
from tests.world.records import change_sets
from tests.world.test_questions import CASES, answered, golden


def known_last() -> list[Record]:
    """Return what is left of the story after its last change set."""
    records: dict[str, Record] = {}
    for operation in (one for change_set in change_sets() for one in change_set.operations):
        if isinstance(operation, Put):
            records[operation.key] = operation.record
        else:
            del records[operation.key]
    return list(records.values())


async def test_what_was_known_survives_decoys_and_corrections(world: World) -> None:
    small = await world.small()
    world.changed()
    for records in ([decoy(record) for record in known_last()], known_last()):
        await small.graph.writer.apply(ChangeSet.of(records, author="a test", reason="to see"))
    one_of_each = {case["question"]: name for name, case in CASES.items()}
    for name in one_of_each.values():
        columns, expected = golden(name)
        # Asked as of the story's own instants: nonsense and its correction came later.
        assert await answered(small, CASES[name], columns) == expected, name
