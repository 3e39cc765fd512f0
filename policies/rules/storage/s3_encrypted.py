"""Every S3 bucket says how it is encrypted, and sensitive data has a key of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.buckets import s3_without
from policies.domain.tags import sensitive
from policies.domain.verdict import among, given
from policies.facts import entries, look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts, Value

_ENCRYPTION = frozenset(
    {
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
    }
)
_KMS = frozenset({"aws:kms", "aws:kms:dsse"})


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each bucket must have a configuration; one tagged as personal or confidential must name a KMS key in it.

    S3 encrypts every new object since January 2023, with keys of its own: whoever may read the object reads it
    in clear. A KMS key is a second lock, with a policy and a log of its own.
    """
    bare = {bucket.urn for bucket in s3_without(stack, _ENCRYPTION)}
    keyless = {bucket.urn for bucket in s3_without(stack, _ENCRYPTION, _by_key)}
    for bucket in stack:
        if bucket.urn in bare:
            what = f"bucket {bucket.name!r} does not say how it is encrypted"
            yield Violation(urn=bucket.urn, where="bucket", what=what)
        elif bucket.urn in keyless and sensitive(bucket):
            what = f"bucket {bucket.name!r} holds sensitive data and has no KMS key of its own"
            yield Violation(urn=bucket.urn, where="bucket", what=what)


def _by_key(configuration: Facts) -> bool:
    return any(_names_key(rule) for rule in entries(look(configuration.props, "rules")))


def _names_key(rule: Value) -> bool:
    default = look(rule, "applyServerSideEncryptionByDefault")
    # A key whose ARN only the update will know is a key.
    return among(look(default, "sseAlgorithm"), _KMS) is True and given(look(default, "kmsMasterKeyId")) is not False


RULE = StackRule(
    id="s3-encrypted",
    title="Every S3 bucket says how it is encrypted, sensitive data by a KMS key",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="With S3's own keys one slip in a bucket policy shows the data in clear; a KMS key must be allowed too.",
    fix="declare a BucketServerSideEncryptionConfiguration with this bucket: aws:kms with the ARN of a key of yours, "
    "or AES256 where the data may be seen",
    link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
    check=check,
)
