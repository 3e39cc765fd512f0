"""The lock: one holder, a limit for who waits, no lock on a file that is gone."""

from __future__ import annotations

import fcntl
import os
import threading
from typing import TYPE_CHECKING

import pytest

from sandbox import lock
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path


def _silent() -> None:
    """Nobody listens."""


def test_a_lock_is_held_inside_the_block_only(tmp_path: Path) -> None:
    """Afterwards anyone may have it."""
    path = tmp_path / "lock"

    with lock.held(path, 1.0, _silent):
        inside = lock.is_held(path)

    assert (True, False) == (inside, lock.is_held(path))


def test_who_waits_too_long_is_told_where(tmp_path: Path) -> None:
    """The limit ends with exit code 8, and the lock's path."""
    path = tmp_path / "lock"

    with lock.held(path, 1.0, _silent), pytest.raises(Problem) as problem, lock.held(path, 0.1, _silent):
        pass

    assert (ExitCode.BUSY, str(path)) == (problem.value.exit_code, problem.value.where)


def test_who_waits_is_told_once(tmp_path: Path) -> None:
    """One message, however often the lock is tried."""
    path = tmp_path / "lock"
    told: list[str] = []

    with (
        lock.held(path, 1.0, _silent),
        pytest.raises(Problem, match="starting or stopping"),
        lock.held(path, 0.2, lambda: told.append("waiting")),
    ):
        pass

    assert ["waiting"] == told


def test_a_lock_on_a_removed_file_keeps_nobody_out(tmp_path: Path) -> None:
    """After a purge the next one makes a file of its own."""
    path = tmp_path / "lock"

    with lock.held(path, 1.0, _silent):
        path.unlink()
        with lock.held(path, 1.0, _silent):
            assert lock.is_held(path)


def test_a_file_removed_while_it_was_being_locked_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waited for a purge to end holds the lock that everyone else sees."""
    path = tmp_path / "lock"
    take = fcntl.flock
    purges = [path.unlink]

    def late(descriptor: int, operation: int) -> None:
        if purges:
            purges.pop()()
        take(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", late)
    with lock.held(path, 1.0, _silent):
        assert lock.is_held(path)


def test_who_only_looks_keeps_nobody_out(tmp_path: Path) -> None:
    """A glance at the lock while the supervisor starts does not turn it away."""
    path = tmp_path / "lock"
    glance = lock.keep(path)
    assert glance is not None
    timer = threading.Timer(0.2, os.close, [glance])
    timer.start()

    kept = lock.keep(path, 10.0)

    timer.join()
    assert kept is not None
    os.close(kept)


def test_no_file_is_no_lock(tmp_path: Path) -> None:
    """Asking makes no file."""
    assert (False, []) == (lock.is_held(tmp_path / "lock"), list(tmp_path.iterdir()))


def test_a_kept_lock_is_refused_to_the_next(tmp_path: Path) -> None:
    """The supervisor's lock goes to one process, until its descriptor closes."""
    path = tmp_path / "lock"
    first = lock.keep(path)
    second = lock.keep(path, 0.1)
    assert first is not None
    os.close(first)

    assert (None, False) == (second, lock.is_held(path))
