"""How large a generated world is, and from which seed it grows."""

from dataclasses import dataclass
from random import Random

LEAST_STATES, LARGEST_STATES = 10, 999


@dataclass(frozen=True)
class Size:
    """Numbers of states, agreements and commitments (each one fact, whatever number of pairs it binds), and a seed."""

    states: int = 200
    agreements: int = 20_000
    commitments: int = 1_000_000
    seed: int = 1

    def chance(self, *what: object) -> Random:
        """Return the chance of one part of the world, which depends on nothing else than the seed and its name."""
        return Random(f"{self.seed}/" + "/".join(map(str, what)))  # noqa: S311 - nothing here is a secret
