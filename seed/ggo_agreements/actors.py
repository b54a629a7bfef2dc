"""Whom a stateID of parties.csv means: a state that is recorded, or one of the organizations written here."""

from datetime import date
from functools import lru_cache

from graph.model.entities import Organization
from graph.model.vocabulary import IdentifierScheme
from seed.importing.codes import Codes

ORGANIZATIONS = (
    Organization(key="EC", name="European Community", kind="economic union of states"),
    Organization(key="EURATOM", name="European Atomic Energy Community", kind="international organization"),
    Organization(key="EFTA", name="European Free Trade Association", kind="free trade association of states"),
    Organization(key="IAEA", name="International Atomic Energy Agency", kind="international organization"),
    Organization(key="FAO", name="Food and Agriculture Organization", kind="specialized agency of the United Nations"),
    Organization(key="WHO", name="World Health Organization", kind="specialized agency of the United Nations"),
    Organization(key="WMO", name="World Meteorological Organization", kind="specialized agency of the United Nations"),
    Organization(key="UNECE", name="UN Economic Commission for Europe", kind="commission of the United Nations"),
    Organization(key="IBRD", name="International Bank for Reconstruction and Development", kind="development bank"),
    Organization(key="EBRD", name="European Bank for Reconstruction and Development", kind="development bank"),
    Organization(key="NEFCO", name="Nordic Environment Finance Corporation", kind="development bank"),
)
"""Those of the file that no other data set describes; the European Union is the `EUE` of the list of states."""

_BY_CODE = {
    "EC": "EC",
    "EFTA": "EFTA",
    "EURATOM European Atomic Energy Community": "EURATOM",
    "IO-EAEC": "EURATOM",
    "IO-European Atomic Energy Community": "EURATOM",
    "IO-IAEA": "IAEA",
    "IAEA International Atomic Energy Agency": "IAEA",
    "FAO Food and Agriculture Organization of the UN": "FAO",
    "IO-Un Food and Agriculture Organization": "FAO",
    "WHO World Health Organization": "WHO",
    "IO-World Health Organization": "WHO",
    "WMO World Metereological Organization": "WMO",
    "IO-World Meteorological Organization": "WMO",
    "ECE UN Economic Commission for Europe": "UNECE",
    "IO-IBRD": "IBRD",
    "IO-EBRD": "EBRD",
    "IO-NEFCO": "NEFCO",
}

_OTHER_SPELLINGS = {"EUU": "EUE", "ROM": "ROU", "GDR": "DDR", "Kosovo": "KOS"}
"""Codes for which the list of states has another."""

# Serbia and Montenegro, whose code in the list of states is Serbia's on its own days.
_ON_ANOTHER_DAY = {"SCG": ("SRB", date(2003, 2, 4))}


class Actors:
    """Actors by stateID."""

    def __init__(self, codes: Codes, today: date) -> None:
        self._codes = codes
        self._today = today
        self._found = lru_cache(maxsize=8192)(self._find)

    def find(self, code: str, until: date | None) -> str | None:
        """Return the key of whom a code means for one whose part ended on a day, or (None) has no known end.

        A code that stood for two states means the one that had it last: data sets write a predecessor's days to its
        successor. None when nobody has it.
        """
        return self._found(code, until)

    def _find(self, code: str, until: date | None) -> str | None:
        if code in _BY_CODE:
            return _BY_CODE[code]
        spelled, on = _ON_ANOTHER_DAY.get(code, (_OTHER_SPELLINGS.get(code, code), until or self._today))
        stood = (self._codes.key(scheme, spelled, on) for scheme in (IdentifierScheme.GGO, IdentifierScheme.ISO3))
        return next(filter(None, stood), None)
