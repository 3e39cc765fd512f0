"""What the supervisor tells of itself and its services: ``state.json``."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from sandbox.processes import Identity  # noqa: TC001 - pydantic needs the class to build the models
from toolchain import files

if TYPE_CHECKING:
    from pathlib import Path


class Phase(StrEnum):
    """Where a service is in its life."""

    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    RESTARTING = "restarting"
    FAILED = "failed"
    STOPPING = "stopping"
    STOPPED = "stopped"


class Record(BaseModel):
    """One service.

    Attributes:
        phase: where it is in its life.
        port: its loopback port.
        process: the running process; None while there is none.
        restarts: how often it was started again in this run of the supervisor.
        ready_seconds: from its last start to ready.
        reason: why it was last started again, or has failed.
    """

    model_config = ConfigDict(extra="forbid")

    phase: Phase
    port: int
    process: Identity | None = None
    restarts: int = 0
    ready_seconds: float | None = None
    reason: str = ""

    @property
    def ready(self) -> bool:
        """Whether it is told to be ready and its process is there."""
        return self.phase is Phase.READY and self.process is not None and self.process.alive


class State(BaseModel):
    """One run of the supervisor.

    Attributes:
        run: random name of the run, given by who started it.
        fingerprint: what the services were made from; another one asks for a new run.
        supervisor: the supervisor's own process.
        clock_offset: `processes.clock_offset` when the run began.
        services: record by service name.
    """

    model_config = ConfigDict(extra="forbid")

    run: str
    fingerprint: str
    supervisor: Identity
    clock_offset: float
    services: dict[str, Record]

    @property
    def ready(self) -> bool:
        """Whether every service is ready, and runs still: on a full disk the file tells of better days."""
        return all(record.ready for record in self.services.values())

    @property
    def failed(self) -> list[str]:
        """Services that are given up."""
        return [name for name, record in self.services.items() if record.phase is Phase.FAILED]

    @property
    def processes(self) -> list[Identity]:
        """Every process that the run recorded, the supervisor's own first."""
        return [self.supervisor, *(record.process for record in self.services.values() if record.process)]

    @classmethod
    def load(cls, path: Path) -> Self | None:
        """The state on file; None where there is none, or none of this shape."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None

    def save(self, path: Path) -> None:
        """Replace the file.

        Raises:
            OSError: it cannot be written; the older one stays.
        """
        files.write(path, self.model_dump_json(indent=2).encode())
