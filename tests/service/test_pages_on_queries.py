"""The page for analysts says all that the gate can say."""

from pathlib import Path

import pytest

from graph.functions import FUNCTIONS
from graph.settings import Settings
from graph.verdict import Reason

PAGE = (Path(__file__).parents[2] / "docs" / "queries.md").read_text("utf-8")
SETTINGS = [name for name in Settings.model_fields if name.startswith("cypher_")]


@pytest.mark.parametrize("name", [*FUNCTIONS, *map(str, Reason), *SETTINGS])
def test_it_stands_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE
