"""Which state of the graph a number of the Correlates of War system stands for on a day; `seed.cow_states` and
`seed.atop` ask.

The table beside this module is our own, from general knowledge and the keys of the states that foedus ships. Where the
graph has one state for what the system counts as several, or the other way round, a note says so.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from graph.days import FIRST, NEVER
from seed.reading import Table, read_table

_TABLE = Table(
    file="numbers.csv",
    header=("number", "key", "name", "from", "until", "note"),
    row_id=lambda cells: f"{cells['number']} {cells['from']}".strip(),
    days=("from", "until"),
    numbers=("number",),
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A state that a number stands for on some days, half-open; `key` is None where the graph has none."""

    key: str | None
    name: str
    begins: date
    ends: date
    note: str


@cache
def holders() -> dict[str, tuple[Holder, ...]]:
    """Return the states of each number, in the order of days."""
    found: dict[str, tuple[Holder, ...]] = {}
    for row in read_table(Path(__file__).parent, _TABLE).rows.values():
        begins, ends = (date.fromisoformat(row[at]) if row[at] else None for at in ("from", "until"))
        holder = Holder(row["key"] or None, row["name"], begins or FIRST, ends or NEVER, row["note"])
        found[row["number"]] = (*found.get(row["number"], ()), holder)
    return found


def holder_on(number: str, day: date | None) -> Holder:
    """Return whom a number stands for on a day, or at all where no day is known.

    A number of one state stands for it on any day: nobody else can be meant. Raises ValueError with a sentence where no
    state, or more than one, can be.
    """
    known = holders().get(number)
    if known is None:
        raise ValueError(f"State number {number!r} is not known here.")
    meant = known if len(known) == 1 else [one for one in known if day is None or one.begins <= day < one.ends]
    if len(meant) != 1:
        names = " or ".join(one.name for one in known)
        raise ValueError(f"State number {number} may stand for {names}: no day tells which.")
    if meant[0].key is None:
        raise ValueError(f"State number {number} is {meant[0].name}, which is no state of the graph: {meant[0].note}")
    return meant[0]
