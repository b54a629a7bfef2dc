"""The forms in which an answer is given, and which of them a question offers."""

from enum import StrEnum

from graph.catalog import Question


class Format(StrEnum):
    """Forms in which an answer is given."""

    JSON = "json"
    CSV = "csv"
    NDJSON = "ndjson"
    GRAPH = "graph"
    GRAPHML = "graphml"
    ICS = "ics"
    CITATION = "citation"
    BIBTEX = "bibtex"


NDJSON_TYPE = "application/x-ndjson"
# The graph has a type of its own, because Accept is compared without parameters: who accepts `application/json` means
# the envelope with its rows. BibTeX has none that is registered; this is the one that citation services answer to.
MEDIA_TYPES = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv",
    Format.NDJSON: NDJSON_TYPE,
    Format.GRAPH: "application/vnd.foedus.graph+json",
    Format.GRAPHML: "application/graphml+xml",
    Format.ICS: "text/calendar",
    Format.CITATION: "text/plain",
    Format.BIBTEX: "application/x-bibtex",
}
PICTURES = frozenset({Format.GRAPH, Format.GRAPHML})
CITATIONS = frozenset({Format.CITATION, Format.BIBTEX})


def offered(question: Question) -> list[Format]:
    """Return the forms that a question's answer can take; whoever asks for none gets the first."""
    return [form for form in Format if not _lacking(question, form)]


def refusal(question: Question, form: Format) -> str | None:
    """Return why a question's answer cannot take a form, as a sentence without its end; None if it can."""
    lacking = _lacking(question, form)
    return f"{lacking}; there are {', '.join(offered(question))}" if lacking else None


def _lacking(question: Question, form: Format) -> str | None:
    if form in PICTURES and question.header.edge is None:
        return "the rows of this question join no two things, so there is no graph of them"
    if form is Format.ICS and question.header.calendar is None:
        return "the rows of this question are not dates to be kept, so there is no calendar of them"
    return None
