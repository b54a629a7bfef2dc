"""How to cite an answer: itself and the sources of its rows, as plain text and as BibTeX."""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from graph.types import written_instant
from graph.understood import Answer
from service.forms import Format
from service.permalink import permalink
from service.texts import harmless

Source = Mapping[str, Any]

_DAY = re.compile(r"(\d{4})(-\d{2}(-\d{2})?)?")
# Whatever a source holds is a text and no command. BibTeX counts braces even after a backslash, so they get names.
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{one: f"\\{one}" for one in "$&%#_"},
    }
)
_NO_KEY = re.compile(r"[^A-Za-z0-9.:_-]")
# What has a meaning in an address stays, braces and backslashes do not.
_IN_ADDRESS = ":/?#[]@!$&'()*+,;=%~"


def to_citation(answer: Answer, sources: Iterable[Source], service: str | None) -> bytes:
    """Write for people how to cite an answer and the sources of its rows.

    `service` is the address under which the service was asked, if it was.
    """
    lines = ["Cite this answer as", "", *_own(answer, service), "", *_heading(answer, listed := list(sources)), ""]
    for source in listed:
        lines += [*_of_source(source), ""]
    return "\n".join(lines).encode()


def to_bibtex(answer: Answer, sources: Iterable[Source], service: str | None) -> bytes:
    """Write the same as BibTeX, in UTF-8: an entry for the answer, and one for each source under its key."""
    entries = [_entry(f"foedus-{answer.question.name}", _own_fields(answer, service))]
    entries += [_entry(source["key"], _fields(source)) for source in sources]
    return "\n".join(entries).encode()


CITING = {Format.CITATION: to_citation, Format.BIBTEX: to_bibtex}


def _asked(answer: Answer) -> str:
    """Say in one line what was asked."""
    given = ", ".join(f"{name}={text}" for name, text in answer.again if name in answer.parameters)
    day = [f"on {answer.on}"] if answer.on else []
    return "; ".join([*([given] if given else []), *day, f"as known at {written_instant(answer.known_at)}"])


def _address(answer: Answer, service: str | None) -> str | None:
    found = permalink(answer.question, answer.again)
    return found and (service or "").rstrip("/") + found


def _own(answer: Answer, service: str | None) -> Iterator[str]:
    yield _line(
        f"foedus {version('foedus')}: “{answer.question.header.title}” ({answer.question.name}). {_asked(answer)}."
    )
    if address := _address(answer, service):
        yield address


def _heading(answer: Answer, sources: list[Source]) -> Iterator[str]:
    rows = {0: "It has no rows", 1: "It has 1 row"}.get(len(answer.rows), f"It has {len(answer.rows)} rows")
    more = " and there are more, whose sources are not listed here" if answer.truncated else ""
    yield f"{rows}{more}. " + ("Its sources are" if sources else "It names no source.")


def _of_source(source: Source) -> Iterator[str]:
    written = ". ".join(str(source[name]).rstrip(".") for name in ("publisher", "title") if source[name])
    yield _line(f"[{source['key']}] {source['citation'] or f'{written}.'}")
    if source["citation"]:
        yield _line(f"  Title: {source['title']}")
        yield from _told(source, "Publisher", "publisher")
    yield from _told(source, "Published", "published")
    yield from _told(source, "Address", "address")
    yield from _told(source, "Retrieved", "retrieved")
    yield from _told(source, "Licence", "licence")


def _told(source: Source, what: str, name: str) -> Iterator[str]:
    if source[name]:
        yield _line(f"  {what}: {source[name]}")


def _line(text: str) -> str:
    return harmless(text).rstrip()


def _own_fields(answer: Answer, service: str | None) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{_latex(answer.question.header.title)}}}"
    yield "howpublished", _latex(f"foedus {version('foedus')}, question {answer.question.name}")
    yield "year", str(answer.known_at.year)
    if service and (address := _address(answer, service)):
        yield "url", quote(address, safe=_IN_ADDRESS)
    yield "note", _latex(f"Asked with {_asked(answer)}")


def _fields(source: Source) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{_latex(source['title'])}}}"
    if source["publisher"]:
        yield "publisher", f"{{{_latex(source['publisher'])}}}"
    if day := _DAY.fullmatch(source["published"] or ""):
        # BibTeX reads the year, biblatex the date.
        yield "year", day[1]
        yield "date", day[0]
    if source["address"]:
        yield "url", quote(_line(source["address"]), safe=_IN_ADDRESS)
    if source["retrieved"]:
        yield "urldate", source["retrieved"]
    if note := " ".join(_notes(source)):
        yield "note", _latex(note)


def _notes(source: Source) -> Iterator[str]:
    if source["citation"]:
        yield source["citation"]
    if source["licence"]:
        yield f"Licence: {source['licence'].rstrip('.')}."


def _latex(text: str) -> str:
    return _line(text).translate(_LATEX)


def _entry(key: str, fields: Iterable[tuple[str, str]]) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in fields]
    return "\n".join([f"@misc{{{_NO_KEY.sub('_', key)},", *lines, "}\n"])
