"""The shipped case: the DPRK-Russia treaty of 2024, the troops, and who says what about both.

A mapping written by hand and keyed by row id turns the rows of five files into records: one module for each kind of
thing. What a row means stands there; its numbers, days and quotes are read from the file.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from graph.model import Record
from seed.dprk_russia_2024 import acts, article, claims, contributions, treaty
from seed.dprk_russia_2024.cast import CAST
from seed.dprk_russia_2024.tables import DATA_SET, FOLDER, Sources, read_case
from seed.recipes import Made, Recipe, make_all, unknown_rows, without_dangling
from seed.rejects import Reject
from seed.sources import data_sets

__all__ = ["FOLDER", "all_recipes", "case"]


def all_recipes(sources: Sources) -> Iterator[Recipe]:
    """Yield the whole mapping."""
    return chain.from_iterable(module.recipes(sources) for module in (treaty, acts, contributions, article, claims))


def case(known: frozenset[str], folder: Path = FOLDER) -> tuple[list[Record], list[Reject]]:
    """Return the records of the case, and what is left out. They may refer to the keys `known`, made elsewhere.

    Raises SeedFileError when a file as a whole cannot be read.
    """
    read = read_case(folder)
    recipes = list(all_recipes(read.sources))
    made, unmade = make_all(recipes, read.rows, {reject.row for reject in read.rejects})
    by_hand = [Made(record) for record in (data_sets()[DATA_SET], *CAST, *read.sources.by_id.values())]
    kept, dangling = without_dangling(by_hand + made, known)
    rejects = read.rejects + unknown_rows(read.rows, recipes) + unmade + dangling
    return [one.record for one in kept], rejects
