"""Programs that are asked for an answer, and none of which outlives this process or the asking."""

from __future__ import annotations

import atexit
import subprocess
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_lock = threading.Lock()
_running: set[subprocess.Popen[bytes]] = set()
_over = threading.Event()


def ask(  # noqa: PLR0913 - each is one fact of the command, and all but one are given by name
    arguments: Sequence[str],
    *,
    limit: float,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    stderr: int = subprocess.PIPE,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end, from any thread.

    Args:
        arguments: the command, by absolute path.
        limit: seconds after which it is killed.
        folder: its working directory; None: this process's own.
        environment: its whole environment; None: this process's own.
        stdin: what it reads.
        stderr: where its standard error goes, as `subprocess` has it.

    Raises:
        OSError: it cannot be started.
        subprocess.TimeoutExpired: the limit passed; it is gone.
        SystemExit: `end` was called: whoever asked ends too, as the answer is of no use any more.
    """
    with _lock:
        if _over.is_set():
            raise SystemExit
        process = subprocess.Popen(  # noqa: S603 - callers pass commands of their own, never a user's text
            list(arguments),
            cwd=folder,
            env=None if environment is None else dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )
        _running.add(process)
    try:
        output, aside = process.communicate(stdin, timeout=limit)
    finally:
        with process:  # closes the pipes, and waits
            process.kill()
        with _lock:
            _running.discard(process)
    if _over.is_set():
        raise SystemExit
    return subprocess.CompletedProcess(process.args, process.returncode, output, aside or b"")


def end() -> None:
    """Kill every program that was asked, and start none any more: this process is about to end."""
    with _lock:
        _over.set()
        for process in _running:
            with suppress(ProcessLookupError):
                process.kill()


atexit.register(end)
