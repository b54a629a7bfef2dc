"""What an erasure leaves of versions and of derived relationships: links dropped, names replaced, or nothing at all.

Pure; `graph.erasing` reads them, asks here until nothing more goes, and writes what is left.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from graph.differences import label_of
from graph.mentions import MARK, Mentions
from graph.model import LABELS
from graph.model.stored import Properties, Stored, StoredLink, free_texts, from_stored, native_values

_HOUSE = ("key", "version", "content", "recorded_from", "recorded_until")
_WITHDRAWAL = "Withdrawal"
OWN = frozenset({"Identifier", "Membership", "Tenure"})
"""Facts that are a person's own: they say nothing of anybody else."""


@dataclass(frozen=True)
class Link:
    """A relationship from a version to a thing; without an id where it is not there yet."""

    id: str | None
    type: str
    to: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Version:
    """A version as it is stored, with the labels of its thing as well."""

    labels: frozenset[str]
    fields: Mapping[str, Any]
    links: tuple[Link, ...]

    @property
    def key(self) -> str:
        """Key of its thing."""
        return str(self.fields["key"])

    @property
    def label(self) -> str:
        """The label of the model, or that it is a withdrawal."""
        return _WITHDRAWAL if _WITHDRAWAL in self.labels else str(label_of(self.labels))

    def texts(self) -> list[str]:
        """Return every text in it and on its links, whatever it is."""
        values = [value for fields in (self.fields, *(link.fields for link in self.links)) for value in fields.values()]
        listed = [one for value in values if isinstance(value, list) for one in value]
        return [value for value in (*values, *listed) if isinstance(value, str)]

    def differing(self, other: "Version") -> int:
        """Return how many texts it has that are others in a version of the same form."""
        return sum(one != another for one, another in zip(self.texts(), other.texts(), strict=True))


def left_of(version: Version, gone: Collection[str]) -> Version | None:
    """Return a version without what is gone; None where nothing is left that could be said.

    Whoever did something for another is replaced by that other: a minister's state took part in a meeting.
    """
    links = _left_links(version.links, gone)
    fields = {name: value for name, value in version.fields.items() if name != "replaced_by" or value not in gone}
    left = replace(version, fields=fields, links=links)
    lost = {link.type for link in version.links} - {link.type for link in links}
    if left == version or version.label == _WITHDRAWAL:
        return left
    if version.label == "Act" and "BY" in lost:
        # An act of nobody is one of the whole agreement, which this was not.
        return None
    if version.label == "Claim" and "BY" in lost:
        fields.setdefault("claimant_as_written", MARK)
    if version.label == "Source" and "COVERS" in lost:
        # A source that names nobody means everybody.
        fields["covers"] = []
    return left if _can_be_read(left) else None


def _left_links(links: Collection[Link], gone: Collection[str]) -> tuple[Link, ...]:
    left, there = list[Link](), {(link.type, link.to) for link in links}
    for link in links:
        behalf = link.fields.get("on_behalf_of")
        fields = {name: value for name, value in link.fields.items() if name != "on_behalf_of"}
        if link.to not in gone:
            left.append(replace(link, fields=fields) if behalf in gone else link)
        elif behalf and behalf not in gone and (link.type, behalf) not in there:
            there.add((link.type, behalf))
            left.append(Link(None, link.type, behalf, fields))
    return tuple(left)


def _can_be_read(version: Version) -> bool:
    links = [{"type": link.type, "to": link.to, "fields": native_values(link.fields)} for link in version.links]
    try:
        from_stored(LABELS[version.label], version.key, version.fields, links)
    except ValidationError:
        return False
    return True


def without_names(version: Version, mentions: Mentions) -> Version:
    """Return a version with a mark in place of the names in its texts and on its links."""
    free = frozenset({"reason"}) if version.label == _WITHDRAWAL else free_texts(LABELS[version.label])

    def cleaned(fields: Mapping[str, Any]) -> Properties:
        return {name: _cleaned(value, mentions) if name in free else value for name, value in fields.items()}

    links = tuple(replace(link, fields=cleaned(link.fields)) for link in version.links)
    return replace(version, fields=cleaned(version.fields), links=links)


def _cleaned(value: Any, mentions: Mentions) -> Any:
    if isinstance(value, list):
        return [_cleaned(one, mentions) for one in value]
    return mentions.without(value, of_the_person=True) if isinstance(value, str) else value


def _with_digest(version: Version) -> Version:
    """Return a version with the hash of the content that it has now, so that writing the same again is still known."""
    fields = native_values({name: value for name, value in version.fields.items() if name not in _HOUSE})
    links = [StoredLink(link.type, link.to, native_values(link.fields)) for link in version.links]
    label = version.label if version.label == _WITHDRAWAL else LABELS[version.label].version_label
    return replace(version, fields={**version.fields, "content": Stored(fields, links).digest(label)})


@dataclass(frozen=True)
class Derived:
    """A derived relationship as it is stored."""

    id: str
    start: str
    end: str
    fields: Mapping[str, Any]


def left_of_derived(piece: Derived, gone: Collection[str]) -> Derived | None:
    """Return a derived relationship that rests on nothing that is gone; None where it starts at, ends at or is such."""
    named = {piece.start, piece.end, piece.fields["unit"], piece.fields.get("fact")}
    if not named.isdisjoint(gone):
        return None
    lists = {
        name: [key for key in piece.fields.get(name, ()) if key not in gone] for name in ("rests_on", "modified_by")
    }
    if not lists["modified_by"]:
        # There is no such list where nothing modifies.
        del lists["modified_by"]
    others = {name: value for name, value in piece.fields.items() if name != "modified_by"}
    return replace(piece, fields=others | lists)


@dataclass
class Change:
    """What has to be written: the parameters of the statement that does it, and how many texts it changes."""

    versions: list[dict[str, Any]] = field(default_factory=list)
    relationships: list[dict[str, Any]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    change_sets: list[dict[str, Any]] = field(default_factory=list)
    contents: set[str] = field(default_factory=set)
    texts: int = 0
    lost: int = 0

    def replace(self, before: Version, after: Version) -> None:
        """Write a version anew where it differs."""
        if before == after:
            return
        after = _with_digest(after)
        self.contents.add(str(before.fields["content"]))
        own = {"key": after.key, "version": after.fields["version"]}
        self.versions.append({**own, "fields": _changed(before.fields, after.fields)})
        kept = {link.id: link for link in after.links if link.id}
        self.links += [_as_row(link, after) for link in after.links if not link.id]
        for link in before.links:
            if link.id not in kept:
                self.gone.append(str(link.id))
                self.lost += 1
            elif kept[link.id] != link:
                self.replace_relationship(link, kept[link.id])

    def replace_relationship(self, before: Link | Derived, after: Link | Derived) -> None:
        """Write what a relationship says anew."""
        self.relationships.append({"id": before.id, "fields": _changed(before.fields, after.fields)})


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Properties:
    """Return the properties that are others, and nothing for those that are gone."""
    return {name: after.get(name) for name in {*before, *after} if before.get(name) != after.get(name)}


def _as_row(link: Link, version: Version) -> dict[str, Any]:
    return asdict(link) | {"key": version.key, "version": version.fields["version"]}
