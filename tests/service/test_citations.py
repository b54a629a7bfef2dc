"""How an answer of the shipped case is cited: the sources of its rows, for people and as BibTeX."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from pybtex.database import parse_string

from graph.catalog import Catalog
from graph.graph import Graph
from graph.settings import Settings
from graph.understood import Answer
from service.app import create_app
from service.citations import to_bibtex, to_citation
from service.connection import Address
from tests.service.conftest import QUESTIONS, Run, served

BETWEEN = "/questions/commitments_between_states?bearer=PRK&beneficiary=RUS&on=2024-12-04"
HOSTILE = 'a } b { c \\ d "e" @f{g, % # $ & _ ~ ^ \x1b[2J\r\n\u202eh, Ж 동맹'


@pytest.fixture
def shipped(settings: Settings, address: Address, shipped_graph: Graph) -> Iterator[httpx.Client]:
    app = create_app(settings, address, shipped_graph.catalog)
    with served(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def test_the_sources_of_the_rows_are_cited(shipped: httpx.Client) -> None:
    envelope = shipped.get(BETWEEN).json()
    assert envelope["sources"]
    text = shipped.get(envelope["cite"]).text
    assert text == shipped.get(BETWEEN + "&format=citation").text
    assert "“" + Catalog.load()["commitments_between_states"].header.title + "”" in text
    assert "bearer=PRK, beneficiary=RUS; on 2024-12-04; as known at " + envelope["known_at"] in text
    assert str(shipped.base_url).rstrip("/") + envelope["permalink"] in text
    for key in envelope["sources"]:
        assert f"\n[{key}] " in text
    assert "  Address: http" in text


def test_bibtex_says_the_same(shipped: httpx.Client) -> None:
    envelope = shipped.get(BETWEEN).json()
    entries = parse_string(shipped.get(BETWEEN + "&format=bibtex").text, "bibtex").entries
    assert list(entries) == ["foedus-commitments_between_states", *sorted(envelope["sources"])]
    assert entries["foedus-commitments_between_states"].fields["url"].endswith(envelope["permalink"])
    assert all(entry.fields["title"] for entry in entries.values())


async def test_rows_without_evidence_are_cited_by_what_attests_the_facts_they_name(shipped_graph: Graph) -> None:
    facts = [["PRK-RUS.2024-strategic-partnership.4.defence", "x", "y", 1], ["RUS", "x", "y", 2], ["none", "x", "y", 3]]
    known_at = await shipped_graph.revision.known_at()
    sources = await shipped_graph.reader.sources(replace(answer(), rows=facts, known_at=known_at))
    assert "nhk-world-2024-06-20" in {source["key"] for source in sources}
    assert all(source["title"] for source in sources)
    before = replace(answer(), rows=facts, known_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert await shipped_graph.reader.sources(before) == []


def test_the_command_cites_too(foedus: Run, shipped_graph: Graph) -> None:
    assert shipped_graph
    asked = ("ask", "commitments_between_states", "--bearer", "PRK", "--beneficiary", "RUS", "--on", "2024-12-04")
    done = foedus(*asked, "--format", "citation")
    assert done.stdout.startswith("Cite this answer as\n\nfoedus ")
    assert "\n/questions/commitments_between_states?bearer=PRK" in done.stdout
    parse_string(foedus(*asked, "--format", "bibtex").stdout, "bibtex")


def answer(**said: Any) -> Answer:
    question = Catalog.load(QUESTIONS)["states_by_name_or_code"]
    again = [("text", HOSTILE), ("known_at", "2026-01-01T00:00:00Z")]
    return Answer(question, {"text": HOSTILE}, None, datetime(2026, 1, 1, tzinfo=UTC), [], again=again, **said)


SOURCE = {
    "key": "a~b",
    "title": HOSTILE,
    "publisher": HOSTILE,
    "published": "2024-11",
    "address": "https://example.org/a_b%20c?d={e}\\f&g#h",
    "retrieved": "2026-10-01",
    "licence": HOSTILE,
    "citation": HOSTILE,
}
BARE = dict.fromkeys(SOURCE) | {"key": "bare", "title": "Bare", "published": "2024-11~/.."}


def test_whatever_a_source_holds_bibtex_is_read() -> None:
    for texts in (HOSTILE, HOSTILE.replace("{", ""), HOSTILE.replace("}", "")):
        source = {name: texts if value == HOSTILE else value for name, value in SOURCE.items()}
        entries = parse_string(to_bibtex(answer(), [source, BARE], "http://here/").decode(), "bibtex").entries
        assert list(entries) == ["foedus-states_by_name_or_code", "a_b", "bare"]
        fields = entries["a_b"].fields
        assert (fields["year"], fields["date"], fields["urldate"]) == ("2024", "2024-11", "2026-10-01")
        assert fields["url"] == "https://example.org/a_b%20c?d=%7Be%7D%5Cf&g#h"
        assert fields["title"].endswith(r"\_ \textasciitilde{} \textasciicircum{} �[2J �h, Ж 동맹}")
        assert set(entries["bare"].fields) == {"title"}, "a day that is none is left out"


def test_nothing_of_a_source_commands_a_terminal() -> None:
    text = to_citation(answer(next="there"), [SOURCE, BARE], None).decode()
    assert not [one for one in text if (ord(one) < 32 and one != "\n") or one == "\u202e"]
    assert "and there are more, whose sources are not listed here" in text
    assert "\n[bare] Bare.\n" in text
    assert "\n  Retrieved: 2026-10-01\n" in text
