"""`make bench`: derivation alone, then the questions over HTTP beside the raw driver."""

import click

from tests.bench.derivation import measure_derivation
from tests.bench.questions import measure_questions


@click.command()
@click.option("--rounds", default=200, show_default=True, help="Measured requests of each question.")
def main(rounds: int) -> None:
    """Print what deriving takes, and the median of each question over HTTP beside the raw driver's."""
    measure_derivation()
    measure_questions(rounds)


if __name__ == "__main__":
    main()
