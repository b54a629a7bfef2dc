"""The officials: their keys and names.

A key is the name as the data set writes it and the item of Wikidata: `annalena-baerbock.Q564328`. The item alone makes
it unique and tells a later snapshot, in which the name may be written otherwise, who is meant.
"""

from collections.abc import Iterable, Mapping

from graph.model.entities import Official
from seed.keys import slug
from seed.wikidata_officials.tables import Listed

DESCRIBED_ELSEWHERE = {
    "Q7821917": "blinken-antony",
    "Q30436217": "choe-son-hui",
    "Q56226": "kim-jong-un",
    "Q58217": "lavrov-sergey",
    "Q7747": "putin-vladimir",
    "Q57792": "rutte-mark",
    "Q3874799": "zelensky-volodymyr",
}
"""People of the shipped case by their items: one thing each, described there."""


def officials(listed: Iterable[Listed]) -> Mapping[str, Official]:
    """Return the people of these rows by their items, with every name the files give them."""
    names: dict[str, dict[str, None]] = {}
    for one in listed:
        if named(one):
            names.setdefault(one.person, {})[one.name] = None
    return {item: _official(item, *given) for item, given in names.items()}


def named(one: Listed) -> bool:
    """Whether a row has a holder with a name; where Wikidata has none in English, the item stands for it."""
    return bool(one.person) and one.name not in {"", one.person}


def _official(item: str, name: str, *others: str) -> Official:
    own_script = name if not any(letter.isascii() and letter.isalpha() for letter in name) else None
    key = DESCRIBED_ELSEWHERE.get(item) or ".".join(part for part in (slug(name), item) if part)
    return Official(key=key, name=name, name_in_own_script=own_script, aliases=others)
