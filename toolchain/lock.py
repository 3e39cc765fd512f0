"""The one kind of lock that Groundwork has: a file that the kernel lets go of when its holder ends, however it ends.

The file tells who holds it and for what, so that those who wait can say so.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from toolchain.errors import ExitCode, Problem
from toolchain.events import Emit, Event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT: Final = 45 * 60.0
"""Seconds to wait for another builder: above twice what the whole toolchain takes from nothing (20 min)."""
_POLL: Final = 0.1
_TELL_EVERY: Final = 5.0


@contextmanager
def exclusive(path: Path, purpose: str, emit: Emit, *, limit: float = WAIT) -> Iterator[None]:
    """Hold the lock at ``path`` while the block runs.

    Args:
        path: the lock's file, made with its folder where it is not there; it stays.
        purpose: what the holder does, for those who wait.
        emit: told every few seconds who is waited for.
        limit: seconds to wait.

    Raises:
        Problem: another process held it all that time (exit code 8).
        OSError: the file cannot be made.
    """
    descriptor = _wait(path, emit, limit)
    try:
        _record(descriptor, purpose)
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether some process holds the lock now."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def keep(path: Path, purpose: str, patience: float = 2.0) -> int | None:
    """Take the lock for the rest of this process' life; None when another holds it, and not just to look at it.

    `is_held` takes the lock for a moment: who comes in that moment tries again, for ``patience`` seconds.
    """
    deadline = time.monotonic() + patience
    while (descriptor := _try(path)) is None and time.monotonic() < deadline:
        time.sleep(_POLL)
    if descriptor is not None:
        _record(descriptor, purpose)
    return descriptor


def _wait(path: Path, emit: Emit, limit: float) -> int:
    deadline = time.monotonic() + limit
    tell_at = time.monotonic()
    while (descriptor := _try(path)) is None:
        now = time.monotonic()
        if now >= deadline:
            raise Problem(
                f"waited {limit:.0f} s for {_holder(path)}, which did not end",
                where=str(path),
                fix="wait for it, or end it: the next run goes on from what it left",
                exit_code=ExitCode.BUSY,
            )
        if now >= tell_at:
            emit(Event("lock.waiting", f"waiting for {_holder(path)}", {"lock": str(path)}))
            tell_at = now + _TELL_EVERY
        time.sleep(_POLL)
    return descriptor


def _try(path: Path) -> int | None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # `gw down --purge` removes the file while it holds it: a lock on a removed file guards nothing.
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(descriptor)
    return None


def _record(descriptor: int, purpose: str) -> None:
    """Say who holds it: for people alone, so a full disk does not matter."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "purpose": purpose}).encode(), 0)


def _holder(path: Path) -> str:
    """Who holds the lock, in words; its file may be read in the middle of a change."""
    try:
        content = json.loads(path.read_bytes())
        return f"process {int(content['pid'])} ({content['purpose']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
