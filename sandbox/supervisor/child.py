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
_LAST_CHUNKS = 16  # a pipe holds 64 KiB, or 1 MiB where someone asked for it (pipe(7))
_libc = ctypes.CDLL(None, use_errno=True)
_log = structlog.get_logger()


class Child:
    """The process of a service, its output going to the log.

    Attributes:
        identity: the process; None when it ended before it could be looked at.
    """

    def __init__(self, process: asyncio.subprocess.Process, service: Service, pump: Pump) -> None:
        self._process = process
        self._service = service
        self._pump = pump
        self.identity = processes.identify(process.pid)

    @classmethod
    async def start(cls, service: Service, root: Path, log: Log) -> Child:
        """Start the service's command.

        Raises:
            OSError: the executable is missing or cannot be run.
        """
        # A pipe of our own: with asyncio's, a service counts as running for as long as anyone holds its output open.
        reading, writing = os.pipe()
        pump = Pump(reading, log)
        try:
            process = await asyncio.create_subprocess_exec(
                *service.command,
                cwd=service.folder,
                env={**service.environment, processes.MARK: str(root)},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                # A group of its own, so that all of it can be ended.
                start_new_session=True,
                preexec_fn=_die_with(os.getpid()),
            )
        except BaseException:
            pump.close()
            raise
        finally:
            os.close(writing)
        return cls(process, service, pump)

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
        self._pump.close()


class Pump:
    """Moves what a service prints from its pipe to its log."""

    def __init__(self, descriptor: int, log: Log) -> None:
        self._descriptor = descriptor
        self._log = log
        self._open = True
        os.set_blocking(descriptor, False)
        asyncio.get_running_loop().add_reader(descriptor, self._move)

    def close(self) -> None:
        """Move what is left, and let go; who holds the other end still is not waited for."""
        for _ in range(_LAST_CHUNKS):
            if not self._open or not self._move():
                break
        self._end()

    def _move(self) -> bool:
        """Move one portion; whether there was one."""
        try:
            chunk = os.read(self._descriptor, _CHUNK_BYTES)
        except BlockingIOError:
            return False
        if not chunk:
            self._end()
            return False
        # A full disk must not stop the service by a full pipe.
        with contextlib.suppress(OSError):
            self._log.write(chunk)
        return True

    def _end(self) -> None:
        if self._open:
            self._open = False
            asyncio.get_running_loop().remove_reader(self._descriptor)
            os.close(self._descriptor)
            self._log.close()


def _die_with(parent: int) -> Callable[[], None]:
    """What the new process does first: ask the kernel to be killed when its parent ends."""

    def ask() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before the kernel was asked
            os._exit(1)

    return ask
