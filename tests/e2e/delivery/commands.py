"""Every command line of this machine, as anyone on it can read it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds between two looks: a process that lives for less may be missed.
_PAUSE = 0.05


@contextmanager
def watched() -> Iterator[set[str]]:
    """While the block runs, command lines are gathered; the set is whole when it ends."""
    seen: set[str] = set()
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(seen, done), daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def _watch(seen: set[str], done: threading.Event) -> None:
    while not done.wait(_PAUSE):
        seen |= {_command(folder) for folder in Path("/proc").iterdir() if folder.name.isdecimal()}


def _command(process: Path) -> str:
    """A process' command line; empty: it has ended, or is the kernel's own."""
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""
