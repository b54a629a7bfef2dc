"""The shipped files of GGO agreements and parties, counted: what is odd in them, and that each row has one fate."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice

import pytest

from graph.model import Record
from seed.check import find_faults
from seed.ggo_agreements import SHIPPED, SOURCE, groups_of
from seed.ggo_agreements.account import REVERSED, UNKNOWN_BEGINS
from seed.ggo_agreements.actors import ORGANIZATIONS
from seed.ggo_agreements.agreements import described, known_as
from seed.ggo_agreements.tables import AGREEMENTS, PARTIES, Files, read_files
from seed.importing.codes import Codes
from seed.importing.mapped import Group


@cache
def _files() -> Files:
    return read_files(*SHIPPED)


def test_what_is_odd_in_the_shipped_files() -> None:
    files = _files()
    assert files.rows == {"agreements.csv": 4532, "parties.csv": 98320}
    assert files.rejects == []
    assert len(files.agreements) == 4301
    shared = [len(rows) for rows in files.agreements.values() if len(rows) > 1]
    assert (len(shared), sum(shared)) == (181, 412)
    orphans = {treaty: rows for treaty, rows in files.parties.items() if treaty not in files.agreements}
    assert (len(orphans), sum(map(len, orphans.values()))) == (339, 6084)
    assert sum(row.unknown_begins for rows in files.parties.values() for row in rows) == 1234
    assert sum(row.unknown_begins for rows in files.agreements.values() for row in rows) == 3
    assert {row.line.id: row.line.faults for rows in files.agreements.values() for row in rows if row.line.faults} == {
        "GRC-LBN_2004P": _left_out("Force", "0014-022005"),
        "MOZ-SWZ_2002A": _left_out("End", "2010-XX-XX-"),
        "POL-PPR_1969A": _left_out("End", "1972-06-31?"),
    } | dict.fromkeys(
        ("POL-PPR_1970A", "POL-PPR_1971N", "POL-PPR_1972N69", "POL-PPR_1973A", "POL-PPR_1975A"),
        "End is left out of it: '1976-06-31' is not a day that exists.",
    )


def test_a_short_name_is_of_one_agreement_and_no_title_of_another() -> None:
    titles: dict[str, set[str]] = {}
    for treaty, rows in _files().agreements.items():
        for title in (one for row in rows for one in (row.title, row.title_alt) if one):
            titles.setdefault(title.casefold(), set()).add(treaty)
    names = [(name.casefold(), treaty) for treaty, short in known_as().items() for name in short]
    assert len(dict(names)) == len(names)
    assert {treaty for _, treaty in names} <= _files().agreements.keys()
    assert {name: others for name, treaty in names if (others := titles.get(name, set()) - {treaty})} == {}
    rows = _files().agreements["UNNFCC_1997P:UNFCCC_1992A"]
    assert described("UNNFCC_1997P:UNFCCC_1992A", rows).aliases == ("Kyoto Protocol",)


def _left_out(column: str, day: str) -> str:
    return f"{column} is left out of it: {day!r} is not a day that exists, nor any other EDTF date."


def test_a_slice_of_the_shipped_files(shipped: dict[str, Record], codes: Codes) -> None:
    files = _files()
    some = list(islice(groups_of(files, codes), 700))
    _account_for_all(some, files)
    records = [record for group in some for record in group.records]
    assert find_faults([*shipped.values(), SOURCE, *records]).sentences() == []


def _account_for_all(groups: Iterable[Group], files: Files) -> Mapping[str, Counter[str]]:
    """See that each row of each group has one fate; return the fates by file."""
    fates = {table.file: Counter[str]() for table in (AGREEMENTS, PARTIES)}
    for group in groups:
        for table, rows in ((AGREEMENTS, files.agreements), (PARTIES, files.parties)):
            fate = Counter(
                loaded=group.loaded.get(table.file, 0),
                merged=sum(one.file == table.file for one in group.merged),
                rejected=sum(one.file == table.file for one in group.rejects),
            )
            assert fate.total() == len(rows.get(group.name, ())), group.name
            fates[table.file].update(fate)
        keys = {record.key for record in group.records}
        assert keys >= {one.into for one in group.merged}
    return fates


@pytest.mark.prove
def test_all_of_the_shipped_files(shipped: dict[str, Record], codes: Codes) -> None:
    files = _files()
    groups = list(groups_of(files, codes))
    assert _account_for_all(groups, files) == {
        "agreements.csv": {"loaded": 4452, "merged": 72, "rejected": 8},
        "parties.csv": {"loaded": 87881, "merged": 4057, "rejected": 6382},
    }
    records = [record for group in groups for record in group.records]
    assert find_faults([*shipped.values(), SOURCE, *records]).sentences() == []
    assert Counter(record.label() for record in records) == {
        "Organization": len(ORGANIZATIONS),
        "Agreement": 4301,
        "Identifier": 4301,
        "Term": 358,
        "Act": 163434,
        "Participation": 29473,
    }
    noted = sum((Counter(group.noted) for group in groups), Counter[str]())
    assert noted == {
        f"parties.csv: {REVERSED}": 6473,
        f"parties.csv: {UNKNOWN_BEGINS}": 1234,
        f"agreements.csv: {UNKNOWN_BEGINS}": 3,
    }
