"""A clock that a test turns by hand."""

from __future__ import annotations


class Clock:
    """Seconds since 1970, a million to begin with.

    Attributes:
        now: what it shows.
    """

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        """What it shows."""
        return self.now
