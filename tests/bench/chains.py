"""What walking takes without a database: webs of commitments, each twice as large as the one before."""

import random
import time
from collections import defaultdict
from typing import Any

from rich.console import Console
from rich.table import Table

from graph.chains import chains_between, drawn_in


def web(states: int, links: int) -> list[list[Any]]:
    """Return rows of random pairs as the text of `states_drawn_in` fetches them."""
    chance = random.Random(1)  # noqa: S311 - the same web each time is what is wanted
    owes: dict[str, dict[str, list[Any]]] = defaultdict(dict)
    for number in range(links):
        bearer, beneficiary = (f"S{chance.randrange(states)}" for _ in "ab")
        owes[bearer][beneficiary] = [beneficiary, chance.randrange(3), f"commitment.{number}"]
    return [[bearer, None, list(links.values())] for bearer, links in owes.items()]


def measure_chains() -> None:
    """Print seconds of processor time of each, so that what else the machine does falls out."""
    table = Table("walked without a database", "drawn in, CPU seconds", "chains, CPU seconds", box=None)
    for links in (250_000, 500_000, 1_000_000):
        rows = web(links // 10, links)
        values = {"state": "S0", "bearer": "S1", "beneficiary": "S0", "depth": 10}
        begun = time.process_time()
        drawn = sum(1 for _ in drawn_in(rows, values))
        between = time.process_time()
        chains = sum(1 for _ in chains_between([[bearer, owes] for bearer, _, owes in rows], values))
        seconds = (f"{between - begun:.2f} ({drawn:,})", f"{time.process_time() - between:.2f} ({chains:,})")
        table.add_row(f"{links:,} links among {links // 10:,} states", *seconds)
    Console().print(table)
