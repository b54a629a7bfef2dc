"""What docker-compose.yml says, read without an engine: it hardens Neo4j as `graph/local` does, and holds no secret."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.settings import Settings
from tests.servers import settings_in_a_container

# What a server of one's own says to start small, what the tests say to be quick, and what the image sees to by itself.
OWN = {"db.tx_log.preallocate", "dbms.security.auth_enabled", "dbms.cypher.min_replan_interval"}
MEMORY = {
    "server.memory.heap.max_size",
    "server.memory.pagecache.size",
    "db.memory.transaction.max",
    "dbms.memory.transaction.total.max",
}


@pytest.fixture(scope="module")
def compose(repository: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((repository / "docker-compose.yml").read_text("utf-8"))
    return found


def setting(variable: str) -> str:
    """Return the setting that Neo4j's image reads from a variable."""
    return variable.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_")


def test_neo4j_is_hardened_as_one_of_ones_own_is(compose: dict[str, Any]) -> None:
    told = {setting(name): value for name, value in compose["services"]["neo4j"]["environment"].items()}
    own = settings_in_a_container(Settings())
    assert own.keys() - told.keys() == OWN
    same = own.keys() & told.keys() - MEMORY
    assert {name: told[name] for name in same} == {name: own[name] for name in same}
    defaults = {
        name: re.sub(r"\$\{\w+:-(.*)\}", r"\1", told[name]) for name in MEMORY - {"server.memory.pagecache.size"}
    }
    assert defaults == {name: own[name] for name in defaults}


def test_secrets_are_files(compose: dict[str, Any]) -> None:
    assert {name: [*secret] for name, secret in compose["secrets"].items()} == {
        "neo4j_auth": ["file"],
        "neo4j_password": ["file"],
    }
    for service in compose["services"].values():
        for name, value in service["environment"].items():
            if "PASSWORD" in name or "AUTH" in name:
                assert str(value).startswith("/run/secrets/"), name


def test_only_the_service_publishes_a_port_and_on_this_machine_alone(compose: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert published == {"foedus": ["${FOEDUS_PUBLISH:-127.0.0.1:8000}:8000"]}
    assert compose["networks"]["database"] == {"internal": True}


def test_what_can_be_set_is_listed(compose: dict[str, Any], repository: Path) -> None:
    text = (repository / "docker-compose.yml").read_text("utf-8")
    page = (repository / "docs" / "containers.md").read_text("utf-8")
    defaults = dict(re.findall(r"\$\{(\w+):-(.*?)\}(?!\})", text))
    assert defaults
    for name, default in defaults.items():
        assert f"`{name}`" in page, f"docs/containers.md does not tell {name}"
        assert f"`{default}`" in page, f"docs/containers.md does not tell that {name} is {default}"
