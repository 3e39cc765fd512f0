"""One run at a time in a checkout."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from delivery import lock
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from toolchain.events import Event

_HOLDER = """
import sys, pathlib
from delivery import lock
with lock.held(pathlib.Path(sys.argv[1]), lambda event: None):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_waits_and_then_names_the_holder(tmp_path: Path) -> None:
    """While another process holds it, a run says so, and gives up at its limit with exit code 8 and the holder's id."""
    path = tmp_path / "up.lock"
    events: list[Event] = []
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(Problem, match=str(holder.pid)) as problem, lock.held(path, events.append, 0.5):
            pass
        holder.communicate("")

    assert (ExitCode.BUSY, ["lock.waiting"]) == (problem.value.exit_code, [event.name for event in events])


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    """After kill -9 the lock is free at once, with nothing to clean up."""
    path = tmp_path / "up.lock"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
        holder.wait()
    events: list[Event] = []

    with lock.held(path, events.append, 0.5):
        pass

    assert events == []
