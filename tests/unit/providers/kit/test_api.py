"""Requests: what is tried again, how long, at which pace, and what an error says."""

from __future__ import annotations

import gzip
import threading
import time
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from providers.kit import Call, Severity, exchange
from providers.kit import api as kit
from providers.kit.api import Ambiguous, Api, ApiError, NotFound
from providers.kit.pace import Pace, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = "token-that-" + "nobody-may-see"  # in pieces: it is none

Answer = httpx.Response | Exception


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Back-offs that no one waits for; what a server asks for is waited for all the same."""
    monkeypatch.setattr(kit, "_back_off", lambda _tries: 0.001)


class Server(httpx.BaseTransport):
    """Gives its answers one after the other, the last one for ever."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The next one."""
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def _api(server: Server, **more: Any) -> Api:  # noqa: ANN401 - the API's own arguments
    return Api("https://api.example/v1/", lambda: {"Authorization": f"Bearer {_TOKEN}"}, transport=server, **more)


def _send(server: Server, call: Call | None = None, *, idempotent: bool = True, **more: Any) -> httpx.Response:  # noqa: ANN401 - as above
    return _api(server, **more).send(call or Call(), "listThings", "GET", "/things", idempotent=idempotent)


def test_a_request() -> None:
    """It has the path below the base, the query, the body and the headers of the moment."""
    server = Server(httpx.Response(201, json={"id": 1}))
    answer = _api(server).send(
        Call(), "makeThing", "POST", "/things", json={"a": 1}, params={"dry": True}, idempotent=False
    )
    sent = server.requests[0]
    assert ("https://api.example/v1/things?dry=true", b'{"a":1}', f"Bearer {_TOKEN}", {"id": 1}) == (
        str(sent.url),
        sent.content,
        sent.headers["authorization"],
        answer.json(),
    )


def test_every_try_is_counted() -> None:
    """By the operation's name."""
    api = _api(Server(httpx.Response(503), httpx.Response(200)))
    api.send(Call(), "a", "GET", "/", idempotent=True)
    api.send(Call(), "b", "GET", "/", idempotent=True)
    assert {"a": 2, "b": 1} == api.counts


@pytest.mark.parametrize(
    "failure",
    [
        httpx.Response(500),
        httpx.Response(503, headers={"Retry-After": "0"}),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("cut"),
        httpx.ConnectError("refused"),
    ],
)
def test_what_may_be_sent_twice_is(failure: Answer) -> None:
    """A failure that may pass is tried again."""
    server = Server(failure, failure, httpx.Response(200))
    assert (200, 3) == (_send(server).status_code, len(server.requests))


@pytest.mark.parametrize("failure", [httpx.Response(502), httpx.ReadTimeout("slow"), httpx.ReadError("cut")])
def test_what_may_not_be_sent_twice_is_not(failure: Answer) -> None:
    """It is not known whether it was done, and the caller is told so."""
    server = Server(failure, httpx.Response(200))
    with pytest.raises(Ambiguous):
        _send(server, idempotent=False)
    assert 1 == len(server.requests)


@pytest.mark.parametrize("failure", [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.Response(429)])
def test_what_did_not_arrive_is_sent_again(failure: Answer) -> None:
    """What was never done may be sent again, whatever it is."""
    server = Server(failure, httpx.Response(200))
    assert 200 == _send(server, idempotent=False).status_code


@pytest.mark.parametrize(
    ("status", "kind"), [(404, NotFound), (410, NotFound), (400, ApiError), (401, ApiError), (302, ApiError)]
)
def test_a_refusal_is_final(status: int, kind: type[ApiError]) -> None:
    """It is not tried again."""
    server = Server(httpx.Response(status))
    with pytest.raises(ApiError) as caught:
        _send(server)
    assert (kind, status, 1) == (type(caught.value), caught.value.status, len(server.requests))


def test_tries_end() -> None:
    """A server that is down for good is asked six times."""
    server = Server(httpx.Response(500))
    with pytest.raises(ApiError, match="listThings: 500 Internal Server Error"):
        _send(server)
    assert 6 == len(server.requests)


@pytest.mark.parametrize(
    ("body", "code", "text"),
    [
        ({"message": "no such region", "code": "BAD"}, "BAD", "listThings: 400 no such region"),
        ({"message": ["a is bad", "b is bad"]}, "", "listThings: 400 a is bad; b is bad"),
        ({"errors": [{"message": "not this"}]}, "", "listThings: 400 not this"),
        (["no object"], "", "listThings: 400 Bad Request"),
    ],
)
def test_the_vendors_words(body: Any, code: str, text: str) -> None:  # noqa: ANN401 - JSON
    """An error says what the vendor says."""
    with pytest.raises(ApiError) as caught:
        _send(Server(httpx.Response(400, json=body)))
    assert (code, text) == (caught.value.code, str(caught.value))


def test_an_error_shows_no_token() -> None:
    """A server that repeats the token does not make us show it."""
    with pytest.raises(ApiError) as caught:
        _send(Server(httpx.Response(400, json={"message": f"bad token Bearer {_TOKEN}"})))
    assert "listThings: 400 bad token Bearer [secret]" == str(caught.value)


def test_retry_after_is_waited_for() -> None:
    """A 429 is tried again when the server says, and not before."""
    server = Server(httpx.Response(429, headers={"Retry-After": "0.2"}), httpx.Response(200))
    begun = time.monotonic()
    _send(server)
    assert 0.2 <= time.monotonic() - begun


def test_many_429_end_with_the_limit() -> None:
    """A storm of them is waited through, to the operation's one limit; the error says so at once when it is clear."""
    server = Server(httpx.Response(429, headers={"Retry-After": "0.05"}))
    with pytest.raises(
        ApiError, match=r"rate limit is reached; another try would be 0 s from now, past the limit"
    ) as caught:
        _send(server, Call(timeout=0.3))
    assert (429, True) == (caught.value.status, 3 <= len(server.requests) <= 8)


def test_a_wait_past_the_limit_is_not_begun() -> None:
    """Who would have to wait ten years is told now."""
    with pytest.raises(ApiError, match="past the limit of 300 s"):
        _send(Server(httpx.Response(429, headers={"Retry-After": "315360000"})))


def test_one_limit_for_all_requests_of_an_operation() -> None:
    """It counts from the start of the call, not of the request."""
    late = Call(started=time.monotonic() - 299.9)
    with pytest.raises(ApiError, match="500"):
        _send(Server(httpx.Response(500, headers={"Retry-After": "1"})), late)


def test_the_users_own_limit() -> None:
    """It goes before the provider's."""
    late = Call(started=time.monotonic() - 299.9, timeout=600)
    assert (
        200 == _send(Server(httpx.Response(500, headers={"Retry-After": "0.2"}), httpx.Response(200)), late).status_code
    )


def test_a_try_ends_with_the_limit() -> None:
    """No try may take longer than what is left of it."""
    server = Server(httpx.Response(200))
    _send(server, Call(timeout=5))
    assert 5 >= server.requests[0].extensions["timeout"]["read"]


def test_a_wait_ends_when_the_user_cancels() -> None:
    """It does not wait out what the server asked for."""
    cancelled = threading.Event()
    threading.Timer(0.1, cancelled.set).start()
    begun = time.monotonic()
    with pytest.raises(ApiError, match="cancelled"):
        _send(Server(httpx.Response(429, headers={"Retry-After": "60"})), Call(cancelled=cancelled))
    assert 30 > time.monotonic() - begun


def test_a_long_wait_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user sees what is waited for."""
    monkeypatch.setattr(kit, "_WORTH_TELLING", 0.1)
    told: list[tuple[Severity, str]] = []
    call = Call(log=lambda severity, message: told.append((severity, message)))
    _send(Server(httpx.Response(429, headers={"Retry-After": "0.2"}), httpx.Response(200)), call)
    assert [(Severity.STATUS, "listThings: the API's rate limit is reached: waiting 0 s")] == told


def test_a_pause_holds_for_all_threads() -> None:
    """While one waits for its turn, no other sends."""
    server = Server(httpx.Response(429, headers={"Retry-After": "0.3"}), httpx.Response(200))
    api = _api(server)
    sent: list[float] = []

    def send() -> None:
        api.send(Call(), "a", "GET", "/", idempotent=True)
        sent.append(time.monotonic())

    begun = time.monotonic()
    first = threading.Thread(target=send)
    first.start()
    while not server.requests:
        time.sleep(0.001)
    time.sleep(0.05)
    send()
    first.join(30)
    assert 0.25 <= min(sent) - begun


def _window(left: int, size: int = 3, ends: str = "0.2") -> dict[str, str]:
    return {"x-ratelimit-limit": str(size), "x-ratelimit-remaining": str(left), "x-ratelimit-reset": ends}


def test_a_used_up_window_is_waited_out() -> None:
    """Nothing is sent that would be refused: the answers say how many are left."""
    pace = Pace()
    pace.learn(_window(2))
    assert [True, True, False] == [pace.take() == 0 for _ in range(3)]


def test_a_new_window_is_as_large_as_the_last() -> None:
    """When the window is over, as many may go as the limit says, and no more, before any answer tells."""
    pace = Pace()
    pace.learn(_window(0))
    time.sleep(0.25)
    assert [True, True, True, False] == [pace.take() == 0 for _ in range(4)]


def test_what_is_on_its_way_counts() -> None:
    """An answer from before others were sent does not give their places back."""
    pace = Pace()
    pace.learn(_window(3, ends="30"))
    for _ in range(3):
        pace.take()
    pace.learn(_window(2, ends="30"))
    assert 0 < pace.take() <= 30


def test_a_wrong_clock_stops_nothing() -> None:
    """A window that ends in a year is believed for a minute."""
    pace = Pace()
    pace.learn(_window(0, ends=str(time.time() + 31_536_000)))
    assert 60 >= pace.take()


@pytest.mark.parametrize(
    "text",
    [
        "30",
        f"{time.time() + 30:.0f}",
        formatdate(time.time() + 30, usegmt=True),
        time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 30)),
    ],
    ids=["seconds", "epoch", "HTTP date", "ISO 8601"],
)
def test_every_way_to_say_when(text: str) -> None:
    """Seconds from now, seconds since 1970, and dates of both standards."""
    found = seconds(text)
    assert found is not None
    assert -60 < found - 30 <= 1


@pytest.mark.parametrize("text", [None, "soon", ""])
def test_what_says_nothing(text: str | None) -> None:
    """A header that is not there, or that nobody understands, says nothing."""
    assert None is seconds(text)


@pytest.mark.parametrize("text", ["Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "nan", "-5", "9" * 5000])
def test_no_header_breaks_a_request(text: str) -> None:
    """What no number and no date can be is no reason to lose an answer that came."""
    headers = {**_window(1), "retry-after": text, "x-ratelimit-reset": text, "x-ratelimit-remaining": "9" * 5000}
    assert 200 == _send(Server(httpx.Response(200, headers=headers))).status_code
    assert 0 <= (seconds(text) or 0.0)


def test_a_limit_of_none_is_no_end() -> None:
    """A server that says that its limit is 0 is asked all the same, once in a window."""
    pace = Pace()
    pace.learn(_window(0, size=0, ends="0"))
    assert 0 == pace.take()


def test_nothing_is_sent_after_the_limit() -> None:
    """What has no time left would be cut off half-way: nobody could know whether it was done."""
    server = Server(httpx.Response(200))
    with pytest.raises(ApiError, match="listThings was not sent: the limit of 300 s is over"):
        _send(server, Call(started=time.monotonic() - 301), idempotent=False)
    assert [] == server.requests


class Drip(httpx.SyncByteStream):
    """A body that never ends."""

    def __iter__(self) -> Iterator[bytes]:
        """A little at a time."""
        while True:
            time.sleep(0.01)
            yield b" "


@pytest.mark.parametrize(("idempotent", "kind"), [(True, ApiError), (False, Ambiguous)])
def test_a_body_that_never_ends(kind: type[ApiError], *, idempotent: bool) -> None:
    """It ends with the limit, however well it drips."""
    with pytest.raises(kind, match=r"ReadTimeout \(no whole answer in 0 s\)"):
        _send(Server(httpx.Response(200, stream=Drip())), Call(timeout=0.3), idempotent=idempotent)


def test_an_answer_has_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger than any answer is not taken in."""
    monkeypatch.setattr(exchange, "LARGEST", 1000)
    with pytest.raises(Ambiguous, match="larger than 1000 bytes"):
        _send(Server(httpx.Response(200, content=b"x" * 1001)), idempotent=False)


def test_an_answer_that_cannot_be_unpacked() -> None:
    """It was done, most likely: nobody knows."""
    broken = httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip"))
    with pytest.raises(Ambiguous, match="DecodingError"):
        _send(Server(broken), idempotent=False)


def test_a_packed_answer() -> None:
    """It is given unpacked."""
    packed = httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(gzip.compress(b"[1]")))
    assert [1] == _send(Server(packed)).json()


def test_the_token_goes_nowhere_else() -> None:
    """A redirect is not followed: it is an error, and no other host sees a header of ours."""
    server = Server(httpx.Response(307, headers={"location": "https://other.example/"}), httpx.Response(200))
    with pytest.raises(ApiError, match="307"):
        _send(server)
    assert ["api.example"] == [request.url.host for request in server.requests]


@pytest.mark.parametrize("wrong", ["\n", "\x00", "\u00fc"])
def test_a_token_that_no_header_takes(wrong: str) -> None:
    """A line's end from a file is told as what it is, once, and the token is not shown."""
    api = Api("http://127.0.0.1:9", lambda: {"Authorization": f"Bearer {_TOKEN}{wrong}"})
    with pytest.raises(ApiError, match="listThings cannot be sent: a header is not as HTTP has it") as caught:
        api.send(Call(timeout=5), "listThings", "GET", "/", idempotent=True)
    assert (False, 0) == (_TOKEN in str(caught.value), api.counts["listThings"])


@pytest.mark.parametrize("before", range(259, 300, 7))
def test_no_half_of_what_was_sent_is_shown(before: int) -> None:
    """Long words are cut, but not within a text that we sent: half a secret would not be known for one."""
    secret = "a webhook's " + "own address"
    words = "x" * before + f" {secret} " + "y" * 300
    with pytest.raises(ApiError) as caught:
        _api(Server(httpx.Response(400, json={"message": words}))).send(
            Call(), "a", "POST", "/", json={"data": {"value": [secret]}}, idempotent=False
        )
    shown = str(caught.value).replace(secret, "")
    assert [] == [half for half in (secret[:6], secret[:12]) if half in shown]


def test_a_proxy_is_for_the_world_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs on this machine is asked directly, whatever proxy the environment names."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    trusting = [
        Api(url, dict)._http.trust_env  # noqa: SLF001 - httpx says it nowhere else
        for url in ("http://127.0.0.1:1/v1", "http://localhost:1", "https://api.example")
    ]
    assert [False, False, True] == trusting
