"""Requests to a vendor's HTTP API: within its rate limits, tried again where that is safe, ended in time.

What may be sent twice (`idempotent`) is tried again after a 5xx, a time-out or a broken connection; what may not ends
with `Ambiguous` then, and the caller looks what became of it. A 429 means that nothing was done: it is tried again
when the server says. A limit that the server announces holds for every thread of the process.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import httpx

from providers.kit.exchange import exchange
from providers.kit.handler import ProviderError, Severity
from providers.kit.pace import Pace, seconds
from providers.kit.secrets import LONG, redact, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from providers.kit.handler import Call

#: The most tries of one request, those that the rate limit turned away not counted.
_TRIES: Final = 6

#: Seconds before the second try at most, and before any later one.
_SHORTEST, _LONGEST = 0.5, 10.0

#: Seconds of a wait from which on the user is told.
_WORTH_TELLING: Final = 2.0

#: The most characters of a vendor's words that an error shows.
_WORDS: Final = 300

#: What to do about a header that HTTP does not allow.
_FIX: Final = "  fix: look for a space, a line's end or another such character in the token"

#: What went wrong before the request was sent.
_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


class ApiError(ProviderError):
    """The API refused, or could not be asked.

    Attributes:
        status: the HTTP status; 0 when there was no answer.
        code: the vendor's own word for it; empty when it gave none.
    """

    def __init__(self, message: str, *, status: int = 0, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class NotFound(ApiError):  # noqa: N818 - it says what is so
    """There is no such thing (404, 410)."""


class Ambiguous(ApiError):  # noqa: N818 - it says what is so
    """The request was sent, and it is not known whether it was carried out."""


class Api:
    """One vendor's API; safe to share between threads.

    Attributes:
        counts: how many requests were sent, by operation name; each try counts.
    """

    def __init__(
        self,
        base_url: str,
        headers: Callable[[], Mapping[str, str]],
        *,
        limit_seconds: float = 300.0,
        attempt_seconds: float = 30.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Make it; nothing is sent yet.

        Args:
            base_url: what every path is appended to.
            headers: gives the headers of each request; called for each, so that no token is kept here.
            limit_seconds: the most that one operation may take from the start of its `Call`, all its requests, tries
                and waits together. `call.timeout` goes before it; what waits longer passes
                ``replace(call, timeout=n)``.
            attempt_seconds: the most that one try may be without an answer.
            transport: for tests.
        """
        self.counts: Counter[str] = Counter()
        self._base_url = base_url.rstrip("/")
        self._headers = headers
        self._limit = limit_seconds
        self._attempt = attempt_seconds
        self._pace = Pace()
        self._lock = threading.Lock()  # of the counts
        # A proxy of the environment is for the world outside, not for what runs on this machine.
        outside = httpx.URL(base_url).host not in {"127.0.0.1", "::1", "localhost"}
        self._http = httpx.Client(transport=transport, trust_env=outside)

    def send(  # noqa: PLR0913 - a request has that many parts
        self,
        call: Call,
        operation: str,
        method: str,
        path: str,
        *,
        json: Any = None,  # noqa: ANN401 - whatever JSON can say
        params: Mapping[str, str | int | bool] | None = None,
        idempotent: bool,
    ) -> httpx.Response:
        """Send a request until it is answered; gives an answer of the 200s.

        Args:
            call: whose time limit and cancellation hold.
            operation: its name in `counts` and in errors, as in ``createMonitor``.
            method: the HTTP method.
            path: appended to the base URL; empty for the URL itself.
            json: the body.
            params: the query.
            idempotent: whether sending it twice does no more than sending it once.

        Raises:
            NotFound: 404 or 410.
            Ambiguous: sent, not known whether done (only when not idempotent).
            ApiError: any other refusal; the limit is over; the user cancelled.
        """
        headers = dict(self._headers())
        if not all(value.isascii() and value.isprintable() and value == value.strip() for value in headers.values()):
            # The HTTP library's own error would tell the whole header.
            raise ApiError(f"{operation} cannot be sent: a header is not as HTTP has it\n{_FIX}")
        request = self._http.build_request(method, self._base_url + path, json=json, params=params, headers=headers)
        sent = texts({"body": json}, [("body",)])
        limit = call.timeout or self._limit
        refused = failed = 0
        while True:
            while wait := self._pace.take():
                self._wait(call, wait, limit, ApiError(f"{operation}: the API's rate limit is reached", status=429))
            left = call.started + limit - time.monotonic()
            if left <= 0:
                raise ApiError(f"{operation} was not sent: the limit of {limit:.0f} s is over")
            with self._lock:
                self.counts[operation] += 1
            answer = self._try(operation, request, sent, min(self._attempt, left), idempotent=idempotent)
            if isinstance(answer, httpx.Response):
                return answer
            if answer.error.status == HTTPStatus.TOO_MANY_REQUESTS:
                refused += 1
                self._pace.pause(answer.wait or _back_off(refused))
                continue
            failed += 1
            if not answer.again or failed == _TRIES:
                raise answer.error
            self._wait(call, answer.wait or _back_off(failed), limit, answer.error)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _try(
        self, operation: str, request: httpx.Request, sent: frozenset[str], limit: float, *, idempotent: bool
    ) -> httpx.Response | _Failure:
        """Send it once, for so many seconds at most; `sent` are the texts of its body."""
        request.extensions["timeout"] = httpx.Timeout(limit).as_dict()
        try:
            answer = exchange(self._http, request, limit)
        except _NOT_SENT as error:
            return _Failure(ApiError(f"{operation}: {_name(error)}"), again=True)
        except httpx.RequestError as error:
            if idempotent:
                return _Failure(ApiError(f"{operation}: {_name(error)}"), again=True)
            return _Failure(Ambiguous(f"{operation}: {_name(error)}; it is not known whether it was done"))
        self._pace.learn(answer.headers)
        if answer.is_success:
            return answer
        code, text = _said(answer)
        hidden = [word for value in self._headers().values() for word in value.split() if len(word) >= LONG]
        text = f"{operation}: {answer.status_code} {_cut(redact(text, hidden), sent)}"
        kind = ApiError
        if answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            kind = NotFound
        elif answer.is_server_error and not idempotent:
            kind = Ambiguous
        return _Failure(
            kind(text, status=answer.status_code, code=code),
            again=answer.is_server_error and idempotent,
            wait=seconds(answer.headers.get("retry-after")),
        )

    def _wait(self, call: Call, wait: float, limit: float, why: ApiError) -> None:
        """Wait, unless the operation would be over its limit by then."""
        if time.monotonic() + wait > call.started + limit:
            text = f"{why}; another try would be {wait:.0f} s from now, past the limit of {limit:.0f} s"
            raise ApiError(text, status=why.status, code=why.code)
        if wait >= _WORTH_TELLING:
            call.log(Severity.STATUS, f"{why}: waiting {wait:.0f} s")
        if call.cancelled.wait(wait):
            raise ApiError(f"{why}; cancelled", status=why.status, code=why.code)


@dataclass(frozen=True)
class _Failure:
    """One try that did not succeed.

    Attributes:
        error: what to raise when it is the last.
        again: whether another try is safe and may help.
        wait: seconds that the server asks for; None when it does not say.
    """

    error: ApiError
    again: bool = False
    wait: float | None = None


def _back_off(tries: int) -> float:
    """Seconds before another try: they double, and no two threads wait alike."""
    return min(_LONGEST, _SHORTEST * 2.0 ** (tries - 1)) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


def _said(answer: httpx.Response) -> tuple[str, str]:
    """The vendor's own code and words for a refusal; the words of HTTP when it has none."""
    try:
        body = answer.json()
    except ValueError:
        return "", answer.reason_phrase
    body = body if isinstance(body, dict) else {}
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    words = body.get("message") or body.get("error") or first.get("message") or answer.reason_phrase
    if isinstance(words, list):
        words = "; ".join(str(word) for word in words)
    return str(body.get("code") or body.get("errorCode") or ""), str(words)


def _cut(words: str, sent: frozenset[str]) -> str:
    """As much of a vendor's words as an error shows, ended before a text of ours that would be cut.

    Half a secret would be known to nobody as one: what blanks secrets out later looks for whole ones.
    """
    end = min(_WORDS, len(words))
    while cut := [
        start for text in sent if (start := words.find(text, max(0, end - len(text) + 1), end + len(text) - 1)) >= 0
    ]:
        end = min(cut)
    return words[:end]


def _name(error: httpx.RequestError) -> str:
    """What went wrong on the way, without the request's own text."""
    return f"{type(error).__name__} ({error})" if str(error) else type(error).__name__
