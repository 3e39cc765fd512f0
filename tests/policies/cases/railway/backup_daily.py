"""Cases of `railway-backup-daily`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _schedule(kinds: Value) -> Facts:
    return facts("railway:index:VolumeBackupSchedule", {"kinds": kinds})


PASS = {"daily": _schedule(["DAILY"]), "among others": _schedule(["WEEKLY", "DAILY", UNKNOWN])}
FAIL = {
    "left out": (facts("railway:index:VolumeBackupSchedule", {}), ("kinds",)),
    "none": (_schedule([]), ("kinds",)),
    "others": (_schedule(["WEEKLY", "MONTHLY"]), ("kinds",)),
}
PENDING = {"the kinds": (_schedule(UNKNOWN), ("?kinds",)), "one of them": (_schedule(["WEEKLY", UNKNOWN]), ("?kinds",))}
