"""Chains and groups against slow readings of the same graphs: every simple path and every subset, one by one.

The slow readings share no code with `graph.chains`: they know a graph as a set of (bearer, beneficiary, doubt).
"""

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import chains
from graph.chains import SUREST_FIRST, blocs, chains_between, drawn_in
from graph.errors import InputError

ACTORS = "ABCDEFG"
Graph = Mapping[tuple[str, str], int]
Path = tuple[str, ...]

graphs = st.dictionaries(
    st.sampled_from(list(permutations(ACTORS, 2))), st.integers(0, len(SUREST_FIRST) - 1), max_size=26
)
depths = st.integers(1, 6)


def fact(bearer: str, beneficiary: str) -> str:
    return f"{bearer}-{beneficiary}"


def named_rows(graph: Graph) -> list[list[Any]]:
    return [[bearer, bearer.lower(), links] for bearer, links in rows(graph)]


def rows(graph: Graph) -> list[list[Any]]:
    """Write a graph as the texts of the questions return it, in the order in which it was made."""
    links: dict[str, list[Any]] = {}
    for (bearer, beneficiary), doubt in graph.items():
        links.setdefault(bearer, []).append([beneficiary, doubt, fact(bearer, beneficiary)])
    return [[bearer, owed] for bearer, owed in links.items()]


def paths(graph: Graph, start: str, end: str, depth: int) -> list[Path]:
    """Return every path from start to end of at most so many links that visits nobody twice."""
    found: list[Path] = []
    unfinished: list[Path] = [(start,)]
    while unfinished:
        path = unfinished.pop()
        if path[-1] == end and len(path) > 1:
            found.append(path)
        elif len(path) <= depth:
            unfinished += [(*path, to) for by, to in graph if by == path[-1] and to not in path]
    return found


def weakest(graph: Graph, path: Path) -> int:
    return max(graph[link] for link in pairwise(path))


def best(graph: Graph, found: Sequence[Path]) -> Path:
    """Of the shortest the surest, of those the first by name."""
    return min(found, key=lambda path: (len(path), weakest(graph, path), path))


def commitments(path: Path) -> list[str]:
    return [fact(*link) for link in pairwise(path)]


@given(graphs, depths)
@settings(max_examples=400, deadline=None)
def test_everybody_is_drawn_in_by_the_best_of_all_paths(graph: Graph, depth: int) -> None:
    expected = []
    for actor in ACTORS[1:]:
        if found := paths(graph, actor, "A", depth):
            path = best(graph, found)
            told = [list(path), commitments(path), SUREST_FIRST[weakest(graph, path)]]
            expected.append([actor, actor.lower(), len(path) - 1, path[1], *told])
    assert sorted(drawn_in(named_rows(graph), {"state": "A", "depth": depth})) == expected


@given(graphs, depths)
@settings(max_examples=400, deadline=None)
def test_chains_are_all_the_shortest_paths_and_the_surest(graph: Graph, depth: int) -> None:
    found = paths(graph, "B", "A", depth)
    least = min(map(len, found), default=0)
    shortest = sorted((p for p in found if len(p) == least), key=lambda path: (weakest(graph, path), path))
    expected = list(shortest)
    if found:
        surest = min(found, key=lambda path: (weakest(graph, path), len(path), path))
        expected += [surest] if len(surest) > least else []
    told = list(chains_between(rows(graph), {"bearer": "B", "beneficiary": "A", "depth": depth}))
    assert told == [
        [
            place,
            len(path) == least,
            len(path) - 1,
            list(path),
            commitments(path),
            SUREST_FIRST[weakest(graph, path)],
            len(shortest),
        ]
        for place, path in enumerate(expected, start=1)
    ]


def owe_each_other(graph: Graph, group: Sequence[str]) -> bool:
    return all(pair in graph for pair in permutations(group, 2))


mostly_mutual = st.builds(
    lambda both, one: {pair: doubt for (a, b), doubt in both.items() for pair in ((a, b), (b, a))} | one,
    st.dictionaries(st.sampled_from(list(combinations(ACTORS, 2))), st.integers(0, 2), max_size=18),
    st.dictionaries(st.sampled_from(list(permutations(ACTORS, 2))), st.integers(0, 2), max_size=8),
)


@given(mostly_mutual, st.integers(2, 5), st.sampled_from([None, "A"]))
@settings(max_examples=400, deadline=None)
def test_blocs_are_all_the_groups_that_nobody_could_join(graph: Graph, members: int, member: str | None) -> None:
    subsets = [set(group) for size in range(1, len(ACTORS) + 1) for group in combinations(ACTORS, size)]
    mutual = [group for group in subsets if owe_each_other(graph, sorted(group))]
    largest = [sorted(group) for group in mutual if not any(group < other for other in mutual)]
    expected = [group for group in largest if len(group) >= members and (member is None or member in group)]
    told = list(blocs(named_rows(graph), {"member": member, "members": members}))
    assert [row[0] for row in told] == [*range(1, len(told) + 1)]
    assert [row[1:] for row in told] == [
        [
            len(group),
            group,
            [one.lower() for one in group],
            sorted(fact(*pair) for pair in permutations(group, 2)),
            SUREST_FIRST[max(graph[pair] for pair in permutations(group, 2))],
        ]
        for group in sorted(expected, key=lambda group: (-len(group), group))
    ]


@given(graphs.flatmap(lambda graph: st.tuples(st.just(graph), st.permutations(list(graph.items())))))
@settings(max_examples=200, deadline=None)
def test_the_order_of_rows_and_links_changes_nothing(both: tuple[Graph, list[tuple[tuple[str, str], int]]]) -> None:
    graph, shuffled = both[0], dict(both[1])
    drawn = {"state": "A", "depth": None}
    assert sorted(drawn_in(named_rows(graph), drawn)) == sorted(drawn_in(named_rows(shuffled), drawn))
    between = {"bearer": "B", "beneficiary": "A", "depth": None}
    assert list(chains_between(rows(graph), between)) == list(chains_between(rows(shuffled), between))
    grouped = {"member": None, "members": 2}
    assert list(blocs(named_rows(graph), grouped)) == list(blocs(named_rows(shuffled), grouped))


def test_a_weak_link_at_the_end_lets_the_name_decide() -> None:
    """By B the way on is surer, by A it comes first: the weak link before makes both chains equally sure."""
    graph = {("D", "C"): 2, ("C", "A"): 2, ("C", "B"): 0, ("A", "X"): 0, ("B", "X"): 0}
    (row,) = [row for row in drawn_in(named_rows(graph), {"state": "X", "depth": None}) if row[0] == "D"]
    assert row[4] == ["D", "C", "A", "X"]
    (nearer,) = [row for row in drawn_in(named_rows(graph), {"state": "X", "depth": None}) if row[0] == "C"]
    assert nearer[4] == ["C", "B", "X"]


def test_left_out_the_depth_is_four() -> None:
    graph = {(ACTORS[i + 1], ACTORS[i]): 0 for i in range(6)}
    assert [row[0] for row in drawn_in(named_rows(graph), {"state": "A", "depth": None})] == ["B", "C", "D", "E"]


def ladder(steps: int) -> Graph:
    """Return a graph in which each of two on a step owes to both of the step below: 2 ** steps shortest chains."""
    sides = [["Z"], *([f"{step}l", f"{step}r"] for step in range(steps)), ["Y"]]
    return {(by, to): 0 for below, above in pairwise(sides) for by in above for to in below}


def test_chains_are_counted_without_being_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "LISTED_CHAINS", 3)
    told = list(chains_between(rows(ladder(9)), {"bearer": "Y", "beneficiary": "Z", "depth": 10}))
    assert [row[-1] for row in told] == [2**9] * 3
    assert told[0][3] == ["Y", *(f"{step}l" for step in reversed(range(9))), "Z"]
    monkeypatch.setattr(chains, "COUNTED_CHAINS", 100)
    assert next(iter(chains_between(rows(ladder(9)), {"bearer": "Y", "beneficiary": "Z", "depth": 10})))[-1] == 100


def cocktail_party(pairs: int) -> Graph:
    """Return a graph in which everybody owes to everybody but one: 2 ** pairs groups that nobody could join."""
    actors = [(pair, side) for pair in range(pairs) for side in "lr"]
    return {(f"{a}{x}", f"{b}{y}"): 0 for (a, x), (b, y) in permutations(actors, 2) if a != b}


@pytest.mark.parametrize(("members", "pairs"), [(2, 10), (15, 14)])
def test_too_many_groups_are_refused_also_when_none_is_large_enough(members: int, pairs: int) -> None:
    with pytest.raises(InputError, match="too many groups") as caught:
        list(blocs(named_rows(cocktail_party(pairs)), {"member": None, "members": members}))
    assert caught.value.problems[0].pointer == "/query/members"
    assert "member" in (caught.value.hint or "")


def test_nobody_reaches_itself() -> None:
    graph = {("A", "B"): 0, ("B", "A"): 0}
    assert list(chains_between(rows(graph), {"bearer": "A", "beneficiary": "A", "depth": None})) == []
    assert [row[0] for row in drawn_in(named_rows(graph), {"state": "A", "depth": None})] == ["B"]
