"""What a question's `then` may name: pure functions of rows, for what Cypher alone does badly.

The text of such a question fetches facts whole; its function makes the rows of the answer from them, without a
database. Ordering and paging stay the reader's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import chains, contributions, deadlines, obligation_rows

Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Then:
    """One function: what it takes, which parameters it reads that its text may not, and the work itself.

    `takes` are the columns of the text in their order. `work` gets the text's rows and every parameter as resolved,
    with `on` and `known_at`, and gives rows in the order of the header's `returns`.
    """

    takes: tuple[str, ...]
    work: Callable[[Sequence[Sequence[Any]], Mapping[str, Any]], Rows]
    uses: frozenset[str] = frozenset()


FUNCTIONS: dict[str, Then] = {
    "deadlines": Then(deadlines.TAKES, deadlines.deadlines, frozenset({"deadlines"})),
    "contributions_by_giver_and_year": Then(contributions.BY_GIVER_AND_YEAR, contributions.by_giver_and_year),
    "contribution_ledger": Then(contributions.LEDGER, contributions.ledger),
    "obligation_test": Then(obligation_rows.TAKES, obligation_rows.obligation_rows, obligation_rows.USES),
    "drawn_in": Then(chains.NAMED_PAIRS, chains.drawn_in, frozenset({"state", "depth"})),
    "chains_between": Then(chains.PAIRS, chains.chains_between, frozenset({"bearer", "beneficiary", "depth"})),
    "blocs": Then(chains.NAMED_PAIRS, chains.blocs, frozenset({"member", "members"})),
}
"""Every function by the name that a header gives."""
