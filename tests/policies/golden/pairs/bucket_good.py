"""A bucket with everything that stands beside one."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("objects", enable_key_rotation=True)
    logs = aws.s3.Bucket("logs")
    bucket = aws.s3.Bucket("vault", bucket="vault-of-chapters", object_lock_enabled=True)
    aws.s3.BucketPublicAccessBlock(
        "vault",
        bucket=bucket.id,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    aws.s3.BucketVersioning("vault", bucket=bucket.id, versioning_configuration={"status": "Enabled"})
    aws.s3.BucketServerSideEncryptionConfiguration(
        "vault",
        bucket=bucket.id,
        rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms", "kms_master_key_id": key.arn}}],
    )
    aws.s3.BucketLogging("vault", bucket=bucket.id, target_bucket=logs.id, target_prefix="vault/")
    aws.s3.BucketLifecycleConfiguration(
        "vault",
        bucket=bucket.id,
        rules=[
            {
                "id": "uploads",
                "status": "Enabled",
                "filter": {},
                "abort_incomplete_multipart_upload": {"days_after_initiation": 3},
            }
        ],
    )
    aws.s3.BucketNotification("vault", bucket=bucket.id, eventbridge=True)
    aws.s3.BucketOwnershipControls("vault", bucket=bucket.id, rule={"object_ownership": "BucketOwnerEnforced"})
    aws.s3.BucketReplicationConfig(
        "vault",
        bucket=bucket.id,
        role="arn:aws:iam::123456789012:role/copy",
        rules=[
            {
                "id": "all",
                "status": "Enabled",
                "destination": {"bucket": "arn:aws:s3:::vault-copy", "storage_class": "STANDARD"},
            }
        ],
    )
    aws.s3.BucketPolicy(
        "vault",
        bucket=bucket.id,
        policy=bucket.arn.apply(
            lambda arn: json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Deny",
                            "Principal": "*",
                            "Action": "s3:*",
                            "Resource": [arn, f"{arn}/*"],
                            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                        }
                    ],
                }
            )
        ),
    )


BUCKET = ref("aws_s3_bucket.vault.id")
PLAN = plan(
    resource("aws_kms_key", "objects", {"enable_key_rotation": True}),
    resource("aws_s3_bucket", "logs", {"force_destroy": False}),
    resource(
        "aws_s3_bucket", "vault", {"bucket": "vault-of-chapters", "object_lock_enabled": True, "force_destroy": False}
    ),
    resource(
        "aws_s3_bucket_public_access_block",
        "vault",
        {
            "bucket": BUCKET,
            "block_public_acls": True,
            "block_public_policy": True,
            "ignore_public_acls": True,
            "restrict_public_buckets": True,
        },
    ),
    resource(
        "aws_s3_bucket_versioning", "vault", {"bucket": BUCKET, "versioning_configuration": [{"status": "Enabled"}]}
    ),
    resource(
        "aws_s3_bucket_server_side_encryption_configuration",
        "vault",
        {
            "bucket": BUCKET,
            "rule": [
                {
                    "apply_server_side_encryption_by_default": [
                        {"sse_algorithm": "aws:kms", "kms_master_key_id": ref("aws_kms_key.objects.arn")}
                    ],
                    "bucket_key_enabled": None,
                }
            ],
        },
    ),
    resource(
        "aws_s3_bucket_logging",
        "vault",
        {"bucket": BUCKET, "target_bucket": ref("aws_s3_bucket.logs.id"), "target_prefix": "vault/"},
    ),
    resource(
        "aws_s3_bucket_lifecycle_configuration",
        "vault",
        {
            "bucket": BUCKET,
            "rule": [
                {
                    "id": "uploads",
                    "status": "Enabled",
                    "filter": [{}],
                    "abort_incomplete_multipart_upload": [{"days_after_initiation": 3}],
                }
            ],
        },
    ),
    resource("aws_s3_bucket_notification", "vault", {"bucket": BUCKET, "eventbridge": True}),
    resource(
        "aws_s3_bucket_ownership_controls",
        "vault",
        {"bucket": BUCKET, "rule": [{"object_ownership": "BucketOwnerEnforced"}]},
    ),
    resource(
        "aws_s3_bucket_replication_configuration",
        "vault",
        {
            "bucket": BUCKET,
            "role": "arn:aws:iam::123456789012:role/copy",
            "rule": [
                {
                    "id": "all",
                    "status": "Enabled",
                    "destination": [{"bucket": "arn:aws:s3:::vault-copy", "storage_class": "STANDARD"}],
                }
            ],
        },
    ),
    resource("aws_s3_bucket_policy", "vault", {"bucket": BUCKET, "policy": ref("aws_s3_bucket.vault.arn")}),
)
