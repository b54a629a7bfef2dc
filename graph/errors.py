"""Everything that can go wrong below the service, as one tree without HTTP in it.

FoedusError
├── InputError            what was asked or written cannot be understood; lists every problem found
│   └── QueryRefusedError     the gate does not let a text of one's own through; lists why
├── QueryFailedError      a text of one's own failed while it ran
├── NotFoundError         nothing has that name or key
│   └── NotRecordedError      nothing is recorded under it, though something may come to be
├── ConflictError         what was written disagrees with what is recorded
│   ├── NotYoursError         what was to be changed is somebody else's
│   ├── StaleVersionError     the version that was to be replaced is no longer the current one
│   └── ReplayedKeyError      an idempotency key that was used before, with another body
├── DatabaseAwayError     Neo4j cannot be reached, or refuses the user
├── DatabaseBusyError     Neo4j answers, and has no room for this now
├── QueryTimeoutError     the query ran out of time
├── SchemaError           the database lacks a constraint or an index that foedus needs, or has another in its place
├── ForeignDataError      the database holds data that foedus did not write
├── CatalogError          a file in cypher/ is not what its header says; a mistake of ours, found at start
└── LocalServerError      a Neo4j of one's own could not be fetched, started, backed up or restored
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: where (a JSON pointer), what, a way out, and its stable name for programs."""

    pointer: str
    message: str
    hint: str | None = None
    code: str = "invalid"


UNKNOWN = "unknown"
"""The code of a problem that is no more than that nothing goes by this name or key."""
ERASED = "erased"
"""The code of a problem that is no more than that this was erased and is not recorded again."""


def pointer(*parts: str) -> str:
    """Return the JSON pointer (RFC 6901) that these names make, one inside the other."""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


class FoedusError(Exception):
    """Base of all errors foedus raises on purpose. `str(error)` is a sentence for the user, `hint` the way out.

    `problems` lists what is wrong with an input, where that is more than can be said in a sentence.
    """

    code = "error"

    def __init__(self, message: str, hint: str | None = None, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.hint = hint
        self.problems = problems


def _first(problems: Sequence[Problem]) -> str:
    more = len(problems) - 1
    return problems[0].message if not more else f"{problems[0].message} ({more} more)"


class InputError(FoedusError):
    """What was asked or written is well-formed and still cannot be understood; `problems` lists each reason."""

    code = "invalid_input"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(_first(problems), problems[0].hint, problems)


class QueryRefusedError(InputError):
    """A text of one's own may not be run; the code of each problem is a reason of the gate."""

    code = "query_refused"


class QueryFailedError(FoedusError):
    """A text of one's own failed while it ran, by its own fault."""

    code = "query_failed"


class NotFoundError(FoedusError):
    """Nothing has that name or key."""

    code = "not_found"


class NotRecordedError(NotFoundError):
    """Nothing is recorded under that key, or known by that name; something may come to be."""


class ConflictError(FoedusError):
    """What was to be written disagrees with what is recorded."""

    code = "conflict"


class StaleVersionError(ConflictError):
    """The versions that were to be replaced are not, or no longer, the current ones."""

    code = "stale_version"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(_first(problems), problems[0].hint, problems)


class NotYoursError(ConflictError):
    """What was to be changed is somebody else's."""

    code = "not_yours"


class ReplayedKeyError(ConflictError):
    """An idempotency key that was used before came with another body."""

    code = "idempotency_key_reused"


class DatabaseAwayError(FoedusError):
    """Neo4j cannot be reached or does not accept the user."""

    code = "database_away"


class DatabaseBusyError(FoedusError):
    """Neo4j answers and has no room for this now; trying again later helps."""

    code = "database_busy"


class QueryTimeoutError(FoedusError):
    """The query was stopped because it ran longer than it may."""

    code = "query_timeout"


class SchemaError(FoedusError):
    """The database lacks a constraint or an index that foedus needs, cannot use it yet, or has another in its place."""

    code = "schema_incomplete"


class ForeignDataError(FoedusError):
    """The database holds data that foedus did not write, and would mix with its own."""

    code = "foreign_data"


class CatalogError(FoedusError):
    """A file in cypher/ is not what its header says."""

    code = "catalog_broken"


class LocalServerError(FoedusError):
    """A Neo4j of one's own could not be fetched, started, found, backed up or restored."""

    code = "local_server"
