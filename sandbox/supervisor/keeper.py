"""Keeps one service running: start, ready, watch, and again when it ends."""

from __future__ import annotations

import asyncio
import collections
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from sandbox.supervisor.child import Child
from sandbox.supervisor.log import Log
from sandbox.supervisor.state import Phase, Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sandbox.services.service import Service

_log = structlog.get_logger()


@dataclass(frozen=True)
class Policy:
    """When a service that ended is started again.

    Attributes:
        pauses: seconds before the first, second, ... start within the window; as many starts as there are pauses.
        window_seconds: ends longer ago than this do not count.
        first_starts: how often it is tried before it was ready once: a port may be lost to a passing program.
        poll_seconds: pause between two questions whether it is ready.
        watch_seconds: pause between two questions whether it still answers.
        deaf_answers: so many questions in a row without an answer, and it is taken for hung.
    """

    pauses: tuple[float, ...] = (0.2, 1.0, 2.0, 5.0, 10.0)
    window_seconds: float = 300.0
    first_starts: int = 2
    poll_seconds: float = 0.1
    watch_seconds: float = 10.0
    deaf_answers: int = 6


@dataclass
class Keeper:
    """One service's life.

    Attributes:
        service: what to run.
        root: the sandbox's folder.
        log_path: where its output goes.
        changed: called after each change of the record.
        policy: when it is started again.
        ready: set while it is ready, for the services that need it.
        record: what is told of it.
    """

    service: Service
    root: Path
    log_path: Path
    changed: Callable[[], None]
    policy: Policy = field(default_factory=Policy)
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.record = Record(phase=Phase.WAITING, port=self.service.port)
        self._child: Child | None = None
        self._ends: collections.deque[float] = collections.deque()
        self._was_ready = False
        self._starts = 0

    @property
    def was_ready(self) -> bool:
        """Whether it has been ready in this run."""
        return self._was_ready

    async def run(self) -> None:
        """Keep it running until it has to be given up; cancel the task to end it earlier."""
        while True:
            reason = await self._once()
            self.ready.clear()
            pause = self._pause()
            if pause is None:
                _log.error("service.failed", service=self.service.name, reason=reason)
                self._tell(Phase.FAILED, reason=reason, process=None)
                return
            _log.warning("service.ended", service=self.service.name, reason=reason, again_in_seconds=pause)
            self._tell(Phase.RESTARTING, reason=reason, process=None, restarts=self.record.restarts + 1)
            await asyncio.sleep(pause)

    async def stop(self) -> None:
        """End its process in order; call it after the task of `run` has ended."""
        if self._child is not None:
            # Said before it takes its time: who starts the sandbox meanwhile must not take it for up.
            self._tell(Phase.STOPPING)
            await self._child.stop()
            self._child = None
        if self.record.phase is not Phase.FAILED:
            self._tell(Phase.STOPPED, process=None)

    async def _once(self) -> str:
        """One process from start to end; why it ended."""
        begun = time.monotonic()
        self._starts += 1
        try:
            child = await Child.start(self.service, self.root, Log(self.log_path))
        except OSError as error:
            return f"cannot be started: {error.strerror}: {error.filename}"
        self._child = child
        self._tell(Phase.STARTING, process=child.identity, ready_seconds=None)
        ended = asyncio.create_task(child.ended())
        try:
            reason = await self._until_ready(ended, begun)
            if reason is None:
                self._was_ready = True
                self._tell(Phase.READY, ready_seconds=round(time.monotonic() - begun, 2))
                self.ready.set()
                reason = await self._until_end(ended)
        finally:
            ended.cancel()
        await child.kill()
        self._child = None
        return reason

    async def _until_ready(self, ended: asyncio.Task[int], begun: float) -> str | None:
        while not await self.service.probe.ready():
            if await _within(ended, self.policy.poll_seconds):
                return f"ended before it was ready: {_how(ended.result())}"
            if time.monotonic() - begun > self.service.ready_seconds:
                return f"was not ready within {self.service.ready_seconds:.0f} s"
        if ended.done():  # someone else answered on its port
            return f"ended before it was ready: {_how(ended.result())}"
        if self.service.after_ready is not None:
            try:
                await asyncio.to_thread(self.service.after_ready)
            except Exception as error:  # noqa: BLE001 - whatever it was, this start did not succeed
                return f"was ready, then its first work failed: {error}"
        return None

    async def _until_end(self, ended: asyncio.Task[int]) -> str:
        unanswered = 0
        while not await _within(ended, self.policy.watch_seconds):
            unanswered = 0 if await self.service.probe.ready() else unanswered + 1
            if unanswered >= self.policy.deaf_answers:
                return f"did not answer {unanswered} times in a row"
        return _how(ended.result())

    def _pause(self) -> float | None:
        """Seconds until the next start; None when it is given up."""
        if not self._was_ready:
            return self.policy.pauses[0] if self._starts < self.policy.first_starts else None
        now = time.monotonic()
        while self._ends and now - self._ends[0] > self.policy.window_seconds:
            self._ends.popleft()
        self._ends.append(now)
        done = len(self._ends)
        return self.policy.pauses[done - 1] if done <= len(self.policy.pauses) else None

    def _tell(self, phase: Phase, **changes: object) -> None:
        self.record = self.record.model_copy(update={"phase": phase, **changes})
        self.changed()


async def _within(task: asyncio.Task[int], seconds: float) -> bool:
    """Whether the task has ended within the time."""
    done, _ = await asyncio.wait({task}, timeout=seconds)
    return bool(done)


def _how(code: int) -> str:
    return f"killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
