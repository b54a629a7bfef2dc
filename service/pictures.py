"""An answer as nodes and edges, by the `edge` of its question's header: JSON for a page to draw, GraphML for tools."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from graph.catalog import Question
from graph.types import LABEL_TYPES, LIST_OF
from graph.understood import Answer
from service.answers import about, as_text, dumped

Node = dict[str, str]
Edge = dict[str, Any]

# All that XML 1.0 admits in a document, written or as a reference.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OF_EDGE = ("from", "to", "label")
_XML_TYPES = {"integer": "long", "number": "double", "boolean": "boolean"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'


def to_graph(answer: Answer) -> bytes:
    """Write `nodes` (id, and name and label where they are known) and `edges` (from, to, label and the row).

    A column that has the name of one of those three and another value stands in the edge as `row_<name>`.
    """
    nodes, edges = drawn(answer)
    return dumped(about(answer) | {"nodes": nodes, "edges": edges})


def to_graphml(answer: Answer) -> bytes:
    """Write the same as GraphML, every edge with the columns of its row.

    Whatever characters a source holds, the document is well-formed: those that XML does not know become U+FFFD. A list
    is joined by `; `, evidence is `source locator: quote`, null is left out.
    """
    nodes, edges = drawn(answer)
    return "\n".join([_HEAD, *_graphml(answer, nodes, edges), "</graphml>\n"]).encode()


def drawn(answer: Answer) -> tuple[list[Node], list[Edge]]:
    """Return the nodes, each once, and the edges of an answer. A row that lacks an end has no edge."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for record in answer.records:
        starts, ends = (list(_ends(answer, record, which)) for which in _named_ends(answer.question))
        for node in (*starts, *ends):
            nodes[node["id"]] = node | nodes.get(node["id"], {})
        edges += [_edge(answer.question, record, one["id"], other["id"]) for one in starts for other in ends]
    return list(nodes.values()), edges


def _named_ends(question: Question) -> tuple[str, str]:
    assert question.header.edge is not None  # noqa: S101 - offered by no other question
    return question.header.edge.start, question.header.edge.end


def _ends(answer: Answer, record: Mapping[str, Any], which: str) -> Iterator[Node]:
    """Yield the nodes at one end of a row: what a column or a parameter holds, or each of the several it holds.

    Names and labels stand in the columns that are called like it: `<column>_name`, or `_title`, and `<column>_label`.
    """
    header, name = answer.question.header, which.removeprefix("$")
    given = which.startswith("$")
    keys = _several(answer.parameters.get(name) if given else record[name])
    kind = (header.params if given else header.returns)[name].type.removeprefix(LIST_OF)
    beside = {} if given else record
    names = _several(beside.get(f"{name}_name") or beside.get(f"{name}_title"))
    # A name that is missing among several leaves open whose the others are.
    named = names if len(names) == len(keys) else [None] * len(keys)
    for key, text in zip(keys, named, strict=True):
        found = {"name": text, "label": beside.get(f"{name}_label") or LABEL_TYPES.get(kind)}
        yield {"id": as_text(key)} | {what: said for what, said in found.items() if said}


def _several(value: Any) -> list[Any]:
    """Return the values that are there: none, one, or those of a list."""
    return [one for one in (value if isinstance(value, list) else [value]) if one is not None]


def _edge(question: Question, record: Mapping[str, Any], start: str, end: str) -> Edge:
    assert question.header.edge is not None  # noqa: S101 - offered by no other question
    found: Edge = {"from": start, "to": end, "label": _label(record, question.header.edge.label)}
    for name, value in record.items():
        if name not in found:
            found[name] = value
        elif name in _OF_EDGE and found[name] != value:
            found[f"row_{name}"] = value
    return found


def _label(record: Mapping[str, Any], column: str) -> str | None:
    value = record.get(column)
    return None if value is None else as_text(value)


def _graphml(answer: Answer, nodes: Iterable[Node], edges: list[Edge]) -> Iterator[str]:
    columns = list(dict.fromkeys(name for edge in edges for name in edge))[2:]
    said = {name: value for name, value in about(answer).items() if isinstance(value, str | bool)}
    yield from (_key("graph", name, "boolean" if isinstance(value, bool) else "string") for name, value in said.items())
    yield from (_key("node", name, "string") for name in ("name", "label"))
    yield from (_key("edge", name, _type(answer.question, name)) for name in columns)
    yield f'<graph id={_quoted(answer.question.name)} edgedefault="directed">'
    yield from _data("graph", said)
    for node in nodes:
        yield f"<node id={_quoted(node['id'])}>"
        yield from _data("node", {name: text for name, text in node.items() if name != "id"})
        yield "</node>"
    for edge in edges:
        yield f"<edge source={_quoted(edge['from'])} target={_quoted(edge['to'])}>"
        yield from _data("edge", {name: edge[name] for name in columns if edge.get(name) is not None})
        yield "</edge>"
    yield "</graph>"


def _type(question: Question, name: str) -> str:
    spec = question.header.returns.get(name)
    return "string" if spec is None or name == "label" else _XML_TYPES.get(spec.type, "string")


def _key(of: str, name: str, kind: str) -> str:
    return f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>'


def _data(of: str, values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        # A parser reads a bare carriage return as a newline.
        yield f'<data key="{of}_{name}">{escape(_sound(as_text(value)), {chr(13): "&#13;"})}</data>'


def _quoted(text: str) -> str:
    return quoteattr(_sound(text))


def _sound(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
