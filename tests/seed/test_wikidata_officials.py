"""The world's officials: rows read by hand, and rows that are awkward on purpose."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from graph.model import Record
from graph.model.entities import Office, Official
from graph.model.facts import Identifier, Tenure
from seed.dprk_russia_2024 import case
from seed.ggo_states import ggo_states
from seed.reading import SeedFileError
from seed.rejects import Reject
from seed.states import states
from seed.wikidata_officials import FOLDER, world_officials
from seed.wikidata_officials.people import DESCRIBED_ELSEWHERE
from seed.wikidata_officials.tables import TABLES, read_officials

AddRow = Callable[[Path, str, dict[str, str]], Path]
HEADS, MINISTERS, CABINETS, INTERNATIONAL = (table.file for table, _ in TABLES.values())


@pytest.fixture(scope="module")
def before() -> list[Record]:
    countries = states()[0]
    known = frozenset(record.key for record in countries)
    return [*countries, *case(known)[0], *ggo_states(known)[0]]


Read = Callable[[Path], tuple[dict[str, Record], list[Reject]]]


@pytest.fixture(scope="module")
def read(before: list[Record]) -> Read:
    def read_from(folder: Path) -> tuple[dict[str, Record], list[Reject]]:
        records, rejects = world_officials(before, folder)
        return {record.key: record for record in records}, rejects

    return read_from


@pytest.fixture(scope="module")
def shipped_officials(read: Read) -> tuple[dict[str, Record], list[Reject]]:
    return read(FOLDER)


@pytest.fixture(scope="module")
def found(shipped_officials: tuple[dict[str, Record], list[Reject]]) -> dict[str, Record]:
    return shipped_officials[0]


@pytest.fixture(scope="module")
def rejects(shipped_officials: tuple[dict[str, Record], list[Reject]]) -> list[Reject]:
    return shipped_officials[1]


def _tenure(found: dict[str, Record], key: str) -> Tenure:
    record = found[key]
    assert isinstance(record, Tenure)
    return record


def _office(found: dict[str, Record], key: str) -> Office:
    record = found[key]
    assert isinstance(record, Office)
    return record


def _tenures(found: dict[str, Record]) -> list[Tenure]:
    return [record for record in found.values() if isinstance(record, Tenure)]


def _files(one: Tenure) -> list[str]:
    return [(seen.locator or "").split(",")[0] for seen in one.attested_by]


# Every row


def test_every_row_is_loaded_merged_or_rejected(found: dict[str, Record], rejects: list[Reject]) -> None:
    rows = Counter(one.row.file for one in read_officials().listed)
    assert rows == {HEADS: 424, MINISTERS: 213, CABINETS: 230, INTERNATIONAL: 130}
    told = Counter(file for one in _tenures(found) for file in _files(one)) + Counter(one.file for one in rejects)
    assert {file: told[file] for file in rows} == rows


def test_counts(found: dict[str, Record], rejects: list[Reject]) -> None:
    counts = Counter(record.label() for record in found.values())
    assert counts == {
        "Source": 4,
        "State": 8,
        "Organization": 5,
        "Organ": 4,
        "Official": 839,
        "Office": 757,
        "Identifier": 1606,
        "Tenure": 959,
    }
    assert sum(len(one.attested_by) for one in _tenures(found)) == 959 + 10 + 4  # of two files, of the case
    assert len(rejects) == 28
    assert 959 + 10 + len(rejects) == 997


def test_what_is_rejected(rejects: list[Reject]) -> None:
    assert Counter(re.sub(r"^.* \(Q\d+\)|Q\d+", "…", one.reason) for one in rejects) == {
        "The file does not say which state the permanent representative is of.": 18,
        "… is no state, and the file does not say whose part.": 7,
        "Its holder … has no name or is no item. The office is loaded.": 2,
        "It names no holder. The office is loaded.": 1,
    }


def test_keys_stand_in_urls_and_are_used_once(before: list[Record], found: dict[str, Record]) -> None:
    assert [key for key in found if not re.fullmatch(r"[A-Za-z0-9._~-]{1,200}", key)] == []
    both = {record.key for record in before} & set(found)
    assert both == {record.key for record in before if isinstance(record, Tenure)}


# People


def test_people_of_the_case_are_the_same_thing(before: list[Record], found: dict[str, Record]) -> None:
    described = {record.key: record for record in before if isinstance(record, Official)}
    assert set(DESCRIBED_ELSEWHERE.values()) <= set(described)
    for item, key in DESCRIBED_ELSEWHERE.items():
        assert key not in found
        identifier = found[f"{key}.identifier.wikidata"]
        assert isinstance(identifier, Identifier)
        assert (identifier.of, identifier.code) == (key, item)


def test_the_case_knows_every_name_that_the_files_give_its_people(before: list[Record]) -> None:
    """So that nothing is lost by not describing them a second time."""
    described = {record.key: record for record in before if isinstance(record, Official)}
    for one in read_officials().listed:
        if one.person in DESCRIBED_ELSEWHERE:
            person = described[DESCRIBED_ELSEWHERE[one.person]]
            assert one.name in {person.name, *person.aliases}


def test_nobody_else_has_a_name_of_the_case(before: list[Record], found: dict[str, Record]) -> None:
    names = {
        name.casefold() for person in before if isinstance(person, Official) for name in (person.name, *person.aliases)
    }
    others = [one for one in found.values() if isinstance(one, Official)]
    assert [one.key for one in others if names & {name.casefold() for name in (one.name, *one.aliases)}] == []


def test_a_person_of_several_rows_is_one(found: dict[str, Record]) -> None:
    eliasson = [one for one in found.values() if isinstance(one, Official) and one.name == "Jan Eliasson"]
    assert [one.key for one in eliasson] == ["jan-eliasson.Q549955"]
    held = [one.office for one in _tenures(found) if one.of == "jan-eliasson.Q549955"]
    assert held == ["UN.deputy-secretary-general", "UN.general-assembly.president"]


def test_a_name_in_another_script_only(found: dict[str, Record]) -> None:
    speaker = found["Q78476236"]
    assert isinstance(speaker, Official)
    assert speaker.name == speaker.name_in_own_script == "مشعل السلمي"


def test_two_names_of_one_person(add_row: AddRow, read: Read) -> None:
    row = {"position": "Judge of the International Court of Justice", "person": "A. Baerbock", "personID": "Q564328"}
    after, _ = read(add_row(FOLDER, INTERNATIONAL, row))
    person = after["annalena-baerbock.Q564328"]
    assert isinstance(person, Official)
    assert (person.name, person.aliases) == ("Annalena Baerbock", ("A. Baerbock",))


# Offices


@pytest.mark.parametrize(
    ("key", "title", "signs"),
    [
        ("RUS.president", "President of Russia", True),
        ("RUS.prime-minister", "Prime Minister of Russia", True),
        ("PRK.supreme-leader", "Supreme Leader of North Korea", True),
        ("GBR.minister-of-foreign-affairs", "Secretary of State for Foreign and Commonwealth Affairs", True),
        ("RUS.minister-of-defense", "Minister of Defense", False),
        ("USA.secretary-of-defense", "United States Secretary of Defense", False),
        ("UKR.minister-of-defence", "Minister of Defence of Ukraine", False),
        ("CHN.minister-of-national-defense", "Minister of National Defense of the People's Republic of China", False),
        ("TWN.president", "President of the Republic of China", True),
        ("TWN.president-of-the-executive-yuan", "President of the Executive Yuan", True),
        ("CHE.member-of-the-federal-council", "Member of the Swiss Federal Council", None),
        ("JAM.governor-general", "Governor-General of Jamaica", None),
        ("ABKHAZIA.president", "President of Abkhazia", None),
        ("EU.high-representative", "High Representative of the Union for Foreign Affairs and Security Policy", None),
        ("UN.secretary-general", "Secretary-General of the United Nations", None),
        ("TTO.minister-of-foreign-affairs", "Minister of Foreign Affairs", True),
    ],
)
def test_offices(key: str, title: str, signs: bool | None, found: dict[str, Record]) -> None:
    office = _office(found, key)
    assert (office.title, office.may_sign_treaties) == (title, signs)
    assert key.startswith(f"{office.of}.")


@pytest.mark.parametrize(
    ("key", "item"),
    [
        ("RUS.minister-of-foreign-affairs", "Q1418873"),
        ("USA.secretary-of-state", "Q14213"),
        ("UKR.president", "Q579677"),
    ],
)
def test_offices_of_the_case_get_their_item_and_no_second_description(
    key: str, item: str, before: list[Record], found: dict[str, Record]
) -> None:
    assert key in {record.key for record in before if isinstance(record, Office)}
    assert key not in found
    identifier = found[f"{key}.identifier.wikidata"]
    assert isinstance(identifier, Identifier)
    assert identifier.code == item


def test_an_office_has_one_item(found: dict[str, Record]) -> None:
    of = Counter(one.of for one in found.values() if isinstance(one, Identifier))
    assert [key for key, count in of.items() if count > 1] == []


def test_namibia_gets_the_item_that_it_lacked(found: dict[str, Record], before: list[Record]) -> None:
    assert "NAM.identifier.wikidata" not in {record.key for record in before}
    identifier = found["NAM.identifier.wikidata"]
    assert isinstance(identifier, Identifier)
    assert (identifier.of, identifier.code, len(identifier.attested_by)) == ("NAM", "Q1030", 2)


# Tenures


def test_lavrov_is_minister_since_2004(found: dict[str, Record]) -> None:
    (held,) = [one for one in _tenures(found) if one.of == "lavrov-sergey"]
    assert held.key == "tenure.lavrov-sergey.RUS.minister-of-foreign-affairs"
    assert held.office == "RUS.minister-of-foreign-affairs"
    # The article about the meeting of 2024-11-01 says that he was minister, and not since when.
    article, ministers, cabinets = held.attested_by
    assert article.locator == "dprk-russia-2024/article-facts.csv, row A01"
    assert (ministers.source, cabinets.source) == ("wikidata-foreign-ministers", "wikidata-cabinets")
    assert ministers.locator == "foreign_ministers.csv, row Q58217-CB722A66-F98E-4919-A478-BCAAC6CC8C1D"
    span = held.span.bounds()
    assert [
        span.in_force(day) for day in (date(2004, 3, 8), date(2004, 3, 9), date(2024, 11, 1), date(2024, 11, 2))
    ] == [
        None,
        "definite",
        "definite",
        "presumed",
    ]


def test_choe_son_hui_is_minister_since_2022(found: dict[str, Record]) -> None:
    (held,) = [one for one in _tenures(found) if one.of == "choe-son-hui"]
    assert (held.office, held.span.begins, held.span.ends) == ("PRK.minister-of-foreign-affairs", "2022-06-11", "open")
    assert held.span.verified_on == date(2024, 11, 1)


def test_a_tenure_that_no_file_has_is_returned_as_it_is(read: Read, before: list[Record], tmp_path: Path) -> None:
    for table, _ in TABLES.values():
        (tmp_path / table.file).write_text(",".join(table.header) + "\n", encoding="utf-8")
    after, rejects = read(tmp_path)
    assert rejects == []
    assert _tenures(after) == [record for record in before if isinstance(record, Tenure)]


def test_kim_jong_un_began_on_some_day_of_2011(found: dict[str, Record]) -> None:
    held = _tenure(found, "tenure.kim-jong-un.PRK.supreme-leader.2011")
    span = held.span.bounds()
    assert [span.in_force(day) for day in (date(2010, 12, 31), date(2011, 6, 1), date(2012, 1, 1))] == [
        None,
        "possible",
        "definite",
    ]


def test_a_year_in_one_file_and_a_day_in_another_are_one_tenure(found: dict[str, Record]) -> None:
    held = _tenure(found, "tenure.mikhail-mishustin.Q4298520.RUS.prime-minister.2020-01-16")
    assert _files(held) == [HEADS, CABINETS]
    assert (held.span.begins, held.span.ends, held.span.verified_on) == ("2020-01-16", "open", date(2022, 10, 9))
    assert held.span.as_written == "2020; 2020-01-16"


def test_who_was_in_office_on_a_day_had_not_left_before(found: dict[str, Record]) -> None:
    johnson = _tenure(found, "tenure.boris-johnson.Q180589.GBR.prime-minister.2019-07-24")
    assert (johnson.span.begins, johnson.span.ends) == ("2019-07-24", "[2022-07-23..2022-12-31]")
    assert johnson.span.as_written == "2019-07-24; 2019/2022"


def test_who_is_in_office_on_the_day_of_the_snapshot_had_begun(found: dict[str, Record]) -> None:
    king = _tenure(found, "tenure.charles-iii.Q43274.GBR.monarch.2022")
    assert (king.span.begins, king.span.as_written) == ("[2022-01-01..2022-10-09]", "2022")
    assert king.span.bounds().in_force(date(2022, 10, 9)) == "definite"


def test_an_end_may_belong_to_the_tenure_or_not(found: dict[str, Record]) -> None:
    annan = _tenure(found, "tenure.kofi-annan.Q1254.UN.secretary-general.1997-01-01")
    span = annan.span.bounds()
    assert [span.in_force(day) for day in (date(2006, 12, 30), date(2006, 12, 31), date(2007, 1, 1))] == [
        "definite",
        "possible",
        None,
    ]


def test_a_second_term_after_an_end_is_no_contradiction(found: dict[str, Record]) -> None:
    held = [one for one in _tenures(found) if one.of == "prayut-chan-o-cha.Q2108126"]
    assert [(one.span.ends, one.contradicts) for one in held] == [("2022", ()), ("open", ())]


def test_what_cannot_both_be_competes(found: dict[str, Record]) -> None:
    rivals = {one.key: [other.fact for other in one.contradicts] for one in _tenures(found) if one.contradicts}
    assert rivals == {
        "tenure.mahmoud-abbas.Q127998.PSE.president.2013": ["tenure.mahmoud-abbas.Q127998.PSE.president.2005"],
        "tenure.wang-yi.Q701801.CHN.minister-of-foreign-affairs.2013-03-17": [
            "tenure.wang-yi.Q701801.CHN.minister-of-foreign-affairs.2013-03-16"
        ],
    }


# Awkward rows


@pytest.fixture
def newly_rejected(add_row: AddRow, read: Read, rejects: list[Reject]) -> Callable[[str, dict[str, str]], list[Reject]]:
    def with_one_more(file: str, cells: dict[str, str]) -> list[Reject]:
        return [one for one in read(add_row(FOLDER, file, cells))[1] if one not in rejects]

    return with_one_more


@pytest.mark.parametrize(
    ("file", "cells", "reason"),
    [
        (HEADS, {"countryid": "Q1", "position": "Q2", "positionLabel": "King of X"}, "No state is known as 'Q1'"),
        (HEADS, {"start_year": "2022", "end_year": "2019"}, "ends before it begins"),
        (HEADS, {"start_year": "20x2"}, "'20x2'"),
        (MINISTERS, {"start": "2022-02-30", "psid": "s"}, "'2022-02-30' is not a day that exists"),
        (CABINETS, {"iso3": "XXX", "snapshot": "2022-07-23", "psid": "s"}, "No state is known as 'XXX'"),
        (CABINETS, {"iso3": "RUS", "snapshot": "2022-07", "positionLabel": "Envoy", "psid": "s"}, "2022-07"),
        (CABINETS, {"iso3": "RUS", "snapshot": "", "positionLabel": "Envoy", "psid": "s"}, "isoformat"),
        (CABINETS, {"iso3": "RUS", "snapshot": "2022-07-23", "psid": "s"}, "title: String should have at least"),
        (MINISTERS, {"person": "who knows", "psid": "s", "positionLabel": "Minister"}, "who knows .* is no item"),
        (INTERNATIONAL, {"position": "Captain of the Moon"}, "No organization is known for 'Captain of the Moon'"),
    ],
)
def test_an_awkward_row_is_rejected_with_its_reason(
    file: str, cells: dict[str, str], reason: str, newly_rejected: Callable[[str, dict[str, str]], list[Reject]]
) -> None:
    usual = {
        HEADS: {
            "countryid": "Q159", "position": "Q218295", "positionLabel": "President of Russia",
            "officeholder": "Q99", "officeholderLabel": "Somebody",
        },
        MINISTERS: {"person": "Q99", "name": "Somebody", "country": "Q159", "position": "Q1418873"},
        CABINETS: {"item": "Q99", "itemLabel": "Somebody", "position": "Q98"},
        INTERNATIONAL: {"person": "Somebody", "personID": "Q99"},
    }[file]  # fmt: skip
    (rejected,) = newly_rejected(file, usual | cells)
    assert rejected.file == file
    assert re.search(reason, rejected.reason)


def test_a_title_in_another_script_is_known_by_its_item(add_row: AddRow, read: Read) -> None:
    row = {"iso3": "JPN", "snapshot": "2022-07-24", "position": "Q98", "positionLabel": "内閣官房長官", "psid": "s"}
    after, _ = read(add_row(FOLDER, CABINETS, row | {"item": "Q99", "itemLabel": "Somebody"}))
    assert _office(after, "JPN.Q98").title == "内閣官房長官"
    # Without a begin, he had begun by the day of the snapshot.
    held = _tenure(after, "tenure.somebody.Q99.JPN.Q98.unknown")
    assert (held.span.begins, held.span.verified_on) == ("unknown", date(2022, 7, 24))


def test_two_offices_of_one_title_are_two(add_row: AddRow, read: Read) -> None:
    row = {
        "iso3": "RUS",
        "snapshot": "2022-08-03",
        "position": "Q98",
        "positionLabel": "Minister of Defense",
        "psid": "s",
    }
    after, _ = read(add_row(FOLDER, CABINETS, row | {"item": "Q99", "itemLabel": "Somebody"}))
    assert {"RUS.minister-of-defense", "RUS.minister-of-defense.Q98"} <= set(after)


def test_a_closed_tenure_that_was_open_later_stays_apart(add_row: AddRow, read: Read) -> None:
    """One file says that it ended in 2020, another that it was open in 2022: both are kept, and contradict."""
    row = {"countryid": "Q159", "position": "Q17287317", "positionLabel": "Minister of Defense"}
    row |= {"officeholder": "Q32024", "officeholderLabel": "Sergey Shoygu", "start_year": "2012", "end_year": "2020"}
    after, _ = read(add_row(FOLDER, HEADS, row))
    held = [one for one in _tenures(after) if one.of == "sergey-shoygu.Q32024"]
    assert [(one.span.begins, one.span.ends) for one in held] == [("2012", "2020"), ("2012-11-06", "open")]
    assert [[other.fact for other in one.contradicts] for one in held] == [[], [held[0].key]]


def test_a_row_that_stands_twice_is_rejected(add_row: AddRow, read: Read) -> None:
    row = {"position": "Secretary-General of the United Nations", "personID": "Q1254", "start": "1997-01-01"}
    _, after = read(add_row(FOLDER, INTERNATIONAL, row))
    assert any(one.reason.startswith("There are two rows 'Secretary-General") for one in after)


def test_a_missing_file_is_one_clear_error(tmp_path: Path, read: Read) -> None:
    with pytest.raises(SeedFileError, match=r"heads_of_state_and_government\.csv is missing"):
        read(tmp_path)
