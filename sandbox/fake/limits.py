"""A rate limit: so many requests in a window of so many seconds."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass
class Limit:
    """A window that starts with its first request, and all of it anew once it is over.

    Attributes:
        requests: how many a window takes.
        seconds: a window's length.
    """

    requests: int
    seconds: float
    _begun: float = field(default=-math.inf, init=False)
    _used: int = field(default=0, init=False)

    def take(self, now: float) -> bool:
        """Count a request; False where the window is used up."""
        if now >= self._begun + self.seconds:
            self._begun, self._used = now, 0
        if self._used >= self.requests:
            return False
        self._used += 1
        return True

    def wait(self, now: float) -> float:
        """Seconds until the window is over."""
        return max(0.0, self._begun + self.seconds - now)

    def headers(self, now: float) -> dict[str, str]:
        """What each answer tells; the reset is in seconds since 1970."""
        return {
            "X-RateLimit-Limit": str(self.requests),
            "X-RateLimit-Remaining": str(self.requests - self._used),
            "X-RateLimit-Reset": str(math.ceil(now + self.wait(now))),
        }
