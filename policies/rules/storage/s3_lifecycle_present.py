"""Every S3 bucket has a lifecycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.buckets import s3_without
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts

_LIFECYCLE = frozenset(
    {
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
    }
)


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each bucket must have a lifecycle of its own; what it must say is `s3-lifecycle-aborts-uploads`."""
    for bucket in s3_without(stack, _LIFECYCLE):
        yield Violation(urn=bucket.urn, where="bucket", what=f"bucket {bucket.name!r} has no lifecycle")


RULE = StackRule(
    id="s3-lifecycle-present",
    title="Every S3 bucket has a lifecycle",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="What nothing expires is paid for, and must be kept safe, for ever.",
    fix="declare a BucketLifecycleConfiguration with this bucket: how long objects and old versions live",
    link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
    check=check,
)
