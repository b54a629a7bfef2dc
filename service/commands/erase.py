"""`foedus erase`: a person's data erased, after what goes was shown and confirmed."""

import sys

import click
from pydantic import ValidationError

from graph.erasures import Demand, Erased
from graph.graph import Graph
from graph.types import written_instant
from seed.rejects import reason_of
from service.commands.common import BadInput, say, with_graph
from service.texts import harmless

_NOT_ASKED = (
    "What is erased cannot be had back, and there is no terminal to ask at: --yes confirms it, --dry-run only tells."
)


@click.command("erase", short_help="Erase a person's data.")
@click.argument("key")
@click.option("--reason", required=True, metavar="TEXT", help="Why: what was asked, and by what law. It is kept.")
@click.option("--author", envvar="USER", default="foedus", show_default="you", metavar="TEXT", help="Who erases.")
@click.option("--name", "names", multiple=True, metavar="TEXT",
              help="Another name, or a form of one, that texts may have. [may be repeated]")  # fmt: skip
@click.option("--in", "also_in", multiple=True, metavar="KEY",
              help="Take the names out of the texts of KEY too. [may be repeated]")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Tell what would go, and erase nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(dry_run: bool, yes: bool, **given: str | tuple[str, ...]) -> None:
    """Erase the data of the person KEY from all states of knowledge, present and past. It cannot be undone.

    The person goes with all that is of it alone; elsewhere links to it and its names go, and where it acted for
    somebody that somebody stands in its place. Hashes of what went stay, so that nothing brings it back.

    What is to be looked at by hand may name the person still: --name and --in reach its texts, but not afterwards.
    Backups and Neo4j's transaction logs are not touched; docs/decisions/0018 says what to do about them.
    """
    try:
        demand = Demand.model_validate(given)
    except ValidationError as error:
        raise BadInput(f"{reason_of(error)}.") from None
    if not (dry_run or yes or _can_ask()):
        raise BadInput(_NOT_ASKED)

    async def work(graph: Graph) -> None:
        if dry_run or not yes:
            _tell(await graph.eraser.erase(demand, dry_run=True), "would go")
        if dry_run or not (yes or click.confirm("Erase it?", err=True)):
            say("Nothing was erased.")
            return
        _tell(await graph.eraser.erase(demand), "went")

    with_graph(work)


def _can_ask() -> bool:
    return sys.stdin.isatty()


def _tell(erased: Erased, went: str) -> None:
    """Print what goes, and what has to be looked at by hand."""
    amounts = ", ".join(f"{count} {name}" for name, count in erased.counts().items())
    click.echo(f"Of {erased.key} {went}: {amounts}; as known at {written_instant(erased.known_at)}.")
    for title, listed in (
        ("Its own", erased.own),
        ("About it alone", erased.alone),
        ("Names taken out", erased.replaced),
        ("Names too short to be looked for", erased.not_looked_for),
        ("To be looked at by hand", erased.by_hand),
        ("Change sets to be looked at by hand", erased.change_sets_by_hand),
    ):
        if listed:
            click.echo(f"{title}:")
            for one in listed:
                click.echo(f"  {harmless(one)}")
