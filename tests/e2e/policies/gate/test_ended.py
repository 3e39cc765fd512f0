"""A gate that is ended ends its engines."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from policies.checkov import environment
from tests.policies.gate.samples import step, written

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e

CHECKOUT = Path(__file__).resolve().parents[4]
LIMIT_SECONDS = 60
#: Starts the scanner with this process's standard input, tells its id, and waits.
ASKS = """
import subprocess, sys, time
print(subprocess.Popen([sys.executable, "-m", "policies.checkov.scanner.scan"]).pid, flush=True)
time.sleep(600)
"""


def wait_until(what: Callable[[], bool]) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def ended(number: int) -> bool:
    """Whether a process runs no more; one that nobody waits for counts, as where a container has no `init`."""
    try:
        return psutil.Process(number).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.mark.parametrize("order", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_gate_ends_at_once_with_its_scanner(order: signal.Signals, tmp_path: Path) -> None:
    """A checkov that hangs is not waited for: one screen, exit code 130, and no process is left."""
    home = tmp_path / "cache" / "checkov" / environment.key()
    (home / "bin").mkdir(parents=True)
    (home / "ready").touch()
    number = tmp_path / "number"
    python = home / "bin" / "python"
    python.write_text(f"#!/bin/sh\necho $$ > {number}.new; mv {number}.new {number}\nexec sleep 600\n", "utf-8")
    python.chmod(0o755)
    preview = written(tmp_path, step("aws:s3/bucket:Bucket"))
    gate = subprocess.Popen(
        [sys.executable, "-m", "delivery.cli", "gate", "--preview", str(preview)],
        cwd=CHECKOUT,
        env=os.environ | {"GROUNDWORK_CACHE": str(tmp_path / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until(number.exists)
        gate.send_signal(order)
        printed, told = gate.communicate(timeout=LIMIT_SECONDS)
    finally:
        gate.kill()

    assert (130, "") == (gate.returncode, printed)
    assert ('"interrupted"' in told.splitlines()[-1], "Traceback" in told) == (True, False)
    assert ended(int(number.read_text("utf-8")))


def test_a_scanner_ends_with_a_gate_that_was_killed() -> None:
    """A `kill -9` leaves the gate no time to end its engines: the scanner sees that nobody waits for it."""
    reading, writing = os.pipe()
    try:
        gate = subprocess.Popen(
            [sys.executable, "-c", ASKS], cwd=CHECKOUT, stdin=reading, stdout=subprocess.PIPE, text=True
        )
        assert gate.stdout is not None
        scanner = int(gate.stdout.readline())
        wait_until(lambda: ended(scanner) or psutil.Process(scanner).num_threads() > 1)
        assert not ended(scanner)

        gate.kill()
        gate.communicate(timeout=LIMIT_SECONDS)

        wait_until(lambda: ended(scanner))
    finally:
        os.close(reading)
        os.close(writing)
