"""A lock file that the kernel lets go of when its holder ends, however it ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from typing import TYPE_CHECKING

from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_POLL_SECONDS = 0.05


@contextlib.contextmanager
def held(path: Path, limit_seconds: float, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock while the block runs; ``waiting`` is called once when someone else holds it.

    Raises:
        Problem: someone else held it for longer than ``limit_seconds`` (exit code 8).
        OSError: the lock file cannot be made.
    """
    deadline = time.monotonic() + limit_seconds
    told = False
    while (descriptor := _try(path)) is None:
        if time.monotonic() > deadline:
            raise Problem(
                f"another process has been starting or stopping the sandbox for {limit_seconds:.0f} s",
                where=str(path),
                fix="wait for it or end it, then try again",
                exit_code=ExitCode.BUSY,
            )
        if not told:
            waiting()
            told = True
        time.sleep(_POLL_SECONDS)
    try:
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


def keep(path: Path, patience_seconds: float = 2.0) -> int | None:
    """Take the lock for the rest of this process' life; None when another holds it, and not just to look at it.

    `is_held` takes the lock for a moment: who comes in that moment tries again.
    """
    deadline = time.monotonic() + patience_seconds
    while (descriptor := _try(path)) is None and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
    return descriptor


def _try(path: Path) -> int | None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # `purge` removes the file while it holds it: a lock on a removed file guards nothing.
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(descriptor)
    return None
