"""Production's backups on S3 are locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.buckets import backups_of_prod, s3_without
from policies.domain.verdict import among, any_of, at_least
from policies.facts import look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts

_LOCK = frozenset(
    {
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2",
    }
)
_MODES = frozenset({"COMPLIANCE", "GOVERNANCE"})


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """A bucket tagged as component backup, with sensitive data, must have a lock with a default retention."""
    for bucket in s3_without(stack, _LOCK, _retains):
        if backups_of_prod(bucket):
            what = f"bucket {bucket.name!r} holds backups that can be deleted or overwritten"
            yield Violation(urn=bucket.urn, where="bucket", what=what)


def _retains(lock: Facts) -> bool:
    retention = look(lock.props, "rule", "defaultRetention")
    long = any_of(at_least(look(retention, unit), 1) for unit in ("days", "years"))
    return among(look(retention, "mode"), _MODES) is True and long is True


RULE = StackRule(
    id="s3-lock-present",
    title="Production's backups on S3 are locked",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Whoever steals the key that writes backups deletes them first; a lock refuses even the owner.",
    fix="declare a BucketObjectLockConfiguration with this bucket: mode GOVERNANCE or COMPLIANCE, shorter than its "
    "objects live; and object_lock_enabled on the bucket",
    link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html",
    check=check,
)
