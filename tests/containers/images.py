"""Makes the images that the containers' tests run: `python -m tests.containers.images`.

Each is the official one where a registry of images is reached. Where none is, Python's is made by debootstrap from
Debian's packages and Neo4j's from its jars, which `make serve` fetches as well. A base image that is there is kept.
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast, get_args

import click
from rich.console import Console

from graph.errors import FoedusError
from graph.local.config import server_command, tool_command
from graph.local.fetch import Installation, fetch
from graph.settings import Line, Settings

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
PYTHON = "python:3.13-slim"
BASE, SERVICE = "foedus-test/base", "foedus-test/foedus"
SUITE = "bookworm"
PACKAGES = ("ca-certificates", "python3", "python3-venv")
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
HOME, JAVA = Path("/var/lib/neo4j"), Path("/opt/java")
LINES = get_args(Line)
TOOL_HEAP_MB = 512
ENGINE_HINT = "Install Docker, or as root run it by tests/containers/with_engine."
CONSOLE = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)


def neo4j_image(line: str) -> str:
    """Return the name under which the image of a line is made."""
    return f"foedus-test/neo4j:{line}"


def docker(*arguments: str) -> str:
    """Run `docker` and return what it printed. Raises FoedusError with what it said against it."""
    try:
        done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise FoedusError("There is no command `docker`.", ENGINE_HINT) from None
    if done.returncode:
        raise FoedusError(f"docker {arguments[0]} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout


def _is_there(image: str) -> bool:
    return bool(docker("images", "--quiet", image).strip())


def _pulled(official: str, image: str) -> bool:
    """Give an official image the name of ours, if a registry has it."""
    try:
        docker("pull", "--quiet", official)
    except FoedusError as error:
        CONSOLE.print(f"{official} cannot be pulled ({str(error).splitlines()[-1]}).")
        return False
    docker("tag", official, image)
    return True


def make_base() -> None:
    """Make the image that has Python and nothing of ours."""
    if _is_there(BASE) or _pulled(PYTHON, BASE):
        return
    CONSOLE.print("Making one of Debian's packages instead, which takes a minute or so …")
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        raise FoedusError("That takes root and the package debootstrap.", "Install it, or reach a registry of images.")
    with _folder() as folder:
        root = folder / "root"
        said = folder / "log"
        with said.open("w", encoding="utf-8") as log:
            command = ["debootstrap", "--variant=minbase", f"--include={','.join(PACKAGES)}", SUITE, str(root)]
            done = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            raise FoedusError(f"debootstrap failed: {said.read_text('utf-8')[-500:]}")
        shutil.rmtree(root / "var/cache/apt/archives")
        # Whom this machine trusts, the builds in it have to trust as well.
        shutil.copyfile(CERTIFICATES, root / CERTIFICATES.relative_to("/"))
        packed = folder / "root.tar"
        subprocess.run(["tar", "--create", "--file", str(packed), "--directory", str(root), "."], check=True)
        docker("import", "--change", f"ENV PIP_CERT={CERTIFICATES}", str(packed), BASE)


def make_neo4j(line: str) -> None:
    """Make the image of a line of Neo4j."""
    image, official = neo4j_image(line), f"neo4j:{line}-community"
    if _pulled(official, image):
        return
    settings = Settings(line=cast(Line, line))
    installation = fetch(settings, CONSOLE)
    CONSOLE.print("Making one of its jars instead …")
    with _folder(installation.jars.parent) as folder:
        shutil.copytree(installation.jars, folder / "jars", copy_function=os.link)
        shutil.copytree(installation.java.parent.parent, folder / "java", copy_function=os.link, symlinks=True)
        commands = {
            "neo4j": server_command(installation, settings, HOME),
            "neo4j-admin": tool_command(installation, TOOL_HEAP_MB),
        }
        for name, command in commands.items():
            _write_script(folder / name, _moved(command, installation))
        for name in ("Dockerfile", "entrypoint"):
            shutil.copy(HERE / "neo4j" / name, folder)
        docker("build", "--quiet", "--tag", image, "--build-arg", f"BASE={BASE}", str(folder))


def make_service() -> None:
    """Make the image of the service, of what lies in this folder now."""
    CONSOLE.print(f"Making {SERVICE} …")
    docker("build", "--quiet", "--tag", SERVICE, "--build-arg", f"BASE={BASE}", str(REPOSITORY))


def _moved(command: list[str], installation: Installation) -> list[str]:
    """Return a command line as it is in the image, where jars and Java lie elsewhere."""
    here = {str(installation.java): f"{JAVA}/bin/java", str(installation.jars): f"{HOME}/lib"}
    for before, after in here.items():
        command = [argument.replace(before, after) for argument in command]
    return command


def _write_script(path: Path, command: list[str]) -> None:
    options, classes = command[: command.index("-cp")], command[command.index("-cp") :]
    path.write_text(f'#!/bin/sh\nexec {shlex.join(options)} $HEAP {shlex.join(classes)} "$@"\n', "utf-8")
    path.chmod(0o755)


@contextmanager
def _folder(beside: Path | None = None) -> Iterator[Path]:
    with TemporaryDirectory(prefix="foedus-image-", dir=beside) as folder:
        yield Path(folder)


@click.command()
@click.option("--line", "lines", multiple=True, type=click.Choice(LINES), help="Line of Neo4j; both when left out.")
def main(lines: tuple[str, ...]) -> None:
    """Make the images of Python, of Neo4j and of the service."""
    try:
        make_base()
        for line in lines or LINES:
            make_neo4j(line)
        make_service()
    except FoedusError as error:
        raise click.ClickException(f"{error} {error.hint or ''}".strip()) from None


if __name__ == "__main__":
    main()
