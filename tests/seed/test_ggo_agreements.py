"""GGO agreements and parties: awkward rows made by hand, with what becomes of each."""

import csv
import gzip
import lzma
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from graph.derive import derive
from graph.model import Fact, Record
from graph.model.entities import Agreement
from graph.model.facts import Act, Participation, Term
from seed.ggo_agreements import GGO_AGREEMENTS, map_files
from seed.ggo_agreements.account import REVERSED, UNKNOWN_BEGINS
from seed.ggo_agreements.agreements import safe
from seed.ggo_agreements.tables import AGREEMENTS, PARTIES
from seed.importing.codes import Codes
from seed.importing.mapped import Group
from seed.reading import SeedFileError

OPEN = "9999-12-31"


def _rows(columns: Sequence[str], text: str) -> list[dict[str, str]]:
    """Read lines of cells between bars, in the order of the columns; a dot stands for nothing."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [{name: "" if cell == "." else cell for name, cell in zip(columns, cells, strict=True)} for cells in lines]


AGREEMENT_ROWS = _rows(
    ("treatyID", "Title", "Begin", "End", "Signature", "Force", "Term", "TypeDomain", "TypeAgree", "TypeSubject"),
    """
    NPT_1968A | On Weapons | 1968-07-01 | 9999-12-31 | 1968-07-01 | 1970-03-05 | . | Security | Agreement | Arms
    TWO_1922A | Second | 1922-10-21 | . | 1922-10-21 | 1924-07-02 | . | . | Agreement | Seals
    TWO_1922A | First | 1922-09-20 | 1934-07-02 | 1922-09-20 | 1922-11-20 | 1934-07-02 | . | Agreement | .
    TWO_1922A | First | 1922-09-20 | 1934-07-02 | 1922-09-20 | 1922-11-20 | 1934-07-02 | . | Agreement | .
    TWO_1990E:NPT_1968A | Of the first | 1990-01-01 | . | 1990-01-01 | 9999-12-31 | . | . | Amendment | .
    POL-PPR_1969A | Wrong day | 1969-01-01 | 1972-06-31? | 1969-01-01 | 1969-02-01 | 1972-06-31? | . | MOU | .
    FRA-GBR_1800N | Notes | 1800-01-01 | 1900-01-01 | 1800-01-01 | . | 1900-01-01 | . | Agreement | .
    RNG_1981A | Range | 1981-09..1981-10 | . | 1981-09..1981-10 | . | . | . | Report | .
    """,
)
PARTY_ROWS = _rows(
    ("stateID", "treatyID", "Begin", "End", "StateSignature", "StateRatification", "StateForce", "StateEnd"),
    """
    PRK | NPT_1968A | 1968-07-01 | . | . | 1985-12-11 | 1985-12-11 | 9999-12-31
    PRK | NPT_1968A | 1968-07-01 | . | . | 1985-12-11 | 1985-12-11 | 9999-12-31
    ISL | NPT_1968A | 1968-07-01 | . | 1968-07-01 | . | 1970-03-05 | 1992-06-30
    ISL | NPT_1968A | 1968-07-01 | . | 1968-07-01 | . | 2002-10-10 | 9999-12-31
    NLD | NPT_1968A | 1968-07-01 | . | . | . | 1970-01-01 | 1980-01-01
    NLD | NPT_1968A | 1968-07-01 | . | . | . | 1985-01-01 | 1990-01-01
    NLD | NPT_1968A | 1968-07-01 | . | . | . | 1985-01-01 | 1980-01-01
    NLD | NPT_1968A | 1968-07-01 | . | . | . | 1970-01-01 | 1990-01-01
    ATG | NPT_1968A | 1968-07-01 | . | . | . | 1982-07-21 | 9999-12-31
    ATG | NPT_1968A | 1968-07-01 | . | . | . | 2003-06-17 | 1970-06-30
    FRA | NPT_1968A | 1968-07-01 | . | 1968-07-01 | . | . | 9999-12-31
    GBR | NPT_1968A | 1968-07-01 | . | . | . | . | 9999-12-31
    USA | NPT_1968A | 1968-07-01 | . | . | . | 1970-03-05 | 1980-01-01
    USA | NPT_1968A | 1968-07-01 | . | . | . | 1970-03-05 | 9999-12-31
    ALG | NPT_1968A | 1968-07-01 | . | . | 1990-01-01 | 9999-12-31 | .
    DZA | NPT_1968A | 1968-07-01 | . | . | 1990-01-01 | . | .
    UGA | NPT_1968A | 1968-07-01 | . | . | 1982-10 | . | .
    EUU | NPT_1968A | 1968-07-01 | . | 1993-05 | . | . | .
    IO-IAEA | NPT_1968A | 1968-07-01 | . | 1975-05-03? | . | . | .
    Bayern  | NPT_1968A | 1968-07-01 | . | 1968-07-01 | . | . | .
    SWE | NPT_1968A | 1968-07-01 | . | . | . | . | .
    SWE | NPT_1968A | 1968-07-01 | . | . | . | 9999-12-31 | .
    DNK | NPT_1968A | 1968-07-01 | . | 1968-07-01 | . | . | 2020-99-99
    SRB | TWO_1922A | 1922-09-20 | . | 1922-09-20 | . | . | 1999-06-30
    SRB | TWO_1922A | 1922-09-20 | . | 1922-10-21 | . | . | .
    FRA | FRA-GBR_1800N | 1800-01-01 | 1900-01-01 | 1800-01-01 | . | 1800-02-01 | 1900-01-01
    GBR | FRA-GBR_1800N | 1800-01-01 | 1900-01-01 | . | . | . | 1900-01-01
    FRA | GONE_1900A | 1900-01-01 | . | 1900-01-01 | . | . | .
    """,
)


def _written(path: Path, header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("ggo")
    return (
        _written(folder / "a.csv", AGREEMENTS.header, AGREEMENT_ROWS),
        _written(folder / "p.csv", PARTIES.header, PARTY_ROWS),
    )


@pytest.fixture(scope="module")
def groups(paths: tuple[Path, Path], codes: Codes) -> dict[str, Group]:
    return {group.name: group for group in map_files(paths, codes).groups}


def _parties(group: Group) -> dict[str, list[tuple[str, str, str]]]:
    """Derive who is party, on which days, and how sure that is."""
    facts = [record for record in group.records if isinstance(record, Fact)]
    unit = next(record.key for record in group.records if isinstance(record, Agreement))
    found: dict[str, list[tuple[str, str, str]]] = {}
    for piece in sorted(derive(unit, facts), key=lambda one: str(one.fields["holds_from"])):
        days = str(piece.fields["holds_from"]), str(piece.fields["holds_until"])
        found.setdefault(piece.start, []).append((str(piece.fields["in_force"]), *days))
    return found


def test_groups_are_agreements_and_what_is_amended_comes_first(groups: dict[str, Group]) -> None:
    assert list(groups) == [
        "organizations among the parties",
        "FRA-GBR_1800N",
        "GONE_1900A",
        "NPT_1968A",
        "POL-PPR_1969A",
        "RNG_1981A",
        "TWO_1922A",
        "TWO_1990E:NPT_1968A",
    ]
    (amends,) = (one for one in groups["TWO_1990E:NPT_1968A"].records if isinstance(one, Term))
    assert (amends.of, amends.concerns) == ("ggo.TWO_1990E~NPT_1968A", ("ggo.NPT_1968A",))


def test_every_row_has_one_fate(paths: tuple[Path, Path], codes: Codes) -> None:
    mapped = map_files(paths, codes)
    loaded, merged, rejected = Counter[str](), Counter[str](), Counter[str]()
    for group in mapped.groups:
        loaded.update(group.loaded)
        merged.update(one.file for one in group.merged)
        rejected.update(one.file for one in group.rejects)
    assert mapped.rows == {"agreements.csv": 8, "parties.csv": 28}
    assert loaded == {"agreements.csv": 6, "parties.csv": 19}
    assert merged == {"agreements.csv": 1, "parties.csv": 4}
    assert rejected == {"agreements.csv": 1, "parties.csv": 5}


def test_what_is_rejected(groups: dict[str, Group]) -> None:
    nothing = "It gives no day of an act that is known, and does not say that it was in force when checked."
    assert {(one.file, one.line, one.row, one.reason) for group in groups.values() for one in group.rejects} == {
        (
            "agreements.csv",
            7,
            "POL-PPR_1969A",
            "End is left out of it: '1972-06-31?' is not a day that exists, nor any other EDTF date.",
        ),
        ("parties.csv", 21, "Bayern NPT_1968A", "stateID 'Bayern' is the code of nobody who is recorded."),
        ("parties.csv", 22, "SWE NPT_1968A", nothing),
        ("parties.csv", 23, "SWE NPT_1968A", nothing),
        (
            "parties.csv",
            24,
            "DNK NPT_1968A",
            "StateEnd is left out of it: '2020-99-99' is not a day that exists, nor any other EDTF date.",
        ),
        ("parties.csv", 29, "FRA GONE_1900A", "No row of agreements.csv has treatyID 'GONE_1900A'."),
    }


def test_what_is_merged_is_in_the_record_named(groups: dict[str, Group]) -> None:
    assert [(one.line, one.into) for group in groups.values() for one in group.merged] == [
        (28, "ggo.FRA-GBR_1800N.termination.1900-01-01"),
        (17, "ggo.NPT_1968A.DZA.ratification.1990-01-01"),
        (7, "ggo.NPT_1968A.NLD.entry-into-force.1985-01-01"),
        (3, "ggo.NPT_1968A.PRK.ratification.1985-12-11"),
        (5, "ggo.TWO_1922A"),
    ]


def test_what_is_noted(groups: dict[str, Group]) -> None:
    assert groups["NPT_1968A"].noted == {f"parties.csv: {REVERSED}": 2, f"parties.csv: {UNKNOWN_BEGINS}": 2}
    assert groups["TWO_1990E:NPT_1968A"].noted == {f"agreements.csv: {UNKNOWN_BEGINS}": 1}


def test_parties_derived(groups: dict[str, Group]) -> None:
    found = _parties(groups["NPT_1968A"])
    assert found["PRK"] == [("definite", "1985-12-11", "1985-12-12"), ("presumed", "1985-12-12", OPEN)]
    # Left and back: two spells with a gap.
    assert found["ISL"] == [
        ("pending", "1968-07-01", "1970-03-05"),
        ("definite", "1970-03-05", "1992-06-30"),
        ("definite", "2002-10-10", "2002-10-11"),
        ("presumed", "2002-10-11", OPEN),
    ]
    # All combinations of two days make one spell, of which neither begin nor end is sure.
    assert found["NLD"] == [("possible", "1970-01-01", "1990-01-01")]
    # An end long before every begin ends nothing; two begins are one uncertain day.
    assert found["ATG"] == [
        ("possible", "1982-07-21", "2003-06-17"),
        ("definite", "2003-06-17", "2003-06-18"),
        ("presumed", "2003-06-18", OPEN),
    ]


def test_in_force_when_checked_without_days(groups: dict[str, Group]) -> None:
    found = _parties(groups["NPT_1968A"])
    assert found["FRA"] == [("pending", "1968-07-01", "1970-03-05"), ("possible", "1970-03-05", OPEN)]
    assert found["GBR"] == [("possible", "1970-03-05", OPEN)]
    # Ended by one row, in force when checked by another: it may have come back.
    assert found["USA"] == [("definite", "1970-03-05", "1980-01-01"), ("possible", "1980-01-01", OPEN)]
    spans = {
        one.of: (one.span.begins, one.span.ends, one.span.verified_on, one.spell)
        for one in groups["NPT_1968A"].records
        if isinstance(one, Participation)
    }
    assert spans == {
        "FRA": ("[1968-07-01..]", "open", None, 1),
        "GBR": ("[1968-07-01..]", "open", None, 1),
        "USA": ("[1980-01-01..]", "open", None, 2),
    }


def test_whom_a_code_means(groups: dict[str, Group]) -> None:
    parties = {one.by for one in groups["NPT_1968A"].records if isinstance(one, Act) and one.by}
    assert parties >= {"DZA", "UGA", "EU", "IAEA"}
    acts = [one for one in groups["TWO_1922A"].records if isinstance(one, Act) and one.by]
    assert {(one.by, one.kind, one.day.edtf) for one in acts} == {
        ("SCG", "signature", "1922-09-20"),
        ("SCG", "withdrawal", "1999-06-30"),
        ("SRB", "signature", "1922-10-21"),
    }
    (algeria,) = (one for one in groups["NPT_1968A"].records if isinstance(one, Act) and one.by == "DZA")
    assert [one.locator for one in algeria.attested_by] == [
        "parties.csv, row ALG NPT_1968A",
        "parties.csv, row DZA NPT_1968A",
    ]


def test_an_agreement_of_several_rows(groups: dict[str, Group]) -> None:
    group = groups["TWO_1922A"]
    (agreement,) = (one for one in group.records if isinstance(one, Agreement))
    assert (agreement.title, agreement.aliases) == ("First", ("Second",))
    whole = [(one.kind, one.day.edtf) for one in group.records if isinstance(one, Act) and one.by is None]
    # One of the two has not ended, as far as is known: the end of the other is none of the agreement.
    assert whole == [
        ("signature", "1922-09-20"),
        ("entry_into_force", "1922-11-20"),
        ("signature", "1922-10-21"),
        ("entry_into_force", "1924-07-02"),
    ]


def test_the_end_of_the_agreement_is_no_withdrawal(groups: dict[str, Group]) -> None:
    group = groups["FRA-GBR_1800N"]
    assert [(one.kind, one.by) for one in group.records if isinstance(one, Act)] == [
        ("signature", None),
        ("termination", None),
        ("signature", "FRA"),
        ("entry_into_force", "FRA"),
    ]
    assert _parties(group)["FRA"][-1] == ("definite", "1800-02-01", "1900-01-01")


def test_forms_and_days(groups: dict[str, Group]) -> None:
    kinds = {name: one.kind for name, g in groups.items() for one in g.records if isinstance(one, Agreement)}
    assert kinds == {
        "NPT_1968A": "treaty",
        "TWO_1922A": "treaty",
        "TWO_1990E:NPT_1968A": "other",
        "POL-PPR_1969A": "memorandum",
        "FRA-GBR_1800N": "exchange_of_notes",
        "RNG_1981A": "other",
    }
    (signed,) = (one for one in groups["RNG_1981A"].records if isinstance(one, Act))
    assert signed.key == "ggo.RNG_1981A.signature.~5B1981-09..1981-10~5D"
    assert (signed.day.as_written, signed.day.latest) == ("1981-09..1981-10", date(1981, 10, 31))


def test_the_order_of_the_rows_changes_nothing(paths: tuple[Path, Path], codes: Codes, tmp_path: Path) -> None:
    turned = (
        _written(tmp_path / "a.csv", AGREEMENTS.header, reversed(AGREEMENT_ROWS)),
        _written(tmp_path / "p.csv", PARTIES.header, reversed(PARTY_ROWS)),
    )

    def records(files: Sequence[Path]) -> dict[str, Record]:
        return {one.key: one for group in map_files(files, codes).groups for one in group.records}

    assert records(turned) == records(paths)


def test_no_two_treaties_have_one_key() -> None:
    assert [safe(text) for text in ("A:B", "A~B", "A,B", "A B")] == ["A~B", "A~7EB", "A~2CB", "A~20B"]


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        (lambda text: text.replace(b"treatyID", b"treaty", 1), "The header of "),
        (lambda text: text + b"\xff\n", "is not UTF-8 text"),
        (lambda text: text + b'"half', "is not well-formed CSV"),
    ],
)
def test_a_file_that_cannot_be_read(
    paths: tuple[Path, Path], codes: Codes, tmp_path: Path, damaged: Callable[[bytes], bytes], said: str
) -> None:
    agreements, parties = paths
    path = tmp_path / "parties.csv"
    path.write_bytes(damaged(parties.read_bytes()))
    with pytest.raises(SeedFileError, match=said):
        GGO_AGREEMENTS.map((agreements, path), codes)


def test_a_half_written_row_is_rejected(paths: tuple[Path, Path], codes: Codes, tmp_path: Path) -> None:
    agreements, parties = paths
    path = tmp_path / "parties.csv"
    path.write_bytes(parties.read_bytes() + b"FRA,NPT_1968A,1968")
    mapped = map_files((agreements, path), codes)
    assert mapped.rows["parties.csv"] == len(PARTY_ROWS) + 1
    (reject,) = next(mapped.groups).rejects
    assert (reject.line, reject.reason) == (len(PARTY_ROWS) + 2, "It has 3 cells where 11 are expected.")


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_packed_files(paths: tuple[Path, Path], codes: Codes, tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    ending = ".gz" if pack is gzip.compress else ".xz"
    packed = [tmp_path / f"{path.name}{ending}" for path in paths]
    for path, to in zip(paths, packed, strict=True):
        to.write_bytes(pack(path.read_bytes()))
    assert list(map_files(packed, codes).groups) == list(map_files(paths, codes).groups)
    packed[1].write_bytes(packed[1].read_bytes()[:-20])
    with pytest.raises(SeedFileError, match="cannot be unpacked"):
        map_files(packed, codes)
    packed[1].write_bytes(b"no such thing")
    with pytest.raises(SeedFileError, match="cannot be unpacked"):
        map_files(packed, codes)
