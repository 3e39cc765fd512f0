"""Every EFS file system is backed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.links import Links
from policies.domain.verdict import among
from policies.facts import look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts

_FILES = "aws:efs/fileSystem:FileSystem"
_POLICY = "aws:efs/backupPolicy:BackupPolicy"


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """A policy belongs to a file system whose output its `fileSystemId` was computed from, or whose id it gives."""
    links = Links((facts for facts in stack if facts.token == _POLICY and _is_on(facts)), "fileSystemId", ("id",))
    for files in stack:
        if files.token == _FILES and not links.count(files):
            what = f"file system {files.name!r} has no backup policy that is on"
            yield Violation(urn=files.urn, where="id", what=what)


def _is_on(policy: Facts) -> bool:
    return among(look(policy.props, "backupPolicy", "status"), {"ENABLED"}) is True


RULE = StackRule(
    id="efs-backed-up",
    title="Every EFS file system is backed up",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A mistake is noticed after days; without a backup from before it, the files are gone.",
    fix="declare a BackupPolicy with this file system, status ENABLED",
    link="https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html",
    check=check,
)
