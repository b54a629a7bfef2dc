"""Constraints and indexes: applied from `cypher/schema/`, and compared with what the database has."""

import re

from graph.database import Database, translated
from graph.errors import ForeignDataError, SchemaError
from graph.model import LABELS
from graph.model.stored import names
from graph.statements import statement, statements

_FILES = ("schema/constraints", "schema/indexes")
_NAMED = re.compile(r"^CREATE\s+(?:\w+\s+)?(?:INDEX|CONSTRAINT)\s+(\w+)\s+IF NOT EXISTS")

# What the product stores beside the records of the models.
_HOUSE_LABELS = {"Thing", "Version", "Withdrawal", "Graph", "ChangeSet"}
_HOUSE_TYPES = {"VERSION_OF", "PARTY_TO", "COMMITS_TO", "HELD", "BELONGED_TO"}
_HOUSE_PROPERTIES = {
    "key", "version", "content", "recorded_from", "recorded_until", "replaced_by", "reason", "id", "recorded_at",
    "locked", "author", "idempotency_key", "body", "answer", "unit", "party", "agreement", "bearer", "beneficiary",
    "fact", "provision", "official", "office", "member", "organization", "kind", "binding", "in_force", "holds_from",
    "holds_until", "awaits", "rests_on", "provisional", "modified_by",
}  # fmt: skip


def expected() -> dict[str, str]:
    """Return every constraint and index that foedus needs, by name, as the statement that makes it."""
    found = {}
    for text in (text for file in _FILES for text in statements(file)):
        named = _NAMED.match(text)
        if named is None:
            raise SchemaError(f"A statement in cypher/schema has no name: {text}")
        found[named[1]] = text
    return found


async def apply(database: Database) -> None:
    """Make every constraint, index and name that is missing; doing it again changes nothing.

    Raises ForeignDataError, before anything is made, when the database holds what foedus did not write.
    """
    labels, types, properties = names(LABELS.values())
    known = {
        "labels": sorted(labels | _HOUSE_LABELS),
        "types": sorted(types | _HOUSE_TYPES),
        "properties": sorted(properties | _HOUSE_PROPERTIES),
    }
    with translated():
        async with database.writing() as session:
            foreign = await (await session.run(statement("schema/foreign"))).single()
            if foreign is not None:
                raise _foreign(foreign["labels"])
            for text in expected().values():
                await (await session.run(text)).consume()
            await (await session.run(statement("schema/names"), known)).consume()
            await (await session.run(statement("schema/await"))).consume()


def _foreign(labels: list[str]) -> ForeignDataError:
    node = f"a node labelled {labels[0]}" if labels else "a node without a label"
    return ForeignDataError(
        f"The database holds data that foedus did not write: {node}, for example.",
        "Give it a database of its own: FOEDUS_NEO4J_URI and FOEDUS_NEO4J_DATABASE name one; "
        "without FOEDUS_NEO4J_URI foedus starts one.",
    )


async def missing(database: Database) -> list[str]:
    """Return the names of constraints and indexes that the database lacks or cannot use yet."""
    present = await database.read("schema/present", statement("schema/present"))
    online = {record["name"] for record in present if record["state"] == "ONLINE"}
    return sorted(set(expected()) - online)
