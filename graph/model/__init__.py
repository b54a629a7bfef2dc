"""What is recorded: every label of entities and facts once, as a pydantic model with a description per field.

From these models come the checks at the one write path, the stored form, and the names that the schema makes known;
the constraints and indexes stand in `cypher/schema/`.
"""

from graph.model.entities import ENTITIES
from graph.model.facts import FACTS
from graph.model.records import Fact, Record

LABELS: dict[str, type[Record]] = {model.__name__: model for model in (*ENTITIES, *FACTS)}
"""Every label that can be recorded, with its model."""

MODEL = 1
"""Raised by one with a change after which the foedus before can no longer read what is recorded."""

__all__ = ["ENTITIES", "FACTS", "LABELS", "MODEL", "Fact", "Record"]
