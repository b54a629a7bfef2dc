"""Episodes of independence: one `Statehood` for each row that has a begin."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from graph.days import OPEN
from graph.model.entities import Source
from graph.model.facts import Statehood
from graph.model.records import Attestation, Contradiction, WrittenSpan
from graph.model.vocabulary import StatehoodBegin, StatehoodEnd
from seed.ggo_states.identity import Described
from seed.ggo_states.tables import begin_of, end_of, value
from seed.reading import Row
from seed.recipes import Made
from seed.rejects import Reject, reason_of

# Below the codebook's own words come others of the file: its definitions take in restoration, coup, protectorate and
# vassalisation, and none of the rest.
_BEGINS = {member.value.capitalize(): member for member in StatehoodBegin} | {
    "Restoration": StatehoodBegin.LIBERATION,
    "Declaration": StatehoodBegin.OTHER,
}
_ENDS = {member.value.capitalize(): member for member in StatehoodEnd} | {
    "Coup": StatehoodEnd.REVOLUTION,
    "Protectorate": StatehoodEnd.COLONISATION,
    "Vassalisation": StatehoodEnd.COLONISATION,
    "Incorporation": StatehoodEnd.OTHER,
    "Independence": StatehoodEnd.OTHER,
    "Invasion": StatehoodEnd.OTHER,
    "Subjugation": StatehoodEnd.OTHER,
}

V = TypeVar("V")


@dataclass(frozen=True)
class _Episode:
    key: str
    row: Row
    span: WrittenSpan


def statehoods(states: Iterable[Described], source: Source) -> tuple[list[Made], list[Reject]]:
    """Make the Statehood of each row, and reject those that have no begin or cannot be read.

    A state does not become independent while it is: a row whose episode begins within another of the same state
    contradicts that one.
    """
    made: list[Made] = []
    rejects: list[Reject] = []
    for state in states:
        earlier: list[_Episode] = []
        for row in state.rows:
            try:
                episode = _Episode(_key(state, row), row, span_of(row, source))
                made.append(Made(_statehood(state.key, episode, earlier, source), row))
                earlier.append(episode)
            except ValueError as error:
                rejects.append(row.reject(reason_of(error)))
    return made, rejects


def _key(state: Described, row: Row) -> str:
    """Return the key of an episode: the state and the begin, and the end where two rows have one begin."""
    alike = Counter(other["Begin"] for other in state.rows)[row["Begin"]]
    days = row["Begin"] if alike == 1 else f"{row['Begin']}_{row['End']}"
    return f"{state.key}.statehood.{days.replace(' ', '-').replace('?', '')}"


def span_of(row: Row, source: Source) -> WrittenSpan:
    """Return the days of an episode; a state that exists today exists on the day of the edition."""
    begins, ends = begin_of(row), end_of(row)
    differs = begins != row["Begin"] or ends not in (row["End"], OPEN)
    return WrittenSpan(
        begins=begins,
        ends=ends,
        ends_are=source.ends_are,
        verified_on=edition_of(source) if ends == OPEN else None,
        as_written=f"{row['Begin']}/{row['End']}" if differs else None,
    )


def edition_of(source: Source) -> date | None:
    """Return the day of the edition."""
    return source.published.latest if source.published else None


def _statehood(state: str, episode: _Episode, earlier: Sequence[_Episode], source: Source) -> Statehood:
    row = episode.row
    rivals = [other for other in earlier if _overlap(episode.span, other.span)]
    words = [f"{column}: {word}" for column in ("Basis", "Grounds") if (word := value(row, column))]
    return Statehood(
        key=episode.key,
        began_by=_meaning(row, "Basis", _BEGINS),
        ended_by=_meaning(row, "Grounds", _ENDS),
        of=state,
        span=episode.span,
        attested_by=(Attestation(source=source.key, locator=row.place, quote="; ".join(words) or None),),
        contradicts=tuple(Contradiction(fact=other.key, reason=_REASON) for other in rivals),
    )


_REASON = "Two rows of the data set give the state two episodes of independence on the same days."


def _overlap(one: WrittenSpan, other: WrittenSpan) -> bool:
    both = one.bounds().overlap(other.bounds())
    return both.begins_latest < both.ends_earliest


def _meaning(row: Row, column: str, words: Mapping[str, V]) -> V | None:
    """Read a word of a closed list; `?`, which marks doubt, stays in the quote. Raises ValueError for a new word."""
    word = value(row, column)
    if word is None:
        return None
    plain = word.rstrip("?")
    if plain not in words:
        raise ValueError(f"{column} {plain!r} is unknown.")
    return words[plain]
