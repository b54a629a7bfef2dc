"""What an agreement says of its own consent, duration and renewal. Pure; `graph.parties` asks."""

import re
from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from graph.acts import When
from graph.days import NEVER
from graph.ends import End
from graph.model.facts import Term
from graph.model.vocabulary import TermKind

_LENGTHS = {"day": relativedelta(days=1), "month": relativedelta(months=1), "year": relativedelta(years=1)}
_STATED_TERM = re.compile(r"(?P<number>\d{1,4}) (?P<unit>day|month|year)s?")


def stated_length(value: str) -> relativedelta | None:
    """Return the length of a term such as `30 years`; None for any other word."""
    stated = _STATED_TERM.fullmatch(value)
    return _LENGTHS[stated["unit"]] * int(stated["number"]) if stated else None


def later(day: date, length: relativedelta) -> date:
    """Return the day after so long a time; never where that lies beyond the last day there is."""
    try:
        return NEVER if day == NEVER else day + length
    except (ValueError, OverflowError):
        return NEVER


class Terms:
    """The terms of one agreement that decide days; of several of one kind the first by key counts."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._first: dict[TermKind, Term] = {}
        for term in sorted(terms, key=lambda term: term.key):
            if term.value:
                self._first.setdefault(term.kind, term)
        lasting = (TermKind.DURATION, TermKind.RENEWAL)
        self.consent = self._value(TermKind.CONSENT)
        self.renews = self._value(TermKind.RENEWAL) not in (None, "none")
        self.lasting = self.renews or self._value(TermKind.DURATION) == "indefinite"
        self.keys = frozenset(term.key for term in terms if term.kind in lasting)

    def _value(self, kind: TermKind) -> str | None:
        term = self._first.get(kind)
        return term.value if term else None

    def end_of_the_first(self, entry: When) -> End | None:
        """Return the end of a stated term such as `30 years` from entry into force; None when no length is stated."""
        duration = self._first.get(TermKind.DURATION)
        length = stated_length(duration.value or "") if duration else None
        if duration is None or length is None:
            return None
        earliest = later(entry.earliest, length)
        return End(earliest, earliest, later(entry.surely_by(), length), entry.keys | {duration.key})
