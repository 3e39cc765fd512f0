"""How long `gw up` takes on a fresh sandbox with the toolchain cached, and again with nothing to change.

Limits: issue "make up on a fresh machine" (90 s, 20 s, on two cores).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.bench.figure import Figure

if TYPE_CHECKING:
    from pathlib import Path

_COLD_LIMIT, _WARM_LIMIT = 90.0, 20.0
_IMPORT_LIMIT = 2.0


def run(work: Path) -> list[Figure]:
    """Time a first and a second run, each a process of its own, and the import of the program."""
    root = work / "up"
    gw = [sys.executable, "-c", "from delivery.cli import main; main()"]
    environment = os.environ | {"GROUNDWORK_SANDBOX": str(root), "DB": ""}
    _timed([*gw, "down", "--purge"], environment)
    try:
        cold = _timed([*gw, "up"], environment)
        warm = _timed([*gw, "up"], environment)
    finally:
        _timed([*gw, "down", "--purge"], environment)
    floor = min(_timed([sys.executable, "-c", "pass"], environment) for _ in range(3))
    program = min(_timed([sys.executable, "-c", "import infra.program"], environment) for _ in range(3))
    return [
        Figure.of("up.cold", cold, "s", limit=_COLD_LIMIT),
        Figure.of("up.warm", warm, "s", limit=_WARM_LIMIT),
        Figure.of("up.import", program, "s", limit=_IMPORT_LIMIT, peer="bare interpreter", peer_value=floor),
    ]


def _timed(command: list[str], environment: dict[str, str]) -> float:
    started = time.monotonic()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started
