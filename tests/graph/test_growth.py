"""The measure of what a text may make: what it refuses, what it lets through, and that it ends whatever it is given."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.growth.costs import Excess
from graph.growth.measure import cost_of, excess
from graph.legible import LONGEST_BYTES
from graph.verdict import Reason

GIVEN: dict[str, Any] = {"s": "x" * 100, "l": list(range(1000)), "n": 1_000_000_000}


def chain(first: str, step: str, times: int, last: str = "RETURN size(s) AS n") -> str:
    return f"{first} " + f"{step} " * times + last


DOUBLED = "RETURN size(l) AS n"
TOO_MUCH = [
    chain("WITH 'xxxxxxxx' AS s", "WITH s + s AS s", 30),
    chain("WITH 'xxxxxxxx' AS s", "WITH s || s AS s", 30),
    chain("WITH [1] AS l", "WITH [l, l] AS l", 60, "RETURN l = l AS n"),
    chain("WITH {a: 1} AS l", "WITH {a: l, b: l} AS l", 60, "RETURN l = l AS n"),
    chain("WITH {a: 1} AS l", "WITH l {.*, b: l, c: l} AS l", 60, "RETURN l = l AS n"),
    chain("WITH $l AS l", "WITH l + l AS l", 15, "RETURN [x IN l | x] AS n"),
    "RETURN size(reduce(s = 'x', i IN range(1, 40) | s + s)) AS n",
    "RETURN size(reduce(s = 'xxxxxxxx', i IN range(1, 1000000) | s + left(s, 7000))) AS n",
    "RETURN size([x IN reduce(l = [1], i IN range(1, 31) | l + l) | x]) AS n",
    "RETURN reduce(s = 0, i IN range(1, 1000000000) | s + i) AS n",
    "RETURN reduce(a = 1, x IN range(1, 1000) | reduce(b = a, y IN $l | reduce(c = b, z IN $l | c + z))) AS n",
    "RETURN size([a IN range(1, 1000000000) | a + 1]) AS n",
    "RETURN size([a IN range(1, 100000) | [b IN range(1, 100000) | a + b]]) AS n",
    "RETURN any(a IN range(1, 1000000000) WHERE a < 0) AS n",
    "RETURN " + ", ".join(f"[x IN range(1, 4000000) | x] AS n{one}" for one in range(3)),
    "RETURN size(replace($s, 'x', $s + $s)) AS n",
    "RETURN range(1, $n) AS n",
    "RETURN `range`(1, 1000000000) AS n",
    "RETURN range/* */(1, 1e9) AS n",
    "WITH 1000000000 AS m RETURN range(1, m) AS n",
    "RETURN range(1, 10 * 10 * 1000000) AS n",
    "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH collect(a) AS l RETURN [x IN l WHERE x IN l] AS n",
    "WITH range(1, 3000) AS a UNWIND a AS x UNWIND a AS y WITH collect(x) AS l RETURN [x IN l WHERE x IN l] AS n",
    "MATCH (s:State) RETURN [x IN collect(s) | [y IN collect(s) | [z IN collect(s) | 1]]] AS n",
    "RETURN [x IN $l | [y IN $l | [z IN $l | 1]]] AS n",
    "WITH [a IN $l | $l] AS m WITH [a IN m | m] AS m RETURN [x IN m | [y IN x | [z IN y | z]]] AS n",
    "WITH " + "[" * 100 + "1" + "]" * 100 + " AS l RETURN l",
    "RETURN " + "[x IN [1] | " * 8 + "1" + "]" * 8 + " AS n",
    # Expressions that one core works at for longer than anybody waits.
    "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '(a+)+b' AS n",
    "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '(a|aa)+b' AS n",
    "RETURN 'a' =~ 'a' + 'b' AS n",
    chain("WITH '11111111' AS s", "WITH s + s AS s", 17, "RETURN toInteger(s) AS n"),
    chain("WITH '11111111' AS s", "WITH s + s AS s", 16, "RETURN s + s + s CONTAINS s + 'x' AS n"),
    chain("WITH '11111111' AS s", "WITH s + s AS s", 16, "RETURN size(split(s + s + s, s + 'x')) AS n"),
    chain("WITH '11111111' AS s", "WITH s + s AS s", 16, "RETURN btrim(s + 'x', s) AS n"),
    # Many small values of one large one.
    chain("WITH '11111111' AS s", "WITH s + s AS s", 23, "RETURN size(split(s, '')) AS n"),
    chain("WITH 'ﷺﷺﷺﷺﷺﷺﷺﷺ' AS s", "WITH s + s AS s", 22, "RETURN size(normalize(s, NFKD)) AS n"),
    chain("WITH 'xxxxxxxxxxxxxxxx' AS s", "WITH substring(s + s, 0) AS s", 30),
    # What is no clause, and what ends none.
    chain("WITH 'x' AS s", "CALL (s) { WITH s + s AS t RETURN * } WITH t + t AS s", 30),
    chain("WITH 'x' AS s", "CALL (s) { RETURN 'a' STARTS WITH 'a' AS b, s + s AS t } WITH t AS s", 30),
    chain("WITH 'x' AS s", "WITH 'a' ENDS WITH 'a' AS b, s + s AS s", 30),
    chain("WITH {starts: 1} AS m, [1] AS l", "WITH m, l WHERE 1 = m.starts WITH m, l + l AS l", 30, DOUBLED),
    chain("MATCH (m) WITH m, [1] AS l", "WITH m, l WHERE m IS starts WITH m, l + l AS l", 30, DOUBLED),
    chain("WITH 'x' AS s", "LET t = s + s LET s = t", 30),
    chain("WITH [1] AS l", "FOR m IN [l + l] FOR l IN [m]", 30, DOUBLED),
    # Names that are spelled like words of the language.
    chain("MATCH (else) WITH [1] AS l, else", "WITH CASE WHEN true THEN l + else + l END AS l, else", 30, DOUBLED),
    chain("MATCH (else:A) WITH [1] AS l, else", "WITH CASE WHEN true THEN l + else + l END AS l, else", 30, DOUBLED),
    chain("MATCH (with:A) WITH [1] AS l, with", "WITH l + with + l AS l, with", 30, DOUBLED),
    chain("MATCH ()-[order:A]-() WITH [1] AS l, order", "WITH l + order + l AS l, order", 30, DOUBLED),
    chain("MATCH order = (a)--(b) WITH [1] AS l, order", "WITH l + order + l AS l, order", 30, DOUBLED),
    chain("MATCH (not:A) WITH [1] AS l, not", "WITH l + not + l AS l, not", 30, DOUBLED),
    chain("WITH [1] AS l, 1 AS contains", "WITH l + contains + l AS l, contains", 30, DOUBLED),
    chain("WITH [1] AS l, 1 AS is", "WITH l + is + l AS l, is", 30, DOUBLED),
    chain("WITH [1] AS l, {in: 1} AS m", "WITH l + m.in + l AS l, m", 30, DOUBLED),
    chain("WITH [1] AS l, {else: 1} AS m", "WITH CASE WHEN true THEN l + m.else + l END AS l, m", 30, DOUBLED),
    chain("MATCH (count) WITH count, 1 AS l", "WITH count, count {a: l, b: l} AS l", 30, "RETURN l = l AS n"),
    chain("WITH 'x' AS a¢, 1 AS a", "WITH a¢ + a¢ AS a¢, 1 AS a", 30, "RETURN size(a¢) AS n"),
    chain("WITH 'x' AS a\u200c, 1 AS a", "WITH a\u200c + a\u200c AS a\u200c, 1 AS a", 30, "RETURN size(a\u200c) AS n"),
    "WITH $l AS with, 2 AS b RETURN with + with AS n",
]
NO_FUNCTION = ["RETURN apoc.util.sleep(1) AS n", "RETURN lpad('x', 1000000000, 'y') AS n"]
LITTLE = [
    "MATCH (s:State) RETURN s.name + ' ' + s.key AS n",
    (
        "MATCH (s) WITH s.name AS name, collect(s.key) AS keys "
        "RETURN name, size(keys) AS count, [k IN keys WHERE k STARTS WITH 'A'] AS a"
    ),
    (
        "UNWIND range(1900, 2024) AS year UNWIND range(1, 12) AS month "
        "RETURN date({year: year, month: month, day: 1}) AS day"
    ),
    (
        "MATCH (a:Agreement)<-[:X]-(p) WHERE a.title =~ '(?i).*mutual.*aid.*' "
        "RETURN a.title AS t, collect(DISTINCT p.key)[..10] AS p"
    ),
    "MATCH (a:Agreement) WHERE toLower(a.title) CONTAINS $s RETURN a.title AS t",
    "RETURN replace(replace('a.b,c', '.', ''), ',', '; ') AS x, toUpper('a') AS y, [x IN $l WHERE x > 3 | x * 2] AS z",
    "RETURN [x IN $l WHERE x IN $l | {k: x, s: $s}] AS z",
    "WITH $l AS rows UNWIND rows AS row RETURN reduce(t = 0, r IN rows | t + r) AS total, row, count(*) AS count",
    "WITH 'x' AS big WITH 1 AS a, 'xxxxxxxxx' AS b CALL () { WITH 1 AS a RETURN 1 AS c } RETURN a + b AS n",
    (
        "MATCH (a)-->(b) WITH a, collect(b) AS bs UNWIND bs AS x UNWIND bs AS y WITH x, collect(y.key) AS ys "
        "RETURN x.key AS x, [y IN ys WHERE NOT y = x.key] AS ys"
    ),
    "MATCH (a) RETURN reduce(s = '', x IN collect(a.key) | CASE WHEN s = '' THEN x ELSE s + ', ' + x END) AS names",
    "MATCH (a) RETURN collect(DISTINCT {key: a.key, end: a.end}) AS all, count {(a)-->()} AS n, a {.key, .limit} AS m",
    "MATCH (a) RETURN (NOT a.x = 1) AS n, [CASE WHEN a.y THEN 1 ELSE 2 END] AS m, toInteger(a.z) AS z",
]


@pytest.mark.parametrize("text", TOO_MUCH)
def test_what_makes_too_much_is_seen(text: str) -> None:
    found = excess(text, GIVEN)
    assert found is not None
    assert found.reason is Reason.GROWS
    assert 0 <= found.at < len(text)


@pytest.mark.parametrize("text", NO_FUNCTION)
def test_a_function_that_is_not_listed_is_named(text: str) -> None:
    found = excess(text, GIVEN)
    assert found is not None
    assert found.reason is Reason.FUNCTION


@pytest.mark.parametrize("text", LITTLE)
def test_what_makes_little_passes(text: str) -> None:
    found = excess(text, GIVEN)
    assert found is None or found.message == ""


def test_a_part_of_a_text_has_its_length_at_most() -> None:
    long = "x" * 800
    assert cost_of(f"RETURN left('{long}', 8) AS n", {}).values == 2
    assert cost_of(f"RETURN substring('{long}', 8) AS n", {}).values > 100
    assert cost_of(f"RETURN substring('{long}', 8, 16) AS n", {}).values == 3


WORDS = """
    MATCH WITH RETURN UNWIND CALL UNION WHERE AS IN CASE WHEN THEN ELSE END NOT AND STARTS CONTAINS EXISTS COUNT COLLECT
    DISTINCT LET FOR IS reduce range replace split substring any toInteger collect size a b s ( ) [ ] { } , . .. : | + *
    = =~ < > - & ! 1 99999 'text' `name` $l $s $absent " ' /* // ` € é ß
""".split()  # noqa: SIM905 - read more easily
CASES = int(os.environ.get("FOEDUS_CASES", "1"))


@settings(
    max_examples=200 * CASES,
    derandomize=not os.environ.get("FOEDUS_NEW"),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from([1, 1, 30, 400]))
def test_the_measure_ends_and_raises_nothing_else(words: list[str], times: int) -> None:
    text = (" ".join(words) + " ") * times
    found = excess(text.encode()[:LONGEST_BYTES].decode(errors="ignore"), GIVEN)
    assert found is None or found.message


@pytest.mark.parametrize(
    "part",
    ["(", "[", "{", "( ]", "CASE ", "[x IN l | ", "reduce(a = b, x IN l | ", "any(x IN l WHERE ", "CALL { ", "f(", "a.",
     "'", "+ a ", "[x IN [1] | x] + "],
)  # fmt: skip
def test_a_text_of_one_thing_again_and_again_is_measured(part: str) -> None:
    found = excess("RETURN " + part * (LONGEST_BYTES // len(part)), GIVEN)
    assert found is None or found.message


def test_a_measure_that_cannot_be_is_an_excess_of_its_place() -> None:
    with pytest.raises(Excess, match="outside of a CASE"):
        cost_of("RETURN 1 + then AS n", {})
