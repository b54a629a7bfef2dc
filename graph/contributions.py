"""Contributions added up where they may be, and followed from stage to stage.

What may be added: a part never to its whole, windows of days that may overlap never to each other, those present at
one time never to those at another, and nothing that is only claimed. Pure; `graph.then` names the two functions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from graph.model.vocabulary import Measure, Stage, Standing
from graph.quantities import UNKNOWN, Range, hull, total

ONLY_CLAIMED = "It is only claimed."
A_PART = "It is a part of {}."
NO_NUMBER = "No number is known for it."
DIFFERENT_THINGS = "Its numbers count different things."
AT_ONE_TIME = "It counts those present at one time."
ANOTHER_THING = "It counts another thing than others do."
OVERLAPS = "Its days may overlap those of {}."

MOST_LISTED = 20
_STAGES = [stage.value for stage in Stage]
_OPEN_YEAR = 9999


@dataclass(frozen=True)
class Entry:
    """One contribution, or one request, as the text of a question fetches it: the columns by name."""

    columns: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """Return what stands in a column."""
        return self.columns[name]

    @property
    def units(self) -> frozenset[str]:
        """What its numbers count, more than one thing where estimates differ in that."""
        return frozenset(number["unit"] for number in self["numbers"])

    @property
    def unit(self) -> str | None:
        """What is counted; None where that is not one thing."""
        return next(iter(self.units)) if len(self.units) == 1 else self["own_unit"] if not self.units else None

    @property
    def range(self) -> Range:
        """What its own number and every estimate leave open; UNKNOWN where they count different things."""
        if len(self.units) != 1:
            return UNKNOWN
        return hull(Range(number["low"], number["high"]) for number in self["numbers"])

    @property
    def numbers_from(self) -> list[str]:
        """Keys of the contribution and of the claims that give a number for it."""
        return list(dict.fromkeys([self["fact"], *(number["key"] for number in self["numbers"])]))

    @property
    def only_claimed(self) -> bool:
        """Whether it is there only because claims are about it."""
        return bool(self["standing"] == Standing.ONLY_CLAIMED)

    @property
    def stands_for_its_whole(self) -> bool:
        """Whether it is one of the parts that share nothing, of a whole for which nobody gives a number."""
        return bool(self["whole_is_its_parts"])

    def why_no_term(self) -> str | None:
        """Return why it can be no term of any sum; None where it can."""
        if self.only_claimed:
            return ONLY_CLAIMED
        if self["part_of"] and not self.stands_for_its_whole:
            return A_PART.format(self["part_of"])
        if len(self.units) > 1:
            return DIFFERENT_THINGS
        return NO_NUMBER if self.range == UNKNOWN else None

    def may_share_days_with(self, other: "Entry") -> bool:
        """Tell whether both windows may hold the same day and what was given on it."""
        siblings = self.stands_for_its_whole and self["part_of"] == other["part_of"]
        return not siblings and bool(self["earliest"] < other["over"] and other["earliest"] < self["over"])


def years(entry: Entry) -> tuple[int, str]:
    """Return the first year of its window (1 where no begin is known), and the window in years.

    `2003` is one year, `2002/2003` a window that crosses from one to the other, which is never split; `2003/..` one
    without a known end, `../2003` one without a known begin.
    """
    first, last = int(entry["earliest"][:4]), int(entry["last"][:4])
    written = ("" if first == 1 else f"{first:04}", "" if last == _OPEN_YEAR else f"{last:04}")
    return first, written[0] if first == last else "/".join(year or ".." for year in written)


def _alone(entries: Sequence[Entry]) -> dict[str, str]:
    """Return why some of these must not be added to the rest, by key."""
    reasons = {entry["fact"]: why for entry in entries if (why := entry.why_no_term())}
    terms = [entry for entry in entries if entry["fact"] not in reasons]
    if len({(one.unit, one["measure"]) for one in terms}) > 1:
        return reasons | dict.fromkeys((one["fact"] for one in terms), ANOTHER_THING)
    if len(terms) > 1 and terms[0]["measure"] == Measure.PRESENT:
        return reasons | dict.fromkeys((one["fact"] for one in terms), AT_ONE_TIME)
    return reasons | _overlapping(terms)


def _overlapping(terms: Sequence[Entry]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for one, other in combinations(terms, 2):
        if one.may_share_days_with(other):
            found.setdefault(one["fact"], []).append(other["fact"])
            found.setdefault(other["fact"], []).append(one["fact"])
    return {key: OVERLAPS.format(_listed(sorted(keys))) for key, keys in found.items()}


def _listed(keys: Sequence[str]) -> str:
    """Write keys in a sentence: of a thousand that all overlap each would else name all others."""
    more = len(keys) - MOST_LISTED
    return ", ".join(keys[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


# -- to a state, by giver, year, stage and unit


def by_giver_and_year(rows: Sequence[Sequence[Any]], values: Mapping[str, Any]) -> Iterator[list[Any]]:
    """Give one row for each sum, and one for each contribution that must not be added to others."""
    entries = [Entry(dict(zip(BY_GIVER_AND_YEAR, row, strict=True))) for row in rows]
    groups: dict[tuple[Any, ...], list[Entry]] = {}
    for entry in entries:
        groups.setdefault(_alike(entry), []).append(entry)
    position = 0
    for group in sorted(groups):
        for sum_of, why in _sums(groups[group]):
            position += 1
            yield _sum_row(position, sum_of, why)


BY_GIVER_AND_YEAR = (
    "fact", "kind", "stage", "measure", "giver", "giver_name", "receiver", "earliest", "over", "last", "numbers",
    "own_unit", "quantity", "part_of", "whole_is_its_parts", "standing", "contested", "evidence",
)  # fmt: skip


def _alike(entry: Entry) -> tuple[Any, ...]:
    """Return what two contributions must have in common before anybody may ask for their sum."""
    return (
        tuple(entry["giver"]), tuple(entry["receiver"]), years(entry), entry["kind"], _STAGES.index(entry["stage"]),
        entry["measure"] or "", entry.unit or "",
    )  # fmt: skip


def _sums(alike: Sequence[Entry]) -> Iterator[tuple[list[Entry], str | None]]:
    ordered = sorted(alike, key=_by_day)
    reasons = _alone(ordered)
    terms = [entry for entry in ordered if entry["fact"] not in reasons]
    if terms:
        yield terms, None
    for entry in ordered:
        if entry["fact"] in reasons:
            yield [entry], reasons[entry["fact"]]


def _sum_row(position: int, terms: Sequence[Entry], why: str | None) -> list[Any]:
    first, sum_of = terms[0], total(entry.range for entry in terms)
    first_year, window = years(first)
    return [
        position, first["giver"], first["giver_name"], first["receiver"], window, first_year, first["kind"],
        first["stage"], first["measure"], sum_of.low, sum_of.high, first.unit,
        [entry["quantity"] for entry in terms if entry["quantity"]], [entry["fact"] for entry in terms], why,
        first["standing"], [entry["fact"] for entry in terms if entry["contested"]],
        _each_once(one for entry in terms for one in entry["evidence"]),
        _numbers_from(terms),
    ]  # fmt: skip


# -- the ledger: from a request to what was delivered


def ledger(rows: Sequence[Sequence[Any]], values: Mapping[str, Any]) -> Iterator[list[Any]]:
    """Give one row for each contribution or request and each stage at which others follow it."""
    entries = [Entry(dict(zip(LEDGER, row, strict=True))) for row in rows]
    following: dict[str, list[Entry]] = {}
    for entry in entries:
        for earlier in entry["follows"]:
            following.setdefault(earlier, []).append(entry)
    for entry in entries:
        later = sorted(following.get(entry["fact"], ()), key=_by_day)
        for step in sorted({_STAGES.index(other["stage"]) + 1 for other in later}) or [0]:
            yield _ledger_row(entry, step, [other for other in later if other["stage"] == _STAGES[step - 1]])


LEDGER = (
    "fact", "what", "kind", "text", "stage", "stage_as_written", "measure", "giver", "giver_name", "receiver",
    "receiver_name", "earliest", "over", "begins", "ends", "numbers", "own_unit", "quantity", "part_of",
    "whole_is_its_parts", "follows", "standing", "contested", "evidence",
)  # fmt: skip


def _ledger_row(entry: Entry, step: int, later: Sequence[Entry]) -> list[Any]:
    reasons = _alone(later)
    own, came = entry.range, _what_came(entry, later, reasons)
    gap = own - came
    return [
        entry["earliest"], entry["begins"], entry["ends"], entry["what"], entry["kind"], entry["text"],
        entry["giver"], entry["giver_name"], entry["receiver"], entry["receiver_name"], entry["stage"],
        entry["stage_as_written"], entry["measure"], own.low, own.high, entry.unit, entry["quantity"],
        entry["part_of"], entry["follows"], step, _STAGES[step - 1] if step else None,
        [other["fact"] for other in later], came.low, came.high, gap.low, gap.high, list(reasons),
        list(reasons.values()), entry["standing"], entry["contested"], entry["evidence"],
        _numbers_from([entry, *later]), entry["fact"],
    ]  # fmt: skip


def _what_came(entry: Entry, later: Sequence[Entry], reasons: Mapping[str, str]) -> Range:
    """Return what of an entry came at one stage; UNKNOWN where the sum would not be whole or counts another thing.

    A part is in its whole already, and what is only claimed is in no sum: both may be left out of it, and nothing else.
    """
    terms = [one for one in later if not one.only_claimed and (one.stands_for_its_whole or not one["part_of"])]
    whole = all(one["fact"] not in reasons and one.unit == entry.unit for one in terms)
    return total(one.range for one in terms) if whole and not entry.only_claimed else UNKNOWN


def _by_day(entry: Entry) -> tuple[str, str]:
    return entry["earliest"], entry["fact"]


def _numbers_from(entries: Iterable[Entry]) -> list[str]:
    return list(dict.fromkeys(key for entry in entries for key in entry.numbers_from))


def _each_once(evidence: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({tuple(one.values()): one for one in evidence}.values())
