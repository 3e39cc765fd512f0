"""Commands run to their end or ended."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from toolchain import command

if TYPE_CHECKING:
    from pathlib import Path


def _shell(script: str, folder: Path, limit: float = 20) -> tuple[command.Result, list[str]]:
    lines: list[str] = []
    result = command.run(
        ["/bin/sh", "-c", script], folder=folder, environment=os.environ, limit=limit, on_line=lines.append
    )
    return result, lines


def test_each_line_of_both_streams_is_told(tmp_path: Path) -> None:
    """Lines come whole, the last one without an end too."""
    _result, lines = _shell("echo one; echo two >&2; printf three", tmp_path)
    assert ["one", "three", "two"] == sorted(lines)


def test_a_line_may_come_in_pieces(tmp_path: Path) -> None:
    """A line is told once it is whole."""
    _result, lines = _shell("printf on; sleep 0.2; echo e", tmp_path)
    assert ["one"] == lines


def test_the_tail_is_what_was_said_last_on_standard_error(tmp_path: Path) -> None:
    """An error message ends with the reason."""
    result, _lines = _shell("seq 100; seq 1 90 >&2; exit 3", tmp_path)
    assert (3, "61", "90") == (result.code, result.tail.splitlines()[0], result.tail.splitlines()[-1])


def test_a_command_past_its_limit_is_ended_with_its_children(tmp_path: Path) -> None:
    """Nothing of the group is left running."""
    with pytest.raises(TimeoutError):
        _shell(f"sleep 61 & echo $! > {tmp_path}/child; wait", tmp_path, limit=0.5)
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 10
    while psutil.pid_exists(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(child)


def test_a_command_that_ignores_the_request_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that does not listen to SIGTERM ends all the same."""
    monkeypatch.setattr(command, "_GRACE", 0.3)
    with pytest.raises(TimeoutError):
        _shell(f"trap '' TERM; echo $$ > {tmp_path}/self; while :; do sleep 0.1; done", tmp_path, limit=0.5)
    assert not psutil.pid_exists(int((tmp_path / "self").read_text()))


def test_a_quiet_command_ticks(tmp_path: Path) -> None:
    """While nothing is printed, the listener is still called."""
    ticks: list[float] = []
    command.run(
        ["/bin/sleep", "1.2"],
        folder=tmp_path,
        environment=os.environ,
        limit=20,
        on_tick=lambda: ticks.append(time.monotonic()),
    )
    assert len(ticks) >= 2


def test_a_command_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A missing executable is told as such."""
    with pytest.raises(FileNotFoundError):
        command.run(["/no/such/command"], folder=tmp_path, environment={}, limit=1)
