"""What must hold of everything that is written, each rule with its stable code and a sentence.

The models check what a record shows by itself, `graph.differences` what only the whole change set and the graph show.
What sources do say, odd as it is, breaks no rule: it is a row of the question `disputed_facts`.
"""

from enum import StrEnum

from pydantic_core import PydanticCustomError

INVALID = "invalid"
"""The code of what breaks no rule of its own: a field that is missing, unknown or of another type."""


class Rule(StrEnum):
    """The code of a rule that is broken."""

    SOURCE_MISSING = "source_missing"
    SPAN_REVERSED = "span_reversed"
    QUANTITY_DISORDERED = "quantity_disordered"
    ENDS_MISFIT = "ends_misfit"
    REFERENCE_UNKNOWN = "reference_unknown"
    REFERENCE_MISFIT = "reference_misfit"
    KEY_UNKNOWN = "key_unknown"
    KEY_IN_USE = "key_in_use"
    WRITTEN_TWICE = "written_twice"
    STILL_NAMED = "still_named"
    STALE_VERSION = "stale_version"


SENTENCES: dict[Rule, str] = {
    Rule.SOURCE_MISSING: "A fact has at least one source.",
    Rule.SPAN_REVERSED: "A span does not end before it begins.",
    Rule.QUANTITY_DISORDERED: "A quantity has low <= best <= high.",
    Rule.ENDS_MISFIT: "A commitment names its ends as its bearers and beneficiaries say.",
    Rule.REFERENCE_UNKNOWN: "What a record names is recorded, or put by the same change set.",
    Rule.REFERENCE_MISFIT: "What a record names has a label that can stand there.",
    Rule.KEY_UNKNOWN: "What is withdrawn is recorded.",
    Rule.KEY_IN_USE: "A key is used once in the whole graph, for one thing of one label.",
    Rule.WRITTEN_TWICE: "A change set writes each key once.",
    Rule.STILL_NAMED: "What current versions name is not withdrawn, unless the same change set mends those.",
    Rule.STALE_VERSION: "A version that is to be replaced is still the current one.",
}


def broken(rule: Rule, sentence: str) -> PydanticCustomError:
    """Return what a validator of a model raises for a rule that is broken."""
    return PydanticCustomError(rule.value, "{sentence}", {"sentence": sentence})
