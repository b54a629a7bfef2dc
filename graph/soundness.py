"""Whether the header of a question and the text below it agree; called when the catalogue is read."""

import re
from collections.abc import Iterator

from graph.header import COMPARED, Header
from graph.parameters import RESERVED
from graph.then import Then
from graph.types import stands_in_cursor

_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")
_ALIAS = re.compile(r"\bAS\s+(\w+)\s*(?:,|$)", re.MULTILINE)
_NESTED = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|\([^()]*\)")
_LITERAL = re.compile(r"//[^\n]*|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_PAGING = frozenset({"after", "row_limit"})


def parameters_of(text: str) -> frozenset[str]:
    """Return the names of the parameters that a text reads."""
    return frozenset(_PARAMETER.findall(_LITERAL.sub("", text)))


def disagreements(name: str, header: Header, text: str, function: Then | None) -> Iterator[str]:
    """Yield each thing in which a question's name, header and text do not fit, as a sentence without its subject."""
    bare = _LITERAL.sub("", text)
    if not _NAME.match(name):
        yield "its name is not snake_case"
    if ";" in bare:
        yield "it has a `;`; a question is one statement"
    yield from _parameters_disagree(header, parameters_of(text), function)
    aliases, expected = _aliases(bare), list(function.takes if function else header.returns)
    if aliases != expected:
        yield f"it returns {aliases}, {'its function takes' if function else 'the header says'} {expected}"
    yield from _columns_disagree(header)


def _columns_disagree(header: Header) -> Iterator[str]:
    if taken := sorted(COMPARED.keys() & header.returns.keys()):
        yield f"it returns {', '.join(taken)}, which stand before its columns where answers are compared"
    for name in (*header.order, *header.identity):
        if name not in header.returns or header.returns[name].optional:
            yield f"it is ordered or told apart by {name}, which is no column that is always there"
    for name in header.order:
        if name in header.returns and not stands_in_cursor(header.returns[name].type):
            yield f"it is ordered by {name}, of whose type no cursor holds a value"
    parameters = {f"${name}" for name in header.params}
    for name in (header.edge.start, header.edge.end) if header.edge else ():
        if name not in header.returns.keys() | parameters:
            yield f"its edge is drawn by {name}, which is no column and no $parameter"
    if header.edge and header.edge.label not in header.returns:
        yield f"its edge is labelled by {header.edge.label}, which is no column"
    yield from _calendar_disagrees(header)


def _calendar_disagrees(header: Header) -> Iterator[str]:
    if header.calendar is None:
        return
    for name in filter(None, (header.calendar.day, header.calendar.summary, header.calendar.description)):
        if name not in header.returns:
            yield f"its calendar shows {name}, which is no column"
    if header.calendar.day in header.returns and header.returns[header.calendar.day].type != "day":
        yield f"its calendar is by {header.calendar.day}, which is no day"


def _aliases(bare: str) -> list[str]:
    """Return the aliases of the last RETURN that starts a line, without those of anything nested in it."""
    *_, returned = re.split(r"^RETURN\b", bare, flags=re.MULTILINE)
    nested = 1
    while nested:
        returned, nested = _NESTED.subn("", returned)
    return _ALIAS.findall(returned)


def _parameters_disagree(header: Header, used: frozenset[str], function: Then | None) -> Iterator[str]:
    elsewhere = function.uses if function else frozenset()
    paging = _PAGING if header.pages else frozenset()
    if reserved := RESERVED & set(header.params):
        yield f"it declares reserved parameters: {', '.join(sorted(reserved))}"
    if undeclared := used - set(header.params) - {"known_at", "on"} - paging:
        yield f"it uses parameters that the header does not declare: {', '.join(sorted(undeclared))}"
    if unused := set(header.params) - used - elsewhere:
        yield f"it declares parameters that it does not use: {', '.join(sorted(unused))}"
    if "known_at" not in used:
        yield "it does not use $known_at, so it would mix states of knowledge"
    if ("on" in used) == bool(header.timeless):
        yield "a question uses $on, or says in `timeless` why not"
    if lacking := paging - used:
        yield f"its pages are its own and it does not use {', '.join(sorted(lacking))}"
    missing = [name for name, spec in header.params.items() if spec.example is None and not spec.optional]
    if missing:
        yield f"parameters without an example: {', '.join(missing)}"
    if unfit := [name for name in header.in_path if name not in header.params or header.params[name].optional]:
        yield f"its path names what is no parameter that is always given: {', '.join(unfit)}"
