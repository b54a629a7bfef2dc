"""Whose offices they are: states by their items in Wikidata, polities that no other data set has, organizations.

Written by hand where an item is not the one that `country-codes` gives a state.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.model import Record
from graph.model.entities import Organ, Organization, State
from graph.model.facts import Identifier
from graph.model.records import Entity
from graph.model.vocabulary import IdentifierScheme, OrganKind, StateStatus

SAME_STATE = {
    "Q1030": "NAM",  # country-codes has no item for Namibia
    "Q1246": "KOS",
    "Q159583": "VAT",  # the Holy See, which acts for the Vatican City
    "Q55": "NLD",  # country-codes has the item of the Kingdom
    "Q756617": "DNK",  # the Kingdom of Denmark
}
ONLY_ITEM = ("Q1030", "Q1246")
"""Those of them that are the state's own item, and the only one known: they become identifiers."""

_POLITIES = {
    "Q31354462": State(key="ABKHAZIA", name="Republic of Abkhazia", status=StateStatus.OTHER),
    "Q244165": State(key="ARTSAKH", name="Republic of Artsakh", status=StateStatus.OTHER),
    "Q16150196": State(key="DONETSK-REPUBLIC", name="Donetsk People's Republic", status=StateStatus.OTHER),
    "Q16746854": State(key="LUHANSK-REPUBLIC", name="Luhansk People's Republic", status=StateStatus.OTHER),
    "Q23681": State(
        key="NORTHERN-CYPRUS",
        name="Turkish Republic of Northern Cyprus",
        aliases=("Northern Cyprus", "TRNC"),
        status=StateStatus.OTHER,
    ),
    "Q34754": State(key="SOMALILAND", name="Somaliland", status=StateStatus.OTHER),
    "Q23427": State(key="SOUTH-OSSETIA", name="South Ossetia", status=StateStatus.OTHER),
    "Q907112": State(key="TRANSNISTRIA", name="Transnistria", status=StateStatus.OTHER),
}
_PARTS_OF_STATES = {
    "Q11196": "Republika Srpska",
    "Q17269": "Tibet",
    "Q176": "Quebec",
    "Q205047": "the Kurdistan Region",
    "Q22": "Scotland",
    "Q3946": "Cantabria",
    "Q5705": "Catalonia",
}
_UNION = {"Q458": "EU"}

_ORGANIZATIONS: tuple[Entity, ...] = (
    Organization(key="UN", name="United Nations", aliases=("UN", "UNO"), kind="international organization"),
    Organization(
        key="WTO", name="World Trade Organization", aliases=("WTO",), kind="international organization"
    ),
    Organization(
        key="OSCE",
        name="Organization for Security and Co-operation in Europe",
        aliases=("OSCE",),
        kind="regional security organization",
    ),
    Organization(key="COE", name="Council of Europe", aliases=("CoE",), kind="regional organization"),
    Organization(
        key="ARAB-LEAGUE", name="League of Arab States", aliases=("Arab League",), kind="regional organization"
    ),
    Organ(key="UN.general-assembly", name="United Nations General Assembly", kind=OrganKind.OTHER, of="UN"),
    Organ(
        key="UN.international-court-of-justice",
        name="International Court of Justice",
        aliases=("ICJ",),
        kind=OrganKind.OTHER,
        of="UN",
    ),
    Organ(
        key="COE.parliamentary-assembly",
        name="Parliamentary Assembly of the Council of Europe",
        aliases=("PACE",),
        kind=OrganKind.PARLIAMENT,
        of="COE",
    ),
    Organ(key="ARAB-LEAGUE.arab-parliament", name="Arab Parliament", kind=OrganKind.PARLIAMENT, of="ARAB-LEAGUE"),
)  # fmt: skip

ENTITIES: tuple[Entity, ...] = (*_POLITIES.values(), *_ORGANIZATIONS)
"""Owners that no other data set describes."""

INTERNATIONAL = {
    "Secretary-General of the United Nations": ("UN", "secretary-general"),
    "Deputy Secretary-General of the United Nations": ("UN", "deputy-secretary-general"),
    "Under-Secretary-General of the United Nations": ("UN", "under-secretary-general"),
    "President of the United Nations General Assembly": ("UN.general-assembly", "president"),
    "President of the International Court of Justice": ("UN.international-court-of-justice", "president"),
    "Vice President of the International Court of Justice": ("UN.international-court-of-justice", "vice-president"),
    "Judge of the International Court of Justice": ("UN.international-court-of-justice", "judge"),
    "Director-General of the World Trade Organization": ("WTO", "director-general"),
    "OSCE High Commissioner on National Minorities": ("OSCE", "high-commissioner-on-national-minorities"),
    "president of the Parliamentary Assembly of the Council of Europe": ("COE.parliamentary-assembly", "president"),
    "Speaker of the Arab Parliament": ("ARAB-LEAGUE.arab-parliament", "speaker"),
}
"""Whose office it is and its name in a key, by the title in the file, which has no items of offices."""

NAMES_NO_STATE = "Permanent Representative to the United Nations"
"""The one title of that file that is an office of states, and it does not say of which."""


@dataclass(frozen=True)
class Owners:
    """Finds whose an office is."""

    by_item: Mapping[str, str]
    states: Mapping[str, State]

    @classmethod
    def among(cls, described: Iterable[Record]) -> "Owners":
        """Make it of what is described already: states, and their items in Wikidata."""
        known = tuple(described)
        items = {
            record.code: record.of
            for record in known
            if isinstance(record, Identifier) and record.scheme is IdentifierScheme.WIKIDATA
        }
        states = {record.key: record for record in (*known, *ENTITIES) if isinstance(record, State)}
        own = {item: state.key for item, state in _POLITIES.items()}
        return cls(items | SAME_STATE | _UNION | own, states)

    def key_of(self, owner: str) -> str:
        """Return the key of whom an item or a code means. Raises ValueError when that has no home here."""
        if owner in _PARTS_OF_STATES:
            raise ValueError(f"{_PARTS_OF_STATES[owner]} ({owner}) is no state, and the file does not say whose part.")
        if owner in self.states:
            return owner
        if owner not in self.by_item:
            raise ValueError(f"No state is known as {owner!r}.")
        return self.by_item[owner]

    def is_sovereign(self, key: str) -> bool:
        """Whether it is a state whose standing is not in question."""
        return key in self.states and self.states[key].status is StateStatus.SOVEREIGN


def own_items() -> Mapping[str, str]:
    """Return the items that become identifiers of states: by item, the key."""
    only = {item: SAME_STATE[item] for item in ONLY_ITEM}
    return only | {item: state.key for item, state in _POLITIES.items()}
