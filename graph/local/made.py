"""What the data of a folder was made by, and whether it may be opened, upgraded first, or not at all.

The one place that decides: asked by `server` at each start, by `upgrading` before, and by `backup` of a file.
"""

from dataclasses import dataclass
from pathlib import Path

from graph.errors import LocalServerError

FIRST_MODEL = 1
"""The number of the model of data that nothing is noted of."""


@dataclass(frozen=True)
class Made:
    """A line of Neo4j, as `5.26.30`, and the number of foedus's model (`graph.model.MODEL`)."""

    line: str
    model: int

    def __str__(self) -> str:
        return f"Neo4j {self.line} with model {self.model}"


def must_upgrade(made: Made, asked: Made, where: Path) -> bool:
    """Return whether data must be upgraded before it is opened; raise LocalServerError when a newer one made it."""
    if made.model > asked.model:
        raise LocalServerError(
            f"{where} holds data of a newer foedus: of model {made.model}, and this one reads up to {asked.model}.",
            "Install the newer foedus, or name another folder in FOEDUS_DATA.",
        )
    if _version(made.line) > _version(asked.line):
        raise LocalServerError(
            f"The data in {where} was written by Neo4j {made.line}, and {asked.line} cannot read what is newer.",
            f"Set FOEDUS_LINE to {made.line}, or FOEDUS_DATA to another folder.",
        )
    return made != asked


def _version(line: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in line.split("."))
