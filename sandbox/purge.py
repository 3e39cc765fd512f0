"""Removes a sandbox's folder, and nothing else."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.layout import Layout

_DOOMED = ".purged-"
_OCTAL = re.compile(rb"\\([0-7]{3})")


def check(layout: Layout) -> None:
    """Raise unless the folder is a sandbox that may be removed.

    Raises:
        Problem: it is a link, a mount, a folder above others that matter, or holds no sandbox (exit code 6).
    """
    root = layout.root
    reason = _reason(layout)
    if reason:
        raise Problem(
            f"the sandbox's folder is not removed: {reason}",
            where=str(root),
            allowed="a folder that `make up` made",
            fix="look at it, then remove it by hand",
            exit_code=ExitCode.SANDBOX,
        )


def remove(layout: Layout) -> None:
    """Remove the folder with all that is in it; links in it are removed, not followed.

    Raises:
        Problem: see `check`.
        OSError: something in it cannot be removed.
    """
    check(layout)
    # A node that was killed leaves its folder in shared memory; one that is a link or somebody else's is not ours.
    with contextlib.suppress(FileNotFoundError):
        found = layout.memory.lstat()
        if stat.S_ISDIR(found.st_mode) and found.st_uid == layout.root.stat().st_uid:
            shutil.rmtree(layout.memory, onerror=_once_more)
    # Cut short anywhere, it must leave a sandbox that `gw up` heals and that purge knows for one: so no folder is ever
    # seen half empty; what services hold goes before the engine's record of it, its passphrase after; the marker last.
    last = {layout.pulumi: 1, layout.credentials: 2}
    for entry in sorted(layout.root.iterdir(), key=lambda entry: last.get(entry, 0)):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry.rename(entry.with_name(f"{_DOOMED}{entry.name}")), onerror=_once_more)
    for entry in layout.root.iterdir():
        if entry != layout.marker and entry.suffix != ".lock":
            entry.unlink()
    layout.marker.unlink(missing_ok=True)
    shutil.rmtree(layout.root, onerror=_once_more)


def _reason(layout: Layout) -> str:
    root = layout.root
    if root.is_symlink():
        return "it is a symbolic link"
    if not root.is_dir():
        return "it is no folder"
    resolved = root.resolve()
    for kept in (Path.home(), Path.cwd(), Path(__file__).parent):
        if kept.resolve().is_relative_to(resolved):
            return f"{kept} lies in it"
    mounts = [place for place in _mounts() if place.is_relative_to(resolved)]
    if mounts:
        return f"a file system is mounted at {mounts[0]}"
    if layout.version() is None and any(not entry.name.endswith(".lock") for entry in root.iterdir()):
        return f"it has no {layout.marker.name}, so it is no sandbox"
    return ""


def _mounts() -> list[Path]:
    # The fifth field is the place, with blanks written as \040 (proc_pid_mountinfo(5)).
    with contextlib.suppress(OSError):
        lines = Path("/proc/self/mountinfo").read_bytes().splitlines()
        return [Path(os.fsdecode(_OCTAL.sub(_character, line.split()[4]))) for line in lines]
    return []


def _character(escaped: re.Match[bytes]) -> bytes:
    return bytes([int(escaped[1], 8)])


def _once_more(function: Callable[..., object], path: str, error: tuple[object, BaseException, object]) -> None:
    """A pod may have made a folder read-only: open it to ourselves and try again, once."""
    if isinstance(error[1], FileNotFoundError):
        return
    if not isinstance(error[1], PermissionError):
        raise error[1]
    for place in (Path(path).parent, Path(path)):
        # Never through a link: what it leads to may lie outside.
        if not place.is_symlink() and place.exists():
            place.chmod(stat.S_IMODE(place.stat().st_mode) | stat.S_IRWXU)
    if function in {os.open, os.scandir, os.lstat}:
        shutil.rmtree(path)
    else:
        function(path)
