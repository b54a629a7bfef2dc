"""Which thing a code stood for on a day, from the identifiers that are recorded."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from graph.codes import Code
from graph.model import Record
from graph.model.facts import Identifier


class Codes:
    """Codes by scheme."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._found: dict[tuple[str, str], list[Code]] = {}
        for one in codes:
            self._found.setdefault((one.scheme, one.code), []).append(one)

    @classmethod
    def of(cls, records: Iterable[Record]) -> "Codes":
        """Take the identifiers among some records."""
        found = (record for record in records if isinstance(record, Identifier))
        return cls(
            Code(one.scheme, one.code, one.of, bounds.begins_earliest, bounds.ends_latest)
            for one in found
            for bounds in (one.span.bounds(),)
        )

    def digest(self) -> str:
        """Return a hash of the codes of those who can act."""
        rows = sorted(f"{one.scheme} {one.code} {one.key}" for some in self._found.values() for one in some if one.acts)
        return sha256("\n".join(rows).encode()).hexdigest()

    def key(self, scheme: str, code: str, on: date | None = None) -> str | None:
        """Return the key of what a code stands for, on a day or at all; None when nothing, or more than one thing."""
        keys = {one.key for one in self._found.get((scheme, code), ()) if on is None or one.begins <= on < one.ends}
        return keys.pop() if len(keys) == 1 else None
