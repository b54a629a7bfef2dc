"""What is written, and how it must show: groups of facts on shared agreements, all of them with one token.

A change set writes every fact of a group with the next token, as its mark and as its day, so that each row of an answer
tells a token by itself: two tokens of one group in one answer are half a change set.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Row = Mapping[str, Any]
Tokens = dict[int, int]
"""The token that an answer shows of each group, by the group's number."""

AGREEMENTS = [f"soak.treaty.{number}" for number in range(4)]
REACH = 3
"""On how many of the agreements a group writes, so that every agreement has facts of so many groups."""
HUB, SOURCE, OFFICE, HOLDER = "soak.hub", "soak.source", "soak.office", "soak.holder"
BETWEEN, LATER = "2040-01-01", "2300-01-01"
"""Days after the days of even tokens and before those of odd ones, and after all."""
_HALF_A_CENTURY = 18_262
_MARK = re.compile(r"\bgroup (\d+) has token (\d+)\b")
_SAID = [{"source": SOURCE}]


def day(token: int) -> str:
    """Return the day that the facts with a token have."""
    return str(date(2000, 1, 1) + timedelta(days=token + _HALF_A_CENTURY * (token % 2)))


def since(token: int) -> str:
    """Return the day from which a group's state is presumed a party: a source speaks of the day before."""
    return str(date.fromisoformat(day(token)) + timedelta(days=1))


def in_force(token: int) -> str:
    """Return whether what a group's state owes is in force on the day `BETWEEN`."""
    return "pending" if token % 2 else "presumed"


@dataclass(frozen=True)
class Group:
    """Facts that are only ever written together: an act, a commitment and a claim on each of its agreements."""

    number: int

    @property
    def state(self) -> str:
        """The state that acts in it, and in no other."""
        return f"soak.state.{self.number}"

    @property
    def agreements(self) -> list[str]:
        """The agreements that it is about."""
        return [AGREEMENTS[(self.number + further) % len(AGREEMENTS)] for further in range(REACH)]

    @property
    def head(self) -> str:
        """The act whose version is that of all its facts."""
        return self._key(self.agreements[0], "act")

    @property
    def keys(self) -> dict[str, str]:
        """The label of each of its facts, by key."""
        return {record["key"]: label for label, record in self._facts(0)}

    def change_set(self, token: int, version: int) -> dict[str, Any]:
        """Return the change set that gives all its facts a token; `version` is what they have before, 0 for none."""
        puts = [put(label, record) | {"if_version": version} for label, record in self._facts(token)]
        return {"reason": self._mark(token), "operations": puts}

    def act_on(self, agreement: str) -> str:
        """Return the key of its act on an agreement."""
        return self._key(agreement, "act")

    def _facts(self, token: int) -> Iterable[tuple[str, dict[str, Any]]]:
        mark, on = self._mark(token), day(token)
        said = [{"source": SOURCE, "locator": mark}]
        for agreement in self.agreements:
            act = {"kind": "entry_into_force", "day": on, "by": self.state, "on": agreement}
            owed: dict[str, Any] = {
                "bearers": "named",
                "owed_by": [self.state],
                "beneficiaries": "named",
                "owed_to": [HUB],
            }
            commitment = {"kind": "defence", "text": mark, "under": agreement} | owed
            claim: dict[str, Any] = {"stance": "asserts", "towards": "sentence", "sentence": mark, "made_on": on}
            claim |= {"by": [{"actor": HUB}], "about": [agreement, self.state]}
            for label, fact in (("Act", act), ("Commitment", commitment), ("Claim", claim)):
                yield label, fact | {"key": self._key(agreement, label.lower()), "attested_by": said}

    def _key(self, agreement: str, what: str) -> str:
        return f"{agreement}.{what}.{self.number}"

    def _mark(self, token: int) -> str:
        return f"group {self.number} has token {token}"


GROUPS = [Group(number) for number in range(4)]


def counter_of(agreement: str) -> str:
    """Return the key of an agreement's counter: a term whose value every writer raises by one."""
    return f"{agreement}.counter"


def put(label: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the operation that puts a record."""
    return {"op": "put", "label": label, "record": record}


def beginning() -> dict[str, Any]:
    """Return the change set of what stays as it is: who there is, and agreements in force to which all consented."""
    states = [HUB, *(group.state for group in GROUPS)]
    operations = [put("Source", {"key": SOURCE, "title": "What is written", "kind": "other"})]
    operations += [put("State", {"key": state, "name": state}) for state in states]
    operations += [put("Official", {"key": HOLDER, "name": HOLDER})]
    operations += [put("Office", {"key": OFFICE, "title": "Minister", "of": HUB})]
    for agreement in AGREEMENTS:
        operations += _agreement(agreement, states)
    return {"reason": "Before anything is written at once.", "operations": operations}


def _agreement(key: str, states: Iterable[str]) -> list[dict[str, Any]]:
    acts = [("entry_into_force", None), *(("ratification", state) for state in states)]
    return [
        put("Agreement", {"key": key, "title": key, "kind": "treaty"}),
        put("Term", {"key": f"{key}.ends", "kind": "duration", "value": "indefinite", "of": key, "attested_by": _SAID}),
        put("Term", {"key": counter_of(key), "kind": "secrecy", "value": "0", "of": key, "attested_by": _SAID}),
        *(
            put("Act", {"key": f"{key}.{kind}.{by}", "kind": kind, "day": "1990-01-01", "on": key, "attested_by": _SAID}
                | ({"by": by} if by else {}))
            for kind, by in acts
        ),
    ]  # fmt: skip


def double(key: str) -> dict[str, Any]:
    """Return the change set of an official who turns out to be the holder of the office."""
    tenure = {"key": f"{key}.tenure", "of": key, "office": OFFICE, "span": "2000/..", "attested_by": _SAID}
    operations = [put("Official", {"key": key, "name": HOLDER}), put("Tenure", tenure)]
    return {"reason": "Somebody of the same name.", "operations": operations}


@dataclass(frozen=True)
class Read:
    """Something that is asked, how many rows of each group it has, and whether a row agrees with the tokens."""

    path: str
    asked: Mapping[str, str]
    rows: Mapping[int, int]
    agrees: Callable[[Row, Tokens], bool]


def reads() -> list[Read]:
    """Return all that readers ask; a small limit makes several pages of it."""
    found = [_claims()]
    for agreement in AGREEMENTS:
        found += [_under(agreement), _timeline(agreement), _parties(agreement), _whole(agreement)]
    for group in GROUPS:
        found += [_about(group), _pairs(group)]
    return found


def tokens_of(read: Read, rows: Iterable[Row]) -> Tokens:
    """Return the tokens that the rows of a whole answer show. Fails where they are of more than one change set."""
    rows = list(rows)
    told = [marks(row) for row in rows]
    tokens = dict(mark for some in told for mark in some)
    assert all(some <= tokens.items() for some in told), f"{read.path} shows half a change set: {told}"
    counted = Counter(number for some in told for number in dict(some))
    assert counted == read.rows, f"{read.path} has rows of {counted}, not {read.rows}"
    odd = [row for row in rows if not read.agrees(row, tokens)]
    assert not odd, f"{read.path} disagrees with {tokens}: {odd}"
    return tokens


def marks(told: Any) -> set[tuple[int, int]]:
    """Return the marks anywhere in something told: groups with tokens."""
    return {(int(number), int(token)) for number, token in _MARK.findall(json.dumps(told))}


def _on(agreement: str) -> list[Group]:
    return [group for group in GROUPS if agreement in group.agreements]


def _one_each(agreement: str) -> dict[int, int]:
    return {group.number: 1 for group in _on(agreement)}


def _agrees(column: str, expected: Callable[[int], Any]) -> Callable[[Row, Tokens], bool]:
    """Return whether a column of each row with a mark is what follows from its token."""
    return lambda row, _: all(row[column] == expected(token) for _, token in marks(row))


def _under(agreement: str) -> Read:
    asked = {"agreement": agreement, "on": BETWEEN}
    path = "/questions/commitments_under_agreement"
    return Read(path, asked, _one_each(agreement), _agrees("in_force", lambda token: [in_force(token)]))


def _timeline(agreement: str) -> Read:
    asked = {"agreement": agreement, "limit": "2"}
    return Read("/questions/agreement_timeline", asked, _one_each(agreement), _agrees("day", day))


def _parties(agreement: str) -> Read:
    asked = {"agreement": agreement, "on": LATER, "limit": "2"}
    return Read("/questions/parties_to_agreement", asked, _one_each(agreement), _agrees("since", since))


def _whole(agreement: str) -> Read:
    def agrees(row: Row, tokens: Tokens) -> bool:
        begins = {one["key"]: one["begins"] for one in (*row["parties"], *row["acts"])}
        return all(
            (begins[group.state], begins[group.act_on(agreement)]) == (since(token), day(token))
            for group, token in ((group, tokens[group.number]) for group in _on(agreement))
        )

    return Read(f"/agreements/{agreement}", {"on": LATER}, _one_each(agreement), agrees)


def _about(group: Group) -> Read:
    asked = {"thing": group.state, "limit": "1"}
    return Read("/questions/claims_about", asked, {group.number: REACH}, _agrees("made_on", day))


def _pairs(group: Group) -> Read:
    asked = {"bearer": group.state, "beneficiary": HUB, "on": BETWEEN, "limit": "2"}
    rows = {group.number: REACH}
    return Read("/questions/commitments_between_states", asked, rows, _agrees("in_force", in_force))


def _claims() -> Read:
    rows = {group.number: REACH for group in GROUPS}
    return Read("/claims", {"by": HUB, "limit": "5"}, rows, _agrees("made_on", day))
