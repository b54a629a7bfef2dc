"""Packages as files: what is in them, that they are the same every time, and what is said of damaged ones."""

import asyncio
import csv
import hashlib
import json
import zipfile
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.derive import derive
from graph.model import LABELS, Record
from graph.model.changes import ChangeSet, Receipt
from graph.model.entities import Official, Organ, Source, State
from graph.model.stored import references, shapes, to_stored
from graph.units import units
from seed.package.form import DERIVED
from seed.package.linked import context
from seed.package.place import TargetError, pack, placed
from seed.package.reading import load_package, read_package
from seed.package.writing import Contents, licences, write_package
from seed.reading import SeedFileError
from tests.world.records import first_records

KNOWN_AT = datetime(2024, 12, 4, tzinfo=UTC)


async def _pages(records: Iterable[Record]) -> AsyncIterator[Sequence[Record]]:
    ordered = sorted(records, key=lambda record: record.key)
    for i in range(0, len(ordered), 50):
        yield ordered[i : i + 50]


def written(folder: Path, records: Iterable[Record]) -> Path:
    asyncio.run(write_package(folder, Contents(KNOWN_AT, _pages(records)), lambda _: None))
    return folder


def state(key: str, **more: Any) -> State:
    return State(key=key, name=key, **more)


@pytest.fixture(scope="module")
def world() -> list[Record]:
    return first_records()


@pytest.fixture(scope="module")
def package(world: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("package") / "world", world)


def test_what_goes_out_comes_in(package: Path, world: list[Record], tmp_path: Path) -> None:
    file = tmp_path / "world.zip"
    folder = written(tmp_path / "folder", world)
    pack(folder, file)
    for path in (package, file):
        records = [record for group in read_package(path).groups() for record in group]
        assert _digests(records) == _digests(world)


def _digests(records: Iterable[Record]) -> list[tuple[str, str]]:
    return sorted((record.key, to_stored(record).digest(record.label())) for record in records)


def test_the_same_records_are_the_same_bytes(package: Path, world: list[Record], tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        folder = written(tmp_path / name, reversed(world))
        assert {p.name: p.read_bytes() for p in folder.rglob("*.*")} == {
            p.name: p.read_bytes() for p in package.rglob("*.*")
        }
        pack(folder, tmp_path / f"{name}.zip")
        files.append((tmp_path / f"{name}.zip").read_bytes())
    assert files[0] == files[1]


@pytest.mark.parametrize("size", [1, 7, 100, 10_000])
def test_a_group_names_nothing_that_comes_later(package: Path, size: int) -> None:
    known = set[str]()
    for group in read_package(package).groups(size):
        known |= {record.key for record in group}
        assert not {key for record in group for _, key, _ in references(record)} - known


def test_links_that_run_in_circles_are_in_one_group(tmp_path: Path) -> None:
    organs = [Organ(key=key, name=key, kind="agency", of=of) for key, of in (("A", "B"), ("B", "A"), ("C", "B"))]
    folder = written(tmp_path / "circle", [*organs, state("S"), state("T")])
    groups = [{record.key for record in group} for group in read_package(folder).groups(1)]
    assert groups == [{"S"}, {"T"}, {"A", "B", "C"}]


async def test_nothing_is_written_of_a_package_that_names_what_it_has_not(tmp_path: Path) -> None:
    async def records() -> AsyncIterator[Sequence[Record]]:
        yield [Organ(key="A", name="a", kind="agency", of="NOBODY"), state("S")]

    class Writer:
        async def apply(self, change_set: ChangeSet) -> Receipt:
            raise AssertionError(change_set)

    await write_package(tmp_path / "p", Contents(KNOWN_AT, records()), lambda _: None)
    with pytest.raises(SeedFileError, match="A names NOBODY, which the package does not have"):
        await load_package(Writer(), read_package(tmp_path / "p"), lambda _: None)


def _change(name: str, old: str, new: str, *, hashed: bool) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_bytes().decode()
        assert old in text
        path.write_bytes(text.replace(old, new, 1).encode())
        if hashed:
            manifest = json.loads((folder / "manifest.json").read_bytes())
            manifest["files"][name]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
            (folder / "manifest.json").write_text(json.dumps(manifest))

    return change


def _manifest(**more: Any) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        (folder / "manifest.json").write_text(json.dumps(manifest | more))

    return change


FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a changed file": (_change("records/State.csv", "A", "B", hashed=False), "is not what its manifest says"),
    "a file that is gone": (lambda folder: (folder / "records/State.csv").unlink(), "has no records/State.csv"),
    "no manifest": (lambda folder: (folder / "manifest.json").unlink(), "has no manifest.json"),
    "a manifest that is none": (_manifest(files=3), "manifest.json in .* cannot be read: files"),
    "a manifest of others": (_manifest(format="bagit"), "is no package of foedus"),
    "a newer form": (_manifest(format_version=2), "in a newer form than foedus"),
    "a file outside": (_manifest(files={"../x": {"sha256": "0" * 64}}), "which lies outside of the package"),
    "an unknown column": (_change("records/State.csv", "region", "capital", hashed=True), "has the column 'capital'"),
    "no key": (_change("records/State.csv", "key,", "name,", hashed=True), "has no column 'key'"),
    "an unknown word": (
        _change("records/Organ.csv", "parliament", "parlement", hashed=True),
        "records/Organ.csv, row 1 is no Organ: kind",
    ),
    "half a row": (_change("records/State.csv", "\r\nB", "\r\nB,\r\nB", hashed=True), "row 2 has 2 cells where 5"),
    "a key twice": (
        _change("records/State.csv", "\r\nB", "\r\nA", hashed=True),
        "the key A, which does not come after A",
    ),
    "an open quote": (_change("records/State.csv", "\r\nB", '\r\n"B', hashed=True), "is no CSV in UTF-8"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_damaged_package_is_told_in_a_sentence(fault: str, tmp_path: Path) -> None:
    damage, said = FAULTS[fault]
    folder = written(tmp_path / "p", [state("A"), state("B"), Organ(key="o", name="o", kind="parliament", of="A")])
    damage(folder)
    with pytest.raises(SeedFileError, match=said) as raised:
        list(read_package(folder).groups())
    assert "\n" not in str(raised.value)


def test_what_a_newer_model_wrote_says_so(tmp_path: Path) -> None:
    folder = written(tmp_path / "p", [state("A")])
    _change("records/State.csv", "region", "capital", hashed=True)(folder)
    _manifest(model="0" * 64, foedus="9.0")(folder)
    with pytest.raises(SeedFileError, match="column 'capital'") as raised:
        read_package(folder)
    assert raised.value.hint == "foedus 9.0 wrote it with another model; update foedus."


def test_a_column_that_an_older_model_had_not_may_be_missing(tmp_path: Path) -> None:
    folder = written(tmp_path / "p", [state("A")])
    file = folder / "records/State.csv"
    file.write_bytes(b"key,name\r\nA,Aland\r\n")
    _change("records/State.csv", "A", "A", hashed=True)(folder)
    assert [record for group in read_package(folder).groups() for record in group] == [State(key="A", name="Aland")]


@pytest.mark.parametrize("content", [b"", b"PK", b"key,name\n"])
def test_a_file_that_is_no_zip_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(content)
    with pytest.raises(SeedFileError, match="cannot be read as a package"):
        read_package(tmp_path / "p.zip")
    with zipfile.ZipFile(tmp_path / "q.zip", "w"), pytest.raises(SeedFileError, match="is missing"):
        read_package(tmp_path / "r.zip")


class TestPlace:
    """Nothing half is ever seen, and nothing is lost that was there."""

    def test_what_is_there_is_kept(self, tmp_path: Path) -> None:
        (tmp_path / "taken").write_text("mine")
        (tmp_path / "folder").mkdir()
        for name, replace, said in (("taken", False, "is there already"), ("folder", True, "and no package")):
            with pytest.raises(TargetError, match=said), placed(tmp_path / name, replace=replace):
                raise AssertionError
        with pytest.raises(TargetError, match="cannot be written"), placed(tmp_path / "a" / "b", replace=False):
            raise AssertionError
        assert (tmp_path / "taken").read_text() == "mine"

    def test_what_fails_leaves_nothing_and_what_was_there(self, tmp_path: Path) -> None:
        before = written(tmp_path / "p", [state("A")])
        with pytest.raises(TargetError, match="cannot be written: File exists"), placed(before, replace=True) as made:
            written(written(made, [state("B")]), [])
        assert [path.name for path in tmp_path.iterdir()] == ["p"]
        assert [record.key for record in read_package(before).records()] == ["A"]

    def test_a_package_takes_the_place_of_one(self, tmp_path: Path) -> None:
        before = written(tmp_path / "p", [state("A")])
        with placed(before, replace=True) as made:
            written(made, [state("B")])
        assert [path.name for path in tmp_path.iterdir()] == ["p"]
        assert [record.key for record in read_package(before).records()] == ["B"]


def test_json_ld_has_a_node_for_each_record_and_a_meaning_for_each_word(package: Path, world: list[Record]) -> None:
    document = json.loads((package / "graph.jsonld").read_bytes())
    assert document["@context"] == context()
    assert [node["key"] for node in document["@graph"]] == sorted(record.key for record in world)
    treaty = next(node for node in document["@graph"] if node["key"] == "lantern.2008-treaty")
    assert treaty["@type"] == "Agreement"
    act = next(node for node in document["@graph"] if "Act" in node["@type"])
    assert act["@type"] == ["Act", "Fact"]
    assert act["attested_by"][0]["source"]


def test_no_word_of_json_ld_is_a_link_here_and_a_text_there() -> None:
    told = context()
    links = {name for name, one in told.items() if isinstance(one, dict)}
    plain = {shape.name for model in LABELS.values() for shape in shapes(model) if shape.link is None}
    assert not links & plain
    assert {"on", "by", "source", "actor", "on_behalf_of"} <= links
    prefixes = {name for name in told if not name.startswith("@")}
    assert all(one.partition(":")[0] in prefixes or one.startswith("@") for one in _meanings(told))


def _meanings(told: dict[str, Any]) -> Iterable[str]:
    own = {name: one for name, one in told.items() if not name.startswith("@") and not str(one).endswith(("/", "#"))}
    return [one["@id"] if isinstance(one, dict) else one for one in own.values()]


def test_licences_are_told_and_those_without_one_first() -> None:
    sources = [
        Source(key="a", title="A", kind="news", licence="CC0-1.0"),
        Source(key="b", title="B\nb", kind="news"),
    ]
    told = licences(sources).splitlines()
    assert told[2].startswith("No licence is recorded")
    assert told[3:] == ["  [b] B b", "", "CC0-1.0:", "  [a] A"]


def test_every_field_of_what_is_derived_has_a_column(world: list[Record]) -> None:
    pieces = [piece for unit, facts in units(world).items() for piece in derive(unit, facts)]
    assert {piece.type for piece in pieces} == set(DERIVED)
    for piece in pieces:
        assert set(piece.fields) - {"unit"} <= set(DERIVED[piece.type])


def test_a_table_opens_in_whatever_reads_csv(package: Path, world: list[Record]) -> None:
    with (package / "records/Official.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == [
        record.name for record in sorted(world, key=lambda one: one.key) if isinstance(record, Official)
    ]
