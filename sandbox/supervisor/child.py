"""One running service process: started so that it cannot outlive the supervisor."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
from typing import TYPE_CHECKING

import structlog

from sandbox import processes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sandbox.services.service import Service
    from sandbox.supervisor.log import Log

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_CHUNK_BYTES = 64 * 1024
_DRAIN_SECONDS = 1.0
_libc = ctypes.CDLL(None, use_errno=True)
_log = structlog.get_logger()


class Child:
    """The process of a service, its output going to the log.

    Attributes:
        identity: the process; None when it ended before it could be looked at.
    """

    def __init__(self, process: asyncio.subprocess.Process, service: Service, log: Log) -> None:
        self._process = process
        self._service = service
        self._pump = asyncio.create_task(_pump(process, log))
        self.identity = processes.identify(process.pid)

    @classmethod
    async def start(cls, service: Service, root: Path, log: Log) -> Child:
        """Start the service's command.

        Raises:
            OSError: the executable is missing or cannot be run.
        """
        process = await asyncio.create_subprocess_exec(
            *service.command,
            cwd=service.folder,
            env={**service.environment, processes.MARK: str(root)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            # A group of its own, so that all of it can be ended.
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()),
        )
        return cls(process, service, log)

    async def ended(self) -> int:
        """Wait for the end; the exit code, negative for a signal."""
        return await self._process.wait()

    async def stop(self) -> None:
        """Ask it to end, kill it when it does not, and end what is left of its group."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self._process.wait(), self._service.stop_seconds)
            except TimeoutError:
                _log.warning("service.killed", service=self._service.name, after_seconds=self._service.stop_seconds)
        await self.kill()

    async def kill(self) -> None:
        """End it and its group at once, and close its log."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()
        # A stranger may hold the pipe open still: it is not waited for.
        await asyncio.wait({self._pump}, timeout=_DRAIN_SECONDS)
        self._pump.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._pump


async def _pump(process: asyncio.subprocess.Process, log: Log) -> None:
    stream = process.stdout
    if stream is None:
        return
    try:
        while chunk := await stream.read(_CHUNK_BYTES):
            # A full disk must not stop the service by a full pipe.
            with contextlib.suppress(OSError):
                log.write(chunk)
    finally:
        log.close()


def _die_with(parent: int) -> Callable[[], None]:
    """What the new process does first: ask the kernel to be killed when its parent ends."""

    def ask() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before the kernel was asked
            os._exit(1)

    return ask
