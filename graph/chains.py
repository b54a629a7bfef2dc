"""Who is drawn in with whom, by which chains, and who owes each other: walks over the pairs in force on a day. Pure.

The questions of the topic alliances name these functions through `graph.then`. Their rows are one a bearer: its key and
to whom it owes how surely by which commitment, one pair at most for each beneficiary. Whatever order they come in, the
answer is the same. Work grows with the number of pairs and of chains told, never with the number of paths there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, permutations
from typing import Any, NamedTuple

from graph.days import InForce
from graph.errors import InputError, Problem, pointer

SUREST_FIRST = (InForce.DEFINITE, InForce.PRESUMED, InForce.POSSIBLE)
"""How sure a pair can be; its place here is the number that the texts of the questions give. What is suspended or
pending binds nobody on that day and is no link of a chain."""

PAIRS = ("bearer", "owes")
NAMED_PAIRS = ("bearer", "bearer_name", "owes")
"""What the functions take: a bearer, its name, and its links as lists of beneficiary, doubt and commitment."""

DEPTH = 4
LISTED_CHAINS = 1_000
"""Most shortest chains that one answer tells; a column says how many there are."""
COUNTED_CHAINS = 1_000_000_000
"""Where counting chains stops: that many or more."""
MEMBERS = 3
MOST_BLOCS = 1_000
MOST_GROUPS = 10_000
"""Most groups that are looked at, too small ones among them. There can be 3 to the power of a third of the states
(Moon and Moser, 1965), so that the search ends there and says so."""

Rows = Sequence[Sequence[Any]]
Values = Mapping[str, Any]


class _Step(NamedTuple):
    """How far somebody is from whom the walk began at, and to whom the first link of its chain leads."""

    depth: int
    onward: str


@dataclass(frozen=True)
class Pairs:
    """Who owes to whom: by beneficiary and bearer a link, which is (beneficiary, doubt, commitment), 0 the least doubt.

    A link is kept as it was fetched: copies of tens of thousands take longer than walking them.
    """

    owed: Mapping[str, Mapping[str, Sequence[Any]]]

    @classmethod
    def read(cls, rows: Iterable[tuple[str, Iterable[Sequence[Any]]]]) -> "Pairs":
        """Read bearers, each with its links."""
        owed: dict[str, dict[str, Sequence[Any]]] = defaultdict(dict)
        for bearer, links in rows:
            for link in links:
                owed[link[0]][bearer] = link
        return cls(dict(owed))

    def nearest(self, state: str, depth: int, doubt: int) -> dict[str, _Step]:
        """Walk from a state to those that owe to it, to those that owe to them, and so on, by links this sure.

        Each is found once, at its least depth; of several ways on from there it has the first by name, so that
        following them spells the first of its shortest chains. The state itself is found at depth 0; those of one depth
        come in the order of keys.
        """
        found = {state: _Step(0, state)}
        layer = [state]
        for number in range(1, depth + 1):
            further: dict[str, _Step] = {}
            for beneficiary in layer:
                for bearer, (_, doubted, _) in self.owed.get(beneficiary, {}).items():
                    if doubted <= doubt and bearer not in found and bearer not in further:
                        further[bearer] = _Step(number, beneficiary)
            layer = sorted(further)
            found |= {bearer: further[bearer] for bearer in layer}
        return found

    def along(self, chain: Sequence[str]) -> tuple[list[str], str]:
        """Return the commitment of each link of a chain, and how sure the weakest link is."""
        links = [self.owed[beneficiary][bearer] for bearer, beneficiary in pairwise(chain)]
        return [fact for _, _, fact in links], SUREST_FIRST[max(doubt for _, doubt, _ in links)]


def drawn_in(rows: Rows, values: Values) -> Iterator[list[Any]]:
    """Yield who is drawn in when `state` is attacked: whoever owes to it, or to somebody drawn in, up to `depth` links.

    Takes rows of bearer, name and links. Yields actor, name, depth, the next on its chain, the chain from the actor to
    the state, its commitments, and the certainty of its weakest link. Of several shortest chains it is the surest, and
    of those the first by the keys along it.
    """
    state, depth = values["state"], _given(values, "depth", DEPTH)
    pairs = Pairs.read((bearer, links) for bearer, _, links in rows)
    names = {bearer: name for bearer, name, _ in rows}
    walks = _walks(pairs, state, depth)
    for actor, step in walks[-1].items():
        if actor != state:
            chain = _chain(actor, _surest(walks, actor, step.depth))
            yield [actor, names[actor], step.depth, chain[1], chain, *pairs.along(chain)]


def _walks(pairs: Pairs, state: str, depth: int) -> list[dict[str, _Step]]:
    """Walk once by the surest links alone, then by those less sure as well, at last by all."""
    return [pairs.nearest(state, depth, doubt) for doubt in range(len(SUREST_FIRST))]


def _surest(walks: Iterable[dict[str, _Step]], actor: str, depth: int) -> dict[str, _Step]:
    """Return the first, hence surest, walk that reaches an actor by that many links."""
    return next(walk for walk in walks if actor in walk and walk[actor].depth == depth)


def _chain(actor: str, walk: Mapping[str, _Step]) -> list[str]:
    chain = [actor]
    while walk[chain[-1]].depth:
        chain.append(walk[chain[-1]].onward)
    return chain


def chains_between(rows: Rows, values: Values) -> Iterator[list[Any]]:
    """Yield the shortest chains from `bearer` to `beneficiary` of up to `depth` links, surest and first by name first.

    Takes rows of bearer and links. Yields the chain's place, whether it is a shortest one, its length, the chain, its
    commitments, the certainty of its weakest link, and how many shortest chains there are. At most LISTED_CHAINS of
    them are told. After them comes the surest chain of all where no shortest one is as sure.
    """
    bearer, beneficiary = values["bearer"], values["beneficiary"]
    pairs = Pairs.read((bearer, links) for bearer, links in rows)
    walks = _walks(pairs, beneficiary, _given(values, "depth", DEPTH))
    if bearer not in walks[-1] or bearer == beneficiary:
        return
    shortest = _ShortestChains(pairs, walks[-1], beneficiary)
    told = [list(chain) for chain in islice(shortest.surest_first(bearer), LISTED_CHAINS)]
    number, length = min(shortest.count(bearer), COUNTED_CHAINS), walks[-1][bearer].depth
    longer = _chain(bearer, next(walk for walk in walks if bearer in walk))
    chains = [*told, longer] if len(longer) - 1 > length else told
    for place, chain in enumerate(chains, start=1):
        steps = len(chain) - 1
        yield [place, steps == length, steps, chain, *pairs.along(chain), number]


class _ShortestChains:
    """The shortest chains to one state: counted first, so that listing them never enters a dead end."""

    def __init__(self, pairs: Pairs, walk: Mapping[str, _Step], state: str) -> None:
        self._state = state
        self._onward = _onward(pairs, walk)
        self._counts = [self._counted(doubt) for doubt in range(len(SUREST_FIRST))]

    def count(self, bearer: str) -> int:
        """Return how many there are from a bearer."""
        return self._counts[-1][bearer]

    def surest_first(self, bearer: str) -> Iterator[tuple[str, ...]]:
        """Yield those of a bearer, surest first, and first by the keys along them among those equally sure."""
        for doubt in range(len(SUREST_FIRST)):
            if self._number(bearer, doubt, reached=False):
                yield from self._spelled(bearer, doubt, reached=False)

    def _counted(self, doubt: int) -> dict[str, int]:
        """Count the chains of everybody by links this sure; the nearer stand before the farther."""
        counts = {self._state: 1}
        for bearer, links in self._onward.items():
            counts[bearer] = sum(counts[beneficiary] for beneficiary, doubted in links if doubted <= doubt)
        return counts

    def _number(self, bearer: str, doubt: int, *, reached: bool) -> int:
        """Count its chains by links this sure: all when `reached`, else those with a link that is no surer."""
        surer = self._counts[doubt - 1][bearer] if doubt and not reached else 0
        return self._counts[doubt][bearer] - surer

    def _spelled(self, bearer: str, doubt: int, *, reached: bool) -> Iterator[tuple[str, ...]]:
        """Yield chains by links this sure in the order of keys: all when `reached`, else those with one no surer."""
        if bearer == self._state:
            yield (bearer,)
            return
        for beneficiary, doubted in self._onward[bearer]:
            now = reached or doubted == doubt
            if doubted <= doubt and self._number(beneficiary, doubt, reached=now):
                for rest in self._spelled(beneficiary, doubt, reached=now):
                    yield (bearer, *rest)


def _onward(pairs: Pairs, walk: Mapping[str, _Step]) -> dict[str, list[tuple[str, int]]]:
    """Return by bearer each link that brings it one step nearer, as beneficiary and doubt in the order of keys.

    A walk has the nearer before the farther and each layer in the order of keys, and so has what is made here.
    """
    onward: dict[str, list[tuple[str, int]]] = {bearer: [] for bearer, step in walk.items() if step.depth}
    for beneficiary, step in walk.items():
        for bearer, (_, doubt, _) in pairs.owed.get(beneficiary, {}).items():
            if bearer in walk and walk[bearer].depth == step.depth + 1:
                onward[bearer].append((beneficiary, doubt))
    return onward


def blocs(rows: Rows, values: Values) -> Iterator[list[Any]]:
    """Yield the groups of at least `members` in which each owes each, that no other could join; with `member` its own.

    Takes rows of bearer, name and links. Yields the group's place, the largest first; its size, members and their
    names; the commitments between them, one for each pair and direction; and the certainty of the weakest of those.
    Raises InputError where there are more than MOST_BLOCS of them, or more than MOST_GROUPS to look at.
    """
    least = _given(values, "members", MEMBERS)
    pairs = Pairs.read((bearer, links) for bearer, _, links in rows)
    names = {bearer: name for bearer, name, _ in rows}
    for place, group in enumerate(_groups(_mutual(pairs, values["member"]), least), start=1):
        links = [pairs.owed[beneficiary][bearer] for bearer, beneficiary in permutations(group, 2)]
        commitments, doubt = sorted({fact for _, _, fact in links}), max(doubt for _, doubt, _ in links)
        yield [place, len(group), group, [names[one] or one for one in group], commitments, SUREST_FIRST[doubt]]


def _mutual(pairs: Pairs, member: str | None) -> list[tuple[str, str]]:
    """Return each two that owe each other, once; with a member only itself and those that it shares that with."""
    partners = {one: {other for other in owed if one in pairs.owed.get(other, ())} for one, owed in pairs.owed.items()}
    kept = partners.keys() if member is None else {member, *partners.get(member, ())}
    return [(one, other) for one in kept for other in partners.get(one, ()) if one < other and other in kept]


def _groups(mutual: Iterable[tuple[str, str]], least: int) -> list[list[str]]:
    """Return the largest possible groups in which all are joined, the largest first, each in the order of keys."""
    # Only this asks for networkx, which takes a tenth of a second to import.
    import networkx  # noqa: PLC0415

    # Whoever has too few partners is in no group large enough, and neither is who has too few without those.
    dense = networkx.k_core(networkx.Graph(mutual), least - 1)
    looked_at = list(islice(networkx.find_cliques(dense), MOST_GROUPS + 1))
    found = [sorted(group) for group in looked_at if len(group) >= least]
    if len(looked_at) > MOST_GROUPS or len(found) > MOST_BLOCS:
        raise _refused(
            "members", "There are too many groups to tell.", "Ask for those of one member, or for larger ones."
        )
    return sorted(found, key=lambda group: (-len(group), group))


def _given(values: Values, name: str, default: int) -> int:
    """Return a parameter, or its default when it was left out."""
    return default if values[name] is None else int(values[name])


def _refused(name: str, message: str, hint: str | None = None) -> InputError:
    return InputError([Problem(pointer("query", name), message, hint)])
