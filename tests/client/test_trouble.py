"""What goes wrong, and what is tried again: before the real service, and before servers that say odd things."""

import logging
import pickle
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from foedus_client import (
    AccessError,
    AsyncClient,
    BusyError,
    Client,
    Fault,
    FoedusError,
    InputError,
    NotFoundError,
    Patience,
    ProblemError,
    QueryRefusedError,
    QueryTimeoutError,
    UnreachableError,
    UnreadableError,
    UsageError,
)
from tests.client.conftest import NOTHING, busy, saying, told

KEY = "foedus_a-key-that-nobody-sees"


def test_every_fault_of_an_input_is_told(client: Client) -> None:
    with pytest.raises(InputError) as raised:
        client.ask("commitments_owed_to_state", state="RUS", kind="defense", onn="2024-12-04")
    error = raised.value
    assert (error.status, error.code) == (422, "invalid_input")
    assert error.request_id
    assert error.errors == (
        Fault("/query/onn", "There is no parameter 'onn' here.", "invalid", "Did you mean on?"),
        Fault("/query/kind", "'defense' is no value of kind.", "invalid", "Did you mean defence?"),
    )
    assert str(error) == (
        "There is no parameter 'onn' here. Did you mean on?\n'defense' is no value of kind. Did you mean defence?"
    )
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - it is our own


def test_what_is_not_there_is_told(client: Client) -> None:
    with pytest.raises(NotFoundError, match=r"Did you mean"):
        client.ask("commitments_owed_to_stat")
    with pytest.raises(NotFoundError):
        client.evidence("no-such-fact")


async def test_a_key_is_asked_for(client: Client, awaited: AsyncClient) -> None:
    with pytest.raises(AccessError, match=r"foedus keys create NAME --scope cypher") as raised:
        client.check("RETURN 1 AS one")
    assert (raised.value.status, raised.value.code) == (401, "unauthenticated")
    with pytest.raises(AccessError):
        await awaited.check("RETURN 1 AS one")


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (422, "query_refused", QueryRefusedError),
        (403, "forbidden", AccessError),
        (504, "query_timeout", QueryTimeoutError),
        (500, "internal", ProblemError),
        (414, "uri_too_long", ProblemError),
    ],
)
def test_each_problem_has_its_error(status: int, code: str, kind: type[ProblemError]) -> None:
    with saying(told({"title": "T", "code": code, "detail": "It is wrong.", "hint": "Mend it."}, status)) as server:
        with Client(server.url) as client, pytest.raises(kind, match=r"^It is wrong\. Mend it\.$") as raised:
            client.query("RETURN 1 AS one")
        assert type(raised.value) is kind
        assert len(server.heard) == 1, "it is not asked again"


@pytest.mark.parametrize(
    "reply",
    [
        (502, {"Content-Type": "text/html; charset=utf-8"}, b"<h1>Bad Gateway</h1>"),
        (200, {"Content-Type": "text/html"}, b"<h1>Log in</h1>"),
        (200, {"Content-Type": "application/json"}, b"{}"),
        (200, {"Content-Type": "application/json"}, b"[1]"),
        (400, {"Content-Type": "application/problem+json"}, b"[]"),
        (400, {"Content-Type": "application/problem+json"}, b"no JSON"),
        (204, {}, b""),
    ],
)
def test_what_is_nothing_of_foedus_is_told_in_a_sentence(reply: Any) -> None:
    with saying(reply) as server, Client(server.url) as client:
        with pytest.raises(UnreadableError, match=r"/questions/q answered with .*nothing that foedus says") as raised:
            client.ask("q", state="RUS")
        assert raised.value.status == reply[0]


async def test_who_is_busy_is_asked_again() -> None:
    again = busy(Retry_After="0")
    with saying(again, again, NOTHING) as server, Client(server.url) as client:
        assert client.ask("q").rows == []
        assert len(server.heard) == 3
    with saying(again, again, NOTHING) as server:
        async with AsyncClient(server.url) as awaited:
            assert (await awaited.query("RETURN 1 AS one")).rows == []
        assert [method for method, *_ in server.heard] == ["POST"] * 3


def test_a_proxy_that_is_busy_is_asked_again() -> None:
    late = format_datetime(datetime.now(UTC) - timedelta(hours=1))
    with saying((429, {"Retry-After": late}, b""), NOTHING) as server, Client(server.url) as client:
        assert client.ask("q").rows == []


@pytest.mark.parametrize(
    ("header", "times"),
    [({"Retry_After": "0"}, 4), ({"Retry_After": "3600"}, 1), ({}, 1), ({"Retry_After": "soon"}, 1)],
)
def test_patience_ends(header: dict[str, str], times: int) -> None:
    with saying(busy(**header)) as server, Client(server.url) as client:
        with pytest.raises(BusyError, match=r"There is no room\. Ask again in a moment\.") as raised:
            client.ask("q")
        assert raised.value.retry_after == {"0": 0, "3600": 3600}.get(header.get("Retry_After", ""))
        assert len(server.heard) == times


def test_a_broken_connection_is_tried_again() -> None:
    with saying((0, {}, b""), NOTHING) as server, Client(server.url) as client:
        assert client.ask("q").rows == []
        assert len(server.heard) == 2


@contextmanager
def silent() -> Iterator[str]:
    """Listen, and say nothing to anybody."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


async def test_who_cannot_be_reached_is_told() -> None:
    with silent() as gone:
        pass
    with Client(gone, patience=Patience(tries=2)) as client, pytest.raises(UnreachableError, match="cannot be reached"):
        client.ask("q")
    with silent() as url:
        async with AsyncClient(url, seconds=0.1) as awaited:
            with pytest.raises(UnreachableError, match="did not answer in time"):
                await awaited.ask("q")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://foedus.example", KEY),
        ("http://127.0.0.1.foedus.example:8000", KEY),
        ("http://10.0.0.1:8000", KEY),
        ("https://user:word@foedus.example", None),
        ("ftp://foedus.example", None),
        ("127.0.0.1:8000", None),
        ("http://", None),
        ("https://foedus.example", "a key\nof two lines"),
    ],
)
def test_what_cannot_be_used_is_refused_and_no_key_shown(url: str, key: str | None) -> None:
    with pytest.raises(UsageError) as raised:
        Client(url, key=key)
    assert key is None or key not in str(raised.value)
    assert "word" not in str(raised.value).replace("password", "")


def test_a_key_of_the_environment_is_refused_in_the_open_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_KEY", f"{KEY}\n")
    with pytest.raises(UsageError, match="key_in_the_open=True"):
        Client("http://foedus.example")
    Client("http://foedus.example", key_in_the_open=True).close()
    Client("https://foedus.example/graph/").close()
    Client("http://foedus.example", key="").close()


def test_a_key_is_sent_and_shown_nowhere(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setenv("FOEDUS_KEY", KEY)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    caplog.set_level(logging.DEBUG)
    with saying(NOTHING, told({}, 401)) as server, Client(server.url) as client:
        client.ask("q")
        with pytest.raises(FoedusError) as raised:
            client.ask("q")
        assert [headers["Authorization"] for *_, headers, _ in server.heard] == [f"Bearer {KEY}"] * 2
        assert KEY not in f"{client!r} {raised.value!r} {raised.value.__cause__!r} {caplog.text}"


def test_a_key_does_not_follow_to_another_host() -> None:
    with saying(NOTHING) as other:
        moved = (308, {"Location": f"{other.url}/questions/q"}, b"")
        with saying(moved) as server, Client(server.url, key=KEY) as client:
            client.ask("q")
        assert "Authorization" not in other.heard[0][2]
