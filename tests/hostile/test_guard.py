"""Each hostile text gets the verdict that stands beside it, and judging all of them leaves the graph as it was."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.errors import InputError
from graph.graph import Graph
from graph.guard import Asked
from graph.verdict import Reason
from tests.questions.conftest import CATALOG

HERE = Path(__file__).parent
ON = date(2024, 12, 4)
FILES = sorted(HERE.glob("*/*.yaml"))


@dataclass(frozen=True)
class Hostile:
    """A text, what is given with it, and what must become of it."""

    text: bytes
    given: dict[str, Any]
    allowed: bool
    codes: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> "Hostile":
        told = yaml.safe_load(path.read_text("utf-8"))
        assert told.keys() <= {"about", "text", "repeat", "hex", "given", "verdict", "codes"}
        assert told["about"].endswith(".")
        codes = frozenset(told.get("codes", ()))
        assert codes <= {str(reason) for reason in Reason}
        assert told["verdict"] == ("refused" if codes else "allowed")
        return cls(_content(told), told.get("given", {}), not codes, codes)


def _content(told: dict[str, Any]) -> bytes:
    if "hex" in told:
        return bytes.fromhex(told["hex"])
    if "repeat" in told:
        parts = told["repeat"]
        return str(parts.get("before", "") + parts["part"] * parts["times"] + parts.get("after", "")).encode()
    return str(told["text"]).encode()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
async def test_a_text_gets_the_verdict_that_is_right(shipped_graph: Graph, path: Path) -> None:
    hostile = Hostile.read(path)
    known_at = await shipped_graph.revision.known_at()
    try:
        verdict = await shipped_graph.queries.check(Asked(hostile.text, hostile.given, ON, known_at))
    except InputError:
        assert Reason.PARAMETER in hostile.codes
        return
    told = {str(one.code) for one in verdict.refusals}
    assert verdict.allowed == hostile.allowed, verdict.refusals
    assert verdict.allowed or told & hostile.codes, f"{told} and not {set(hostile.codes)}: {verdict.refusals}"


@pytest.mark.parametrize("name", CATALOG)
async def test_every_shipped_question_passes_as_if_it_were_a_strangers(shipped_graph: Graph, name: str) -> None:
    question = CATALOG[name]
    given = dict.fromkeys(question.header.params) | question.examples
    known_at = await shipped_graph.revision.known_at()
    verdict = await shipped_graph.queries.check(Asked(question.text.encode(), given, ON, known_at))
    assert verdict.refusals == ()
