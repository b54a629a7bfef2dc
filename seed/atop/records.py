"""Records made of the rows of one alliance: participations, commitments with conditions, terms, and its end."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from graph.model import Record
from graph.model.entities import Agreement
from graph.model.facts import Act, Commitment, Condition, Identifier, Participation, Term
from graph.model.records import UNLIMITED, Attestation
from graph.model.vocabulary import (
    ActKind,
    Bearers,
    Beneficiaries,
    CommitmentKind,
    ConditionKind,
    ConditionRole,
    IdentifierScheme,
    ParticipationBasis,
)
from seed.atop.cells import flag, number, says_nothing, version, written_day
from seed.atop.columns import BESIDE, CONDITIONS, ENDED, LIMITED, PLEDGES, TERMS, TOLD, Beside
from seed.atop.members import Member, whole
from seed.importing.headed import HeadedRow

SOURCE = "atop"
_NAMED = 4
"""So many members stand in a title, the others are counted."""


def key_of(atopid: str) -> str:
    """Return the key of an agreement."""
    return f"ATOP.{atopid}"


def key_of_row(row: HeadedRow) -> str:
    """Return the key of the agreement that a row is about."""
    return key_of(str(number(row, "atopid")))


def agreement(atopid: str, alliance: HeadedRow | None, members: Sequence[Member]) -> Iterator[Record]:
    """Yield the agreement, with its number; ATOP has no titles, so its members and its year make one."""
    cow = next((row["cowid"] for row in _rows(alliance, members) if not says_nothing(row["cowid"])), None)
    yield Agreement(
        key=key_of(atopid),
        title=_title(atopid, alliance, members),
        aliases=(f"ATOP {atopid}", *([f"COW alliance {cow}"] if cow else [])),
        subject="A military alliance, as ATOP counts them.",
    )
    yield Identifier(
        key=f"{key_of(atopid)}.identifier.atop",
        scheme=IdentifierScheme.ATOP,
        code=atopid,
        of=key_of(atopid),
        span=UNLIMITED,
        attested_by=tuple(_seen(row, quote=_all_said(row)) for row in _rows(alliance, members)[:1]),
    )


def _rows(alliance: HeadedRow | None, members: Iterable[Member]) -> list[HeadedRow]:
    return [*([alliance] if alliance else []), *(one.row for one in members)]


def _title(atopid: str, alliance: HeadedRow | None, members: Sequence[Member]) -> str:
    by_state: dict[str, str] = {}
    for one in sorted(members, key=lambda one: one.bounds.begins_earliest):
        by_state.setdefault(one.state, one.name)
    names = list(by_state.values())
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} others"]
    *most, last = names or ["states that are not known here"]
    begun = written_day(alliance, "begyr", "begmo", "begday") if alliance else None
    years = [begun[:4]] if begun else sorted(one.span.begins[:4] for one in members if one.span.begins[:4].isdecimal())
    of_year = f" of {years[0]}" if years else ""
    return f"Alliance of {', '.join(most)}{' and ' if most else ''}{last}{of_year} (ATOP {atopid})"


def participation(spell: Sequence[Member]) -> Participation:
    """Return that a state takes part, on which each of its rows is quoted with what no record is made of."""
    first = spell[0]
    under = key_of_row(first.row)
    return Participation(
        key=f"{under}.{first.state}.participation.{first.spell}",
        basis=ParticipationBasis.CODED,
        spell=first.spell,
        of=first.state,
        agreement=under,
        span=whole(spell),
        attested_by=tuple(_seen(one.row, quote=_untold(one.row)) for one in spell),
    )


def commitments(spell: Sequence[Member]) -> Iterator[Record]:
    """Yield what the rows of a participation say that a member owes, phase by phase."""
    times = Counter[str]()
    for one in spell:
        times[one.key] += 1
        key = f"{key_of_row(one.row)}.{one.key}"
        yield from _owed(one, key if times[one.key] == 1 else f"{key}.{times[one.key]}")


def _owed(one: Member, key: str) -> Iterator[Record]:
    """Yield what one row says that a member owes."""
    # Without `obvary` nothing tells whether all partners are owed the same, so it is no better than possible.
    varies = flag(one.row, "obvary") is not False
    partners = Beneficiaries.SOME_OTHER_PARTY if varies else Beneficiaries.EACH_OTHER_PARTY
    for column, pledge in PLEDGES.items():
        if flag(one.row, column):
            name = f"{key}.{pledge.kind.replace('_', '-')}"
            made = _commitment(one, name, pledge.kind, towards=partners, text=pledge.text, column=column)
            yield made
            yield from _conditions(one, made, column)
    for column, beside in BESIDE.items():
        if _is_known(one.row, column, beside):
            towards = partners if beside.towards_partners else Beneficiaries.COMMUNITY
            text = f"{beside.says} (ATOP {column} {number(one.row, column)})."
            yield _commitment(one, f"{key}.{column}", beside.kind, towards=towards, text=text, column=column)


def _is_known(row: HeadedRow, column: str, beside: Beside) -> bool:
    """Return whether a column says something, in a code that is known."""
    try:
        value = number(row, column) or 0
    except ValueError:
        return False
    return value > 0 and (beside.highest is None or value <= beside.highest)


def _commitment(
    one: Member, key: str, kind: CommitmentKind, *, towards: Beneficiaries, text: str, column: str
) -> Commitment:
    return Commitment(
        key=key,
        kind=kind,
        other_code=column if kind is CommitmentKind.OTHER else None,
        text=text,
        bearers=Bearers.NAMED,
        owed_by=(one.state,),
        beneficiaries=towards,
        span=one.span,
        under=key_of_row(one.row),
        attested_by=(_seen(one.row, column),),
    )


def _conditions(one: Member, of: Commitment, pledge: str) -> Iterator[Condition]:
    """Yield the conditions of a pledge; one that is conditional for no reason told is so all the same."""
    told = False
    for column, (kind, sentence) in CONDITIONS.get(pledge, {}).items():
        if says_nothing(one.row[column]):
            continue
        told = True
        if one.row[column].removesuffix(".0") == "1":
            yield _condition(one, of, column, kind, sentence)
        else:
            yield _condition(one, of, column, ConditionKind.OTHER, _coded(one.row, column))
    conditional = PLEDGES[pledge].conditional
    if conditional and not told and not says_nothing(one.row[conditional]):
        sentence = "It holds only under a condition, which is not said."
        yield _condition(one, of, conditional, ConditionKind.OTHER, sentence)
    if not says_nothing(one.row[LIMITED]):
        yield _condition(one, of, LIMITED, ConditionKind.OTHER, "The obligations are limited; how is not said.")


def _condition(one: Member, of: Commitment, column: str, kind: ConditionKind, sentence: str) -> Condition:
    return Condition(
        key=f"{of.key}.{column}",
        kind=kind,
        sentence=sentence,
        role=ConditionRole.TRIGGER,
        of=of.key,
        attested_by=(_seen(one.row, column),),
    )


def terms(atopid: str, alliance: HeadedRow | None, members: Sequence[Member]) -> Iterator[Term]:
    """Yield what the agreement says of itself; where rows differ, each once, as the first row that says it."""
    for kind, said in TERMS.items():
        told: dict[str, HeadedRow] = {}
        for row in _rows(alliance, members):
            if any(not says_nothing(row[column]) for column in said.columns):
                told.setdefault(_coded(row, *said.columns), row)
        for n, (sentence, row) in enumerate(told.items(), 1):
            key = f"{key_of(atopid)}.term.{kind.replace('_', '-')}"
            yield Term(
                key=key if n == 1 else f"{key}.{n}",
                kind=kind,
                value=_months(row, said.months),
                sentence=sentence,
                of=key_of(atopid),
                attested_by=(_seen(row, *said.columns),),
            )


def _months(row: HeadedRow, column: str | None) -> str | None:
    try:
        months = number(row, column) if column else None
    except ValueError:
        return None
    return f"{months} months" if months and 0 < months < 10_000 else None


def termination(alliance: HeadedRow | None, spells: Sequence[Sequence[Member]]) -> Iterator[Act]:
    """Yield that the agreement ended, where its codes say how, and all its last members left on that very day.

    Elsewhere each member's exit says enough, and the codes are quoted. Whether it was ended or ran out is not told.
    """
    end = written_day(alliance, "endyr", "endmo", "endday") if alliance else None
    last = [one for spell in spells for one in spell if one.span.ends == end]
    latest = max((one.bounds.ends_latest for spell in spells for one in spell), default=None)
    if alliance is None or end is None or len(end) < len("1894-01-04") or latest != date.fromisoformat(end):
        return
    codes = dict.fromkeys(_coded(row, *ENDED) for row in _rows(alliance, last) if _has_ended(row))
    if not codes:
        return
    key = key_of_row(alliance)
    grounds = " ".join(codes)
    yield Act(
        key=f"{key}.termination",
        kind=ActKind.TERMINATION,
        day=end,
        on=key,
        grounds=f"{grounds} Whether it was ended or ran out is not told here."[:2000],
        attested_by=(_seen(alliance, "endyr", "endmo", "endday"),),
    )


def _has_ended(row: HeadedRow) -> bool:
    return any(not says_nothing(row[column]) for column in ENDED)


def _coded(row: HeadedRow, *columns: str) -> str:
    said = ", ".join(f"{column} {row[column]}" for column in columns if row[column])
    return f"ATOP codes {said}."


def _seen(row: HeadedRow, *columns: str, quote: str | None = None) -> Attestation:
    """Say where in which version it stands. A row is found by what it is about, since lines move between versions."""
    level = "member" if row["member"] else "alliance"
    of = f", column {', '.join(columns)}" if columns else ""
    return Attestation(source=SOURCE, locator=f"version {version(row)}, {level} {row.id}{of}", quote=quote)


def _untold(row: HeadedRow) -> str | None:
    """Return the cells of a member's row that say something and of which no record is made."""
    left = [name for name, text in row.cells.items() if not says_nothing(text) and not _is_told(row, name)]
    return "; ".join(f"{name}={row[name]}" for name in left) or None


def _is_told(row: HeadedRow, column: str) -> bool:
    if column in BESIDE:
        return _is_known(row, column, BESIDE[column])
    pledge = next((name for name, columns in CONDITIONS.items() if column in columns), None) or next(
        (name for name, one in PLEDGES.items() if one.conditional == column), None
    )
    if pledge is not None:
        return bool(flag(row, pledge))  # a condition of what is not owed is no record
    return column in TOLD and (column != LIMITED or any(flag(row, name) for name in PLEDGES))


def _all_said(row: HeadedRow) -> str | None:
    return "; ".join(f"{name}={text}" for name, text in row.cells.items() if not says_nothing(text)) or None
