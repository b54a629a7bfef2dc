"""What the measure says of a text is never less than what the database makes of it, for small texts of what can grow.

FOEDUS_CASES multiplies how many are tried; with FOEDUS_NEW they are new ones each time, otherwise always the same.
"""

import asyncio
import os
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from neo4j import GraphDatabase

from graph.growth.costs import Excess
from graph.growth.measure import cost_of
from tests.servers import Server

CASES = int(os.environ.get("FOEDUS_CASES", "1"))
LONGEST = 1500


def size_of(value: Any) -> float:
    """Return how many values something has, as the measure counts them, without what lists and maps are themselves."""
    if isinstance(value, str):
        return 1 + len(value) // 8
    if isinstance(value, dict):
        return sum(map(size_of, value.values()))
    return sum(map(size_of, value)) if isinstance(value, list) else 1


TEXTS = st.sampled_from(["'ab'", "'abababababababab'", "toString(7)", "t"])
LISTS = st.sampled_from(["[1, 2]", "range(1, 5)", "split('a b c d e f', ' ')", "l", "['abcdefghij', 'k']"])


def text_of(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(texts, st.sampled_from(["+", "||"]), texts).map(lambda o: f"({o[0]} {o[1]} {o[2]})"),
        texts.map(lambda one: f"replace({one}, 'a', 'xyz')"),
        texts.map(lambda one: f"substring({one}, 1)"),
        texts.map(lambda one: f"left({one}, 9)"),
        texts.map(lambda one: f"CASE WHEN true THEN {one} ELSE t END"),
        texts.map(lambda one: f"reduce(r = {one}, x IN range(1, 3) | r + {one})"),
    )


def list_of(lists: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(lists, lists).map(lambda o: f"({o[0]} + {o[1]})"),
        st.tuples(lists, lists).map(lambda o: f"[x IN {o[0]} | [y IN {o[1]} | [x, y]]]"),
        st.tuples(lists, lists).map(lambda o: f"[x IN {o[0]} | {{a: x, b: {o[1]}}}]"),
        lists.map(lambda one: f"[x IN {one} WHERE x IS NOT NULL | [x, x]]"),
        lists.map(lambda one: f"reduce(r = [], x IN {one} | r + [x, x])"),
        lists.map(lambda one: f"COLLECT {{ UNWIND {one} AS x RETURN [x, x] }}"),
        lists.map(lambda one: f"{one}[..2]"),
        lists.map(lambda one: f"[{one}[0], {one}]"),
        lists.map(lambda one: f"tail(reverse({one}))"),
    )


SPLIT = st.recursive(TEXTS, text_of, max_leaves=3).map(lambda one: f"split({one}, '')")
EXPRESSIONS = st.one_of(
    st.recursive(TEXTS, text_of, max_leaves=5), st.recursive(st.one_of(LISTS, SPLIT), list_of, max_leaves=4)
)
CLAUSES = st.sampled_from([
    "WITH t + t AS t, l", "WITH l AS t, t AS l WITH l AS t, t AS l", "WITH t, l + l AS l", "WITH t, [l, l] AS l",
    "CALL (t) { RETURN t + 'a' STARTS WITH 'a' AS b, t + t AS u } WITH u AS t, l",
    "CALL (l) { WITH l + l AS k RETURN * } WITH t, k AS l", "UNWIND l AS x WITH t, collect([x, x]) AS l",
    "WITH t, [x IN l | {x: x}.x] AS l", "WITH {t: t + t}.t AS t, l",
])  # fmt: skip


@settings(
    max_examples=60 * CASES,
    derandomize=not os.environ.get("FOEDUS_NEW"),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(CLAUSES, max_size=3), EXPRESSIONS)
def tried(server: Server, clauses: list[str], expression: str) -> None:
    text = f"WITH 'abcdefgh' AS t, [1, 2, 3] AS l {' '.join(clauses)} RETURN {expression} AS n"
    assume(len(text) < LONGEST)
    try:
        most = cost_of(text, {}).values
    except Excess:
        return
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver, driver.session() as session:
        for record in session.run(text):
            # What is split counts by its length, and each sign of it may be an element.
            assert size_of(record["n"]) <= most * (8 if "split" in text else 1), text


async def test_the_measure_says_no_less_than_is_made(server: Server) -> None:
    await asyncio.to_thread(tried, server)
