"""What the node notes of a container's process, for the node after it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sandbox.node.process import Process, end_recorded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def running() -> Iterator[subprocess.Popen[bytes]]:
    """A process with a secret among its words."""
    made = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "hunter2"])
    yield made
    made.kill()
    made.wait(10)


def _record(process: subprocess.Popen[bytes], path: Path) -> None:
    reader, writer = os.pipe()
    os.close(writer)
    Process(process, reader).record(path)
    os.close(reader)


def test_recorded(running: subprocess.Popen[bytes], tmp_path: Path) -> None:
    """A recorded process is ended."""
    _record(running, tmp_path / "main.process")
    assert (end_recorded(tmp_path / "main.process"), running.wait(10)) == (True, -9)


def test_another_process(running: subprocess.Popen[bytes], tmp_path: Path) -> None:
    """A process that only has the same number is left alone, whatever the clock was set to meanwhile."""
    path = tmp_path / "main.process"
    _record(running, path)
    noted = json.loads(path.read_bytes())
    path.write_text(json.dumps(noted | {"started": noted["started"] - 1}))
    assert (end_recorded(path), running.poll()) == (False, None)


def test_no_secret(running: subprocess.Popen[bytes], tmp_path: Path) -> None:
    """The note on disk holds no word of the command."""
    _record(running, tmp_path / "main.process")
    assert "hunter2" not in (tmp_path / "main.process").read_text()


@pytest.mark.parametrize("content", ["", "{", "{}", "[]"])
def test_half_a_note(tmp_path: Path, content: str) -> None:
    """A note that cannot be read ends nothing."""
    (tmp_path / "main.process").write_text(content)
    assert end_recorded(tmp_path / "main.process") is False


def test_no_room(running: subprocess.Popen[bytes], tmp_path: Path) -> None:
    """A disk without room for the note is no reason to fail."""
    _record(running, tmp_path / "absent" / "main.process")
    assert running.poll() is None
