"""Requests to a vendor's HTTP API: within its rate limits, tried again where that is safe, ended in time.

What may be sent twice (`idempotent`) is tried again after a 5xx, a time-out or a broken connection; what may not ends
with `Ambiguous` then, and the caller looks what became of it. A 429 means that nothing was done: it is tried again
when the server says. A limit that the server announces holds for every thread of the process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from providers.kit.handler import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from providers.kit.handler import Call


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
        counts: how many requests were sent, by operation name; those that were tried again count each time.
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
                and waits together; `call.timeout` goes before it. What waits longer passes ``replace(call, timeout=n)``.
            attempt_seconds: the most that one try may take.
            transport: for tests.
        """
        raise NotImplementedError

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
        raise NotImplementedError

    def close(self) -> None:
        """Close the connections."""
        raise NotImplementedError
