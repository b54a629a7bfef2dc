"""Whom a row of US foreign aid is about: the code in its key, and the state that the code stands for."""

import re
from dataclasses import dataclass
from datetime import date

from graph.model.vocabulary import IdentifierScheme
from seed.importing.codes import Codes
from seed.reading import Row

_REGION = re.compile(r"World|.* Region")
_NO_CODE = "NULL"

_UNCODED = {
    "Berlin, West": "WEST-BERLIN",
    "Czechoslovakia (former)": "CSK",
    "Germany (former East)": "DDR",
    "Luxembourg": "LUX",
    "Soviet Union (former)": "SUN",
    "Vietnam (former South)": "RVN",
    "Yemen (former P.D.R.)": "YMD",
}
"""Codes for the rows that have none, by name; those of ISO 3166 where it had one."""


@dataclass(frozen=True, slots=True)
class _Stands:
    """Under which code, on which day, the graph may know whom a code of the file stands for."""

    scheme: IdentifierScheme
    code: str
    on: date | None = None


_ELSEWHERE = {
    "CS-KM": _Stands(IdentifierScheme.GGO, "KOS"),
    "CSK": _Stands(IdentifierScheme.GGO, "CSK"),
    "DDR": _Stands(IdentifierScheme.GGO, "DDR"),
    "RVN": _Stands(IdentifierScheme.GGO, "RVN"),
    # The list gives Serbia and Montenegro the code of Serbia, on its own days.
    "SCG": _Stands(IdentifierScheme.GGO, "SRB", date(2000, 1, 1)),
    # Sudan before South Sudan left it is the same state.
    "SDF": _Stands(IdentifierScheme.ISO3, "SDN"),
    "SUN": _Stands(IdentifierScheme.GGO, "RUS"),
    "YMD": _Stands(IdentifierScheme.GGO, "YPR"),
    "YUF": _Stands(IdentifierScheme.GGO, "YUG"),
}

_PART_OF_ANOTHER = frozenset({"TIB", "WEST-BERLIN"})


def code_of(name: str, code: str) -> str:
    """Return the code under which a recipient stands in keys: that of the file, or one of ours where it has none.

    Raises ValueError for a new name without a code.
    """
    if code != _NO_CODE:
        return code
    if name not in _UNCODED:
        raise ValueError(f"{name} has no code, and no mapping knows it.")
    return _UNCODED[name]


def recipient(row: Row, codes: Codes) -> str:
    """Return the key of the state that a row is about. Raises ValueError with the reason when there is none."""
    name, code = row["country_name"], code_of(row["country_name"], row["country_code"])
    if _REGION.fullmatch(name):
        raise ValueError(f"{name} is no state.")
    if code in _PART_OF_ANOTHER:
        raise ValueError(f"{name} is no state: a part of one, or not of any.")
    stands = _ELSEWHERE.get(code, _Stands(IdentifierScheme.ISO3, code))
    key = codes.key(stands.scheme, stands.code, stands.on)
    if key is None:
        raise ValueError(f"No state is known by the code {stands.scheme}:{stands.code} ({name}).")
    return key
