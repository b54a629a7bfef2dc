"""From rows to records: a recipe names the rows it needs and makes records of them.

A source is a list of recipes. A row that no recipe names is rejected as unknown; what a recipe would make is left out
when one of its rows is missing or rejected, and so is every record that refers to one that was not made.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from graph.model import Record
from graph.model.stored import references
from seed.reading import Row
from seed.rejects import Reject, reason_of


@dataclass(frozen=True)
class Recipe:
    """Rows by id, and what makes records of them: it is called with those rows in that order."""

    rows: tuple[str, ...]
    make: Callable[..., Iterable[Record]]


@dataclass(frozen=True)
class Made:
    """A record with the row it is reported under; None for one written by hand."""

    record: Record
    row: Row | None = None

    def reject(self, reason: str) -> Reject:
        """Say why this record is left out."""
        if self.row is None:
            return Reject("", 0, self.record.key, reason)
        return self.row.reject(f"{self.record.key}: {reason}")


def unknown_rows(rows: Mapping[str, Row], recipes: Iterable[Recipe]) -> list[Reject]:
    """Reject the rows that no recipe names."""
    known = {row for recipe in recipes for row in recipe.rows}
    return [row.reject("No mapping knows this row.") for row in rows.values() if row.id not in known]


def make_all(
    recipes: Iterable[Recipe], rows: Mapping[str, Row], rejected: Collection[str]
) -> tuple[list[Made], list[Reject]]:
    """Follow every recipe. `rejected` holds the ids of the rows that are in a file and could not be read."""
    made: list[Made] = []
    rejects: list[Reject] = []
    for recipe in recipes:
        lacking = next((row for row in recipe.rows if row not in rows), None)
        if lacking is not None:
            rejects += _lacking(recipe, lacking, rows, rejected)
            continue
        needed = [rows[row] for row in recipe.rows]
        try:
            made += [Made(record, needed[0]) for record in recipe.make(*needed)]
        except ValueError as error:
            rejects.append(needed[0].reject(reason_of(error)))
    return made, rejects


def _lacking(recipe: Recipe, lacking: str, rows: Mapping[str, Row], rejected: Collection[str]) -> list[Reject]:
    """Reject what needs a row that is not there; a recipe of one rejected row needs no second word."""
    if recipe.rows == (lacking,) and lacking in rejected:
        return []
    what = "was rejected" if lacking in rejected else "is missing"
    reason = f"It needs row {lacking}, which {what}."
    present = next((rows[row] for row in recipe.rows if row in rows), None)
    return [present.reject(reason) if present else Reject("", 0, recipe.rows[0], reason)]


def without_dangling(made: Iterable[Made], known: Iterable[str] = ()) -> tuple[list[Made], list[Reject]]:
    """Leave out what refers to a record that was not made, and so on. `known` are keys made elsewhere."""
    kept, rejects, elsewhere = list(made), list[Reject](), set(known)
    while True:
        keys = elsewhere | {one.record.key for one in kept}
        lost = {
            one.record.key: next(key for _, key, _ in references(one.record) if key not in keys)
            for one in kept
            if any(key not in keys for _, key, _ in references(one.record))
        }
        if not lost:
            return kept, rejects
        rejects += [
            one.reject(f"It refers to {lost[one.record.key]}, which was not made.")
            for one in kept
            if one.record.key in lost
        ]
        kept = [one for one in kept if one.record.key not in lost]
