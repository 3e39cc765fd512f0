"""One bucket, in the ways that the tests are about. Comments mark the lines that findings must name."""

from __future__ import annotations

import datetime as dt
import json

import pulumi
import pulumi_aws as aws

TAGS = {
    "component": "vault",
    "cost-centre": "tests",
    "data-class": "internal",
    "managed-by": "pulumi",
    "owner": "tests",
    "product": "shared",
    "project": "groundwork",
}

# In the form of a key, put together here so that no scanner of files finds one.
KEY = "AKIA" + "Q" * 16

EXCUSE = {
    "id": "s3-acl-private",
    "reason": "a public site's own files",
    "owner": "web",
    "expires": str(dt.datetime.now(dt.UTC).date()),
}


class Vault(pulumi.ComponentResource):
    """A bucket as a component declares it."""

    def __init__(self, case: str) -> None:
        super().__init__("groundwork:storage:Vault", "vault", {"suppressions": [EXCUSE]} if case == "excused" else None)
        child = pulumi.ResourceOptions(parent=self)
        notes: dict[str, dict[str, pulumi.Input[str]]] = {
            "literal": {"note": f"made with {KEY}"},
            "marked": {"note": pulumi.Output.secret(f"made with {KEY}")},
        }
        bucket = aws.s3.Bucket(  # line of the bucket
            "bucket",
            acl="public-read" if case in {"public", "excused"} else None,
            tags={**TAGS, "stack": pulumi.get_stack(), **notes.get(case, {})},
            opts=child,
        )
        aws.s3.BucketPublicAccessBlock(
            "block",
            bucket=bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=child,
        )
        self._furnish(bucket)
        reader = "*" if case == "late" else "arn:aws:iam::123456789012:role/reader"
        policy = bucket.arn.apply(
            lambda arn: json.dumps(
                {
                    "Statement": [
                        {"Effect": "Allow", "Principal": {"AWS": reader}, "Action": "s3:GetObject", "Resource": arn},
                        {
                            "Effect": "Deny",
                            "Principal": {"AWS": "*"},
                            "Action": "s3:*",
                            "Resource": [arn, f"{arn}/*"],
                            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                        },
                    ]
                }
            )
        )
        aws.s3.BucketPolicy("policy", bucket=bucket.bucket, policy=policy, opts=child)  # line of the policy
        self.register_outputs({})

    def _furnish(self, bucket: aws.s3.Bucket) -> None:
        """What every bucket must have and no test is about."""
        child = pulumi.ResourceOptions(parent=self)
        aws.s3.BucketVersioning(
            "versioning", bucket=bucket.bucket, versioning_configuration={"status": "Enabled"}, opts=child
        )
        aws.s3.BucketServerSideEncryptionConfiguration(
            "encryption",
            bucket=bucket.bucket,
            rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms"}}],
            opts=child,
        )
        aws.s3.BucketLifecycleConfiguration(
            "lifecycle",
            bucket=bucket.bucket,
            rules=[
                {
                    "id": "all",
                    "status": "Enabled",
                    "filter": {"prefix": ""},
                    "expiration": {"days": 30},
                    "noncurrent_version_expiration": {"noncurrent_days": 30},
                    "abort_incomplete_multipart_upload": {"days_after_initiation": 1},
                }
            ],
            opts=child,
        )


def declare(case: str) -> None:
    """The whole program."""
    Vault(case)
