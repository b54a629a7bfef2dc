"""Which state a row is about: its key, its names, its region.

The key is the code of the data set, which is ISO 3166-1 alpha-3 where that has one. Where both disagree, and where one
code stands for two states, the written tables below decide; two states never share a key.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.days import day_bounds
from seed.ggo_states.tables import begin_of, names_of, value
from seed.reading import Row

EUROPEAN_UNION = "EUE"
"""The one code of the list that is no state's."""

_SAME_STATE = {"ALG": "DZA"}
"""Codes that ISO 3166-1 writes differently."""

_OTHER_STATE = {
    ("SXM", "Saxe-Meiningen-Hidburghausen"): "SAXE-MEININGEN",  # ISO: Sint Maarten
    ("UGA", "Buganda"): "BUGANDA",  # a kingdom that is now a part of Uganda
    ("VAT", "Papal States"): "PAPAL-STATES",  # gone in 1870; the Vatican City is of 1929
    ("SRB", "Serbia and Montenegro"): "SCG",  # ISO 3166-3
    ("MLI", "Mali Federation"): "MALI-FEDERATION",  # Senegal was its other half
    ("PER", "Peru-Bolivia"): "PERU-BOLIVIA",
}
"""Rows whose code is, or is also, that of another state, by code and name."""

SHARED_CODES = frozenset(code for code, _ in _OTHER_STATE)
"""Codes that stand for a state only on the days of its rows."""


@dataclass
class Described:
    """A state as its rows describe it: names in the order of the file, the latest episode's first."""

    key: str
    rows: list[Row] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, the usual one of the latest episode first."""
        latest = max(self.rows, key=_begins)
        return tuple(dict.fromkeys(name for row in (latest, *self.rows) for name in names_of(row)))

    @property
    def region(self) -> str | None:
        """The region of the world it lies in."""
        return next((region for row in self.rows if (region := value(row, "Region"))), None)


def key_of(row: Row) -> str:
    """Return the key of the state a row is about."""
    code = row["stateID"]
    return _OTHER_STATE.get((code, row["StateName"])) or _SAME_STATE.get(code, code)


def described_states(rows: Iterable[Row]) -> dict[str, Described]:
    """Gather the rows of each state by its key; the row of the organization is left out."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["stateID"] != EUROPEAN_UNION:
            found[key_of(row)].append(row)
    return {key: Described(key, of_state) for key, of_state in found.items()}


def _begins(row: Row) -> tuple[bool, str]:
    """Order rows by their begin; one without a begin, or with one that cannot be read, comes first."""
    try:
        return True, day_bounds(begin_of(row))[0].isoformat()
    except ValueError:
        return False, ""
