"""Writing over HTTP: change sets, one record at a time, what is refused and how, the feed, undoing and supposing."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from graph.graph import Graph
from graph.keys import Scope
from graph.model import LABELS
from graph.model.reading import read_record
from graph.model.rules import SENTENCES, Rule
from graph.settings import Settings
from service.app import create_app
from service.connection import Address
from service.examples import DENOUNCES, RECORDS
from service.routes.what_if import EXAMPLE
from tests.conftest import World
from tests.service.conftest import problem, served

SOURCE = {"key": "s", "title": "A source", "kind": "news"}
SAID = [{"source": "s"}]
BASE: list[tuple[str, dict[str, Any]]] = [
    ("Source", SOURCE),
    ("State", {"key": "AAA", "name": "Aland"}),
    ("State", {"key": "BBB", "name": "Beland"}),
    ("Official", {"key": "ann", "name": "Ann Alder"}),
    ("Official", {"key": "anna-alder", "name": "Anna Alder"}),
    ("Agreement", {"key": "T", "title": "A treaty"}),
    ("Commitment", {"key": "T.1", "kind": "defence", "bearers": "each_party", "beneficiaries": "each_other_party",
                    "under": "T", "attested_by": SAID}),
]  # fmt: skip
MEETING = {"kind": "meeting", "text": "They met.", "span": "2024-11-01", "attested_by": SAID}


def puts(*records: tuple[str, dict[str, Any]], reason: str = "A test.") -> dict[str, Any]:
    operations = [{"op": "put", "label": label, "record": record} for label, record in records]
    return {"reason": reason, "operations": operations}


def act(by: str, kind: str, day: str, key: str | None = None) -> tuple[str, dict[str, Any]]:
    content = {"key": key or f"T.{kind}.{by}", "kind": kind, "day": day, "on": "T", "by": by, "attested_by": SAID}
    return "Act", content


class Writing:
    """A client of the service that may write, and one that may not."""

    def __init__(self, url: str, key: str, reading: str) -> None:
        self.plain = httpx.Client(base_url=url, timeout=60)
        self.reader = httpx.Client(base_url=url, timeout=60, headers={"Authorization": f"Bearer {reading}"})
        self.client = httpx.Client(base_url=url, timeout=60, headers={"Authorization": f"Bearer {key}"})

    def write(self, body: Any, path: str = "/change-sets", **headers: str) -> httpx.Response:
        return self.client.post(path, json=body, headers={name.replace("_", "-"): one for name, one in headers.items()})

    def put(self, path: str, content: dict[str, Any], version: str = "") -> httpx.Response:
        precondition = {"If-Match": version} if version else {"If-None-Match": "*"}
        return self.client.put(path, json=content, headers=precondition)

    def close(self) -> None:
        for one in (self.plain, self.reader, self.client):
            one.close()


@pytest.fixture(scope="module")
def url(settings: Settings, address: Address, world: World) -> Iterator[str]:
    """The whole catalogue, over whatever is loaded."""
    # On a busy machine the longest text takes more than a usual question's time to be planned.
    patient = settings.model_copy(update={"query_seconds": 60.0})
    with served(create_app(patient, address)) as url:
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def writing(url: str, empty_graph: Graph) -> Any:
    key = await empty_graph.keys.create("alice", [Scope.WRITE], None)
    reading = await empty_graph.keys.create("bob", [Scope.READ], None)
    writing = Writing(url, key.text, reading.text)
    assert writing.write(puts(*BASE)).status_code == 201
    yield writing
    writing.close()


async def content(graph: Graph) -> str:
    """Return all that is in the graph, as text."""
    async with graph.database.reading() as session:
        nodes = await session.run("MATCH (n) RETURN labels(n) AS labels, properties(n) AS fields")
        found = sorted(repr(one.data()) for one in [record async for record in nodes])
        links = await session.run(
            "MATCH (a)-[l]->(b) RETURN type(l) AS type, properties(l) AS fields, a.key AS a, b.key AS b"
        )
        return "\n".join([*found, *sorted([repr(one.data()) async for one in links])])


def faults(response: httpx.Response, status: int = 422, code: str = "invalid_input") -> dict[str, str]:
    """Return what is wrong by pointer, as its code."""
    return {one["pointer"]: one["code"] for one in problem(response, status, code)["errors"]}


def test_nothing_is_written_without_a_key_that_may(writing: Writing) -> None:
    for method, path in (
        ("POST", "/change-sets"),
        ("POST", "/what-if"),
        ("POST", "/change-sets/2024-01-01T00:00:00Z/undo"),
        ("PUT", "/states/AAA"),
        ("PATCH", "/states/AAA"),
        ("DELETE", "/states/AAA"),
        ("POST", "/states/AAA/merge"),
        ("PUT", "/states/AAA/aliases/x"),
        ("DELETE", "/states/AAA/aliases/x"),
    ):
        refused = writing.plain.request(method, path, content=b"{}")
        problem(refused, 401, "unauthenticated")
        assert refused.headers["www-authenticate"].startswith("Bearer")
        problem(writing.reader.request(method, path, content=b"{}"), 403, "forbidden")


def test_a_change_set_is_written_and_told(writing: Writing) -> None:
    answer = writing.write(puts(act("AAA", "ratification", "2020"), reason="Ratified."), X_Request_Id="request-7")
    told = answer.json()
    assert answer.status_code == 201
    assert (told["created"], told["dry_run"], told["warnings"]) == (1, False, [])
    assert told["versions"] == [{"key": "T.ratification.AAA", "label": "Act", "version": 1, "change": "created"}]
    assert answer.headers["foedus-known-at"] == told["known_at"]
    assert answer.headers["foedus-bookmark"]
    whole = writing.plain.get(answer.headers["location"]).json()
    assert (whole["author"], whole["reason"], whole["request_id"]) == ("alice", "Ratified.", "request-7")
    assert [one["key"] for one in whole["versions"]] == ["T.ratification.AAA"]
    token = {"Foedus-Known-At": told["known_at"], "Foedus-Bookmark": answer.headers["foedus-bookmark"]}
    assert writing.client.get("/acts/T.ratification.AAA", headers=token).json()["version"] == 1


def test_the_same_again_changes_nothing(writing: Writing) -> None:
    answer = writing.write(puts(*BASE))
    assert (answer.status_code, answer.json()["unchanged"], answer.json()["versions"]) == (200, len(BASE), [])
    assert "location" not in answer.headers


async def test_everything_wrong_is_told_and_nothing_is_written(writing: Writing, empty_graph: Graph) -> None:
    before = await content(empty_graph)
    wrong = {
        "operations": [
            {"op": "putt"},
            {"op": "put", "label": "Stat", "record": {}},
            {"op": "put", "label": "State", "record": {"key": "no key", "nam": "x"}},
            {
                "op": "put",
                "label": "Act",
                "record": {"key": "x", "kind": "ratification", "day": "2024-02-30", "on": "T"},
            },
            {"op": "withdraw", "key": "x"},
            7,
        ],
        "why": "",
    }
    assert faults(writing.write(wrong)) == {
        "/body/reason": "invalid",
        "/body/why": "invalid",
        "/body/operations/0/op": "invalid",
        "/body/operations/1/label": "invalid",
        "/body/operations/2/record/key": "invalid",
        "/body/operations/2/record/name": "invalid",
        "/body/operations/2/record/nam": "invalid",
        "/body/operations/3/record/attested_by": Rule.SOURCE_MISSING,
        "/body/operations/3/record/day": "invalid",
        "/body/operations/4/reason": "invalid",
        "/body/operations/5": "invalid",
    }
    assert await content(empty_graph) == before


def test_the_readme_lists_the_rules_and_ships_the_example(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    assert [rule for rule, sentence in SENTENCES.items() if f"| `{rule}` | {sentence} |" not in readme] == []
    shipped = (repository / "docs" / "examples" / "russia-denounces.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == EXAMPLE


def test_each_rule_has_its_code(writing: Writing) -> None:
    commitment = {"kind": "transit", "bearers": "named", "beneficiaries": "named", "under": "T", "attested_by": SAID}
    given = {"kind": "money", "text": "Money.", "stage": "pledged", "by": ["AAA"], "to": ["BBB"], "span": "2024"}
    operations: list[dict[str, Any]] = puts(
        ("Event", {"key": "e", **MEETING, "attested_by": []}),
        ("Event", {"key": "e", **MEETING, "span": {"begins": "2024", "ends": "2020"}}),
        ("Contribution", {"key": "c", **given, "attested_by": SAID,
                          "quantity": {"low": 5, "best": 3, "unit": "x", "basis": "reported"}}),
        ("Commitment", {"key": "d", **commitment}),
    )["operations"]  # fmt: skip
    shown = {
        (Rule.SOURCE_MISSING, "/body/operations/0/record/attested_by"),
        (Rule.SPAN_REVERSED, "/body/operations/1/record/span"),
        (Rule.QUANTITY_DISORDERED, "/body/operations/2/record/quantity"),
        (Rule.ENDS_MISFIT, "/body/operations/3/record"),
    }
    found = faults(writing.write({"reason": "x", "operations": operations}))
    assert shown <= {(code, at) for at, code in found.items()}
    withdrawal = {"op": "withdraw", "key": "T", "reason": "x"}
    for code, at, operation in (
        (Rule.REFERENCE_UNKNOWN, "/record/at", puts(("Event", {"key": "e", **MEETING, "at": "nowhere"}))),
        (Rule.REFERENCE_MISFIT, "/record/at", puts(("Event", {"key": "e", **MEETING, "at": "AAA"}))),
        (Rule.KEY_IN_USE, "/record/key", puts(("Official", {"key": "AAA", "name": "x"}))),
        (Rule.KEY_UNKNOWN, "/key", {"operations": [withdrawal | {"key": "nobody"}]}),
        (Rule.STILL_NAMED, "/key", {"operations": [withdrawal]}),
        (Rule.WRITTEN_TWICE, "", puts(("State", {"key": "CCC", "name": "x"}), ("State", {"key": "CCC", "name": "y"}))),
    ):
        found = faults(writing.write(operation | {"reason": "x"}))
        assert found[f"/body/operations/0{at}"] == code
        shown.add((code, at))
    stale = {"reason": "x", "operations": [withdrawal | {"key": "T.1", "if_version": 9}]}
    assert faults(writing.write(stale), 412, "stale_version") == {"/body/operations/0/if_version": Rule.STALE_VERSION}
    assert {code for code, _ in shown} | {Rule.STALE_VERSION} == set(Rule) == set(SENTENCES)


def test_what_sources_say_odd_as_it_is_is_a_warning_and_in_the_register(writing: Writing) -> None:
    first = writing.write(puts(act("AAA", "ratification", "2020-01-01")))
    assert first.json()["warnings"] == []
    other = act("AAA", "ratification", "2021-01-01", "T.ratification.again")
    answer = writing.write(puts(other), Idempotency_Key="odd")
    (warning,) = answer.json()["warnings"]
    assert (warning["dispute"], warning["fact"], warning["other_fact"]) == (
        "competing_acts",
        "T.ratification.AAA",
        "T.ratification.again",
    )
    assert writing.write(puts(other), Idempotency_Key="odd").json() == answer.json()
    assert writing.plain.get(answer.headers["location"]).json()["warnings"] == [warning]
    rows = writing.plain.get("/questions/disputed_facts", params={"thing": "T.ratification.again"}).json()["rows"]
    assert rows == [warning]


async def test_a_dry_run_tells_what_would_follow_and_leaves_nothing(writing: Writing, empty_graph: Graph) -> None:
    before = await content(empty_graph)
    acts = [act(by, "ratification", "2020") for by in ("AAA", "BBB")]
    change = puts(
        *acts, ("Act", {"key": "T.force", "kind": "entry_into_force", "day": "2021", "on": "T", "attested_by": SAID})
    )
    told = writing.client.post("/change-sets?dry_run=true", json=change).json()
    assert (told["dry_run"], told["created"], told["pieces_truncated"]) == (True, 3, False)
    assert {(one["move"], one["type"], one["start"], one["end"]) for one in told["pieces"]} == {
        ("appears", "PARTY_TO", "AAA", "T"),
        ("appears", "PARTY_TO", "BBB", "T"),
        ("appears", "COMMITS_TO", "AAA", "BBB"),
        ("appears", "COMMITS_TO", "BBB", "AAA"),
    }
    assert await content(empty_graph) == before
    writing.write(change)
    ended = {"reason": "x", "operations": [{"op": "withdraw", "key": "T.ratification.AAA", "reason": "x"}]}
    moved = writing.client.post("/change-sets?dry_run=true", json=ended).json()["pieces"]
    assert {(one["move"], one["type"], one["start"]) for one in moved} >= {("ends", "PARTY_TO", "AAA")}


def test_one_record_is_created_corrected_and_withdrawn(writing: Writing) -> None:
    created = writing.put("/events/e", MEETING)
    assert (created.status_code, created.headers["etag"]) == (201, '"1"')
    assert faults(writing.put("/events/e", MEETING), 412, "stale_version") == {"/header/If-None-Match": Rule.KEY_IN_USE}
    corrected = writing.put("/events/e", MEETING | {"text": "They met again."}, '"1"')
    assert (corrected.status_code, corrected.headers["etag"]) == (200, '"2"')
    same = writing.put("/events/e", MEETING | {"text": "They met again."}, '"2"')
    assert (same.status_code, same.headers["etag"], same.json()["unchanged"]) == (200, '"2"', 1)
    assert faults(writing.put("/events/e", MEETING, '"1"'), 412, "stale_version") == {
        "/header/If-Match": Rule.STALE_VERSION
    }
    read = writing.plain.get("/events/e/record")
    assert (read.headers["etag"], read.json()["record"]["text"]) == ('"2"', "They met again.")
    assert writing.plain.get("/events/e/record", headers={"If-None-Match": '"2"'}).status_code == 304
    gone = writing.client.delete("/events/e?reason=Not+so.", headers={"If-Match": '"2"'})
    assert (gone.status_code, gone.headers["etag"], gone.json()["withdrawn"]) == (200, '"3"', 1)
    assert "Not so." in problem(writing.plain.get("/events/e/record"), 404, "not_found")["detail"]
    problem(writing.client.patch("/events/e", json={"text": "x"}, headers={"If-Match": '"3"'}), 404, "not_found")
    before = writing.plain.get("/events/e/record", params={"known_at": corrected.json()["known_at"]})
    assert before.json()["version"] == 2


def test_a_record_is_read_as_it_can_be_put_again(writing: Writing) -> None:
    """Numbers, days and links: what is read is put back unchanged."""
    given = {"kind": "money", "text": "Money.", "stage": "pledged", "by": ["AAA"], "to": ["BBB"], "span": "2024/.."}
    quantity = {"low": 1.5, "best": 2, "unit": "USD current", "basis": "reported"}
    writing.put("/contributions/c", given | {"quantity": quantity, "attested_by": SAID})
    read = writing.plain.get("/contributions/c/record").json()["record"]
    assert read["quantity"] == quantity | {"high": 2}
    assert writing.put("/contributions/c", read, '"1"').json()["unchanged"] == 1
    whole = writing.plain.get("/contributions/c/record").json()
    assert "under `record`" in problem(writing.put("/contributions/c", whole, '"1"'), 422, "invalid_input")["hint"]


def test_a_merge_patch_changes_what_it_names(writing: Writing) -> None:
    writing.put("/events/e", MEETING)
    patched = writing.client.patch(
        "/events/e",
        content=json.dumps({"span": {"begins": "2024-10-31"}, "text": "They met twice."}),
        headers={"If-Match": '"1"', "Content-Type": "application/merge-patch+json"},
    )
    assert patched.status_code == 200, patched.text
    record = writing.plain.get("/events/e/record").json()["record"]
    assert record["span"] == {"begins": "2024-10-31", "ends": "2024-11-01", "ends_are": "last_day_with"}
    assert record["text"] == "They met twice."
    for patch, pointer in (({"nope": 1}, "/body/nope"), ({"text": None}, "/body/text"), ({"key": "f"}, "/body/key")):
        found = faults(writing.client.patch("/events/e", json=patch, headers={"If-Match": '"2"'}))
        assert list(found) == [pointer]
    problem(writing.client.patch("/acts/e", json={"day": "2024"}, headers={"If-Match": '"2"'}), 404, "not_found")


def test_a_change_names_the_version_it_replaces(writing: Writing) -> None:
    for given in ({}, {"If-Match": "*"}):
        for method in ("PUT", "PATCH", "DELETE"):
            sent = writing.client.request(method, "/states/AAA?reason=x", json={"name": "x"}, headers=given)
            problem(sent, 428, "precondition_required")
    problem(writing.client.put("/states/AAA", json={"name": "x"}, headers={"If-Match": "3"}), 400, "malformed")
    for tag in ('W/"1"', '"x"', '"1", "2"'):
        problem(writing.client.put("/states/AAA", json={"name": "x"}, headers={"If-Match": tag}), 412, "stale_version")
    both = {"If-Match": '"1"', "If-None-Match": "*"}
    problem(writing.client.put("/states/AAA", json={"name": "x"}, headers=both), 400, "malformed")
    problem(writing.put("/states/ZZZ", {"name": "x"}, '"1"'), 412, "stale_version")


UNREADABLE: list[tuple[bytes, dict[str, str], int, str]] = [
    (b"{", {}, 400, "malformed"),
    (b'{"reason": "a", "reason": "b"}', {}, 400, "malformed"),
    (b'{"reason": "\\ud800"}', {}, 400, "malformed"),
    (b'{"reason": NaN}', {}, 400, "malformed"),
    (b"[" * 100_000, {}, 400, "malformed"),
    (b"\xff", {}, 400, "malformed"),
    (b"[]", {}, 422, "invalid_input"),
    (b"{}", {"Content-Type": "text/plain"}, 415, "unsupported_type"),
    (b"{}", {"Content-Encoding": "gzip"}, 415, "unsupported_type"),
    (b" " * (16 * 2**20 + 1), {}, 413, "too_large"),
    (b"{}", {"Idempotency-Key": "two words"}, 422, "invalid_input"),
]


def test_a_body_that_cannot_be_read_is_refused(writing: Writing) -> None:
    for body, sent, status, code in UNREADABLE:
        headers = {"Content-Type": "application/json"} | sent
        problem(writing.client.post("/change-sets", content=body, headers=headers), status, code)


def test_a_replay_gives_the_first_answer(writing: Writing, settings: Settings, address: Address) -> None:
    change = puts(act("AAA", "ratification", "2020"))
    first = writing.write(change, Idempotency_Key="k")
    with served(create_app(settings, address)) as other:
        again = httpx.post(
            f"{other}/change-sets", json=change, headers={**writing.client.headers, "Idempotency-Key": "k"}, timeout=60
        )
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["location"] == first.headers["location"]
    problem(writing.write(change | {"reason": "x"}, Idempotency_Key="k"), 422, "idempotency_key_reused")
    named = {"If-Match": '"1"', "Idempotency-Key": "p"}
    one, two = (writing.client.patch("/acts/T.ratification.AAA", json={"day": "2021"}, headers=named) for _ in "12")
    assert (one.status_code, one.json(), one.headers["etag"]) == (200, two.json(), two.headers["etag"])
    assert writing.plain.get("/acts/T.ratification.AAA").json()["version"] == 2


def test_what_changed_nothing_is_remembered_too(writing: Writing) -> None:
    aland = puts(("State", {"key": "AAA", "name": "Aland"}))
    assert writing.write(aland, Idempotency_Key="same").json()["unchanged"] == 1
    writing.write(puts(("State", {"key": "AAA", "name": "Otherland"})))
    assert writing.write(aland, Idempotency_Key="same").json()["unchanged"] == 1
    assert writing.plain.get("/states/AAA/record").json()["record"]["name"] == "Otherland"


def test_two_at_once_with_one_key_write_once(writing: Writing) -> None:
    change = puts(act("AAA", "signature", "2019"))
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: writing.write(change, Idempotency_Key="at-once"), range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert writing.plain.get("/acts/T.signature.AAA").json()["version"] == 1


def test_two_entities_are_merged_and_parted(writing: Writing) -> None:
    signed = act("AAA", "signature", "2019")
    signed[1]["signed_by"] = ["ann", "anna-alder"]
    writing.write(
        puts(signed, ("Event", {"key": "e", **MEETING, "participants": [{"actor": "AAA", "on_behalf_of": "BBB"}]}))
    )
    merged = writing.client.post(
        "/officials/anna-alder/merge", json={"into": "ann", "reason": "One person."}, headers={"If-Match": '"1"'}
    )
    assert merged.status_code == 200, merged.text
    assert writing.plain.get("/acts/T.signature.AAA").json()["record"]["signed_by"] == ["ann"]
    moved = writing.plain.get("/officials/anna-alder?on=2020-01-01")
    assert (moved.status_code, moved.headers["location"]) == (308, "/officials/ann?on=2020-01-01")
    assert writing.plain.get("/officials/anna-alder/record").headers["location"] == "/officials/ann/record"
    asked = problem(writing.plain.get("/questions/offices_held?official=anna-alder"), 422, "invalid_input")
    assert asked["hint"] == "Did you mean ann?"
    named = puts(("Event", {"key": "e", **MEETING, "participants": [{"actor": "anna-alder"}]}))
    (fault,) = problem(writing.write(named), 422, "invalid_input")["errors"]
    assert (fault["message"], fault["hint"]) == ("anna-alder was merged into ann.", "Name ann.")
    assert writing.plain.get("/officials/ann").json()["rows"][0]["aliases"] == ["Anna Alder"]
    undone = writing.write({"reason": "Two after all."}, f"/change-sets/{merged.json()['known_at']}/undo")
    assert undone.status_code == 201, undone.text
    assert writing.plain.get("/acts/T.signature.AAA").json()["record"]["signed_by"] == ["ann", "anna-alder"]
    assert writing.plain.get("/officials/anna-alder/record").json()["record"]["name"] == "Anna Alder"
    for into, at in (("nobody", "/body/into"), ("AAA", "/body/into"), ("anna-alder", "/body/into")):
        sent = writing.client.post(
            "/officials/anna-alder/merge", json={"into": into, "reason": "x"}, headers={"If-Match": '"3"'}
        )
        assert list(faults(sent)) == [at]


def test_aliases_are_added_and_retired(writing: Writing) -> None:
    added = writing.client.put("/states/AAA/aliases/%C3%85land%2FEast", headers={"If-Match": '"1"'})
    assert (added.status_code, added.headers["etag"]) == (200, '"2"')
    assert writing.plain.get("/states/AAA").json()["rows"][0]["aliases"] == ["Åland/East"]
    retired = writing.client.delete("/states/AAA/aliases/%C3%85land%2FEast", headers={"If-Match": '"2"'})
    assert retired.status_code == 200
    again = writing.client.delete("/states/AAA/aliases/%C3%85land%2FEast", headers={"If-Match": '"3"'})
    problem(again, 404, "not_found")


def test_a_change_set_is_undone_unless_something_came_after(writing: Writing) -> None:
    first = writing.write(puts(act("AAA", "signature", "2019"))).json()["known_at"]
    second = writing.write(puts(act("AAA", "signature", "2018"))).json()["known_at"]
    undo = {"reason": "A mistake."}
    assert "T.signature.AAA" in problem(writing.write(undo, f"/change-sets/{first}/undo"), 409, "conflict")["detail"]
    assert writing.write(undo, f"/change-sets/{second}/undo").status_code == 201
    assert writing.plain.get("/acts/T.signature.AAA").json()["record"]["day"] == {"edtf": "2019"}
    problem(writing.write(undo, "/change-sets/2020-01-01T00:00:00Z/undo"), 404, "not_found")
    problem(writing.write(undo, "/change-sets/yesterday/undo"), 404, "not_found")
    assert list(faults(writing.write({}, f"/change-sets/{second}/undo"))) == ["/body/reason"]


def test_the_feed_is_read_page_by_page(writing: Writing) -> None:
    known = [writing.write(puts(act("AAA", "signature", str(year)))).json()["known_at"] for year in range(2010, 2015)]
    found, after = list[str](), dict[str, str]()
    while True:
        page = writing.plain.get("/changes", params={"limit": 2, **after}).json()
        if not page["changes"]:
            break
        found += [one["known_at"] for one in page["changes"]]
        after = {"after": page["next"]}
    assert found[1:] == known
    assert page["next"] == known[-1] == page["known_at"]


def test_events_resume_where_they_ended(writing: Writing) -> None:
    known = [writing.write(puts(act("AAA", "signature", str(year)))).json()["known_at"] for year in range(2010, 2013)]
    headers = {"Accept": "text/event-stream", "Last-Event-ID": known[0]}
    seen = []
    with writing.plain.stream("GET", "/changes", headers=headers) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line.startswith("id: "):
                seen.append(line.removeprefix("id: "))
            if len(seen) == 2:
                known.append(writing.write(puts(act("AAA", "signature", "2020"))).json()["known_at"])
                seen.append("written")
            if len(seen) == 4:
                break
    assert seen == [known[1], known[2], "written", known[3]]
    problem(writing.plain.get("/changes", headers=headers | {"Last-Event-ID": "x"}), 422, "invalid_input")


async def test_what_if_tells_who_would_lose_what(url: str, changeable_graph: Graph) -> None:
    key = await changeable_graph.keys.create("alice", [Scope.WRITE], None)
    before = await content(changeable_graph)
    asked = {"question": "commitments_owed_to_state", "parameters": {"state": "North Korea", "on": "2026-01-01"}}
    async with httpx.AsyncClient(base_url=url, timeout=60, headers={"Authorization": f"Bearer {key.text}"}) as client:
        told = (await client.post("/what-if", json=asked | {"change_set": DENOUNCES})).json()
        lost = {(row["compared"], row["kind"], row["bearer"], *row["because"]) for row in told["difference"]["rows"]}
        assert (
            lost
            == {
                ("removed", kind, "RUS", "act.RUS-denounces")
                for kind in (
                    "consultation",
                    "defence",
                    "joint_defence_measures",
                    "no_hostile_agreements",
                )
            }
            | lost
        )
        assert {row["kind"] for row in told["before"]["rows"]} - {row["kind"] for row in told["after"]["rows"]}
        assert told["after"]["permalink"] is None
        wrong = asked | {"change_set": {"operations": [{"op": "x"}]}}
        refused = await client.post("/what-if", json=wrong)
        assert set(faults(refused)) == {"/body/change_set/reason", "/body/change_set/operations/0/op"}
        nonsense = asked | {"change_set": DENOUNCES, "parameters": {"state": "PRK", "known_at": "2020-01-01T00:00:00Z"}}
        assert list(faults(await client.post("/what-if", json=nonsense))) == ["/body/parameters/known_at"]
        problem(
            await client.post("/what-if", json=asked | {"change_set": DENOUNCES, "question": "x"}), 404, "not_found"
        )
    assert await content(changeable_graph) == before


@pytest.fixture(scope="module")
def document(url: str) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{url}/openapi.json", timeout=60).json()
    return found


@pytest.mark.parametrize("label", LABELS)
def test_every_label_is_written_at_its_address(document: dict[str, Any], label: str) -> None:
    operations = document["paths"][f"/{label.lower()}s/{{{label.lower()}}}"]
    assert {"get", "put", "patch", "delete"} <= set(operations)
    for method in ("put", "patch", "delete"):
        assert operations[method]["security"] == [{"bearer": []}]
        assert {"401", "403", "404", "412", "428"} <= set(operations[method]["responses"])
    body = operations["put"]["requestBody"]["content"]["application/json"]
    assert body["schema"] == {"$ref": f"#/components/schemas/{label}Content"}
    assert read_record(label, body["example"] | {"key": "k"}) == read_record(label, RECORDS[label] | {"key": "k"})


async def test_places_for_events_are_bounded(settings: Settings, address: Address, world: World) -> None:
    few = settings.model_copy(update={"event_streams": 1, "acquire_seconds": 0.2})
    app = create_app(few, address)
    with served(app) as url:
        async with httpx.AsyncClient(base_url=url, headers={"Accept": "text/event-stream"}, timeout=30) as client:
            async with client.stream("GET", "/changes") as first:
                assert first.status_code == 200
                problem(await client.get("/changes"), 503, "database_busy")
            await asyncio.sleep(0.1)
            async with client.stream("GET", "/changes") as again:
                assert again.status_code == 200
                app.state.stopping = True
                assert [line async for line in again.aiter_lines() if line.startswith("data")] == []
