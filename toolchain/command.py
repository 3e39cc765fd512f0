"""One command run to its end, line by line, within a limit, with nothing of it left behind."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_TICK = 0.5
_LAST_LINES = 30
_GRACE = 5.0


@dataclass(frozen=True)
class Result:
    """How a command ended.

    Attributes:
        code: its exit code; negative for a signal, as `subprocess` has it.
        tail: the last lines of its standard error (standard output where that is empty).
        seconds: wall time.
    """

    code: int
    tail: str
    seconds: float


def run(  # noqa: PLR0913 - each is one fact of the command, and all but one are given by name
    arguments: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    limit: float,
    on_line: Callable[[str], None] = lambda _line: None,
    on_tick: Callable[[], None] = lambda: None,
) -> Result:
    """Run ``arguments`` in a process group of its own and read both its streams.

    Args:
        arguments: the command, by absolute path.
        folder: its working directory.
        environment: its whole environment.
        limit: seconds after which the group is killed.
        on_line: called with each line of either stream, without its end.
        on_tick: called about twice a second, so that a quiet command still shows signs of life.

    Raises:
        TimeoutError: the limit passed; the process group is gone.
        OSError: it cannot be started.
    """
    started = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - callers pass commands of their own, never a user's text
        arguments,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    tails: tuple[deque[str], deque[str]] = (deque(maxlen=_LAST_LINES), deque(maxlen=_LAST_LINES))
    try:
        _read(process, tails, started + limit, on_line, on_tick)
        code = process.wait(max(_GRACE, started + limit - time.monotonic()))
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(f"{arguments[0]} did not end within {limit:.0f} s") from error
    finally:
        kill_group(process)
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
    return Result(code, "\n".join(tails[1] or tails[0]), time.monotonic() - started)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Ask the process group of ``process`` to end, then end it; nothing happens when it has ended."""
    if process.poll() is not None:
        return
    for order in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, order)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
            return


def _read(
    process: subprocess.Popen[bytes],
    tails: tuple[deque[str], deque[str]],
    deadline: float,
    on_line: Callable[[str], None],
    on_tick: Callable[[], None],
) -> None:
    """Read both streams to their ends; raises TimeoutError past ``deadline``."""
    streams = (process.stdout, process.stderr)
    readers = [
        _Lines(stream.fileno(), tail, on_line)
        for stream, tail in zip(streams, tails, strict=True)
        if stream is not None
    ]
    with selectors.DefaultSelector() as selector:
        for reader in readers:
            selector.register(reader.descriptor, selectors.EVENT_READ, reader)
        while selector.get_map():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{process.args!r} did not end in time")
            for key, _mask in selector.select(_TICK):
                if not key.data.more():
                    selector.unregister(key.fileobj)
            on_tick()


@dataclass
class _Lines:
    """One stream taken apart into lines."""

    descriptor: int
    tail: deque[str]
    on_line: Callable[[str], None]
    rest: bytes = b""

    def more(self) -> bool:
        """Take what is there; False at the stream's end."""
        chunk = os.read(self.descriptor, 65536)
        *lines, self.rest = (self.rest + chunk).split(b"\n")
        if not chunk and self.rest:
            lines = [self.rest]
        for line in lines:
            text = line.decode(errors="replace")
            self.tail.append(text)
            self.on_line(text)
        return bool(chunk)
