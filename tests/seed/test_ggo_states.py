"""States present and former with their episodes: rows read by hand, and rows that are awkward on purpose."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from graph.model import Record
from graph.model.entities import Organization, State
from graph.model.facts import Identifier, Statehood, Succession
from seed.ggo_states import FOLDER, ggo_states
from seed.ggo_states.tables import read_states, to_edtf
from seed.reading import SeedFileError
from seed.rejects import Reject
from seed.states import states

AddRow = Callable[[Path, str, dict[str, str]], Path]
TODAY = frozenset(record.key for record in states()[0])
FILE = "states.csv"


@cache
def _read(folder: Path = FOLDER) -> tuple[dict[str, Record], list[Reject]]:
    records, rejects = ggo_states(TODAY, folder)
    return {record.key: record for record in records}, rejects


def _statehood(found: dict[str, Record], key: str) -> Statehood:
    record = found[key]
    assert isinstance(record, Statehood)
    return record


def test_every_row_is_an_episode_or_rejected() -> None:
    found, rejects = _read()
    episodes = [one for one in found.values() if isinstance(one, Statehood)]
    rows = read_states()
    assert rows.rejects == []
    assert len(rows.rows) == len(episodes) + len(rejects) == 409
    seen = {one.attested_by[0].locator for one in episodes} | {f"{FILE}, row {one.row}" for one in rejects}
    assert seen == {row.place for row in rows.rows.values()}


def test_what_is_rejected() -> None:
    assert {one.row: one.reason for one in _read()[1]} == {
        "TKL 9999-12-31/9999-12-31": "Begin 9999-12-31 is no day: the data set knows no begin.",
        "EUE 1993-01-11/9999-12-31": "The European Union is an organization: its code is loaded, an episode of "
        "independence is not.",
    }


def test_counts() -> None:
    counts = Counter(record.label() for record in _read()[0].values())
    assert counts == {
        "Source": 1,
        "State": 129,
        "Organization": 1,
        "Identifier": 328,
        "Statehood": 407,
        "Succession": 8,
    }


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("DDR", "German Democratic Republic"),
        ("YUG", "Yugoslavia"),
        ("AUH", "Austria-Hungary"),
        ("SCG", "Serbia and Montenegro"),
        ("KOS", "Kosovo"),
        ("SAXE-MEININGEN", "Saxe-Meiningen-Hidburghausen"),
        ("PAPAL-STATES", "Papal States"),
        ("BUGANDA", "Buganda"),
    ],
)
def test_former_states(key: str, name: str) -> None:
    state = _read()[0][key]
    assert isinstance(state, State)
    assert state.name == name


def test_the_soviet_union_is_an_episode_of_russia(shipped: dict[str, Record]) -> None:
    episode = _statehood(_read()[0], "RUS.statehood.1922-12-30")
    assert (episode.of, episode.span.begins, episode.span.ends) == ("RUS", "1922-12-30", "1990-06-12")
    russia = shipped["RUS"]
    assert isinstance(russia, State)
    assert {"Soviet Union", "SUN", "Union of Soviet Socialist Republics", "Russian Empire"} <= set(russia.aliases)
    assert "SUN" not in shipped


def test_two_states_never_share_a_key(shipped: dict[str, Record]) -> None:
    """Codes that the list gives to another state than ISO does, or to two."""
    holders = {
        (one.code, one.of)
        for one in shipped.values()
        if isinstance(one, Identifier) and one.scheme == "ggo" and one.code != one.of
    }
    assert holders == {
        ("ALG", "DZA"),
        ("EUE", "EU"),
        ("SXM", "SAXE-MEININGEN"),
        ("UGA", "BUGANDA"),
        ("VAT", "PAPAL-STATES"),
        ("SRB", "SCG"),
        ("MLI", "MALI-FEDERATION"),
        ("PER", "PERU-BOLIVIA"),
    }
    assert [key for key in ("SXM", "UGA", "VAT") if f"{key}.identifier.ggo" in shipped] == []


def test_a_shared_code_stands_for_one_state_at_a_time(shipped: dict[str, Record]) -> None:
    def stood(on: date) -> list[str]:
        return [
            one.of
            for one in shipped.values()
            if isinstance(one, Identifier)
            and one.code == "SRB"
            and one.scheme == "ggo"
            and one.span.bounds().in_force(on)
        ]

    assert stood(date(2000, 1, 1)) == ["SCG"]
    assert stood(date(2020, 1, 1)) == ["SRB"]


def test_germany_has_no_episode_after_1990(shipped: dict[str, Record]) -> None:
    """What the data set leaves out is not made up."""
    episodes = [one for one in shipped.values() if isinstance(one, Statehood) and one.of in {"DEU", "DDR"}]
    assert {(one.of, one.span.begins, one.span.ends) for one in episodes} == {
        ("DEU", "1949-05-23", "1990-10-02"),
        ("DDR", "1954-03-25", "1990-10-02"),
    }
    assert "CSK" not in shipped


def test_an_episode_read_by_hand() -> None:
    albania = _statehood(_read()[0], "ALB.statehood.1913-07-29")
    assert (albania.began_by, albania.ended_by) == ("secession", "occupation")
    (seen,) = albania.attested_by
    assert seen.quote == "Basis: Secession?; Grounds: Occupation"
    assert seen.locator == "states.csv, row ALB 1913-07-29/1939-04-09"
    # The convention is not said: the day of the end may still belong to it.
    assert albania.span.bounds().days() == (
        date(1913, 7, 29), date(1913, 7, 29), date(1939, 4, 9), date(1939, 4, 9), date(1939, 4, 10),
    )  # fmt: skip


def test_who_is_independent_today_is_so_on_the_day_of_the_edition() -> None:
    span = _statehood(_read()[0], "PRK.statehood.1948-09-09").span.bounds()
    assert [span.in_force(day) for day in (date(1950, 1, 1), date(2025, 10, 20), date(2025, 10, 21))] == [
        "definite",
        "definite",
        "presumed",
    ]


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("1919-08-08", "1919-08-08"),
        ("0843", "0843"),
        ("753 BC", "-0752"),
        ("1490-01-01~", "1490~"),
        ("1888-12-31~", "1888~"),
        ("1895-09-30~", "1895-09-30~"),
        ("1886-11-19?", "1886-11-19?"),
    ],
)
def test_days(written: str, edtf: str) -> None:
    assert to_edtf(written) == edtf


def test_a_day_that_is_read_otherwise_keeps_its_words() -> None:
    rome = _statehood(_read()[0], "ITA.statehood.753-BC")
    assert (rome.span.begins, rome.span.as_written) == ("-0752", "753 BC/9999-12-31")
    assert rome.span.bounds().begins_latest == date.min


def test_words_outside_the_codebook() -> None:
    found, _ = _read()
    belgium, azerbaijan, moldova = (
        _statehood(found, key) for key in ("BEL.statehood.1945-06-26", "AZE.statehood.1918-05-28", "MDA.statehood.1346")
    )
    assert belgium.began_by == "liberation"
    assert (azerbaijan.ended_by, azerbaijan.attested_by[0].quote) == (
        "other",
        "Basis: Dissolution; Grounds: Incorporation",
    )
    assert moldova.ended_by == "colonisation"


def test_rows_that_cannot_both_hold_contradict_each_other() -> None:
    rivals = {
        one.key: [other.fact for other in one.contradicts]
        for one in _read()[0].values()
        if isinstance(one, Statehood) and one.contradicts
    }
    assert rivals == {
        "ETH.statehood.1855-02-11": ["ETH.statehood.1270-01-01"],
        "GRC.statehood.1944-10-13": ["GRC.statehood.1827-05-17"],
        "GWA.statehood.1816-01-01": ["GWA.statehood.1731-01-01"],
        "MNE.statehood.1852-03-13_1918-12-01": ["MNE.statehood.1852-03-13_1918-11-28"],
        "SIC.statehood.1816-12-12": ["SIC.statehood.1815-01-01"],
        "UPR.statehood.1568-02-24": ["UPR.statehood.1615-01-01"],
    }


def test_successions_are_those_the_rows_speak_of() -> None:
    found = {
        (one.predecessor, one.successor, one.kind.value, one.ends_predecessor, one.day.edtf)
        for one in _read()[0].values()
        if isinstance(one, Succession)
    }
    assert found == {
        ("UPC", "CRI", "secession", False, "1838-11-05"),
        ("CHN", "DRV", "secession", False, "0939-01-01"),
        ("OMN", "EAZ", "secession", False, "1856-01-01"),
        ("ESP", "NLD", "secession", False, "1581-07-26"),
        ("KON", "OVB", "secession", False, "1556-01-01"),
        ("RUS", "TJK", "secession", False, "1991-09-09"),
        ("GCL", "COL", "dissolution", True, "[1830-01-01..1831-11-19]"),
        ("SCG", "SRB", "dissolution", True, "2006-06-05"),
    }


def test_the_union_is_an_organization() -> None:
    union = _read()[0]["EU"]
    assert isinstance(union, Organization)


def test_keys_stand_in_urls() -> None:
    assert [key for key in _read()[0] if not re.fullmatch(r"[A-Za-z0-9._~-]+", key)] == []


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Begin": "1900-01-01", "End": "1899-12-31"}, "ends before it begins"),
        ({"Begin": "1900-13-01", "End": "1950"}, "is not a day that exists"),
        ({"Begin": "", "End": "1950"}, "no EDTF date|is not a day"),
        ({"Begin": "1900", "End": "1950", "Basis": "Purchase?"}, "Basis 'Purchase' is unknown"),
        ({"Begin": "1900", "End": "1950", "Grounds": "Sale"}, "Grounds 'Sale' is unknown"),
        ({"Begin": "19??", "End": "1950", "stateID": "SRB"}, "'19..' is not a day"),
        ({"Begin": "1900", "End": "1950", "stateID": "Atlantis"}, "stateID 'Atlantis' is no code"),
    ],
)
def test_an_awkward_row_is_rejected_with_its_reason(add_row: AddRow, cells: dict[str, str], reason: str) -> None:
    before, known = _read()
    after, rejects = _read(add_row(FOLDER, FILE, {"stateID": "AFG", "StateName": "Afghanistan"} | cells))
    (rejected,) = [one for one in rejects if one not in known]
    assert re.search(reason, rejected.reason)
    assert (rejected.file, rejected.line) == (FILE, 411)
    assert {key for key in after if "statehood" in key} == {key for key in before if "statehood" in key}


def test_a_state_without_a_name_has_its_key(add_row: AddRow) -> None:
    after, _ = _read(add_row(FOLDER, FILE, {"stateID": "ZZZ", "Begin": "1900", "End": "1950"}))
    state = after["ZZZ"]
    assert isinstance(state, State)
    assert state.name == "ZZZ"


def test_a_row_that_stands_twice_is_rejected(add_row: AddRow) -> None:
    row = {"stateID": "TEX", "Begin": "1839-01-14", "End": "1846-02-19"}
    _, rejects = _read(add_row(FOLDER, FILE, row))
    assert "There are two rows 'TEX 1839-01-14/1846-02-19'." in {one.reason for one in rejects}


def test_a_comment_that_no_longer_says_it_makes_no_succession(tmp_path: Path) -> None:
    text = (FOLDER / FILE).read_text(encoding="utf-8").replace("Independence from China", "Independence")
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    found, rejects = _read(tmp_path)
    assert "DRV.succession.CHN" not in found
    assert any(one.row.startswith("DRV") for one in rejects)


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SeedFileError, match=r"states\.csv is missing"):
        _read(tmp_path)
