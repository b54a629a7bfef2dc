"""`foedus generate`: a generated world of any size, loaded into an empty data folder."""

from pathlib import Path

import click

from graph.bulk.load import load
from seed.generated import author_and_reason, parcels
from seed.generated.size import LARGEST_STATES, LEAST_STATES, Size
from service.commands.common import ended_by_sigterm, read_settings, say


@click.command("generate", short_help="Load a generated world into an empty data folder.")
@click.option("--states", default=200, show_default=True, type=click.IntRange(LEAST_STATES, LARGEST_STATES),
              help="Number of states.")  # fmt: skip
@click.option("--agreements", default=20_000, show_default=True, type=click.IntRange(1), help="Number of agreements.")
@click.option("--commitments", default=1_000_000, show_default=True, type=click.IntRange(0),
              help="Number of commitments: facts, each of which binds one pair of states or more.")  # fmt: skip
@click.option("--seed", default=1, show_default=True, help="The same numbers and the same seed give the same world.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER",
              help="The data folder, which must be empty or missing. [FOEDUS_DATA]")  # fmt: skip
def generate(states: int, agreements: int, commitments: int, seed: int, into: Path | None) -> None:
    """Load a generated world into an empty data folder, by Neo4j's own import tool.

    States, agreements and all else are invented; numbers and shapes are like those of the real world. A million
    commitments take some ten minutes on two processors, and 20 GB of room. `FOEDUS_DATA=FOLDER foedus serve` then
    serves them; without FOEDUS_SHIPPED=false it adds what foedus ships.
    """
    ended_by_sigterm()
    settings = read_settings()
    if into is not None:
        settings = settings.model_copy(update={"data": into})
    size = Size(states, agreements, commitments, seed)
    author, reason = author_and_reason(size)
    receipt = load(settings, parcels(size), author=author, reason=reason, progress=say)
    click.echo(f"{receipt.created} records and {receipt.derived_opened} derived relationships are in {settings.data}.")
