"""`foedus list` and `foedus show`: what can be asked, without any database."""

import click

from graph.catalog import Catalog


@click.command("list")
def list_questions() -> None:
    """List every question by topic."""
    catalog = Catalog.load()
    width = max(map(len, catalog), default=0)
    topic = None
    for question in catalog.values():
        if question.topic != topic:
            topic = question.topic
            click.secho(topic, bold=True)
        click.echo(f"  {question.name:<{width}}  {question.header.title}")
    click.echo("\n`foedus ask NAME --help` tells what a question takes; `foedus show NAME` prints its Cypher.")


@click.command("show", short_help="Print the Cypher of a question.")
@click.argument("name")
def show_question(name: str) -> None:
    """Print the Cypher of the question NAME as it pastes into Neo4j Browser."""
    click.echo(Catalog.load().find(name).for_browser(), nl=False)
