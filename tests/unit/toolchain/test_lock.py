"""One builder at a time, held by real processes."""

from __future__ import annotations

import signal
import subprocess
import sys
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
