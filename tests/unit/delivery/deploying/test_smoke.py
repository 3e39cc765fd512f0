"""The smoke test: good answers, several in a row, of health and of deep health."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from delivery.deploying.smoke import Door, UnprovenError, prove
from toolchain.events import Event, ignore

if TYPE_CHECKING:
    from collections.abc import Callable

_KEY = "the-" + "key"
_WELL = {"db": "ok", "llm": "ok", "disk_free_percent": 20.1, "memory_percent": 79.9, "last_chapter": "2026-11-21"}


def _door(answer: Callable[[httpx.Request], httpx.Response], host: str = "") -> Door:
    return Door("http://edge.test", host, "/api/health", _KEY, httpx.MockTransport(answer))


def _engine(**deep: Any) -> Callable[[httpx.Request], httpx.Response]:  # noqa: ANN401 - any JSON
    """An engine that is healthy, and says these things of itself to whoever has the key."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/health":
            return httpx.Response(200, json={"status": "ok"})
        if request.headers.get("X-Internal-Key") != _KEY:
            return httpx.Response(401)
        return httpx.Response(200, json={**_WELL, **deep})

    return answer


def _tried(answer: Callable[[httpx.Request], httpx.Response], **limits: float) -> str:
    """Why it is not proven."""
    with pytest.raises(UnprovenError) as error:
        prove(_door(answer), ignore, rounds=2, **{"pause": 0.0, "grace": 0.0, **limits})
    return str(error.value)


def test_what_is_well_is_proven() -> None:
    """It is asked as many times as said, for both; each round is told."""
    asked: list[str] = []
    told: list[Event] = []
    engine = _engine()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return engine(request)

    assert 3 == prove(_door(answer), told.append, rounds=3, pause=0.0)
    assert ["/api/health", *3 * ["/api/health", "/api/health/deep"]] == asked
    assert [1, 2, 3] == [event.fields["round"] for event in told]


@pytest.mark.parametrize(
    ("deep", "why"),
    [
        ({"db": "error"}, "db is 'error'"),
        ({"llm": None}, "llm is None"),
        ({"disk_free_percent": 20}, "disk_free_percent is 20, not over 20"),
        ({"memory_percent": 80}, "memory_percent is 80, not under 80"),
        ({"memory_percent": True}, "memory_percent is True, not under 80"),
        ({"disk_free_percent": "60"}, "disk_free_percent is '60', not over 20"),
    ],
)
def test_what_says_that_it_is_not_well_is_not_proven(deep: dict[str, Any], why: str) -> None:
    """Database, model, disk and memory are held against the figures (OB-3)."""
    assert why == _tried(_engine(**deep))


def test_all_that_is_not_well_is_named() -> None:
    """One sentence for each part."""
    assert "db is 'down'; llm is 'down'" == _tried(_engine(db="down", llm="down"))


@pytest.mark.parametrize("status", [204, 308, 401, 404, 500, 503])
def test_only_a_plain_200_is_good(status: int) -> None:
    """A redirect is no answer of the product's."""
    headers = {"Location": "http://edge.test/api/health"}

    assert f"/api/health is answered by {status}" == _tried(lambda _: httpx.Response(status, headers=headers))


def test_deep_health_is_asked_for_with_the_key_alone() -> None:
    """Plain health is asked for without it; without the right one there is no deep health."""
    keys: list[str | None] = []
    engine = _engine()

    def answer(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers.get("X-Internal-Key"))
        return engine(request)

    prove(_door(answer), ignore, rounds=1)

    assert [None, None, _KEY] == keys


@pytest.mark.parametrize("body", [b"<html>", b"[]"])
def test_deep_health_must_be_an_object(body: bytes) -> None:
    """A page that some proxy answers with proves nothing."""

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=body if request.url.path.endswith("deep") else b"{}")

    assert _tried(answer).startswith("/api/health/deep answers no ")


def test_the_first_answer_may_be_late() -> None:
    """Railway's edge has to learn who serves: a moment of 502 is waited for."""
    left = [502]
    engine = _engine()

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(left.pop()) if left else engine(request)

    assert 1 == prove(_door(answer), ignore, rounds=1, pause=0.0, grace=30.0)


def test_a_later_one_may_not_fail() -> None:
    """Once it has answered, one bad answer is enough."""
    answers = [200, 200, 503]

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("deep"):
            return httpx.Response(200, json=_WELL)
        return httpx.Response(answers.pop(0))

    assert "/api/health is answered by 503" == _tried(answer)


def test_what_cannot_be_reached_is_not_proven() -> None:
    """A broken connection is named by its kind; nothing of the request is."""

    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(f"no {request.headers}")

    assert "/api/health is not answered: ConnectError" == _tried(answer)


def test_the_sandboxs_edge_is_asked_for_a_name() -> None:
    """The name goes in the Host header, where the URL has another."""
    hosts: set[str] = set()
    engine = _engine()

    def answer(request: httpx.Request) -> httpx.Response:
        hosts.add(request.headers["Host"])
        return engine(request)

    prove(_door(answer, "api.example.com"), ignore, rounds=1)

    assert {"api.example.com"} == hosts


def test_a_door_does_not_show_its_key() -> None:
    """Whoever prints it prints no secret."""
    assert _KEY not in repr(_door(_engine()))
