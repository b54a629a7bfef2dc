"""Warming up: what goes wrong with one question holds up neither the others nor the end of it."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from graph.catalog import Catalog, Question
from graph.graph import Graph
from service.warming import Warming


class Broken:
    """A reader that makes a mistake of its own over every question."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    async def understand(self, question: Question, _: Any) -> None:
        """Fail as no error of foedus does."""
        self.asked.add(question.name)
        raise TypeError("not foreseen")

    async def answer(self, _: None) -> None:
        """Never be reached."""


async def test_every_question_is_asked_whatever_goes_wrong(catalog: Catalog, caplog: pytest.LogCaptureFixture) -> None:
    reader, warming = Broken(), Warming()
    warming.announce()
    await warming.warm_up(cast(Graph, SimpleNamespace(catalog=catalog, reader=reader)))
    assert (reader.asked, warming.going_on) == (set(catalog), False)
    reader.asked.clear()
    await warming.go_on(cast(Graph, SimpleNamespace(catalog=catalog, reader=reader)))
    with_more = {one.name for one in catalog.values() if any(one.header.params[name].optional for name in one.examples)}
    assert reader.asked == with_more
    assert with_more
    assert any("could not be asked" in record.message and record.exc_info for record in caplog.records)
