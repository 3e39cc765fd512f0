"""The processes that this host has started, so that none outlives it."""

from __future__ import annotations

import subprocess
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_GRACE: Final = 3.0
"""Seconds between the request to end and the end: a provider closes its server within that."""


class Children:
    """Starts processes and ends them, each with all that it started itself."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    @contextmanager
    def started(
        self, arguments: Sequence[str], *, folder: Path, variables: Mapping[str, str], piped: bool
    ) -> Iterator[subprocess.Popen[bytes]]:
        """A process for the time of the block; ended with its descendants when the block is left.

        It stays in this host's own process group, which is the one that the engine kills.

        Args:
            arguments: its command.
            folder: its working directory.
            variables: its whole environment.
            piped: whether its output is to be read here; else it goes where this host's own goes, to the engine.

        Raises:
            OSError: it cannot be started.
            InterruptedError: this host is ending.
        """
        stream = subprocess.PIPE if piped else None
        with self._lock:
            if self._closed:
                raise InterruptedError("the language host is ending")
            process = subprocess.Popen(  # noqa: S603 - the project's Python, on what the engine asks for
                arguments,
                cwd=folder,
                env=dict(variables),
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
            )
            self._running.add(process)
        try:
            yield process
        finally:
            end(process)
            with self._lock:
                self._running.discard(process)
            for pipe in (process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()

    def end_all(self) -> None:
        """End every process, and start none any more."""
        with self._lock:
            self._closed = True
            running = tuple(self._running)
        for process in running:
            end(process)

    def cancel(self) -> None:
        """End every process that runs now."""
        with self._lock:
            running = tuple(self._running)
        for process in running:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and its descendants: asked first, killed after three seconds. Done at once when it has ended."""
    if process.poll() is not None:
        return
    import psutil  # noqa: PLC0415 - 30 ms that the start of every host would pay

    with suppress(psutil.Error):
        parent = psutil.Process(process.pid)
        family = [*parent.children(recursive=True), parent]
        for member in family:
            with suppress(psutil.Error):
                member.terminate()
        _gone, alive = psutil.wait_procs([member for member in family if member.pid != process.pid], timeout=_GRACE)
        for member in alive:
            with suppress(psutil.Error):
                member.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE)
        return
    process.kill()
    process.wait(_GRACE)
