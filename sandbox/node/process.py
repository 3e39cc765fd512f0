"""One running container: the process that minds it, the one it minds, and their memory."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from sandbox import processes
from sandbox.processes import Identity
from toolchain import files

if TYPE_CHECKING:
    import subprocess

#: Exit codes of a process ended by a signal start here, as in a shell and in Kubernetes.
SIGNAL_BASE = 128
_READ_BYTES = 65536


class Process:
    """A container's process, as its runtime started it.

    The minding process (bwrap, or `minder.py`) writes JSON lines to a status pipe: ``child-pid`` when the container's
    own process is there, ``exit-code`` when it has ended, ``error`` when it could not be started.

    Args:
        minder: the minding process.
        status: read end of the status pipe; owned by this object.
        lifeline: write end of a pipe whose closing ends the container; None where the runtime has its own way.
    """

    def __init__(self, minder: subprocess.Popen[bytes], status: int, lifeline: int | None = None) -> None:
        os.set_blocking(status, False)
        self._minder = minder
        self._status: int | None = status
        self._lifeline = lifeline
        self._pending = b""
        self._facts: dict[str, int | str] = {}

    @property
    def pid(self) -> int:
        """The minding process: when it is gone, so is the container."""
        return self._minder.pid

    @property
    def error(self) -> str:
        """Why the container's program could not be started; empty when it was."""
        self._read()
        return str(self._facts.get("error", ""))

    def poll(self) -> int | None:
        """The exit code, 128 + n after signal n; None while it runs."""
        code = self._minder.poll()
        self._read()
        if code is None:
            return None
        self._close()
        told = self._facts.get("exit-code")
        if isinstance(told, int):
            return told
        return code if code >= 0 else SIGNAL_BASE - code

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the container's own first process; one that is gone gets none."""
        target = self._child()
        if target is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(target, number)

    def kill(self) -> None:
        """End the container and all that it started, now."""
        self.send(signal.SIGKILL)
        if self._child() is None or self._minder.poll() is not None:
            self._minder.kill()

    def kill_minder(self) -> None:
        """End the minding process too, for one that outlives its container."""
        self._minder.kill()

    def memory(self) -> int:
        """Bytes that the container holds: anonymous and shared memory, without files it has mapped."""
        target = self._child()
        if target is None or self._minder.poll() is not None:
            return 0
        with contextlib.suppress(psutil.Error):
            first = psutil.Process(target)
            return sum(_held(one) for one in [first, *first.children(recursive=True)])
        return 0

    def exact_memory(self) -> int:
        """As `memory`, with pages that several processes share counted once; slower."""
        target = self._child()
        if target is None:
            return 0
        with contextlib.suppress(psutil.Error):
            first = psutil.Process(target)
            return sum(_shared_out(one) for one in [first, *first.children(recursive=True)])
        return 0

    def record(self, path: Path) -> None:
        """Note the minding process, for a node that starts after this one was killed."""
        identity = processes.identify(self.pid)
        if identity is not None:
            # Without its command, which may hold a secret. A full disk must not end a container that runs.
            with contextlib.suppress(OSError):
                files.write(path, identity.model_copy(update={"command": ""}).model_dump_json().encode())

    def _child(self) -> int | None:
        self._read()
        child = self._facts.get("child-pid")
        return child if isinstance(child, int) else None

    def _read(self) -> None:
        if self._status is None:
            return
        with contextlib.suppress(BlockingIOError):
            while part := os.read(self._status, _READ_BYTES):
                self._pending += part
        *lines, self._pending = self._pending.split(b"\n")
        for line in lines:
            with contextlib.suppress(ValueError):
                self._facts |= json.loads(line)

    def _close(self) -> None:
        for descriptor in (self._status, self._lifeline):
            if descriptor is not None:
                os.close(descriptor)
        self._status = self._lifeline = None


def end_recorded(path: Path) -> bool:
    """Kill the process that `Process.record` noted, if it still runs and is the same one; True when it did."""
    try:
        noted = Identity.model_validate_json(path.read_bytes())
        if not noted.alive:
            return False
        process = psutil.Process(noted.pid)
        for one in [*process.children(recursive=True), process]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
    except (OSError, ValueError, psutil.Error):
        return False
    return True


def private_file(content: bytes) -> int:
    """A descriptor to read the content from, that has no name: for what must not stand in a command line."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("groundwork", 0)
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    with os.fdopen(os.dup(descriptor), "wb") as writer:
        writer.write(content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _held(process: psutil.Process) -> int:
    try:
        info = process.memory_info()
    except psutil.Error:
        return 0
    return int(info.rss) - int(getattr(info, "shared", 0))


def _shared_out(process: psutil.Process) -> int:
    """Anonymous and shared memory from the kernel's own account; the quick figure where it gives none."""
    try:
        rows = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return _held(process)
    wanted = ("Pss_Anon:", "Pss_Shmem:")
    found = [int(row.split()[1]) * 1024 for row in rows if row.startswith(wanted)]
    return sum(found) if found else _held(process)
