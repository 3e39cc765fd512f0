"""Every S3 bucket has a public access block of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.facts import Facts, look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BUCKETS = frozenset({"aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"})
_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """A block belongs to a bucket whose output its `bucket` was computed from, or whose name it gives."""
    guarded: set[str] = set()
    for block in (facts for facts in stack if facts.token == _BLOCK):
        guarded |= block.depends.get("bucket", frozenset())
        name = look(block.props, "bucket")
        if isinstance(name, str):
            guarded.add(name)
    for bucket in (facts for facts in stack if facts.token in _BUCKETS):
        # Outputs: `id` is the bucket's name too, and the only place of a generated one.
        names = {name for key in ("bucket", "id") if isinstance(name := look(bucket.props, key), str)}
        if bucket.urn not in guarded and not names & guarded:
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
