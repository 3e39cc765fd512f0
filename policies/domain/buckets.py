"""Buckets, and the resources that each is set up by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.links import Links
from policies.domain.stacks import in_prod
from policies.domain.tags import sensitive, tags
from policies.facts import look

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from policies.facts import Facts

#: General-purpose buckets of S3. A directory bucket has no versions, no public access and a lifecycle of its own.
S3_BUCKETS = frozenset({"aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"})
R2_BUCKET = "cloudflare:index/r2Bucket:R2Bucket"


def s3_without(
    stack: Sequence[Facts], parts: Collection[str], counts: Callable[[Facts], bool] = lambda _: True
) -> Iterator[Facts]:
    """The S3 buckets of a stack that no resource of some types sets up.

    What a bucket says inline does not count: those inputs are deprecated, and as outputs they show what once was.

    Args:
        stack: all resources.
        parts: type tokens.
        counts: whether such a resource does what is asked for.
    """
    # Outputs: `id` is the bucket's name too, and the only place of a generated one.
    links = Links((facts for facts in stack if facts.token in parts and counts(facts)), "bucket", ("bucket", "id"))
    yield from (bucket for bucket in stack if bucket.token in S3_BUCKETS and not links.count(bucket))


def r2_without(stack: Sequence[Facts], part: str, counts: Callable[[Facts], bool]) -> Iterator[Facts]:
    """The R2 buckets of a stack that no resource of a type sets up; arguments as `s3_without` has them."""
    links = Links((facts for facts in stack if facts.token == part and counts(facts)), "bucketName", ("name", "id"))
    yield from (bucket for bucket in stack if bucket.token == R2_BUCKET and not links.count(bucket))


def backups_of_prod(bucket: Facts) -> bool:
    """Whether a bucket holds production's backups: an S3 bucket by its tags, an R2 bucket, which has none, by name."""
    if not in_prod(bucket):
        return False
    if bucket.token == R2_BUCKET:
        name = look(bucket.props, "name")
        return isinstance(name, str) and "backup" in name
    return look(tags(bucket), "component") == "backup" and sensitive(bucket)
