"""Saved questions over HTTP: made, found, asked, changed, removed, and taken in and out as files."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from graph.catalog import Catalog
from graph.graph import Graph
from graph.keys import Scope
from graph.saved import Who
from service.examples import SAVED
from tests.service.conftest import header_of_key, problem

pytestmark = pytest.mark.usefixtures("nothing_saved")

AT, FILES = "/saved-questions", "/saved-question-files"
ONE = f"{AT}/guarantors"
NEW = {"If-None-Match": "*", "Content-Type": "text/plain"}
EXAMPLE = {"state": "RUS", "on": "2024-12-04"}


@pytest_asyncio.fixture(loop_scope="session")
async def ann(shipped_graph: Graph) -> dict[str, str]:
    return await header_of_key(shipped_graph, "ann", Scope.CYPHER)


@pytest_asyncio.fixture(loop_scope="session")
async def bob(shipped_graph: Graph) -> dict[str, str]:
    return await header_of_key(shipped_graph, "bob", Scope.CYPHER)


@pytest_asyncio.fixture(loop_scope="session")
async def admin(shipped_graph: Graph) -> dict[str, str]:
    return await header_of_key(shipped_graph, "root", Scope.ADMIN)


def save(
    client: httpx.Client, who: dict[str, str], content: str = SAVED, at: str = ONE, **headers: str
) -> httpx.Response:
    given = headers or {"If-None-Match": "*"}
    sent = {name.replace("_", "-"): value for name, value in given.items()}
    return client.put(at, content=content.encode(), headers=who | sent | {"Content-Type": "text/plain"})


def test_one_is_saved_and_answered_like_a_shipped_one(client: httpx.Client, ann: dict[str, str]) -> None:
    made = save(client, ann)
    assert (made.status_code, made.headers["ETag"], made.headers["Location"]) == (201, '"1"', ONE), made.text
    told = made.json()
    assert (told["owner"], told["revision"], told["topic"], told["tags"]) == ("ann", 1, "saved", ["defence", "example"])
    assert (told["draft"], told["broken"], told["warnings"]) == (False, [], [])
    assert [one["name"] for one in told["question"]["parameters"]] == ["state"]
    answer = client.get(f"{ONE}/answer", params=EXAMPLE)
    assert answer.status_code == 200, answer.text
    assert {"bearer": "PRK", "commitments": 1} in answer.json()["rows"]
    assert client.get(answer.json()["permalink"]).json()["rows"] == answer.json()["rows"]
    assert answer.json()["permalink"].startswith(f"{ONE}/revisions/1/answer?")
    assert client.get(told["question"]["example"]).status_code == 200
    assert client.get(told["question"]["source"]).text == SAVED
    csv = client.get(f"{ONE}/answer", params=EXAMPLE | {"format": "csv"}).text
    assert csv.startswith("bearer,commitments\r\n")
    assert (
        client.get(f"{ONE}/answer", params=EXAMPLE, headers={"If-None-Match": answer.headers["ETag"]}).status_code
        == 304
    )
    problem(client.get(f"{ONE}/answer", params={"state": "Nowhere"}), 422, "invalid_input")
    problem(client.get(f"{ONE}/answer", params={"colour": "red"}), 422, "invalid_input")


def test_each_change_is_a_revision_that_stays(client: httpx.Client, ann: dict[str, str]) -> None:
    save(client, ann)
    other = SAVED.replace("c.kind = 'defence'", "c.kind = 'neutrality'")
    problem(save(client, ann, other), 412, "stale_version")
    problem(save(client, ann, other, If_Match='"7"'), 412, "stale_version")
    problem(client.put(ONE, content=other, headers=ann | {"Content-Type": "text/plain"}), 428, "precondition_required")
    assert save(client, ann, other, If_Match='"1"').status_code == 200
    rows = [
        client.get(f"{ONE}{at}/answer", params=EXAMPLE).json()["rows"] for at in ("/revisions/1", "/revisions/2", "")
    ]
    assert rows[0] != rows[1] == rows[2]
    assert client.get(f"{ONE}/revisions/1/source").text == SAVED
    assert client.get(ONE).json()["revision"] == 2
    for revision in ("0", "3", "x", "9" * 20, "²"):
        problem(client.get(f"{ONE}/revisions/{revision}"), 404, "not_found")
    problem(client.delete(ONE, headers=ann | {"If-Match": '"1"'}), 412, "stale_version")
    assert client.delete(ONE, headers=ann | {"If-Match": '"2"'}).status_code == 204
    for at in (ONE, f"{ONE}/revisions/1", f"{ONE}/answer"):
        problem(client.get(at), 404, "not_found")


def test_two_at_once_do_not_lose_one(client: httpx.Client, ann: dict[str, str]) -> None:
    def one(number: int) -> int:
        return save(client, ann, SAVED.replace("Guarantors", f"Guarantors {number}")).status_code

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(one, range(4))) == [201, 412, 412, 412]


def test_a_draft_is_its_owners_alone(
    client: httpx.Client, ann: dict[str, str], bob: dict[str, str], admin: dict[str, str]
) -> None:
    draft = SAVED.replace("order:", "draft: true\norder:")
    assert save(client, ann, draft).status_code == 201
    for who, seen in ((ann, True), (bob, False), ({}, False), (admin, True)):
        assert (client.get(ONE, headers=who).status_code == 200) is seen
        assert (client.get(f"{ONE}/answer", params=EXAMPLE, headers=who).status_code == 200) is seen
        assert bool(client.get(AT, headers=who).json()["saved_questions"]) is seen
        assert bool(client.get(FILES, headers=who).json()["files"]) is seen
    assert client.get(f"{ONE}/answer", params=EXAMPLE, headers=ann).headers["Cache-Control"] == "private, no-store"


def test_what_is_somebody_elses_is_not_changed(
    client: httpx.Client, ann: dict[str, str], bob: dict[str, str], admin: dict[str, str]
) -> None:
    save(client, ann)
    problem(save(client, bob, SAVED, If_Match='"1"'), 403, "not_yours")
    problem(client.delete(ONE, headers=bob | {"If-Match": '"1"'}), 403, "not_yours")
    problem(
        client.post(FILES, json={"files": {"saved/guarantors.cypher": SAVED + "\n"}}, headers=bob), 422, "invalid_input"
    )
    problem(save(client, {}), 401, "unauthenticated")
    assert save(client, admin, SAVED + "\n", If_Match='"1"').json()["owner"] == "ann"


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ("MATCH (s:State) RETURN s.key AS key", "invalid_input", "starts with its header"),
        (SAVED.replace("order:", "colour: red\norder:"), "invalid_input", "colour"),
        (SAVED.replace("order:", "tags: &x [a]\nidentity: *x\norder:"), "invalid_input", "alias"),
        (SAVED.replace("order:", "path: /guarantors/{state}\norder:"), "invalid_input", "path"),
        (SAVED.replace("order: [bearer]", "order: [colour]"), "invalid_input", "colour"),
        (SAVED.replace("example: RUS", "example: !!set {a, b}"), "invalid_input", ""),
        (SAVED.replace("state:", "model_config:").replace("$state", "$model_config"), "invalid_input", "model_config"),
        (SAVED.replace("RETURN bearer", "SET bearer.key = 'x'\nRETURN bearer"), "query_refused", "writes"),
        (SAVED.replace("c.kind = 'defence'", "EXISTS { MATCH (:ApiKey) }"), "query_refused", "ApiKey"),
        (SAVED.replace("count(*)", "size(reduce(s = 'x', i IN range(1, 40) | s + s))"), "query_refused", "reduce"),
        (SAVED + "}\nRETURN 1 AS x\nCALL () {", "query_refused", ""),
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused(
    client: httpx.Client, ann: dict[str, str], content: str, code: str, said: str
) -> None:
    response = save(client, ann, content)
    told: Any = response.json()
    assert response.status_code == 422, told
    assert told["code"] in {code, "invalid_input"}
    assert said in str(told)
    assert {one["pointer"] for one in told["errors"]} == {"/body"}
    problem(client.get(ONE), 404, "not_found")


def test_a_name_is_checked(client: httpx.Client, ann: dict[str, str]) -> None:
    for name in ("Guarantors", "a-b", "x" * 101, "many_words"):
        problem(save(client, ann, SAVED, f"{AT}/{name}"), 422, "invalid_input")
    problem(save(client, ann, SAVED, f"{ONE}?topic=No"), 422, "invalid_input")


def test_they_are_found(client: httpx.Client, ann: dict[str, str], bob: dict[str, str]) -> None:
    names = ["alpha", "beta", "gamma", "delta"]
    for name in names:
        content = SAVED.replace("Guarantors", f"The {name} of").replace("example]", f"{name}-tag]")
        save(client, ann if name < "c" else bob, content, f"{AT}/{name}?topic=t_{name[0]}")
    deprecated = SAVED.replace("order:", "deprecated: It was wrong.\nsuccessor: alpha\norder:")
    save(client, bob, deprecated, f"{AT}/omega")

    def found(**asked: Any) -> list[str]:
        return [one["name"] for one in client.get(AT, params=asked).json()["saved_questions"]]

    assert found() == ["alpha", "beta", "delta", "gamma", "omega"]
    assert found(q="BETA of") == found(tag="beta-tag") == found(topic="t_b") == ["beta"]
    assert found(owner="bob") == ["delta", "gamma", "omega"]
    assert found(deprecated=True) == ["omega"]
    assert found(draft=True) == found(broken=True) == []
    page = client.get(AT, params={"limit": 2}).json()
    assert page["next"] == "beta"
    assert found(limit=2, after=page["next"]) == ["delta", "gamma"]
    problem(client.get(AT, params={"colour": "red"}), 422, "invalid_input")
    answer = client.get(f"{AT}/omega/answer", params=EXAMPLE)
    assert answer.headers["Deprecation"] == "true"
    assert client.get(f"{AT}/omega").json()["successor"] == "alpha"


def test_a_folder_goes_in_and_out_as_it_is(client: httpx.Client, ann: dict[str, str]) -> None:
    files = {
        f"topic_{n % 3}/question_{n:03}.cypher": SAVED.replace("Guarantors", f"Guarantors {n}") for n in range(100)
    }
    done = client.post(FILES, json={"files": files}, headers=ann, timeout=60)
    assert done.status_code == 200, done.text
    assert [one["what"] for one in done.json()["files"]] == ["created"] * 100
    assert client.get(FILES).json()["files"] == files
    changed = files | {"topic_0/question_000.cypher": SAVED}
    told = client.post(FILES, json={"files": changed}, headers=ann).json()["files"]
    assert [one["what"] for one in told] == ["changed"] + ["unchanged"] * 99
    broken = files | {"new.cypher": SAVED, "topic_1/bad.cypher": "RETURN 1", "../x.cypher": SAVED}
    told = problem(client.post(FILES, json={"files": broken}, headers=ann), 422, "invalid_input")
    assert {one["pointer"] for one in told["errors"]} == {"/body/files/topic_1~1bad.cypher", "/body/files/..~1x.cypher"}
    assert client.get(f"{AT}/question_000").json()["revision"] == 2
    problem(client.get(f"{AT}/new"), 404, "not_found")


def test_one_becomes_a_shipped_question_by_copying_its_file(
    client: httpx.Client, ann: dict[str, str], tmp_path: Path
) -> None:
    save(client, ann)
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "guarantors.cypher").write_text(client.get(f"{ONE}/source").text, "utf-8")
    assert Catalog.load(tmp_path)["guarantors"].digest == client.get(f"{ONE}/answer", params=EXAMPLE).json()["digest"]


def test_one_that_fails_or_returns_what_it_does_not_say_is_no_mistake_of_ours(
    client: httpx.Client, ann: dict[str, str]
) -> None:
    save(client, ann, SAVED.replace("count(*)", "count(*) / (count(*) - count(*))"))
    problem(client.get(f"{ONE}/answer", params=EXAMPLE), 422, "query_failed")
    save(client, ann, SAVED.replace("count(*)", "min(c.holds_from)"), If_Match='"1"')
    assert client.get(f"{ONE}/answer", params=EXAMPLE).json()["rows"][0]["commitments"][:2] == "20"
    save(client, ann, SAVED.replace("count(*)", "head(collect(bearer))"), If_Match='"2"')
    for form in ("json", "csv"):
        assert client.get(f"{ONE}/answer", params=EXAMPLE | {"format": form}).status_code == 200


def test_an_earlier_draft_stays_its_owners_alone(client: httpx.Client, ann: dict[str, str]) -> None:
    save(client, ann, SAVED.replace("order:", "draft: true\norder:"))
    save(client, ann, SAVED, If_Match='"1"')
    assert client.get(f"{ONE}/revisions/2").status_code == 200
    problem(client.get(f"{ONE}/revisions/1"), 404, "not_found")


@pytest_asyncio.fixture(loop_scope="session")
async def broken(shipped_graph: Graph) -> list[str]:
    """Names of what no longer passes the gate, as after another version of Neo4j came."""
    await shipped_graph.saved.save("guarantors", "saved", SAVED, Who("ann"), 0)
    async with shipped_graph.database.writing() as session:
        text = "MATCH (q:SavedQuestion) SET q.content = replace(q.content, 'MATCH', 'MERGE'), q.checked_against = ''"
        await (await session.run(text)).consume()
    return [saved.name for saved in await shipped_graph.saved.check_all(again=False)]


def test_what_the_schema_no_longer_bears_is_told(client: httpx.Client, broken: list[str]) -> None:
    assert broken == ["guarantors"]
    assert client.get(AT, params={"broken": True}).json()["saved_questions"][0]["broken"]
    problem(client.get(f"{ONE}/answer", params=EXAMPLE), 422, "query_refused")
