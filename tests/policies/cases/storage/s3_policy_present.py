"""Cases of `s3-policy-present`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts
from tests.policies.stack import S3_BUCKET, bucket, naming, part

_TOKEN = "aws:s3/bucketPolicy:BucketPolicy"  # noqa: S105 - a Pulumi type token, no password

PASS = {
    "an empty stack": [],
    "by name": [bucket(), naming("vault", _TOKEN, "bucket", {"policy": "{}"})],
    "by the bucket's output": [bucket(), part(bucket(), _TOKEN, "bucket", {"policy": UNKNOWN})],
}
FAIL = {
    "none": ([bucket()], ("bucket",)),
    "another's": ([bucket(), bucket("other"), naming("other", _TOKEN, "bucket", {"policy": "{}"})], ("bucket",)),
    "inline is deprecated": ([facts(S3_BUCKET, {"policy": "{}"})], ("bucket",)),
}
PENDING = {
    "both names": ([facts(S3_BUCKET, {"bucket": UNKNOWN}), facts(_TOKEN, {"bucket": UNKNOWN})], ("bucket",)),
}
