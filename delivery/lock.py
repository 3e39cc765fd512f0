"""One `gw up` or `gw down` at a time in a checkout."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from typing import TYPE_CHECKING

from toolchain.errors import ExitCode, Problem
from toolchain.events import Event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolchain.events import Emit

_POLL_SECONDS = 0.2


@contextlib.contextmanager
def held(path: Path, emit: Emit, limit_seconds: float = 600.0) -> Iterator[None]:
    """Hold the lock file while the block runs; the kernel lets go of it when the process ends, however it ends.

    Raises:
        Problem: another run held it for longer than ``limit_seconds`` (exit code 8).
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _wait(descriptor, path, emit, limit_seconds)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, path: Path, emit: Emit, limit_seconds: float) -> None:
    deadline = time.monotonic() + limit_seconds
    told = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 20, 0).decode() or "another process"
            if time.monotonic() > deadline:
                raise Problem(
                    f"another run (process {holder}) has held this checkout for {limit_seconds:.0f} s",
                    where=str(path),
                    fix=f"wait for it, or end it: kill {holder}",
                    exit_code=ExitCode.BUSY,
                ) from None
            if not told:
                emit(Event("lock.waiting", f"waiting for another run (process {holder})"))
                told = True
            time.sleep(_POLL_SECONDS)
        else:
            return
