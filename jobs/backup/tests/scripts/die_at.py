"""Run a capture, or a restore to the given file, and kill this process at a stage: `die_at.py STAGE COUNT [FILE]`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from backup import settings
from backup.capture import Job, capture
from backup.point import Tier
from backup.restore import restore
from backup.stage import Stage
from backup.store import Store
from backup.vault import Vault

stage, count = Stage(sys.argv[1]), int(sys.argv[2])
seen: list[Stage] = []


def at(reached: Stage) -> None:
    """Die without any clean-up when `stage` was reached `count` times."""
    seen.append(reached)
    if seen.count(stage) == count:
        os.kill(os.getpid(), signal.SIGKILL)


found = settings.read(os.environ, database=True)
vault = Vault(Store(found.store, "primary"), found.series)
if len(sys.argv) > 3:
    restore(vault, vault.find(None), Path(sys.argv[3]), force=True, at=at)
elif found.database:
    capture(Job(found.database, Tier.HOURLY, [vault], found.scratch, found.busy_seconds), at=at)
