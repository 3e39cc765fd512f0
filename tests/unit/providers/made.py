"""What the tests of both providers share: a clock that only waiting moves on, resources as a state holds them."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from providers.kit import Stored


class Clock:
    """Seconds since 1970 that only waiting moves on."""

    def __init__(self) -> None:
        self.seconds = time.time()

    def __call__(self) -> float:
        """Now."""
        return self.seconds


class Waiting(threading.Event):
    """The user's cancellation, whose waits take no time of ours."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        """Let the time pass."""
        self._clock.seconds += timeout or 0.0
        return self.is_set()


@dataclass
class Made:
    """A resource as the state would hold it."""

    kind: str
    name: str
    stored: Stored
    secrets: set[tuple[str | int, ...]] = field(default_factory=set)

    @property
    def id(self) -> str:
        """Its identity."""
        return self.stored.id

    @property
    def inputs(self) -> dict[str, Any]:
        """Its inputs."""
        return self.stored.inputs

    @property
    def out(self) -> dict[str, Any]:
        """Its outputs."""
        return self.stored.outputs
