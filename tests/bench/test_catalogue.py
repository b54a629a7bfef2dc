"""What `make bench` asks can be asked: every question gets values that it can read, two states never the same."""

import pytest

from graph.catalog import Catalog, Question
from graph.parameters import read_parameters
from tests.bench.catalogue import asked_with


@pytest.mark.parametrize("question", Catalog.load().values(), ids=lambda question: question.name)
def test_every_question_can_be_asked_of_a_generated_world(question: Question) -> None:
    pairs = asked_with(question)
    read_parameters(question.parameters, pairs)
    states = [text for name, text in pairs if question.header.params.get(name) and text.startswith("G")]
    assert len(states) == len(set(states))
