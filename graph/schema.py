"""Constraints and indexes: made from `cypher/schema/`, and compared with what the database has.

Compared are name, type, labels or relationship types, properties, and the analyzer of a full-text index. What is there
and foedus does not need is left alone, unless it is in the way.
"""

import asyncio
import re
from dataclasses import dataclass
from hashlib import sha256

from neo4j import Record

from graph.database import Database, translated, unhurried
from graph.errors import CatalogError, ForeignDataError, SchemaError
from graph.model import LABELS
from graph.model.stored import names
from graph.statements import statement, statements

LOOK_SECONDS = 0.1
_FILES = ("schema/constraints", "schema/indexes")
_MADE = re.compile(
    r"CREATE\s+(?:(?P<type>\w+)\s+)?(?P<what>INDEX|CONSTRAINT)\s+(?P<name>\w+)\s+IF NOT EXISTS\s+"
    r"FOR\s+(?:\(|(?P<relationship>\(\)-\[))(?P<variable>\w+):(?P<about>\w+)"
)
_ANALYZER = re.compile(r"`fulltext\.analyzer`:\s*'([^']+)'")

# What the product stores beside the records of the models.
_HOUSE_LABELS = {
    "Thing",
    "Version",
    "Withdrawal",
    "Graph",
    "ChangeSet",
    "ApiKey",
    "Erasure",
    "SavedQuestion",
    "SavedRevision",
}
_HOUSE_TYPES = {"VERSION_OF", "PARTY_TO", "COMMITS_TO", "HELD", "BELONGED_TO"}
_HOUSE_PROPERTIES = {
    "key", "version", "content", "recorded_from", "recorded_until", "replaced_by", "reason", "id", "recorded_at",
    "locked", "author", "idempotency_key", "request_id", "body", "answer", "unit", "party", "agreement", "bearer",
    "beneficiary", "fact", "provision", "official", "office", "member", "organization", "kind", "binding", "in_force",
    "holds_from", "holds_until", "awaits", "rests_on", "provisional", "modified_by", "name", "scopes", "hash",
    "created_at", "expires_at", "revoked_at", "erased_at", "removed", "erasures", "topic", "revision", "owner",
    "saved_at", "saved_by", "words", "tags", "draft", "deprecated", "broken", "checked_against",
}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """What an index or a constraint is about."""

    constraint: bool
    type: str
    entity: str
    about: tuple[str, ...]
    properties: tuple[str, ...]
    analyzer: str | None


@dataclass(frozen=True)
class Compared:
    """What the database lacks or cannot use yet, and what is in the way of the rest; by the names of `cypher/schema/`.

    In the way is an index or a constraint of that name about something else, or one of another name about the same, of
    which the database keeps no second.
    """

    missing: list[str]
    in_the_way: dict[str, str]

    def error(self) -> SchemaError | None:
        """Return what to say and to do about it; None when nothing is missing."""
        if self.in_the_way:
            listed = ", ".join(f"{one} for {name}" for name, one in self.in_the_way.items())
            drop = "; ".join(f"DROP {one}" for one in self.in_the_way.values())
            message = f"The database has another index or constraint than foedus needs: {listed}."
            return SchemaError(message, f"Drop it ({drop}), and run `foedus schema --apply`.")
        if self.missing:
            return SchemaError(f"The database lacks {', '.join(self.missing)}.", "Run `foedus schema --apply`.")
        return None


def expected() -> dict[str, str]:
    """Return every constraint and index that foedus needs, by name, as the statement that makes it."""
    return {_made(text)["name"]: text for file in _FILES for text in statements(file)}


def _made(text: str) -> re.Match[str]:
    made = _MADE.match(text)
    if made is None:
        raise CatalogError(f"A statement in cypher/schema cannot be read: {text}")
    return made


def known_names() -> dict[str, list[str]]:
    """Return every label, relationship type and property name that the product stores."""
    labels, types, properties = names(LABELS.values())
    return {
        "labels": sorted(labels | _HOUSE_LABELS),
        "types": sorted(types | _HOUSE_TYPES),
        "properties": sorted(properties | _HOUSE_PROPERTIES),
    }


async def apply(database: Database) -> None:
    """Make every constraint, index and name that is missing; doing it again changes nothing.

    Raises ForeignDataError, before anything is made, when the database holds what foedus did not write, and SchemaError
    that says what to drop, after all else is made, when something else is in the way.
    """
    with translated():
        async with database.writing() as session:
            foreign = await (await session.run(statement("schema/foreign"))).single()
            if foreign is not None:
                raise _foreign(foreign["labels"])
            found = await compared(database)
            for name, text in expected().items():
                if name in found.missing:
                    await (await session.run(unhurried(text))).consume()
            await (await session.run(statement("schema/names"), known_names())).consume()
            # The database tells nobody when an index is filled, and its own waiting ends in an error after a while.
            while (await (await session.run(statement("schema/populating"))).single(strict=True))["indexes"]:  # noqa: ASYNC110
                await asyncio.sleep(LOOK_SECONDS)
    if found.in_the_way and (error := (await compared(database)).error()):
        raise error


def _foreign(labels: list[str]) -> ForeignDataError:
    node = f"a node labelled {labels[0]}" if labels else "a node without a label"
    return ForeignDataError(
        f"The database holds data that foedus did not write: {node}, for example.",
        "Give it a database of its own: FOEDUS_NEO4J_URI and FOEDUS_NEO4J_DATABASE name one; "
        "without FOEDUS_NEO4J_URI foedus starts one.",
    )


async def fingerprint(database: Database) -> str:
    """Return what changes when an index, a constraint or the server's version does."""
    found = [await database.read(name, statement(name)) for name in ("schema/server", "schema/present")]
    told = repr([sorted(str(record.values()) for record in records) for records in found])
    return sha256(told.encode()).hexdigest()


async def compared(database: Database) -> Compared:
    """Compare what foedus needs with what the database has, by name and by what each is about."""
    needed = {name: _needed(text) for name, text in expected().items()}
    present = {}
    for record in await database.read("schema/present", statement("schema/present")):
        present[record["name"]] = (_present(record), record["online"])
    missing, in_the_way = [], {}
    for name, shape in sorted(needed.items()):
        same = name if name in present else next((other for other, (found, _) in present.items() if found == shape), "")
        if not same:
            missing.append(name)
        elif same != name or present[name][0] != shape:
            in_the_way[name] = f"{'CONSTRAINT' if present[same][0].constraint else 'INDEX'} {same}"
        elif not present[name][1]:
            missing.append(name)
    return Compared(missing, in_the_way)


def _needed(text: str) -> Shape:
    made, analyzer = _made(text), _ANALYZER.search(text)
    return Shape(
        made["what"] == "CONSTRAINT",
        made["type"] or "RANGE",
        "RELATIONSHIP" if made["relationship"] else "NODE",
        (made["about"],),
        tuple(re.findall(rf"\b{made['variable']}\.(\w+)", text)),
        analyzer[1] if analyzer else None,
    )


def _present(record: Record) -> Shape:
    return Shape(
        record["constraint"] is not None,
        record["type"],
        record["entity"],
        tuple(record["about"] or ()),
        tuple(record["properties"] or ()),
        record["analyzer"],
    )
