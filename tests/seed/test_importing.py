"""Importing as a craft, by a CSV of one's own: repeatable, corrected by a newer edition, finished when interrupted."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import ConflictError, FoedusError
from graph.graph import Graph
from graph.model.changes import ChangeSet, Receipt
from graph.model.entities import Organization, Place, Source, State
from graph.model.facts import Identifier, Membership
from graph.model.records import Attestation
from graph.writer import Writer
from seed.importing import put
from seed.importing.codes import Codes
from seed.importing.mapped import DataSet
from seed.importing.own_csv import own_data_set
from seed.importing.put import Imported, Told, import_data_set

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "import"
STATES = ("EGY", "LBN", "SYR", "IRN", "TUR")
LEAGUE = "membership.LAS."
Edit = Callable[[str, str], Path]


@pytest.fixture
def members(tmp_path: Path) -> Path:
    path = tmp_path / "members.csv"
    path.write_bytes((EXAMPLE / "members.csv").read_bytes())
    return path


@pytest.fixture
def edit(members: Path) -> Edit:
    def replaced(old: str, new: str) -> Path:
        text = members.read_text(encoding="utf-8")
        assert text.count(old) == 1
        members.write_text(text.replace(old, new), encoding="utf-8")
        return members

    return replaced


@pytest.fixture
def data_set() -> DataSet:
    return own_data_set(EXAMPLE / "members.toml")


@pytest.fixture
async def graph(empty_graph: Graph) -> Graph:
    """A graph that knows five states by their codes, from another source."""
    other = Source(key="codes", title="Codes", kind="data_set")
    states = [State(key=key, name=key) for key in STATES]
    codes = [
        Identifier.model_validate(
            {"key": f"{key}.iso3", "scheme": "iso3", "code": key, "of": key, "span": "1900/..",
             "attested_by": [{"source": "codes"}]}
        )
        for key in STATES
    ]  # fmt: skip
    await empty_graph.writer.apply(ChangeSet.of([other, *states, *codes], author="t", reason="Codes."))
    return empty_graph


async def recorded(graph: Graph, *keys: str) -> dict[str, object]:
    known_at = await graph.revision.known_at()
    versions = await graph.records.versions(keys, known_at)
    return {key: version.record for key, version in versions.items()}


def packed(path: Path) -> Path:
    file = path.with_suffix(".csv.gz")
    file.write_bytes(gzip.compress(path.read_bytes()))
    return file


def fates(done: Imported) -> tuple[int, int, int]:
    assert done.unaccounted() == {}
    return done.fates("members.csv")


async def test_each_row_becomes_what_the_mapping_says(graph: Graph, data_set: DataSet, members: Path) -> None:
    told: list[Told] = []
    done = await import_data_set(graph, data_set, [members], tell=told.append)
    assert (fates(done), done.count("created")) == ((5, 0, 0), 8)
    assert told[-1] == Told(5, 5, 7)
    found = await recorded(graph, "membership.CENTO.IRN", "CENTO", data_set.source.key)
    membership, source = found["membership.CENTO.IRN"], found[data_set.source.key]
    assert isinstance(membership, Membership)
    assert (membership.of, membership.organization) == ("IRN", "CENTO")
    assert (membership.span.begins, membership.span.ends, membership.span.ends_are) == (
        "1955-11-03", "1979-03", "first_day_without",
    )  # fmt: skip
    assert membership.attested_by[0].locator == "members.csv, IRN in CENTO"
    assert isinstance(found["CENTO"], Organization)
    assert found["CENTO"].kind == "military alliance"
    assert isinstance(source, Source)
    assert source.fingerprint == put.fingerprint_of(data_set, [members], Codes([]))


async def test_a_second_time_changes_nothing(graph: Graph, data_set: DataSet, members: Path) -> None:
    await import_data_set(graph, data_set, [members])
    known_at = await graph.revision.known_at()
    assert (await import_data_set(graph, data_set, [members])).current
    again = await import_data_set(graph, data_set, [members], again=True)
    assert (fates(again), again.count("unchanged"), again.count("created")) == ((5, 0, 0), 8, 0)
    assert await graph.revision.known_at() == known_at
    # The same rows packed are another file, and say the same.
    other = await import_data_set(graph, data_set, [packed(members)])
    assert (other.current, fates(other)) == (False, (5, 0, 0))
    assert (other.count("corrected"), other.count("unchanged")) == (2, 7), "the source has another fingerprint"


async def test_a_newer_edition_corrects_and_withdraws(
    graph: Graph, data_set: DataSet, members: Path, edit: Edit
) -> None:
    await import_data_set(graph, data_set, [members])
    before = await graph.revision.known_at()
    edit("SYR;LAS;League of Arab States;1945-03;;1\n", "TUR;LAS;League of Arab States;1950;;1\n")
    edit("LBN;LAS;League of Arab States;1945-03-22;", "LBN;LAS;League of Arab States;1945-03-22;2001")
    done = await import_data_set(graph, data_set, [members])
    # The source is corrected when it begins and when it has ended.
    assert [done.count(what) for what in ("created", "corrected", "withdrawn", "unchanged")] == [1, 3, 1, 5]
    now = await recorded(graph, LEAGUE + "SYR", LEAGUE + "TUR", LEAGUE + "LBN")
    assert now[LEAGUE + "SYR"] is None
    assert now[LEAGUE + "TUR"] is not None
    then = await graph.records.versions([LEAGUE + "SYR", LEAGUE + "TUR", LEAGUE + "LBN"], before)
    assert {key: version.record is not None for key, version in then.items()} == {
        LEAGUE + "SYR": True, LEAGUE + "LBN": True,
    }  # fmt: skip
    assert await graph.writer.underived() == (0, 0)


async def test_an_import_that_was_stopped_is_finished_by_the_next(
    graph: Graph, data_set: DataSet, members: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(put, "RECORDS_AT_ONCE", 1)
    apply, left = Writer.apply, 2

    async def stopped(self: Writer, change_set: ChangeSet) -> Receipt:
        nonlocal left
        left -= 1
        if left < 0:
            raise FoedusError("The power is gone.")
        return await apply(self, change_set)

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "apply", stopped)
        with pytest.raises(FoedusError, match="The power is gone"):
            await import_data_set(graph, data_set, [members])
    source = (await recorded(graph, data_set.source.key))[data_set.source.key]
    assert isinstance(source, Source)
    assert source.fingerprint is None
    done = await import_data_set(graph, data_set, [members])
    assert (done.count("unchanged"), done.count("created")) == (4, 4), "what was there: the source, and one group"
    assert (await import_data_set(graph, data_set, [members])).current


async def test_what_others_state_or_name_is_kept(graph: Graph, data_set: DataSet, members: Path, edit: Edit) -> None:
    await import_data_set(graph, data_set, [members])
    (membership,) = (await recorded(graph, LEAGUE + "SYR")).values()
    assert isinstance(membership, Membership)
    too = (*membership.attested_by, Attestation(source="codes"))
    shared = membership.model_copy(update={"attested_by": too})
    await graph.writer.apply(ChangeSet.of([shared], author="t", reason="Another source says so too."))
    edit("SYR;LAS;League of Arab States;1945-03;;1\n", "")
    done = await import_data_set(graph, data_set, [members])
    assert (done.kept, done.count("withdrawn")) == (1, 0)
    assert (await recorded(graph, LEAGUE + "SYR"))[LEAGUE + "SYR"] is not None


async def test_agreements_that_only_the_data_set_describes_go_with_it(
    graph: Graph, members: Path, edit: Edit, tmp_path: Path
) -> None:
    mapping = tmp_path / "mapping.toml"
    agreement = '\n[[record]]\nlabel = "Agreement"\nkey = "AGR.{organization}"\ntitle = "{name}"\nkind = "treaty"\n'
    mapping.write_text((EXAMPLE / "members.toml").read_text(encoding="utf-8") + agreement, encoding="utf-8")
    data_set = replace(own_data_set(mapping), prefix="AGR.")
    await import_data_set(graph, data_set, [members])
    for state, begin, end in (("IRN", "1955-11-03", "1979-03"), ("TUR", "1955-02-24", "1979")):
        edit(f"{state};CENTO;Central Treaty Organization;{begin};{end};1\n", "")
    done = await import_data_set(graph, data_set, [members])
    assert (done.count("withdrawn"), done.kept) == (3, 0)
    assert (await recorded(graph, "AGR.CENTO"))["AGR.CENTO"] is None
    assert (await recorded(graph, "CENTO"))["CENTO"] is not None, "an organization may be described by others too"


async def test_two_at_once_are_told(
    graph: Graph, data_set: DataSet, members: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = put._Import._finish

    async def late(self: put._Import, complete: Source) -> None:
        other = complete.model_copy(update={"citation": "by another", "fingerprint": None})
        await graph.writer.apply(ChangeSet.of([other], author="t", reason="Another import."))
        await finish(self, complete)

    monkeypatch.setattr(put._Import, "_finish", late)
    with pytest.raises(ConflictError, match="was changed while it was imported"):
        await import_data_set(graph, data_set, [members])


async def test_two_at_once_stop_at_the_next_change_set(
    graph: Graph, data_set: DataSet, members: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(put, "RECORDS_AT_ONCE", 1)
    other = data_set.source.model_copy(update={"citation": "by another"})
    applied: list[ChangeSet] = []
    apply = Writer.apply

    async def disturbed(self: Writer, change_set: ChangeSet) -> Receipt:
        applied.append(change_set)
        if len(applied) == 2:
            await apply(self, ChangeSet.of([other], author="t", reason="Another import begins."))
        return await apply(self, change_set)

    monkeypatch.setattr(Writer, "apply", disturbed)
    with pytest.raises(ConflictError, match="was changed while it was imported"):
        await import_data_set(graph, data_set, [members])
    assert len(applied) == 2
    assert await recorded(graph, "CENTO", "LAS") == {}


async def test_a_file_that_was_cut_off_takes_nothing_back(
    graph: Graph, data_set: DataSet, members: Path, monkeypatch: pytest.MonkeyPatch, edit: Edit
) -> None:
    monkeypatch.setattr(put, "FEW", 0)
    await import_data_set(graph, data_set, [members])
    edit("SYR;LAS;League of Arab States;1945-03;;1\n", "")
    done = await import_data_set(graph, data_set, [members])
    assert (done.withheld, done.count("withdrawn")) == (1, 0)
    assert (await recorded(graph, LEAGUE + "SYR"))[LEAGUE + "SYR"] is not None
    done = await import_data_set(graph, data_set, [members], withdraw=True)
    assert (done.withheld, done.count("withdrawn")) == (0, 1)
    assert (await import_data_set(graph, data_set, [members])).current


async def test_what_names_nothing_is_left_out_and_the_rest_is_not(graph: Graph, tmp_path: Path, members: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    text = (EXAMPLE / "members.toml").read_text(encoding="utf-8")
    mapping.write_text(text.replace('"{organization}"\nspan', '"{state}-club"\nspan'), encoding="utf-8")
    done = await import_data_set(graph, own_data_set(mapping), [members])
    assert len(done.left_out) == 5
    assert done.left_out[LEAGUE + "EGY"].reason.endswith("Nothing is recorded under the key EGY-club.")
    assert (await recorded(graph, "CENTO"))["CENTO"] is not None


def test_nought_says_something(tmp_path: Path) -> None:
    mapping, file = tmp_path / "places.toml", tmp_path / "places.csv"
    mapping.write_text(
        '[source]\nkey = "x"\ntitle = "x"\nkind = "data_set"\n[[record]]\nlabel = "Place"\nkey = "{key}"\n'
        'name = "{key}"\nlatitude = "{lat|number}"\nlongitude = 0\n',
        encoding="utf-8",
    )
    file.write_text("key,lat\nnull-island,0\n", encoding="utf-8")
    _, group = own_data_set(mapping).map([file], Codes([])).groups
    (place,) = group.records
    assert isinstance(place, Place)
    assert (place.latitude, place.longitude) == (0, 0)


async def test_a_dry_run_says_the_same_and_writes_nothing(graph: Graph, data_set: DataSet, members: Path) -> None:
    known_at = await graph.revision.known_at()
    tried = await import_data_set(graph, data_set, [members], dry_run=True)
    assert await graph.revision.known_at() == known_at
    done = await import_data_set(graph, data_set, [members])
    for what in ("created", "corrected", "withdrawn", "unchanged"):
        assert tried.count(what) == done.count(what)
    assert fates(tried) == fates(done)


@pytest.mark.parametrize(
    ("old_and_new", "reason"),
    [
        (("SYR;LAS", "XXX;LAS"), "state 'XXX' is the iso3 code of nothing that is recorded, or of several."),
        (("1945-03;", "1945-02-30;"), "'1945-02-30' is not a day that exists"),
        (("SYR;LAS", "SYR;EU"), "organization 'EU' is none of the words that the mapping knows for kind_of."),
        (("1945-03;;1", "1945-03"), "It has 4 cells where 6 are expected."),
        (("SYR;LAS;League of Arab States", "SYR;LAS;The League"), "Another row says something else of LAS."),
        (("SYR;LAS", "EGY;LAS"), "Another row says something else of membership.LAS.EGY."),
    ],
)
async def test_a_row_that_does_not_fit_is_rejected_and_the_others_are_not(
    graph: Graph, data_set: DataSet, edit: Edit, old_and_new: tuple[str, str], reason: str
) -> None:
    done = await import_data_set(graph, data_set, [edit(*old_and_new)], dry_run=True)
    assert fates(done) == (4, 0, 1)
    (reject,) = done.rejects
    assert reject.line == 4
    assert reason in reject.reason


async def test_rows_that_say_the_same_are_merged_and_both_named(graph: Graph, data_set: DataSet, edit: Edit) -> None:
    row = "TUR;CENTO;Central Treaty Organization;1955-02-24;1979;1\n"
    done = await import_data_set(graph, data_set, [edit(row, row + "EGY;LAS;League of Arab States;1945-03-22;;1\n")])
    assert fates(done) == (5, 1, 0)
    assert (done.merged[0].line, done.merged[0].into) == (7, "LAS")


@pytest.fixture
def unreadable(members: Path, request: pytest.FixtureRequest) -> Path:
    members.unlink()
    if request.param is not None:
        members.write_bytes(request.param)
    return members


@pytest.mark.parametrize(
    ("unreadable", "told"),
    [
        (b"state;joined\nEGY;1945\n", "has no column 'left', which the mapping names"),
        (
            "state;organization;name;joined;left;seats\nEGY;LAS;Ligue \xe9;1945;;1\n".encode("latin-1"),
            "is not UTF-8 text",
        ),
        (b"", "has no header"),
        (b'state;organization;name;joined;left;seats\n"EGY;LAS\n', "is not well-formed CSV"),
        (None, "cannot be read: No such file or directory"),
    ],
    indirect=["unreadable"],
)
async def test_a_file_that_cannot_be_read_writes_nothing(
    graph: Graph, data_set: DataSet, unreadable: Path, told: str
) -> None:
    known_at = await graph.revision.known_at()
    with pytest.raises(FoedusError, match=told):
        await import_data_set(graph, data_set, [unreadable])
    assert await graph.revision.known_at() == known_at


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('label = "Membership"', 'label = "Member"', "Member is no label of a record"),
        ("of = ", "off = ", "Membership has no off"),
        ("|iso3}", "|isbn}", "is no way to read a cell"),
        ("[source]", "[sauce]", "source: Field required"),
        ("[source]", "[source", "is no TOML"),
    ],
)
def test_a_mapping_that_is_not_understood_is_a_sentence(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (EXAMPLE / "members.toml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "mapping.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FoedusError, match=told) as caught:
        own_data_set(path)
    assert "\n" not in str(caught.value)
