"""One builder at a time: two would share neither memory nor work."""

from __future__ import annotations

import fcntl
import json
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from toolchain.errors import ExitCode, Problem
from toolchain.events import Emit, Event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT: Final = 45 * 60.0
"""Seconds to wait for another builder: above twice what the whole toolchain takes from nothing (20 min)."""
_POLL: Final = 0.25
_TELL_EVERY: Final = 5.0


@contextmanager
def exclusive(path: Path, purpose: str, emit: Emit, *, limit: float = WAIT) -> Iterator[None]:
    """Hold the lock at ``path``; the kernel drops it when this process dies, however it dies.

    Args:
        path: the lock's file; it stays there.
        purpose: what the holder does, for those who wait.
        emit: told every few seconds who is waited for.
        limit: seconds to wait.

    Raises:
        Problem: another process held it all that time (exit code 8).
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _acquire(descriptor, path, emit, limit)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "purpose": purpose}).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, emit: Emit, limit: float) -> None:
    deadline = time.monotonic() + limit
    tell_at = time.monotonic()
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            now = time.monotonic()
            if now >= deadline:
                raise Problem(
                    f"the toolchain is being built by {_holder(descriptor)}, and it did not end in {limit:.0f} s",
                    where=str(path),
                    fix="wait for it, or end it; what it had begun does not count",
                    exit_code=ExitCode.BUSY,
                ) from None
            if now >= tell_at:
                emit(Event("toolchain.lock.waiting", f"waiting for {_holder(descriptor)}", {"lock": str(path)}))
                tell_at = now + _TELL_EVERY
            time.sleep(_POLL)
        else:
            return


def _holder(descriptor: int) -> str:
    """Who holds the lock, in words; its file may be read in the middle of a change."""
    try:
        content = json.loads(os.pread(descriptor, 4096, 0))
        return f"process {int(content['pid'])} ({content['purpose']})"
    except (ValueError, KeyError, TypeError):
        return "another process"
