"""Cases of `s3-encrypted`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts
from tests.policies.stack import S3_BUCKET, bucket, naming, part

_TOKEN = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"  # noqa: S105 - a type
_OLD = "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"
_ARN = "arn:aws:kms:eu-central-1:123456789012:key/1"


def _rules(algorithm: Value, key: Value = None) -> dict[str, Value]:
    default: dict[str, Value] = {"sseAlgorithm": algorithm, "kmsMasterKeyId": key}
    return {"rules": [{"applyServerSideEncryptionByDefault": default}]}


def _classed(data: Value) -> Facts:
    return bucket(tags={"data-class": data})


_PERSONAL = _classed("personal")

PASS = {
    "an empty stack": [],
    "S3's own key for what may be seen": [_classed("internal"), naming("vault", _TOKEN, "bucket", _rules("AES256"))],
    "no tags": [bucket(), part(bucket(), _TOKEN, "bucket", _rules("AES256"))],
    "a key": [_PERSONAL, part(_PERSONAL, _TOKEN, "bucket", _rules("aws:kms", _ARN))],
    "a key that the update makes": [_PERSONAL, part(_PERSONAL, _TOKEN, "bucket", _rules("aws:kms", UNKNOWN))],
    "two layers": [_classed("confidential"), naming("vault", _TOKEN, "bucket", _rules("aws:kms:dsse", _ARN))],
    "the older type": [_PERSONAL, naming("vault", _OLD, "bucket", _rules("aws:kms", _ARN))],
}
FAIL = {
    "nothing said": ([bucket()], ("bucket",)),
    "inline is deprecated": (
        [facts(S3_BUCKET, {"serverSideEncryptionConfiguration": {"rule": {"bucketKeyEnabled": True}}})],
        ("bucket",),
    ),
    "personal, by S3's own key": ([_PERSONAL, part(_PERSONAL, _TOKEN, "bucket", _rules("AES256"))], ("bucket",)),
    "personal, by AWS's key for S3": ([_PERSONAL, part(_PERSONAL, _TOKEN, "bucket", _rules("aws:kms"))], ("bucket",)),
    "confidential": (
        [_classed("confidential"), naming("vault", _TOKEN, "bucket", _rules("AES256"))],
        ("bucket",),
    ),
    "no rules": ([_PERSONAL, part(_PERSONAL, _TOKEN, "bucket", {"rules": []})], ("bucket",)),
    "one of two": (
        [_PERSONAL, bucket("other"), naming("vault", _TOKEN, "bucket", _rules("aws:kms", _ARN))],
        ("bucket",),
    ),
}
PENDING = {
    "the algorithm was not seen": ([_PERSONAL, part(_PERSONAL, _TOKEN, "bucket", _rules(UNKNOWN, _ARN))], ("bucket",)),
    "both names": ([facts(S3_BUCKET, {"bucket": UNKNOWN}), facts(_TOKEN, {"bucket": UNKNOWN})], ("bucket",)),
}
