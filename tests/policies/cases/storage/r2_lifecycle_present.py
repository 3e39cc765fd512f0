"""Cases of `r2-lifecycle-present`, a rule over a whole stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.facts import UNKNOWN, Value
from tests.policies.make import facts
from tests.policies.stack import R2_BUCKET, naming, part

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = "cloudflare:index/r2BucketLifecycle:R2BucketLifecycle"  # noqa: S105 - a Pulumi type token, no password
_BUCKET = facts(R2_BUCKET, {"name": "vault"})


def _rules(on: Sequence[Value]) -> dict[str, Value]:
    return {"rules": [{"id": "a", "enabled": value, "conditions": {"prefix": ""}} for value in on]}


PASS = {
    "an empty stack": [],
    "by name": [_BUCKET, naming("vault", _TOKEN, "bucketName", _rules([True]))],
    "by the bucket's output": [_BUCKET, part(_BUCKET, _TOKEN, "bucketName", _rules([False, True]))],
    "by its id": [facts(R2_BUCKET, {"id": "vault"}), naming("vault", _TOKEN, "bucketName", _rules([True]))],
    "a bucket of S3": [facts("aws:s3/bucket:Bucket", {})],
}
FAIL = {
    "none": ([_BUCKET], ("name",)),
    "no rules": ([_BUCKET, part(_BUCKET, _TOKEN, "bucketName", {})], ("name",)),
    "off": ([_BUCKET, part(_BUCKET, _TOKEN, "bucketName", _rules([False]))], ("name",)),
    "another's": ([_BUCKET, naming("other", _TOKEN, "bucketName", _rules([True]))], ("name",)),
}
PENDING = {
    "both names": (
        [facts(R2_BUCKET, {"name": UNKNOWN}), facts(_TOKEN, {"bucketName": UNKNOWN, **_rules([True])})],
        ("name",),
    ),
    "rules that were not seen": ([_BUCKET, part(_BUCKET, _TOKEN, "bucketName", {"rules": UNKNOWN})], ("name",)),
}
