"""Who followed whom, where a row says so: a mapping written by hand and keyed by row.

That an episode ends on the day on which another begins says nothing by itself. Comments that name a state which is not
in the list (the German Empire, the Mughal Empire, the United Provinces of Central Italy) make no succession.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from graph.days import day_bounds
from graph.model import Record
from graph.model.entities import Source
from graph.model.facts import Succession
from graph.model.records import Attestation, WrittenDay
from graph.model.vocabulary import SuccessionKind
from seed.ggo_states.identity import key_of
from seed.ggo_states.tables import begin_of, to_edtf
from seed.reading import Row
from seed.recipes import Recipe


@dataclass(frozen=True)
class _Followed:
    """What a row says by its meaning: whom its state followed, where it says so, and in what words."""

    predecessor: str
    kind: SuccessionKind
    words: str
    column: str = "Comments"


_SECESSIONS = {
    "CRI 1838-11-05/9999-12-31": _Followed(
        "UPC", SuccessionKind.SECESSION, "(withdrawing from the Federal Republic of Central America)"
    ),
    "DRV 0939-01-01/1883-08-31": _Followed("CHN", SuccessionKind.SECESSION, "(Independence from China)"),
    "EAZ 1856-01-01/1890-07-01": _Followed("OMN", SuccessionKind.SECESSION, "(Separation from the Sultanate of Oman)"),
    "NLD 1581-07-26/1940-05-10": _Followed("ESP", SuccessionKind.SECESSION, "(Secession from the Spanish Habsburg)"),
    "OVB 1556-01-01/1903-12-31": _Followed("KON", SuccessionKind.SECESSION, "(Independence from the Kingdom of Kongo)"),
    # The Soviet Union is an episode of Russia, which goes on.
    "TJK 1991-09-09/9999-12-31": _Followed("RUS", SuccessionKind.SECESSION, "(independence from the Soviet Union)"),
}

# The later row, and the earlier one with the end of the state that fell apart.
_DISSOLUTIONS = {
    ("COL 1831-11-19/9999-12-31", "GCL 1819-12-17/1830"): _Followed(
        "GCL", SuccessionKind.DISSOLUTION, "(after the dissolution of Gran Colombia)"
    ),
    # One code for both: by the codebook that is inheritance of the earlier state's rights and obligations.
    ("SRB 2006-06-05/9999-12-31", "SRB 1992-04-27/2006-06-05"): _Followed(
        "SCG", SuccessionKind.DISSOLUTION, "^(Dissolution)$", "Basis"
    ),
}


def recipes(source: Source) -> Iterator[Recipe]:
    """Yield the mapping; each row is the successor's."""
    for row, followed in _SECESSIONS.items():
        yield Recipe((row,), partial(_secession, source, followed))
    for rows, followed in _DISSOLUTIONS.items():
        yield Recipe(rows, partial(_dissolution, source, followed))


def _secession(source: Source, followed: _Followed, later: Row) -> Iterator[Record]:
    yield _succession(source, followed, later, begin_of(later))


def _dissolution(source: Source, followed: _Followed, later: Row, earlier: Row) -> Iterator[Record]:
    """Make a succession between the end of one and the begin of the other."""
    last, first = to_edtf(earlier["End"]), begin_of(later)
    day = first if last == first else f"[{day_bounds(last)[0]}..{day_bounds(first)[1]}]"
    yield _succession(source, followed, later, day, earlier)


def _succession(source: Source, followed: _Followed, later: Row, day: str, *others: Row) -> Succession:
    successor = key_of(later)
    later.find(followed.column, followed.words)  # the mapping is of these words, and of no others
    return Succession(
        key=f"{successor}.succession.{followed.predecessor}",
        kind=followed.kind,
        ends_predecessor=followed.kind is SuccessionKind.DISSOLUTION,
        predecessor=followed.predecessor,
        successor=successor,
        day=WrittenDay(edtf=day),
        attested_by=tuple(
            Attestation(source=source.key, locator=row.place, quote=later[followed.column] if row is later else None)
            for row in (later, *others)
        ),
    )
