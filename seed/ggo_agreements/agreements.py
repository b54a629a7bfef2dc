"""What the rows of one treatyID say of the agreement itself: its description, its code, and the acts of the whole.

Several rows of one treatyID are one agreement, though some of them are surely several: the rows of parties do not tell
these apart. The first by begin and title describes it, the titles of the others are its aliases, as are the short names
of `known_as.toml`, and days that differ compete: they are read as one uncertain day. It has ended only where each of
its rows says so.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from graph.days import OPEN, UNKNOWN
from graph.model import Record
from graph.model.entities import Agreement
from graph.model.facts import Act, Identifier, Term
from graph.model.records import Attestation, WrittenDay, WrittenSpan
from graph.model.vocabulary import ActKind, AgreementKind, IdentifierScheme, TermKind
from seed.ggo_agreements.tables import AGREEMENTS, DATA_SET, IN_FORCE_WHEN_CHECKED, PARTIES, AgreementRow, PartyRow

_KNOWN_AS = Path(__file__).with_name("known_as.toml")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_NOTES = re.compile(r"_\d{4}N\d*(?::|$)")
_KINDS = {
    "": AgreementKind.TREATY,
    "Agreement": AgreementKind.TREATY,
    "Protocol": AgreementKind.PROTOCOL,
    "MOU": AgreementKind.MEMORANDUM,
}
_AMENDMENT = "Amendment"
_LONGEST_TITLE = 500


def safe(text: str) -> str:
    """Return a text with the letters that a key may have: `~` for a colon, other signs by their number."""
    return _UNSAFE.sub(lambda sign: "~" if sign[0] == ":" else f"~{ord(sign[0]):02X}", text)


def key_of(treaty: str) -> str:
    """Return the key of an agreement."""
    return f"ggo.{safe(treaty)}"


def seen_in(file: str, row: str) -> tuple[Attestation, ...]:
    """Return the attestation by rows of a file: all of one id have one locator."""
    return (Attestation(source=DATA_SET, locator=f"{file}, row {row}"),)


def described(treaty: str, rows: Sequence[AgreementRow]) -> Agreement:
    """Describe an agreement. Raises ValidationError when its title, for example, cannot be one."""
    first = rows[0]
    titles = [_fitting(title) for row in rows for title in (row.title, row.title_alt) if title]
    title = _fitting(first.title)
    return Agreement(
        key=key_of(treaty),
        title=title,
        aliases=tuple(other for other in dict.fromkeys([*titles, *known_as().get(treaty, ())]) if other != title),
        kind=AgreementKind.EXCHANGE_OF_NOTES if _NOTES.search(treaty) else _KINDS.get(first.kind, AgreementKind.OTHER),
        subject="; ".join(filter(None, (first.domain, first.subject))) or None,
        text_address=next((row.text_url for row in rows if row.text_url), None),
    )


@cache
def known_as() -> Mapping[str, Sequence[str]]:
    """Return the short names of well-known agreements, by treatyID."""
    return cast(Mapping[str, Sequence[str]], tomllib.loads(_KNOWN_AS.read_text("utf-8")))


def _fitting(title: str) -> str:
    """Cut a title that is longer than a name may be; there is one in the file."""
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"


def identified(treaty: str, edition: date) -> Identifier:
    """Return its code, which stood for it on the day of the edition."""
    span = WrittenSpan(begins=UNKNOWN, ends=OPEN, verified_on=edition)
    key = f"{key_of(treaty)}.identifier"
    seen = seen_in(AGREEMENTS.file, treaty)
    return Identifier(key=key, scheme=IdentifierScheme.GGO, code=treaty, of=key_of(treaty), span=span, attested_by=seen)


def amends(treaty: str, rows: Sequence[AgreementRow], known: Collection[str]) -> Iterator[Term]:
    """Yield that it amends the agreement named behind the colon, where that is one of the file."""
    _, _, parent = treaty.partition(":")
    if rows[0].kind == _AMENDMENT and parent in known and ":" not in parent:
        yield Term(
            key=f"{key_of(treaty)}.amends",
            kind=TermKind.AMENDS,
            of=key_of(treaty),
            concerns=(key_of(parent),),
            attested_by=seen_in(AGREEMENTS.file, treaty),
        )


def acts_of_the_whole(treaty: str, row: AgreementRow, ends: Mapping[str, Act]) -> Iterator[Act]:
    """Yield what a row says was done by nobody in particular; `ends` are the acts by which the agreement ended."""
    for kind, day in ((ActKind.SIGNATURE, row.signature), (ActKind.ENTRY_INTO_FORCE, row.force)):
        if day:
            yield _act(treaty, kind, day, seen_in(AGREEMENTS.file, treaty))
    if row.end and row.end.edtf in ends:
        yield ends[row.end.edtf]


def ends_of_the_whole(treaty: str, rows: Sequence[AgreementRow], parties: Sequence[PartyRow]) -> dict[str, Act]:
    """Return the acts by which the agreement ended, by day.

    Where agreements.csv does not say, its rows of parties do if all give the document one end. An end without a day
    of termination is one that was to come: an expiry.
    """
    if any(row.open for row in rows):
        return {}
    if all(row.end for row in rows):
        seen = seen_in(AGREEMENTS.file, treaty)
        return {
            row.end.edtf: _act(treaty, ActKind.EXPIRY if row.stated_term else ActKind.TERMINATION, row.end, seen)
            for row in rows
            if row.end
        }
    document = {row.document_end for row in parties}
    if any(row.end for row in rows) or len(document) != 1 or not document.isdisjoint({"", IN_FORCE_WHEN_CHECKED}):
        return {}
    stated = [row for row in parties if row.end and row.end.edtf in document]
    if not stated:
        return {}
    (day,) = document
    seen = seen_in(PARTIES.file, min(row.line.id for row in stated))
    return {day: _act(treaty, ActKind.TERMINATION, WrittenDay(edtf=day), seen)}


def _act(treaty: str, kind: ActKind, day: WrittenDay, seen: tuple[Attestation, ...]) -> Act:
    key = f"{key_of(treaty)}.{kind.replace('_', '-')}.{safe(day.edtf)}"
    return Act(key=key, kind=kind, day=day, on=key_of(treaty), attested_by=seen)


def in_order(rows: Sequence[AgreementRow]) -> list[AgreementRow]:
    """Sort the rows of one treatyID by what they say."""
    return sorted(rows, key=lambda row: (row.begin, row.title, row.domain, row.kind, row.subject, row.text_url))


def records_of(treaty: str, rows: Sequence[AgreementRow], known: Collection[str], edition: date) -> list[Record]:
    """Return what is said of the agreement whatever its days. Raises ValidationError when it cannot be described."""
    return [described(treaty, rows), identified(treaty, edition), *amends(treaty, rows, known)]
