"""What holds on each day, found slowly: by trying every reading of what sources say.

A *reading* settles every uncertain day and says of every denied act whether it happened. In one reading everything is
a plain set of days, kept as a bit mask (bit d stands for day d). What holds in all readings is certain, what holds in
some is possible. Beside the readings stand the rules of knowledge: where no end is recorded, certainty ends the day
after the latest day on which a source says that it holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.oracle.clauses import Account, Owed, waiting
from tests.oracle.settled import Choices, Settled
from tests.oracle.worlds import NEVER, World
from tests.oracle.written import Reading, days_from, readings


@dataclass(frozen=True)
class Expected:
    """The answer of each day (by its number) for each party and each (bearer, beneficiary, commitment)."""

    parties: dict[str, list[str]]
    owed: dict[tuple[str, str, str], list[str]]
    at_most: dict[tuple[str, ...], list[str]]
    """The same of both, when spans that follow each other are taken together in each reading. The design lets the
    best of several spans count and is weaker where one ends on the uncertain day on which the next begins; an answer
    up to this is right too."""


MEANT = Choices()


def expected(world: World, choices: Choices = MEANT) -> Expected:
    """Return what a world comes to by trying every reading; raises TooManyReadingsError."""
    parties: dict[str, Account] = {}
    owed: dict[tuple[str, str, str], Account] = {}
    clauses = [Owed(world, clause, choices) for clause in world.clauses]
    every = [one for reading in readings(world) for one in _with_luck(world, reading, choices)]
    _forget_limits(every, in_all=choices.left_in_all)
    for settled in every:
        _count_parties(settled, parties)
        for clause in clauses:
            clause.count(settled, owed)
    total = len(every)
    some = {clause.key for clause in world.clauses if clause.beneficiaries == "some"}
    return Expected(
        {actor: account.answers(total) for actor, account in parties.items()},
        {pair: account.answers(total, never_better=pair[2] in some) for pair, account in owed.items()},
        {(actor,): account.answers(total, joined=True) for actor, account in parties.items()}
        | {pair: acc.answers(total, never_better=pair[2] in some, joined=True) for pair, acc in owed.items()},
    )


def _count_parties(settled: Settled, parties: dict[str, Account]) -> None:
    joined: dict[str, list[tuple[int, int]]] = {}
    for (actor, spell), taking in settled.taking.items():
        account = parties.setdefault(actor, Account())
        masks = joined.setdefault(actor, [])
        for span in taking.spans:
            account.hold((span.kind, str(spell)), span.mask(), span.suspended, span.certain, span.presumed)
            held = span.mask() & ~span.suspended
            masks.append((held & days_from(0, span.certain), held & days_from(0, span.presumed)))
        account.wait((str(spell),), waiting([taking]))
    for actor, masks in joined.items():
        parties[actor].join(masks)


def _forget_limits(every: list[Settled], *, in_all: bool) -> None:
    """Let certainty last to the end where any is recorded, though in some readings it does not come.

    So it is with a withdrawal that is denied: certain until its day, possible after it.
    """
    spans = [(*who, span.kind, span) for one in every for who, taking in one.taking.items() for span in taking.spans]
    endless = {(actor, spell, kind) for actor, spell, kind, span in spans if span.ends == NEVER}
    ended = {
        (actor, spell, kind)
        for actor, spell, kind, span in spans
        if span.ends < NEVER and not (in_all and span.left and (actor, spell, kind) in endless)
    }
    for actor, spell, kind, span in spans:
        if (actor, spell, kind) in ended:
            span.certain = span.presumed = NEVER


def _with_luck(world: World, reading: Reading, choices: Choices) -> Iterator[Settled]:
    settled = Settled(world, replace(reading), choices, lucky=True)
    yield settled
    if settled.luck_mattered:
        yield Settled(world, replace(reading), choices, lucky=False)
