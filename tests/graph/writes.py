"""What the tests of writing write: a few records, and change sets of them."""

from typing import Any

from graph.model.changes import ChangeSet, Operation, Put, Withdraw
from graph.model.entities import Agreement, Source, State
from graph.model.facts import Event
from graph.model.records import Record
from graph.single import One

SOURCE: Any = [{"source": "s"}]
BASE: list[Record] = [
    State(key="RUS", name="Russia"),
    State(key="PRK", name="North Korea"),
    Source(key="s", title="A source", kind="news"),
    Agreement(key="T", title="A treaty"),
]


def change(*operations: Operation, key: str | None = None) -> ChangeSet:
    """A change set of operations."""
    return ChangeSet(author="a test", reason="to see", idempotency_key=key, operations=operations)


def puts(*records: Record, key: str | None = None) -> ChangeSet:
    """A change set that puts records."""
    return change(*(Put(record=record) for record in records), key=key)


def withdrawn(*keys: str) -> ChangeSet:
    """A change set that withdraws things."""
    return change(*(Withdraw(key=key, reason="An error.") for key in keys))


def meeting(text: str = "They met.") -> Event:
    """An event."""
    return Event(key="meeting", kind="meeting", text=text, span="2024-11-01", attested_by=SOURCE)


def one(label: str, key: str, version: int = 1) -> One:
    """A record that is to be changed."""
    return One(label, key, version, "a test", "to see")
