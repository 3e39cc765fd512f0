"""Processes are told apart by more than their number, and ended for certain."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sandbox import processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SLEEP = "import time; print('up', flush=True); time.sleep(60)"
_STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {_SLEEP}"


@pytest.fixture
def spawn() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts Python with some code, and ends what is left at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def start(code: str, **environment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", code], env={**os.environ, **environment}, stdout=subprocess.PIPE
        )
        started.append(process)
        assert process.stdout is not None
        process.stdout.readline()
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_process_is_known_while_it_runs(spawn: Callable[..., subprocess.Popen[bytes]]) -> None:
    """Its identity is alive until it ends, also before it is reaped."""
    process = spawn(_SLEEP)
    identity = processes.identify(process.pid)
    assert identity is not None
    before = identity.alive
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)

    assert (True, False) == (before, identity.alive)


@pytest.mark.parametrize("change", [{"started": 1}, {"boot": "another"}])
def test_the_same_number_is_not_the_same_process(change: dict[str, object]) -> None:
    """A number given out again, or one of an earlier boot, is a stranger's."""
    identity = processes.identify(os.getpid())
    assert identity is not None

    assert not identity.model_copy(update=change).alive


def test_a_stranger_with_the_recorded_number_is_not_ended(spawn: Callable[..., subprocess.Popen[bytes]]) -> None:
    """Only the very process that was recorded is sent a signal."""
    process = spawn(_SLEEP)
    identity = processes.identify(process.pid)
    assert identity is not None

    processes.end([identity.model_copy(update={"started": identity.started - 1})], 0.1)

    assert process.poll() is None


@pytest.mark.parametrize(("code", "status"), [(_SLEEP, -15), (_STUBBORN, -9)])
def test_a_process_is_asked_before_it_is_killed(
    spawn: Callable[..., subprocess.Popen[bytes]], code: str, status: int
) -> None:
    """SIGTERM is enough for most; who ignores it is killed."""
    process = spawn(code)
    identity = processes.identify(process.pid)
    assert identity is not None

    processes.end([identity], 0.3)

    assert status == process.wait(5)


def test_marked_processes_are_found_by_their_sandbox(
    spawn: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    """The mark names the folder: another sandbox's processes, and this one, are not among them."""
    mine = spawn(_SLEEP, **{processes.MARK: str(tmp_path / "a")})
    spawn(_SLEEP, **{processes.MARK: str(tmp_path / "ab")})

    assert [mine.pid] == [found.pid for found in processes.marked(tmp_path / "a")]


def test_a_number_that_nobody_has_is_nobody() -> None:
    """A process that is gone has no identity."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()

    assert processes.identify(process.pid) is None
