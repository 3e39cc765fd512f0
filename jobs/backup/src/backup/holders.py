"""Who has a database open, found out without opening it as a database."""

from __future__ import annotations

import fcntl
import os
import struct
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FLOCK = struct.Struct("hhqqi4x")  # struct flock on 64-bit Linux: type, whence, start, length, process
LOCK_BYTES = (0x40000000, 512)
"""SQLite's lock bytes in the database file: pending, reserved, shared (its file format, 1.3.3)."""

SHM_BYTES = (120, 9)
"""Its lock bytes in the shared-memory file: eight locks, and the one that every user holds (its walformat, 2.3.1)."""


def holders(files: Iterable[Path]) -> list[str]:
    """Name the processes that use any of `files`.

    Two ways: the kernel is asked for locks on SQLite's own lock bytes, which works across containers on one machine
    and takes no lock; and open files are looked for in ``/proc``, as far as we may see. A connection that is idle in
    rollback-journal mode, in a container we cannot see into, stays unseen.
    """
    found: dict[str, None] = {}
    inodes = set()
    for path in files:
        try:
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            entry = os.fstat(handle)
            inodes.add((entry.st_dev, entry.st_ino))
            start, length = SHM_BYTES if path.name.endswith("-shm") else LOCK_BYTES
            if holder := _lock_holder(handle, start, length):
                found[holder] = None
        finally:
            os.close(handle)
    for process in _openers(inodes):
        found[process] = None
    return list(found)


def _lock_holder(handle: int, start: int, length: int) -> str:
    """Ask who would keep us from a write lock; empty when no one would."""
    asked = FLOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, start, length, 0)
    kind, _, _, _, process = FLOCK.unpack(fcntl.fcntl(handle, fcntl.F_GETLK, asked))
    if kind == fcntl.F_UNLCK:
        return ""
    return f"process {process}" if process > 0 else "a process in another container"


def _openers(inodes: set[tuple[int, int]]) -> list[str]:
    """Look through the open files of every process but our own."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        if process.name == str(os.getpid()):
            continue
        try:
            handles = list((process / "fd").iterdir())
        except OSError:
            continue  # gone, or another user's
        for handle in handles:
            try:
                entry = handle.stat()
            except OSError:
                continue
            if (entry.st_dev, entry.st_ino) in inodes:
                found.append(f"process {process.name}")
                break
    return found
