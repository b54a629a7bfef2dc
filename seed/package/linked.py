"""A record as a node of JSON-LD, and the context that says what its words mean.

Words are the model's own; those that schema.org, Dublin Core and PROV-O have a word for mean that one.
"""

from collections.abc import Iterator
from typing import Any

import orjson

from graph.model import LABELS, Fact, Record
from graph.model.rows import content
from graph.model.stored import named_in, shapes

_OTHERS = {
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
}
_SAME_AS = {
    "State": "schema:Country",
    "Organization": "schema:Organization",
    "Organ": "schema:GovernmentOrganization",
    "Official": "schema:Person",
    "Place": "schema:Place",
    "Event": "schema:Event",
    "Source": "prov:Entity",
    "Fact": "prov:Entity",
    "name": "schema:name",
    "aliases": "schema:alternateName",
    "title": "dcterms:title",
    "publisher": "dcterms:publisher",
    "licence": "dcterms:license",
    "citation": "dcterms:bibliographicCitation",
    "address": "schema:url",
    "language": "dcterms:language",
    "latitude": "schema:latitude",
    "longitude": "schema:longitude",
    "attested_by": "prov:qualifiedPrimarySource",
    "source": "prov:entity",
    "quote": "prov:value",
}


def context() -> dict[str, Any]:
    """Return the context: keys are addresses under `urn:foedus:thing/`, words under `urn:foedus:model/`."""
    links = {name: {"@id": _SAME_AS.get(name, f"model:{name}"), "@type": "@id"} for name in sorted(set(_links()))}
    own = {"@base": "urn:foedus:thing/", "@vocab": "urn:foedus:model/", "model": "urn:foedus:model/", "key": "@id"}
    return own | _OTHERS | _SAME_AS | links


def _links() -> Iterator[str]:
    """Yield the names under which keys stand."""
    for model in LABELS.values():
        for shape in shapes(model):
            if shape.link is not None:
                yield from named_in(shape.part) if shape.part else [shape.name]


def node(record: Record) -> bytes:
    """Return a record as one line."""
    kinds = [record.label(), "Fact"] if isinstance(record, Fact) else record.label()
    return orjson.dumps({"@type": kinds} | content(record))
