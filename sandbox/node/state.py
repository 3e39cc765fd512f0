"""States of a container, as its status shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from lightkube.models.core_v1 import ContainerStateTerminated

#: What a container is called whose end nobody saw, as the kubelet has it.
LOST_CODE = 137
LOST_REASON = "ContainerStatusUnknown"
LOST_MESSAGE = "The container could not be located when the node started again: containers end with the node"


@dataclass(frozen=True)
class Waiting:
    """Not started yet, or not again."""

    reason: str
    message: str = ""

    def as_status(self) -> Mapping[str, object]:
        """As the API has it."""
        return {"waiting": {"reason": self.reason} | ({"message": self.message} if self.message else {})}


@dataclass(frozen=True)
class Running:
    """Started and not ended."""

    started: dt.datetime

    def as_status(self) -> Mapping[str, object]:
        """As the API has it."""
        return {"running": {"startedAt": stamp(self.started)}}


@dataclass(frozen=True)
class Terminated:
    """Ended, or failed to start (code 128, reason StartError)."""

    code: int
    reason: str
    started: dt.datetime
    finished: dt.datetime
    container_id: str
    message: str = ""

    def as_status(self) -> Mapping[str, object]:
        """As the API has it."""
        told: dict[str, object] = {
            "exitCode": self.code,
            "reason": self.reason,
            "startedAt": stamp(self.started),
            "finishedAt": stamp(self.finished),
            "containerID": self.container_id,
        }
        return {"terminated": told | ({"message": self.message} if self.message else {})}

    @classmethod
    def of(cls, told: ContainerStateTerminated, now: dt.datetime) -> Terminated:
        """As read from the API."""
        return cls(
            code=told.exitCode,
            reason=told.reason or "",
            started=told.startedAt or now,
            finished=told.finishedAt or now,
            container_id=told.containerID or "",
            message=told.message or "",
        )


State = Waiting | Running | Terminated


def stamp(moment: dt.datetime) -> str:
    """A moment as the API writes it."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
