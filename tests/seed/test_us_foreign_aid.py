"""US foreign aid: every row of the shipped file accounted for, and rows that are awkward, by hand."""

import gzip
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from graph.codes import Code
from graph.model import Record
from graph.model.facts import Contribution
from graph.model.vocabulary import IdentifierScheme, Stage
from seed.importing.codes import Codes
from seed.importing.mapped import Group
from seed.load import shipped_records
from seed.reading import SeedFileError
from seed.us_foreign_aid import FILE, SHIPPED, TABLE, US_FOREIGN_AID

AFGHANISTAN = ("AFG", "Afghanistan")


@cache
def _shipped() -> tuple[dict[str, Record], tuple[Group, ...]]:
    mapped = US_FOREIGN_AID.map(SHIPPED, Codes.of(shipped_records()[0]))
    groups = tuple(mapped.groups)
    assert mapped.rows == {FILE: 15_294}
    return {record.key: record for group in groups for record in group.records}, groups


def _of_shipped(key: str) -> Contribution:
    record = _shipped()[0][key]
    assert isinstance(record, Contribution)
    return record


def _row(who: tuple[str, str], year: str, stage: str = "Obligations", current: str = "5", constant: str = "7") -> str:
    code, name = who
    return f'{code},"{name}",7,World,NULL,NULL,2,{stage},{year},{current},{constant}'


def _map(path: Path, *rows: str) -> list[Group]:
    """Map a file of these rows, packed where its name says so."""
    text = "\r\n".join([",".join(TABLE.header), *rows, ""])
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    known = Code(IdentifierScheme.ISO3, "AFG", "AFG", date.min, date.max)
    mapped = US_FOREIGN_AID.map([path], Codes([known]))
    groups = list(mapped.groups)
    told = sum(sum(group.loaded.values()) + len(group.rejects) for group in groups)
    assert mapped.rows == {FILE: told} == {FILE: len(rows)}
    return groups


def _rejected(groups: list[Group]) -> list[str]:
    return [reject.reason for group in groups for reject in group.rejects]


def test_every_row_of_the_shipped_file_is_accounted_for() -> None:
    found, groups = _shipped()
    loaded = sum(group.loaded.get(FILE, 0) for group in groups)
    reasons = Counter(reject.reason.partition(" is ")[2] for group in groups for reject in group.rejects)
    assert reasons == {
        "no state.": 1_669,
        "no state: a part of one, or not of any.": 58,
        "known by the code ggo:CSK (Czechoslovakia (former)).": 11,
        "known by the code iso3:ANT (Netherlands Antilles (former)).": 23,
        "known by the code iso3:PIT (Pacific Island Trust Territory).": 9,
    }
    assert loaded + reasons.total() == 15_294
    assert len(found) == sum(len(group.records) for group in groups) == 2 * loaded == 27_048


def test_the_groups_are_countries() -> None:
    groups = _shipped()[1]
    assert len({group.name for group in groups}) == len(groups) == 253
    assert all(
        len({record.to for record in group.records if isinstance(record, Contribution)}) <= 1 for group in groups
    )


def test_stages_are_told_apart_and_not_linked() -> None:
    found = [record for record in _shipped()[0].values() if isinstance(record, Contribution)]
    assert all(one.by == ("USA",) and not one.follows and one.part_of is None for one in found)
    assert Counter((one.stage, one.stage_as_written) for one in found) == {
        (Stage.ALLOCATED, "Obligations"): 19_426,
        (Stage.DELIVERED, "Disbursements"): 7_622,
    }


def test_aid_makes_no_commitment() -> None:
    assert {record.label() for record in _shipped()[0].values()} == {"Contribution"}


def test_current_and_constant_dollars_are_two_units() -> None:
    amounts = {basis: _of_shipped(f"usaid.ABW.1999.obligations.{basis}").quantity for basis in ("current", "constant")}
    assert {basis: (one.best, one.unit) for basis, one in amounts.items() if one} == {
        "current": (Decimal(19_000), "USD current"),
        "constant": (Decimal(27_957), "USD constant 2019"),
    }


def test_fiscal_years_are_spans() -> None:
    spans = {
        year: (one.span.bounds().begins_earliest, one.span.bounds().ends_latest)
        for year in ("1976", "1976tq", "1977")
        for one in (_of_shipped(f"usaid.AFG.{year}.obligations.current"),)
    }
    assert spans == {
        "1976": (date(1975, 7, 1), date(1976, 7, 1)),
        "1976tq": (date(1976, 7, 1), date(1976, 10, 1)),
        "1977": (date(1976, 10, 1), date(1977, 10, 1)),
    }


def test_negative_amounts_stay_negative() -> None:
    negative = [
        record.key
        for record in _shipped()[0].values()
        if isinstance(record, Contribution) and record.quantity and record.quantity.best and record.quantity.best < 0
    ]
    assert len(negative) == 2 * 71


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("usaid.CS-KM.2021.obligations.current", "KOS"),
        ("usaid.DDR.1955.obligations.current", "DDR"),
        ("usaid.LUX.1986.obligations.current", "LUX"),
        ("usaid.RVN.1970.obligations.current", "RVN"),
        ("usaid.SCG.2018.obligations.current", "SCG"),
        ("usaid.SDF.2015.disbursements.current", "SDN"),
        ("usaid.SUN.1990.obligations.current", "RUS"),
        ("usaid.UGA.2021.obligations.current", "UGA"),
        ("usaid.YMD.1975.obligations.current", "YPR"),
        ("usaid.YUF.1990.obligations.current", "YUG"),
    ],
)
def test_former_and_odd_codes(key: str, state: str) -> None:
    assert _of_shipped(key).to == (state,)


def test_a_region_is_no_state(tmp_path: Path) -> None:
    groups = _map(tmp_path / FILE, _row(("ASN", "Asia Region"), "1976tq"), _row(AFGHANISTAN, "1950"))
    assert [(reject.line, reject.row, reject.reason) for group in groups for reject in group.rejects] == [
        (2, "ASN 1976tq Obligations", "Asia Region is no state.")
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (_row(AFGHANISTAN, "1950", "Loans"), "transaction_type_name 'Loans' is neither Obligations nor Disbursements."),
        (_row(AFGHANISTAN, "1950", current="", constant=""), "It has no amount."),
        (_row(AFGHANISTAN, "1950", current="5 million"), "current_amount '5 million' is not a number."),
        (_row(AFGHANISTAN, "1976TQ"), "'1976TQ' is no fiscal year; write 1976, 1976tq or 1977."),
        (_row(("NULL", "Saarland"), "1950"), "Saarland has no code, and no mapping knows it."),
        (_row(("NLD", "Netherlands"), "1950"), "No state is known by the code iso3:NLD (Netherlands)."),
        ("AFG,Afghanistan,1950", "It has 3 cells where 11 are expected."),
    ],
)
def test_rows_that_are_rejected(tmp_path: Path, row: str, reason: str) -> None:
    assert _rejected(_map(tmp_path / FILE, row)) == [reason]


def test_a_rejected_row_leaves_nothing_behind(tmp_path: Path) -> None:
    (group,) = _map(tmp_path / FILE, _row(AFGHANISTAN, "1950", constant="9" * 30))
    assert (group.records, len(group.rejects)) == ((), 1)


def test_a_second_row_for_the_same_is_rejected(tmp_path: Path) -> None:
    again = _row(AFGHANISTAN, "1950", current="6")
    assert _rejected(_map(tmp_path / FILE, _row(AFGHANISTAN, "1950"), again)) == [
        "There are two rows 'AFG 1950 Obligations'."
    ]


def test_the_same_rows_make_the_same_records_under_any_name(tmp_path: Path) -> None:
    rows = [_row(AFGHANISTAN, year) for year in ("1950", "1951")]
    plain, packed = (_map(tmp_path / name, *rows) for name in ("edition-2024.csv", "aid.csv.gz"))
    assert plain == packed


def test_constant_dollars_without_a_year_of_their_own(tmp_path: Path) -> None:
    """No year's prices are the constant ones in a file without that year."""
    (group,) = _map(tmp_path / FILE, _row(AFGHANISTAN, "1950"))
    units = [record.quantity.unit for record in group.records if isinstance(record, Contribution) and record.quantity]
    assert units == ["USD current", "USD constant"]


def test_one_amount_is_kept_without_the_other(tmp_path: Path) -> None:
    (group,) = _map(tmp_path / FILE, _row(AFGHANISTAN, "1950", constant=""))
    assert [record.key for record in group.records] == ["usaid.AFG.1950.obligations.current"]


@pytest.mark.parametrize("name", ["aid.csv.xz", "aid.csv.gz"])
def test_what_cannot_be_unpacked(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"code,name\n")
    with pytest.raises(SeedFileError, match="cannot be unpacked"):
        US_FOREIGN_AID.map([tmp_path / name], Codes([]))


def test_another_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("code,name\n", encoding="utf-8")
    with pytest.raises(SeedFileError, match="The header of"):
        US_FOREIGN_AID.map([tmp_path / FILE], Codes([]))
