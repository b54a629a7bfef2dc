"""What is left of versions and of what was derived, by itself."""

from typing import Any

import pytest

from graph.mentions import Mentions
from graph.model import LABELS
from graph.model.entities import Official, State
from graph.model.facts import Claim, Event
from graph.model.records import Record
from graph.model.stored import free_texts, to_stored
from graph.remains import Change, Derived, Link, Version, left_of, left_of_derived, without_names

GONE = frozenset({"gray"})
SOURCE: Any = [{"source": "s", "quote": "Ana Gray was there."}]


def version(record: Record) -> Version:
    stored = to_stored(record)
    house = {"key": record.key, "version": 1, "content": stored.digest(record.version_label)}
    links = tuple(Link(str(i), link.type, link.to, link.fields) for i, link in enumerate(stored.links))
    return Version(frozenset((*record.thing_labels, "Version", record.version_label)), stored.fields | house, links)


def event(*participants: dict[str, str], text: str = "t") -> Event:
    return Event(key="e", kind="meeting", text=text, span="2024", participants=participants, attested_by=SOURCE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([{"actor": "gray"}], []),
        ([{"actor": "gray", "on_behalf_of": "PRK"}], [{"actor": "PRK"}]),
        ([{"actor": "PRK"}, {"actor": "gray", "on_behalf_of": "PRK"}], [{"actor": "PRK"}]),
        ([{"actor": "bob", "on_behalf_of": "gray"}], [{"actor": "bob"}]),
        ([{"actor": "gray", "on_behalf_of": "gray"}], []),
        ([{"actor": "gray", "role": "host", "on_behalf_of": "PRK"}], [{"actor": "PRK", "role": "host"}]),
    ],
)
def test_who_acted_for_somebody_is_replaced_by_that_somebody(
    before: list[dict[str, str]], after: list[dict[str, str]]
) -> None:
    left = left_of(version(event(*before)), GONE)
    assert left is not None
    expected = [("PARTICIPANT", link.to, link.fields) for link in version(event(*after)).links if link.to != "s"]
    assert [(link.type, link.to, link.fields) for link in left.links if link.to != "s"] == expected


def test_the_hash_is_that_of_the_record_that_is_left() -> None:
    change, before = Change(), version(event({"actor": "gray"}, {"actor": "bob"}, text="Ana Gray came."))
    left = left_of(before, GONE)
    assert left is not None
    change.replace(before, without_names(left, Mentions(["Ana Gray"])))
    quoted: Any = [{"source": "s", "quote": "[erased] was there."}]
    wanted = event({"actor": "bob"}, text="[erased] came.").model_copy(
        update={"attested_by": Event(**event().model_dump() | {"attested_by": quoted}).attested_by}
    )
    (row,) = change.versions
    assert row["fields"] == {"text": "[erased] came.", "content": to_stored(wanted).digest("Event")}
    assert change.contents == {before.fields["content"]}
    assert ([len(change.gone), change.lost], [one["fields"] for one in change.relationships]) == (
        [1, 1],
        [{"quote": "[erased] was there."}],
    )


def test_what_does_not_name_it_is_left_as_it_is() -> None:
    before = version(event({"actor": "bob"}))
    change, left = Change(), left_of(before, GONE)
    assert left == before
    change.replace(before, without_names(before, Mentions(["Bob"])))
    assert change == Change()


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"unit": "T", "rests_on": ["a", "gray"]}, {"unit": "T", "rests_on": ["a"]}),
        ({"unit": "T", "rests_on": [], "modified_by": ["gray"]}, {"unit": "T", "rests_on": []}),
        (
            {"unit": "T", "rests_on": [], "modified_by": ["r", "gray"]},
            {"unit": "T", "rests_on": [], "modified_by": ["r"]},
        ),
        ({"unit": "T", "fact": "gray", "rests_on": []}, None),
        ({"unit": "gray", "rests_on": []}, None),
    ],
)
def test_what_was_derived_rests_on_what_is_left(fields: dict[str, Any], left: dict[str, Any] | None) -> None:
    found = left_of_derived(Derived("1", "RUS", "PRK", fields), GONE)
    assert (found.fields if found else None) == left
    assert left_of_derived(Derived("1", "gray", "PRK", {"unit": "T"}), GONE) is None


def test_free_texts_are_those_in_which_anything_may_stand() -> None:
    assert free_texts(State) == {"name", "aliases", "region"}
    assert free_texts(Official) == {"name", "name_in_own_script", "aliases"}
    assert {"text", "quote", "locator", "reason", "as_written"} == free_texts(Event)
    assert {"sentence", "quote", "quantity_text", "quantity_unit", "speaks_of_as_written"} <= free_texts(Claim)
    words = {"stance", "standing", "role", "on_behalf_of", "begins", "ends", "key", "made_on_edtf"}
    assert words.isdisjoint(set().union(*map(free_texts, LABELS.values())))
