"""The scratch folder of one run: room checked before, leftovers of killed runs removed."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from backup.failure import Code, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backup.events import Tell

ROOM = 1.2
"""Free bytes wanted, as a multiple of what will be written: scratch holds one copy of the database at a time."""

LOCK = "lock"
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def scratch(root: Path, series: str, tell: Tell) -> Iterator[Path]:
    """Give a folder of our own below `root`, and remove it at the end.

    A folder is held by a file lock, which the kernel lets go when its process dies: a folder of this series whose
    lock is free is what a killed run left, and is removed.

    Raises:
        Failure: ``USAGE`` when `root` is not a folder that we may write to.
    """
    stem = f"backup-{series}-"
    try:
        _sweep(root, stem, tell)
        folder, lock = _claim(root, stem)
    except OSError as error:
        raise _translate(error, root, Code.USAGE) from None
    try:
        yield folder
    except OSError as error:
        raise _translate(error, root, Code.UNEXPECTED) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def need(folder: Path, size: int) -> None:
    """Make sure that `folder` has room for a file of `size` bytes, and a fifth more.

    Raises:
        Failure: ``DISK``, saying how many bytes are free and how many are wanted.
    """
    wanted = int(size * ROOM)
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise Failure(
            Code.DISK,
            f"Not enough free space: {free} bytes are free, {wanted} are wanted.",
            where=str(folder),
            fix="Free some space, or point BACKUP_SCRATCH at a larger volume.",
        )


def full(error: OSError, where: Path) -> Failure | None:
    """Give the failure for an error that says "no space", else None."""
    if error.errno not in FULL:
        return None
    return Failure(Code.DISK, f"No space left while writing: {error.strerror}.", where=str(where))


def _translate(error: OSError, root: Path, code: Code) -> Failure:
    """Say what the operating system refused below `root`."""
    return full(error, root) or Failure(
        code, f"The scratch folder cannot be used: {error.strerror or error}.", where=str(error.filename or root)
    )


def _claim(root: Path, stem: str) -> tuple[Path, int]:
    """Make a folder and hold its lock; make another when a sweep took it in between."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=stem, dir=root))
        lock = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.fstat(lock).st_nlink:
            return folder, lock
        os.close(lock)


def _sweep(root: Path, stem: str, tell: Tell) -> None:
    """Remove the folders that begin with `stem` and that no process holds."""
    for folder in sorted(root.glob(f"{stem}*")):
        if not folder.is_dir() or folder.is_symlink() or len(folder.name) != len(stem) + 8:
            continue  # not one of ours: mkdtemp adds eight characters
        if _abandoned(folder):
            tell("scratch_cleaned", folder=folder.name)


def _abandoned(folder: Path) -> bool:
    """Remove `folder` if no process holds it, and say whether."""
    try:
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:  # killed between the making of the folder and of its lock, or starting right now
        if _young(folder):
            return False
        shutil.rmtree(folder, ignore_errors=True)
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        return False  # a run that is alive
    else:
        return True
    finally:
        os.close(lock)


def _young(folder: Path) -> bool:
    """Say whether `folder` was made within the last minute, by the clock of its own file system."""
    with tempfile.TemporaryFile(dir=folder.parent) as now:
        return os.fstat(now.fileno()).st_mtime - folder.stat().st_mtime < 60  # noqa: PLR2004 - seconds in a minute
