"""The pause before a container is started again, or an image pulled again."""

from __future__ import annotations

from dataclasses import dataclass

#: A container that ran this long, in multiples of the longest pause, is forgiven its past; the kubelet's own rule.
_FORGIVEN = 2


@dataclass
class Backoff:
    """Doubling pauses: none at first, then `first` seconds, at most `limit`.

    Attributes:
        first: first pause, seconds.
        limit: longest pause, seconds.
        pause: the pause to take next.
    """

    first: float
    limit: float
    pause: float = 0.0

    def take(self, ran: float = 0.0) -> float:
        """The pause to take now, after having run for ``ran`` seconds; the next is twice as long."""
        if ran >= _FORGIVEN * self.limit:
            self.pause = 0.0
        taken = self.pause
        self.pause = min(max(self.first, self.pause * 2), self.limit)
        return taken
