"""`foedus saved`: the questions that people saved, listed, shown, asked, removed, and taken in and out as files."""

import getpass
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console

from graph.graph import Graph
from graph.parameters import read_parameters
from graph.saved import DEFAULT_TOPIC, Filters, Saved, Who
from service.answers import as_text, dumped
from service.commands.ask import TABLE, print_answer
from service.commands.common import BadInput, say, with_graph
from service.forms import Format, refusal
from service.saved import see_that_read, told
from service.shell.desk import pair_of
from service.table import table_of
from service.texts import harmless

_COLUMNS = ["name", "topic", "title", "owner", "revision", "state", "tags"]
_SUFFIX = ".cypher"


def _owner(_: click.Context, __: click.Parameter, value: str | None) -> Who:
    try:
        return Who(value or getpass.getuser(), everything=True)
    except (KeyError, OSError):
        raise BadInput("It is not known who you are; say so with --as NAME.") from None


_AS = click.option("--as", "who", metavar="NAME", callback=_owner, help="Owner of what is new. [your name here]")
_REVISION = click.option("--revision", type=click.IntRange(1), help="As it was in this revision. [the newest]")


@click.group("saved", short_help="Saved questions: list, show, run, import, export, remove.")
def saved() -> None:
    """List, show, ask, take in and out, and remove questions that people saved.

    Each is a file of the form of `cypher/questions/`; a folder of them goes in with `import` and out with `export`.
    """


@saved.command("list", short_help="List saved questions.")
@click.argument("words", nargs=-1)
@click.option("--tag", help="Only those with this tag.")
@click.option("--topic", help="Only those of this topic.")
@click.option("--owner", help="Only those of this owner.")
@click.option("--drafts/--open", "draft", default=None, help="Only drafts, or only open ones.")
@click.option("--broken", is_flag=True, help="Only those whose text would not be let through now.")
@click.option("--format", "form", type=click.Choice([TABLE, "json"]), default=TABLE, show_default=True)
def list_saved(
    words: tuple[str, ...],
    form: str,
    *,
    broken: bool,
    tag: str | None,
    topic: str | None,
    owner: str | None,
    draft: bool | None,
) -> None:
    """List saved questions that have all WORDS in name, title, description or tags."""
    filters = Filters(words, tag, topic, owner, draft, None, broken or None)
    found = with_graph(lambda graph: _all(graph, filters))
    if form != TABLE:
        click.echo(dumped([told(one).model_dump() for one in found]))
        return
    if found:
        Console(soft_wrap=True).print(table_of(_COLUMNS, [_cells(one) for one in found]))
    say({0: "No saved questions.", 1: "1 saved question."}.get(len(found), f"{len(found)} saved questions."))


@saved.command("show", short_help="Print the file of one.")
@click.argument("name")
@_REVISION
def show(name: str, revision: int | None) -> None:
    """Print the file of the saved question NAME; on a terminal without what one would obey."""
    content = with_graph(lambda graph: _one(graph, name, revision)).content
    if sys.stdout.isatty():
        content = "".join(harmless(line) + "\n" for line in content.splitlines())
    click.echo(content, nl=False)


@saved.command("run", short_help="Ask one.")
@click.argument("name")
@_REVISION
@click.option("--param", "given", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option("--on", metavar="YYYY-MM-DD", help="Day the answer is about. [today]")
@click.option("--known-at", metavar="INSTANT", help="State of knowledge to answer from. [the newest]")
@click.option("--limit", metavar="NUMBER", help="Most rows.")
@click.option("--after", metavar="CURSOR", help="`next` of the page before.")
@click.option("--format", "form", type=click.Choice([TABLE, *(str(form) for form in Format)]), default=TABLE,
              show_default=True, help="Form of the answer.")  # fmt: skip
def run(name: str, revision: int | None, given: tuple[str, ...], form: str, **reserved: str | None) -> None:
    """Ask the saved question NAME and print its answer. `foedus saved show NAME` tells what it takes."""
    pairs = [pair_of(one) for one in given] + [(key, value) for key, value in reserved.items() if value is not None]

    async def work(graph: Graph) -> None:
        found = await _one(graph, name, revision)
        see_that_read(found)
        if found.question.header.deprecated:
            successor = found.question.header.successor
            say(
                f"{name} is deprecated: {found.question.header.deprecated}"
                + (f" Ask {successor}." if successor else "")
            )
        asked = read_parameters(found.question.parameters, pairs)
        if form != TABLE and (why := refusal(found.question, Format(form))):
            raise BadInput(f"--format {form}: {why}.")
        await print_answer(graph.saved.reader, found.question, asked, form)

    with_graph(work)


@saved.command("import", short_help="Save files, or all files of folders.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--topic", help=f"Topic of files that are named by themselves. [their folder, else {DEFAULT_TOPIC}]")
@_AS
def import_files(paths: tuple[Path, ...], topic: str | None, who: Who) -> None:
    """Save the files at PATHS, all or none; of a folder all `topic/name.cypher`. What is as it was stays as it is."""
    files = {file: path for given in paths for file, path in _files(given, topic)}
    if not files:
        raise BadInput(f"There is no file {'*' + _SUFFIX} in a folder of {', '.join(map(str, paths))}.")
    contents = {file: _read(path) for file, path in files.items()}
    for one in with_graph(lambda graph: graph.saved.load(contents, who)):
        click.echo(f"{one.what}\t{one.file}\trevision {one.saved.revision}")


@saved.command("export", short_help="Write saved questions as files.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("names", nargs=-1)
def export(folder: Path, names: tuple[str, ...]) -> None:
    """Write saved questions, all or those NAMED, to FOLDER as `topic/name.cypher`; other files there stay."""

    async def work(graph: Graph) -> list[Saved]:
        return [await _one(graph, name, None) for name in names] if names else await _all(graph, Filters())

    found = with_graph(work)
    for one in found:
        path = folder / one.file
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(one.content, encoding="utf-8", newline="")
        except OSError as error:
            raise BadInput(f"{path} cannot be written: {error.strerror}.") from None
    say({1: f"1 file is in {folder}."}.get(len(found), f"{len(found)} files are in {folder}."))


@saved.command("remove", short_help="Remove one with all its revisions.")
@click.argument("name")
@_AS
def remove(name: str, who: Who) -> None:
    """Remove the saved question NAME with all its revisions."""

    async def work(graph: Graph) -> Saved:
        found = await _one(graph, name, None)
        await graph.saved.remove(name, who, found.revision)
        return found

    revisions = with_graph(work).revision
    say(f"{name} is removed, with {revisions} revision{'s' if revisions > 1 else ''}.")


async def _one(graph: Graph, name: str, revision: int | None) -> Saved:
    return await graph.saved.get(name, Who(everything=True), revision)


async def _all(graph: Graph, filters: Filters) -> list[Saved]:
    return [one async for one in graph.saved.every(Who(everything=True), filters)]


def _cells(one: Saved) -> list[str]:
    about = told(one)
    state = "broken" if one.broken else "draft" if about.draft else "deprecated" if about.deprecated else "open"
    title = about.question.title if about.question else ""
    return [as_text(cell) for cell in (one.name, one.topic, title, one.owner, one.revision, state, about.tags)]


def _files(path: Path, topic: str | None) -> Iterable[tuple[str, Path]]:
    if path.is_dir():
        for one in sorted([*path.glob(f"*/*{_SUFFIX}"), *path.glob(f"*{_SUFFIX}")]):
            yield one.relative_to(path).as_posix(), one
        return
    parent = path.resolve().parent.name
    yield f"{topic or (parent if parent.isidentifier() and parent.islower() else DEFAULT_TOPIC)}/{path.name}", path


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8.") from None
