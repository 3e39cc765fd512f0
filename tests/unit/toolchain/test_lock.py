"""The lock: one holder, told by name; a limit for who waits; no lock on a file that is gone."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from toolchain import lock
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event, ignore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HOLDER = """
import sys, time
from pathlib import Path
from toolchain import lock
from toolchain.events import ignore
with lock.exclusive(Path(sys.argv[1]), "building etcd", ignore):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The lock's file."""
    return tmp_path / "build.lock"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock."""
    with subprocess.Popen([sys.executable, "-c", _HOLDER, path], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_who_waits_in_vain_is_told_who_holds_it(path: Path, holder: subprocess.Popen[bytes]) -> None:
    """The limit ends the wait with the holder's number and what it does."""
    with (
        pytest.raises(Problem, match=f"process {holder.pid} \\(building etcd\\)") as caught,
        lock.exclusive(path, "", ignore, limit=0.3),
    ):
        pass
    assert caught.value.exit_code is ExitCode.BUSY


def test_who_waits_is_told_so_at_once(path: Path, holder: subprocess.Popen[bytes]) -> None:
    """The first event names the holder."""
    events: list[Event] = []
    with pytest.raises(Problem), lock.exclusive(path, "", events.append, limit=0.1):
        pass
    assert [f"waiting for process {holder.pid} (building etcd)"] == [event.message for event in events]


def test_a_killed_holder_holds_nothing(path: Path, holder: subprocess.Popen[bytes]) -> None:
    """After kill -9 of the holder the next one gets the lock."""
    holder.send_signal(signal.SIGKILL)
    holder.wait(10)
    with lock.exclusive(path, "mine", ignore, limit=5):
        assert '"purpose": "mine"' in path.read_text()


def test_the_lock_is_free_after_its_block(path: Path) -> None:
    """Leaving the block, by an error too, frees the lock."""
    with pytest.raises(RuntimeError), lock.exclusive(path, "", ignore):
        raise RuntimeError
    with lock.exclusive(path, "again", ignore, limit=0):
        assert "again" in path.read_text()


def test_a_lock_is_held_inside_the_block_only(path: Path) -> None:
    """Afterwards anyone may have it."""
    with lock.exclusive(path, "", ignore):
        inside = lock.is_held(path)

    assert (True, False) == (inside, lock.is_held(path))


def test_a_lock_on_a_removed_file_keeps_nobody_out(path: Path) -> None:
    """After a purge the next one makes a file of its own."""
    with lock.exclusive(path, "", ignore):
        path.unlink()
        with lock.exclusive(path, "", ignore, limit=0):
            assert lock.is_held(path)


def test_a_file_removed_while_it_was_being_locked_is_made_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waited for a purge to end holds the lock that everyone else sees."""
    take = fcntl.flock
    purges = [path.unlink]

    def late(descriptor: int, operation: int) -> None:
        if purges:
            purges.pop()()
        take(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", late)
    with lock.exclusive(path, "", ignore, limit=5):
        assert lock.is_held(path)


def test_a_full_disk_keeps_nobody_from_the_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the holder's name cannot be written down, the lock is held all the same: `gw down` frees space."""

    def full(*_arguments: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with lock.exclusive(path, "", ignore, limit=0):
        assert lock.is_held(path)


def test_who_only_looks_keeps_nobody_out(path: Path) -> None:
    """A glance at the lock while the supervisor starts does not turn it away."""
    glance = lock.keep(path, "looking")
    assert glance is not None
    timer = threading.Timer(0.2, os.close, [glance])
    timer.start()

    kept = lock.keep(path, "running", 10.0)

    timer.join()
    assert kept is not None
    os.close(kept)


def test_no_file_is_no_lock(path: Path) -> None:
    """Asking makes no file."""
    assert (False, False) == (lock.is_held(path), path.exists())


def test_a_kept_lock_is_refused_to_the_next(path: Path) -> None:
    """The supervisor's lock goes to one process, until its descriptor closes."""
    first = lock.keep(path, "first")
    second = lock.keep(path, "second", 0.1)
    assert first is not None
    os.close(first)

    assert (None, False) == (second, lock.is_held(path))
