"""The answers of the catalogue worked out slowly from what the oracle says of each treaty, one function a question.

Each takes what is known, a day's number and what was asked, and gives the rows, as maps of the columns to compare. It
looks at every treaty, pair and act, knows nothing of pieces, and shares no code with the questions.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations, product
from typing import Any

from tests.oracle.records import day_of
from tests.oracle.seas import STATES, Sea
from tests.oracle.worlds import CONSENTS, FAR, Act, Clause, Days, World
from tests.oracle.written import interval_readings

SURE = ("definite", "presumed", "possible")
ORDER = (*SURE, "suspended", "pending")
DEFENCE = ("defence",)
Row = dict[str, Any]
Daily = list[str]


@dataclass(frozen=True)
class Told:
    """One state of knowledge of a sea, with what the oracle says of each day: `none` where nothing holds."""

    sea: Sea
    known: Mapping[str, World]
    parties: Mapping[tuple[str, str], Daily]
    """By treaty and actor."""
    owed: Mapping[tuple[str, str, str], Daily]
    """By bearer, beneficiary and commitment."""

    def kind(self, fact: str) -> str:
        """Return what is owed by a commitment."""
        return self.sea.kinds[fact]

    def clauses(self) -> Iterator[tuple[str, str, Clause]]:
        """Yield treaty, key of the commitment, and clause."""
        for treaty, world in self.known.items():
            for clause in world.clauses:
                yield treaty, f"{treaty}.{clause.key}", clause

    def on(self, day: int) -> list[Row]:
        """Return what is owed on a day, in whatever way it holds."""
        return [
            {"bearer": a, "beneficiary": b, "fact": fact, "kind": self.kind(fact), "agreement": treaty_of(fact),
             "in_force": daily[day]}
            for (a, b, fact), daily in self.owed.items()
            if daily[day] != "none"
        ]  # fmt: skip

    def surely(self, day: int, kinds: Any, words: Any) -> list[Row]:
        """Return what is owed on a day of certain kinds and sureness; nothing that is suspended or pending."""
        return [
            row
            for row in self.on(day)
            if row["in_force"] in SURE and (not words or row["in_force"] in words)
            and (not kinds or row["kind"] in kinds)
        ]  # fmt: skip

    def taking_part(self, treaty: str, day: int) -> dict[str, str]:
        """Return who has a part in a treaty on a day, and how."""
        return {
            actor: daily[day] for (of, actor), daily in self.parties.items() if of == treaty and daily[day] != "none"
        }


def treaty_of(fact: str) -> str:
    """Return the treaty of a fact, whose name stands in front of its key."""
    return fact.partition(".")[0]


def weaker(*words: str) -> str:
    """Return the least sure of several."""
    return max(words, key=ORDER.index)


def surest(words: Any) -> str | None:
    """Return the surest of several, None of none."""
    return min(words, key=ORDER.index, default=None)


def edtf(day: Days) -> str:
    """Return an uncertain day as it is written."""
    lo, hi = day_of(day[0]).isoformat(), day_of(day[1]).isoformat()
    return lo if lo == hi else f"[{lo}..{hi}]"


def _only(rows: Iterator[Row] | list[Row], *columns: str) -> list[Row]:
    return [{name: row[name] for name in columns} for row in rows]


def _fits(row: Row, kind: Any = None, in_force: Any = None) -> bool:
    return kind in (None, row["kind"]) and (not in_force or row["in_force"] in in_force)


# -- commitments ----------------------------------------------------------------------------------------------------


def commitments_owed_to_state(told: Told, day: int, *, state: str, kind: Any = None, in_force: Any = None) -> list[Row]:
    rows = [row for row in told.on(day) if row["beneficiary"] == state and _fits(row, kind, in_force)]
    conditions = [row | {"conditions": list(told.sea.conditions.get(row["fact"], ()))} for row in rows]
    return _only(conditions, "bearer", "kind", "agreement", "in_force", "conditions", "fact")


def commitments_owed_by_state(told: Told, day: int, *, state: str, kind: Any = None, in_force: Any = None) -> list[Row]:
    rows = [row for row in told.on(day) if row["bearer"] == state and _fits(row, kind, in_force)]
    return _only(rows, "beneficiary", "kind", "agreement", "in_force", "fact")


def commitments_between_states(
    told: Told, day: int, *, bearer: str, beneficiary: str, kind: Any = None, in_force: Any = None
) -> list[Row]:
    pair = (bearer, beneficiary)
    rows = [row for row in told.on(day) if (row["bearer"], row["beneficiary"]) == pair and _fits(row, kind, in_force)]
    return _only(rows, "kind", "agreement", "in_force", "fact")


def commitments_under_agreement(told: Told, day: int, *, agreement: str, kind: Any = None) -> list[Row]:
    found = []
    for treaty, fact, _ in told.clauses():
        if treaty == agreement and kind in (None, told.kind(fact)):
            rows = [row for row in told.on(day) if row["fact"] == fact]
            found.append(
                {"fact": fact, "kind": told.kind(fact), "in_force": sorted({row["in_force"] for row in rows}),
                 "bearers": sorted({row["bearer"] for row in rows}),
                 "beneficiaries": sorted({row["beneficiary"] for row in rows})}
            )  # fmt: skip
    return found


def commitments_in_force(told: Told, day: int, *, kind: Any = None, in_force: Any = None) -> list[Row]:
    words = in_force or SURE
    rows = [row for row in told.on(day) if _fits(row, kind, words)]
    return _only(rows, "kind", "bearer", "beneficiary", "agreement", "in_force", "fact")


def one_sided_commitments(
    told: Told, day: int, *, state: str, kind: Any = None, nothing_back: bool | None = None
) -> list[Row]:
    found = []
    all_owed = told.surely(day, None, None)
    for row in all_owed:
        if state not in (row["bearer"], row["beneficiary"]) or kind not in (None, row["kind"]):
            continue
        back = [o for o in all_owed if (o["bearer"], o["beneficiary"]) == (row["beneficiary"], row["bearer"])]
        same = [one["in_force"] for one in back if one["kind"] == row["kind"]]
        if set(same) - {"possible"} or (nothing_back and back):
            continue
        others = sorted({one["kind"] for one in back} - {row["kind"]})
        found.append(row | {"possibly_returned": bool(same), "owed_back": others})
    return _only(found, "bearer", "beneficiary", "kind", "in_force", "possibly_returned", "owed_back", "fact")


def commitments_begun_or_ended(
    told: Told, day: int, *, to: int, state: Any = None, kind: Any = None, sureness: bool | None = None
) -> list[Row]:
    found = []
    for (bearer, beneficiary, fact), daily in told.owed.items():
        if state not in (None, bearer, beneficiary) or kind not in (None, told.kind(fact)):
            continue
        for on in range(day, to + 1):
            before, now = daily[on - 1], daily[on]
            change = _change(before, now)
            if change in ("begins", "ends") or (sureness and change):
                found.append(
                    {"day": day_of(on).isoformat(), "change": change, "bearer": bearer, "beneficiary": beneficiary,
                     "fact": fact, "in_force_before": None if before == "none" else before,
                     "in_force": None if now == "none" else now}
                )  # fmt: skip
    return found


def _change(before: str, now: str) -> str | None:
    if (before in SURE) != (now in SURE):
        return "begins" if now in SURE else "ends"
    if now in SURE and before != now:
        return "surer" if ORDER.index(now) < ORDER.index(before) else "less_sure"
    return None


def conditional_commitments(told: Told, day: int, *, state: str, kind: Any = None, in_force: Any = None) -> list[Row]:
    rows = [
        row
        for row in told.on(day)
        if state in (row["bearer"], row["beneficiary"]) and _fits(row, kind, in_force)
        and row["fact"] in told.sea.conditions
    ]  # fmt: skip
    return _only(rows, "bearer", "beneficiary", "kind", "agreement", "in_force", "fact")


# -- alliances ------------------------------------------------------------------------------------------------------


def _links(told: Told, day: int, kinds: Any, words: Any) -> dict[tuple[str, str], tuple[str, str]]:
    """Return for each pair the surest commitment of these kinds, of those the first by key: how sure, and which."""
    links: dict[tuple[str, str], tuple[str, str]] = {}
    for row in told.surely(day, kinds or DEFENCE, words):
        pair, mine = (row["bearer"], row["beneficiary"]), (row["in_force"], row["fact"])
        best = links.get(pair, mine)
        links[pair] = min(best, mine, key=lambda one: (ORDER.index(one[0]), one[1]))
    return links


def _chains(links: Mapping[tuple[str, str], Any], start: str, end: str, depth: int) -> list[tuple[str, ...]]:
    """Return every chain from one to another without a loop, by trying all."""
    others = [state for state in STATES if state not in (start, end)]
    tried = (
        (start, *between, end)
        for length in range(min(depth, len(others) + 1))
        for between in permutations(others, length)
    )
    return [chain for chain in tried if all(pair in links for pair in pairwise(chain))]


def _weakest(links: Mapping[tuple[str, str], tuple[str, str]], chain: tuple[str, ...]) -> str:
    return weaker(*(links[pair][0] for pair in pairwise(chain)))


def _described(links: Mapping[tuple[str, str], tuple[str, str]], chain: tuple[str, ...]) -> Row:
    commitments = [links[pair][1] for pair in pairwise(chain)]
    return {"chain": list(chain), "commitments": commitments, "in_force": _weakest(links, chain)}


def states_drawn_in(
    told: Told, day: int, *, state: str, kind: Any = None, in_force: Any = None, depth: int = 4
) -> list[Row]:
    links, found = _links(told, day, kind, in_force), []
    for actor in STATES:
        chains = _chains(links, actor, state, depth) if actor != state else []
        if chains:
            best = min(chains, key=lambda chain: (len(chain), ORDER.index(_weakest(links, chain)), chain))
            found.append({"actor": actor, "depth": len(best) - 1, "owes_to": best[1]} | _described(links, best))
    return found


def chains_between_states(
    told: Told, day: int, *, bearer: str, beneficiary: str, kind: Any = None, in_force: Any = None, depth: int = 4
) -> list[Row]:
    links = _links(told, day, kind, in_force)
    chains = _chains(links, bearer, beneficiary, depth)
    if not chains:
        return []
    ranked = sorted(chains, key=lambda chain: (len(chain), ORDER.index(_weakest(links, chain)), chain))
    shortest = [chain for chain in ranked if len(chain) == len(ranked[0])]
    sure = min(ranked, key=lambda chain: (ORDER.index(_weakest(links, chain)), len(chain), chain))
    longer = [] if _weakest(links, sure) == _weakest(links, shortest[0]) else [sure]
    return [
        {"position": position, "shortest": chain in shortest, "links": len(chain) - 1, "number": len(shortest)}
        | _described(links, chain)
        for position, chain in enumerate([*shortest, *longer], 1)
    ]


def _kinds(rows: list[Row], bearer: str, beneficiary: str) -> list[str]:
    return sorted({row["kind"] for row in rows if (row["bearer"], row["beneficiary"]) == (bearer, beneficiary)})


def allies_shared(told: Told, day: int, *, state: str, other: str, kind: Any = None, in_force: Any = None) -> list[Row]:
    rows, found = told.surely(day, kind or DEFENCE, in_force), []
    for ally in STATES:
        between = [
            [row for row in rows if {row["bearer"], row["beneficiary"]} == {ally, one}] for one in (state, other)
        ]
        if ally in (state, other) or not all(between):
            continue
        found.append(
            {"ally": ally, "owes_state": _kinds(rows, ally, state), "owed_by_state": _kinds(rows, state, ally),
             "owes_other": _kinds(rows, ally, other), "owed_by_other": _kinds(rows, other, ally),
             "in_force": weaker(*(surest(row["in_force"] for row in some) or "" for some in between)),
             "commitments": sorted({row["fact"] for some in between for row in some})}
        )  # fmt: skip
    return found


SUPPORT = (
    "defence", "offence", "military_aid", "troop_provision", "arms_supply", "base_access", "intelligence_sharing",
    "joint_defence_measures", "guarantee", "economic_aid", "political_support",
)  # fmt: skip


def states_owing_both_sides(
    told: Told, day: int, *, state: str, other: str, kind: Any = None, in_force: Any = None
) -> list[Row]:
    rows = told.surely(day, kind or SUPPORT, in_force)
    return _bound_to((state, rows), (other, rows))


def states_bound_both_ways(
    told: Told, day: int, *, defended: str, spared: str, kind: Any = None, in_force: Any = None
) -> list[Row]:
    defence = told.surely(day, DEFENCE, in_force)
    sparing = told.surely(day, kind or ("neutrality", "non_aggression"), in_force)
    return _bound_to((defended, defence), (spared, sparing))


def _bound_to(*sides: tuple[str, list[Row]]) -> list[Row]:
    """Return what those owe who owe something to each of the two sides."""
    owing = [[row for row in rows if row["beneficiary"] == to] for to, rows in sides]
    both = set.intersection(*({row["bearer"] for row in some} for some in owing))
    found = [row for some in owing for row in some if row["bearer"] in both]
    return _only(found, "bearer", "beneficiary", "kind", "agreement", "in_force", "fact")


def partners_of_state(told: Told, day: int, *, state: str, kind: Any = None, in_force: Any = None) -> list[Row]:
    rows = told.surely(day, kind, in_force)
    found: list[Row] = []
    for partner in STATES:
        between = [row for row in rows if {row["bearer"], row["beneficiary"]} == {state, partner}]
        if partner != state and between:
            facts = sorted({row["fact"] for row in between})
            found.append(
                {"partner": partner, "number": len(facts), "owes_state": _kinds(rows, partner, state),
                 "owed_by_state": _kinds(rows, state, partner), "commitments": facts,
                 "in_force": [word for word in SURE if word in {row["in_force"] for row in between}]}
            )  # fmt: skip
    return found


def blocs(
    told: Told, day: int, *, member: str | None = None, kind: Any = None, in_force: Any = None, members: int = 3
) -> list[Row]:
    links = _links(told, day, kind, in_force)
    groups = [
        set(group)
        for size in range(2, len(STATES) + 1)
        for group in combinations(STATES, size)
        if all(pair in links for pair in permutations(group, 2))
    ]
    largest = [group for group in groups if not any(group < other for other in groups)]
    fit = [sorted(group) for group in largest if len(group) >= members and (member is None or member in group)]
    fit.sort(key=lambda group: (-len(group), group))
    return [
        {"position": position, "size": len(group), "members": group,
         "commitments": sorted({links[pair][1] for pair in permutations(group, 2)}),
         "in_force": weaker(*(links[pair][0] for pair in permutations(group, 2)))}
        for position, group in enumerate(fit, 1)
    ]  # fmt: skip


# -- agreements -----------------------------------------------------------------------------------------------------


def parties_to_agreement(told: Told, day: int, *, agreement: str, in_force: Any = None) -> list[Row]:
    taking = told.taking_part(agreement, day)
    return [{"party": one, "in_force": word} for one, word in taking.items() if not in_force or word in in_force]


def agreements_signed_not_in_force(told: Told, day: int, *, state: str | None = None) -> list[Row]:
    found = []
    for treaty in told.known:
        taking = told.taking_part(treaty, day)
        for actor, word in taking.items():
            if word == "pending" and state in (None, actor):
                others = any(taking[other] in SURE for other in taking)
                found.append({"agreement": treaty, "signatory": actor, "in_force_for_others": others})
    return found


def agreements_in_force_for_state(told: Told, day: int, *, state: str, in_force: Any = None) -> list[Row]:
    taking = {treaty: told.taking_part(treaty, day).get(state) for treaty in told.known}
    return [{"agreement": one, "in_force": word} for one, word in taking.items() if word in (in_force or SURE)]


def agreements_between_states(told: Told, day: int, *, state: str, other: str, in_force: Any = None) -> list[Row]:
    found = []
    for treaty in told.known:
        taking = told.taking_part(treaty, day)
        if state in taking and other in taking:
            both = weaker(taking[state], taking[other])
            row = {
                "agreement": treaty,
                "in_force": both,
                "state_in_force": taking[state],
                "other_in_force": taking[other],
            }
            found += [row] if not in_force or both in in_force else []
    return found


def agreements_suspended_or_provisional(
    told: Told, day: int, *, state: str | None = None, agreement: str | None = None
) -> list[Row]:
    """Only the suspended ones: the oracle does not tell what is applied provisionally."""
    found = []
    for treaty, actor, word in ((t, a, d[day]) for (t, a), d in told.parties.items()):
        if word == "suspended" and state in (None, actor) and agreement in (None, treaty):
            found.append({"agreement": treaty, "party": actor, "in_force": "suspended", "provisional": False})
    return found


def _acts(world: World, *kinds: str) -> list[Act]:
    return sorted((act for act in world.acts if act.kind in kinds), key=lambda act: (act.day[0], act.key))


def agreements_never_ratified(told: Told, day: int, *, state: str | None = None) -> list[Row]:
    found = []
    for (treaty, world), actor in product(told.known.items(), STATES):
        signed = [act for act in _acts(world, "signature") if act.by == actor and act.day[1] <= day]
        consents = [
            act for act in _acts(world, *CONSENTS, "signature")
            if act.by == actor and (act.binds or act.kind != "signature")
        ]  # fmt: skip
        bound = any(act.day[1] <= day for act in consents) or world.signature_binds
        if not signed or bound or state not in (None, actor):
            continue
        keys = {act.key for act in signed}
        back = [act for act in _acts(world, "revocation") if act.revokes in keys and act.day[1] <= day]
        others = {
            word
            for (of, other), daily in told.parties.items()
            for word in daily[: day + 1]
            if of == treaty and other != actor and word in SURE
        }
        found.append(
            {"agreement": treaty, "signatory": actor, "signed": [edtf(act.day) for act in signed],
             "revoked": [edtf(act.day) for act in back], "consents_later": [edtf(act.day) for act in consents],
             "in_force": told.taking_part(treaty, day).get(actor), "in_force_for_others": surest(others)}
        )  # fmt: skip
    return found


def reservations_to_agreement(told: Told, day: int, *, agreement: str) -> list[Row]:
    found = []
    for one in told.known[agreement].reserves:
        readings = [one_of.begins <= day < one_of.ends for one_of in interval_readings(one.limits)]
        objections = [f"{agreement}.{o.key}" for o in told.known[agreement].reserves if o.to == one.key]
        found.append(
            {"fact": f"{agreement}.{one.key}", "by": one.by, "effect": one.effect, "spell": one.spell,
             "articles": [one.to] if one.to in ("1", "2") else [], "may_stand": any(readings),
             "objects_to": [f"{agreement}.{one.to}"] if one.to == "reserve" else [], "objections": objections,
             "by_in_force": told.taking_part(agreement, day).get(one.by)}
        )  # fmt: skip
    return found


def agreement_timeline(told: Told, day: int, *, agreement: str) -> list[Row]:
    del day  # Acts are listed by their days.
    return [
        {"fact": f"{agreement}.{act.key}", "kind": act.kind, "by": act.by, "day": edtf(act.day), "spell": act.spell,
         "not_yet": act.not_yet, "revokes": f"{agreement}.{act.revokes}" if act.revokes else None,
         "effect_day": edtf(act.effect) if act.effect else None,
         "denied_by": [f"{agreement}.denial.{act.key}"] if act.denied else []}
        for act in told.known[agreement].acts
    ]  # fmt: skip


def signatories_of_agreement(told: Told, day: int, *, agreement: str) -> list[Row]:
    del day
    signatures = _acts(told.known[agreement], "signature")
    return [{"fact": f"{agreement}.{act.key}", "day": edtf(act.day)} for act in signatures]


def terms_of_agreement(told: Told, day: int, *, agreement: str) -> list[Row]:
    del day
    world = told.known[agreement]
    rows = [("duration", str(world.duration) if world.duration == "indefinite" else f"{world.duration} days")]
    rows = rows if world.duration is not None else []
    rows += [("renewal", "renewed by silence")] if world.renews else []
    rows += [("consent", "signature")] if world.signature_binds else []
    return [{"kind": kind, "value": value, "fact": f"{agreement}.term.{kind}"} for kind, value in rows]


def agreements_by_subject(told: Told, day: int, *, words: str) -> list[Row]:
    del day
    found = []
    for treaty, world in told.known.items():
        if words.partition(" ")[2] != treaty:
            continue
        held = [daily for (of, _), daily in told.parties.items() if of == treaty and set(daily) & set(SURE)]
        first = min((next(d for d, word in enumerate(daily) if word in SURE) for daily in held), default=None)
        last = [max(d for d, word in enumerate(daily) if word in SURE) for daily in held]
        signed = dict.fromkeys(edtf(act.day) for act in sorted(_acts(world, "signature"), key=lambda act: act.day))
        found.append(
            {"agreement": treaty, "signed": list(signed), "party_count": len(held),
             "in_force_from": None if first is None else day_of(first).isoformat(),
             "in_force_until": None if not last or max(last) == FAR else day_of(max(last) + 1).isoformat()}
        )  # fmt: skip
    return found


Naive = Callable[..., list[Row]]
NAIVE: dict[str, Naive] = {
    one.__name__: one
    for one in (
        commitments_owed_to_state, commitments_owed_by_state, commitments_between_states, commitments_under_agreement,
        commitments_in_force, one_sided_commitments, commitments_begun_or_ended, conditional_commitments,
        states_drawn_in, chains_between_states, allies_shared, states_owing_both_sides, states_bound_both_ways,
        partners_of_state, blocs,
        parties_to_agreement, agreements_signed_not_in_force, agreements_in_force_for_state, agreements_between_states,
        agreements_suspended_or_provisional, agreements_never_ratified, reservations_to_agreement, agreement_timeline,
        signatories_of_agreement, terms_of_agreement, agreements_by_subject,
    )
}  # fmt: skip
