"""Cases of `s3-versioning-present`, a rule over a whole stack."""

from __future__ import annotations

from dataclasses import replace

from policies.facts import UNKNOWN
from tests.policies.make import facts
from tests.policies.stack import S3_BUCKET, bucket, naming, part

_TOKEN = "aws:s3/bucketVersioning:BucketVersioning"  # noqa: S105 - a Pulumi type token, no password
_OLD = "aws:s3/bucketVersioningV2:BucketVersioningV2"

PASS = {
    "an empty stack": [],
    "by name": [bucket(), naming("vault", _TOKEN, "bucket", {})],
    "by the bucket's output": [bucket(), part(bucket(), _TOKEN, "bucket", {})],
    "by the older type": [bucket(), naming("vault", _OLD, "bucket", {})],
    "a name that AWS made": [facts(S3_BUCKET, {"id": "vault-1"}), naming("vault-1", _TOKEN, "bucket", {})],
    "suspended is another rule's": [
        bucket(),
        naming("vault", _TOKEN, "bucket", {"versioningConfiguration": {"status": "Suspended"}}),
    ],
    "a directory bucket has no versions": [facts("aws:s3/directoryBucket:DirectoryBucket", {"bucket": "x"})],
}
FAIL = {
    "none": ([bucket()], ("bucket",)),
    "another's": ([bucket(), bucket("other"), naming("other", _TOKEN, "bucket", {})], ("bucket",)),
    "inline is deprecated": ([facts(S3_BUCKET, {"versioning": {"enabled": True}})], ("bucket",)),
    "an older type of bucket": ([facts("aws:s3/bucketV2:BucketV2", {"bucket": "x"})], ("bucket",)),
    "by another property": (
        [bucket(), replace(naming("x", _TOKEN, "bucket", {}), depends={"mfa": frozenset({bucket().urn})})],
        ("bucket",),
    ),
    "wrong type: a name that is no text": ([bucket(), facts(_TOKEN, {"bucket": ["vault"]})], ("bucket",)),
}
PENDING = {
    # Two unknown names are not the same name: what was not seen to be set up is not.
    "both names": ([facts(S3_BUCKET, {"bucket": UNKNOWN}), facts(_TOKEN, {"bucket": UNKNOWN})], ("bucket",)),
}
