"""Everything that can go wrong when a foedus service is asked, as one tree.

FoedusError
├── UsageError            what was given here cannot be used or sent; nothing was sent
├── UnreachableError      the service cannot be reached, or did not answer in time
├── UnreadableError       what answered is not foedus, or a proxy answered in its place
└── ProblemError          the service says what is wrong
    ├── InputError            what was asked cannot be understood; `errors` lists every fault
    │   └── QueryRefusedError     a Cypher text of one's own may not be run
    ├── AccessError           a key is needed, or the one that was sent does not allow it
    ├── NotFoundError         nothing has that name or key
    ├── BusyError             the service or its database has no room for this now, or is away
    └── QueryTimeoutError     the query ran out of time
"""

from dataclasses import dataclass


class FoedusError(Exception):
    """Base of all errors of this package; `str(error)` says in sentences what is wrong, and a way out."""


class UsageError(FoedusError):
    """An address, a key or a value cannot be used; nothing was sent."""


class UnreachableError(FoedusError):
    """The service cannot be reached, or did not answer in time."""


class UnreadableError(FoedusError):
    """What came back is neither an answer of foedus nor one of its problems; `status` is the HTTP status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message, status)
        self.status = status

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input: where (a JSON pointer), what, its stable name, and a way out."""

    pointer: str
    message: str
    code: str = "invalid"
    hint: str | None = None


@dataclass(frozen=True)
class Problem:
    """What the service says of a request that it does not answer (RFC 9457)."""

    status: int
    code: str
    detail: str
    title: str = ""
    hint: str | None = None
    errors: tuple[Fault, ...] = ()
    request_id: str | None = None
    retry_after: float | None = None

    def __str__(self) -> str:
        """Say what is wrong, and below it every further fault, each with its way out."""
        said = [(one.message, one.hint) for one in self.errors] or [(self.detail, self.hint)]
        return "\n".join(f"{message} {hint}" if hint else message for message, hint in said)


class ProblemError(FoedusError):
    """The service does not answer, and says why.

    `code` is the stable name of the problem, `errors` lists the faults of an input, and `request_id` is what the
    service's log has beside it.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem
        self.status, self.code, self.detail, self.hint = problem.status, problem.code, problem.detail, problem.hint
        self.errors, self.request_id = problem.errors, problem.request_id


class InputError(ProblemError):
    """What was asked is well-formed and cannot be understood."""


class QueryRefusedError(InputError):
    """A Cypher text of one's own may not be run; `errors` says why, as `check` does."""


class AccessError(ProblemError):
    """A key is needed, or the one that was sent is none or lacks a scope."""


class NotFoundError(ProblemError):
    """Nothing has that name or key."""


class BusyError(ProblemError):
    """The service or its database has no room, or is away, and was so each time it was asked.

    `retry_after` is the number of seconds after which it wants to be asked again, where it says so.
    """

    @property
    def retry_after(self) -> float | None:
        """Seconds until it is worth asking again."""
        return self.problem.retry_after


class QueryTimeoutError(ProblemError):
    """The query ran out of time."""


_OF_CODE = {"query_refused": QueryRefusedError}
_OF_STATUS: dict[int, type[ProblemError]] = {
    400: InputError,
    401: AccessError,
    403: AccessError,
    404: NotFoundError,
    422: InputError,
    429: BusyError,
    503: BusyError,
    504: QueryTimeoutError,
}


def error_of(problem: Problem) -> ProblemError:
    """Return the error for a problem; one that is not in the tree is a ProblemError."""
    kind = _OF_CODE.get(problem.code) or _OF_STATUS.get(problem.status, ProblemError)
    return kind(problem)
