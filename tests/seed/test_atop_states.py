"""Numbers of the Correlates of War system: our own table, and a list of states made by hand in the true form."""

from datetime import date
from pathlib import Path

import pytest

from graph.model import Record
from graph.model.entities import State
from graph.model.facts import Identifier
from graph.model.vocabulary import IdentifierScheme
from seed.cow_states import COW_STATES
from seed.cow_states.numbers import holder_on, holders
from seed.importing.codes import Codes
from seed.importing.mapped import Group
from seed.reading import SeedFileError

FILE = Path(__file__).parent / "atop" / "states2016.csv"


def grouped(path: Path = FILE) -> tuple[int, list[Group]]:
    found = COW_STATES.map([path], Codes([]))
    return found.rows[path.name], list(found.groups)


def codes(path: Path = FILE) -> dict[str, Identifier]:
    found = [record for group in grouped(path)[1] for record in group.records]
    return {one.key: one for one in found if isinstance(one, Identifier)}


def test_the_table_names_states_that_are_shipped(shipped: dict[str, Record]) -> None:
    named = {one.key for some in holders().values() for one in some if one.key}
    assert named <= {key for key, one in shipped.items() if isinstance(one, State)}


def test_a_number_passes_from_one_state_to_the_next_without_a_gap() -> None:
    for some in holders().values():
        assert [one.ends for one in some[:-1]] == [one.begins for one in some[1:]] or len(some) == 1


@pytest.mark.parametrize(
    ("number", "day", "key"),
    [
        ("345", date(1914, 7, 28), "YUG"),
        ("345", date(1999, 3, 24), "SCG"),
        ("345", date(2010, 1, 1), "SRB"),
        ("300", date(1859, 4, 29), "AUT"),
        ("300", date(1879, 10, 7), "AUH"),
        ("305", date(1936, 1, 1), "AUT"),
        ("255", date(1815, 9, 26), "DEU"),
        ("260", date(1955, 5, 6), "DEU"),
        ("265", None, "DDR"),
        ("365", date(1955, 5, 14), "RUS"),
        ("315", date(1948, 2, 1), "CZE"),
        ("678", date(1958, 3, 8), "YAR"),
        ("679", date(1995, 1, 1), "YEM"),
        ("680", None, "YPR"),
        ("816", date(1965, 1, 1), "VNM"),
        ("817", date(1965, 1, 1), "RVN"),
        ("100", date(1823, 10, 3), "GCL"),
        ("327", date(1850, 1, 1), "PAPAL-STATES"),
        ("329", date(1850, 1, 1), "SIC"),
    ],
)
def test_whom_a_number_stands_for_on_a_day(number: str, day: date | None, key: str) -> None:
    assert holder_on(number, day).key == key


@pytest.mark.parametrize(
    ("number", "day", "says"),
    [
        ("999", None, "State number '999' is not known here."),
        ("345", None, "may stand for Yugoslavia or Serbia and Montenegro or Serbia: no day tells which."),
        ("730", date(1904, 1, 1), "State number 730 is Korea, which is no state of the graph"),
    ],
)
def test_a_number_that_tells_no_state(number: str, day: date | None, says: str) -> None:
    with pytest.raises(ValueError, match=r"State number") as told:
        holder_on(number, day)
    assert says in str(told.value)


def test_a_row_is_a_code_with_its_days_and_an_end_of_the_edition_is_none() -> None:
    days = {
        key: (one.of, one.span.begins, one.span.ends, str(one.span.ends_are), one.span.verified_on)
        for key, one in codes().items()
    }
    until, edition = "last_day_with", date(2016, 12, 31)
    assert days == {
        "USA.identifier.cow.2.1816-01-01": ("USA", "1816-01-01", "open", until, edition),
        "FRA.identifier.cow.220.1944-08-26": ("FRA", "1944-08-26", "open", until, edition),
        "DEU.identifier.cow.255.1816-01-01": ("DEU", "1816-01-01", "1945-05-08", until, None),
        "DEU.identifier.cow.255.1990-10-03": ("DEU", "1990-10-03", "open", until, edition),
        "DEU.identifier.cow.260.1955-05-05": ("DEU", "1955-05-05", "1990-10-02", until, None),
        "AUT.identifier.cow.300.1816-01-01": ("AUT", "1816-01-01", "1867-03-29", until, None),
        "AUH.identifier.cow.300.1867-03-30": ("AUH", "1867-03-30", "1918-11-12", until, None),
        "CZE.identifier.cow.315.1945-05-10": ("CZE", "1945-05-10", "1992-12-31", until, None),
        "YUG.identifier.cow.345.1944-10-20": ("YUG", "1944-10-20", "1992-04-26", until, None),
        "SCG.identifier.cow.345.1992-04-27": ("SCG", "1992-04-27", "2006-06-04", until, None),
        "SRB.identifier.cow.345.2006-06-05": ("SRB", "2006-06-05", "open", until, edition),
    }


def test_codes_tell_whom_a_number_stood_for() -> None:
    known = Codes.of(codes().values())
    assert known.key(IdentifierScheme.COW, "345", date(1999, 1, 1)) == "SCG"
    assert known.key(IdentifierScheme.COW, "260", date(1990, 10, 2)) == "DEU"
    assert known.key(IdentifierScheme.COW, "260", date(1990, 10, 3)) is None


def test_a_code_is_attested_by_its_row() -> None:
    seen = codes()["DEU.identifier.cow.260.1955-05-05"].attested_by[0]
    assert (seen.locator, seen.quote) == ("version 2016, ccode 260 of 1955", "GFR German Federal Republic")


def test_every_row_is_loaded_merged_or_rejected_once() -> None:
    rows, groups = grouped()
    loaded = sum(sum(group.loaded.values()) for group in groups)
    merged = [one.row for group in groups for one in group.merged]
    rejects = {one.line: one.reason for group in groups for one in group.rejects}
    assert (rows, loaded, merged) == (14, 8, ["2.1816"])
    assert rejects == {
        10: "State number 730 is Korea, which is no state of the graph: Korea until 1905; the graph has no such state.",
        11: "State number '999' is not known here.",
        12: "1942-11-31 is not a day that exists.",
        14: "Line 13 has the same number and first year, and says otherwise.",
        15: "It has 5 cells where the header has 10.",
    }


def test_a_mark_in_front_other_line_ends_and_large_letters_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "states.csv"
    header, _, rows = FILE.read_text(encoding="utf-8").partition("\n")
    path.write_bytes(f"\ufeff{header.upper()}\n{rows}".replace("\n", "\r\n").encode())
    assert codes(path) == codes()


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "states.csv"
    path.write_text("ccode,statenme\n2,United States\n", encoding="utf-8")
    with pytest.raises(SeedFileError, match="is not a COW list of states: its header lacks endday"):
        grouped(path)
    path.write_bytes(b"ccode\n\xff\n")
    with pytest.raises(SeedFileError, match="is not UTF-8 text"):
        grouped(path)
