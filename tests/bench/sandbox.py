"""How long the sandbox takes to be ready, and the most that each service held in memory in a run of `gw up`.

Limit: all services together within 1.5 GiB resident (issue "make up on a fresh machine").
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from sandbox.sandbox import Sandbox
from tests.bench.figure import Figure
from toolchain.provide import provide
from toolchain.tools import NEEDED_BY_UP

_MEMORY_LIMIT_MIB = 1536.0
_KIB_PER_MIB = 1024.0


def run(work: Path) -> list[Figure]:
    """Start from nothing, stop, start again, run the main job; then read each service's peak."""
    box = Sandbox(work / "sandbox", provide(NEEDED_BY_UP))
    box.purge()
    try:
        fresh = _started(box)
        box.stop()
        again = _started(box)
        gw = [sys.executable, "-c", "from delivery.cli import main; main()", "up"]
        environment = os.environ | {"GROUNDWORK_SANDBOX": str(box.layout.root), "DB": ""}
        subprocess.run(gw, env=environment, check=True, stdout=subprocess.DEVNULL)
        memory = {row.name: _peak(row.pid) for row in box.status() if row.pid is not None}
    finally:
        box.stop()
        box.purge()
    figures = [Figure.of("sandbox.start_fresh", fresh, "s"), Figure.of("sandbox.start_again", again, "s")]
    figures += [Figure.of(f"sandbox.memory.{name}", value, "MiB") for name, value in sorted(memory.items())]
    return [*figures, Figure.of("sandbox.memory.all", sum(memory.values()), "MiB", limit=_MEMORY_LIMIT_MIB)]


def _peak(pid: int) -> float:
    """The most that the process ever held, in MiB (VmHWM of proc_pid_status(5))."""
    rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(row.split()[1]) / _KIB_PER_MIB for row in rows if row.startswith("VmHWM:"))


def _started(box: Sandbox) -> float:
    begun = time.monotonic()
    box.start(lambda _event: None)
    return time.monotonic() - begun
