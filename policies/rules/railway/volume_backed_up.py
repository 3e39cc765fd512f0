"""Every volume on Railway is backed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.links import Links
from policies.domain.railway import BACKUP_SCHEDULE, VOLUME
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """A schedule belongs to a volume whose output its `volumeInstanceId` was computed from, or whose id it gives."""
    schedules = (facts for facts in stack if facts.token == BACKUP_SCHEDULE)
    links = Links(schedules, "volumeInstanceId", ("volumeInstanceId",))
    for volume in stack:
        if volume.token == VOLUME and not links.count(volume):
            what = f"volume {volume.name!r} has no backup schedule"
            yield Violation(urn=volume.urn, where="volumeInstanceId", what=what)


RULE = StackRule(
    id="railway-volume-backed-up",
    title="Every Railway volume has a backup schedule",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="The engine's database is one file on one volume: what a bad migration writes over it is there within a "
    "second.",
    fix="declare a VolumeBackupSchedule with this volume's volumeInstanceId",
    link="https://docs.railway.com/reference/backups",
    check=check,
)
