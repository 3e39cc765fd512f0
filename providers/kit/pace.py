"""The pace that a server asks for: one for all threads of the process, from what its answers say.

Read are ``Retry-After`` (RFC 9110: seconds or a date) and ``X-RateLimit-Limit``, ``-Remaining`` and ``-Reset`` (the
end of the window: seconds from now, seconds since 1970, or a date).
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Numbers above this are seconds since 1970, those below are seconds from now.
_EPOCH: Final = 1_000_000_000

#: The longest that an announced end of a window is believed, in seconds: a clock that is wrong, here or there, must
#: not stop the process. Where the window is longer, a 429 says so.
_BELIEVED: Final = 60.0

#: More digits than this are no number of requests.
_DIGITS: Final = 9

#: How long a new window is taken to be until an answer tells, in seconds.
_UNTOLD: Final = 1.0


class Pace:
    """When the next request may go; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paused_until = 0.0
        self._window_ends = 0.0
        self._left: int | None = None
        self._size: int | None = None

    def take(self) -> float:
        """Take a request's place: 0.0 when it may go now, else the seconds to wait before asking again."""
        now = time.monotonic()
        with self._lock:
            if now >= self._window_ends and self._size is not None:
                self._left, self._window_ends = self._size, now + _UNTOLD
            wait = self._paused_until - now
            if self._left == 0:
                wait = max(wait, self._window_ends - now)
            if wait <= 0 and self._left is not None:
                self._left -= 1
            return max(wait, 0.0)

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take in what an answer says about the window."""
        left, ends = _whole(headers.get("x-ratelimit-remaining")), seconds(headers.get("x-ratelimit-reset"))
        if left is None or ends is None:
            return
        now = time.monotonic()
        with self._lock:
            # In a window that goes on, what is on its way counts already; its answers have not told of it yet.
            known = self._left if now < self._window_ends else None
            self._left = left if known is None else min(left, known)
            self._window_ends = now + min(ends, _BELIEVED)
            size = _whole(headers.get("x-ratelimit-limit"))
            self._size = None if size is None else max(1, size)  # a limit of none would be the end of all requests

    def pause(self, wait: float) -> None:
        """Let no request go for so many seconds."""
        with self._lock:
            self._paused_until = max(self._paused_until, time.monotonic() + wait)


def seconds(text: str | None) -> float | None:
    """Seconds from now that a header says, never below zero; None when it says nothing that is understood."""
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        moment = _moment(text)
        return None if moment is None else max(0.0, (moment - datetime.now(UTC)).total_seconds())
    return max(0.0, number - time.time() if number > _EPOCH else number)


def _moment(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except (ValueError, OverflowError):  # the year 10 ** 20 is the latter
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) <= _DIGITS else None
