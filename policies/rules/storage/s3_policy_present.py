"""Every S3 bucket has a policy, which is where plain HTTP is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.buckets import s3_without
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts

_POLICY = frozenset({"aws:s3/bucketPolicy:BucketPolicy"})


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each bucket must have a policy; what it must say is `s3-tls-only`."""
    for bucket in s3_without(stack, _POLICY):
        yield Violation(
            urn=bucket.urn, where="bucket", what=f"bucket {bucket.name!r} takes plain HTTP: it has no policy"
        )


RULE = StackRule(
    id="s3-policy-present",
    title="Every S3 bucket has a policy",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="S3 answers plain HTTP too, where whoever is on the way reads and changes objects; only a policy refuses it.",
    fix="declare a BucketPolicy with this bucket that denies everyone s3:* where aws:SecureTransport is false",
    link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
    check=check,
)
