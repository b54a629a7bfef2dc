"""A session of reads never goes back in time."""

from typing import Any

import pytest

from foedus_client import Client, InputError, UsageError
from tests.client.conftest import NOTHING, saying

EARLIER, LATER = "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000001Z"


def at(known_at: str, **more: str) -> Any:
    status, headers, body = NOTHING
    return status, headers | {"Foedus-Known-At": known_at} | more, body


def test_the_newest_token_is_sent_back() -> None:
    with saying(at(EARLIER), at(LATER, **{"Foedus-Bookmark": "FB:1"}), at(EARLIER), NOTHING) as server:
        with Client(server.url) as client:
            for _ in range(4):
                client.ask("q")
            assert client.known_at == LATER
        sent = [(headers.get("Foedus-Known-At"), headers.get("Foedus-Bookmark")) for *_, headers, _ in server.heard]
        assert sent == [(None, None), (EARLIER, None), (LATER, "FB:1"), (LATER, "FB:1")]


def test_remembering_can_be_switched_off() -> None:
    with saying(at(EARLIER), at(LATER)) as server, Client(server.url, remember=False) as client:
        client.ask("q")
        client.ask("q")
        assert client.known_at is None
        assert all("Foedus-Known-At" not in headers for *_, headers, _ in server.heard)


def test_a_state_that_the_service_has_not_is_refused(client: Client) -> None:
    client.saw("9999-01-01T00:00:00Z")
    with pytest.raises(InputError, match="Ask the database that gave this instant"):
        client.ask("sources")


def test_what_is_no_instant_is_refused(client: Client) -> None:
    with pytest.raises(UsageError, match="is no instant"):
        client.saw("yesterday")
