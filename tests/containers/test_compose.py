"""What `docker compose up` starts: it answers, keeps its secrets, withstands a restart under load, and can be restored.

In the order of the file: the last tests take the project down.
"""

import json

import httpx
import pytest

from tests.containers.composed import SECONDS, Composed
from tests.containers.images import docker
from tests.programs import until
from tests.writing.audit import audit_history, audit_now
from tests.writing.beginning import begun
from tests.writing.conftest import Show
from tests.writing.interrupted import READERS, WRITERS, interrupted_in_the_middle
from tests.writing.ledger import Ledger, instant_of

pytestmark = pytest.mark.containers
RUNNING = ("neo4j", "foedus")
TREATY = "/questions/commitments_between_states?bearer=PRK&beneficiary=RUS&kind=defence&on=2024-12-04"
ASKED = (
    TREATY,
    "/agreements?limit=1000",
    "/officials?limit=1000",
    "/commitments?limit=1000",
    "/claims?limit=1000",
    "/facts/contribution.PRK-RUS.troops-in-russia.in-kursk-oblast/evidence",
)


def get(project: Composed, path: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{project.url}{path}", headers=headers, timeout=60, trust_env=False)


def test_it_answers_from_outside(project: Composed) -> None:
    (row,) = get(project, TREATY).json()["rows"]
    assert (row["article"], row["in_force"]) == ("4", "definite")
    assert get(project, "/health/ready").json()["loading"] == []
    assert len(get(project, "/states?limit=1000").json()["rows"]) > 150


def test_who_asks_for_another_host_is_refused(project: Composed) -> None:
    assert get(project, "/states", Host="evil.example").status_code in {400, 403, 421}


def test_it_writes_only_with_a_key(project: Composed, key: str) -> None:
    put = {"op": "put", "label": "Source", "record": {"key": "s", "title": "S", "kind": "news"}}
    change_set = {"reason": "To see whether it can be.", "operations": [put]}
    refused = httpx.post(f"{project.url}/change-sets", json=change_set, trust_env=False)
    assert refused.status_code == 401
    keyed = {"Authorization": f"Bearer {key}"}
    tried = httpx.post(f"{project.url}/change-sets?dry_run=true", json=change_set, headers=keyed, trust_env=False)
    assert (tried.status_code, tried.json()["created"]) == (200, 1)


def test_the_service_is_one_process_that_may_do_little(project: Composed) -> None:
    told = project.inspected("foedus")
    assert (told["Config"]["User"], told["HostConfig"]["ReadonlyRootfs"]) == ("10001:10001", True)
    assert told["HostConfig"]["CapDrop"] == ["ALL"]
    assert told["HostConfig"]["Memory"] == 1024**3
    assert len(docker("top", project.container("foedus"), "-eo", "pid,args").splitlines()) == 2
    assert project.run_in("foedus", "id", "-u").strip() == "10001"
    refused = project.run_in("foedus", "sh", "-c", "touch /opt/foedus/x 2>&1 || true")
    assert "Read-only file system" in refused


def test_the_database_is_reached_by_the_service_alone(project: Composed) -> None:
    told = project.inspected("neo4j")
    assert not any(told["NetworkSettings"]["Ports"].values())
    (network,) = told["NetworkSettings"]["Networks"].values()
    (found,) = json.loads(docker("network", "inspect", network["NetworkID"]))
    assert found["Internal"]


@pytest.mark.parametrize("service", RUNNING)
def test_docker_is_told_that_it_is_healthy(project: Composed, service: str) -> None:
    def told() -> str:
        return str(project.inspected(service)["State"]["Health"]["Status"])

    assert until(lambda: told() == "healthy", SECONDS, every=0.5), told()


ASK = """
import sys
from neo4j import GraphDatabase
from neo4j.exceptions import Neo4jError
password = open("/run/secrets/neo4j_password").read()
with GraphDatabase.driver("bolt://neo4j:7687", auth=("neo4j", password)) as driver, driver.session() as session:
    try:
        print(session.run(sys.argv[1]).values())
    except Neo4jError as error:
        print(error.code, error.message)
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "ExternalResourceFailed"),
        ("LOAD CSV FROM 'http://foedus:8000/health/live' AS row RETURN row", "blocked"),
        ("SHOW SETTINGS YIELD name, value WHERE name = 'db.transaction.timeout' RETURN value", "10m"),
        ("SHOW SETTINGS YIELD name, value WHERE name = 'server.http.enabled' RETURN value", "false"),
        ("CALL apoc.help('x')", "ProcedureNotFound"),
    ],
)
def test_the_database_is_hardened(project: Composed, text: str, said: str) -> None:
    assert said in project.run_in("foedus", "python", "-c", ASK, text)


def test_no_secret_shows(project: Composed, key: str) -> None:
    shown = [project("config").decode(), project.logs()]
    for service in (*RUNNING, "migrate"):
        told = project.inspected(service)
        shown += [json.dumps(told), docker("history", "--no-trunc", told["Image"]), docker("inspect", told["Image"])]
    shown += [docker("top", project.container(service), "-eo", "pid,args") for service in RUNNING]
    for secret in (project.password_file.read_text("ascii"), key):
        assert len(secret) > 20
        assert not [text for text in shown if secret in text]


async def test_a_restart_of_the_database_under_load_loses_nothing(project: Composed, key: str, show: Show) -> None:
    ledger = Ledger(begun=instant_of(get(project, "/health/ready").json()["known_at"]))
    async with begun([project.url], key, ledger, WRITERS + READERS, killed=True) as callers:
        _, seconds = await interrupted_in_the_middle(callers, lambda: project.restart("neo4j"))
        await audit_now(callers[0])
        await audit_history(callers[0])
    assert any(what.startswith("503") for what in ledger.counts), "nobody was told to come again"
    figures = {
        "acknowledged change sets": len(ledger.acknowledged),
        "seconds until it is ready again": f"{seconds:.1f}",
    }
    show("The database of docker-compose.yml restarted under load", figures | dict(ledger.counts))
    assert "Traceback" not in project.logs()


def test_what_was_backed_up_is_restored_whole(project: Composed, key: str) -> None:
    before = seen(project)
    project("stop", "foedus", "neo4j")
    tool = ("neo4j", "neo4j-admin", "database")
    backup = project.run_once(*tool, "dump", "neo4j", "--to-stdout")
    project.down()
    project.renew_secrets()
    project.run_once(*tool, "load", "neo4j", "--from-stdin", "--overwrite-destination=true", given=backup)
    project("up", "--detach")
    project.await_ready()
    assert seen(project) == before
    assert "follows from the facts" in project.run_in("foedus", "foedus", "check")
    asked = get(project, "/acts/none", Authorization=f"Bearer {key}")
    assert asked.status_code == 404, "the key of before is still good"


def seen(project: Composed) -> list[object]:
    """Return what the graph says and how it came to say it."""
    known_at = get(project, "/health/ready").json()["known_at"]
    answers = [get(project, path).json() for path in ASKED]
    assert all(answer["rows"] for answer in answers)
    changes, asked = [], "/changes?limit=1000"
    while page := get(project, asked).json()["changes"]:
        changes += page
        asked = f"/changes?limit=1000&after={page[-1]['known_at']}"
    return [known_at, [answer["rows"] for answer in answers], changes]


def test_told_to_stop_it_stops_by_itself(project: Composed) -> None:
    project("stop", "--timeout", "10", "foedus")
    assert project.inspected("foedus")["State"]["ExitCode"] == 0, "it had to be killed"


def test_a_wrong_password_is_told_at_once(project: Composed) -> None:
    project.password_file.write_text("another-password", "ascii")
    said = project.refused("run", "--rm", "--no-deps", "-T", "migrate")
    assert "Neo4j does not accept the user name or the password." in said
