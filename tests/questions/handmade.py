"""Episodes and successions of states, written by hand for tests: the shipped case has none.

The golden answers are asked of the shipped case with these beside it.
"""

from typing import Any

from graph.model.entities import Source, State
from graph.model.facts import Statehood, Succession
from graph.model.records import Record

SOURCE = "handbook-of-states"


def _stated(entry: str) -> Any:
    return [{"source": SOURCE, "locator": f"entry {entry}"}]


def _episode(state: str, begins: str, began_by: Any, ends: str, ended_by: Any = None) -> Statehood:
    span: Any = {"begins": begins, "ends": ends, "ends_are": "first_day_without"}
    return Statehood(
        key=f"statehood.{state}.{begins}",
        of=state,
        began_by=began_by,
        ended_by=ended_by,
        span=span,
        attested_by=_stated(state),
    )


def _succession(predecessor: str, successor: str, day: Any, kind: Any, *, ends: bool) -> Succession:
    return Succession(
        key=f"succession.{predecessor}.{successor}",
        predecessor=predecessor,
        successor=successor,
        day=day,
        kind=kind,
        ends_predecessor=ends,
        attested_by=_stated(predecessor),
    )


RECORDS: tuple[Record, ...] = (
    Source(key=SOURCE, title="Handbook of states", kind="scholarly"),
    State(key="SUN", name="Soviet Union"),
    State(key="DDR", name="German Democratic Republic"),
    _episode("AUT", "1918-11-12", "dissolution", "1938-03-13", "annexation"),
    _episode("AUT", "1945-04-27", "liberation", "open"),
    _succession("SUN", "RUS", "1991-12-26", "continuation", ends=True),
    _succession("SUN", "LTU", "[1990-03-11..1991-09-06]", "secession", ends=False),
    _succession("DDR", "DEU", "1990-10-03", "unification", ends=True),
)
