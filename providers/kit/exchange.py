"""One request and the whole of its answer, in a time and a size that the server has no say in."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import Future
from typing import Final

import httpx

#: The most bytes of an answer, unpacked.
LARGEST: Final = 32 * 1024 * 1024

#: Headers of an answer that say how it travelled, not what it holds.
_OF_THE_WAY: Final = frozenset({"content-encoding", "content-length", "transfer-encoding"})


def exchange(http: httpx.Client, request: httpx.Request, limit: float) -> httpx.Response:
    """Send it and read the answer, all in so many seconds: httpx's own limits hold for each read, and servers may drip.

    Raises:
        httpx.ReadTimeout: it did not come in time; it is read no further.
        httpx.RequestError: it did not come, it makes no sense, or it is larger than `LARGEST`.
    """
    found: Future[httpx.Response] = Future()

    def work() -> None:
        try:
            answer = _answer(http, request, found)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is the caller's
            _settle(found, error)
        else:
            _settle(found, answer)

    threading.Thread(target=work, name="exchange", daemon=True).start()
    try:
        return found.result(limit)
    except TimeoutError:
        found.cancel()
        raise httpx.ReadTimeout(f"no whole answer in {limit:.0f} s", request=request) from None


def _answer(http: httpx.Client, request: httpx.Request, found: Future[httpx.Response]) -> httpx.Response:
    parts: list[bytes] = []
    size = 0
    with contextlib.closing(http.send(request, stream=True)) as answer:
        for part in answer.iter_bytes():
            size += len(part)
            if found.cancelled():  # nobody waits for it
                raise httpx.ReadTimeout("too late", request=request)
            if size > LARGEST:
                raise httpx.ReadError(f"the answer is larger than {LARGEST} bytes", request=request)
            parts.append(part)
    headers = [(name, value) for name, value in answer.headers.multi_items() if name.lower() not in _OF_THE_WAY]
    return httpx.Response(
        answer.status_code, headers=headers, content=b"".join(parts), request=request, extensions=answer.extensions
    )


def _settle(found: Future[httpx.Response], outcome: httpx.Response | BaseException) -> None:
    """Give it to whom it is for, if anybody still waits."""
    if not found.set_running_or_notify_cancel():
        return
    if isinstance(outcome, httpx.Response):
        found.set_result(outcome)
    else:
        found.set_exception(outcome)
