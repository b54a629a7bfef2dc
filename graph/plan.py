"""The plan that the database makes of a text, and what in it speaks against running it. Pure; the guard reads it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from neo4j import ResultSummary

from graph.legible import LONGEST_PATH, too_far
from graph.operators import ALLOWED, HOUSE_LABELS, PROCEDURES
from graph.schema import known_names
from graph.verdict import MOST_TOLD, Finding, Reason, Verdict

EXPLAIN = "EXPLAIN "
"""What stands before a text that is to be planned."""
MOST_ROWS = 10_000_000
"""Rows that any part of a plan may be estimated at."""
_LABEL = re.compile(r"[:|&!(%]\s*`?([A-Z]\w*)`?")
_TYPES = re.compile(r"\[[^\]:]*:((?:\|?`?\w+`?)+)")
_LONG = re.compile(r"VarLength|Repeat|ShortestPath")
_STAR = re.compile(r"(?P<all>\*(?P<least>\d*)(?P<dots>\.\.)?(?P<most>\d*))(?=[\]\s{])")
_BRACES = re.compile(r"(?P<all>\{(?P<least>\d*)(?P<dots>,)\s*(?P<most>\d+|\*)?\s*\})")
_KIND = re.compile(r"^(?:warn|info): ")
_UNKNOWN = {"01N50": "labels", "01N51": "types", "01N52": "properties"}
_WAYS_OUT = {
    "AllNodesScan": "Give each node a label: (s:State).",
    "LoadCSV": "Give what you have as a parameter, and UNWIND it.",
    "DynamicLabelNodeLookup": "Write the label out.",
    "NodeByIdSeek": "Look it up by its key.",
    "NodeByElementIdSeek": "Look it up by its key.",
}


@dataclass(frozen=True)
class Plan:
    """What the database would do with a text."""

    columns: tuple[str, ...]
    summary: ResultSummary
    steps: tuple[dict[str, Any], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", tuple(_steps(self.summary.plan or {})))

    def refusals(self) -> tuple[Finding, ...]:
        """Return what speaks against running it."""
        return (
            *self._of_kind(),
            *self._of_columns(),
            *self._of_operators(),
            *self._of_the_house(),
            *self._of_lengths(),
            *self._of_cost(),
        )

    def told(self, verdict: Verdict) -> Verdict:
        """Add to a verdict what the plan tells."""
        details = " ".join(map(_details, self.steps))
        return replace(
            verdict,
            columns=self.columns,
            warnings=tuple(dict.fromkeys(_warnings(self.summary)))[:MOST_TOLD],
            # Types are written like labels, in capitals.
            labels=tuple(sorted({name for name in _LABEL.findall(details) if not name.isupper()})),
            types=tuple(sorted({name for some in _TYPES.findall(details) for name in some.split("|") if name})),
            operators=tuple(sorted(self._operators)),
            lengths=tuple(sorted({told for told, _ in self._lengths()})),
            estimated_rows=self._rows,
        )

    @property
    def _operators(self) -> set[str]:
        return {_name(step) for step in self.steps}

    @property
    def _rows(self) -> float:
        return max((float(step.get("args", {}).get("EstimatedRows", 0)) for step in self.steps), default=0.0)

    def _of_kind(self) -> Iterator[Finding]:
        if self.summary.query_type == "r" and self.summary.profile is None:
            return
        administers = self.summary.query_type == "s"
        what = "is no question to the graph" if administers else "writes"
        reason = Reason.ADMINISTERS if administers else Reason.WRITES
        yield Finding(reason, f"The text {what}.", "Only what reads is run.")

    def _of_columns(self) -> Iterator[Finding]:
        if not self.columns:
            yield Finding(Reason.SYNTAX, "The text returns nothing.", "End it in RETURN, with a name for each column.")

    def _of_operators(self) -> Iterator[Finding]:
        for name in sorted(self._operators - ALLOWED.keys()):
            yield Finding(
                Reason.OPERATOR, f"The plan has the operator {name}, which is not allowed.", _WAYS_OUT.get(name)
            )
        for step in self.steps:
            if _name(step) == "ProcedureCall" and (called := _called(step)) not in PROCEDURES:
                hint = f"Called are {', '.join(PROCEDURES)}."
                yield Finding(Reason.PROCEDURE, f"The procedure {called} is not called here.", hint)

    def _of_the_house(self) -> Iterator[Finding]:
        named = {label for step in self.steps for label in _LABEL.findall(_details(step))}
        for label in sorted(named & HOUSE_LABELS):
            yield Finding(Reason.HOUSE, f"What is labelled {label} is not read here.")

    def _of_lengths(self) -> Iterator[Finding]:
        for told, most in self._lengths():
            if most is None or most > LONGEST_PATH:
                yield too_far(told, most)

    def _of_cost(self) -> Iterator[Finding]:
        if self._rows > MOST_ROWS:
            message = f"A part of the plan is estimated at {self._rows:,.0f} rows; {MOST_ROWS:,} is the most."
            yield Finding(Reason.TOO_COSTLY, message, "Begin with a key, or join what you match by relationships.")

    def _lengths(self) -> Iterator[tuple[str, int | None]]:
        """Yield each variable length as the plan writes it, with its upper bound, if it has one."""
        for step in self.steps:
            for pattern in (_STAR, _BRACES) if _LONG.search(_name(step)) else ():
                for found in pattern.finditer(_details(step)):
                    least, dots, most = found["least"], found["dots"], found["most"]
                    bound = most if dots else least
                    yield found["all"], int(bound) if bound and bound.isdecimal() else None


def behind_explain(line: int, column: int) -> tuple[int, int]:
    """Return a place in the text of one in the text that was sent, which has a word before it."""
    return line, max(1, column - len(EXPLAIN)) if line == 1 else column


def _warnings(summary: ResultSummary) -> Iterator[Finding]:
    for status in summary.gql_status_objects:
        if not status.is_notification:
            continue
        place, what = status.position, _UNKNOWN.get(status.gql_status)
        line, column = behind_explain(place.line, place.column) if place else (None, None)
        named = re.search(r"`([^`]+)`", status.status_description)
        hint = _nearest(what, named[1]) if what and named else None
        yield Finding(status.gql_status, _KIND.sub("", status.status_description), hint, line, column)


def _nearest(what: str, name: str) -> str | None:
    near = get_close_matches(name, known_names()[what], 1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near and near != [name] else None


def _steps(plan: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if plan:
        yield dict(plan)
    for child in plan.get("children", ()):
        yield from _steps(child)


def _name(step: Mapping[str, Any]) -> str:
    return str(step["operatorType"]).partition("@")[0].partition("(")[0]


def _details(step: Mapping[str, Any]) -> str:
    return str(step.get("args", {}).get("Details", ""))


def _called(step: Mapping[str, Any]) -> str:
    return _details(step).partition("(")[0].strip()
