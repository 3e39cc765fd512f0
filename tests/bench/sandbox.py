"""How long the sandbox takes to be ready, and what each service holds in memory after a run of the main job.

Limit: all services together within 1.5 GiB resident (issue "make up on a fresh machine").
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sandbox.sandbox import Sandbox
from tests.bench.figure import Figure
from toolchain.provide import provide
from toolchain.tools import NEEDED_BY_UP

if TYPE_CHECKING:
    from pathlib import Path

_MEMORY_LIMIT_MIB = 1536.0
_MIB = 1 << 20


def run(work: Path) -> list[Figure]:
    """Start from nothing, stop, start again; then read each service's memory."""
    box = Sandbox(work / "sandbox", provide(NEEDED_BY_UP))
    box.purge()
    try:
        fresh = _started(box)
        box.stop()
        again = _started(box)
        rows = box.status()
    finally:
        box.stop()
        box.purge()
    memory = {row.name: (row.rss or 0) / _MIB for row in rows}
    figures = [Figure.of("sandbox.start_fresh", fresh, "s"), Figure.of("sandbox.start_again", again, "s")]
    figures += [Figure.of(f"sandbox.memory.{name}", value, "MiB") for name, value in sorted(memory.items())]
    return [*figures, Figure.of("sandbox.memory.all", sum(memory.values()), "MiB", limit=_MEMORY_LIMIT_MIB)]


def _started(box: Sandbox) -> float:
    begun = time.monotonic()
    box.start(lambda _event: None)
    return time.monotonic() - begun
