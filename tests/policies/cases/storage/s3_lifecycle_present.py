"""Cases of `s3-lifecycle-present`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts
from tests.policies.stack import S3_BUCKET, bucket, naming, part

_TOKEN = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"  # noqa: S105 - a type token, no password
_OLD = "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"

PASS = {
    "an empty stack": [],
    "by name": [bucket(), naming("vault", _TOKEN, "bucket", {})],
    "by the bucket's output": [bucket(), part(bucket(), _TOKEN, "bucket", {})],
    "by the older type": [bucket(), naming("vault", _OLD, "bucket", {})],
}
FAIL = {
    "none": ([bucket()], ("bucket",)),
    "one of two": ([bucket(), bucket("other"), naming("other", _TOKEN, "bucket", {})], ("bucket",)),
    "inline is deprecated": ([facts(S3_BUCKET, {"lifecycleRules": [{"enabled": True}]})], ("bucket",)),
}
PENDING = {
    "both names": ([facts(S3_BUCKET, {"bucket": UNKNOWN}), facts(_TOKEN, {"bucket": UNKNOWN})], ("bucket",)),
}
