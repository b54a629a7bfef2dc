"""States present and former with their episodes of independence, from Global Governance Observations (GGO).

Today's states are described in `seed/states.py`, which takes their names and regions from here, so that two data sets
never correct each other; here come the former ones, the episodes, the codes and the successions.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.days import OPEN, UNKNOWN
from graph.model import Record
from graph.model.entities import Organization, Source, State
from graph.model.facts import Identifier
from graph.model.records import Attestation, WrittenSpan
from graph.model.vocabulary import IdentifierScheme, StateStatus
from seed.ggo_states.episodes import edition_of, span_of, statehoods
from seed.ggo_states.identity import EUROPEAN_UNION, SHARED_CODES, Described, described_states
from seed.ggo_states.successions import recipes
from seed.ggo_states.tables import DATA_SET, FOLDER, read_states
from seed.reading import Row
from seed.recipes import Made, make_all, without_dangling
from seed.rejects import Reject
from seed.sources import data_sets

__all__ = ["FOLDER", "Described", "described", "ggo_states"]

UNION = Organization(key="EU", name="European Union", aliases=("EU",), kind="political and economic union of states")

_CONTESTED = {"KOS"}
"""Recognised by some states only, as ISO's list has it for others."""


def described(folder: Path = FOLDER) -> Mapping[str, Described]:
    """Return the names and regions of all states by key. Raises SeedFileError when the file cannot be read."""
    return described_states(read_states(folder).rows.values())


def ggo_states(known: frozenset[str], folder: Path = FOLDER) -> tuple[list[Record], list[Reject]]:
    """Return the former states, and the episodes, codes and successions of all; and what is left out.

    `known` are the keys of the states that are described already. Raises SeedFileError when the file as a whole
    cannot be read.
    """
    read = read_states(folder)
    source = data_sets()[DATA_SET]
    states = described_states(read.rows.values())
    former = [Made(_former(state)) for key, state in states.items() if key not in known]
    episodes, rejects = statehoods(states.values(), source)
    codes = [Made(code) for state in states.values() for code in _codes(state, source)]
    followed, unmade = make_all(recipes(source), read.rows, {reject.row for reject in read.rejects})
    union, no_state = _union([row for row in read.rows.values() if row["stateID"] == EUROPEAN_UNION], source)
    kept, dangling = without_dangling([Made(source), *former, *union, *codes, *episodes, *followed], known)
    return [one.record for one in kept], [*read.rejects, *rejects, *no_state, *unmade, *dangling]


def _former(state: Described) -> State:
    name, *others = state.names
    status = StateStatus.OTHER if state.key in _CONTESTED else StateStatus.SOVEREIGN
    return State(key=state.key, name=name, aliases=tuple(others), status=status, region=state.region)


def _codes(state: Described, source: Source) -> Iterator[Identifier]:
    """Yield the codes of a state. A code of one state stands for it, one of several states on the days of its rows."""
    if state.rows[0]["stateID"] not in SHARED_CODES:
        yield _identifier(f"{state.key}.identifier.ggo", state.key, _on_the_day_of(source), state.rows, source)
        return
    for row in state.rows:
        key = f"{state.key}.identifier.ggo.{row['Begin']}"
        yield _identifier(key, state.key, span_of(row, source), [row], source)


def _on_the_day_of(source: Source) -> WrittenSpan:
    return WrittenSpan(begins=UNKNOWN, ends=OPEN, verified_on=edition_of(source))


def _identifier(key: str, of: str, span: WrittenSpan, rows: list[Row], source: Source) -> Identifier:
    seen = tuple(Attestation(source=source.key, locator=row.place) for row in rows)
    code = rows[0]["stateID"]
    return Identifier(key=key, scheme=IdentifierScheme.GGO, code=code, of=of, span=span, attested_by=seen)


def _union(rows: list[Row], source: Source) -> tuple[list[Made], list[Reject]]:
    """Make the organization among the states; what the row says of its independence has no home."""
    if not rows:
        return [], []
    code = _identifier("EU.identifier.ggo", UNION.key, _on_the_day_of(source), rows, source)
    reason = "The European Union is an organization: its code is loaded, an episode of independence is not."
    return [Made(UNION), Made(code)], [row.reject(reason) for row in rows]
