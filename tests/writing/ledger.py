"""What was acknowledged, what was seen and how often what happened: noted by writers and readers, read by the audit."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median, quantiles
from typing import Any

from tests.writing.workload import Tokens


@dataclass(frozen=True)
class Acknowledged:
    """A change set that was answered with success: when it was sent and answered, its instant, and what it wrote."""

    sent: float
    answered: float
    instant: datetime
    versions: Mapping[str, int]


@dataclass
class Ledger:
    """All that many writers and readers note, in the order in which they learn of it.

    `tokens` has the token of each version of a group that was written; one that an undoing wrote has the token of two
    versions before, and is in `undone`. What was recorded by `begun` was written by others.
    """

    acknowledged: list[Acknowledged] = field(default_factory=list)
    tokens: dict[int, Tokens] = field(default_factory=dict)
    undone: dict[int, set[int]] = field(default_factory=dict)
    raised: Counter[str] = field(default_factory=Counter)
    seen: list[tuple[datetime, Tokens]] = field(default_factory=list)
    followed: list[datetime] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    newest: datetime | None = None
    begun: datetime | None = None

    def acknowledge(self, sent: float, answered: float, receipt: Mapping[str, Any]) -> Acknowledged:
        """Note the receipt of a change set that wrote something."""
        versions = {one["key"]: one["version"] for one in receipt["versions"]}
        done = Acknowledged(sent, answered, instant_of(receipt["known_at"]), versions)
        self.acknowledged.append(done)
        self.newest = max(self.newest or done.instant, done.instant)
        return done

    def instants(self) -> dict[str, dict[int, datetime]]:
        """Return the instant of each acknowledged version, by key and number. Fails where one was told twice."""
        found: dict[str, dict[int, datetime]] = {}
        for done in self.acknowledged:
            for key, version in done.versions.items():
                assert version not in found.setdefault(key, {}), f"version {version} of {key} was told twice"
                found[key][version] = done.instant
        return found

    def tokens_of(self, number: int) -> Tokens:
        """Return the token of each acknowledged version of a group."""
        told = dict(self.tokens[number])
        for version in sorted(self.undone.get(number, ())):
            told[version] = told[version - 2]
        return told

    def out_of_order(self) -> list[Acknowledged]:
        """Return what was sent after something was acknowledged that has a later instant."""
        answered = sorted(self.acknowledged, key=lambda one: one.answered)
        found, latest, known = [], datetime.min.replace(tzinfo=answered[0].instant.tzinfo), 0
        for one in sorted(self.acknowledged, key=lambda one: one.sent):
            while answered[known].answered < one.sent:
                latest, known = max(latest, answered[known].instant), known + 1
            if one.instant <= latest:
                found.append(one)
        return found


def instant_of(text: str) -> datetime:
    """Read an instant as answers have it."""
    return datetime.fromisoformat(text)


def in_milliseconds(seconds: Iterable[float]) -> str:
    """Tell the median and the 99th percentile of durations."""
    found = sorted(seconds)
    return f"{median(found) * 1000:.0f} ms median, {quantiles(found, n=100)[98] * 1000:.0f} ms 99th percentile"
