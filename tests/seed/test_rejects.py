"""What cannot be read is rejected with file, row and reason; the rest loads."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Record
from graph.model.facts import Tenure
from seed.check import Faults, find_faults
from seed.reading import SeedFileError
from seed.rejects import Reject, write_report
from seed.states import states

Load = Callable[[], tuple[dict[str, Record], list[Reject]]]
Edit = Callable[[str, str, str], None]


def _only(rejects: list[Reject], row: str) -> Reject:
    return next(reject for reject in rejects if reject.row == row)


def test_the_copy_loads_whole(load: Load, shipped: dict[str, Record]) -> None:
    records, rejects = load()
    assert rejects == []
    # What other data sets say of a tenure, too, is joined to it later.
    assert all(shipped[key] == record for key, record in records.items() if not isinstance(record, Tenure))
    assert records.keys() <= shipped.keys()


def test_an_impossible_day_is_rejected(load: Load, edit: Edit) -> None:
    edit("claims.csv", "12000,12000,persons,2024-10,", "12000,12000,persons,2024-10-32,")
    records, rejects = load()
    assert _only(rejects, "C04") == Reject("claims.csv", 5, "C04", "'2024-10-32' is not a day that exists.")
    assert "claim.C04" not in records
    assert "claim.C16" not in records, "it is about the troops, which row C04 attests"
    assert "claim.C10" in records


def test_what_depends_on_a_rejected_row_says_so(load: Load, edit: Edit) -> None:
    edit("events.csv", "E09,2024-12-04", "E09,2024-02-30")
    edit("article-facts.csv", "A12,claim", "A12,claim,too,many")
    _, rejects = load()
    assert _only(rejects, "A13").reason == "It needs row A12, which was rejected."
    assert _only(rejects, "A12").reason.startswith("It has 15 cells")
    assert "is not a day that exists" in _only(rejects, "E09").reason


def test_the_reject_of_a_fact_reaches_the_claims_about_it(load: Load, edit: Edit) -> None:
    edit("events.csv", "E07,2024-11-11", "E07,2024-11-31")
    records, rejects = load()
    lost = "PRK-RUS.2024-strategic-partnership.decree.PRK.per-tass"
    assert _only(rejects, "C14").reason == f"claim.C14: It refers to {lost}, which was not made."
    assert {"claim.C14", "claim.C15", lost, lost.replace("tass", "al-mayadeen")}.isdisjoint(records)
    assert len(rejects) == 4


def test_an_unknown_source_is_rejected(load: Load, edit: Edit) -> None:
    edit("events.csv", "State Duma,S04;S15", "State Duma,S04;S99")
    records, rejects = load()
    assert rejects == [Reject("events.csv", 5, "E04", "Its source 'S99' is unknown.")]
    assert "PRK-RUS.2024-strategic-partnership.lower-house.RUS" not in records


def test_a_number_that_is_none_is_rejected(load: Load, edit: Edit) -> None:
    edit("claims.csv", ",14000,14000,", ",14000,many,")
    records, rejects = load()
    assert [(reject.row, reject.reason) for reject in rejects] == [("C10", "value_high 'many' is not a number.")]
    assert "contribution.PRK-RUS.troops-sent" not in records


def test_numbers_in_the_wrong_order_are_rejected(load: Load, edit: Edit) -> None:
    edit("claims.csv", ",11000,12000,", ",13000,12000,")
    _, rejects = load()
    assert rejects == [Reject("claims.csv", 6, "C05", "A quantity needs low <= best <= high.")]


def test_an_unknown_row_is_rejected(load: Load, files: Path) -> None:
    with (files / "claims.csv").open("a", encoding="utf-8") as file:
        file.write("C17,deployment,somebody,asserts,something,,,,2024-11,S11\n")
    records, rejects = load()
    assert rejects == [Reject("claims.csv", 18, "C17", "No mapping knows this row.")]
    assert "claim.C17" not in records


def test_a_missing_row_is_reported(load: Load, edit: Edit) -> None:
    edit("events.csv", "E02,2024-06-20,text published (23 articles),,KCNA,S01\n", "")
    _, rejects = load()
    assert rejects == [Reject("", 0, "E02", "It needs row E02, which is missing.")]


def test_a_second_row_of_one_id_is_rejected(load: Load, files: Path) -> None:
    with (files / "claims.csv").open("a", encoding="utf-8") as file:
        file.write("C16,deployment,somebody,asserts,something,,,,2024-11,S11\n")
    _, rejects = load()
    assert rejects == [Reject("claims.csv", 18, "C16", "There are two rows 'C16'.")]


@pytest.mark.parametrize(
    ("damage", "row"),
    [
        (("events.csv", "ratification decree signed,Pyongyang", "ratification decree signed,Atlantis"), "E07"),
        (("claims.csv", "deployment,a Russian general,confirms", "deployment,a Russian general,mumbles"), "C09"),
        (("article-facts.csv", "until the day of victory", "for ever"), "A02"),
        (("clauses.csv", "and both parties' domestic law", ""), "4 mutual military aid"),
        (("events.csv", "friendship of 2000-02-09", "friendship"), "E09"),
        (("claims.csv", "sent since October 2024", "sent since Vendémiaire 2024"), "C10"),
        (("sources.csv", "S04,TASS,2024-10-26", "S04,TASS,2024-10-24"), "S04"),
    ],
)
def test_what_the_mapping_cannot_read_is_rejected(
    load: Load, edit: Edit, damage: tuple[str, str, str], row: str
) -> None:
    edit(*damage)
    records, rejects = load()
    assert _only(rejects, row).reason
    assert "claim.A03" in records


def test_what_is_left_always_fits_together(load: Load, edit: Edit) -> None:
    edit("clauses.csv", "S01;S02;S05;S06", "S77")
    records, rejects = load()
    everything = [*states()[0], *records.values()]
    assert {reject.row for reject in rejects} == {"4 mutual military aid", "A06", "C13"}
    assert find_faults(everything) == Faults()


@pytest.mark.parametrize("file", ["sources.csv", "clauses.csv", "events.csv", "claims.csv", "article-facts.csv"])
class TestFile:
    """What is wrong with a file as a whole stops the load with one clear sentence."""

    def test_a_wrong_header(self, file: str, load: Load, files: Path) -> None:
        text = (files / file).read_text(encoding="utf-8")
        (files / file).write_text(f"extra,{text}", encoding="utf-8")
        with pytest.raises(SeedFileError, match="header"):
            load()

    def test_not_utf_8(self, file: str, load: Load, files: Path) -> None:
        (files / file).write_bytes((files / file).read_bytes() + "é".encode("latin-1"))
        with pytest.raises(SeedFileError, match="not UTF-8"):
            load()

    def test_missing(self, file: str, load: Load, files: Path) -> None:
        (files / file).unlink()
        with pytest.raises(SeedFileError, match="missing"):
            load()

    def test_empty(self, file: str, load: Load, files: Path) -> None:
        (files / file).write_text("")
        with pytest.raises(SeedFileError, match="header"):
            load()

    def test_an_open_quotation_mark(self, file: str, load: Load, files: Path) -> None:
        with (files / file).open("a", encoding="utf-8") as end:
            end.write('"never closed')
        with pytest.raises(SeedFileError, match="CSV"):
            load()


def test_the_report_is_csv() -> None:
    out = io.StringIO()
    write_report([Reject("claims.csv", 5, "C04", 'It says "many", which is no number.')], out)
    assert out.getvalue() == ('file,line,row,reason\nclaims.csv,5,C04,"It says ""many"", which is no number."\n')
