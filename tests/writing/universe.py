"""The small universe of the sequences: every key there is, what is first recorded under it, and what may become of it.

Plain data in the form of JSON; a key is a family and a number or letter, and no other text looks like one.
"""

from collections.abc import Iterator
from typing import Any

Content = dict[str, Any]

LABELS = {
    "state": "State",
    "bloc": "Organization",
    "official": "Official",
    "office": "Office",
    "place": "Place",
    "treaty": "Agreement",
    "article": "Provision",
    "source": "Source",
    "act": "Act",
    "revocation": "Act",
    "part": "Participation",
    "term": "Term",
    "event": "Event",
    "clause": "Commitment",
    "promise": "Commitment",
    "condition": "Condition",
    "reserve": "Reservation",
    "tenure": "Tenure",
    "member": "Membership",
    "claim": "Claim",
    "succession": "Succession",
    "code": "Identifier",
    "supply": "Contribution",
    "changeling": "Event",
}
"""The label of each family."""
FACTS = frozenset(LABELS.values()) - {
    "State", "Organization", "Official", "Office", "Place", "Agreement", "Provision", "Source",
}  # fmt: skip

BASE: dict[str, Content] = {
    "state-a": {"name": "Alpha", "aliases": []},
    "state-b": {"name": "Beta", "aliases": ["Bravo"]},
    "state-c": {"name": "Gamma", "aliases": []},
    "bloc-n": {"name": "The League", "aliases": [], "kind": "alliance"},
    "official-p": {"name": "Pauline Poe", "aliases": []},
    "official-q": {"name": "Quentin Quist", "aliases": ["Q. Quist"]},
    "office-o": {"title": "Minister", "aliases": [], "of": "state-a"},
    "place-k": {"name": "Kay", "aliases": [], "within": ["place-l"]},
    "place-l": {"name": "Ell", "aliases": [], "within": []},
    "treaty-t": {"title": "Treaty of Kay", "aliases": []},
    "treaty-u": {"title": "Treaty of Ell", "aliases": []},
    "article-t": {"article": "1", "of": "treaty-t"},
    "article-u": {"article": "2", "of": "treaty-u"},
    "source-s": {"title": "The Courier", "kind": "news"},
    "source-r": {"title": "The Register", "kind": "data_set"},
    "act-1": {"kind": "ratification", "day": "2001-02-03", "on": "treaty-t", "by": "state-a"},
    "act-2": {"kind": "ratification", "day": "2001-02-20", "on": "treaty-t", "by": "state-b"},
    "act-3": {"kind": "entry_into_force", "day": "2001-03-01", "on": "treaty-t"},
    "act-4": {"kind": "accession", "day": "2002", "on": "treaty-t", "by": "state-c", "signed_by": ["official-p"]},
    "act-5": {"kind": "denunciation", "day": "2003-04-05", "on": "treaty-t", "by": "state-c"},
    "revocation-1": {"kind": "revocation", "day": "2003-05-05", "on": "treaty-t", "by": "state-c", "revokes": "act-5"},
    "part-1": {"span": "2001/..", "basis": "reported", "of": "state-b", "agreement": "treaty-u"},
    "part-2": {"span": "2001/2004", "basis": "coded", "of": "state-a", "agreement": "treaty-u"},
    "term-1": {"kind": "duration", "value": "10 years", "of": "treaty-t", "concerns": ["treaty-u"]},
    "event-1": {
        "kind": "meeting",
        "text": "They met.",
        "span": "2001-01-05",
        "participants": [{"actor": "official-p", "on_behalf_of": "state-a"}, {"actor": "state-b"}],
        "concerns": ["treaty-t"],
    },
    "event-2": {"kind": "visit", "text": "A visit.", "span": "2006-01", "participants": [{"actor": "state-c"}]},
    "changeling-1": {"kind": "other", "text": "Something.", "span": "2001", "participants": []},
    "clause-1": {
        "kind": "defence",
        "bearers": "each_party",
        "beneficiaries": "each_other_party",
        "under": "treaty-t",
        "arises_from": "article-t",
    },
    "clause-2": {
        "kind": "defence",
        "bearers": "named",
        "owed_by": ["state-b"],
        "beneficiaries": "named",
        "owed_to": ["state-c"],
        "under": "treaty-u",
        "replaces": ["clause-1"],
        "until_thing": "event-2",
    },
    "promise-1": {
        "kind": "political_support",
        "bearers": "named",
        "owed_by": ["state-a"],
        "beneficiaries": "named",
        "owed_to": ["state-b", "state-c"],
        "binding": "political",
        "voiced_at": "event-1",
        "span": "2001-01-05/..",
    },
    "condition-1": {"kind": "request", "sentence": "On request.", "role": "trigger", "of": "clause-1", "names": []},
    "reserve-1": {"span": "2001-02-03/..", "effect": "excludes", "by": "state-a", "to": ["article-t"]},
    "reserve-2": {"span": "2001-06/..", "effect": "objects_and_precludes", "by": "state-b", "to": ["reserve-1"]},
    "tenure-1": {"span": "2000/..", "of": "official-p", "office": "office-o"},
    "tenure-2": {"span": "1999/2002", "of": "official-q", "office": "office-o"},
    "member-1": {"span": "1999/..", "of": "state-a", "organization": "bloc-n"},
    "claim-1": {
        "stance": "denies",
        "sentence": "It never was.",
        "made_on": "2004",
        "towards": "fact",
        "by": [{"actor": "official-q", "on_behalf_of": "state-b"}],
        "about": ["act-4"],
        "addressed_to": ["state-c"],
    },
    "succession-1": {
        "kind": "dissolution",
        "day": "2008-08",
        "ends_predecessor": True,
        "predecessor": "state-c",
        "successor": "state-b",
    },
    "code-1": {"scheme": "wikidata", "code": "Q1", "span": "1990/..", "of": "state-a"},
    "supply-1": {
        "kind": "arms",
        "text": "Rifles.",
        "span": "2002",
        "stage": "delivered",
        "by": ["state-a"],
        "to": ["state-b"],
        "at": ["place-k"],
    },
}
"""What is recorded of each key where nothing says otherwise; every fact is attested by the first source."""
for _key, _content in BASE.items():
    if LABELS[_key.split("-")[0]] in FACTS:
        _content["attested_by"] = [{"source": "source-s", "locator": "page 1"}]

LATER = frozenset({"act-5", "revocation-1", "event-2", "clause-2", "part-2", "tenure-2", "reserve-2", "official-q",
                   "claim-1", "succession-1"})  # fmt: skip
"""What is not there at first."""

CHANGELING: Content = {
    "span": "2000/2001",
    "of": "official-p",
    "office": "office-o",
    "attested_by": [{"source": "source-s", "locator": "page 1"}],
}
"""What else a changeling may be: a tenure, once it is an event no longer."""

_STATES = ["state-a", "state-b", "state-c"]
_TREATIES = ["treaty-t", "treaty-u"]
_PLACES = ["place-k", "place-l"]
_DAYS = ["2001-02-03", "2001-02", "2002", "[2001-01-01..2003-12-31]", "2004-06-15"]
_SPANS = ["2001/..", "2001-02-03/2004", "../2003", "2002-01/", "2005"]
_NAMED = [["state-a"], ["state-b"], ["state-a", "state-c"]]
_SOURCES = [
    [{"source": "source-r", "locator": "page 1"}],
    [{"source": "source-s", "locator": "page 1"}, {"source": "source-r", "locator": "page 1"}],
    [{"source": "source-s", "locator": "page 1"}, {"source": "source-s", "locator": "page 2"}],
]

FIELDS: dict[str, dict[str, list[Any]]] = {
    "state": {"name": ["Alpha", "Aleph", "Bravo"], "aliases": [[], ["Alpha"], ["Old", "Older"]]},
    "bloc": {"name": ["The League", "The Union"]},
    "official": {"name": ["Pauline Poe", "P. Poe"], "name_in_own_script": ["Полина"]},
    "office": {"of": _STATES, "title": ["Envoy"], "may_sign_treaties": [True]},
    "place": {"within": [[], ["place-l"], ["place-k", "place-l"]], "latitude": [1.5]},
    "treaty": {"title": ["Treaty of Kay", "The Pact"], "aliases": [["The Pact"]], "kind": ["protocol"]},
    "article": {"of": _TREATIES, "heading": ["Defence"]},
    "source": {
        "title": ["The Herald"],
        "covers_until": ["2010-01-01"],
        "covers": [["Commitment", "Act"]],
        "covers_actors": [["state-a", "bloc-n"], ["state-c"]],
    },
    "act": {
        "kind": ["ratification", "signature", "entry_into_force", "withdrawal", "suspension", "termination"],
        "day": _DAYS,
        "effect_day": ["2004-12-31"],
        "on": _TREATIES,
        "by": [*_STATES, None],
        "signed_by": [["official-p", "official-q"]],
        "at": _PLACES,
        "spell": [2],
    },
    "revocation": {"day": _DAYS, "revokes": ["act-5", "act-1"]},
    "part": {"span": _SPANS, "of": _STATES, "agreement": _TREATIES},
    "term": {"kind": ["duration", "renewal", "consent"], "value": ["indefinite", "2 years"], "of": _TREATIES},
    "event": {
        "text": ["They met again."],
        "span": ["2001-01-06", "2005-05"],
        "participants": [[], [{"actor": "official-p", "on_behalf_of": "state-b"}], [{"actor": "bloc-n"}]],
        "concerns": [["act-1"], _TREATIES],
    },
    "changeling": {"text": ["Something else."]},
    "clause": {
        "kind": ["consultation", "defence"],
        "span": _SPANS,
        "under": _TREATIES,
        "arises_from": ["article-t", "article-u"],
        "until_thing": ["event-2", "event-1", "treaty-u"],
        "replaces": [["clause-2"], ["clause-1"]],
    },
    "promise": {"owed_by": _NAMED, "owed_to": _NAMED, "span": _SPANS, "under": ["treaty-u"]},
    "condition": {"of": ["clause-2", "promise-1"], "names": [["state-c", "place-k"]]},
    "reserve": {
        "effect": ["excludes", "modifies", "objects"],
        "by": _STATES,
        "to": [["article-t"], ["article-u", "treaty-t"], ["reserve-1"], ["reserve-2"]],
        "span": _SPANS,
    },
    "tenure": {"span": _SPANS, "of": ["official-p", "official-q"]},
    "member": {"span": _SPANS, "of": ["state-b", "official-q"]},
    "claim": {
        "stance": ["asserts", "denies"],
        "about": [["act-1"], ["clause-1", "state-b"], ["act-3", "act-4"]],
        "by": [[{"actor": "source-s"}], [{"actor": "official-p", "on_behalf_of": "state-a"}, {"actor": "state-a"}]],
    },
    "succession": {"day": _DAYS, "predecessor": ["state-a", "state-c"]},
    "code": {"code": ["Q2"], "of": ["state-b", "treaty-t", "source-r"]},
    "supply": {"by": _NAMED, "to": _NAMED, "at": [["place-l"], _PLACES], "span": _SPANS},
}
"""What the fields of each family may be instead."""
for _family, _fields in FIELDS.items():
    if LABELS[_family] in FACTS:
        _fields["attested_by"] = _SOURCES
        _fields["standing"] = ["only_claimed"]


def alone(key: str) -> Iterator[Content]:
    """Yield what a key may be with one field changed that decides what is derived: what it names, or its standing."""
    for field, choices in FIELDS[family(key)].items():
        other = [one for one in choices if one != BASE[key].get(field) and (field == "standing" or _named(one))]
        if other and field not in {"attested_by", "signed_by"}:
            yield BASE[key] | {field: other[0]}


def _named(value: Any) -> bool:
    """Return whether a value is a key or a list that begins with one."""
    return value in BASE if isinstance(value, str) else isinstance(value, list) and bool(value) and _named(value[0])


def family(key: str) -> str:
    """Return the family of a key."""
    return key.split("-", maxsplit=1)[0]
