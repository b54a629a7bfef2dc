"""The offices: their keys, their titles, and whether a holder may sign treaties by virtue of office.

By the Vienna Convention on the Law of Treaties, article 7(2)(a), heads of state, heads of government and ministers for
foreign affairs may. Who is one follows from the file that lists the office.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.model.entities import Office, State
from seed.keys import slug
from seed.wikidata_officials.owners import INTERNATIONAL, NAMES_NO_STATE, Owners
from seed.wikidata_officials.tables import Listed

FOREIGN_MINISTER = "minister-of-foreign-affairs"

# Offices that the shipped case describes, and those whose title does not begin with what they are.
_NAMED = {
    "Q14213": "secretary-of-state",
    "Q634291": "high-representative",
    "Q702650": "president-of-the-executive-yuan",
    "Q2387238": "president-of-the-pontifical-commission",
    "Q102181806": "chairman-of-the-presidential-council",
    "Q16020744": "chairman-of-the-council-of-ministers",
    "Q11811941": "member-of-the-federal-council",
    "Q1655971": "minister-of-state",
}

# Wikidata has them among the heads, but it is not for the holder alone, or not at all, to speak for the state.
_NOT_HEADS = {
    "Q602280": "Governor-General of Antigua and Barbuda",
    "Q1472951": "Governor-General of Jamaica",
    "Q11811941": "Member of the Swiss Federal Council",
    "Q56295070": "Chief Minister of Sierra Leone",
    "Q1402561": "military leader",
}


@dataclass(frozen=True)
class Offices:
    """Finds the office of a row."""

    owners: Owners
    by_item: dict[str, Office]

    @classmethod
    def of(cls, listed: Iterable[Listed], owners: Owners) -> "Offices":
        """Make the offices of all rows; the first file that lists an office decides its key and its title."""
        found = cls(owners, {})
        for one in listed:
            if one.office and one.office not in found.by_item:
                try:
                    found.by_item[one.office] = found._make(one)
                except ValueError:
                    continue  # `find` says why
        return found

    def find(self, one: Listed) -> Office:
        """Return the office of a row. Raises ValueError when it has no home here."""
        if one.office:
            return self.by_item.get(one.office) or self._make(one)
        if one.title == NAMES_NO_STATE:
            raise ValueError("The file does not say which state the permanent representative is of.")
        if one.title not in INTERNATIONAL:
            raise ValueError(f"No organization is known for {one.title!r}.")
        owner, name = INTERNATIONAL[one.title]
        return Office(key=f"{owner}.{name}", title=one.title, of=owner)

    def _make(self, one: Listed) -> Office:
        owner = self.owners.key_of(one.owner)
        return Office(
            key=f"{owner}.{self._name(one, owner)}",
            title=one.title,
            of=owner,
            may_sign_treaties=self._signs(one, owner),
        )

    def _name(self, one: Listed, owner: str) -> str:
        """Return the part of the key after the owner's."""
        if one.office in _NAMED:
            return _NAMED[one.office]
        match one.source.key:
            case "wikidata-foreign-ministers":
                return FOREIGN_MINISTER
            case "wikidata-heads":
                return slug(one.title.split(" of ")[0])
            case _:
                return slug(_without(one.title, self.owners.states[owner]))

    def _signs(self, one: Listed, owner: str) -> bool | None:
        if one.office in _NOT_HEADS or not self.owners.is_sovereign(owner):
            return None
        return one.source.key in {"wikidata-heads", "wikidata-foreign-ministers"}


def _without(title: str, state: State) -> str:
    """Take the name of the state off a title."""
    for name in sorted((state.name, *state.aliases), key=len, reverse=True):
        title = re.sub(rf" of (?:the )?{re.escape(name)}$| \({re.escape(name)}\)$|^{re.escape(name)} ", "", title)
    return title
