"""Every S3 bucket says whether it is versioned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.buckets import s3_without
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts

_VERSIONING = frozenset({"aws:s3/bucketVersioning:BucketVersioning", "aws:s3/bucketVersioningV2:BucketVersioningV2"})


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each bucket must have a versioning of its own; whether it is on is `s3-versioning-on`."""
    for bucket in s3_without(stack, _VERSIONING):
        yield Violation(urn=bucket.urn, where="bucket", what=f"bucket {bucket.name!r} is not versioned")


RULE = StackRule(
    id="s3-versioning-present",
    title="Every S3 bucket is versioned",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="In a bucket without versions an object that is overwritten or deleted by mistake is gone.",
    fix="declare a BucketVersioning with this bucket, status Enabled",
    link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
    check=check,
)
