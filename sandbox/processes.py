"""Processes told apart for certain, and ended for certain (Linux)."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Set for each supervised process, with the sandbox's folder as its value: whoever carries it belongs to that sandbox.
MARK = "GROUNDWORK_SUPERVISED_BY"

_POLL_SECONDS = 0.02
# Field 22 of /proc/PID/stat is the start time; what follows the command's bracket begins with field 3 (proc(5)).
_START_TIME = 22 - 3


class Identity(BaseModel):
    """One process and no other, also when its number is given out again or the clock is set.

    Attributes:
        pid: the process number.
        started: clock ticks from the machine's boot to the process' start, untouched by the wall clock.
        boot: which boot of the machine that was.
        command: its command line, for people.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    pid: int
    started: int
    boot: str
    command: str

    @property
    def alive(self) -> bool:
        """Whether this very process runs still (one that ended and waits to be reaped does not)."""
        return _started(self.pid) == self.started and _boot() == self.boot


def identify(pid: int) -> Identity | None:
    """The process that has this number now; None when there is none."""
    started = _started(pid)
    if started is None:
        return None
    return Identity(pid=pid, started=started, boot=_boot(), command=_command(pid))


def marked(root: Path) -> list[Identity]:
    """The processes that carry the mark of the sandbox at ``root``, this process left out."""
    wanted = f"{MARK}={root}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        # It ended meanwhile, or belongs to someone else.
        with contextlib.suppress(OSError):
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                identity = identify(int(entry.name))
                if identity is not None:
                    found.append(identity)
    return found


def end(identities: Iterable[Identity], patience_seconds: float) -> None:
    """End the processes: asked first, killed when they have not gone after ``patience_seconds``."""
    left = [identity for identity in identities if identity.alive]
    for number in (signal.SIGTERM, signal.SIGKILL):
        for identity in left:
            _send(identity, number)
        deadline = time.monotonic() + patience_seconds
        while (left := [identity for identity in left if identity.alive]) and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
        if not left:
            return


def clock_offset() -> float:
    """When the machine was booted, in seconds since the epoch by the wall clock: it changes when that clock is set."""
    return time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)


def _send(identity: Identity, number: signal.Signals) -> None:
    try:
        handle = os.pidfd_open(identity.pid)
    except OSError:
        return
    try:
        # Looked at again with the handle held: from here on the number cannot be another process'.
        if identity.alive:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(handle, number)
    finally:
        os.close(handle)


def _started(pid: int) -> int | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] in {"Z", "X"} else int(fields[_START_TIME])


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""
