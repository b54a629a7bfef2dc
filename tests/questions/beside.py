"""What the golden answers are asked of beside the shipped load: the episodes and successions of states.

Writing what is loaded already changes nothing, so that this may be shipped as well.
"""

from graph.model import Record
from seed.ggo_states import ggo_states
from seed.load import shipped_records


def beside() -> list[Record]:
    """Return the records of Global Governance Observations on states."""
    shipped, _ = shipped_records()
    records, _ = ggo_states(frozenset(record.key for record in shipped))
    return records
