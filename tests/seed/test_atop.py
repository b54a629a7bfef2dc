"""ATOP rows made by hand in the true form: what becomes of each, and the golden dyad-years over them, read by eye."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from graph.codes import Code
from graph.days import InForce
from graph.derive import Piece, derive
from graph.model import Record
from graph.model.entities import Agreement, Source
from graph.model.facts import Act, Commitment, Condition, Identifier, Participation, Term
from graph.model.records import Fact
from graph.model.vocabulary import IdentifierScheme
from seed.atop import ATOP
from seed.atop.columns import BESIDE, ENDED, LIMITED, MEMBER_COLUMNS, PLEDGES, TERMS
from seed.check import find_faults
from seed.importing.codes import Codes
from seed.importing.mapped import Group, Mapped
from seed.reading import SeedFileError

FOLDER = Path(__file__).parent / "atop"
FILES = (FOLDER / "atop4_01a.csv", FOLDER / "atop4_01m.csv")
NOBODY = Codes([])
KINDS = ("defence", "offence", "neutrality", "non_aggression", "consultation")
GOLDEN_COLUMNS = ("bearer", "beneficiary", "year", "defence", "offence", "neutrality", "nonaggression", "consultation")
COVERED = 2016


def mapped(*paths: Path, codes: Codes = NOBODY) -> tuple[Mapped, list[Group]]:
    found = ATOP.map(paths, codes)
    return found, list(found.groups)


@cache
def grouped(*paths: Path) -> tuple[Group, ...]:
    return tuple(mapped(*paths)[1])


def records(*groups: Group) -> dict[str, Record]:
    return {record.key: record for group in groups for record in group.records}


@pytest.fixture
def made() -> dict[str, Record]:
    return records(*grouped(*FILES))


def pieces(groups: Iterable[Group]) -> Iterator[Piece]:
    for group in groups:
        facts = [record for record in group.records if isinstance(record, Fact)]
        agreement = next((record.key for record in group.records if isinstance(record, Agreement)), None)
        if agreement:
            yield from (piece for piece in derive(agreement, facts) if piece.type == "COMMITS_TO")


def dyad_years(groups: Iterable[Group], until: int = COVERED) -> list[list[Any]]:
    """Return the pairs and years with a day on which both are surely bound, and what is owed then."""
    owed: dict[tuple[str, str, int], set[str]] = {}
    for piece in pieces(groups):
        fields: dict[str, Any] = dict(piece.fields)
        if fields["kind"] in KINDS and fields["in_force"] in {InForce.DEFINITE, InForce.PRESUMED}:
            last = date.fromordinal(fields["holds_until"].toordinal() - 1).year
            for year in range(fields["holds_from"].year, min(last, until) + 1):
                owed.setdefault((piece.start, piece.end, year), set()).add(fields["kind"])
    return [[*pair, *(int(kind in kinds) for kind in KINDS)] for pair, kinds in sorted(owed.items())]


# -- the golden table


def golden() -> list[tuple[str, ...]]:
    with (FOLDER / "dyad_years.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = (tuple(row) for row in csv.reader(file))
    assert header == GOLDEN_COLUMNS
    return rows


def test_dyad_years_are_those_read_by_eye() -> None:
    assert [tuple(map(str, row)) for row in dyad_years(grouped(*FILES))] == golden()


@pytest.mark.parametrize(
    ("pair", "years"),
    [
        ("FRA BEL", {*range(1832, 1840), *range(1920, 1925)}),
        ("BEL FRA", set(range(1920, 1925))),  # Belgium owed nothing in 1832
        ("GBR TUR", set(range(1856, 1872))),
        ("TUR GBR", set[int]()),
        ("FRA RUS", set(range(1891, 1918))),
        ("EGY JOR", {*range(1945, 1980), *range(1989, 1992)}),  # a real gap
        ("EGY LBN", {1958}),
        ("EGY SYR", {*range(1945, 1959), 1961}),
        ("SYR LBN", set[int]()),  # both in 1958, and never on one day
        ("ESP PRT", set(range(1834, 1840))),  # some day of 1840 is the end
        ("USA KOR", set(range(2012, 2017))),
        ("GRC TUR", set[int]()),  # what Greece owes varies by partner
        ("YUG TUR", set(range(1934, 1941))),
    ],
)
def test_years_of_a_pair(pair: str, years: set[int]) -> None:
    assert {int(row[2]) for row in golden() if pair == f"{row[0]} {row[1]}"} == years


# -- the fate of each row


def fates(paths: Sequence[Path], codes: Codes = NOBODY) -> dict[str, tuple[int, int, int, int]]:
    found, groups = mapped(*paths, codes=codes)
    merged = [one for group in groups for one in group.merged]
    rejects = [one for group in groups for one in group.rejects]
    return {
        file: (
            rows,
            sum(group.loaded.get(file, 0) for group in groups),
            len({one.line for one in merged if one.file == file}),
            len({one.line for one in rejects if one.file == file}),
        )
        for file, rows in found.rows.items()
    }


def test_every_row_is_loaded_merged_or_rejected_once() -> None:
    assert fates(FILES) == {"atop4_01a.csv": (16, 15, 1, 0), "atop4_01m.csv": (49, 39, 1, 9)}


def test_what_is_merged_and_rejected_and_why() -> None:
    groups = grouped(*FILES)
    assert {(one.row, one.into) for group in groups for one in group.merged} == {
        ("9013", "ATOP.9013"),
        ("9013.211.0.1920.1.1", "ATOP.9013.BEL.participation.1"),
    }
    assert [(one.row, one.reason) for group in groups for one in group.rejects] == [
        ("9016", "It has 6 cells where the header has 105."),
        (".220.0.1930.1.1", "atopid '' is no number of an alliance."),
        (
            "9012.730.0.1904.2.23",
            "State number 730 is Korea, which is no state of the graph: Korea until 1905; the graph has no such state.",
        ),
        ("9013.220.0.1920.1.1", "Line 41 is about the same, and says otherwise."),
        ("9013.200.0.1920.2.30", "'1920-02-30' is not a day that exists."),
        ("9013.210.0.1925.1.1", "The span from '1925-01-01' to '1920-01-01' ends before it begins."),
        ("9013.212.0.1920.1.1", "consul '2' is neither 0 nor 1."),
        ("9014.999.0.1930.1.1", "State number '999' is not known here."),
        ("9014.999.0.1930.1.1", "It repeats line 46, which was rejected."),
    ]


def test_records_fit_together(made: dict[str, Record]) -> None:
    everything = [record for group in grouped(*FILES) for record in group.records]
    states = {key for record in everything if isinstance(record, Participation) for key in [record.of]}
    faults = find_faults([*everything, ATOP.source])
    assert faults.duplicate_keys == faults.wrong_labels == ()
    assert {one.rpartition(" ")[2] for one in faults.dangling_keys} == states
    assert isinstance(ATOP.source, Source)


# -- what a row becomes


def span(record: Record) -> tuple[str, str, str, date | None]:
    assert isinstance(record, Participation | Commitment)
    written = record.span
    return written.begins, written.ends, str(written.ends_are), written.verified_on


def test_phases_that_touch_are_one_participation_and_two_commitments(made: dict[str, Record]) -> None:
    assert span(made["ATOP.9003.FRA.participation.1"]) == ("1891-08-27", "1917-11-08", "first_day_without", None)
    assert span(made["ATOP.9003.220.1.1.consultation"])[:2] == ("1891-08-27", "1894-01-04")
    assert span(made["ATOP.9003.220.2.1.defence"])[:2] == ("1894-01-04", "1917-11-08")
    assert "ATOP.9003.220.1.1.defence" not in made


def test_an_exit_on_the_day_before_the_next_phase_is_the_last_day_with(made: dict[str, Record]) -> None:
    assert span(made["ATOP.9010.200.1.1.defence"])[1:3] == ("1909-12-31", "last_day_with")
    assert span(made["ATOP.9010.GBR.participation.1"])[:3] == ("1899-10-14", "1919-12-31", "first_day_without")


def test_phases_side_by_side_both_hold(made: dict[str, Record]) -> None:
    assert span(made["ATOP.9005.POL.participation.1"])[:2] == ("1921-03-03", "1939-09-27")
    assert span(made["ATOP.9005.290.1.1.defence"])[:2] == ("1921-03-03", "1931-03-26")
    assert span(made["ATOP.9005.290.2.1.neutrality"])[:2] == ("1926-03-26", "1939-09-27")


def test_a_real_gap_makes_two_spells(made: dict[str, Record]) -> None:
    first, second = (made[f"ATOP.9006.EGY.participation.{n}"] for n in (1, 2))
    assert span(first)[:2] == ("1945-03-22", "1979-03-31")
    assert span(second) == ("1989-05-23", "open", "first_day_without", date(2016, 12, 31))
    assert isinstance(second, Participation)
    assert second.spell == 2
    assert "ATOP.9006.651.0.2.defence" in made


def test_two_numbers_of_one_state_make_one_participation(made: dict[str, Record]) -> None:
    assert span(made["ATOP.9011.DEU.participation.1"])[:2] == ("1988-01-22", "1992-05-22")
    assert {"ATOP.9011.260.0.1.consultation", "ATOP.9011.255.0.1.consultation"} <= made.keys()
    agreement = made["ATOP.9011"]
    assert isinstance(agreement, Agreement)
    assert agreement.title == "Alliance of France and West Germany of 1988 (ATOP 9011)"


def test_missing_months_and_days_are_kept_as_uncertain_bounds(made: dict[str, Record]) -> None:
    part = made["ATOP.9009.PRT.participation.1"]
    assert isinstance(part, Participation)
    assert span(part)[:2] == ("1834-04", "1840")
    assert part.span.as_written == "entry 1834/4/., exit 1840/./."
    bounds = part.span.bounds()
    assert (bounds.begins_latest, bounds.ends_earliest) == (date(1834, 4, 30), date(1840, 1, 1))


def test_who_is_no_longer_in_effect_and_has_no_exit_left_on_some_day(made: dict[str, Record]) -> None:
    assert span(made["ATOP.9014.CYP.participation.1"])[1] == "[1961-01-02..2016-12-31]"


def test_one_sided_rows_say_what_each_member_owes(made: dict[str, Record]) -> None:
    owed = {key for key, one in made.items() if isinstance(one, Commitment) and one.under == "ATOP.9001"}
    assert owed == {"ATOP.9001.220.0.1.defence"}


def test_what_varies_by_partner_is_owed_to_some_other_party(made: dict[str, Record]) -> None:
    towards = {
        key: str(one.beneficiaries)
        for key, one in made.items()
        if isinstance(one, Commitment) and one.under == "ATOP.9007" and one.kind == "defence"
    }
    assert towards == {
        "ATOP.9007.345.0.1.defence": "each_other_party",
        "ATOP.9007.350.0.1.defence": "some_other_party",
        "ATOP.9007.640.0.1.defence": "some_other_party",  # no obvary is said
    }


def conditions(made: dict[str, Record], of: str) -> dict[str, str]:
    return {
        key.removeprefix(f"{of}."): str(one.kind)
        for key, one in made.items()
        if isinstance(one, Condition) and one.of == of
    }


def test_conditions_are_of_the_pledge_that_has_them(made: dict[str, Record]) -> None:
    assert conditions(made, "ATOP.9001.220.0.1.defence") == {"defcoadv": "adversary", "defcoloc": "location"}
    assert conditions(made, "ATOP.9005.290.2.1.neutrality") == {"neuconpr": "unprovoked", "neucoatt": "armed_attack"}
    assert conditions(made, "ATOP.9005.360.0.1.offence") == {"offcocon": "conflict"}
    assert conditions(made, "ATOP.9011.220.0.1.consultation") == {"concoreq": "request"}
    assert conditions(made, "ATOP.9008.2.0.1.defence") == {"defcoloc": "location", "olimob": "other"}
    # A code that is not known makes a condition all the same, which nobody takes for met.
    assert conditions(made, "ATOP.9013.211.0.1.offence") == {"offcodem": "other"}


def test_every_condition_has_a_column_that_must_be_there() -> None:
    assert len([name for name in MEMBER_COLUMNS if name[:5] in {"defco", "offco", "neuco", "conco"}]) == 22 + 4


def test_columns_beside_the_five_obligations_keep_kind_or_name_and_code(made: dict[str, Record]) -> None:
    beside = {
        one.attested_by[0].locator.rpartition(" ")[2]: (str(one.kind), one.other_code, str(one.beneficiaries))
        for key, one in made.items()
        if isinstance(one, Commitment) and key.startswith("ATOP.9003.365.2") and one.attested_by[0].locator
    }
    assert beside == {
        "defense": ("defence", None, "each_other_party"),
        "consul": ("consultation", None, "each_other_party"),
        "seppeace": ("no_separate_peace", None, "each_other_party"),
        "specthrt": ("other", "specthrt", "community"),
        "statthr1": ("other", "statthr1", "community"),
        "milcon": ("joint_defence_measures", None, "community"),
        "contrib": ("other", "contrib", "community"),
    }
    threat = made["ATOP.9003.365.2.1.statthr1"]
    assert isinstance(threat, Commitment)
    assert threat.text == "State named as a threat, by its COW number (ATOP statthr1 255)."


def test_what_no_record_is_made_of_is_quoted(made: dict[str, Record]) -> None:
    part = made["ATOP.9013.BEL.participation.1"]
    assert isinstance(part, Participation)
    assert part.attested_by[0].locator == "version 4.01, member 9013.211.0.1920.1.1"
    # A condition of a pledge that is not there, and a code that is not known, among them.
    assert part.attested_by[0].quote == "cowsys=1; bilat=1; wartime=1; active=1; defcoadv=1; milaid=7; source=1"


def test_the_agreement_has_a_title_made_of_its_members(made: dict[str, Record]) -> None:
    found = made["ATOP.9004"]
    assert isinstance(found, Agreement)
    assert found.title == "Alliance of Russia and China of 1950 (ATOP 9004)"
    assert found.aliases == ("ATOP 9004", "COW alliance 10")
    code = made["ATOP.9004.identifier.atop"]
    assert isinstance(code, Identifier)
    assert (code.scheme, code.code, code.of) == (IdentifierScheme.ATOP, "9004", "ATOP.9004")


def test_terms_count_months_and_keep_codes(made: dict[str, Record]) -> None:
    terms = {
        str(one.kind): (one.value, one.sentence) for one in made.values() if isinstance(one, Term) and "9004" in one.of
    }
    assert terms == {
        "consent": (None, "ATOP codes estmode 1."),
        "duration": ("360 months", "ATOP codes speclgth 1, length 360."),
        "renewal": ("60 months", "ATOP codes proren 1, renewlgt 60."),
    }


def test_an_end_is_a_termination_where_codes_say_how_and_all_left_that_day(made: dict[str, Record]) -> None:
    acts = {one.on: (one.day.edtf, one.grounds) for one in made.values() if isinstance(one, Act)}
    assert acts.keys() == {"ATOP.9003", "ATOP.9004"}
    assert acts["ATOP.9004"][0] == "1980-04-11"
    assert "termcaus 2" in (acts["ATOP.9004"][1] or "")


def test_entry_is_never_an_entry_into_force(made: dict[str, Record]) -> None:
    parts = [one for one in made.values() if isinstance(one, Participation)]
    assert {str(one.basis) for one in parts} == {"coded"}
    assert {str(one.kind) for one in made.values() if isinstance(one, Act)} == {"termination"}


# -- other forms of the files


def other_version(folder: Path) -> tuple[Path, Path]:
    """Write the files as version 5.1 might have them: a mark in front, large letters, another order and line end."""
    paths = (folder / "atop5_1a.csv", folder / "atop5_1m.csv")
    for path, original in zip(paths, FILES, strict=True):
        with original.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        rows = [row for row in rows if len(row) == len(header)]
        left_out = {header.index("rev4"), header.index("new4")}
        order = [at for at in reversed(range(len(header))) if at not in left_out]
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(["RECORD", *(header[at].upper() for at in order)])
            for row in rows:
                row[header.index("version")] = "5.0999999"
                writer.writerow(["7", *(row[at] for at in order)])
    return paths


def test_another_version_says_the_same_and_was_seen_later(tmp_path: Path, made: dict[str, Record]) -> None:
    again = records(*mapped(*other_version(tmp_path))[1])
    assert again.keys() == made.keys()
    part = again["ATOP.9008.KOR.participation.1"]
    assert span(part)[1:] == ("open", "first_day_without", date(2018, 12, 31))
    assert isinstance(part, Participation)
    assert part.attested_by[0].locator == "version 5.1, member 9008.732.0.2012.10.1"
    # A column that is new is quoted.
    assert part.attested_by[0].quote is not None
    assert "record=7" in part.attested_by[0].quote
    assert dyad_years(mapped(*other_version(tmp_path))[1]) == dyad_years(grouped(*FILES))


def test_a_version_that_is_not_known_is_open_and_seen_on_no_day(tmp_path: Path) -> None:
    path = tmp_path / "atop6m.csv"
    path.write_text(FILES[1].read_text(encoding="utf-8").replace(",4.01", ",6.0"), encoding="utf-8")
    assert span(records(*mapped(FILES[0], path)[1])["ATOP.9008.KOR.participation.1"])[1::2] == ("open", None)


def damaged(tmp_path: Path, old: str, new: str) -> tuple[Path, Path]:
    path = tmp_path / "damaged_m.csv"
    path.write_text(FILES[1].read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return FILES[0], path


@pytest.mark.parametrize(
    ("paths", "says"),
    [
        (lambda folder: damaged(folder, "defcoadv,", "elsewhere,"), "its header lacks defcoadv."),
        (lambda folder: damaged(folder, "cowid,", "member,"), "has the column 'member' twice."),
        (lambda folder: damaged(folder, "9001", '"9001'), "is not well-formed CSV"),
        (lambda folder: FILES[::-1], "is not ATOP's alliance-level file: its header lacks begday"),
        (lambda folder: (FILES[0], folder / "nowhere.csv"), "is missing."),
        (lambda folder: (FILES[0], folder), "cannot be read: Is a directory."),
    ],
)
def test_a_file_that_cannot_be_read_as_a_whole(tmp_path: Path, paths: Any, says: str) -> None:
    with pytest.raises(SeedFileError) as told:
        mapped(*paths(tmp_path))
    assert says in str(told.value)


def test_an_alliance_without_a_row_of_its_own_is_made_of_its_members(tmp_path: Path) -> None:
    path = tmp_path / "none_a.csv"
    path.write_text(FILES[0].read_text(encoding="utf-8").partition("\n")[0] + "\n9001", encoding="utf-8")
    found = records(*mapped(path, FILES[1])[1])["ATOP.9001"]
    assert isinstance(found, Agreement)
    assert found.title == "Alliance of Belgium and France of 1832 (ATOP 9001)"


def test_an_alliance_with_a_day_that_does_not_exist_is_rejected_and_its_members_are_not(tmp_path: Path) -> None:
    path = tmp_path / "bad_a.csv"
    path.write_text(FILES[0].read_text(encoding="utf-8").replace(",1832,11,10,", ",1832,11,31,"), encoding="utf-8")
    group = next(one for one in mapped(path, FILES[1])[1] if one.name == "ATOP 9001")
    assert [one.reason for one in group.rejects] == ["'1832-11-31' is not a day that exists."]
    assert dict(group.loaded) == {"atop4_01m.csv": 2}


def test_numbers_that_the_graph_knows_decide_over_the_table_here() -> None:
    known = Codes([Code(IdentifierScheme.COW, "730", "KOREA", date(1887, 1, 1), date(1905, 11, 18))])
    found = records(*mapped(*FILES, codes=known)[1])
    assert "ATOP.9012.KOREA.participation.1" in found


def test_the_page_names_every_column_that_becomes_something() -> None:
    page = (Path(__file__).parents[2] / "docs" / "atop.md").read_text(encoding="utf-8")
    columns = {*PLEDGES, *BESIDE, LIMITED, *ENDED, *(column for said in TERMS.values() for column in said.columns)}
    assert {column for column in columns if f"`{column}`" not in page} == set()


def edited(tmp_path: Path, row: str, **cells: str) -> dict[str, Record]:
    """Read the files with some cells of one row of a member changed."""
    with FILES[1].open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    path = tmp_path / "edited_m.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for one in rows:
            named = dict(zip(header, one, strict=False))
            if f"{named['atopid']}.{named['member']}.{named.get('phase')}" == row:
                named |= cells
            writer.writerow(named.values())
    return records(*mapped(FILES[0], path)[1])


def test_a_pledge_that_is_conditional_for_no_reason_told_is_so_all_the_same(tmp_path: Path) -> None:
    made = edited(tmp_path, "9013.220.0", concon="1")
    assert conditions(made, "ATOP.9013.220.0.1.consultation") == {"concon": "other"}


def test_numbers_as_statistical_programs_write_them(tmp_path: Path) -> None:
    cells = {
        "atopid": "9001.0",
        "member": "220.0",
        "phase": "0.0",
        "defense": "1.0",
        "defcoadv": "1.0",
        "yrexit": "1839.0",
    }
    made = edited(tmp_path, "9001.220.0", **cells)
    assert conditions(made, "ATOP.9001.220.0.1.defence") == {"defcoadv": "adversary", "defcoloc": "location"}
    assert made["ATOP.9001.FRA.participation.1"] == records(*grouped(*FILES))["ATOP.9001.FRA.participation.1"]


def test_an_exit_of_which_nothing_is_said_is_unknown_and_none_of_an_open_one(tmp_path: Path) -> None:
    made = edited(tmp_path, "9008.732.0", yrexit=".", moexit=".", dayexit=".")
    assert span(made["ATOP.9008.KOR.participation.1"])[1::2] == ("unknown", None)


def test_who_entered_and_left_on_one_day_was_a_member_on_it(tmp_path: Path) -> None:
    made = edited(tmp_path, "9001.220.0", yrexit="1832", moexit="11", dayexit="10")
    assert span(made["ATOP.9001.FRA.participation.1"])[:3] == ("1832-11-10", "1832-11-10", "last_day_with")


def test_what_varies_by_partner_is_at_best_possible() -> None:
    group = next(one for one in grouped(*FILES) if one.name == "ATOP 9007")
    found = {(one.start, one.end): str(one.fields["in_force"]) for one in pieces([group])}
    assert found["GRC", "YUG"] == found["GRC", "TUR"] == found["TUR", "GRC"] == "possible"
    assert found["YUG", "GRC"] == "definite"


def test_an_end_on_some_day_of_a_year_leaves_that_year_possible() -> None:
    group = next(one for one in grouped(*FILES) if one.name == "ATOP 9009")
    assert sorted(
        (str(one.fields["in_force"]), str(one.fields["holds_from"]), str(one.fields["holds_until"]))
        for one in pieces([group])
        if one.start == "ESP"
    ) == [
        ("definite", "1834-04-30", "1840-01-01"),
        ("possible", "1834-04-01", "1834-04-30"),
        ("possible", "1840-01-01", "1840-12-31"),
    ]
