"""Counts over records that must be zero before they are written."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.model import Record
from graph.model.stored import references


@dataclass(frozen=True)
class Faults:
    """What is wrong with a set of records, each with the keys it is about; all empty when nothing is."""

    duplicate_keys: tuple[str, ...] = ()
    dangling_keys: tuple[str, ...] = ()
    wrong_labels: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """Say each fault in words."""
        return [
            *(f"Two records have the key {key}." for key in self.duplicate_keys),
            *(f"{reference} names nothing." for reference in self.dangling_keys),
            *(f"{reference} has another label than that link takes." for reference in self.wrong_labels),
        ]


def find_faults(records: Iterable[Record]) -> Faults:
    """Look for keys used twice, references to nothing, and references to a thing of the wrong label."""
    found = tuple(records)
    labels = {record.key: record.thing_labels for record in found}
    times = Counter(record.key for record in found)
    links = [
        (f"{record.key}{pointer} -> {key}", labels.get(key), allowed)
        for record in found
        for pointer, key, allowed in references(record)
    ]
    return Faults(
        tuple(key for key, count in times.items() if count > 1),
        tuple(link for link, has, _ in links if has is None),
        tuple(link for link, has, allowed in links if has is not None and not _fits(has, allowed)),
    )


def _fits(has: Sequence[str], allowed: Sequence[str]) -> bool:
    return not set(has).isdisjoint(allowed)
