"""Every question of the catalogue in every form that it offers, asked of the shipped case with its examples."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import icalendar
import networkx
import pytest
from pybtex.database import parse_string

from graph.graph import Graph
from graph.settings import Settings
from service.app import create_app
from service.connection import Address
from service.contract import Drawn
from service.forms import MEDIA_TYPES, Format, offered
from tests.service.conftest import served


@pytest.fixture
def shipped(settings: Settings, address: Address, shipped_graph: Graph) -> Iterator[httpx.Client]:
    app = create_app(settings, address, shipped_graph.catalog)
    with served(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def _drawn(text: str) -> Any:
    return [(edge.start, edge.end) for edge in Drawn.model_validate_json(text).edges]


READ: dict[Format, Callable[[str], Any]] = {
    Format.JSON: lambda text: json.loads(text)["rows"],
    Format.CSV: lambda text: list(csv.DictReader(io.StringIO(text, newline=""))),
    Format.NDJSON: lambda text: [json.loads(line) for line in text.split("\n")[:-1]],
    Format.GRAPH: _drawn,
    Format.GRAPHML: lambda text: list(networkx.parse_graphml(text).edges()),
    Format.ICS: lambda text: icalendar.Calendar.from_ical(text).walk("VEVENT"),
    Format.CITATION: lambda text: text.splitlines()[1:],
    Format.BIBTEX: lambda text: parse_string(text, "bibtex").entries,
}


def test_every_question_answers_in_every_form(shipped: httpx.Client, shipped_graph: Graph) -> None:
    for question in shipped_graph.catalog.values():
        known_at = shipped.get(f"/questions/{question.name}", params=question.examples).headers["foedus-known-at"]
        found: dict[Format, Any] = {}
        for form in offered(question):
            asked = question.examples | {"format": str(form), "known_at": known_at}
            response = shipped.get(f"/questions/{question.name}", params=asked)
            assert response.status_code == 200, (question.name, form, response.text)
            assert response.headers["content-type"].startswith(MEDIA_TYPES[form])
            found[form] = READ[form](response.text)
        assert found[Format.NDJSON] == found[Format.JSON], question.name
        assert len(found[Format.CSV]) == len(found[Format.JSON])
        if question.header.edge:
            assert sorted(found[Format.GRAPHML]) == sorted(found[Format.GRAPH]), question.name
        assert found[Format.BIBTEX]
