"""Today's countries with their codes."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from graph.model import Record
from graph.model.entities import State
from graph.model.facts import Identifier
from seed.reading import SeedFileError
from seed.states import FOLDER, states


def _codes(shipped: dict[str, Record], key: str) -> dict[str, str]:
    found = [one for one in shipped.values() if isinstance(one, Identifier) and one.of == key]
    return {one.scheme.value: one.code for one in found if one.attested_by[0].source == "country-codes"}


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("RUS", {"iso3": "RUS", "iso2": "RU", "iso_numeric": "643", "wikidata": "Q159"}),
        ("PRK", {"iso3": "PRK", "iso2": "KP", "iso_numeric": "408", "wikidata": "Q423"}),
        ("AFG", {"iso3": "AFG", "iso2": "AF", "iso_numeric": "004", "wikidata": "Q889"}),
    ],
)
def test_codes(key: str, codes: dict[str, str], shipped: dict[str, Record]) -> None:
    assert _codes(shipped, key) == codes


def test_namibia_keeps_its_code(shipped: dict[str, Record]) -> None:
    assert _codes(shipped, "NAM")["iso2"] == "NA"


def test_all_countries_are_there() -> None:
    found = [record for record in states()[0] if isinstance(record, State)]
    assert len(found) == 249
    assert Counter(one.status.value for one in found) == {"sovereign": 195, "territory": 49, "other": 5}


def test_no_two_states_share_a_name(shipped: dict[str, Record]) -> None:
    named: dict[str, set[str]] = {}
    for one in shipped.values():
        if isinstance(one, State):
            for name in (one.key, one.name, *one.aliases):
                named.setdefault(name.casefold(), set()).add(one.key)
    # The kingdom of the year 778 has the name that is the republic's key; a key goes before a name.
    assert {name: keys for name, keys in named.items() if len(keys) > 1} == {"abkhazia": {"ABK", "ABKHAZIA"}}


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("TUR", "Turkey"),
        ("RUS", "Soviet Union"),
        ("PRK", "DPRK"),
        ("PRK", "North Korea"),
        ("RUS", "Russian Federation"),
        ("KOR", "Republic of Korea"),
    ],
)
def test_names_of_the_case(key: str, name: str, shipped: dict[str, Record]) -> None:
    state = shipped[key]
    assert isinstance(state, State)
    assert name in {state.name, *state.aliases}


def test_a_state_has_its_region_and_each_name_once(shipped: dict[str, Record]) -> None:
    tunisia, belarus = shipped["TUN"], shipped["BLR"]
    assert isinstance(tunisia, State)
    assert isinstance(belarus, State)
    assert (tunisia.name, tunisia.aliases, tunisia.region) == ("Tunisia", (), "Northern Africa")
    assert belarus.aliases == ("Byelorussia",)


def test_a_code_is_certain_on_the_day_of_the_edition_and_possible_before(shipped: dict[str, Record]) -> None:
    code = shipped["PRK.identifier.iso3"]
    assert isinstance(code, Identifier)
    span = code.span.bounds()
    assert [span.in_force(day) for day in (date(2024, 11, 1), date(2026, 5, 15), date(2026, 5, 16))] == [
        "possible",
        "definite",
        "presumed",
    ]
    assert code.attested_by[0].locator == "country-codes.csv, row PRK"


def test_a_row_that_cannot_be_read_is_rejected(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "country-codes.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("AFG,AF,4,", "AFG,AF,four,"), encoding="utf-8")
    records, rejects = states(tmp_path)
    assert [(one.row, one.reason) for one in rejects] == [("AFG", "ISO3166-1-numeric 'four' is not a number.")]
    assert len([one for one in records if isinstance(one, State)]) == 248


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SeedFileError, match=r"country-codes\.csv is missing"):
        states(tmp_path)
