"""Every S3 bucket has a public access block of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.buckets import s3_without
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts

_BLOCK = frozenset({"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"})


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """A block belongs to a bucket whose output its `bucket` was computed from, or whose name it gives."""
    for bucket in s3_without(stack, _BLOCK):
        yield Violation(urn=bucket.urn, where="bucket", what=f"bucket {bucket.name!r} has no public access block")


RULE = StackRule(
    id="s3-public-access-block-present",
    title="Every S3 bucket has a public access block",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Without it one later list or policy is enough to open the bucket.",
    fix="declare a BucketPublicAccessBlock with this bucket, all four settings true",
    link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    check=check,
)
