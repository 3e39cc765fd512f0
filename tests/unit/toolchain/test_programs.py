"""Programs that are asked for an answer, and ended with whoever asked."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil
import pytest

from toolchain import programs

LIMIT_SECONDS = 60.0
#: Asks a program that never ends, from a thread, tells its id, and ends as the argument says.
ASKS = """
import sys, threading, time
from toolchain import programs

def ask():
    programs.ask(["/bin/sh", "-c", "exec sleep 600"], limit=600)
    print("answered", flush=True)

threading.Thread(target=ask, daemon=sys.argv[1] == "exit").start()
while not programs._running:
    time.sleep(0.01)
print(next(iter(programs._running)).pid, flush=True)
if sys.argv[1] == "end":
    programs.end()
    ask()
"""


def ended(number: int) -> bool:
    """Whether a process runs no more; one that nobody waits for counts, as where a container has no `init`."""
    try:
        return psutil.Process(number).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_the_answer_is_whole() -> None:
    """What it reads, prints, and ends with."""
    done = programs.ask(["/bin/sh", "-c", "cat; echo aside >&2; exit 3"], stdin=b"x" * 200_000, limit=LIMIT_SECONDS)

    assert (3, b"x" * 200_000, b"aside\n") == (done.returncode, done.stdout, done.stderr)


def test_what_takes_too_long_is_killed() -> None:
    """The limit ends it."""
    started = time.monotonic()

    with pytest.raises(subprocess.TimeoutExpired):
        programs.ask(["/bin/sh", "-c", "exec sleep 600"], limit=0.2)

    assert time.monotonic() - started < LIMIT_SECONDS


@pytest.mark.parametrize("how", ["end", "exit"])
def test_none_outlives_this_process(how: str) -> None:
    """What runs is killed, by `end` or at the process's end; who asked ends without an answer, and asks no more."""
    done = subprocess.run(
        [sys.executable, "-c", ASKS, how], capture_output=True, text=True, check=True, timeout=LIMIT_SECONDS
    )

    (number,) = done.stdout.split()
    assert ("", True) == (done.stderr, ended(int(number)))
