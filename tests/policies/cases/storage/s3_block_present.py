"""Cases of `s3-public-access-block-present`, a rule over a whole stack."""

from __future__ import annotations

from dataclasses import replace

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _bucket(**props: Value) -> Facts:
    return facts("aws:s3/bucket:Bucket", props)


def _block(**props: Value) -> Facts:
    return facts("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", props)


_BUCKET = _bucket(bucket="vault")
_OTHER = replace(_bucket(bucket="other"), urn="urn:pulumi:local::groundwork::aws:s3/bucket:Bucket::other")

PASS = {
    "an empty stack": [],
    "a block by the bucket's name": [_BUCKET, _block(bucket="vault")],
    "a block made from the bucket's output": [
        _bucket(bucket=UNKNOWN),
        replace(_block(bucket=UNKNOWN), depends={"bucket": frozenset({_BUCKET.urn})}),
    ],
    "a bucket whose name AWS made": [_bucket(id="vault-1a2b"), _block(bucket="vault-1a2b")],
}
FAIL = {
    "no block": ([_BUCKET], ("bucket",)),
    "wrong type: no block, and a name that is none": ([_bucket(bucket=[])], ("bucket",)),
    "no block of a bucket's older type": ([facts("aws:s3/bucketV2:BucketV2", {"bucket": "old"})], ("bucket",)),
    "another bucket's block": ([_BUCKET, _OTHER, _block(bucket="other")], ("bucket",)),
    "a block that depends on it by another property": (
        [_BUCKET, replace(_block(bucket="x"), depends={"region": frozenset({_BUCKET.urn})})],
        ("bucket",),
    ),
}
PENDING = {
    # Two unknown names are not the same name: what was not seen to be guarded is not.
    "both names": ([_bucket(bucket=UNKNOWN), _block(bucket=UNKNOWN)], ("bucket",)),
}
